"""A session file -> a session: scheduled, with its staff, its links and the addresses of its feeds."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from isegoria import __version__
from isegoria.domain import commands as c
from isegoria.domain.errors import Refused
from isegoria.domain.history import BrokenChain, History
from isegoria.domain.people import Person
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.live.direct import ask, load
from isegoria.preparation.access import IssuedFeed, IssuedLink, issue_feed, issue_links
from isegoria.session_file import FileStaff, SessionFile, about, feeds, schedule
from isegoria.store.engine import Engine
from isegoria.store.people import PeopleStore
from isegoria.store.sessions import Sessions

SYSTEM = Actor(role=Role.SYSTEM)
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that is taken for another one when somebody reads it out."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new session. The tokens and secrets cannot be read again."""

    session: str
    links: tuple[IssuedLink, ...]
    feeds: tuple[IssuedFeed, ...]


async def create(engine: Engine, file: SessionFile, *, rehearsal: bool = False) -> Prepared:
    """A new session as the file says. Raises Refused, EngineAway.

    It is put on the list of sessions at the very end, so that a server that opens it finds everything.
    """
    sessions, store = Sessions(engine), PeopleStore(engine)
    session = _free_id(await sessions.list_sessions())
    await store.set_about(session, about(file))
    revision = await store.save(session, _staff(file.staff))
    await ask(engine, session, schedule(file, rehearsal=rehearsal), SYSTEM)
    await ask(engine, session, c.ChangeRoster(revision=revision), SYSTEM)
    addresses = [await issue_feed(engine, session, feed) for feed in feeds(file)]
    links, _ = await issue_links(engine, session, await store.read(session))
    await sessions.create(session)
    return Prepared(session, tuple(links), tuple(addresses))


async def existing(engine: Engine, session: str) -> History:
    """The history of a session. Raises Refused("unknown_session"), or "internal" if it cannot be read; EngineAway."""
    try:
        history = await load(engine, session)
    except BrokenChain as broken:
        raise Refused("internal", f"The log of {session} is broken at entry {broken.version}.") from None
    except ValidationError:
        raise Refused("internal", f"The log of {session} was written by a newer version than {__version__}.") from None
    if history.session.version == 0:
        raise Refused("unknown_session", f'There is no session "{session}". `isegoria session list` names them all.')
    return history


def new_id() -> str:
    """For a person or an organisation: random, as it may stand in the journal."""
    return f"p{secrets.token_hex(6)}"


def _free_id(taken: Iterable[str]) -> str:
    while True:
        session = "".join(secrets.choice(ALPHABET) for _ in range(8))
        if session not in taken:
            return session


def _staff(staff: Iterable[FileStaff]) -> list[Person]:
    """One person for each name, who may have several roles."""
    roles: dict[str, list[Role]] = {}
    for member in staff:
        roles.setdefault(member.name, []).append(member.role)
    return [
        Person(id=new_id(), display_name=name, roles=tuple(dict.fromkeys(held)), source="session file")
        for name, held in roles.items()
    ]
