"""Files that are made only once a test allows it, so that it can see them wait."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from isegoria.edges import exports
from isegoria.edges.exports import make_there
from isegoria.edges.listing import File
from isegoria.report.making import Wanted


def made_once_allowed(address: str, session: str, wanted: Wanted) -> File:
    """Runs in the workshop's process; waits for the file that the test makes."""
    while not Path(os.environ["ISEGORIA_TEST_ALLOWED"]).exists():
        time.sleep(0.02)
    return make_there(address, session, wanted)


def unhurried(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """From when this exists files are made; until then the first of them is being made."""
    path = folder / "allowed"
    monkeypatch.setenv("ISEGORIA_TEST_ALLOWED", str(path))
    monkeypatch.setattr(exports, "make_there", made_once_allowed)
    return path
