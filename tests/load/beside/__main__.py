"""`python -m tests.load.beside [SCENARIO ...]`: fanout, flood, storm, mixed; many, replicas; picture FILE.json.

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
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvloop

from tests.load import machine
from tests.load.beside import long, mixed, scenarios
from tests.load.beside.native import program
from tests.load.beside.servers import others
from tests.load.beside.table import as_text
from tests.load.picture import draw

GROWTH = (1_000, 2_000, 5_000, 10_000, 19_000)
READERS = {"many": (19_000,), "replicas": (30_000,)}
"""Unless asked for otherwise; of the others 1,000 and 5,000."""
NAMES = (*scenarios.SCENARIOS, "mixed", "many", "replicas", "picture")


def _sizes(text: str) -> tuple[int, ...]:
    return GROWTH if text == "growth" else tuple(int(part.replace("_", "")) for part in text.split(","))


def _readers(asked: argparse.Namespace, name: str) -> tuple[int, ...]:
    return asked.readers or READERS.get(name, (1_000, 5_000))


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="+", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--readers", type=_sizes, default=(), help="1000,5000; growth: up to 19,000")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each; medians are shown")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[], metavar="SERVER,...")
    parser.add_argument("--seconds", type=int, default=0, help="of mixed (20), many and replicas (600)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="where picture draws to (beside the results)")
    asked = parser.parse_args(arguments)
    if asked.names[0] != "picture" and (unknown := set(asked.names) - set(NAMES)):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    return asked


async def _measure(asked: argparse.Namespace, kept: dict[str, Any]) -> None:
    here = asyncio.current_task()
    assert here
    # As Ctrl-C does: what was started is ended.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, here.cancel)
    await _compare(asked, kept)
    await _live(asked, kept)


async def _compare(asked: argparse.Namespace, kept: dict[str, Any]) -> None:
    there, missing = others()
    kept["remarks"] += missing
    for number in range(asked.repeat):
        for name in (one for one in asked.names if one in scenarios.SCENARIOS):
            for readers in _readers(asked, name):
                print(f"{name}, run {number + 1} of {asked.repeat}", flush=True)
                found = await scenarios.run(scenarios.SCENARIOS[name], readers, there, asked.only)
                kept["runs"] += [
                    {"scenario": name, "readers": readers, "server": server, "run": number, "found": one}
                    for server, one in found.items()
                ]


async def _live(asked: argparse.Namespace, kept: dict[str, Any]) -> None:
    """Those that need people beside the readers."""
    ways: dict[str, Callable[[int, int], Awaitable[dict[str, Any]]]] = {
        "mixed": mixed.measure,
        "many": long.many,
        "replicas": long.replicas,
    }
    for name in (one for one in asked.names if one in ways):
        for readers in _readers(asked, name):
            print(f"{name}, {readers:,} readers", flush=True)
            seconds = asked.seconds or (20 if name == "mixed" else 600)
            found = await ways[name](readers, seconds)
            kept["live"].append({"scenario": name, "readers": readers, "seconds": seconds, "found": found})


def main(arguments: list[str]) -> None:
    asked = _asked(arguments)
    if asked.names[0] == "picture":
        results = Path(asked.names[1])
        target = asked.svg or results.with_suffix(".svg")
        target.write_text(draw(json.loads(results.read_text())), encoding="utf-8")
        print(target)
        return
    if program("lg") is None:
        sys.exit("The comparison needs a C compiler, `cc`; all else of `make bench` does not.")
    kept: dict[str, Any] = {"machine": _prepared(), "remarks": [], "runs": [], "live": []}
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_measure(asked, kept))
    finally:
        # What was found before something went wrong took its time.
        kept["machine"]["load_at_end"] = machine.load()
        kept["table"] = scenarios.medians(kept["runs"])
        print(as_text(kept))
        if asked.json:
            asked.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _prepared() -> dict[str, object]:
    """Makes this process, and with it the generator, keep to its core, and raises what it may open."""
    told = machine.described()
    machine.pin(0, machine.GENERATOR_CORE)
    gc.disable()
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    return told


if __name__ == "__main__":
    main(sys.argv[1:])
