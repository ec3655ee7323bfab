"""From the moment a caption was due at its feed until each reader of the track has it, and that each has all of it."""

from __future__ import annotations

import json
import re
import time
from array import array
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.load import machine
from tests.load.pace import Effort, due, since_ms
from tests.load.readers import Guest, WebSocket, crowd, enter
from tests.load.scale import Scale
from tests.load.serving import consultations, folder, product, stock
from tests.load.table import Found, Row, spread
from tests.serving import Consultation

EVERY_S = 0.1
"""Partials and finals in turn: five of each a second."""
WARM_UP = 20
"""Captions that are not timed. That none is lost holds for them as well."""
DRAIN_S = 3.0
LENGTH = 300
TRACK = "en"
WORDS = "and so the city has opened what the region had closed, with the people who live there, "
AGAINST = "stock python-socketio"

_EVENT = b'42["captions"'
_PLACE = re.compile(rb'"after":(\d+),"position":(\d+)')
_STAMP = re.compile(rb"@@([pf])(\d+):(\d+)@@")


def text_of(number: int, at: int, *, final: bool) -> str:
    """Words that carry which caption it is, and when it was due; 0 for one that is not timed."""
    stamp = f"@@{'f' if final else 'p'}{number}:{at}@@ "
    return (stamp + WORDS * 5)[:LENGTH]


@dataclass(frozen=True, slots=True)
class Frame:
    after: int
    position: int
    finals: tuple[int, ...]
    partials: tuple[int, ...]
    due: tuple[int, ...]

    @classmethod
    def read(cls, data: bytes) -> Frame:
        place = _PLACE.search(data)
        assert place, data[:100]
        stamps = [(kind, int(number), int(at)) for kind, number, at in _STAMP.findall(data)]
        return cls(
            int(place[1]),
            int(place[2]),
            tuple(number for kind, number, _ in stamps if kind == b"f"),
            tuple(number for kind, number, _ in stamps if kind == b"p"),
            tuple(at for _, _, at in stamps if at),
        )


class Ears:
    """What all readers share: a frame is read once, for all of them get the same bytes."""

    def __init__(self) -> None:
        self.delays_ms = array("d")
        self._data, self._frame = b"", Frame(0, 0, (), (), ())

    def frame(self, data: bytes) -> Frame:
        if data != self._data:
            self._data, self._frame = data, Frame.read(data)
        return self._frame


@dataclass(slots=True)
class Reader:
    """Which captions came, in which order, and whether positions followed each other."""

    ears: Ears
    position: int | None = None
    breaks: int = 0
    finals: list[int] = field(default_factory=list)
    partials: list[int] = field(default_factory=list)

    def hear(self, data: bytes) -> None:
        if not data.startswith(_EVENT):
            return
        now = time.monotonic_ns()
        frame = self.ears.frame(data)
        self.breaks += self.position is not None and frame.after != self.position
        self.position = frame.position
        self.finals += frame.finals
        self.partials += frame.partials
        self.ears.delays_ms.extend((now - at) / 1e6 for at in frame.due)

    def complete(self, count: int) -> bool:
        """All finals once and in order, at their positions. A partial may be passed over by its final, not repeated."""
        in_order = self.partials == sorted(set(self.partials))
        return self.breaks == 0 and self.position == count and self.finals == list(range(count)) and in_order


async def speak(say: Callable[[int, str, bool], None], captions: int) -> None:
    """Partial and final of one segment after the other, on a fixed schedule."""
    async for number, at in due(captions, EVERY_S):
        segment, final = divmod(number, 2)
        say(segment, text_of(segment, at if number >= WARM_UP else 0, final=bool(final)), bool(final))


def feed_into(socket: WebSocket) -> Callable[[int, str, bool], None]:
    """Says captions as a feed does."""

    def say(segment: int, text: str, final: bool) -> None:
        status = "final" if final else "partial"
        caption = {"segment_id": str(segment), "status": status, "revision": 1 + final, "text": text}
        socket.send(json.dumps({**caption, "language": TRACK}))

    return say


def publish_by(guest: Guest) -> Callable[[int, str, bool], None]:
    """Has the stock server send frames of the same size as ours."""

    def say(segment: int, text: str, final: bool) -> None:
        status, position, now = ("final", segment + 1, time.time_ns() // 1_000_000) if final else ("partial", None, 0)
        shown = {"id": f"floor-feed:{TRACK}:1-{segment}", "revision": 1 + final, "status": status, "language": TRACK}
        shown |= {"origin": "machine", "is_translation": False, "text": text, "spoken_at": now, "position": position}
        shown |= {"reason": None, "ends_at": None, "label": None}
        frame = {"track": TRACK, "after": segment, "position": segment + final, "segments": [shown]}
        guest.ask("publish", {**frame, "more": False, "test": False})

    return say
