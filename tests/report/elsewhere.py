"""The same record written by another process, where clocks, languages and hashes are others."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType

from isegoria.report.model import Record

SURROUNDINGS: Sequence[Mapping[str, str]] = (
    {"TZ": "Asia/Tokyo", "LANG": "ar_EG.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "UTC", "LANG": "C"},
)


def written_elsewhere(format_: ModuleType, record: Record, surroundings: Mapping[str, str]) -> bytes:
    """What `format_.export` makes of it there."""
    program = (
        f"import sys; from {format_.__name__} import export; from isegoria.report.model import Record;"
        "sys.stdout.buffer.write(export(Record.model_validate_json(sys.stdin.buffer.read())))"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        input=record.model_dump_json().encode(),
        env={**os.environ, **surroundings},
        stdout=subprocess.PIPE,
        check=True,
    )
    return made.stdout
