"""What happened: the floor, and undo."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import (
    Ending,
    Enforcement,
    EntryId,
    EntryStatus,
    Frozen,
    Instant,
    Millis,
    PauseReason,
    PersonId,
    Readiness,
    SegmentId,
    TurnId,
)


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
