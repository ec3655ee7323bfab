"""An engine under Sentinel: who dies is replaced in the middle of a session, and nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr
from redis.asyncio.sentinel import Sentinel

from isegoria.domain.history import Decision
from isegoria.store.engine import Engine, open_engine
from isegoria.store.errors import EngineAway, EngineUnusable
from isegoria.store.journal import Journal
from isegoria.store.sentinel import Watched
from tests.docker.engines import Group, Process, group, until
from tests.serving import Client, connected, prepare, replica


@pytest.fixture
async def engines(tmp_path: Path) -> AsyncIterator[Group]:
    async with group(tmp_path) as started:
        yield started


async def accepted(client: Client, command_id: str) -> int:
    """The version of a message, asked for under the same id until it is known, as a page does."""
    async with asyncio.timeout(20):
        while not (answer := await client.command(command_id, "send_message", to="ana", cue="slower"))["ok"]:
            assert answer["error"]["retry"], answer
            await asyncio.sleep(0.1)
    version: int = answer["version"]
    return version


async def test_promise_1_a_primary_that_dies_in_a_session_loses_nothing_acknowledged(
    tmp_path: Path, engines: Group
) -> None:
    async with replica(tmp_path, redis_url=SecretStr(engines.url)) as here:
        session = await prepare(here.engine)
        async with connected(here.url, "s1", session.tokens["mia"]) as mia:
            await mia.until("view", lambda view: view["state"] == "open")
            epoch, before = mia.view["epoch"], await engines.primary()
            sent = [await accepted(mia, f"before-{number}") for number in range(20)]
            dying = asyncio.create_task(engines.engines[0].killed())
            sent += [await accepted(mia, f"during-{number}") for number in range(20)]
            await dying
            assert await engines.primary() != before
            await mia.until("view", lambda view: view["version"] >= sent[-1])
            assert mia.view["epoch"] == epoch
        entries = await Journal(here.engine).read("s1")
        kept = {Decision.from_bytes(data).command: version for version, data in entries}
    assert [version for version, _ in entries] == list(range(1, len(entries) + 1))
    asked = [f"{when}-{number}" for when in ("before", "during") for number in range(20)]
    assert [kept[name] for name in asked] == sent


async def test_a_write_that_no_other_engine_has_is_not_acknowledged(tmp_path: Path, engines: Group) -> None:
    async with open_engine(tmp_path, engines.url) as engine:
        await engine.ask("SET", "isegoria:kept", "yes")
        # Who is frozen takes nothing, and is counted as connected for a while still.
        _, *others = engines.engines
        for one in others:
            one.process.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(EngineAway, match="no other engine has it"):
                await engine.ask("SET", "isegoria:lost", "perhaps")
            assert await engine.ask("GET", "isegoria:kept") == b"yes"
        finally:
            for one in others:
                one.process.send_signal(signal.SIGCONT)
        await until(lambda: _writes(engine))


async def _writes(engine: Engine) -> bool:
    try:
        await engine.ask("SET", "isegoria:kept", "again")
    except EngineAway:
        return False
    return True


async def test_a_primary_that_was_demoted_is_not_written_to(tmp_path: Path, engines: Group) -> None:
    async with open_engine(tmp_path, engines.url) as engine:
        await engine.ask("SET", "isegoria:kept", "yes")
        await engines.sentinels[0].ask("SENTINEL", "FAILOVER", "isegoria", "COORDINATED")
        before = engines.engines[0].port
        await until(lambda: _names_another(engines, before))
        await until(lambda: _writes(engine))
        for one in engines.engines:
            await until(partial(_has, one, b"again"))


async def _names_another(engines: Group, port: int) -> bool:
    return await engines.primary() != port


async def _has(one: Process, value: bytes) -> bool:
    return bool(await one.ask("GET", "isegoria:kept") == value)


async def test_a_sentinel_that_names_a_replica_is_not_believed(
    tmp_path: Path, engines: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was cut off does, until it has heard of the fail-over."""

    async def mistaken(*_: object) -> tuple[str, int]:
        return "127.0.0.1", engines.engines[1].port

    monkeypatch.setattr(Sentinel, "discover_master", mistaken)
    with pytest.raises(EngineAway, match="no primary any more"):
        async with open_engine(tmp_path, engines.url):
            pass


async def test_the_first_of_the_sentinels_may_be_gone(tmp_path: Path, engines: Group) -> None:
    await engines.sentinels[0].killed()
    async with open_engine(tmp_path, engines.url) as engine:
        assert (await engine.promise()).startswith("Acknowledged means on disk.")


async def test_a_service_that_no_sentinel_knows_is_named(tmp_path: Path, engines: Group) -> None:
    with pytest.raises(EngineAway, match="'assembly'"):
        async with open_engine(tmp_path, engines.url.replace("/isegoria", "/assembly")):
            pass


# --- addresses -------------------------------------------------------------------------------------


def test_an_address_names_sentinels_service_and_passwords() -> None:
    said = Watched.of("redis+sentinel://ise:p%40ss@one,two:5000,[::1]:5001/isegoria/2?sentinel_password=other")
    assert said == Watched(
        sentinels=(("one", 26_379), ("two", 5_000), ("::1", 5_001)),
        service="isegoria",
        db=2,
        login={"username": "ise", "password": "p@ss"},
        sentinel_login={"password": "other"},
        tls=False,
    )
    assert Watched.of("rediss+sentinel://one/isegoria").tls


@pytest.mark.parametrize(
    "url",
    ["redis+sentinel://one", "redis+sentinel:///isegoria", "redis+sentinel://one/i/x", "redis+sentinel://one/i?db=1"],
)
async def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(EngineUnusable, match="REDIS_URL"):
        async with open_engine(tmp_path, url):
            pass
