"""A decision before it is in the journal: what a command makes of the state, as the bytes to append."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TypeAlias

from isegoria.domain import commands as c
from isegoria.domain.context import Context
from isegoria.domain.decide import decide
from isegoria.domain.errors import Refused
from isegoria.domain.history import Decision, History, digest_of
from isegoria.domain.people import People
from isegoria.domain.roles import Actor
from isegoria.domain.session import Session
from isegoria.domain.values import Instant, PersonId, TextId

Worded: TypeAlias = c.SendMessage | c.NoteIntervention | c.WriteGist | c.AddTopic | c.LogRemarks
"""The commands that carry a free text."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command as it was asked. `id` is the client's, `text_id` where its free text is to be kept."""

    command: c.Command
    actor: Actor
    id: str | None = None
    text_id: TextId | None = None

    @classmethod
    def of(cls, command: c.Command, actor: Actor, command_id: str | None = None) -> Request:
        text_id = f"x{secrets.token_hex(8)}" if text_of(command) is not None else None
        return cls(command, actor, command_id, text_id)


def text_of(command: c.Command) -> str | None:
    """The free text that a command carries, which must not reach the journal (R8)."""
    return command.text if isinstance(command, Worded) else None


def about(request: Request, session: Session) -> PersonId | None:
    """Who a text is to, or about, so that it can be erased with them."""
    match request.command:
        case c.SendMessage(to=person) | c.LogRemarks(person=person):
            return person
        case c.NoteIntervention(entry=entry) | c.WriteGist(entry=entry) if entry in session.entries:
            return session.entries[entry].person
        case _:
            return request.actor.person


def answered(history: History, request: Request) -> int | None:
    """The version that this very request made before; None if it is new. Raises Refused("id_reused")."""
    if request.id is None:
        return None
    version, digest = history.effects.get((request.actor, request.id), (None, ""))
    if version is not None and digest != digest_of(request.command):
        raise Refused("id_reused", "this id was used for another command; use a new one", version=version)
    return version


def draft(history: History, people: People, request: Request, engine_now: Instant) -> tuple[int, bytes]:
    """The next version and the bytes of its decision. Raises Refused."""
    session = history.session
    now = max(session.clock.at(engine_now), session.last_at)
    events = decide(session, request.command, Context(request.actor, now, people, request.text_id))
    decision = Decision(
        version=session.version + 1,
        at=now,
        written_at=engine_now,
        by=request.actor,
        command=request.id,
        digest=digest_of(request.command) if request.id else "",
        prev=history.head,
        events=tuple(events),
    )
    return decision.version, decision.to_bytes()
