"""Many attendees in one process, and what they get: how late each caption comes, whether all of it, when turns end.

The same bytes go to thousands of them, so that a frame is read once, however many hear it.
"""

from __future__ import annotations

import json
import time
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from isegoria.rehearsal.light import Visitor, accepted, enter

_CAPTIONS, _VIEW = b'42["captions"', b'42["view"'
FRAMES_AT_HAND = 256
Revision: TypeAlias = tuple[str, str, int]
"""Track, segment, revision."""


@dataclass(frozen=True, slots=True)
class Frame:
    track: str
    after: int
    position: int
    revisions: tuple[Revision, ...]


@lru_cache(FRAMES_AT_HAND)
def frame_of(data: bytes) -> Frame:
    """A frame of captions. A segment's id is source, language and what its feed calls it, here without a colon."""
    payload: dict[str, Any] = json.loads(data[2:])[1]
    track: str = payload["track"]
    revisions = tuple((track, _name(one["id"]), one["revision"]) for one in payload["segments"])
    return Frame(track, payload["after"], payload["position"], revisions)


def _name(segment: str) -> str:
    """A feed that has connected again has a number behind it."""
    return segment.rpartition(":")[2].partition("~")[0]


@lru_cache(FRAMES_AT_HAND)
def ends_of(data: bytes) -> Mapping[str, int]:
    """Turn -> the instant at which it ended, of a view's turns that are over."""
    turns = json.loads(data[2:])[1]["turns"]
    return {turn["id"]: turn["ended_at"] for turn in turns if turn["ended_at"] is not None}


class Ledger:
    """What was said and when, and how late it came; all attendees write into one. `now` is the session's, in ms."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.said: dict[Revision, int] = {}
        """The monotonic nanosecond at which each revision of this stage was sent."""
        self.finals: dict[str, int] = {}
        """Of each track, since the session began."""
        self.turn = ""
        """Whose end is looked for."""
        self.captions_ms, self.ends_ms = array("d"), array("d")

    def begin(self, turn: str) -> None:
        """A stage: what was said before is not timed any more."""
        self.said.clear()
        del self.captions_ms[:], self.ends_ms[:]
        self.turn = turn

    def say(self, revision: Revision, *, final: bool) -> None:
        self.said[revision] = time.monotonic_ns()
        if final:
            self.finals[revision[0]] = self.finals.get(revision[0], 0) + 1


@dataclass(slots=True)
class Attendee:
    """Reads one track."""

    ledger: Ledger
    track: str
    position: int | None = None
    breaks: int = 0
    ended: str = ""
    visitor: Visitor | None = field(default=None, repr=False)

    async def come(self, url: str, auth: dict[str, str], source: str = "") -> None:
        """Comes in and follows the track. Raises OSError, TimeoutError."""
        self.visitor = await enter(url, auth, self.hear, source)
        try:
            answer = await accepted(self.visitor.ask("follow", {"tracks": [self.track]}))
        except BaseException:
            self.visitor.socket.close()
            raise
        if self.position is None:
            self.position = answer["positions"][self.track]

    @property
    def is_here(self) -> bool:
        return self.visitor is not None and not self.visitor.socket.closed.done()

    @property
    def has_all(self) -> bool:
        """Every final of the track once, in order."""
        return self.breaks == 0 and self.position == self.ledger.finals.get(self.track, 0)

    def hear(self, data: bytes) -> None:
        if data.startswith(_CAPTIONS):
            self._read(frame_of(data))
        elif data.startswith(_VIEW) and self.ended != self.ledger.turn:
            self._look(ends_of(data))

    def _read(self, frame: Frame) -> None:
        now = time.monotonic_ns()
        self.breaks += self.position is not None and frame.after != self.position
        self.position = frame.position
        for revision in frame.revisions:
            if at := self.ledger.said.get(revision):
                self.ledger.captions_ms.append((now - at) / 1e6)

    def _look(self, ends: Mapping[str, int]) -> None:
        turn = self.ledger.turn
        if turn in ends:
            self.ended = turn
            self.ledger.ends_ms.append(max(0.0, self.ledger.now() - ends[turn]))
