"""Undo: what is remembered of each action of the floor and the list, and what is true when it is taken back (T11).

A decision is taken back whole. What it did to the floor, the order and the places is restored; requests, withdrawals,
answers and messages that came since stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.errors import Refused
from isegoria.domain.places import at_end_of_segment
from isegoria.domain.roles import Actor
from isegoria.domain.session import LISTED, Entry, Place, Session, Turn, Undoable
from isegoria.domain.values import EntryId, EntryKind, EntryStatus, Instant, PauseReason, Readiness, SessionState

KEPT_ACTIONS = 20
"""How many actions can be taken back, one after the other."""

_FLOOR_OR_LIST = (
    e.TurnBegan,
    e.TurnPaused,
    e.TurnResumed,
    e.TurnExtended,
    e.TurnEnded,
    e.SpeakerCalled,
    e.SpeakerAbsent,
    e.SpeakerNotHeard,
    e.RequestDeferred,
    e.OrderChanged,
    e.RequestAdmitted,
    e.ListClosed,
    e.ListReopened,
)
_NO_WAY_BACK = (e.SessionSuspended, e.SessionClosed)


def moves(events: Sequence[e.Event]) -> bool:
    """Whether any of these changes the floor or the list, so that it can be taken back, and nothing before it."""
    return any(isinstance(event, _FLOOR_OR_LIST) for event in events)


def remembered(
    before: Session, after: Session, events: Sequence[e.Event], at: Instant, by: Actor
) -> tuple[Undoable, ...]:
    """The actions that can be taken back after this decision, oldest first."""
    if any(isinstance(event, _NO_WAY_BACK) for event in events):
        return ()
    if any(isinstance(event, e.Undone) for event in events):
        return before.undoable[:-1]
    if not moves(events):
        return before.undoable
    action = Undoable(
        version=after.version,
        at=_when(events, at),
        by=by.person,
        turn=before.turn,
        turns=len(before.turns),
        order=before.order,
        places=tuple(_places(before, after)),
        list_open=before.list_open,
        list_closes_at=before.list_closes_at,
    )
    return (*before.undoable, action)[-KEPT_ACTIONS:]


def _when(events: Sequence[e.Event], at: Instant) -> Instant:
    """The instant of the action: a closing by the server happened at its deadline, not when it was noticed."""
    return min([event.at for event in events if isinstance(event, e.TurnEnded)], default=at)


def _places(before: Session, after: Session) -> Iterator[Place]:
    for entry in before.entries.values():
        was = _place_of(entry)
        if was != _place_of(after.entries[entry.id]):
            yield was


def _place_of(entry: Entry) -> Place:
    return Place(
        entry=entry.id,
        status=entry.status,
        readiness=entry.readiness,
        absences=entry.absences,
        called_at=entry.called_at,
        remaining=entry.remaining,
        parts=entry.parts,
    )


# --- taking it back ------------------------------------------------------------------------------


def undo(session: Session, command: c.Undo, context: Context) -> list[e.Event]:
    """What is true when the newest action is taken back. Raises Refused if the asker saw another (Q7)."""
    if session.state is SessionState.CLOSED:
        raise Refused("wrong_state", "the session is closed")
    if not session.undoable:
        raise Refused("nothing_to_undo", "no action is left that could be taken back")
    action = session.undoable[-1]
    if command.version != action.version:
        raise Refused(
            "superseded",
            "a later action changed the floor or the list; take that back first",
            version=action.version,
        )
    places = [_restored(session.entries[place.entry], place) for place in action.places]
    places += _asked_since(session, action)
    turn = None if action.turn is None else _still_running(action.turn, action.at, context.now)
    closes_at = action.list_closes_at
    return [
        e.Undone(
            version=action.version,
            turn=None if turn is None else e.TurnFacts(**asdict(turn)),
            turns=action.turns,
            order=_order(session, action, places),
            places=tuple(e.PlaceFacts(**asdict(place)) for place in places),
            list_open=action.list_open,
            list_closes_at=None if closes_at is None or closes_at <= context.now else closes_at,
        )
    ]


def _still_running(turn: Turn, undone_at: Instant, now: Instant) -> Turn:
    """Nobody stopped speaking, so instants stay; past its deadline the turn returns paused, for a person to decide."""
    if turn.overrun_at is None or now < turn.overrun_at:
        return turn
    return replace(turn, paused_at=undone_at, pause_reason=PauseReason.UNDO)


def _restored(entry: Entry, place: Place) -> Place:
    """Where the entry stood, and what its speaker did meanwhile: withdrew, or answered."""
    if _withdrew(entry, place):
        return _place_of(entry)
    if entry.readiness is Readiness.SILENT or entry.readiness is place.readiness:
        return place
    asked = place.status in (EntryStatus.CALLED, EntryStatus.ABSENT)
    return replace(place, readiness=entry.readiness, status=EntryStatus.WAITING if asked else place.status)


def _withdrew(entry: Entry, place: Place) -> bool:
    """Who withdraws after a part has been heard (Q6); but so has one whose turn ended, or who was absent twice."""
    if entry.status is not EntryStatus.HEARD:
        return entry.status is EntryStatus.WITHDRAWN
    was_absent_twice = place.absences > 0 and entry.absences > place.absences
    return place.status is not EntryStatus.SPEAKING and not was_absent_twice


def _asked_since(session: Session, action: Undoable) -> list[Place]:
    """Who asked after the list was closed or reopened: on it or waiting for it, as if it had not been (Q2)."""
    if action.list_open is session.list_open:
        return []
    came, stands = EntryStatus.LATE, EntryStatus.WAITING
    if session.list_open:
        came, stands = stands, came
    known = {*action.order, *(place.entry for place in action.places)}
    return [
        replace(_place_of(entry), status=stands)
        for entry in session.entries.values()
        if entry.status is came and entry.kind is EntryKind.STATEMENT and entry.id not in known
    ]


def _order(session: Session, action: Undoable, places: Sequence[Place]) -> tuple[EntryId, ...]:
    """The order before the action, without those who withdrew since and with those who asked since."""
    status = {entry.id: entry.status for entry in session.entries.values()}
    status |= {place.entry: place.status for place in places}
    order = tuple(entry for entry in action.order if status[entry] in LISTED)
    for entry in session.entries:
        if entry not in action.order and status[entry] in LISTED:
            before = at_end_of_segment(replace(session, order=order), session.entries[entry])
            index = order.index(before) if before else len(order)
            order = (*order[:index], entry, *order[index:])
    return order
