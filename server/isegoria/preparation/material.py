"""What files are made from, read from the store: by the command line, and by the process that makes them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from isegoria.report.making import Material
from isegoria.store.engine import Engine, open_engine
from isegoria.store.journal import Journal
from isegoria.store.people import PeopleStore
from isegoria.store.transcript import Transcript


async def material_of(engine: Engine, session: str) -> Material:
    """As things stand. Raises EngineAway."""
    journal = [data for _, data in await Journal(engine).read(session)]
    people, captions = await PeopleStore(engine).read(session), await Transcript(engine).entries(session)
    return Material(session, journal, people, captions)


def material_at(address: str, session: str) -> Material:
    """The same for a process that has no engine open: two hours of captions pass no server on their way to it."""

    async def read() -> Material:
        async with open_engine(Path(), address) as engine:
            return await material_of(engine, session)

    return asyncio.run(read())
