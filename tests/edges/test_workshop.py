"""The workshop: one file at a time in the order of asking, whoever leaves, and whatever becomes of its process."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress
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
    await ended(child)
    assert await in_turn(workshop, path, "b") == "b"


async def ended(process: int) -> None:
    async with asyncio.timeout(20):
        with suppress(ProcessLookupError):
            while True:
                os.kill(process, 0)
                await asyncio.sleep(0.01)


async def test_the_server_does_not_wait_for_the_end_of_a_process_whose_turn_does_not_come(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = await held_by(workshop, tmp_path / "made")
    assert workshop._pool
    [(child, process)] = workshop._pool._processes.items()
    stopped = threading.Event()
    monkeypatch.setattr(process, "kill", lambda: threading.Thread(target=late, args=(child, stopped)).start())
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding
    assert not stopped.is_set()
    await ended(child)


def late(child: int, stopped: threading.Event) -> None:
    """Ends a process as where it hardly runs at all."""
    time.sleep(1)
    stopped.set()
    os.kill(child, signal.SIGKILL)


async def test_what_is_stuck_is_given_up(tmp_path: Path) -> None:
    workshop = Workshop(longest_s=20)
    path = tmp_path / "made"
    assert await in_turn(workshop, path, "begun ") == "begun "
    workshop._longest_s = 0.3
    with pytest.raises(Refused, match="could not be made"):
        async with asyncio.timeout(10):
            await workshop.make(write_for_ever, str(path))
    workshop._longest_s = 20
    assert await in_turn(workshop, path, "b") == "b"
    workshop.close()


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
