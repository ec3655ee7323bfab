"""What may be asked. A command names the thing that its asker saw, so that a stale one can be refused (Q7).

Undo (T11) takes back: give, yield, end, pause, resume, extend, interrupt; the server's closing of a turn or of the
list; call, mark absent, defer, reorder, apply an order, admit, close and reopen the list.
No obstacle to it, and not undone: request, inscribe, withdraw, ready, substitute, allowance, limits, segments,
messages, annotations, attribution, recording, extending the session.
No way back behind these: suspend, close the session.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from isegoria.domain.values import (
    Attribution,
    Cue,
    Delivery,
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
    SegmentId,
    SegmentKind,
    TurnId,
)

AskedPause: TypeAlias = Literal[
    PauseReason.SOUND,
    PauseReason.INTERPRETATION,
    PauseReason.DISORDER,
    PauseReason.CONNECTION,
    PauseReason.OTHER,
]
Limit: TypeAlias = Annotated[Millis, Field(ge=15_000, le=3_600_000)]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=2_000)]


# --- the session ---------------------------------------------------------------------------------


class PlannedSegment(Frozen):
    """A segment as scheduled; its title lives apart from the journal."""

    id: SegmentId
    kind: SegmentKind
    planned: Annotated[Millis, Field(ge=0)]
    limit: Limit | None = None


class PlannedModalities(Frozen):
    limit: Limit = 180_000
    warnings: tuple[Annotated[Millis, Field(gt=0)], ...] = (60_000, 30_000)
    grace: Annotated[Millis, Field(ge=0, le=600_000)] = 10_000
    enforcement: Enforcement = Enforcement.CLOSE
    one_per_organisation: bool = True


class Schedule(Frozen):
    """The first command of every session: what its file says, without free text."""

    type: Literal["schedule"] = "schedule"
    timezone: str
    doors_at: Instant
    starts_at: Instant
    ends_at: Instant
    list_closes_at: Instant | None = None
    segments: Annotated[tuple[PlannedSegment, ...], Field(min_length=1)]
    modalities: PlannedModalities = PlannedModalities()
    default_attribution: Attribution = Attribution.ORGANISATION
    rehearsal: bool = False


class SetClock(Frozen):
    """Rehearsals only: from `real` (engine time) on, the session's clock shows `session` and runs at `rate`."""

    type: Literal["set_clock"] = "set_clock"
    real: Instant
    session: Instant
    rate: Annotated[float, Field(ge=0, le=1_000)]


class ChangeRoster(Frozen):
    """People were written to their store at `revision`; all replicas read them again."""

    type: Literal["change_roster"] = "change_roster"
    revision: Annotated[int, Field(gt=0)]


class OpenDoors(Frozen):
    type: Literal["open_doors"] = "open_doors"


class StartSession(Frozen):
    type: Literal["start_session"] = "start_session"


class SuspendSession(Frozen):
    type: Literal["suspend_session"] = "suspend_session"


class ResumeSession(Frozen):
    type: Literal["resume_session"] = "resume_session"


class ExtendSession(Frozen):
    """T10. `ends_at` is what the asker saw; by minutes, negative to end earlier."""

    type: Literal["extend_session"] = "extend_session"
    ends_at: Instant
    minutes: Annotated[int, Field(ge=-240, le=240)]


class CloseSession(Frozen):
    """All who still wait are not heard (T10)."""

    type: Literal["close_session"] = "close_session"


class StartSegment(Frozen):
    """`after` is the segment that the asker saw running; None before the first."""

    type: Literal["start_segment"] = "start_segment"
    segment: SegmentId
    after: SegmentId | None


class ChangeLimit(Frozen):
    """A new general speaking time for turns that have not started (T8); segments' own limits go."""

    type: Literal["change_limit"] = "change_limit"
    limit: Limit


class SwitchRecording(Frozen):
    """R6, for a segment."""

    type: Literal["switch_recording"] = "switch_recording"
    segment: SegmentId
    on: bool


class SwitchChathamHouse(Frozen):
    """R6, for a segment."""

    type: Literal["switch_chatham_house"] = "switch_chatham_house"
    segment: SegmentId
    on: bool


class Settle(Frozen):
    """Asked by every replica's alarm when a deadline is reached; exactly one succeeds."""

    type: Literal["settle"] = "settle"


# --- the list of speakers ------------------------------------------------------------------------


class RequestFloor(Frozen):
    """A live request by the speaker who asks (Q1)."""

    type: Literal["request_floor"] = "request_floor"
    segment: SegmentId
    kind: EntryKind = EntryKind.STATEMENT
    on_behalf_of: Annotated[tuple[OrganisationId, ...], Field(max_length=50)] = ()


class Inscribe(Frozen):
    """The secretariat puts somebody on the list. `organisation` is filled in by the server from the roster."""

    type: Literal["inscribe"] = "inscribe"
    person: PersonId
    segment: SegmentId
    kind: EntryKind = EntryKind.STATEMENT
    on_behalf_of: Annotated[tuple[OrganisationId, ...], Field(max_length=50)] = ()
    delivery: Delivery = Delivery.LIVE
    video: Limit | None = None


class Withdraw(Frozen):
    """Q6. `status` is what the asker saw."""

    type: Literal["withdraw"] = "withdraw"
    entry: EntryId
    status: EntryStatus


class Defer(Frozen):
    """ "I can't speak now": to the end of the segment, by the speaker or the team."""

    type: Literal["defer"] = "defer"
    entry: EntryId
    status: EntryStatus


class Ready(Frozen):
    """Q9: the answer to "you are next"."""

    type: Literal["ready"] = "ready"
    entry: EntryId


class NeedMoment(Frozen):
    """Q9: "I need a moment"."""

    type: Literal["need_moment"] = "need_moment"
    entry: EntryId


class CallSpeaker(Frozen):
    """The repeat call for a speaker who did not answer (Q5)."""

    type: Literal["call_speaker"] = "call_speaker"
    entry: EntryId
    status: EntryStatus


class MarkAbsent(Frozen):
    """20 s after the repeat call (Q5)."""

    type: Literal["mark_absent"] = "mark_absent"
    entry: EntryId
    status: EntryStatus


class Reorder(Frozen):
    """The entry goes before another, or to the end; `order_rev` is the order that the asker saw."""

    type: Literal["reorder"] = "reorder"
    entry: EntryId
    before: EntryId | None
    order_rev: int


class ApplyOrder(Frozen):
    """The whole order, as suggested and accepted by a person (Q3); entries that joined since keep their place at the
    end of their segment."""

    type: Literal["apply_order"] = "apply_order"
    order: Annotated[tuple[EntryId, ...], Field(max_length=1_000)]
    order_rev: int


class Admit(Frozen):
    """From the waiting list to the list, though it is closed (Q2)."""

    type: Literal["admit"] = "admit"
    entry: EntryId


class CloseList(Frozen):
    type: Literal["close_list"] = "close_list"


class ReopenList(Frozen):
    """Those on the waiting list join in the order in which they asked (Q2)."""

    type: Literal["reopen_list"] = "reopen_list"


class Substitute(Frozen):
    """Another person speaks; organisation and place stay (Q4)."""

    type: Literal["substitute"] = "substitute"
    entry: EntryId
    person: PersonId


class SetAllowance(Frozen):
    """Extra speaking time for a person, known to the staff and to them only (T7); 0 takes it back."""

    type: Literal["set_allowance"] = "set_allowance"
    person: PersonId
    allowance: Annotated[Millis, Field(ge=0, le=1_800_000)]


# --- the floor -----------------------------------------------------------------------------------


class GiveFloor(Frozen):
    """`after` is the newest turn that the asker saw: if it still runs, it is ended first, in the same decision."""

    type: Literal["give_floor"] = "give_floor"
    entry: EntryId
    after: TurnId | None


class YieldFloor(Frozen):
    """The speaker has finished."""

    type: Literal["yield_floor"] = "yield_floor"
    turn: TurnId


class EndTurn(Frozen):
    type: Literal["end_turn"] = "end_turn"
    turn: TurnId


class PauseTurn(Frozen):
    type: Literal["pause_turn"] = "pause_turn"
    turn: TurnId
    reason: AskedPause


class ResumeTurn(Frozen):
    type: Literal["resume_turn"] = "resume_turn"
    turn: TurnId


class ExtendTurn(Frozen):
    """T6, by steps of 30 s; negative to shorten."""

    type: Literal["extend_turn"] = "extend_turn"
    turn: TurnId
    by: Annotated[Millis, Field(ge=-600_000, le=600_000, multiple_of=30_000)]


class InterruptTurn(Frozen):
    """T9: the connection is lost; the remaining time is kept for a second part."""

    type: Literal["interrupt_turn"] = "interrupt_turn"
    turn: TurnId


class Undo(Frozen):
    """T11. `version` names the decision to take back, which must be the newest that changed floor or order."""

    type: Literal["undo"] = "undo"
    version: int


# --- messages, attribution, the rapporteur -------------------------------------------------------


class SendMessage(Frozen):
    """A cue or a text to a speaker. The server keeps the text apart from the journal."""

    type: Literal["send_message"] = "send_message"
    to: PersonId
    cue: Cue | None = None
    text: Text | None = None


class Acknowledge(Frozen):
    type: Literal["acknowledge"] = "acknowledge"
    message: str


class ChooseAttribution(Frozen):
    """R3: one's own choice, or by the secretariat for `person`."""

    type: Literal["choose_attribution"] = "choose_attribution"
    attribution: Attribution
    person: PersonId | None = None


class TagIntervention(Frozen):
    """R2. A tag is a word of a fixed list (topic or sort), not free text."""

    type: Literal["tag_intervention"] = "tag_intervention"
    entry: EntryId
    tag: Annotated[str, Field(pattern="^[a-z0-9_.-]{1,40}$")]


class NoteIntervention(Frozen):
    type: Literal["note_intervention"] = "note_intervention"
    entry: EntryId
    text: Text


class QuoteIntervention(Frozen):
    """A passage worth quoting, by the positions of its captions on one track."""

    type: Literal["quote_intervention"] = "quote_intervention"
    entry: EntryId
    track: Annotated[str, Field(pattern="^[A-Za-z0-9-]{1,35}$")]
    first: Annotated[int, Field(ge=1)]
    last: Annotated[int, Field(ge=1)]


SessionCommand: TypeAlias = (
    Schedule
    | SetClock
    | ChangeRoster
    | OpenDoors
    | StartSession
    | SuspendSession
    | ResumeSession
    | ExtendSession
    | CloseSession
)
AgendaCommand: TypeAlias = StartSegment | ChangeLimit | SwitchRecording | SwitchChathamHouse
ListCommand: TypeAlias = (
    RequestFloor | Inscribe | Withdraw | Defer | Reorder | ApplyOrder | Admit | CloseList | ReopenList
)
SpeakerCommand: TypeAlias = Ready | NeedMoment | CallSpeaker | MarkAbsent | Substitute | SetAllowance
FloorCommand: TypeAlias = GiveFloor | YieldFloor | EndTurn | PauseTurn | ResumeTurn | ExtendTurn | InterruptTurn
WordsCommand: TypeAlias = (
    SendMessage | Acknowledge | ChooseAttribution | TagIntervention | NoteIntervention | QuoteIntervention
)
Command: TypeAlias = Annotated[
    SessionCommand | AgendaCommand | ListCommand | SpeakerCommand | FloorCommand | WordsCommand | Settle | Undo,
    Field(discriminator="type"),
]
COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
