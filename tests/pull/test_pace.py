"""How long is waited before the next attempt: bounded, growing, spread."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from isegoria.edges.pull.pace import Backoff, Pace, within

LATEST = Pace(chance=lambda: 1.0)
EARLIEST = Pace(chance=lambda: 0.0)


def test_waits_double_up_to_their_bound() -> None:
    waits = Backoff(LATEST)
    assert [waits.lost() for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    for _ in range(2_000):
        assert waits.lost() == 30


def test_jitter_is_full() -> None:
    waits = Backoff(EARLIEST)
    assert [waits.lost() for _ in range(4)] == [0, 0, 0, 0]
    halves = Backoff(replace(LATEST, chance=lambda: 0.5))
    assert [halves.lost() for _ in range(4)] == [0.25, 0.5, 1, 2]


def test_a_connection_that_lasted_begins_the_waits_anew_and_a_short_one_does_not() -> None:
    waits = Backoff(LATEST)
    assert [waits.lost(), waits.lost(9.9), waits.lost(10), waits.lost()] == [0.5, 1, 0.5, 1]


def test_what_is_refused_is_tried_again_slowly() -> None:
    assert (Backoff(EARLIEST).refused(), Backoff(LATEST).refused()) == (7.5, 15)


@pytest.mark.parametrize("seconds", [0, 0.001])
async def test_waiting_ends_when_it_happens_or_when_time_is_up(seconds: float) -> None:
    happened = asyncio.Event()
    assert not await within(seconds, happened)
    happened.set()
    assert await within(3_600, happened)
    assert await within(None, happened)
