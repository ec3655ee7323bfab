"""decide: (state, command, context) -> events, or a refusal that says what is true instead.

What is due is settled first, whatever is asked: a pause that arrives after the deadline finds the turn closed at its
deadline, however late an alarm rang. There are three deadlines: the doors, the list's closing, the turn's closing.
"""

from __future__ import annotations

from functools import reduce
from typing import assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide_captions import decide_captions
from isegoria.domain.decide_floor import decide_floor
from isegoria.domain.decide_list import decide_list
from isegoria.domain.decide_notes import decide_notes
from isegoria.domain.decide_record import decide_record
from isegoria.domain.decide_session import decide_agenda, decide_session, doors_opened
from isegoria.domain.decide_speaker import decide_speaker
from isegoria.domain.decide_words import decide_words
from isegoria.domain.errors import Refused
from isegoria.domain.evolve import evolve
from isegoria.domain.people import People
from isegoria.domain.roles import may
from isegoria.domain.session import Session
from isegoria.domain.undo import moves, undo
from isegoria.domain.values import Ending, Instant, SessionState


def decide(session: Session, command: c.Command, context: Context) -> list[e.Event]:
    """What happens when `command` is asked. Raises Refused; changes nothing. Never returns an empty list."""
    if not may(context.actor, command):
        raise Refused("forbidden", f"this is not for the role of {context.actor.role}", role=context.actor.role)
    due = overdue(session, context.now, context.people)
    if isinstance(command, c.Settle):
        return due or _nothing_due(session)
    if isinstance(command, c.Undo) and moves(due):
        raise Refused("superseded", "the server closed the turn or the list meanwhile; take that back first")
    return due + _answer(reduce(evolve, due, session), command, context)


def _nothing_due(session: Session) -> list[e.Event]:
    raise Refused("too_early", "nothing is due", at=next_deadline(session))


def _answer(session: Session, command: c.Command, context: Context) -> list[e.Event]:
    if isinstance(command, c.SessionCommand):
        return decide_session(session, command, context)
    if isinstance(command, c.AgendaCommand):
        return decide_agenda(session, command, context)
    if isinstance(command, c.ListCommand):
        return decide_list(session, command, context)
    if isinstance(command, c.SpeakerCommand):
        return decide_speaker(session, command, context)
    if isinstance(command, c.FloorCommand):
        return decide_floor(session, command, context)
    if isinstance(command, c.WordsCommand):
        return decide_words(session, command, context)
    if isinstance(command, c.NotesCommand):
        return decide_notes(session, command, context)
    if isinstance(command, c.RecordCommand):
        return decide_record(session, command, context)
    if isinstance(command, c.CaptionsCommand):
        return decide_captions(session, command, context)
    if isinstance(command, c.Undo):
        return undo(session, command, context)
    if isinstance(command, c.Settle):
        return []
    assert_never(command)


# --- deadlines -----------------------------------------------------------------------------------


def overdue(session: Session, now: Instant, people: People) -> list[e.Event]:
    """What became true by itself by `now`, in the order in which it did, with the instants at which it did."""
    doors, list_closing, turn_closing = _deadlines(session)
    due: list[tuple[Instant, e.Event]] = []
    if doors is not None and doors <= now:
        due.append((doors, doors_opened(session, people, doors)))
    if list_closing is not None and list_closing <= now:
        due.append((list_closing, e.ListClosed(at=list_closing)))
    if turn_closing is not None and turn_closing <= now:
        due.append((turn_closing, _closed(session, turn_closing)))
    return [event for _, event in sorted(due, key=lambda pair: pair[0])]


def next_deadline(session: Session) -> Instant | None:
    """When something will be due if nobody does anything; None if nothing ever will."""
    return min((at for at in _deadlines(session) if at is not None), default=None)


def _deadlines(session: Session) -> tuple[Instant | None, Instant | None, Instant | None]:
    """Doors, the list's closing, the turn's closing. A suspended session settles nothing."""
    if session.state in (SessionState.SUSPENDED, SessionState.CLOSED):
        return None, None, None
    doors = session.doors_at if session.version and session.state is SessionState.SCHEDULED else None
    list_closing = session.list_closes_at if session.list_open else None
    return doors, list_closing, session.turn.closes_at if session.turn else None


def _closed(session: Session, at: Instant) -> e.Event:
    """T4: the server closes the floor at the deadline, not when somebody noticed."""
    turn = session.turn
    assert turn, "only a running turn has a deadline"
    return e.TurnEnded(turn=turn.id, ending=Ending.CLOSED, used=turn.used(at), paused=turn.paused(at), at=at)
