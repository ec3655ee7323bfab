"""How fast, how many: `python -m tests.load [NAME ...]`.

Names are turns, commands, captions, languages, hours, report, memory, restart, display; without one, all are measured.
fanout, flood, storm, mixed, many, replicas and second compare with other servers and with what must be reached, picture
draws it: `python -m tests.load.beside --help`.

The server, its engine with it, has one core and this generator another; each figure stands beside a reference that
was measured in the same run. Compare ratios, not milliseconds: machines differ. Nothing else should run meanwhile.
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
from dataclasses import asdict
from pathlib import Path

import uvloop

from tests.load import captions, commands, display, hours, languages, machine, memory, report, restart, turns
from tests.load.beside import __main__ as compared
from tests.load.scale import Scale
from tests.load.table import Found, Row, as_text

FIGURES: dict[str, Callable[[Scale], Awaitable[Found]]] = {
    "turns": turns.measure,
    "commands": commands.measure,
    "captions": captions.measure,
    "languages": languages.measure,
    "hours": hours.measure,
    "report": report.measure,
    "memory": memory.measure,
    "restart": restart.measure,
    "display": display.measure,
}
LONGEST_S = 600.0


def _asked() -> argparse.Namespace:
    whole = Scale()
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(FIGURES)}")
    parser.add_argument("--readers", type=int, default=whole.readers)
    parser.add_argument("--turns", type=int, default=whole.turns)
    parser.add_argument("--commands", type=int, default=whole.commands)
    parser.add_argument("--seconds", type=int, default=whole.seconds, help="of captions")
    parser.add_argument("--minutes", type=int, default=whole.minutes, help="of a session's captions, told fast")
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(FIGURES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}")
    return asked


async def _measure(names: list[str], scale: Scale, found: Found) -> None:
    here = asyncio.current_task()
    assert here
    # As Ctrl-C does: what was started is ended.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, here.cancel)
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        async with asyncio.timeout(LONGEST_S):
            one = await FIGURES[name](scale)
        gc.collect()
        found.rows += one.rows
        found.warnings += one.warnings


def _prepared() -> dict[str, object]:
    """Makes this process the generator, and tells what the machine is."""
    told = machine.described()
    machine.pin(0, machine.GENERATOR_CORE)
    # A collection here would show as the server's delay; what a figure leaves is collected after it.
    gc.disable()
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    return told


def main() -> None:
    if any(name in (*compared.NAMES, *compared.TOLD) for name in sys.argv[1:]):
        compared.main(sys.argv[1:])
        return
    asked = _asked()
    scale = Scale(asked.readers, asked.turns, asked.commands, asked.seconds, asked.minutes)
    told = _prepared()
    found = Found()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_measure(asked.names or list(FIGURES), scale, found))
    finally:
        # What was found before something went wrong took its time.
        told |= machine.at_end()
        found.warnings += machine.doubts(told)
        print(as_text(told, found))
        if asked.json:
            kept = {"machine": told, "scale": asdict(scale), "rows": list(map(_kept, found.rows))}
            asked.json.write_text(json.dumps({**kept, "warnings": found.warnings}, indent=2) + "\n")


def _kept(row: Row) -> dict[str, object]:
    return {**asdict(row), "ratio": row.ratio}


if __name__ == "__main__":
    main()
