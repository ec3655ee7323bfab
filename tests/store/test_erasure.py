"""A person is erased: nothing in the store, nor in the engine's file, holds what they told us; the log stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from isegoria.domain import commands as c
from isegoria.domain.errors import Refused
from isegoria.domain.roles import Actor
from isegoria.domain.values import ContributionKind, Role
from isegoria.live.direct import ask, load
from isegoria.preparation.erasure import erase
from isegoria.report import log
from isegoria.store.engine import Engine, open_engine
from isegoria.store.files import Files
from isegoria.store.journal import Journal
from isegoria.store.links import Links
from isegoria.store.people import PeopleStore
from tests.serving import SYSTEM, connected, prepare, replica

MIA = Actor(role=Role.MODERATOR, person="mia")
ANA = Actor(role=Role.SPEAKER, person="ana")
SECRETS = (b"Ana Example", b"ana@city.example", b"Nobody else knows", b"A letter to Ana")


async def attended(engine: Engine) -> str:
    """Ana asked for the floor, was written to, and handed in a text; the token of her link."""
    consultation = await prepare(engine)
    await ask(engine, "s1", c.RequestFloor(segment="one"), ANA)
    await ask(engine, "s1", c.SendMessage(to="ana", text="A letter to Ana"), MIA)
    await Files(engine).put("s1", "w1", b"Nobody else knows")
    await PeopleStore(engine).put_text("s1", "w1", "Nobody else knows", "ana")
    written = c.ReceiveContribution(
        contribution="w1", kind=ContributionKind.WRITTEN, words=3, size=17, digest="0" * 64, media="text/plain"
    )
    await ask(engine, "s1", written, ANA)
    return consultation.tokens["ana"]


def on_disk(folder: Path) -> list[bytes]:
    data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return [secret for secret in SECRETS if secret in data]


async def test_R8_what_a_person_told_us_is_gone_from_store_and_disk_and_the_log_is_whole(tmp_path: Path) -> None:
    async with open_engine(tmp_path) as engine:
        token = await attended(engine)
        assert on_disk(tmp_path) == list(SECRETS)
        before = await Journal(engine).read("s1")
        erased = await erase(engine, "s1", "ana")
        assert (erased.name, erased.on_disk) == ("Ana Example", True)
        assert on_disk(tmp_path) == []
        people = await PeopleStore(engine).read("s1")
        assert "ana" not in people.persons
        assert people.texts == {}
        assert await Files(engine).size("s1") == 0
        assert await Links(engine).resolve("s1", token) is None
        after = await Journal(engine).read("s1")
        assert after[:-1] == before
        assert log.verify(log.export(data for _, data in after)).ok
        assert (await load(engine, "s1")).session.roster_revision == people.revision


async def test_R8_while_a_session_is_live_the_engines_file_waits(engine: Engine) -> None:
    await attended(engine)
    await ask(engine, "s1", c.StartSession(), MIA)
    assert not (await erase(engine, "s1", "ana")).on_disk
    assert await engine.rewrite_due()
    assert "ana" not in (await PeopleStore(engine).read("s1")).persons


async def test_R4_exports_that_were_given_out_are_counted(engine: Engine) -> None:
    await attended(engine)
    for tier in ("publishable", "internal"):
        listed = {"type": "list_export", "format": "docx", "tier": tier, "digest": "0" * 64, "size": 1, "entries": 1}
        await ask(engine, "s1", c.ListExport.model_validate(listed), SYSTEM)
    assert (await erase(engine, "s1", "ana")).exports == 1


async def test_nobody_is_erased_by_mistake(engine: Engine) -> None:
    await prepare(engine)
    with pytest.raises(Refused, match="Nobody of the id"):
        await erase(engine, "s1", "zoe")


async def test_R8_a_server_does_what_waits_as_soon_as_no_session_is_live(tmp_path: Path) -> None:
    async with replica(tmp_path) as running:
        consultation = await prepare(running.engine)
        async with connected(running.url, "s1", consultation.tokens["mia"]) as mia:
            await mia.command("c1", "start_session")
            await mia.until("view", lambda view: view["state"] == "live")
            await erase(running.engine, "s1", "ana")
            await running.house.tidy()
            assert await running.engine.rewrite_due()
            await mia.command("c2", "close_session")
            await mia.until("view", lambda view: view["state"] == "closed")
            await running.house.tidy()
        assert not await running.engine.rewrite_due()
