"""What events do to the floor. A part of `evolve`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, assert_never

from isegoria.domain import events as e
from isegoria.domain.evolve_list import left_list, moved, with_entry
from isegoria.domain.session import Session, Spoken, Turn
from isegoria.domain.values import EntryStatus, Readiness


def evolve_floor(session: Session, event: e.FloorEvent) -> Session:
    match event:
        case e.TurnBegan():
            return _began(session, event)
        case e.TurnPaused():
            return _with_turn(session, paused_at=event.at, pause_reason=event.reason)
        case e.TurnResumed():
            held = _turn(session).held + event.held
            return _with_turn(session, paused_at=None, pause_reason=None, held=held)
        case e.TurnExtended():
            return _with_turn(session, extended=_turn(session).extended + event.by)
        case e.TurnEnded():
            return _ended(session, event)
        case e.Undone():
            return _undone(session, event)
        case _:
            assert_never(event)


def _began(session: Session, event: e.TurnBegan) -> Session:
    turn = Turn(
        id=event.turn,
        entry=event.entry,
        person=event.person,
        segment=event.segment,
        limit=event.limit,
        grace=event.grace,
        enforcement=event.enforcement,
        warnings=event.warnings,
        began_at=event.at,
        given_by=event.given_by,
        part=event.part,
    )
    begun = left_list(session, event.entry, status=EntryStatus.SPEAKING, parts=event.part, remaining=None)
    return replace(begun, turn=turn)


def _ended(session: Session, event: e.TurnEnded) -> Session:
    turn = _turn(session)
    spoken = Spoken(
        id=turn.id,
        entry=turn.entry,
        person=turn.person,
        segment=turn.segment,
        part=turn.part,
        began_at=turn.began_at,
        ended_at=event.at,
        limit=turn.limit,
        extended=turn.extended,
        paused=event.paused,
        used=event.used,
        ending=event.ending,
    )
    after = replace(session, turn=None, turns=(*session.turns, spoken))
    if event.remaining is None:
        return with_entry(after, turn.entry, status=EntryStatus.HEARD)
    return moved(
        after,
        turn.entry,
        event.before,
        status=EntryStatus.INTERRUPTED,
        remaining=event.remaining,
        readiness=Readiness.SILENT,
    )


def _turn(session: Session) -> Turn:
    assert session.turn, "the event speaks of a running turn"
    return session.turn


def _with_turn(session: Session, **changes: Any) -> Session:
    return replace(session, turn=replace(_turn(session), **changes))


def _undone(session: Session, event: e.Undone) -> Session:
    entries = dict(session.entries)
    for place in event.places:
        entries[place.entry] = replace(
            entries[place.entry],
            status=place.status,
            readiness=place.readiness,
            absences=place.absences,
            called_at=place.called_at,
            remaining=place.remaining,
            parts=place.parts,
        )
    return replace(
        session,
        turn=None if event.turn is None else Turn(**dict(event.turn)),
        turns=session.turns[: event.turns],
        entries=entries,
        order=event.order,
        order_rev=session.order_rev + 1,
        list_open=event.list_open,
        list_closes_at=event.list_closes_at,
    )
