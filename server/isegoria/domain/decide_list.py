"""Who joins the list of speakers, where, and who leaves it. A part of `decide`. Rules Q1, Q2, Q3, Q5, Q6, Q7."""

from __future__ import annotations

from functools import reduce
from typing import assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide_session import require, require_not_closed, segment_of
from isegoria.domain.errors import Refused
from isegoria.domain.evolve import evolve
from isegoria.domain.places import at_end_of_segment
from isegoria.domain.session import LISTED, OPEN_REQUEST, Entry, Session
from isegoria.domain.values import (
    Delivery,
    EntryId,
    EntryKind,
    EntryStatus,
    PersonId,
    Role,
    SegmentKind,
    SessionState,
)


def decide_list(session: Session, command: c.ListCommand, context: Context) -> list[e.Event]:
    require_not_closed(session)
    match command:
        case c.RequestFloor():
            return _request(session, command, context)
        case c.Inscribe():
            return _inscribe(session, command, context)
        case c.Withdraw():
            entry = seen(session, command.entry, command.status, context)
            _require_status(entry, LISTED | {EntryStatus.LATE})
            return [e.RequestWithdrawn(entry=entry.id, at=context.now)]
        case c.Defer():
            return _defer(session, command, context)
        case c.Reorder():
            return _reorder(session, command)
        case c.ApplyOrder():
            return _apply_order(session, command)
        case c.Admit():
            return [_admitted(session, entry_of(session, command.entry))]
        case c.CloseList():
            if not session.list_open:
                raise Refused("no_change", "the list is closed already")
            return [e.ListClosed(at=context.now)]
        case c.ReopenList():
            return _reopen(session, context)
        case _:
            assert_never(command)


# --- what the asker saw --------------------------------------------------------------------------


def entry_of(session: Session, entry: EntryId) -> Entry:
    found = session.entries.get(entry)
    if found is None:
        raise Refused("unknown_entry", "the list has no such entry", entry=entry)
    return found


def own(entry: Entry, context: Context) -> Entry:
    """The entry, if it is the asker's or the asker is of the team."""
    if context.actor.role is Role.SPEAKER and entry.person != context.actor.person:
        raise Refused("not_yours", "this is another speaker's entry", entry=entry.id)
    return entry


def seen(session: Session, entry: EntryId, status: EntryStatus, context: Context) -> Entry:
    """The entry, if it still stands where the asker saw it (Q7)."""
    found = own(entry_of(session, entry), context)
    if found.status is not status:
        name = context.name(found.person)
        raise Refused("stale", f"{name} is {found.status} now", entry=entry, status=found.status, name=name)
    return found


def _require_status(entry: Entry, statuses: frozenset[EntryStatus]) -> None:
    if entry.status not in statuses:
        raise Refused("stale", f"the entry is {entry.status}", entry=entry.id, status=entry.status)


# --- joining -------------------------------------------------------------------------------------


def _request(session: Session, command: c.RequestFloor, context: Context) -> list[e.Event]:
    person = context.actor.person
    if person is None:
        raise Refused("unknown_person", "the floor is requested with a personal link")
    if command.kind is not EntryKind.STATEMENT:
        require(session, SessionState.LIVE)
    kind = segment_of(session, command.segment).kind
    if kind not in (SegmentKind.TOPIC, SegmentKind.REACTIONS):
        raise Refused("unknown_segment", "the floor is requested for a topic", segment=command.segment)
    entry = _new_entry(session, person, command, context)
    return [_requested(session, entry)]


def _inscribe(session: Session, command: c.Inscribe, context: Context) -> list[e.Event]:
    if (command.delivery is Delivery.VIDEO) != (command.video is not None):
        raise Refused("malformed", "a video statement has a length, and nothing else has", field="video")
    entry = _new_entry(session, command.person, command, context)
    return [_requested(session, entry)]


def _new_entry(session: Session, person: PersonId, command: c.RequestFloor | c.Inscribe, context: Context) -> Entry:
    registered = context.people.persons.get(person)
    if registered is None:
        raise Refused("unknown_person", "nobody of that id is registered", person=person)
    segment = segment_of(session, command.segment)
    if session.segment_index(segment.id) < session.segment_index(session.segment):
        raise Refused("unknown_segment", "this segment is over; choose the running or a later one", segment=segment.id)
    late = command.kind is EntryKind.STATEMENT and not session.list_open
    entry = Entry(
        id=f"e{session.version + 1}",
        person=person,
        segment=segment.id,
        asked_at=context.now,
        organisation=registered.organisation_id,
        on_behalf_of=command.on_behalf_of,
        kind=command.kind,
        delivery=command.delivery if isinstance(command, c.Inscribe) else Delivery.LIVE,
        video=command.video if isinstance(command, c.Inscribe) else None,
        status=EntryStatus.LATE if late else EntryStatus.WAITING,
    )
    _refuse_second(session, entry, context)
    return entry


def _refuse_second(session: Session, entry: Entry, context: Context) -> None:
    """Q1: one open request of a kind for a person, and one waiting statement for an organisation."""
    unknown = entry.organisations - context.people.organisations.keys()
    if unknown:
        raise Refused("malformed", "an organisation is not in the roster", organisation=min(unknown))
    same = [x for x in session.entries.values() if x.kind is entry.kind and x.status in OPEN_REQUEST]
    if any(other.person == entry.person for other in same):
        name = context.name(entry.person)
        raise Refused("already_waiting", f"{name} is on the list already", person=entry.person, name=name)
    if entry.kind is not EntryKind.STATEMENT or not session.modalities.one_per_organisation:
        return
    for other in same:
        shared = other.organisations & entry.organisations
        if shared and other.status is not EntryStatus.SPEAKING:
            raise _organisation_waiting(other, min(shared), context)


def _organisation_waiting(other: Entry, organisation: str, context: Context) -> Refused:
    name, called = context.name(other.person), context.people.organisations[organisation].name
    return Refused(
        "organisation_waiting",
        f"{name} is on the list for {called} already",
        entry=other.id,
        organisation=organisation,
        name=name,
        organisation_name=called,
    )


def _requested(session: Session, entry: Entry) -> e.Event:
    late = entry.status is EntryStatus.LATE
    return e.FloorRequested(
        entry=entry.id,
        person=entry.person,
        organisation=entry.organisation,
        on_behalf_of=entry.on_behalf_of,
        segment=entry.segment,
        kind=entry.kind,
        delivery=entry.delivery,
        video=entry.video,
        late=late,
        before=None if late else at_end_of_segment(session, entry),
        at=entry.asked_at,
    )


def _admitted(session: Session, entry: Entry) -> e.Event:
    _require_status(entry, frozenset({EntryStatus.LATE}))
    return e.RequestAdmitted(entry=entry.id, before=at_end_of_segment(session, entry, not_before_now=True))


def _reopen(session: Session, context: Context) -> list[e.Event]:
    if session.list_open:
        raise Refused("no_change", "the list is open already")
    happened: list[e.Event] = [e.ListReopened(at=context.now)]
    late = [entry.id for entry in session.entries.values() if entry.status is EntryStatus.LATE]
    for entry in late:
        now = reduce(evolve, happened, session)
        happened.append(_admitted(now, now.entries[entry]))
    return happened


# --- the order -----------------------------------------------------------------------------------


def _defer(session: Session, command: c.Defer, context: Context) -> list[e.Event]:
    entry = seen(session, command.entry, command.status, context)
    _require_status(entry, LISTED)
    before = at_end_of_segment(session, entry, not_before_now=True)
    if _placed(session, entry.id, before) == session.order:
        raise Refused("no_change", "nobody of this segment comes after", entry=entry.id)
    return [e.RequestDeferred(entry=entry.id, before=before)]


def _placed(session: Session, entry: EntryId, before: EntryId | None) -> tuple[EntryId, ...]:
    rest = [other for other in session.order if other != entry]
    rest.insert(rest.index(before) if before else len(rest), entry)
    return tuple(rest)


def _reorder(session: Session, command: c.Reorder) -> list[e.Event]:
    _require_order(session, command.order_rev)
    for entry in (command.entry, command.before):
        if entry is not None and entry not in session.order:
            raise Refused("stale", "the entry is not on the list any more", entry=entry)
    if command.entry == command.before:
        raise Refused("no_change", "the entry stands there already", entry=command.entry)
    order = _placed(session, command.entry, command.before)
    return _order_changed(session, order)


def _apply_order(session: Session, command: c.ApplyOrder) -> list[e.Event]:
    _require_order(session, command.order_rev)
    if len(set(command.order)) != len(command.order):
        raise Refused("malformed", "an entry stands in the order twice", field="order")
    known = tuple(entry for entry in command.order if entry in session.order)
    now = session
    order = known
    for entry in session.order:
        if entry not in known:
            now = reduce(evolve, [e.OrderChanged(order=order)], session)
            before = at_end_of_segment(now, session.entries[entry])
            order = _placed(now, entry, before)
    return _order_changed(session, order)


def _require_order(session: Session, order_rev: int) -> None:
    if order_rev != session.order_rev:
        raise Refused("stale", "somebody else changed the order meanwhile", order_rev=session.order_rev)


def _order_changed(session: Session, order: tuple[EntryId, ...]) -> list[e.Event]:
    if order == session.order:
        raise Refused("no_change", "this is the order already")
    return [e.OrderChanged(order=order)]
