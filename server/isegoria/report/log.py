"""The event log itself, one entry a line, and its verification.

The lines are the journal's bytes, never made again; each holds the SHA-256 of the one before it. The last line names
the hash of the last entry and their number. That shows a change inside the file; that nothing was cut from its end,
or made anew as a whole, shows only a head that was noted elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from isegoria.domain.history import FIRST, hash_of
from isegoria.domain.values import Frozen


def export(journal: Iterable[bytes]) -> bytes:
    """The journal verbatim, and a last line `{"head": HEX, "entries": N}`."""
    lines = list(journal)
    head = hash_of(lines[-1]) if lines else FIRST
    return b"".join(line + b"\n" for line in (*lines, json.dumps({"head": head, "entries": len(lines)}).encode()))


class Verdict(Frozen):
    """`entries` and `head` are what the file holds. `bad` is the first entry (from 1) that is not as it was."""

    ok: bool
    message: str
    entries: int
    head: str
    bad: int | None = None


def verify(data: bytes, head: str | None = None) -> Verdict:
    """Whether an exported log is whole; `head` is one that was noted elsewhere, at the end or on the way."""
    lines = data.removesuffix(b"\n").replace(b"\r\n", b"\n").split(b"\n") if data.strip() else []
    last = _object(lines[-1]) if lines else None
    complete = last is not None and "version" not in last
    entries = lines[:-1] if complete else lines
    found = _first_bad(entries) or _end(entries, last if complete else None) or _against(entries, head)
    bad, message = found or (None, _whole(entries, head))
    return Verdict(
        ok=bad is None, message=message, entries=len(entries), head=hash_of(entries[-1]) if entries else FIRST, bad=bad
    )


def _first_bad(entries: Sequence[bytes]) -> tuple[int, str] | None:
    """Where the chain breaks: the number of the entry, and how."""
    versions = [_version(line) for line in entries]
    previous = FIRST
    for number, (line, version) in enumerate(zip(entries, versions, strict=True), 1):
        if version is None:
            return number, f"Entry {number} cannot be read: it was changed."
        if version != number:
            return _misplaced(number, version, versions)
        if (_object(line) or {}).get("prev") != previous:
            if number == 1:
                return 1, "Entry 1 names an entry before it: it was changed, or the log's beginning was cut."
            return number - 1, f"Entry {number - 1} was changed: entry {number} holds another hash of it."
        previous = hash_of(line)
    return None


def _misplaced(number: int, version: int, versions: Sequence[int | None]) -> tuple[int, str]:
    if version < number:
        return number, f"In place of entry {number} stands entry {version} again."
    if number in versions:
        return number, f"Entry {number} is not in its place, where entry {version} stands."
    return number, f"Entry {number} is missing: entry {version} stands in its place."


def _end(entries: Sequence[bytes], last: dict[str, Any] | None) -> tuple[int, str] | None:
    """What the last line says against what is there."""
    count = len(entries)
    if last is None:
        return count + 1, f"The log is cut after entry {count}: its last line, which names the head, is missing."
    if last.get("entries") != count:
        return count + 1, f"The log is cut: it says that it has {last.get('entries')} entries, and {count} are there."
    if last.get("head") != (hash_of(entries[-1]) if entries else FIRST):
        return count, f"Entry {count} was changed: the last line holds another hash of it."
    return None


def _against(entries: Sequence[bytes], head: str | None) -> tuple[int, str] | None:
    if head is None or _place_of(entries, head):
        return None
    count = len(entries)
    return count + 1, (
        f"The chain holds together, but no entry has the head that was noted: the log was cut after entry {count}, "
        "or made anew."
    )


def _whole(entries: Sequence[bytes], head: str | None) -> str:
    count = len(entries)
    if head is None:
        return f"Whole: {count} entries. Compare the head with one that was noted elsewhere."
    place = _place_of(entries, head)
    if place == count:
        return f"Whole: {count} entries, up to the head that was noted."
    return f"Whole: the head that was noted is that of entry {place}; {count - (place or 0)} entries came after it."


def _place_of(entries: Sequence[bytes], head: str) -> int | None:
    """The number of the entry whose hash it is."""
    wanted = head.strip().lower()
    return next((number for number, line in enumerate(entries, 1) if hash_of(line) == wanted), None)


def _version(line: bytes) -> int | None:
    version = (_object(line) or {}).get("version")
    return version if isinstance(version, int) else None


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
