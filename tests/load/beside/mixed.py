"""People and readers at once: presses and turns while all languages are spoken, and while one room is flooded.

Beside it stock python-socketio with rooms: the same captions on the same schedule, each a frame of its own, and an
event `command` that does nothing and is acknowledged. It has no views, no turns, no store, and nobody is let in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from tests.load.beside import servers
from tests.load.beside.people import People, Presses, ended, noop
from tests.load.beside.plan import Point
from tests.load.beside.ruler import running
from tests.load.beside.servers import Ours
from tests.load.beside.target import Target
from tests.load.languages import LANGUAGES, REVISIONS_A_SECOND, TO_A_FINAL

TURNS = tuple(f"t{number}" for number in range(30))
FLOODED = 160
"""Segments a second in one room."""
FLOOD = 800_000
"""Deliveries a second at most: with more than 5,000 readers fewer segments."""
WARM_UP_S = 2
DRAIN_S = 10


async def measure(point: Point, seconds: int, only: Sequence[str] = ()) -> dict[str, Any]:
    """`spoken: ` and `flooded: ` are ours, `stock, spoken: ` is stock python-socketio's."""
    found: dict[str, Any] = {}
    lasting = ["--readers", str(point.readers), "--seconds", str(seconds)]
    rooms = len(LANGUAGES) if point.by == "readers" else point.rooms
    if point.ours and (not only or "isegoria" in only):
        sessions = rooms if point.by == "sessions" else 1
        async with servers.ours(TURNS, sessions) as ours:
            found |= _named("spoken", await beside_people(ours, [*spoken(ours.target(say(rooms)), rooms), *lasting]))
    if point.by == "readers" and (not only or "isegoria" in only):
        async with servers.ours(TURNS) as ours:
            found |= _named("flooded", await beside_people(ours, [*_flooded(ours, point.readers), *lasting]))
    if point.others and (not only or "stock" in only):
        found |= _named("stock, spoken", await _stock(rooms, lasting))
    return found


def _named(part: str, found: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{part}: {what}": value for what, value in found.items()}


def say(rooms: int) -> str:
    return f"say?seq={{seq}}&rooms={rooms}"


def spoken(target: Target, rooms: int) -> list[str]:
    """Five revisions a second of each track; a later one may replace an earlier one, but no final."""
    return [
        *target.options,
        *("--rooms", ",".join(target.rooms or LANGUAGES[:rooms]), "--rate", str(REVISIONS_A_SECOND * rooms)),
        *("--conflated", "--final-every", str(TO_A_FINAL), "--publishers", "4"),
        *("--warmup", str(WARM_UP_S), "--drain", str(DRAIN_S)),
    ]


def _flooded(ours: Ours, readers: int) -> list[str]:
    rate = min(FLOODED, FLOOD / readers)
    target = ours.target("flood?seq={seq}")
    return [*target.options, "--rate", f"{rate:g}", "--warmup", str(WARM_UP_S), "--drain", str(DRAIN_S)]


async def beside_people(ours: Ours, options: list[str]) -> dict[str, Any]:
    """What readers got and what people waited."""
    people = People(ours)
    await people.enter()
    async with running(options) as run:
        await run.until("joined")
        acting = asyncio.create_task(people.run())
        told = await run.found()
        await ended(acting)
    return heard(told) | await people.found()


async def _stock(rooms: int, lasting: Sequence[str]) -> dict[str, Any]:
    presses = Presses()
    async with servers.stock() as target, noop(target) as press, running([*spoken(target, rooms), *lasting]) as run:
        await run.until("joined")
        acting = asyncio.create_task(presses.run(press))
        told = await run.found()
        await ended(acting)
    return heard(told) | presses.found()


def heard(told: Mapping[str, Any]) -> dict[str, Any]:
    """The readers' part, of the generator's only stage."""
    (stage,) = told["stages"]
    return {
        "joined": told["joins"]["joined"],
        "texts a second": stage["rate"],
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
        "us of processor for a delivery": stage["cpu_us_per_delivery"],
        "generator's share of its core": stage["generator_cpu"],
    }
