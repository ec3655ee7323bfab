"""A session at real speed for ten minutes: eight languages, presses, turns; that nothing is lost and memory stays.

All processes of the product and its engine are on one core, the generators and these people on the other.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from tests.load import machine
from tests.load.beside import servers
from tests.load.beside.engine import Work
from tests.load.beside.mixed import TURNS, heard, say, spoken
from tests.load.beside.people import People, Presses, ended
from tests.load.beside.plan import Point
from tests.load.beside.ruler import Run, measured, running
from tests.load.beside.servers import Ours
from tests.load.languages import LANGUAGES

SAMPLES = 60
LONGEST_S = 600
EVERY_ADDRESS = 12_000
PRESS_EVERY_S = 10.0
"""Each is a view for every reader; a session of forty speeches has one every twenty seconds."""
OTHERS = TURNS[:6]
"""Other sessions beside the one that is read, a turn of 15 s after the other in each."""
_MB = 1_024


async def many(point: Point, seconds: int) -> dict[str, Any]:
    """All of them on one process."""
    async with servers.ours(OTHERS) as ours:
        rooms = len(LANGUAGES)
        one = [*spoken(ours.target(say(rooms)), rooms), *_scale(point.readers, seconds)]
        return await _watched(ours, [one], [ours.server.pid], seconds)


async def replicas(point: Point, seconds: int) -> dict[str, Any]:
    """Half of them on each of two processes on one engine.

    What the readers of one are told is said at the other: all of it goes from replica to replica.
    """
    half = len(LANGUAGES) // 2
    async with servers.ours(OTHERS) as ours, servers.replica(ours.data) as (second, door):
        there = replace(ours, server=second, door=door, short=())
        ways = [(ours, there, LANGUAGES[:half], "a"), (there, ours, LANGUAGES[half:], "b")]
        runs = []
        for reads, says, tracks, tab in ways:
            target = replace(reads.target(tab=tab), publish=says.target(say(half)).publish, rooms=tracks)
            runs.append([*spoken(target, half), *_scale(point.readers // 2, seconds)])
        return await _watched(ours, runs, [ours.server.pid, second.pid], seconds)


async def second(point: Point, seconds: int) -> dict[str, Any]:
    """What a second replica with as many readers costs the first: its own processor time for a delivery."""
    rooms = len(LANGUAGES)
    async with servers.ours() as first:
        alone = await _cost(first, point, seconds, "a")
        async with servers.replica(first.data) as (server, door):
            there = replace(replace(first, server=server, door=door).target(tab="second"), publish="")
            quiet = ["--rooms", ",".join(LANGUAGES[:rooms]), "--idle", str(LONGEST_S)]
            async with running([*there.options, *quiet, "--readers", str(point.readers)]) as run:
                await run.until("joined")
                beside = await _cost(first, point, seconds, "b")
    return {
        "us of the first for a delivery, alone": alone["us of processor for a delivery"],
        "us of the first for a delivery, beside a second": beside["us of processor for a delivery"],
        "ms from due to reader, p99, alone": alone["ms from due to reader, p99"],
        "ms from due to reader, p99, beside a second": beside["ms from due to reader, p99"],
        "lost": alone["lost"] + beside["lost"],
    }


async def _cost(first: Ours, point: Point, seconds: int, run: str) -> dict[str, Any]:
    rooms = len(LANGUAGES)
    target = replace(first.target(f"{say(rooms)}&run={run}", tab=run), pids=(first.server.pid,))
    return heard(await measured([*spoken(target, rooms), *_scale(point.readers, seconds)]))


def _scale(readers: int, seconds: int) -> list[str]:
    return ["--readers", str(readers), "--seconds", str(seconds), "--addresses", str(1 + readers // EVERY_ADDRESS)]


async def _watched(ours: Ours, runs: Sequence[list[str]], pids: Sequence[int], seconds: int) -> dict[str, Any]:
    """The generators' figures, one beside the other, the people's, and memory over time."""
    people, memory = People(ours, Presses(PRESS_EVERY_S)), list[dict[str, float]]()
    await people.enter()
    async with AsyncExitStack() as stack:
        generators = [await stack.enter_async_context(running(one)) for one in runs]
        await asyncio.gather(*(one.until("joined") for one in generators))
        tasks = [asyncio.create_task(people.run()), asyncio.create_task(_remember(pids, memory, seconds))]
        before = await Work.read(ours.data)
        parts = await asyncio.gather(*map(_found, generators))
        work = (await Work.read(ours.data)).since(before)
        for task in tasks:
            await ended(task)
        acted = await people.found()
    found: dict[str, Any] = {}
    for number, part in enumerate(parts):
        found |= {f"{name} ({number + 1})" if len(parts) > 1 else name: value for name, value in part.items()}
    return found | acted | work | _growth(memory) | {"memory": memory}


async def _found(run: Run) -> dict[str, Any]:
    return heard(await run.found())


async def _remember(pids: Sequence[int], memory: list[dict[str, float]], seconds: int) -> None:
    """Megabytes of each replica, from the moment that all readers are in."""
    began = time.monotonic()
    while True:
        sizes = {f"replica {number + 1}": machine.resident_kb(pid) / _MB for number, pid in enumerate(pids)}
        memory.append({"s": round(time.monotonic() - began, 1), **sizes})
        await asyncio.sleep(seconds / SAMPLES)


def _growth(memory: Sequence[dict[str, float]]) -> dict[str, float]:
    """From a tenth of the time, when all has been used once, to the end."""
    early, last = memory[len(memory) // 10], memory[-1]
    return {
        f"MB of {name}, {when}": size[name]
        for name in last
        if name != "s"
        for when, size in (("after a tenth", early), ("at the end", last))
    }
