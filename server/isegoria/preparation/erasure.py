"""A person is erased: gone from every store, and the log stays whole, since it holds nothing but a random id (R8).

Their turns and times stay, as those of a participant. What they said is left out of whatever is published. Where others
said or wrote who they are, that is masked for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from isegoria.domain import commands as c
from isegoria.domain.errors import Refused
from isegoria.domain.values import PersonId
from isegoria.live.direct import ask, load
from isegoria.preparation.archive import archive, folder_of, restore
from isegoria.preparation.creation import SYSTEM, existing
from isegoria.preparation.unnaming import LIVE, Masked, mask
from isegoria.store.engine import Engine
from isegoria.store.files import Files
from isegoria.store.links import Links
from isegoria.store.people import PeopleStore
from isegoria.store.sessions import Mark, Sessions


@dataclass(frozen=True, slots=True)
class Erased:
    """`on_disk`: gone from the append-only file too; else that is done when no session is live any more."""

    name: str
    exports: int
    """How many publishable exports were given out before, to be recalled (R4)."""
    on_disk: bool
    live: bool
    masked: Masked


async def erase_everywhere(engine: Engine, data: Path, session: str, person: PersonId) -> Erased:
    """Of an archived session too: it is taken out, and put away again. Raises Refused, EngineAway, OSError."""
    if (await Sessions(engine).list_sessions()).get(session) is not Mark.ARCHIVED:
        return await erase(engine, session, person)
    await restore(engine, folder_of(data, session), session)
    try:
        return await erase(engine, session, person)
    finally:
        await archive(engine, data, session)


async def erase(engine: Engine, session: str, person: PersonId) -> Erased:
    """Raises Refused, EngineAway. Doing it again after a fault is harmless."""
    history, store = await existing(engine, session), PeopleStore(engine)
    found = (await store.read(session)).persons.get(person)
    if found is None:
        raise Refused("unknown_person", f"Nobody of the id {person} is registered. `roster export` names them all.")
    book = history.session.notebook
    written = [one.id for one in book.contributions if one.person == person]
    # They are looked for by what the roster says of them, so this comes before it is gone.
    masked = await mask(engine, history.session, person)
    await Links(engine).revoke_of(session, person)
    await Files(engine).remove(session, written)
    revision = await store.erase(session, person, written)
    await ask(engine, session, c.ChangeRoster(revision=revision), SYSTEM)
    on_disk = not await _any_live(engine)
    if on_disk:
        await engine.rewrite()
    given_out = sum(one.tier == "publishable" for one in book.exports)
    return Erased(found.display_name, given_out, on_disk, history.session.state in LIVE, masked)


async def _any_live(engine: Engine) -> bool:
    marks = await Sessions(engine).list_sessions()
    kept = [session for session, mark in marks.items() if mark is Mark.CREATED]
    return any([(await load(engine, session)).session.state in LIVE for session in kept])
