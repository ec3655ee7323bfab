"""Messages, and the choice of attribution. A part of `decide`. Rules R3, R10."""

from __future__ import annotations

from typing import assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.aliases import fixed
from isegoria.domain.context import Context
from isegoria.domain.errors import Refused
from isegoria.domain.session import Session
from isegoria.domain.values import Attribution, PersonId, Role, SessionState


def decide_words(session: Session, command: c.WordsCommand, context: Context) -> list[e.Event]:
    match command:
        case c.SendMessage():
            return _send(session, command, context)
        case c.Acknowledge():
            return _acknowledge(session, command, context)
        case c.ChooseAttribution():
            return _choose(session, command, context)
        case _:
            assert_never(command)


def _send(session: Session, command: c.SendMessage, context: Context) -> list[e.Event]:
    if (command.cue is None) == (command.text is None):
        raise Refused("malformed", "a message is either a cue or a text", field="text")
    _known(command.to, context)
    return [
        e.MessageSent(
            message=f"m{session.version + 1}",
            to=command.to,
            cue=command.cue,
            text=context.text,
            by=context.actor.person,
            at=context.now,
        )
    ]


def _acknowledge(session: Session, command: c.Acknowledge, context: Context) -> list[e.Event]:
    message = next((m for m in session.messages if m.id == command.message), None)
    if message is None or message.to != context.actor.person:
        raise Refused("not_yours", "there is no such message to you", message_id=command.message)
    if message.acknowledged:
        raise Refused("no_change", "the team knows already", message_id=message.id)
    return [e.MessageAcknowledged(message=message.id, at=context.now)]


def _choose(session: Session, command: c.ChooseAttribution, context: Context) -> list[e.Event]:
    actor = context.actor
    person = command.person or actor.person
    if person is None:
        raise Refused("malformed", "whose attribution is it?", field="person")
    if actor.role is Role.SPEAKER and person != actor.person:
        raise Refused("not_yours", "each speaker chooses for themselves", person=person)
    _known(person, context)
    if session.attributions.get(person) is command.attribution:
        raise Refused("no_change", "this is the choice already", person=person)
    opened = session.state is not SessionState.SCHEDULED
    protected = command.attribution is Attribution.CONSTITUENCY_REGION
    # Fixed once: who takes the choice back and makes it again has the alias that everybody has seen (R10).
    alias = fixed(context.people, person) if opened and protected and person not in session.aliases else None
    return [e.AttributionChosen(person=person, attribution=command.attribution, at=context.now, alias=alias)]


def _known(person: PersonId, context: Context) -> None:
    if person not in context.people.persons:
        raise Refused("unknown_person", "nobody of that id is registered", person=person)
