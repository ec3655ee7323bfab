"""What all in a room are told, and each who comes into it until there is something newer: made once."""

from __future__ import annotations

from isegoria.domain.values import Instant
from isegoria.edges.protocol import EventPacket
from isegoria.edges.wire import TimeTold, wire_frame
from isegoria.live.broadcast import View
from isegoria.live.rooms import CaptionFrame

MOST = 256
"""Of how many rooms it is kept."""


class Told:
    def __init__(self) -> None:
        self._known: dict[str, tuple[View | CaptionFrame, EventPacket]] = {}
        self._time: tuple[Instant, EventPacket] | None = None

    def packet(self, event: str, told: View | CaptionFrame, name: str) -> EventPacket:
        """Captions go by where they begin: many come back from where they were while others come for the first time."""
        known = self._known.pop(name, None)
        if known is None or not (known[0] is told or known[0] == told):
            known = (told, EventPacket(event, wire_frame(told) if isinstance(told, CaptionFrame) else told))
        self._known[name] = known
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]
        return known[1]

    def time(self, now: Instant) -> EventPacket:
        """Several come in a millisecond."""
        if self._time is None or self._time[0] != now:
            self._time = now, EventPacket("time", TimeTold(t=now))
        return self._time[1]
