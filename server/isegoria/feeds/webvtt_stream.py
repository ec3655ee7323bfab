"""WebVTT that comes while it is spoken, over one request that may last as long as the session.

    ffmpeg -re -i talk.srt -f webvtt -method POST "https://HOST/feeds/SESSION/FEED/webvtt?key=SECRET"

It may be cut anywhere, also within a character. A cue ends at an empty line, which some programs send only with the
next cue: so a cue is shown as soon as it has a line, and is final when it has ended. Each request is a run of its own;
in one run a cue with the start of another revises it. The times of cues count from a beginning that we do not know, so
they are believed as durations only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from isegoria.domain import revisions
from isegoria.domain.captions import Caption, CaptionStatus, Mode
from isegoria.domain.revisions import FeedState
from isegoria.domain.values import Instant, Millis
from isegoria.feeds import webvtt
from isegoria.feeds.cues import Cue, timed

MODE: Final = Mode.REVISE

LARGEST = 16_384
"""Bytes of a block of lines. A larger one is skipped."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Shown:
    """A cue as far as it has come; its first line came `at`. `unchanged`: all that is new is that it has ended."""

    cue: Cue
    at: Instant
    ended: bool = True
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A block that cannot be used."""

    reason: str


class Reader:
    """What has come of one request. Holds no more than a block, and a line of it."""

    def __init__(self) -> None:
        self._begun = False
        self._tail = b""
        self._block: list[str] = []
        self._size = 0
        self._at: Instant = 0
        self._shown: Cue | None = None

    def feed(self, data: bytes, now: Instant) -> Iterator[Shown | Skipped]:
        """What is new with bytes that came at `now` (real time)."""
        for line in self._lines(data):
            yield from self._read(line, now)
        yield from self._so_far()

    def end(self, now: Instant) -> Iterator[Shown | Skipped]:
        """What the end of the request completes."""
        tail, self._tail = self._tail.removesuffix(b"\r"), b""
        for line in (tail.removeprefix(b"" if self._begun else _BOM), b""):
            yield from self._read(line, now)

    def _lines(self, data: bytes) -> list[bytes]:
        """The lines that are complete. A carriage return at the end may have its line feed still to come."""
        data = self._tail + data
        if not self._begun and len(data) < len(_BOM):
            self._tail = data
            return []
        if not self._begun:
            self._begun, data = True, data.removeprefix(_BOM)
        held = b"\r" if data.endswith(b"\r") else b""
        *lines, tail = data.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        if len(tail) > LARGEST:
            self._size, tail = LARGEST + 1, b""
        self._tail = tail + held
        return lines

    def _read(self, line: bytes, now: Instant) -> Iterator[Shown | Skipped]:
        if not line.strip(b" \t"):
            yield from self._end_block()
            return
        self._at = self._at if self._block else now
        self._size += len(line)
        if self._size <= LARGEST:
            self._block.append(line.decode(errors="replace"))

    def _so_far(self) -> Iterator[Shown]:
        """The cue that has not ended, if there is more of it than before."""
        cue = _cue(self._block) if self._size <= LARGEST else None
        if cue and cue.text and cue != self._shown:
            self._shown = cue
            yield Shown(cue, self._at, ended=False)

    def _end_block(self) -> Iterator[Shown | Skipped]:
        block, size, shown = self._block, self._size, self._shown
        self._block, self._size, self._shown = [], 0, None
        cue = _cue(block)
        if size > LARGEST:
            yield Skipped("too large")
        elif cue and cue.text:
            yield Shown(cue, self._at, unchanged=cue == shown)
        elif cue is None and block and not webvtt.is_no_cue(block):
            yield Skipped("malformed")


def captions(
    state: FeedState, shown: Shown, run: str, language: str | None, lag: Millis
) -> tuple[FeedState, list[Caption]]:
    """What a cue says. `run` names the request, `lag` is the feed's.

    A cue that was made final by time while its end had not come is not told again.
    """
    cue, name = shown.cue, f"{run}-{shown.cue.start}"
    if (shown.unchanged or not shown.ended) and revisions.is_finished(state, name):
        return state, []
    caption = Caption(
        segment_id=name,
        text=cue.text,
        status=CaptionStatus.FINAL if shown.ended else CaptionStatus.PARTIAL,
        language=language,
        speaker_label=cue.label,
        ends_at=shown.at - lag + cue.end - cue.start,
    )
    return state, [caption]


def _cue(block: list[str]) -> Cue | None:
    found = timed(block)
    return webvtt.cue(*found) if found else None
