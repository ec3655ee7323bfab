"""Who has the floor, and until when. A part of `decide`. Rules T1, T4, T5, T6, T9, Q7."""

from __future__ import annotations

from functools import reduce
from typing import assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide_list import entry_of
from isegoria.domain.decide_session import require
from isegoria.domain.errors import Refused
from isegoria.domain.evolve import evolve
from isegoria.domain.places import at_end_of_segment
from isegoria.domain.session import LISTED, Session, Turn
from isegoria.domain.values import MINUTE, Ending, Millis, PauseReason, Role, SessionState, TurnId

LOST: Millis = MINUTE
"""How long a turn is paused for a lost connection before it may be interrupted (T9)."""


def decide_floor(session: Session, command: c.FloorCommand, context: Context) -> list[e.Event]:
    if isinstance(command, c.YieldFloor | c.EndTurn):
        require(session, SessionState.LIVE, SessionState.SUSPENDED)
    else:
        require(session, SessionState.LIVE)
    match command:
        case c.GiveFloor():
            return _give(session, command, context)
        case c.YieldFloor():
            return _yield(session, command, context)
        case c.EndTurn():
            return [_ended(_seen(session, command.turn), Ending.ENDED, context)]
        case c.PauseTurn():
            return _pause(session, command, context)
        case c.ResumeTurn():
            return _resume(session, command, context)
        case c.ExtendTurn():
            return _extend(session, command, context)
        case c.InterruptTurn():
            return _interrupt(session, command, context)
        case _:
            assert_never(command)


def _give(session: Session, command: c.GiveFloor, context: Context) -> list[e.Event]:
    """T1, Q7. One press ends the turn that the asker saw running and begins the next."""
    if session.turn and command.after != session.turn.id:
        raise _floor_taken(session.turn, context)
    if command.after != session.newest_turn:
        raise Refused("stale", "another turn has begun and ended since", turn=session.newest_turn)
    entry = entry_of(session, command.entry)
    if entry.status not in LISTED:
        name = context.name(entry.person)
        raise Refused("stale", f"{name} is {entry.status}", entry=entry.id, status=entry.status, name=name)
    ended: list[e.Event] = [_ended(session.turn, Ending.ENDED, context)] if session.turn else []
    now = reduce(evolve, ended, session)
    began = e.TurnBegan(
        turn=f"t{session.version + 1}",
        entry=entry.id,
        person=entry.person,
        segment=session.segment or entry.segment,
        part=entry.parts + 1,
        limit=now.limit_for(entry),
        grace=session.modalities.grace,
        enforcement=session.modalities.enforcement,
        warnings=session.modalities.warnings,
        given_by=context.actor.person,
        at=context.now,
    )
    return [*ended, began]


def _floor_taken(turn: Turn, context: Context) -> Refused:
    name, by = context.name(turn.person), context.name(turn.given_by)
    return Refused(
        "floor_taken",
        f"{name} already has the floor (given by {by})",
        turn=turn.id,
        name=name,
        given_by=by,
        began_at=turn.began_at,
    )


def _seen(session: Session, turn: TurnId) -> Turn:
    """The turn that the asker saw, if it still has the floor (Q7)."""
    if session.turn is None or session.turn.id != turn:
        raise Refused("stale", "that turn is over", turn=session.newest_turn)
    return session.turn


def _ended(turn: Turn, ending: Ending, context: Context) -> e.Event:
    now = context.now
    return e.TurnEnded(turn=turn.id, ending=ending, used=turn.used(now), paused=turn.paused(now), at=now)


def _yield(session: Session, command: c.YieldFloor, context: Context) -> list[e.Event]:
    turn = _seen(session, command.turn)
    if context.actor.role is Role.SPEAKER and turn.person != context.actor.person:
        raise Refused("not_yours", "another speaker has the floor", turn=turn.id)
    return [_ended(turn, Ending.YIELDED, context)]


def _pause(session: Session, command: c.PauseTurn, context: Context) -> list[e.Event]:
    turn = _seen(session, command.turn)
    if turn.paused_at is not None:
        raise Refused("already_paused", "the turn is paused already", reason=turn.pause_reason)
    return [e.TurnPaused(turn=turn.id, reason=command.reason, at=context.now)]


def _resume(session: Session, command: c.ResumeTurn, context: Context) -> list[e.Event]:
    turn = _seen(session, command.turn)
    if turn.paused_at is None:
        raise Refused("not_paused", "the turn is running")
    return [e.TurnResumed(turn=turn.id, held=context.now - turn.paused_at)]


def _extend(session: Session, command: c.ExtendTurn, context: Context) -> list[e.Event]:
    """T6. A turn can be shortened by what is left of it, not into overtime."""
    turn = _seen(session, command.turn)
    if command.by == 0:
        raise Refused("no_change", "this is the speaking time already")
    left = turn.left(context.now)
    if command.by < 0 and left + command.by < 0:
        raise Refused("out_of_bounds", f"only {max(0, left) // 1000} s are left; end the turn instead", left=left)
    return [e.TurnExtended(turn=turn.id, by=command.by)]


def _interrupt(session: Session, command: c.InterruptTurn, context: Context) -> list[e.Event]:
    """T9. The time left is kept for a second part, at the end of the segment."""
    turn = _seen(session, command.turn)
    if turn.paused_at is None or turn.pause_reason is not PauseReason.CONNECTION:
        raise Refused("not_paused", "pause the turn for the lost connection first", turn=turn.id)
    if context.now < turn.paused_at + LOST:
        raise Refused("too_early", "the connection may come back for 60 s", at=turn.paused_at + LOST)
    remaining = turn.left(context.now)
    if remaining <= 0:
        raise Refused("out_of_bounds", "no speaking time is left to keep; end the turn", left=remaining)
    entry = session.entries[turn.entry]
    return [
        e.TurnEnded(
            turn=turn.id,
            ending=Ending.INTERRUPTED,
            used=turn.used(context.now),
            paused=turn.paused(context.now),
            remaining=remaining,
            before=at_end_of_segment(session, entry, not_before_now=True),
            at=context.now,
        )
    ]
