"""The state of a consultation: what is true after the events so far.

Here live frozen dataclasses and arithmetic on stored instants; nothing that reads a clock, and nothing that has to be
counted down: remainders are computed from instants and a passed `now` (T2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from isegoria.domain.notebook import Notebook
from isegoria.domain.values import (
    SECOND,
    Attribution,
    Constituency,
    Cue,
    Delivery,
    Ending,
    Enforcement,
    EntryId,
    EntryKind,
    EntryStatus,
    Instant,
    Millis,
    OrganisationId,
    PauseReason,
    PersonId,
    Readiness,
    Region,
    SegmentId,
    SegmentKind,
    SessionState,
    TextId,
    TurnId,
)

LISTED = frozenset({EntryStatus.WAITING, EntryStatus.CALLED, EntryStatus.ABSENT, EntryStatus.INTERRUPTED})
"""The states of an entry that stands in the order of the list."""
OPEN_REQUEST = LISTED | {EntryStatus.LATE, EntryStatus.SPEAKING}
"""The states in which a request is not answered yet."""


@dataclass(frozen=True, slots=True)
class SessionClock:
    """Maps the engine's time to the session's. The identity, but in a rehearsal (S2)."""

    real: Instant = 0
    session: Instant = 0
    rate: float = 1.0

    def at(self, real: Instant) -> Instant:
        """The session's time at an instant of the engine's time."""
        return self.session + round((real - self.real) * self.rate)

    def real_at(self, session: Instant) -> Instant | None:
        """When the session's time will be reached; None while the clock stands still."""
        if self.rate == 0:
            return None
        return self.real + round((session - self.session) / self.rate)


@dataclass(frozen=True, slots=True)
class Modalities:
    """The rules of this session: speaking time, warnings before zero, and what happens after it (T3, T4)."""

    limit: Millis = 180 * SECOND
    warnings: tuple[Millis, ...] = (60 * SECOND, 30 * SECOND)
    grace: Millis = 10 * SECOND
    enforcement: Enforcement = Enforcement.CLOSE
    one_per_organisation: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the agenda. `limit` replaces the general speaking time for its turns."""

    id: SegmentId
    kind: SegmentKind
    planned: Millis
    limit: Millis | None = None
    recording: bool = True
    chatham_house: bool = False
    began_at: Instant | None = None
    """When it was started last; None before."""
    confided: tuple[tuple[Instant, Instant | None], ...] = ()
    """From when until when Chatham House was switched on; None while it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A request for the floor and what became of it.

    `segment` is its topic. `absences` counts how often its speaker did not answer (Q5). `remaining` is the time kept
    from an interrupted turn (T9). `substituted` is who was registered, when another speaks for them (Q4).
    """

    id: EntryId
    person: PersonId
    segment: SegmentId
    asked_at: Instant
    organisation: OrganisationId | None = None
    on_behalf_of: tuple[OrganisationId, ...] = ()
    kind: EntryKind = EntryKind.STATEMENT
    delivery: Delivery = Delivery.LIVE
    video: Millis | None = None
    """The fixed length of a video statement."""
    status: EntryStatus = EntryStatus.WAITING
    readiness: Readiness = Readiness.SILENT
    substituted: PersonId | None = None
    absences: int = 0
    called_at: Instant | None = None
    remaining: Millis | None = None
    parts: int = 0
    """How many turns it has had."""

    @property
    def organisations(self) -> frozenset[OrganisationId]:
        """All that this request speaks for (Q1)."""
        return frozenset(self.on_behalf_of) | ({self.organisation} if self.organisation else frozenset())


@dataclass(frozen=True, slots=True)
class Turn:
    """The running turn. `limit` is what was allotted at its start, an allowance (T7) included; `extended` what was
    added since; `held` the time that ended pauses took; `paused_at` is set while one runs.
    """

    id: TurnId
    entry: EntryId
    person: PersonId
    segment: SegmentId
    """The agenda's segment at the start, which need not be the entry's topic."""
    limit: Millis
    grace: Millis
    enforcement: Enforcement
    warnings: tuple[Millis, ...]
    began_at: Instant
    given_by: PersonId | None = None
    part: int = 1
    extended: Millis = 0
    held: Millis = 0
    paused_at: Instant | None = None
    pause_reason: PauseReason | None = None

    @property
    def allotted(self) -> Millis:
        return self.limit + self.extended

    @property
    def zero_at(self) -> Instant | None:
        """When the speaking time is used up; None while paused."""
        if self.paused_at is not None:
            return None
        return self.began_at + self.held + self.allotted

    @property
    def overrun_at(self) -> Instant | None:
        """When the grace time is over too; None while paused."""
        return None if self.zero_at is None else self.zero_at + self.grace

    @property
    def closes_at(self) -> Instant | None:
        """When the server closes the floor (T4); None where a person has to."""
        return self.overrun_at if self.enforcement is Enforcement.CLOSE else None

    def used(self, now: Instant) -> Millis:
        """Speaking time until `now`, without pauses (T5)."""
        until = now if self.paused_at is None else self.paused_at
        return until - self.began_at - self.held

    def left(self, now: Instant) -> Millis:
        """Speaking time that is left; negative in overtime."""
        return self.allotted - self.used(now)

    def paused(self, now: Instant) -> Millis:
        """The time that pauses took until `now`."""
        return self.held + (0 if self.paused_at is None else now - self.paused_at)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn that is over."""

    id: TurnId
    entry: EntryId
    person: PersonId
    segment: SegmentId
    part: int
    began_at: Instant
    ended_at: Instant
    limit: Millis
    extended: Millis
    paused: Millis
    used: Millis
    ending: Ending

    @property
    def overtime(self) -> Millis:
        return max(0, self.used - self.limit - self.extended)


@dataclass(frozen=True, slots=True)
class Message:
    """What staff told a speaker: a cue, or a text kept apart from the journal."""

    id: str
    to: PersonId
    at: Instant
    by: PersonId | None
    cue: Cue | None = None
    text: TextId | None = None
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What undo restores of an entry: where it stood, not what it is."""

    entry: EntryId
    status: EntryStatus
    readiness: Readiness
    absences: int
    called_at: Instant | None
    remaining: Millis | None
    parts: int


@dataclass(frozen=True, slots=True)
class Undoable:
    """What the floor and the list were before the decision `version`, so that it can be taken back (T11)."""

    version: int
    at: Instant
    by: PersonId | None
    turn: Turn | None
    turns: int
    """How many turns had ended."""
    order: tuple[EntryId, ...]
    places: tuple[Place, ...]
    """Of the entries that the decision moved."""
    list_open: bool
    list_closes_at: Instant | None


@dataclass(frozen=True, slots=True)
class Alias:
    """What is told of a person who is protected: never more than this (R5, R10)."""

    constituency: Constituency
    region: Region | None


@dataclass(frozen=True, slots=True)
class Source:
    """Which feed a track is heard from, chosen by a person; None: from no one, all are muted (C15)."""

    feed: str | None
    since: Instant


@dataclass(frozen=True, slots=True)
class Mute:
    """A time in which a track was heard from no feed. `feed` was the one before."""

    track: str
    feed: str
    since: Instant
    until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that commands are decided against."""

    id: str
    version: int = 0
    last_at: Instant = 0
    state: SessionState = SessionState.SCHEDULED
    rehearsal: bool = False
    clock: SessionClock = field(default_factory=SessionClock)
    timezone: str = "UTC"
    doors_at: Instant = 0
    starts_at: Instant = 0
    ends_at: Instant = 0
    started_at: Instant | None = None
    closed_at: Instant | None = None
    modalities: Modalities = field(default_factory=Modalities)
    segments: tuple[Segment, ...] = ()
    segment: SegmentId | None = None
    agenda: tuple[tuple[SegmentId, Instant], ...] = ()
    """Which segment was started when, in order."""
    list_open: bool = True
    list_closes_at: Instant | None = None
    entries: Mapping[EntryId, Entry] = field(default_factory=dict)
    order: tuple[EntryId, ...] = ()
    order_rev: int = 0
    """Changes whenever the order does, but for requests that join at their place and leave it."""
    turn: Turn | None = None
    turns: tuple[Spoken, ...] = ()
    allowances: Mapping[PersonId, Millis] = field(default_factory=dict)
    attributions: Mapping[PersonId, Attribution] = field(default_factory=dict)
    attributed_at: Mapping[PersonId, Instant] = field(default_factory=dict)
    """When each of these chose last, so that earlier exports can be recalled (R4)."""
    default_attribution: Attribution = Attribution.ORGANISATION
    messages: tuple[Message, ...] = ()
    notebook: Notebook = field(default_factory=Notebook)
    aliases: Mapping[PersonId, Alias] = field(default_factory=dict)
    """Fixed when the doors open, or when somebody chooses one later (R10)."""
    roster_revision: int = 0
    feeds_revision: int = 0
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Track -> where a person chose that it comes from."""
    mutes: tuple[Mute, ...] = ()
    reconnects: Mapping[str, int] = field(default_factory=dict)
    """Feed -> how often it was asked to connect anew."""
    spoken: tuple[tuple[str, Instant], ...] = ()
    """Which language was set as the one spoken, and since when, in order."""
    undoable: tuple[Undoable, ...] = ()

    @property
    def newest_turn(self) -> TurnId | None:
        """The turn that runs, or else the one that ended last: what "next" comes after (Q7)."""
        if self.turn:
            return self.turn.id
        return self.turns[-1].id if self.turns else None

    @property
    def current_segment(self) -> Segment | None:
        return next((s for s in self.segments if s.id == self.segment), None)

    def segment_index(self, segment: SegmentId | None) -> int:
        """The place of a segment in the agenda; -1 for none."""
        return next((i for i, s in enumerate(self.segments) if s.id == segment), -1)

    def spoken_language(self, at: Instant) -> str | None:
        """The language that was set as the one spoken; None before it is first set."""
        return next((language for language, since in reversed(self.spoken) if since <= at), None)

    def limit_for(self, entry: Entry) -> Millis:
        """What a turn of this entry is allotted if it starts now (T7, T8, T9)."""
        if entry.remaining is not None:
            return entry.remaining
        if entry.video is not None:
            return entry.video
        topic = next((s for s in self.segments if s.id == entry.segment), None)
        general = topic.limit if topic and topic.limit is not None else self.modalities.limit
        return general + self.allowances.get(entry.person, 0)
