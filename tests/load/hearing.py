"""What readers got: each caption's delay, and exactly which came, in which order, at which positions."""

from __future__ import annotations

import re
import time
from array import array
from dataclasses import dataclass, field

_EVENT = b'42["captions"'
_PLACE = re.compile(rb'"after":(\d+),"position":(\d+)')
_STAMP = re.compile(rb"@@([pf])(\d+):(\d+)@@")


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
