"""The synthetic rapporteur, on a real replica: notes what was said, and leaves the notebook to people."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import ClientSession

from isegoria.domain.commands import ChangeRoster
from isegoria.domain.people import Person
from isegoria.domain.values import Role
from isegoria.live.direct import ask
from isegoria.rehearsal.guest import guest
from isegoria.rehearsal.rapporteur import Rapporteur
from isegoria.store.engine import Engine
from isegoria.store.links import Links
from isegoria.store.people import PeopleStore
from tests.serving import SYSTEM, connected, prepare, replica

LONG_S = 60.0


async def rapporteurs(engine: Engine, *names: str) -> list[str]:
    people = [Person(id=name, display_name=f"{name.title()} Example", roles=(Role.RAPPORTEUR,)) for name in names]
    revision = await PeopleStore(engine).save("s1", people)
    await ask(engine, "s1", ChangeRoster(revision=revision), SYSTEM)
    return [await Links(engine).create_link("s1", Role.RAPPORTEUR, name) for name in names]


async def test_what_was_said_is_sorted_and_told_and_whoever_writes_takes_over(tmp_path: Path) -> None:
    async with replica(tmp_path) as running:
        session = await prepare(running.engine, limit=3_600_000)
        synthetic, rosa = await rapporteurs(running.engine, "syn", "rosa")
        secret = {"Authorization": f"Bearer {session.secrets['floor-feed']}"}
        async with (
            connected(running.url, "s1", session.tokens["mia"]) as mia,
            connected(running.url, "s1", rosa) as person,
            guest(running.url, "s1", synthetic) as here,
            ClientSession(running.url) as http,
            http.ws_connect("/feeds/s1/floor-feed", headers=secret) as feed,
        ):
            working = asyncio.create_task(Rapporteur(here, "en").run())
            await mia.command("start", "start_session")
            now = round(here.engine_now())
            assert (await mia.command("fast", "set_clock", real=now, session=now, rate=20))["ok"]
            entry = f"e{(await mia.command('asks', 'inscribe', person='ana', segment='one'))['version']}"
            turn = f"t{(await mia.command('gives', 'give_floor', entry=entry, after=None))['version']}"
            for number, text in enumerate(["We vote on it.", "And publish it."], 1):
                one = {"segment_id": str(number), "status": "final", "revision": 1, "text": text}
                await feed.send_json(one)
            await person.ask("follow", {"tracks": ["en"]})
            await person.until("captions", lambda frame: frame["position"] == 2)
            await mia.command("ends", "end_turn", turn=turn)

            noted = await mia.until(
                "view", lambda view: view["notebook"]["notes"] and view["notebook"]["notes"][0]["gist"]
            )
            [notes] = noted["notebook"]["notes"]
            assert (notes["entry"], notes["gist"]["text"], notes["gist"]["by"]) == (
                entry,
                "We vote on it.",
                "Syn Example",
            )
            assert notes["tags"][0]["tag"] in {"practice", "challenge", "request"}

            mine = await person.command(
                "mine", "write_gist", entry=entry, after=notes["gist"]["annotation"], text="Mine"
            )
            assert mine["ok"]
            await asyncio.wait_for(working, LONG_S)
