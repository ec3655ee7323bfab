"""What one speaker sees: the public view, with their own place, time, messages and choices on top."""

from __future__ import annotations

from isegoria.domain.attribution import choice_of
from isegoria.domain.commands import RequestFloor
from isegoria.domain.context import Context
from isegoria.domain.decide import decide
from isegoria.domain.errors import Refused
from isegoria.domain.people import People
from isegoria.domain.roles import Actor
from isegoria.domain.session import OPEN_REQUEST, Entry, Session
from isegoria.domain.values import Instant, PersonId, Role, SegmentKind, SessionState
from isegoria.views.models import Me, OwnContribution, OwnEntry, OwnMessage, OwnTurn, PersonalView
from isegoria.views.shared import Scene

TAKES_REQUESTS = frozenset({SegmentKind.TOPIC, SegmentKind.REACTIONS})


def personal(session: Session, people: People, now: Instant, epoch: str, person: PersonId) -> PersonalView:
    """The view of one person. Who builds many at once makes one `Scene` and calls `personal_of`."""
    return personal_of(Scene(session, people, now, epoch), person)


def personal_of(scene: Scene, person: PersonId) -> PersonalView:
    session, people = scene.session, scene.people
    found = people.persons.get(person)
    turn = session.turn if session.turn and session.turn.person == person else None
    own = {
        "me": Me(person=person, role=Role.SPEAKER, name=found.display_name if found else ""),
        "city": (found.city or None) if found else None,
        "person_timezone": found.timezone if found else None,
        "entries": tuple(_own_entry(scene, entry) for entry in _own_entries(session, person)),
        "own_turn": turn is not None,
        "allotted": turn.allotted if turn else None,
        "allowance": session.allowances.get(person, 0),
        "messages": _messages(session, people, person),
        "turns_spoken": _turns_spoken(session, person),
        "contributions": _contributions(session, person),
        "attribution": choice_of(session, people, person),
        "may_request": _may_request(session, people, person, scene.now),
    }
    return PersonalView.model_validate({**dict(scene.shared), **own})


def _own_entries(session: Session, person: PersonId) -> list[Entry]:
    """Open requests first, in the order of the list; then by when they were made."""
    places = {entry: place for place, entry in enumerate(session.order)}
    own = [entry for entry in session.entries.values() if entry.person == person]
    last = len(places)
    return sorted(own, key=lambda e: (e.status not in OPEN_REQUEST, places.get(e.id, last), e.asked_at))


def _own_entry(scene: Scene, entry: Entry) -> OwnEntry:
    session, names = scene.session, scene.people.organisations
    return OwnEntry(
        id=entry.id,
        status=entry.status,
        kind=entry.kind,
        segment=entry.segment,
        place=session.order.index(entry.id) + 1 if entry.id in session.order else None,
        expected_at=scene.outlook.expected.get(entry.id),
        readiness=entry.readiness,
        absences=entry.absences,
        allotted=session.limit_for(entry),
        remaining=entry.remaining,
        on_behalf_of=tuple(names[each].name for each in entry.on_behalf_of if each in names),
    )


def _messages(session: Session, people: People, person: PersonId) -> tuple[OwnMessage, ...]:
    return tuple(
        OwnMessage(id=m.id, at=m.at, cue=m.cue, text=people.texts.get(m.text) if m.text else None)
        for m in session.messages
        if m.to == person and not m.acknowledged
    )


def _turns_spoken(session: Session, person: PersonId) -> tuple[OwnTurn, ...]:
    return tuple(
        OwnTurn(
            id=turn.id,
            began_at=turn.began_at,
            ended_at=turn.ended_at,
            used=turn.used,
            allotted=turn.limit + turn.extended,
            ending=turn.ending,
        )
        for turn in session.turns
        if turn.person == person
    )


def _contributions(session: Session, person: PersonId) -> tuple[OwnContribution, ...]:
    return tuple(
        OwnContribution(
            id=one.id,
            kind=one.kind,
            entry=one.entry,
            language=one.language,
            words=one.words,
            size=one.size,
            media=one.media,
            at=one.at,
            by_me=one.by == person,
        )
        for one in session.notebook.contributions
        if one.person == person
    )


def _may_request(session: Session, people: People, person: PersonId, now: Instant) -> bool:
    """Q1: whether a statement would be taken now, on a list that is open or for the waiting list of a closed one."""
    if session.state is SessionState.SCHEDULED:
        return False
    context = Context(Actor(role=Role.SPEAKER, person=person), now, people)
    ahead = session.segments[max(0, session.segment_index(session.segment)) :]
    topic = next((segment for segment in ahead if segment.kind in TAKES_REQUESTS), None)
    try:
        return topic is not None and bool(decide(session, RequestFloor(segment=topic.id), context))
    except Refused:
        return False
