"""One track's readers: what goes to them next and when, and what a joiner gets. No await, no clock (C17).

Everybody in a room stands at the same position, so that one frame serves all. `now` and all that is compared with it
are milliseconds of any clock that only moves forward.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from isegoria.domain.captions import CaptionSegment, CaptionStatus, Key, Track

TICK = 40.0
LONGEST_TICK = 250.0
PARTIAL_EVERY = 125.0
STALE = 15_000.0
"""After that long without news a partial's owner is gone: a line must not be left standing as if it were live."""
NEVER = float("-inf")
FRESH = 100
"""How many segments a joiner gets at once."""
HELD = 300
MOST_TOLD = 32
"""From how many positions what joiners get is kept: most come without one, or from the last that all had."""


@dataclass(frozen=True, slots=True)
class CaptionFrame:
    """Segments after position `after` up to `position`, and others that have none. `more`: older ones exist."""

    track: Track
    after: int
    position: int
    segments: tuple[CaptionSegment, ...]
    more: bool = False
    test: bool = False

    def for_public(self) -> CaptionFrame:
        """The same without what is for the team only."""
        if not any(one.speaker_label or one.by for one in self.segments):
            return self
        return replace(self, segments=tuple(one.for_public() for one in self.segments))


@dataclass(slots=True)
class Room:
    """`position` is where the readers are; what came since waits for the next tick."""

    track: Track
    test: bool = False
    position: int = 0
    next_at: float = 0.0
    _held: deque[CaptionSegment] = field(default_factory=lambda: deque(maxlen=HELD))
    _open: dict[Key, CaptionSegment] = field(default_factory=dict)
    _sent_at: dict[Key, float] = field(default_factory=dict)
    """When the open segments' newest partials went out."""
    _kept: list[CaptionSegment] = field(default_factory=list)
    _passing: list[CaptionSegment] = field(default_factory=list)
    _partials: dict[Key, CaptionSegment] = field(default_factory=dict)
    _told: dict[tuple[int | None, bool], CaptionFrame] = field(default_factory=dict)
    """What joiners got since the last frame left: those who come together get the same."""

    def load(self, newest: Iterable[CaptionSegment]) -> None:
        """Begins with what the transcript holds already."""
        self._told.clear()
        self._held.extend(newest)
        self.position = self._held[-1].position or 0 if self._held else 0

    # --- what comes in -----------------------------------------------------------------------------

    def offer(self, segment: CaptionSegment) -> None:
        """Takes what readers are to get. A position that was had already changes nothing."""
        if segment.position is not None:
            if segment.position > self.newest:
                self._partials.pop(segment.key, None)
                self._kept.append(segment)
        elif segment.status is not CaptionStatus.PARTIAL:
            self._partials.pop(segment.key, None)
            self._passing.append(segment)
        elif self._is_news(segment):
            self._partials[segment.key] = segment

    @property
    def newest(self) -> int:
        """The position of the newest kept segment that came in."""
        return self._kept[-1].position or 0 if self._kept else self.position

    def _is_news(self, partial: CaptionSegment) -> bool:
        """Finals and partials come on different ways, so that a partial may come after its final."""
        rivals = [self._partials.get(partial.key), self._open.get(partial.key)]
        rivals += [one for one in (*self._held, *self._kept) if one.key == partial.key]
        return all(one is None or partial.revision > one.revision for one in rivals)

    # --- what goes out -----------------------------------------------------------------------------

    @property
    def has_finals(self) -> bool:
        """Whether something waits that nothing newer will replace."""
        return bool(self._kept or self._passing)

    def due(self) -> float | None:
        """When the next frame may leave; None if there is nothing to say."""
        if self.has_finals:
            return self.next_at
        times = [max(self.next_at, self._sent_at.get(key, NEVER) + PARTIAL_EVERY) for key in self._partials]
        times += [max(self.next_at, self._sent_at[key] + STALE) for key in self._open]
        return min(times, default=None)

    def collect(self, now: float) -> CaptionFrame | None:
        """The frame that leaves now; the readers are at its position from then on."""
        self._told.clear()
        self._take_back_stale(now)
        ready = [one for key, one in self._partials.items() if now >= self._sent_at.get(key, NEVER) + PARTIAL_EVERY]
        segments = (*self._kept, *self._passing, *ready)
        frame = CaptionFrame(self.track, self.position, self.newest, segments, test=self.test)
        self.position = self.newest
        self._held.extend(self._kept)
        for over in (*self._kept, *self._passing):
            self._open.pop(over.key, None)
            self._sent_at.pop(over.key, None)
        for partial in ready:
            self._open[partial.key] = self._partials.pop(partial.key)
            self._sent_at[partial.key] = now
        self._kept, self._passing = [], []
        return frame if segments else None

    def sent(self, began: float, ended: float) -> None:
        """The round from `began` to `ended` took that long: a tick is twice that, within bounds."""
        self.next_at = began + min(LONGEST_TICK, max(TICK, 2 * (ended - began)))

    def _take_back_stale(self, now: float) -> None:
        for key, partial in self._open.items():
            if now >= self._sent_at[key] + STALE and key not in self._partials:
                gone = {"status": CaptionStatus.RETRACTED, "text": "", "revision": partial.revision + 1}
                self._passing.append(partial.model_copy(update=gone))

    # --- who comes in ------------------------------------------------------------------------------

    def has_since(self, since: int) -> bool:
        """Whether everything after a position is at hand."""
        return since >= self.position or (bool(self._held) and (self._held[0].position or 0) <= since + 1)

    def so_far(self, since: int | None, *, team: bool = True) -> CaptionFrame:
        """What a joiner gets: what is held after `since`, or the newest, and the open partials.

        One that comes from a replica which is ahead of this one stays at its position.
        """
        asked = (since, team)
        if asked not in self._told:
            if len(self._told) >= MOST_TOLD:
                self._told.clear()
            frame = self._since(since)
            self._told[asked] = frame if team else frame.for_public()
        return self._told[asked]

    def _since(self, since: int | None) -> CaptionFrame:
        if since is not None and since > self.position:
            return CaptionFrame(self.track, since, since, tuple(self._open.values()), test=self.test)
        kept = [one for one in self._held if since is None or (one.position or 0) > since]
        if since is None:
            kept = kept[-FRESH:]
        after = (kept[0].position or 1) - 1 if kept else self.position
        more = since is None and after > 0
        return CaptionFrame(self.track, after, self.position, (*kept, *self._open.values()), more, self.test)
