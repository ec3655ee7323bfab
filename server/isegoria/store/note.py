"""`engine.json`: where the engine of a data folder listens, and which process it is."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "engine.json"


@dataclass(frozen=True, slots=True)
class Note:
    """`folder` is the data folder: a note that came here with a copy of another folder is none of ours."""

    folder: str
    socket: str
    pid: int | None = None


def read_note(data: Path) -> Note | None:
    """What is noted, if it is about this folder."""
    try:
        note = Note(**json.loads((data / NAME).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return note if note.folder == str(data) else None


def write_note(data: Path, note: Note) -> None:
    """Replaces the note at once, so that no reader sees half of it. Raises OSError, on a full disk for example."""
    draft = data / f"{NAME}.draft"
    draft.write_text(json.dumps(asdict(note)) + "\n")
    draft.replace(data / NAME)


def place_for_socket(note: Note | None) -> str:
    """The socket of before if its folder is still ours alone, so that nothing piles up; else one in a new folder.

    Always a short path: a socket's may have 108 bytes at most, wherever the data are.
    """
    if note:
        with suppress(OSError):
            state = Path(note.socket).parent.lstat()
            if state.st_uid == os.geteuid() and state.st_mode == 0o040700:
                return note.socket
    return str(Path(tempfile.mkdtemp(prefix="isegoria-")) / "engine.sock")
