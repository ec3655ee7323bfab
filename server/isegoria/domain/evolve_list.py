"""What events do to the list of speakers and to those who stand on it. A part of `evolve`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, assert_never

from isegoria.domain import events as e
from isegoria.domain.session import Entry, Session
from isegoria.domain.values import EntryId, EntryStatus, Readiness


def evolve_list(session: Session, event: e.ListEvent) -> Session:
    match event:
        case e.FloorRequested():
            return _requested(session, event)
        case e.RequestAdmitted():
            admitted = with_entry(session, event.entry, status=EntryStatus.WAITING)
            return replace(admitted, order=_placed(session.order, event.entry, event.before))
        case e.RequestDeferred():
            status = _back_in_line(session.entries[event.entry])
            return moved(session, event.entry, event.before, status=status, readiness=Readiness.SILENT)
        case e.RequestWithdrawn():
            entry = session.entries[event.entry]
            status = EntryStatus.HEARD if entry.parts else EntryStatus.WITHDRAWN
            return left_list(session, event.entry, status=status)
        case e.OrderChanged():
            return replace(session, order=event.order, order_rev=session.order_rev + 1)
        case e.ListClosed():
            return replace(session, list_open=False, list_closes_at=None)
        case e.ListReopened():
            return replace(session, list_open=True)
        case _:
            assert_never(event)


def _requested(session: Session, event: e.FloorRequested) -> Session:
    entry = Entry(
        id=event.entry,
        person=event.person,
        segment=event.segment,
        asked_at=event.at,
        organisation=event.organisation,
        on_behalf_of=event.on_behalf_of,
        kind=event.kind,
        delivery=event.delivery,
        video=event.video,
        status=EntryStatus.LATE if event.late else EntryStatus.WAITING,
    )
    order = session.order if event.late else _placed(session.order, event.entry, event.before)
    return replace(session, entries={**session.entries, entry.id: entry}, order=order)


def evolve_speaker(session: Session, event: e.SpeakerEvent) -> Session:
    match event:
        case e.ReadinessTold():
            status = _back_in_line(session.entries[event.entry])
            return with_entry(session, event.entry, readiness=event.readiness, status=status)
        case e.SpeakerCalled():
            return with_entry(
                session,
                event.entry,
                status=EntryStatus.CALLED,
                called_at=event.at,
                readiness=Readiness.SILENT,
            )
        case e.SpeakerAbsent():
            absences = session.entries[event.entry].absences + 1
            return moved(
                session,
                event.entry,
                event.before,
                status=EntryStatus.ABSENT,
                absences=absences,
                readiness=Readiness.SILENT,
            )
        case e.SpeakerNotHeard():
            entry = session.entries[event.entry]
            return left_list(session, event.entry, status=_unheard(entry), absences=entry.absences + 1)
        case e.SpeakerSubstituted():
            entry = session.entries[event.entry]
            registered = entry.substituted or entry.person
            return with_entry(
                session,
                event.entry,
                person=event.person,
                substituted=None if registered == event.person else registered,
                readiness=Readiness.SILENT,
            )
        case e.AllowanceSet():
            return replace(session, allowances={**session.allowances, event.person: event.allowance})
        case _:
            assert_never(event)


def _back_in_line(entry: Entry) -> EntryStatus:
    """A speaker who answers is neither called nor absent any more (Q5)."""
    answered = entry.status in (EntryStatus.CALLED, EntryStatus.ABSENT)
    return EntryStatus.WAITING if answered else entry.status


def with_entry(session: Session, entry: EntryId, **changes: Any) -> Session:
    return replace(session, entries={**session.entries, entry: replace(session.entries[entry], **changes)})


def moved(session: Session, entry: EntryId, before: EntryId | None, **changes: Any) -> Session:
    rest = tuple(i for i in session.order if i != entry)
    moved = with_entry(session, entry, **changes)
    return replace(moved, order=_placed(rest, entry, before), order_rev=session.order_rev + 1)


def left_list(session: Session, entry: EntryId, **changes: Any) -> Session:
    left = with_entry(session, entry, **changes)
    return replace(left, order=tuple(i for i in session.order if i != entry))


def _placed(order: tuple[EntryId, ...], entry: EntryId, before: EntryId | None) -> tuple[EntryId, ...]:
    index = order.index(before) if before in order else len(order)
    return (*order[:index], entry, *order[index:])


def _unheard(entry: Entry) -> EntryStatus:
    """Not heard, unless a part of the intervention was delivered before it was interrupted (T9)."""
    return EntryStatus.HEARD if entry.parts else EntryStatus.NOT_HEARD
