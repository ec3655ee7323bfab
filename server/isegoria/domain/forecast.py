"""When those who wait will speak, how many of them fit, and what could be done about it.

Rules F1, F2, F3. Here lives arithmetic on the state and a passed `now`; nothing is applied, nothing remembered.
Instants are UTC milliseconds of the session's clock, durations are milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal, TypeAlias

from isegoria.domain.events import LimitChanged
from isegoria.domain.evolve import evolve
from isegoria.domain.session import Entry, Segment, Session
from isegoria.domain.values import (
    MINUTE,
    SECOND,
    Ending,
    EntryId,
    EntryKind,
    Instant,
    Millis,
    SegmentKind,
    SessionState,
)

CHANGE: Millis = MINUTE
"""From one topic to the next (F3: three changes, three minutes)."""
ENOUGH = 3
"""So many real turns are needed before they count, and so many the prior weighs beside them."""
LIMIT_STEP: Millis = 15 * SECOND
SHORTEST_LIMIT: Millis = 60 * SECOND
LONGEST_EXTENSION = 240
"""Minutes; what `ExtendSession` takes."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How turns go beside their limits. The defaults are the priors of F3; `overrun` is negative where speakers end
    before their time is over."""

    handover: Millis = 38 * SECOND
    overrun: Millis = 8 * SECOND

    def speaking(self, limit: Millis) -> Millis:
        """How long a turn of this limit takes: at least half of it, however brief the turns were so far."""
        return max(limit // 2, limit + self.overrun)

    def slot(self, limit: Millis) -> Millis:
        """A turn and the hand-over that goes with it."""
        return self.speaking(limit) + self.handover


PRIOR = Pace()


def capacity(window: Millis, limit: Millis, pace: Pace = PRIOR) -> int:
    """How many turns of `limit` fit into a window (F3)."""
    return max(0, window) // pace.slot(limit)


def pace_of(session: Session) -> Pace:
    """The pace of the real turns so far, by medians, blended with the priors (F1).

    A hand-over is the time between two turns without a change of segment; an overrun is all the time that a turn took
    beyond the limit at its start, extensions and pauses included. Interrupted turns tell no overrun.
    """
    ends = [turn.ended_at for turn in session.turns]
    begins = [turn.began_at for turn in session.turns] + ([session.turn.began_at] if session.turn else [])
    changes = [at for _, at in session.agenda]
    handovers = [
        began - ended
        for ended, began in zip(ends, begins[1:], strict=False)
        if not any(ended <= at <= began for at in changes)
    ]
    overruns = [
        turn.ended_at - turn.began_at - turn.limit for turn in session.turns if turn.ending is not Ending.INTERRUPTED
    ]
    return Pace(_blend(handovers, PRIOR.handover), _blend(overruns, PRIOR.overrun))


def _blend(real: Sequence[Millis], prior: Millis) -> Millis:
    if len(real) < ENOUGH:
        return prior
    return round((ENOUGH * prior + len(real) * median(real)) / (ENOUGH + len(real)))


# --- expected times ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will come if nothing is changed. `expected`: when each turn is given, in the order of the list."""

    ends_at: Instant
    """When all have spoken and the closing segment is over."""
    expected: Mapping[EntryId, Instant] = field(default_factory=dict)
    fits: int = 0
    """How many can speak so that the session still closes by its `ends_at`."""


def outlook(session: Session, now: Instant) -> Outlook:
    """F1 and the closing that is reserved for F2. Nothing is expected of a session that is closed."""
    if session.state is SessionState.CLOSED:
        return Outlook(ends_at=session.closed_at or now)
    walk = _Walk.from_now(session, now, pace_of(session))
    entries = listed(session)
    expected: dict[EntryId, Instant] = {}
    fits = 0
    for entry, segment in zip(entries, _spoken_in(session, entries), strict=True):
        walk.enter(segment)
        expected[entry.id] = walk.give(session.limit_for(entry))
        fits += walk.closes_at() <= session.ends_at
    return Outlook(ends_at=max(now, walk.closes_at()), expected=expected, fits=fits)


def listed(session: Session) -> tuple[Entry, ...]:
    """Those who stand on the list, in its order."""
    return tuple(session.entries[entry] for entry in session.order)


def _spoken_in(session: Session, entries: Sequence[Entry]) -> list[int]:
    """In which segment of the agenda each will speak.

    A topic begins when nobody of an earlier one stands before it any more. So who was moved ahead of an earlier topic
    speaks during that topic, and neither a point of order nor somebody left over from a past topic holds it up.
    """
    index = {segment.id: i for i, segment in enumerate(session.segments)}
    current = index.get(session.segment or "", -1)
    lowest, backwards = len(session.segments), []
    for entry in reversed(entries):
        own = index.get(entry.segment, -1)
        if own >= current and entry.kind is not EntryKind.POINT_OF_ORDER:
            lowest = min(lowest, own)
        backwards.append(current if lowest == len(session.segments) else lowest)
    return backwards[::-1]


@dataclass(slots=True)
class _Walk:
    """A walk through the agenda from now on: the instant reached, and the segment with when it was entered."""

    segments: tuple[Segment, ...]
    pace: Pace
    at: Instant
    index: int
    entered: Instant
    rest: list[Millis]
    """What the segments from each index on take without any turn."""

    @classmethod
    def from_now(cls, session: Session, now: Instant, pace: Pace) -> _Walk:
        rest, following = [0], None
        for segment in reversed(session.segments):
            rest.append(rest[-1] + _without_turns(segment, following))
            following = segment
        current = session.current_segment
        entered = current.began_at if current and current.began_at is not None else now
        at = _floor_free_at(session, now, pace)
        return cls(session.segments, pace, at, session.segment_index(session.segment), entered, rest[::-1])

    def enter(self, index: int) -> None:
        while self.index < index:
            self.at = self._left_at()
            self.index += 1
            self.entered = self.at

    def give(self, limit: Millis) -> Instant:
        """When the next turn is given; afterwards the walk stands at its end."""
        began = self.at + self.pace.handover
        self.at = began + self.pace.speaking(limit)
        return began

    def closes_at(self) -> Instant:
        """When the session is over if nobody speaks any more."""
        return self._left_at() + self.rest[self.index + 1]

    def _left_at(self) -> Instant:
        if self.index < 0:
            return self.at
        segment = self.segments[self.index]
        if segment.kind is not SegmentKind.TOPIC:
            return max(self.at, self.entered + segment.planned)
        following = self.segments[self.index + 1] if self.index + 1 < len(self.segments) else None
        return self.at + _without_turns(segment, following)


def _without_turns(segment: Segment, following: Segment | None) -> Millis:
    """What a segment takes if nobody speaks: its plan, but a topic only the change to another topic."""
    if segment.kind is not SegmentKind.TOPIC:
        return segment.planned
    return CHANGE if following and following.kind is SegmentKind.TOPIC else 0


def _floor_free_at(session: Session, now: Instant, pace: Pace) -> Instant:
    """From when the next hand-over counts: the end of the running turn, or in the past when it is under way."""
    if session.state in {SessionState.SCHEDULED, SessionState.OPEN}:
        return max(now, session.starts_at)
    if session.turn:
        return now + max(0, pace.speaking(session.turn.allotted) - session.turn.used(now))
    segment = session.current_segment
    if session.state is SessionState.SUSPENDED or segment is None or segment.kind is not SegmentKind.TOPIC:
        return now
    ended = session.turns[-1].ended_at if session.turns else session.starts_at
    return max(now - pace.handover, ended, segment.began_at or now)


# --- what could be done --------------------------------------------------------------------------

OptionCode: TypeAlias = Literal["leave", "limit", "close_list", "extend"]


@dataclass(frozen=True, slots=True)
class Option:
    """What would follow from a choice (F2): when the session ends, how many of those who wait are heard by then, and
    how many are invited to write. `limit` is set for "limit", `minutes` for "extend"."""

    code: OptionCode
    ends_at: Instant
    heard: int
    to_write: int
    limit: Millis | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """F1 and F2. `surplus` is by how much the session would end too late; negative when time is left."""

    pace: Pace
    outlook: Outlook
    waiting: int
    surplus: Millis
    options: tuple[Option, ...]


def forecast(session: Session, now: Instant) -> Forecast:
    """What will come, and what the choices would make of it; the choices stand only where there is a surplus."""
    view = outlook(session, now)
    waiting = len(view.expected)
    surplus = view.ends_at - session.ends_at
    options: tuple[Option, ...] = ()
    if session.state is not SessionState.CLOSED:
        options = _options(session, now, view, surplus)
    return Forecast(pace_of(session), view, waiting, surplus, options)


def _options(session: Session, now: Instant, view: Outlook, surplus: Millis) -> tuple[Option, ...]:
    waiting = len(view.expected)
    if surplus <= 0:
        return (Option("leave", view.ends_at, waiting, 0),)
    options = [Option("leave", session.ends_at, view.fits, waiting - view.fits)]
    if shorter := _shorter(session, now):
        options.append(shorter)
    if session.list_open:
        options.append(Option("close_list", view.ends_at, waiting, 0))
    minutes = -(-surplus // MINUTE)
    if minutes <= LONGEST_EXTENSION:
        options.append(Option("extend", session.ends_at + minutes * MINUTE, waiting, 0, minutes=minutes))
    return tuple(options)


def _shorter(session: Session, now: Instant) -> Option | None:
    """The longest general limit by which all fit, in steps of 15 s; a minute if even that is not enough."""
    present = [session.modalities.limit, *(s.limit for s in session.segments if s.limit is not None)]
    steps = range(SHORTEST_LIMIT, max(present), LIMIT_STEP)
    if not steps or not listed(session):
        return None
    fitting = bisect_right(steps, 0, key=lambda limit: _too_long(_with_limit(session, limit), now))
    limit = steps[max(0, fitting - 1)]
    changed = outlook(_with_limit(session, limit), now)
    waiting = len(changed.expected)
    if fitting == 0:
        return Option("limit", session.ends_at, changed.fits, waiting - changed.fits, limit=limit)
    return Option("limit", changed.ends_at, waiting, 0, limit=limit)


def _too_long(session: Session, now: Instant) -> bool:
    return outlook(session, now).ends_at > session.ends_at


def _with_limit(session: Session, limit: Millis) -> Session:
    return evolve(session, LimitChanged(limit=limit))
