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
from tests.load.beside.mixed import TURNS, heard, say, spoken
from tests.load.beside.people import People, ended
from tests.load.beside.ruler import Run, running
from tests.load.beside.servers import Ours
from tests.load.languages import LANGUAGES

SAMPLES = 60
EVERY_ADDRESS = 20_000
_MB = 1_024


async def many(readers: int, seconds: int) -> dict[str, Any]:
    """All of them on one process."""
    async with servers.ours(TURNS) as ours:
        one = [*spoken(ours.target(say(LANGUAGES)), LANGUAGES), *_scale(readers, seconds)]
        return await _watched(ours, [one], [ours.server.pid], seconds)


async def replicas(readers: int, seconds: int) -> dict[str, Any]:
    """Half of them on each of two processes on one engine.

    What the readers of one are told is said at the other: all of it goes from replica to replica.
    """
    half = len(LANGUAGES) // 2
    async with servers.ours(TURNS) as ours, servers.replica(ours.data) as (second, door):
        there = Ours(second, ours.consultation, door, ours.data, ours.chair, ())
        ways = [(ours, there, LANGUAGES[:half], "a"), (there, ours, LANGUAGES[half:], "b")]
        runs = []
        for reads, says, tracks, tab in ways:
            target = replace(reads.target(tab=tab), publish=f"{says.door}/{say(tracks)}")
            runs.append([*spoken(target, tracks), *_scale(readers // 2, seconds)])
        return await _watched(ours, runs, [ours.server.pid, second.pid], seconds)


def _scale(readers: int, seconds: int) -> list[str]:
    return ["--readers", str(readers), "--seconds", str(seconds), "--addresses", str(1 + readers // EVERY_ADDRESS)]


async def _watched(ours: Ours, runs: Sequence[list[str]], pids: Sequence[int], seconds: int) -> dict[str, Any]:
    """The generators' figures, one beside the other, the people's, and memory over time."""
    people, memory = People(ours), list[dict[str, float]]()
    async with AsyncExitStack() as stack:
        generators = [await stack.enter_async_context(running(one)) for one in runs]
        await asyncio.gather(*(one.until("joined") for one in generators))
        tasks = [asyncio.create_task(people.run()), asyncio.create_task(_remember(pids, memory, seconds))]
        parts = await asyncio.gather(*map(_found, generators))
        for task in tasks:
            await ended(task)
        acted = await people.found()
    found: dict[str, Any] = {}
    for number, part in enumerate(parts):
        found |= {f"{name} ({number + 1})" if len(parts) > 1 else name: value for name, value in part.items()}
    return found | acted | _growth(memory) | {"memory": memory}


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
