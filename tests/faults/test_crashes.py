"""What must hold when a process dies or hangs in the two hours: a killed or frozen replica is no event at all."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from isegoria.domain import events as e
from isegoria.domain.history import Decision
from isegoria.store.engine import Engine, open_engine
from isegoria.store.errors import EngineAway
from isegoria.store.journal import Journal
from tests.faults.processes import engine_process, kill_engine, server
from tests.serving import Client, Consultation, connected, prepare

BEFORE_DEADLINE_MS = 4_000


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    async with open_engine(tmp_path) as opened:
        yield opened


@pytest.fixture
async def session(engine: Engine) -> Consultation:
    return await prepare(engine)


async def speaking(mia: Client) -> Any:
    """Ana has the floor; the view that tells so."""
    await mia.until("view", lambda view: view["state"] == "open")
    assert (await mia.command("start", "start_session"))["ok"]
    assert (await mia.command("inscribe", "inscribe", person="ana", segment="one"))["ok"]
    entry = (await mia.until("view", lambda view: view["order"]))["order"][0]
    assert (await mia.command("give", "give_floor", entry=entry, after=None))["ok"]
    return await mia.until("view", lambda view: view["floor"])


def is_over(view: Any) -> bool:
    """The first turn has ended."""
    return bool(view["turns"] and view["turns"][0]["ended_at"])


async def set_before(mia: Client, deadline: int, left_ms: int = BEFORE_DEADLINE_MS) -> None:
    """The rehearsal's clock shows a moment before the deadline, as no test should wait for three minutes."""
    t = (await mia.ask("clock", {}))["t"]
    assert (await mia.command("clock", "set_clock", real=t, session=deadline - left_ms, rate=1))["ok"]


async def endings(engine: Engine) -> list[e.TurnEnded]:
    decisions = [Decision.from_bytes(data) for _, data in await Journal(engine).read("s1")]
    return [event for decision in decisions for event in decision.events if isinstance(event, e.TurnEnded)]


async def test_T4_a_server_killed_in_a_turn_ends_it_at_its_deadline_after_the_restart(
    tmp_path: Path, engine: Engine, session: Consultation
) -> None:
    async with server(tmp_path) as first, connected(first.url, "s1", session.tokens["mia"]) as mia:
        before = await speaking(mia)
        await set_before(mia, before["floor"]["closes_at"])
        acknowledged = (await mia.command("cue", "send_message", to="ana", cue="slower"))["version"]
        await first.killed()
    async with server(tmp_path) as second, connected(second.url, "s1", session.tokens["mia"]) as mia:
        assert mia.view["version"] >= acknowledged
        if mia.view["floor"]:
            assert mia.view["floor"]["closes_at"] == before["floor"]["closes_at"]
        after = await mia.until("view", is_over)
        assert after["turns"][0]["ended_at"] == before["floor"]["closes_at"]
    assert len(await endings(engine)) == 1


async def test_promise_1_a_killed_engine_loses_nothing_that_was_acknowledged(
    tmp_path: Path, engine: Engine, session: Consultation
) -> None:
    async with server(tmp_path) as here, connected(here.url, "s1", session.tokens["mia"]) as mia:
        before = await speaking(mia)
        await set_before(mia, before["floor"]["closes_at"])
        acknowledged = (await mia.command("cue", "send_message", to="ana", cue="slower"))["version"]
        kill_engine(tmp_path)
        await until_accepted(mia, "after", "send_message", to="ana", cue="conclude")
        after = await mia.until("view", is_over)
        assert after["turns"][0]["ended_at"] == before["floor"]["closes_at"]
        assert after["epoch"] == before["epoch"]
    versions = [version for version, _ in await Journal(engine).read("s1")]
    assert versions == list(range(1, len(versions) + 1))
    assert len(versions) > acknowledged


async def until_accepted(client: Client, command_id: str, kind: str, **fields: object) -> Any:
    """Asks again under the same id while the outcome is unknown, as a page does."""
    async with asyncio.timeout(15):
        while True:
            answer = await client.command(command_id, kind, **fields)
            if answer["ok"] or not answer["error"]["retry"]:
                return answer
            await asyncio.sleep(0.1)


async def test_promise_7_a_frozen_engine_makes_the_outcome_unknown_and_asking_again_has_one_effect(
    tmp_path: Path, engine: Engine, session: Consultation
) -> None:
    async with server(tmp_path) as here, connected(here.url, "s1", session.tokens["mia"]) as mia:
        await speaking(mia)
        os.kill(engine_process(tmp_path), signal.SIGSTOP)
        try:
            unknown = await mia.command("cue", "send_message", to="ana", cue="slower")
        finally:
            os.kill(engine_process(tmp_path), signal.SIGCONT)
        assert unknown["error"]["code"] == "engine_away"
        assert unknown["error"]["retry"]
        assert (await until_accepted(mia, "cue", "send_message", to="ana", cue="slower"))["ok"]
    decisions = [Decision.from_bytes(data) for _, data in await patient(engine)]
    sent = [event for decision in decisions for event in decision.events if isinstance(event, e.MessageSent)]
    assert len(sent) == 1


async def patient(engine: Engine) -> list[tuple[int, bytes]]:
    while True:
        try:
            return await Journal(engine).read("s1")
        except EngineAway:
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("frozen", [False, True], ids=["both", "one_frozen"])
async def test_two_replicas_end_a_turn_exactly_once(
    tmp_path: Path, engine: Engine, session: Consultation, frozen: bool
) -> None:
    async with (
        server(tmp_path) as first,
        server(tmp_path) as second,
        connected(first.url, "s1", session.tokens["mia"]) as mia,
        connected(second.url, "s1", session.tokens["attendee"]) as reader,
    ):
        before = await speaking(mia)
        await set_before(mia, before["floor"]["closes_at"], 1_500)
        if frozen:
            first.send(signal.SIGSTOP)
        after = await reader.until("view", is_over)
        first.send(signal.SIGCONT)
        assert after["turns"][0]["ended_at"] == before["floor"]["closes_at"]
        same = await mia.until("view", lambda view: view["version"] >= after["version"])
        assert same["turns"][0]["ended_at"] == after["turns"][0]["ended_at"]
    assert len(await endings(engine)) == 1


async def test_two_moderators_on_two_replicas_advance_once(
    tmp_path: Path, engine: Engine, session: Consultation
) -> None:
    async with (
        server(tmp_path) as first,
        server(tmp_path) as second,
        connected(first.url, "s1", session.tokens["mia"]) as mia,
        connected(second.url, "s1", session.tokens["sam"]) as sam,
    ):
        view = await speaking(mia)
        for name in ("bob", "cat"):
            assert (await mia.command(name, "inscribe", person=name, segment="one"))["ok"]
        order = (await sam.until("view", lambda view: len(view["order"]) == 2))["order"]
        turn = view["floor"]["turn"]
        answers = await asyncio.gather(
            mia.command("next", "give_floor", entry=order[0], after=turn),
            sam.command("next", "give_floor", entry=order[0], after=turn),
        )
        assert sorted(answer["ok"] for answer in answers) == [False, True]
        refused = next(answer for answer in answers if not answer["ok"])
        assert refused["error"]["code"] == "floor_taken"
        assert refused["error"]["detail"]["name"] == "Bob Example"
