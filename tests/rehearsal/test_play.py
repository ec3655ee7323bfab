"""The rehearsal, as a client sees it: synthetic people on a real replica, some sixty times as fast as people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from isegoria.domain.commands import ChangeRoster
from isegoria.domain.people import Person
from isegoria.domain.values import Role
from isegoria.live.direct import ask
from isegoria.rehearsal import Cast, play
from isegoria.store.engine import Engine
from isegoria.store.links import Links
from isegoria.store.people import PeopleStore
from tests.serving import SPEAKERS, SYSTEM, Client, connected, prepare, replica

SPEED = 60.0
LONG_S = 60.0


class Said:
    """What a play says."""

    def __init__(self) -> None:
        self.first: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def __call__(self, line: str) -> None:
        if not self.first.done():
            self.first.set_result(line)


@asynccontextmanager
async def rehearsed(data: Path) -> AsyncIterator[tuple[Client, Said]]:
    """A play that goes on, watched by a person of the team; and what it said."""
    async with replica(data) as running:
        session = await prepare(running.engine, limit=60_000, grace=5_000)
        cast = Cast(
            url=running.url,
            session="s1",
            moderator=await synthetic(running.engine, Role.MODERATOR),
            rapporteur=await synthetic(running.engine, Role.RAPPORTEUR),
            attendee=session.tokens["attendee"],
            speakers=[session.tokens[name] for name in SPEAKERS],
            feeds={},
            speed=SPEED,
        )
        said = Said()
        async with connected(running.url, "s1", session.tokens["mia"]) as mia:
            playing = asyncio.create_task(play(cast, said))
            try:
                yield mia, said
            finally:
                playing.cancel()
                with suppress(asyncio.CancelledError):
                    await playing


async def synthetic(engine: Engine, role: Role) -> str:
    """The link of somebody who is nobody else of the team."""
    person = Person(id=f"syn-{role}", display_name=f"Synthetic {role}", roles=(role,))
    revision = await PeopleStore(engine).save("s1", [person])
    await ask(engine, "s1", ChangeRoster(revision=revision), SYSTEM)
    return await Links(engine).create_link("s1", role, f"syn-{role}")


def has_begun(view: Any) -> bool:
    return bool(view["floor"] and view["clock"]["rate"] == SPEED)


async def test_synthetic_people_hold_a_session_from_its_start(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as (mia, _):
        view = await mia.until("view", lambda view: view["counts"]["heard"] >= 2, within_s=LONG_S)
    # They want to talk for two minutes and a half at least, and have one: the server closes each, but for who loses
    # the connection, whose turn is paused.
    lasted = [turn["ended_at"] - turn["began_at"] for turn in view["turns"] if turn["ended_at"]]
    assert 65_000 in lasted
    assert sum(one != 65_000 for one in lasted) <= 1


async def test_a_person_who_acts_takes_over_at_the_pace_of_people(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as (mia, said):
        await mia.until("view", has_begun, within_s=LONG_S)
        assert (await mia.command("mine", "send_message", to="dan", cue="slower"))["ok"]
        await mia.until("view", lambda view: view["clock"]["rate"] == 1, within_s=LONG_S)
        # It says so once it has left its chair.
        assert "stepped aside" in await asyncio.wait_for(said.first, LONG_S)
