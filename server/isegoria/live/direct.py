"""Asking a session without holding it live: for the command line, beside a running server or without one."""

from __future__ import annotations

from isegoria.domain import commands as c
from isegoria.domain.errors import Refused
from isegoria.domain.history import History, replay
from isegoria.domain.roles import Actor
from isegoria.live.draft import Request, about, draft, text_of
from isegoria.store.engine import Engine
from isegoria.store.journal import Journal
from isegoria.store.people import PeopleStore

ATTEMPTS = 5


async def ask(engine: Engine, session_id: str, command: c.Command, actor: Actor) -> int:
    """The version that the command made. Raises Refused, EngineAway."""
    journal, store = Journal(engine), PeopleStore(engine)
    request = Request.of(command, actor)
    people = await store.read(session_id)
    text = text_of(command)
    for _ in range(ATTEMPTS):
        history = await load(engine, session_id)
        version, data = draft(history, people, request, await engine.time())
        if text is not None and request.text_id:
            await store.put_text(session_id, request.text_id, text, about(request, history.session))
        if await journal.append(session_id, version, data):
            return version
    raise Refused("busy", "others changed the session each time; ask again")


async def load(engine: Engine, session_id: str) -> History:
    """A session's history so far; empty for an unknown session. Raises EngineAway."""
    return replay(session_id, (data for _, data in await Journal(engine).read(session_id)))
