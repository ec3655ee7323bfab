"""What may happen to one who stands on the list. A part of `decide`. Rules Q4, Q5, Q9, T7."""

from __future__ import annotations

from typing import assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide_list import entry_of, own, seen
from isegoria.domain.decide_session import require, require_not_closed
from isegoria.domain.errors import Refused
from isegoria.domain.places import at_end_of_segment
from isegoria.domain.session import LISTED, OPEN_REQUEST, Session
from isegoria.domain.values import SECOND, EntryId, EntryStatus, Millis, Readiness, SessionState

CALL: Millis = 20 * SECOND
"""How long a repeat call waits for an answer (Q5)."""


def decide_speaker(session: Session, command: c.SpeakerCommand, context: Context) -> list[e.Event]:
    require_not_closed(session)
    match command:
        case c.Ready():
            return _tell(session, command.entry, Readiness.READY, context)
        case c.NeedMoment():
            return _tell(session, command.entry, Readiness.MOMENT, context)
        case c.CallSpeaker():
            return _call(session, command, context)
        case c.MarkAbsent():
            return _mark_absent(session, command, context)
        case c.Substitute():
            return _substitute(session, command, context)
        case c.SetAllowance():
            return _set_allowance(session, command, context)
        case _:
            assert_never(command)


def _tell(session: Session, entry_id: EntryId, readiness: Readiness, context: Context) -> list[e.Event]:
    entry = own(entry_of(session, entry_id), context)
    if entry.status not in LISTED:
        raise Refused("stale", f"the entry is {entry.status}", entry=entry.id, status=entry.status)
    if entry.readiness is readiness:
        raise Refused("no_change", "the team knows already", entry=entry.id)
    return [e.ReadinessTold(entry=entry.id, readiness=readiness)]


def _call(session: Session, command: c.CallSpeaker, context: Context) -> list[e.Event]:
    require(session, SessionState.LIVE)
    entry = seen(session, command.entry, command.status, context)
    if entry.status is EntryStatus.CALLED:
        raise Refused("no_change", "the speaker is being called", at=entry.called_at)
    if entry.status not in LISTED:
        raise Refused("stale", f"the entry is {entry.status}", entry=entry.id, status=entry.status)
    return [e.SpeakerCalled(entry=entry.id, at=context.now)]


def _mark_absent(session: Session, command: c.MarkAbsent, context: Context) -> list[e.Event]:
    require(session, SessionState.LIVE)
    entry = seen(session, command.entry, command.status, context)
    if entry.status is not EntryStatus.CALLED or entry.called_at is None:
        raise Refused("too_early", "call the speaker once more first", entry=entry.id)
    if context.now < entry.called_at + CALL:
        raise Refused("too_early", "the call waits 20 s for an answer", at=entry.called_at + CALL)
    if entry.absences:
        return [e.SpeakerNotHeard(entry=entry.id, at=context.now)]
    before = at_end_of_segment(session, entry, not_before_now=True)
    return [e.SpeakerAbsent(entry=entry.id, before=before, at=context.now)]


def _substitute(session: Session, command: c.Substitute, context: Context) -> list[e.Event]:
    entry = entry_of(session, command.entry)
    if entry.status not in LISTED | {EntryStatus.LATE}:
        raise Refused("stale", f"the entry is {entry.status}", entry=entry.id, status=entry.status)
    _require_known(command.person, context)
    if command.person == entry.person:
        raise Refused("no_change", "this person holds the entry already", person=command.person)
    same = [x for x in session.entries.values() if x.kind is entry.kind and x.status in OPEN_REQUEST]
    if any(other.person == command.person for other in same):
        name = context.name(command.person)
        raise Refused("already_waiting", f"{name} is on the list already", person=command.person, name=name)
    return [e.SpeakerSubstituted(entry=entry.id, person=command.person)]


def _set_allowance(session: Session, command: c.SetAllowance, context: Context) -> list[e.Event]:
    _require_known(command.person, context)
    if session.allowances.get(command.person, 0) == command.allowance:
        raise Refused("no_change", "this is the allowance already", person=command.person)
    return [e.AllowanceSet(person=command.person, allowance=command.allowance)]


def _require_known(person: str, context: Context) -> None:
    if person not in context.people.persons:
        raise Refused("unknown_person", "nobody of that id is registered", person=person)
