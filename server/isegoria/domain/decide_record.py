"""What comes in writing, and what leaves the house. A part of `decide`. Rules R4, R10."""

from __future__ import annotations

from typing import assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide_list import entry_of
from isegoria.domain.decide_notes import known
from isegoria.domain.errors import Refused
from isegoria.domain.notebook import Passage
from isegoria.domain.session import Session
from isegoria.domain.values import PersonId, Role


def decide_record(session: Session, command: c.RecordCommand, context: Context) -> list[e.Event]:
    match command:
        case c.ReceiveContribution():
            return _receive(session, command, context)
        case c.WithdrawContribution():
            return _withdraw(session, command, context)
        case c.DecidePassage():
            return _decide_passage(session, command, context)
        case c.ListExport():
            listed = {**dict(command), "type": "export_listed", "export": f"x{session.version + 1}"}
            return [e.ExportListed(**listed, by=context.actor.person, at=context.now)]
        case _:
            assert_never(command)


# --- in writing ----------------------------------------------------------------------------------


def _receive(session: Session, command: c.ReceiveContribution, context: Context) -> list[e.Event]:
    """A speaker hands in their own; the team anybody's. They come before the session, and long after it."""
    person = _author(command.person, context)
    if any(one.id == command.contribution for one in session.notebook.contributions):
        raise Refused("no_change", "this was received already", contribution=command.contribution)
    entry = None if command.entry is None else entry_of(session, command.entry)
    if entry and person not in (entry.person, entry.substituted):
        raise Refused("malformed", "that is another speaker's intervention", field="entry")
    facts = {**dict(command), "type": "contribution_received", "person": person}
    return [e.ContributionReceived(**facts, by=context.actor.person, at=context.now)]


def _withdraw(session: Session, command: c.WithdrawContribution, context: Context) -> list[e.Event]:
    found = next((one for one in session.notebook.contributions if one.id == command.contribution), None)
    if found is None:
        raise Refused("stale", "it is not there any more", contribution=command.contribution)
    _author(found.person, context)
    return [e.ContributionWithdrawn(contribution=found.id, at=context.now)]


def _author(person: PersonId | None, context: Context) -> PersonId:
    actor = context.actor
    author = person or actor.person
    if author is None:
        raise Refused("malformed", "whose text is it?", field="person")
    if actor.role is Role.SPEAKER and author != actor.person:
        raise Refused("not_yours", "each speaker hands in their own", person=author)
    known(author, context)
    return author


# --- what leaves the house -----------------------------------------------------------------------


def _decide_passage(session: Session, command: c.DecidePassage, context: Context) -> list[e.Event]:
    decided = Passage(command.decision, command.persons)
    if session.notebook.passages.get((command.track, command.position)) == decided:
        raise Refused("no_change", "this is decided already", position=command.position)
    return [e.PassageDecided(**{**dict(command), "type": "passage_decided"}, by=context.actor.person, at=context.now)]
