"""What is compared: each scenario says which servers, which options of the generator, and which figures are read."""

from __future__ import annotations

import asyncio
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.load.beside import servers
from tests.load.beside.ruler import FINDING, measured
from tests.load.beside.target import Start

STILL_S = 2.0
TIMED_OUT_S = 900.0


@dataclass(frozen=True, slots=True)
class Figure:
    """`read` finds it in what the generator found; None where there is none."""

    name: str
    unit: str
    read: Callable[[Mapping[str, Any]], float | None]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`finding` tells how the most is searched; `beside` names the references."""

    what: str
    ours: Start
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
        "one frame a message", servers.isegoria, ALL, FINDING, (MOST, LATE, COST, JOINS, MEMORY)
    ),
    "flood": Scenario(
        "messages put together within a tick", servers.isegoria_in_ticks, ("limit", "limit-40"), FINDING,
        (MOST, LATE, COST),
    ),
    "storm": Scenario(
        "all connections break at once, and all come back at once", servers.isegoria, ("stock", "node", "nchan"),
        ["--storm", "--idle", str(STILL_S)], (BACK, STORM_COST, TURNED_AWAY, JOINS, MEMORY), finding=False,
    ),
}  # fmt: skip


async def run(
    scenario: Scenario, readers: int, others: Mapping[str, Start], only: Sequence[str] = ()
) -> dict[str, dict[str, Any]]:
    """Server -> what the generator found. One that breaks under the load is told and left out."""
    starts = {"isegoria": scenario.ours} | {name: others[name] for name in scenario.beside if name in others}
    found = {}
    for name, start in starts.items():
        if only and name not in only:
            continue
        print(f"  {name}, {readers:,} readers", flush=True)
        try:
            async with asyncio.timeout(TIMED_OUT_S), start() as target:
                options = [*target.options, "--readers", str(readers), *_at(scenario, target.start / readers)]
                found[name] = await measured(options)
        except (AssertionError, RuntimeError, TimeoutError) as broke:
            print(f"  {name} is left out: {broke}", flush=True)
    return found


def _at(scenario: Scenario, rate: float) -> list[str]:
    publishes = [] if scenario.finding else ["--rate", "1", "--seconds", "1", "--warmup", "0"]
    return [*scenario.options, *(["--rate", f"{rate:.3f}"] if scenario.finding else publishes)]


def medians(runs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for each scenario, number of readers, figure and server: median, least, most, share of the limit."""
    values: dict[tuple[str, int, str, str], list[float]] = defaultdict(list)
    for one in runs:
        for figure in SCENARIOS[one["scenario"]].figures:
            value = figure.read(one["found"])
            if value is not None:
                values[one["scenario"], one["readers"], figure.name, one["server"]].append(value)
    rows = []
    for (scenario, readers, name, server), all_of_it in sorted(values.items(), key=lambda item: item[0][:3]):
        limit = values.get((scenario, readers, name, "limit"))
        share = statistics.median(all_of_it) / statistics.median(limit) if limit and any(limit) else None
        rows.append(
            {
                "scenario": scenario,
                "readers": readers,
                "figure": name,
                "unit": next(one.unit for one in SCENARIOS[scenario].figures if one.name == name),
                "server": server,
                "median": statistics.median(all_of_it),
                "least": min(all_of_it),
                "most": max(all_of_it),
                "runs": len(all_of_it),
                "of_limit": share,
            }
        )
    return rows
