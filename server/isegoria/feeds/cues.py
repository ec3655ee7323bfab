"""What SRT and WebVTT have in common: blocks of lines, a timing line, a text in which a speaker may be named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isegoria.domain.values import Millis

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_SPEAKER = re.compile(r"\[([^\[\]\n]{1,100})\]:\s*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of a caption file; times are milliseconds from its beginning. `label` is who the file says spoke."""

    start: Millis
    end: Millis
    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """The cues of a file in order of their start, and how many blocks were not understood."""

    cues: tuple[Cue, ...]
    skipped: int = 0


def decode(data: bytes) -> str:
    """The text of a file with its line breaks as `\\n`; bytes that are not UTF-8 become U+FFFD."""
    return re.sub(r"\r\n?", "\n", data.decode("utf-8-sig", errors="replace"))


def blocks(text: str) -> Iterator[list[str]]:
    """What stands between empty lines."""
    for block in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")):
        if block.strip():
            yield block.split("\n")


def timing(line: str) -> tuple[Millis, Millis] | None:
    """Start and end of a timing line, in milliseconds; None if the line is none, or ends before it starts."""
    found = _TIMING.fullmatch(line)
    if not found:
        return None
    start, end = _millis(found.groups()[:4]), _millis(found.groups()[4:])
    return (start, end) if start <= end else None


def timed(lines: list[str]) -> tuple[tuple[Millis, Millis], list[str]] | None:
    """The timing of a block, which may be preceded by one line that names it, and the lines after it."""
    for number, line in enumerate(lines[:2]):
        if times := timing(line):
            return times, lines[number + 1 :]
    return None


def in_order(cues: list[Cue], skipped: int) -> CaptionFile:
    return CaptionFile(tuple(sorted(cues, key=lambda cue: cue.start)), skipped)


def speaker(text: str) -> tuple[str | None, str]:
    """Who speaks and what, of a text like "[SPEAKER_02]: Thank you"."""
    found = _SPEAKER.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def _millis(parts: tuple[str | None, ...]) -> Millis:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))
