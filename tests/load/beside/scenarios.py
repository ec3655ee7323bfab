"""What is compared: each scenario says which servers, which options of the generator, and which figures are read."""

from __future__ import annotations

import asyncio
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.load.beside import servers
from tests.load.beside.plan import Point
from tests.load.beside.ruler import finding, measured
from tests.load.beside.target import Start, Target
from tests.load.languages import LANGUAGES

STILL_S = 1.0
PORTS = 12_000
"""Readers of one address: one that broke keeps its port for a while, and there are 28,000."""
TIMED_OUT_S = 900.0


@dataclass(frozen=True, slots=True)
class Figure:
    """`read` finds it in what the generator found; None where there is none."""

    name: str
    unit: str
    read: Callable[[Mapping[str, Any]], float | None]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`finding`: the most is searched; `beside` names the references."""

    what: str
    way: str
    """How our readers are told, a door of the product."""
    start: float
    """Deliveries a second of ours at which the search begins."""
    beside: Sequence[str]
    options: Sequence[str]
    figures: Sequence[Figure]
    finding: bool = True


def _most(found: Mapping[str, Any]) -> float:
    return float(found["sustained"]["deliveries_per_s"])


def _cost(found: Mapping[str, Any]) -> float:
    """At the rate that held; where none did, in the stage that delivered most."""
    if _most(found):
        return float(found["sustained"]["cpu_us_per_delivery"])
    return float(max(found["stages"], key=lambda stage: stage["delivered"])["cpu_us_per_delivery"])


def _part(*path: str) -> Callable[[Mapping[str, Any]], float | None]:
    """What lies there."""

    def read(found: Mapping[str, Any]) -> float | None:
        value: Any = found
        for name in path:
            value = value[name]
        return float(value)

    return read


def _told(*path: str) -> Callable[[Mapping[str, Any]], float | None]:
    """The same; 0 says that the processor's clock was too coarse to tell."""
    return lambda found: _part(*path)(found) or None


MOST = Figure("deliveries", "deliveries/s at p99 < 250 ms", _most)
COST = Figure("cost", "us of processor for a delivery", _cost)
LATE = Figure("p99", "ms p99 at that rate", _part("sustained", "p99_ms"))
JOINS = Figure("joins", "joins for a second of processor", _told("joins", "per_cpu_second"))
MEMORY = Figure("memory", "KB resident for a reader", _told("joins", "rss_kb_per_connection"))
BACK = Figure("back", "s until all are back", _part("storm", "seconds"))
STORM_COST = Figure("storm_cost", "s of the server's processor", _part("storm", "server_cpu_s"))
TURNED_AWAY = Figure("turned_away", "readers that did not come back", _part("storm", "failed"))

ALL = ("stock", "node", "nchan", "limit")
SCENARIOS: dict[str, Scenario] = {
    "fanout": Scenario(
        "one frame a message", "publish", 64_000, ALL, (), (MOST, LATE, COST, JOINS, MEMORY)
    ),
    "flood": Scenario(
        "messages put together within a tick", "flood", 256_000, ("limit", "limit-40"), ("--publishers", "4"),
        (MOST, LATE, COST),
    ),
    "storm": Scenario(
        "all connections break at once, and all come back at once", "publish", 64_000, ("stock", "node", "nchan"),
        ("--storm", "--idle", str(STILL_S), "--rate", "1", "--seconds", "1", "--warmup", "0"),
        (BACK, STORM_COST, TURNED_AWAY, JOINS, MEMORY), finding=False,
    ),
}  # fmt: skip


def compared(name: str, others: Iterable[str], only: Sequence[str]) -> list[str]:
    """The servers of a scenario that are there and asked for."""
    here = ["isegoria", *(one for one in SCENARIOS[name].beside if one in others)]
    return [one for one in here if not only or one in only]


async def run(
    point: Point, others: Mapping[str, Start], only: Sequence[str], stage_s: float
) -> dict[str, dict[str, Any]]:
    """Server -> what the generator found. One that breaks under the load is told and left out."""
    scenario, found = SCENARIOS[point.scenario], {}
    ours = servers.isegoria(scenario.way, scenario.start, point.rooms if point.by == "sessions" else 1)
    for name in compared(point.scenario, others, only):
        if not (point.ours if name == "isegoria" else point.others):
            continue
        print(f"  {name}", flush=True)
        start = ours if name == "isegoria" else others[name]
        try:
            async with asyncio.timeout(TIMED_OUT_S), start() as target:
                found[name] = await measured(_options(scenario, point, target, stage_s))
        except (AssertionError, RuntimeError, TimeoutError) as broke:
            print(f"  {name} is left out: {broke}", flush=True)
    return found


def _options(scenario: Scenario, point: Point, target: Target, stage_s: float) -> list[str]:
    rooms = target.rooms or LANGUAGES[: point.rooms]
    search = finding(stage_s, target.start * point.rooms / point.readers) if scenario.finding else []
    return [
        *target.options,
        *("--readers", str(point.readers), "--rooms", ",".join(rooms)),
        *("--addresses", str(1 + point.readers // PORTS)),
        *search,
        *scenario.options,
    ]


Key: TypeAlias = tuple[str, int, str, int, str]
"""Scenario, readers, by, rooms, figure."""


def medians(runs: Iterable[Mapping[str, Any]], figures: Mapping[str, Sequence[Figure]]) -> list[dict[str, Any]]:
    """A row for each point, figure and server: median, least, most, share of the limit."""
    values: dict[tuple[Key, str], list[float]] = defaultdict(list)
    units: dict[Key, str] = {}
    for one in runs:
        for figure in figures[one["scenario"]]:
            key = (one["scenario"], one["readers"], one["by"], one["rooms"], figure.name)
            units[key] = figure.unit
            value = figure.read(one["found"])
            if value is not None:
                values[key, one["server"]].append(value)
    return [
        _row(key, units[key], server, each, values.get((key, "limit")))
        for (key, server), each in sorted(values.items(), key=lambda item: item[0][0])
    ]


def _row(key: Key, unit: str, server: str, values: list[float], limit: list[float] | None) -> dict[str, Any]:
    median = statistics.median(values)
    return {
        **dict(zip(("scenario", "readers", "by", "rooms", "figure"), key, strict=True)),
        "unit": unit,
        "server": server,
        "median": median,
        "least": min(values),
        "most": max(values),
        "runs": len(values),
        "of_limit": median / statistics.median(limit) if limit and any(limit) else None,
    }
