"""The shapes of the views. The client's types are generated from these.

Instants are UTC milliseconds of the session's clock, durations milliseconds. Public shapes carry no limit, so that an
allowance stays private (T7), and no name that a person protects (R9).
"""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import (
    Attribution,
    Constituency,
    Cue,
    Delivery,
    Ending,
    Enforcement,
    EntryKind,
    EntryStatus,
    Frozen,
    Instant,
    Millis,
    PauseReason,
    Readiness,
    Region,
    Role,
    SegmentKind,
    SessionState,
)


class Label(Frozen):
    """Who somebody is to the one who looks. With `alias` only constituency and region are told (R5)."""

    name: str | None = None
    organisation: str | None = None
    city: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2; the page writes its name."""
    constituency: Constituency = Constituency.UNKNOWN
    region: Region | None = None
    alias: bool = False
    substitute_for: str | None = None


class ClockView(Frozen):
    """Session time = session + (engine time - real) * rate."""

    real: Instant
    session: Instant
    rate: float


class SegmentView(Frozen):
    id: str
    kind: SegmentKind
    title: str
    planned: Millis
    began_at: Instant | None
    recording: bool
    chatham_house: bool


class TrackView(Frozen):
    """A track of captions that readers can choose: "floor" or a language."""

    track: str
    language: str
    machine: bool
    is_translation: bool


class ModalitiesView(Frozen):
    """The general rules, known to all (T8)."""

    limit: Millis
    warnings: tuple[Millis, ...]
    grace: Millis
    enforcement: Enforcement
    one_per_organisation: bool


class FloorView(Frozen):
    """The running turn as everyone may see it. `left` is set while paused, and the instants after it are not."""

    turn: str
    entry: str
    who: Label
    segment: str
    part: int
    began_at: Instant
    held: Millis
    zero_at: Instant | None
    closes_at: Instant | None
    paused_at: Instant | None
    pause_reason: PauseReason | None
    left: Millis | None
    grace: Millis


class NextView(Frozen):
    """One of those who come next."""

    entry: str
    who: Label
    segment: str
    expected_at: Instant | None


class TurnView(Frozen):
    """A turn so far, to put captions under (`turn_at`). `ended_at` is None while it runs."""

    id: str
    who: Label
    segment: str
    part: int
    began_at: Instant
    ended_at: Instant | None


class WrittenInputView(Frozen):
    at: Instant
    timezone: str
    source: str


class SharedView(Frozen):
    """What all views tell."""

    session: str
    version: int
    at: Instant
    """When this view was true, in session time; a browser keeps the greatest (version, at)."""
    epoch: str
    clock: ClockView
    state: SessionState
    rehearsal: bool
    title: str
    organisers: tuple[str, ...]
    timezone: str
    doors_at: Instant
    starts_at: Instant
    ends_at: Instant
    started_at: Instant | None
    closed_at: Instant | None
    segments: tuple[SegmentView, ...]
    segment: str | None
    modalities: ModalitiesView
    list_open: bool
    list_closes_at: Instant | None
    floor: FloorView | None
    next: tuple[NextView, ...]
    waiting: int
    heard: int
    turns: tuple[TurnView, ...]
    tracks: tuple[TrackView, ...]
    written_input: tuple[WrittenInputView, ...]


class PublicView(SharedView):
    scope: Literal["public"] = "public"


# --- one speaker ---------------------------------------------------------------------------------


class OwnEntry(Frozen):
    """A request of one's own. `place` is 1 for who comes next, None when not in the order."""

    id: str
    status: EntryStatus
    kind: EntryKind
    segment: str
    place: int | None
    expected_at: Instant | None
    readiness: Readiness
    absences: int
    allotted: Millis
    remaining: Millis | None
    on_behalf_of: tuple[str, ...]


class OwnMessage(Frozen):
    id: str
    at: Instant
    cue: Cue | None
    text: str | None


class OwnTurn(Frozen):
    """A turn of one's own that is over."""

    id: str
    began_at: Instant
    ended_at: Instant
    used: Millis
    allotted: Millis
    ending: Ending


class OrganisationChoice(Frozen):
    id: str
    name: str


class Me(Frozen):
    person: str | None
    role: Role
    name: str


class PersonalView(SharedView):
    scope: Literal["personal"] = "personal"
    me: Me
    city: str | None
    person_timezone: str | None
    entries: tuple[OwnEntry, ...]
    """Open requests first, in the order of the list."""
    own_turn: bool
    """Whether the running turn is one's own; then `allotted` and `floor` tell all about it."""
    allotted: Millis | None
    allowance: Millis
    messages: tuple[OwnMessage, ...]
    """Not acknowledged yet."""
    turns_spoken: tuple[OwnTurn, ...]
    attribution: Attribution
    may_request: bool
    """The doors are open, and nothing of one's own or of one's organisation is waiting."""


# --- the team ------------------------------------------------------------------------------------


class TeamEntry(Frozen):
    id: str
    person: str
    who: Label
    """In full; `protected` says that the public sees an alias."""
    protected: bool
    organisation: str | None
    on_behalf_of: tuple[str, ...]
    segment: str
    kind: EntryKind
    delivery: Delivery
    status: EntryStatus
    readiness: Readiness
    absences: int
    called_at: Instant | None
    remaining: Millis | None
    allowance: Millis
    allotted: Millis
    spoken_language: str | None
    first_time: bool | None
    access_needs: str
    asked_at: Instant
    expected_at: Instant | None


class TeamTurn(Frozen):
    """What the team sees of the running turn, beyond `floor`."""

    person: str
    limit: Millis
    extended: Millis
    allotted: Millis
    enforcement: Enforcement
    given_by: str | None
    """The name of who gave the floor."""
    began_at: Instant
    interruptible_at: Instant | None
    """From when the turn may be interrupted with its time kept (T9); None unless paused for a lost connection."""


class SpokenTurn(Frozen):
    """What a turn that is over has used: speaking time without its pauses (T5), and how much of it beyond the limit."""

    turn: str
    used: Millis
    overtime: Millis


class ForecastOption(Frozen):
    """What would follow, before anything is applied (F2). `limit` is set for "limit", `minutes` for "extend"."""

    code: Literal["leave", "limit", "close_list", "extend"]
    limit: Millis | None = None
    minutes: int | None = None
    ends_at: Instant
    heard: int
    """How many of those who wait would be heard by then."""
    to_write: int
    """How many would be invited to write."""


class ForecastView(Frozen):
    """F1, F2. `surplus` is how much too long it will take at the present rules; negative when time is left."""

    ends_at: Instant
    surplus: Millis
    waiting: int
    fits: int
    slot: Millis
    handover: Millis
    overrun: Millis
    options: tuple[ForecastOption, ...]


class BalanceItem(Frozen):
    """Speaking time so far of a group."""

    group: Literal["constituency", "region", "first_time"]
    key: str
    used: Millis
    turns: int


class SuggestionItem(Frozen):
    """Why an entry was put where it is (Q3)."""

    entry: str
    reason: Literal["constituency", "region", "first_time", "asked_first"]
    key: str | None


class Counts(Frozen):
    """Q8: these add up to `requests`."""

    requests: int
    late: int
    waiting: int
    speaking: int
    heard: int
    video: int
    not_heard: int
    withdrawn: int


class Happening(Frozen):
    """A line of "just now". The page writes the sentence from the type and what is set."""

    version: int
    at: Instant
    type: str
    by: str | None
    """The name of who did it; None for the server itself."""
    by_role: Role
    who: str | None = None
    segment: str | None = None
    used: Millis | None = None
    amount: Millis | None = None
    reason: str | None = None


class UndoView(Frozen):
    """What `undo` would take back now."""

    version: int
    type: str
    who: str | None


class SentMessage(Frozen):
    id: str
    to: str
    at: Instant
    cue: Cue | None
    text: str | None
    acknowledged: bool


class TeamView(SharedView):
    scope: Literal["team"] = "team"
    me: Me
    entries: tuple[TeamEntry, ...]
    """Every request, answered or not."""
    order: tuple[str, ...]
    order_rev: int
    late: tuple[str, ...]
    """The waiting list, in the order of asking (Q2)."""
    team_turn: TeamTurn | None
    newest_turn: str | None
    spoken: tuple[SpokenTurn, ...]
    """One for each of `turns` that is over."""
    forecast: ForecastView
    balance: tuple[BalanceItem, ...]
    suggestion: tuple[SuggestionItem, ...]
    """A whole order, with its reasons; empty when the present one is as good."""
    counts: Counts
    undo: UndoView | None
    happenings: tuple[Happening, ...]
    messages: tuple[SentMessage, ...]
    roster_revision: int
    head: str
    """The chain's head, to note elsewhere."""


# --- what is not state ---------------------------------------------------------------------------


class PresenceView(Frozen):
    person: str
    name: str
    role: Role
    connections: int


class FeedView(Frozen):
    feed: str
    name: str
    tracks: tuple[str, ...]
    state: Literal["ok", "silent", "muted", "never"]
    last_at: Instant | None
    """Real time of the last receipt."""
    delay: Millis | None
    """From receipt to readers, the newest."""
    dropped: int
    last_line: str


class StatusView(Frozen):
    """Who is connected and which feeds are alive: facts of this moment, for the team."""

    session: str
    at: Instant
    """Real time."""
    people: tuple[PresenceView, ...]
    readers: int
    feeds: tuple[FeedView, ...]
    engine: Literal["ok", "away"]
