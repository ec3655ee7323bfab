"""What may be asked: the floor, and undo."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from isegoria.domain.values import EntryId, Frozen, Millis, PauseReason, TurnId

AskedPause: TypeAlias = Literal[
    PauseReason.SOUND,
    PauseReason.INTERPRETATION,
    PauseReason.DISORDER,
    PauseReason.CONNECTION,
    PauseReason.OTHER,
]


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
