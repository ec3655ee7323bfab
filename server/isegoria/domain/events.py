"""What happened. Fields are only ever added, with defaults, so that every journal can be read for ever.

An event holds ids, closed lists, numbers and instants; no name, no address, no free text (R8). It records what is
true, with the instant at which it became so, which may be earlier than the decision that wrote it down.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from isegoria.domain.commands import PlannedModalities, PlannedSegment
from isegoria.domain.values import (
    AnnotationKind,
    Attribution,
    Cue,
    Delivery,
    Ending,
    Enforcement,
    EntryId,
    EntryKind,
    EntryStatus,
    Frozen,
    Instant,
    Millis,
    OrganisationId,
    PauseReason,
    PersonId,
    Readiness,
    SegmentId,
    TextId,
    TurnId,
)

# --- the session ---------------------------------------------------------------------------------


class Scheduled(Frozen):
    type: Literal["scheduled"] = "scheduled"
    timezone: str
    doors_at: Instant
    starts_at: Instant
    ends_at: Instant
    list_closes_at: Instant | None
    segments: tuple[PlannedSegment, ...]
    modalities: PlannedModalities
    default_attribution: Attribution
    rehearsal: bool


class ClockSet(Frozen):
    type: Literal["clock_set"] = "clock_set"
    real: Instant
    session: Instant
    rate: float


class RosterChanged(Frozen):
    type: Literal["roster_changed"] = "roster_changed"
    revision: int


class DoorsOpened(Frozen):
    type: Literal["doors_opened"] = "doors_opened"
    at: Instant


class SessionStarted(Frozen):
    type: Literal["session_started"] = "session_started"
    at: Instant


class SessionSuspended(Frozen):
    type: Literal["session_suspended"] = "session_suspended"
    at: Instant


class SessionResumed(Frozen):
    type: Literal["session_resumed"] = "session_resumed"
    at: Instant


class SessionExtended(Frozen):
    type: Literal["session_extended"] = "session_extended"
    ends_at: Instant


class SessionClosed(Frozen):
    """`not_heard`: those who were waiting still (T10)."""

    type: Literal["session_closed"] = "session_closed"
    at: Instant
    not_heard: tuple[EntryId, ...]


class SegmentStarted(Frozen):
    type: Literal["segment_started"] = "segment_started"
    segment: SegmentId
    at: Instant


class LimitChanged(Frozen):
    type: Literal["limit_changed"] = "limit_changed"
    limit: Millis


class RecordingSwitched(Frozen):
    type: Literal["recording_switched"] = "recording_switched"
    segment: SegmentId
    on: bool
    at: Instant


class ChathamHouseSwitched(Frozen):
    type: Literal["chatham_house_switched"] = "chatham_house_switched"
    segment: SegmentId
    on: bool
    at: Instant


# --- the list of speakers ------------------------------------------------------------------------


class FloorRequested(Frozen):
    """A new entry. `late`: on the waiting list, as the list was closed (Q2). `before` is its place in the order."""

    type: Literal["floor_requested"] = "floor_requested"
    entry: EntryId
    person: PersonId
    organisation: OrganisationId | None
    on_behalf_of: tuple[OrganisationId, ...] = ()
    segment: SegmentId
    kind: EntryKind = EntryKind.STATEMENT
    delivery: Delivery = Delivery.LIVE
    video: Millis | None = None
    late: bool = False
    before: EntryId | None = None
    at: Instant


class RequestWithdrawn(Frozen):
    type: Literal["request_withdrawn"] = "request_withdrawn"
    entry: EntryId
    at: Instant


class RequestDeferred(Frozen):
    type: Literal["request_deferred"] = "request_deferred"
    entry: EntryId
    before: EntryId | None


class ReadinessTold(Frozen):
    type: Literal["readiness_told"] = "readiness_told"
    entry: EntryId
    readiness: Readiness


class SpeakerCalled(Frozen):
    type: Literal["speaker_called"] = "speaker_called"
    entry: EntryId
    at: Instant


class SpeakerAbsent(Frozen):
    """The first absence: called again before `before` (Q5)."""

    type: Literal["speaker_absent"] = "speaker_absent"
    entry: EntryId
    before: EntryId | None
    at: Instant


class SpeakerNotHeard(Frozen):
    """The second absence: invited to write (Q5)."""

    type: Literal["speaker_not_heard"] = "speaker_not_heard"
    entry: EntryId
    at: Instant


class OrderChanged(Frozen):
    type: Literal["order_changed"] = "order_changed"
    order: tuple[EntryId, ...]


class RequestAdmitted(Frozen):
    type: Literal["request_admitted"] = "request_admitted"
    entry: EntryId
    before: EntryId | None


class ListClosed(Frozen):
    type: Literal["list_closed"] = "list_closed"
    at: Instant


class ListReopened(Frozen):
    type: Literal["list_reopened"] = "list_reopened"
    at: Instant


class SpeakerSubstituted(Frozen):
    type: Literal["speaker_substituted"] = "speaker_substituted"
    entry: EntryId
    person: PersonId


class AllowanceSet(Frozen):
    type: Literal["allowance_set"] = "allowance_set"
    person: PersonId
    allowance: Millis


# --- the floor -----------------------------------------------------------------------------------


class TurnBegan(Frozen):
    type: Literal["turn_began"] = "turn_began"
    turn: TurnId
    entry: EntryId
    person: PersonId
    segment: SegmentId
    part: int
    limit: Millis
    grace: Millis
    enforcement: Enforcement
    warnings: tuple[Millis, ...]
    given_by: PersonId | None
    at: Instant


class TurnPaused(Frozen):
    type: Literal["turn_paused"] = "turn_paused"
    turn: TurnId
    reason: PauseReason
    at: Instant


class TurnResumed(Frozen):
    """`held`: how long this pause took."""

    type: Literal["turn_resumed"] = "turn_resumed"
    turn: TurnId
    held: Millis


class TurnExtended(Frozen):
    type: Literal["turn_extended"] = "turn_extended"
    turn: TurnId
    by: Millis


class TurnEnded(Frozen):
    """`remaining` and `before` are set when it was interrupted (T9): the time kept, and the place on the list."""

    type: Literal["turn_ended"] = "turn_ended"
    turn: TurnId
    ending: Ending
    used: Millis
    paused: Millis
    remaining: Millis | None = None
    before: EntryId | None = None
    at: Instant


class TurnFacts(Frozen):
    """A running turn, whole, as undo brings it back."""

    id: TurnId
    entry: EntryId
    person: PersonId
    segment: SegmentId
    limit: Millis
    grace: Millis
    enforcement: Enforcement
    warnings: tuple[Millis, ...]
    began_at: Instant
    given_by: PersonId | None
    part: int
    extended: Millis
    held: Millis
    paused_at: Instant | None
    pause_reason: PauseReason | None


class PlaceFacts(Frozen):
    """Where an entry stands, as undo brings it back."""

    entry: EntryId
    status: EntryStatus
    readiness: Readiness
    absences: int
    called_at: Instant | None
    remaining: Millis | None
    parts: int


class Undone(Frozen):
    """The decision `version` was taken back; what is true now (T11). `turns`: how many turns count as ended."""

    type: Literal["undone"] = "undone"
    version: int
    turn: TurnFacts | None
    turns: int
    order: tuple[EntryId, ...]
    places: tuple[PlaceFacts, ...]
    list_open: bool
    list_closes_at: Instant | None


# --- messages, attribution, the rapporteur -------------------------------------------------------


class MessageSent(Frozen):
    type: Literal["message_sent"] = "message_sent"
    message: str
    to: PersonId
    cue: Cue | None
    text: TextId | None
    by: PersonId | None
    at: Instant


class MessageAcknowledged(Frozen):
    type: Literal["message_acknowledged"] = "message_acknowledged"
    message: str
    at: Instant


class AttributionChosen(Frozen):
    type: Literal["attribution_chosen"] = "attribution_chosen"
    person: PersonId
    attribution: Attribution


class InterventionAnnotated(Frozen):
    """A tag, note or quote on an intervention (R2)."""

    type: Literal["intervention_annotated"] = "intervention_annotated"
    annotation: str
    entry: EntryId
    kind: AnnotationKind
    tag: str | None = None
    text: TextId | None = None
    track: str | None = None
    first: int | None = None
    last: int | None = None
    by: PersonId | None
    at: Instant


SessionEvent: TypeAlias = (
    Scheduled
    | ClockSet
    | RosterChanged
    | DoorsOpened
    | SessionStarted
    | SessionSuspended
    | SessionResumed
    | SessionExtended
    | SessionClosed
)
AgendaEvent: TypeAlias = SegmentStarted | LimitChanged | RecordingSwitched | ChathamHouseSwitched
ListEvent: TypeAlias = (
    FloorRequested | RequestAdmitted | RequestWithdrawn | RequestDeferred | OrderChanged | ListClosed | ListReopened
)
SpeakerEvent: TypeAlias = (
    ReadinessTold | SpeakerCalled | SpeakerAbsent | SpeakerNotHeard | SpeakerSubstituted | AllowanceSet
)
FloorEvent: TypeAlias = TurnBegan | TurnPaused | TurnResumed | TurnExtended | TurnEnded | Undone
WordsEvent: TypeAlias = MessageSent | MessageAcknowledged | AttributionChosen | InterventionAnnotated
Event: TypeAlias = Annotated[
    SessionEvent | AgendaEvent | ListEvent | SpeakerEvent | FloorEvent | WordsEvent,
    Field(discriminator="type"),
]
