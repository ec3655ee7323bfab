"""People and readers at once: presses and turns while all languages are spoken, and while one is flooded."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from tests.load.beside import servers
from tests.load.beside.people import People, ended
from tests.load.beside.ruler import running
from tests.load.beside.servers import Ours
from tests.load.beside.target import Target
from tests.load.languages import LANGUAGES, REVISIONS_A_SECOND, TO_A_FINAL

TURNS = tuple(f"t{number}" for number in range(10))
FLOODED = 160
"""Segments a second in one room."""
WARM_UP_S = 2
DRAIN_S = 10


async def measure(readers: int, seconds: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("spoken", "flooded"):
        async with servers.ours(TURNS) as ours:
            options = spoken(ours.target(say(LANGUAGES)), LANGUAGES) if name == "spoken" else _flooded(ours)
            one = await beside_people(ours, [*options, "--readers", str(readers), "--seconds", str(seconds)])
            found |= {f"{name}: {what}": value for what, value in one.items()}
    return found


def say(tracks: tuple[str, ...]) -> str:
    return f"say?room={{room}}&seq={{seq}}&rooms={len(tracks)}"


def spoken(target: Target, tracks: tuple[str, ...]) -> list[str]:
    """Five revisions a second of each track; a later one may replace an earlier one, but no final."""
    return [
        *target.options,
        *("--rooms", ",".join(tracks), "--rate", str(REVISIONS_A_SECOND * len(tracks)), "--publishers", "4"),
        *("--conflated", "--final-every", str(TO_A_FINAL), "--warmup", str(WARM_UP_S), "--drain", str(DRAIN_S)),
    ]


def _flooded(ours: Ours) -> list[str]:
    target = ours.target("flood?room={room}&seq={seq}")
    return [*target.options, "--rate", str(FLOODED), "--warmup", str(WARM_UP_S), "--drain", str(DRAIN_S)]


async def beside_people(ours: Ours, options: list[str]) -> dict[str, Any]:
    """What readers got and what people waited."""
    people = People(ours)
    async with running(options) as run:
        await run.until("joined")
        acting = asyncio.create_task(people.run())
        told = await run.found()
        await ended(acting)
    return heard(told) | await people.found()


def heard(told: Mapping[str, Any]) -> dict[str, Any]:
    """The readers' part, of the generator's only stage."""
    (stage,) = told["stages"]
    return {
        "joined": told["joins"]["joined"],
        "deliveries": stage["deliveries"],
        "ms from due to reader, median": stage["p50_ms"],
        "ms from due to reader, p99": stage["p99_ms"],
        "ms from due to reader, max": stage["max_ms"],
        "lost": stage["lost"],
        "twice": stage["duplicated"],
        "out of order": stage["out_of_order"],
        "in a wrong room": stage["wrong_room"],
        "replaced by newer": stage["replaced"],
        "dropped readers": stage["dropped_readers"],
        "server's share of its core": stage["server_cpu"],
        "generator's share of its core": stage["generator_cpu"],
    }
