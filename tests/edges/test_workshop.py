"""The workshop: one file at a time in the order of asking, whoever leaves, and whatever becomes of its process."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from isegoria.domain.errors import Refused
from isegoria.domain.people import People
from isegoria.domain.values import Tier
from isegoria.edges.workshop import WAITING, Workshop
from isegoria.report.making import Material, Wanted, make

MATERIAL = Material("s", [b"{}"], People(), {})
LOG = Wanted("jsonl", Tier.INTERNAL)


@pytest.fixture
async def workshop() -> AsyncIterator[Workshop]:
    opened = Workshop()
    yield opened
    opened.close()


def write(path: str, text: str) -> str:
    """Appends to a file; runs in the workshop's process."""
    with Path(path).open("a") as file:
        file.write(text)
    return text


def write_for_ever(path: str) -> None:
    write(path, "begun ")
    while True:
        time.sleep(0.01)


async def in_turn(workshop: Workshop, path: Path, text: str) -> str:
    async with workshop.turn(workshop.enter()):
        return await workshop.make(write, str(path), text)


async def held_by(workshop: Workshop, path: Path) -> asyncio.Task[None]:
    """Something is being made and would never be done."""

    async def hold() -> None:
        async with workshop.turn(workshop.enter()):
            await workshop.make(write_for_ever, str(path))

    holding = asyncio.create_task(hold())
    async with asyncio.timeout(20):
        while not (path.exists() and path.read_text()):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.01)
    return holding


async def test_files_are_made_in_the_order_of_asking(workshop: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "made"
    await asyncio.gather(*(in_turn(workshop, path, text) for text in "abc"))
    assert path.read_text() == "abc"
    assert workshop._queue == []


async def test_who_waits_is_told_how_many_are_before(workshop: Workshop, tmp_path: Path) -> None:
    holding = await held_by(workshop, tmp_path / "made")
    second, third = workshop.enter(), workshop.enter()
    assert (second.ahead, third.ahead) == (1, 2)
    holding.cancel()
    async with workshop.turn(second):
        assert (second.ahead, third.ahead) == (0, 1)
    assert third.ahead == 0


async def test_who_goes_away_leaves_the_queue(workshop: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "made"
    holding = await held_by(workshop, path)
    second, third = (asyncio.create_task(in_turn(workshop, path, text)) for text in "bc")
    await asyncio.sleep(0)
    second.cancel()
    holding.cancel()
    assert await third == "c"
    assert path.read_text() == "begun c"
    assert workshop._queue == []


async def test_what_is_made_for_one_who_goes_away_is_given_up_at_once(workshop: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "made"
    holding = await held_by(workshop, path)
    assert workshop._pool
    [child] = workshop._pool._processes
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert await in_turn(workshop, path, "b") == "b"


async def test_so_many_wait_and_no_more(workshop: Workshop) -> None:
    for _ in range(WAITING):
        workshop.enter()
    with pytest.raises(Refused) as caught:
        workshop.enter()
    assert caught.value.code == "too_many"


async def test_a_workshop_that_died_is_opened_again(workshop: Workshop) -> None:
    assert await workshop.make(make, LOG, MATERIAL)
    assert workshop._pool
    [child] = workshop._pool._processes
    os.kill(child, signal.SIGKILL)
    with pytest.raises(Refused, match="could not be made"):
        await workshop.make(make, LOG, MATERIAL)
    assert await workshop.make(make, LOG, MATERIAL)


async def test_a_refusal_comes_back_from_the_workshop_as_it_was(workshop: Workshop) -> None:
    with pytest.raises(Refused) as caught:
        await workshop.make(make, Wanted("jsonl", Tier.PUBLISHABLE), MATERIAL)
    assert (caught.value.code, caught.value.detail) == ("malformed", {"field": "tier"})


async def test_whoever_waits_for_captions_comes_before_a_file(workshop: Workshop) -> None:
    async with workshop.turn(workshop.enter()):
        assert await workshop.make(os.nice, 0) == 19
        if hasattr(os, "SCHED_IDLE"):
            assert await workshop.make(os.sched_getscheduler, 0) == os.SCHED_IDLE
