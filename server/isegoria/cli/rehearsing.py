"""A rehearsal from nothing: a server, a session that starts at once, its people, and the play."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from importlib.resources import files

from isegoria.app import running
from isegoria.cli.links import shown_links
from isegoria.domain.errors import Refused
from isegoria.domain.values import Role
from isegoria.preparation import Prepared, create, issue_links, new_id
from isegoria.preparation.joining import join
from isegoria.rehearsal import Cast, play
from isegoria.roster import Plan, plan
from isegoria.session_file import EXAMPLE, FileStaff, moved_to, read_session_file
from isegoria.settings import Settings
from isegoria.store.engine import Engine
from isegoria.store.people import PeopleStore

SYNTHETIC = {
    Role.MODERATOR: FileStaff(name="Synthetic moderator", role=Role.MODERATOR),
    Role.RAPPORTEUR: FileStaff(name="Synthetic rapporteur", role=Role.RAPPORTEUR),
}


async def rehearse(settings: Settings, speed: float, speakers: int, attendees: int) -> None:
    """Plays the example, then serves it on until SIGTERM or SIGINT. Raises Refused, EngineUnusable, OSError."""
    async with running(settings) as replica:
        _stop_on_signals(replica.stopped)
        address = settings.public_url or replica.url
        prepared, tokens = await _prepared(replica.engine, speakers)
        _print(prepared, address)
        cast = Cast(
            url=replica.url,
            session=prepared.session,
            moderator=synthetic_token(prepared, Role.MODERATOR),
            rapporteur=synthetic_token(prepared, Role.RAPPORTEUR),
            attendee=synthetic_token(prepared, Role.ATTENDEE),
            speakers=tokens,
            feeds={one.feed.id: one.secret for one in prepared.feeds},
            speed=speed,
            attendees=attendees,
        )
        playing = asyncio.create_task(play(cast, lambda line: print(line, flush=True)))
        stopping = asyncio.create_task(replica.stopped.wait())
        await asyncio.wait([playing, stopping], return_when=asyncio.FIRST_COMPLETED)
        if playing.done():
            await playing
            await stopping
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing


def _stop_on_signals(stopped: asyncio.Event) -> None:
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stopped.set)


async def _prepared(engine: Engine, speakers: int) -> tuple[Prepared, list[str]]:
    """The session, and the tokens of its speakers in the order of the roster."""
    file = read_session_file(EXAMPLE.read_bytes())
    example = moved_to(file, await engine.time()).model_copy(update={"staff": (*file.staff, *SYNTHETIC.values())})
    prepared = await create(engine, example, rehearsal=True)
    planned = await example_roster(engine, prepared.session, speakers)
    await join(engine, prepared.session, planned, inscribe=False)
    people = await PeopleStore(engine).read(prepared.session)
    issued, _ = await issue_links(engine, prepared.session, people, Role.SPEAKER)
    tokens = {link.holder.person: link for link in issued}
    return replace(prepared, links=(*prepared.links, *issued)), [tokens[person.id].token for person in planned.new]


async def example_roster(engine: Engine, session: str, speakers: int) -> Plan:
    """So many of the roster's people, to be joined to a session. Raises Refused."""
    rows = files("isegoria.rehearsal").joinpath("roster.csv").read_bytes()
    planned = plan(rows, "roster.csv", await PeopleStore(engine).read(session), new_id=new_id)
    if speakers > len(planned.new):
        raise Refused("out_of_bounds", f"The rehearsal has {len(planned.new)} speakers at most.")
    return planned.model_copy(update={"new": planned.new[:speakers]})


def _print(prepared: Prepared, address: str) -> None:
    """The links of those whom a person may play."""
    synthetic = {one.name for one in SYNTHETIC.values()}
    links = [link for link in prepared.links if link.holder.name not in synthetic]
    print(f"A rehearsal, not a record: session {prepared.session}", flush=True)
    print("\n".join(shown_links(links, address, prepared.session)), flush=True)
    print("The synthetic moderator runs it until you press something on the moderator's page.", flush=True)


def synthetic_token(prepared: Prepared, role: Role) -> str:
    """Of the synthetic person of this role; of a role that has none, the link that all of it share."""
    name = SYNTHETIC[role].name if role in SYNTHETIC else ""
    return next(link.token for link in prepared.links if link.holder.role is role and link.holder.name == name)
