"""The edge that pages use: real Socket.IO clients against a real replica."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
import socketio.exceptions

from isegoria.app import Running
from isegoria.domain import commands as c
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.live import broadcast
from tests.edges.bare import POLLING
from tests.serving import Consultation, connected, prepare, replica


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_a_consultation_runs_from_request_to_floor(
    running: Running, session: Consultation, transport: str
) -> None:
    async with (
        connected(running.url, "s1", session.tokens["mia"]) as mia,
        connected(running.url, "s1", session.tokens["ana"], transports=(transport,)) as ana,
        connected(running.url, "s1", session.tokens["attendee"], transports=(transport,)) as reader,
    ):
        await mia.until("view", lambda view: view["state"] == "open")
        assert (await mia.command("1", "start_session"))["ok"]
        asked = await ana.command("1", "request_floor", segment="one")
        assert asked["ok"], asked
        mine = await ana.until("view", lambda view: view["entries"])
        assert mine["entries"][0]["place"] == 1
        given = await mia.command("2", "give_floor", entry=mine["entries"][0]["id"], after=None)
        assert given["ok"], given
        seen = await reader.until("view", lambda view: view["floor"])
        assert seen["floor"]["who"]["name"] == "Ana Example"
        assert seen["floor"]["zero_at"] - seen["floor"]["began_at"] == 180_000
        assert (await ana.until("view", lambda view: view["own_turn"]))["allotted"] == 180_000
        assert seen["scope"] == "public"
        assert "entries" not in seen


async def test_promise_2_a_repeated_command_gets_the_first_answer(running: Running, session: Consultation) -> None:
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        await mia.until("view", lambda view: view["state"] == "open")
        first = await mia.command("same", "start_session")
        assert first == await mia.command("same", "start_session")
        other = await mia.command("same", "suspend_session")
        assert other["error"]["code"] == "id_reused"


async def test_what_a_role_may_not_ask_is_refused(running: Running, session: Consultation) -> None:
    async with connected(running.url, "s1", session.tokens["attendee"]) as reader:
        answer = await reader.command("1", "start_session")
        assert answer["error"]["code"] == "forbidden"
        assert answer["error"]["message"] == "this is not for the role of attendee"


async def test_everything_is_answered_unknown_events_too(running: Running, session: Consultation) -> None:
    async with connected(running.url, "s1", session.tokens["ana"]) as ana:
        assert (await ana.ask("shout", {}))["error"]["code"] == "unknown_event"
        broken = await ana.ask("command", {"id": "1", "command": {"type": "give_floor"}})
        assert broken["error"]["code"] == "malformed"
        assert broken["error"]["detail"]["field"] == "command.give_floor.entry"
        assert (await ana.ask("command", "nonsense"))["error"]["code"] == "malformed"
        time = await ana.ask("clock", {})
        assert abs(time["t"] - await running.engine.time()) < 1_000


async def test_a_wrong_token_comes_not_in(running: Running, session: Consultation) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        async with connected(running.url, "s1", "x" * 43):
            pass
    with pytest.raises(socketio.exceptions.ConnectionError):
        async with connected(running.url, "other", session.tokens["mia"]):
            pass


async def test_a_tab_that_comes_again_ends_its_older_connection(running: Running, session: Consultation) -> None:
    async with connected(running.url, "s1", session.tokens["ana"], client="tab") as older:
        gone = asyncio.Event()
        older.sio.on("disconnect", lambda *_: gone.set())
        async with (
            connected(running.url, "s1", session.tokens["ana"], client="phone") as phone,
            connected(running.url, "s1", session.tokens["ana"], client="tab") as newer,
        ):
            await asyncio.wait_for(gone.wait(), 5)
            assert (await newer.ask("clock", {}))["ok"]
            assert (await phone.ask("clock", {}))["ok"]


async def test_what_the_team_notes_is_no_news_for_readers(running: Running, session: Consultation) -> None:
    tokens = session.tokens
    async with (
        connected(running.url, "s1", tokens["mia"]) as mia,
        connected(running.url, "s1", tokens["attendee"]) as reader,
    ):
        await mia.command("start", "start_session")
        entry = f"e{(await mia.command('asks', 'inscribe', person='ana', segment='one'))['version']}"
        given = await mia.command("gives", "give_floor", entry=entry, after=None)
        await reader.until("view", lambda view: view["version"] == given["version"])
        venue = await running.house.venue("s1")
        assert venue
        ray = Actor(role=Role.RAPPORTEUR, person="ray")
        noted = await venue.hall.handle(c.TagIntervention(entry=entry, tag="practice"), ray)
        await mia.until("view", lambda view: view["version"] == noted)
        paused = await mia.command("pauses", "pause_turn", turn=f"t{given['version']}", reason="sound")
        await reader.until("view", lambda view: view["version"] == paused["version"])
        assert noted not in {view["version"] for view in reader.all("view")}


async def test_who_came_between_two_views_is_told_that_things_are_as_before(
    running: Running, session: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    attendee = session.tokens["attendee"]
    async with (
        connected(running.url, "s1", session.tokens["mia"]) as mia,
        connected(running.url, "s1", attendee) as first,
    ):
        await mia.done("start_session")
        await first.until("view", lambda view: view["state"] == "live")
        monkeypatch.setattr(broadcast, "PACE_S", 1.5)
        limited = await mia.command("1", "change_limit", limit=120_000)
        await first.until("view", lambda view: view["version"] == limited["version"])
        assert (await mia.command("2", "close_list"))["ok"]
        async with connected(running.url, "s1", attendee, client="later") as later:
            assert not later.view["list_open"]
            assert (await mia.command("3", "reopen_list"))["ok"]
            await later.until("view", lambda view: view["list_open"])


async def test_the_team_is_told_who_is_connected(running: Running, session: Consultation) -> None:
    async with (
        connected(running.url, "s1", session.tokens["mia"]) as mia,
        connected(running.url, "s1", session.tokens["ana"]),
        connected(running.url, "s1", session.tokens["attendee"]),
    ):
        status = await mia.until("status", lambda status: status["readers"] == 1 and len(status["people"]) == 2)
        assert {person["name"] for person in status["people"]} == {"Ana Example", "Mia Moderator"}


async def test_T4_the_server_closes_the_floor_though_nobody_is_connected(
    running: Running, session: Consultation
) -> None:
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        await mia.until("view", lambda view: view["state"] == "open")
        await mia.command("1", "start_session")
        await mia.command("2", "inscribe", person="ana", segment="one")
        entry = (await mia.until("view", lambda view: view["order"]))["order"][0]
        await mia.command("3", "give_floor", entry=entry, after=None)
        view = await mia.until("view", lambda view: view["floor"])
        # The rehearsal's clock is set to a moment before the deadline, as no test should wait three minutes.
        t = (await mia.ask("clock", {}))["t"]
        deadline = view["floor"]["closes_at"]
        assert (await mia.command("4", "set_clock", real=t, session=deadline - 300, rate=1))["ok"]
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        ended = await mia.until("view", lambda view: view["turns"] and view["turns"][-1]["ended_at"])
        assert ended["turns"][-1]["ended_at"] == deadline
        assert ended["happenings"][0]["by"] is None


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_whoever_is_let_in_is_told_the_time_before_what_it_is_for(
    running: Running, session: Consultation, transport: str
) -> None:
    before = await running.engine.time()
    async with connected(running.url, "s1", session.tokens["ana"], transports=(transport,)) as ana:
        told = await ana.until("time", bool)
        assert before - 20 <= told["t"] <= await running.engine.time() + 20
        assert [event for event, _ in ana.heard][:2] == ["time", "view"]


async def test_promise_8_one_between_two_polls_is_told_to_leave_too(tmp_path: Path) -> None:
    async with AsyncExitStack() as leaving, aiohttp.ClientSession() as http:
        running = await leaving.enter_async_context(replica(tmp_path))
        tokens = (await prepare(running.engine)).tokens
        url = f"{running.url}/socket.io/?{POLLING}"

        async def poll(at: str) -> str:
            async with http.get(at) as answer:
                return await answer.text()

        line = f"{url}&sid={json.loads((await poll(url))[1:])['sid']}"
        auth = json.dumps({"session": "s1", "token": tokens["ana"], "client": "tab"})
        async with http.post(line, data=f"40{auth}") as answer:
            assert answer.status == 200
        while '"view"' not in await poll(line):
            pass
        ending = asyncio.create_task(leaving.aclose())
        await asyncio.sleep(0.2)
        assert '["leaving",{"within_ms":3000}]' in await poll(line)
        await ending
