"""`python -m tests.load.beside [SCENARIO ...]`: fanout, flood, storm, mixed; many, replicas, second.

`picture FILE.json ...` draws what several runs found, `verdict FILE.json ...` tells it, and what was demanded.
Also as `make bench ARGS="fanout flood --readers 1000,5000 --repeat 3 --json results.json"`.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import resource
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import uvloop

from tests.load import machine
from tests.load.beside import live, long, mixed, scenarios
from tests.load.beside.native import program
from tests.load.beside.plan import LIVE_S, Point, measurable, minutes, points
from tests.load.beside.servers import others
from tests.load.beside.table import as_text
from tests.load.beside.target import Start
from tests.load.picture import draw

GROWTH = (1_000, 2_000, 5_000, 10_000, 19_000)
READERS = {"many": (19_000,), "replicas": (30_000,), "second": (5_000,)}
"""Unless asked for otherwise; of the others 1,000 and 5,000."""
DIVIDED = ("fanout", "flood", "mixed")
"""Those that know languages and sessions."""
NAMES = (*scenarios.SCENARIOS, *LIVE_S)
TOLD = ("picture", "verdict")


def _numbers(text: str) -> tuple[int, ...]:
    return GROWTH if text == "growth" else tuple(int(part.replace("_", "")) for part in text.split(","))


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="+", metavar="NAME", help=f"of {', '.join(NAMES)}; or {', '.join(TOLD)} FILE")
    parser.add_argument("--readers", type=_numbers, default=(), help="1000,5000; growth: up to 19,000")
    parser.add_argument("--languages", type=_numbers, default=(), help="1,2,4,8: the same readers, so divided")
    parser.add_argument("--sessions", type=_numbers, default=(), help="1,2,4,8: the same readers, so divided")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each, but the long ones; medians are shown")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[], metavar="SERVER,...")
    parser.add_argument("--stage", type=float, default=3.5, help="seconds of each stage of a search")
    parser.add_argument("--seconds", type=int, default=0, help="of mixed (20), second (10), many and replicas (600)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="where picture draws to (beside the results)")
    parser.add_argument("--dry", action="store_true", help="only say what would be measured, and how long it takes")
    asked = parser.parse_args(arguments)
    if asked.names[0] not in TOLD and (unknown := set(asked.names) - set(NAMES)):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    return asked


def _todo(asked: argparse.Namespace) -> list[Point]:
    """All of it, one repetition after the other: what swings on the machine hits each server alike."""
    once: list[Point] = [
        point
        for name in asked.names
        for readers in asked.readers or READERS.get(name, (1_000, 5_000))
        for point in (
            points(name, readers, asked.languages, asked.sessions) if name in DIVIDED else [Point(name, readers)]
        )
        if measurable(point, asked.only)
    ]
    again = [point for point in once if point.scenario not in {"many", "replicas"}]
    repeats: int = asked.repeat - 1
    return once + again * repeats


async def _measure(asked: argparse.Namespace, todo: Sequence[Point], kept: dict[str, Any]) -> None:
    here = asyncio.current_task()
    assert here
    # As Ctrl-C does: what was started is ended.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, here.cancel)
    there, missing = others()
    kept["remarks"] += missing
    began, seen = time.monotonic(), dict[Point, int]()
    for number, point in enumerate(todo):
        run = seen[point] = seen.get(point, -1) + 1
        print(f"{number + 1} of {len(todo)}, {(time.monotonic() - began) / 60:.1f} min: {point}", flush=True)
        into = kept["runs" if point.scenario in scenarios.SCENARIOS else "live"]
        try:
            into += [{**point.place, "run": run, **found} for found in await _found(asked, point, there)]
        except (AssertionError, OSError, RuntimeError, TimeoutError, ExceptionGroup) as broke:
            print(f"  left out: {broke!r}", flush=True)
            kept["remarks"].append(f"{point}, run {run + 1}, is left out: it broke. {broke!r}")
        _write(asked, kept)


async def _found(asked: argparse.Namespace, point: Point, there: Mapping[str, Start]) -> list[dict[str, Any]]:
    if point.scenario in scenarios.SCENARIOS:
        found = await scenarios.run(point, there, asked.only, asked.stage)
        return [{"server": server, "found": one} for server, one in found.items()]
    ways: dict[str, Callable[[Point, int], Awaitable[dict[str, Any]]]] = {
        "mixed": lambda point, seconds: mixed.measure(point, seconds, asked.only),
        "many": long.many,
        "replicas": long.replicas,
        "second": long.second,
    }
    seconds = asked.seconds or LIVE_S[point.scenario]
    return [{"seconds": seconds, "found": await ways[point.scenario](point, seconds)}]


def main(arguments: list[str]) -> None:
    asked = _asked(arguments)
    if asked.names[0] in TOLD:
        _tell(asked)
        return
    if program("lg") is None:
        sys.exit("The comparison needs a C compiler, `cc`; all else of `make bench` does not.")
    todo = _todo(asked)
    compared = {name: scenarios.compared(name, others()[0], asked.only) for name in scenarios.SCENARIOS}
    took = minutes(todo, compared, asked.stage, asked.seconds)
    print(f"{len(todo)} points, about {took:.0f} minutes", flush=True)
    if not asked.dry:
        _run(asked, todo)


def _run(asked: argparse.Namespace, todo: Sequence[Point]) -> None:
    kept: dict[str, Any] = {"machine": _prepared(), "remarks": [], "runs": [], "live": [], "table": []}
    began = time.monotonic()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_measure(asked, todo, kept))
    finally:
        # What was found before something went wrong took its time.
        minutes_taken = round((time.monotonic() - began) / 60, 1)
        kept["machine"] |= {**machine.at_end(), "minutes": minutes_taken}
        kept["remarks"] += machine.doubts(kept["machine"])
        _write(asked, kept)
        print(as_text(kept))


def _write(asked: argparse.Namespace, kept: dict[str, Any]) -> None:
    """After each point, so that nothing can take back what was found."""
    kept["table"] = _table(kept)
    if asked.json:
        asked.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _table(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    figures = live.FIGURES | {name: scenario.figures for name, scenario in scenarios.SCENARIOS.items()}
    return scenarios.medians([*kept["runs"], *live.runs(kept["live"])], figures)


def _tell(asked: argparse.Namespace) -> None:
    """Several files as one: medians over all their runs. The machine is the first one's."""
    files = [Path(name) for name in asked.names[1:]]
    parts = [json.loads(file.read_text()) for file in files]
    kept = {name: [one for part in parts for one in part[name]] for name in ("remarks", "runs", "live")}
    together = {**kept, "machine": parts[0]["machine"], "table": _table(kept)}
    if asked.names[0] == "verdict":
        print(as_text(together))
        return
    target = asked.svg or files[0].with_suffix(".svg")
    target.write_text(draw(together), encoding="utf-8")
    print(target)


def _prepared() -> dict[str, Any]:
    """Makes this process, and with it the generator, keep to its core, and raises what it may open."""
    told = machine.described()
    machine.pin(0, machine.GENERATOR_CORE)
    gc.disable()
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    return {**told, "open_files": files}


if __name__ == "__main__":
    main(sys.argv[1:])
