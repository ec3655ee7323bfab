"""Clients in numbers, and our own faults: bounds hold, everyone is answered, and all of it is counted."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest

from isegoria.app import Running
from isegoria.edges import socket as edge
from isegoria.edges.auth import Door, Entrance
from isegoria.edges.bounds import Allowance, Asker, Bounds
from isegoria.live.hall import Hall
from tests.edges.bare import POLLING, WEBSOCKET, Line, bare
from tests.serving import Consultation, connected, replica

SECOND = 1.0


# --- who comes in numbers --------------------------------------------------------------------------


def _by_header(request: Asker) -> str:
    return request.headers.get("X-Forwarded-For", "here")


async def test_connections_are_limited_in_all_and_by_address() -> None:
    async with bare(Bounds(connections=3, connections_per_address=2, remote=_by_header)) as server:
        first, _ = await server.handshake(), await server.handshake()
        status, text = await server.ask("GET", POLLING)
        assert (status, json.loads(text)["message"]) == (503, "Too many connections")
        elsewhere = {"X-Forwarded-For": "elsewhere"}
        assert (await server.ask("GET", POLLING, headers=elsewhere))[0] == 200
        assert (await server.ask("GET", POLLING, headers=elsewhere))[0] == 503
        # Who goes makes room.
        assert (await server.post(first, "1"))[0] == 200
        assert (await server.ask("GET", POLLING))[0] == 200


async def test_a_trusted_proxy_tells_whose_connection_it_is(tmp_path: Path) -> None:
    settings = {"connections_per_address": 1, "trusted_proxies": "127.0.0.0/8"}
    async with replica(tmp_path, **settings) as running, aiohttp.ClientSession() as http:

        async def status(address: str) -> int:
            url = f"{running.url}/socket.io/?{POLLING}"
            async with http.get(url, headers={"X-Forwarded-For": address}) as response:
                return response.status

        assert [await status("192.0.2.1"), await status("192.0.2.2"), await status("192.0.2.1")] == [200, 200, 503]


async def test_wrong_links_are_slowed_and_right_ones_from_the_same_address_are_not(
    running: Running, session: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "WRONG_LINK_PAUSE_S", 0.2)
    wrong = json.dumps({"session": "s1", "token": "x" * 43, "client": "guess"})
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{running.url}/socket.io/?{WEBSOCKET}") as ws:
        line = Line(ws)
        await line.hear()
        codes = []
        for _ in range(31):
            await line.say("40" + wrong)
            codes.append(json.loads((await line.hear())[2:])["data"]["code"])
        assert codes == ["unauthorised"] * 30 + ["too_many"]
        async with connected(running.url, "s1", session.tokens["ana"]) as ana:
            assert (await ana.ask("clock", {}))["ok"]


async def test_who_hangs_up_while_let_in_is_not_here(
    running: Running, session: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, gone = asyncio.Event(), asyncio.Event()
    admit = Door.admit

    async def slow(door: Door, name: str, token: str) -> Entrance:
        asked.set()
        await gone.wait()
        return await admit(door, name, token)

    monkeypatch.setattr(Door, "admit", slow)
    auth = json.dumps({"session": "s1", "token": session.tokens["ana"], "client": "tab"})
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{running.url}/socket.io/?{WEBSOCKET}") as ws:
        line = Line(ws)
        await line.hear()
        await line.say("40" + auth)
        await asked.wait()
        await ws.close()
    gone.set()
    venue = await running.house.venue("s1")
    assert venue
    async with connected(running.url, "s1", session.tokens["mia"]):
        assert [actor.person for actor in venue.attendance.actors()] == ["mia"]


async def test_more_events_than_any_page_sends_are_refused_until_it_slows_down(
    running: Running, session: Consultation
) -> None:
    async with connected(running.url, "s1", session.tokens["ana"]) as ana:
        answers = await asyncio.gather(*(ana.ask("clock", {}) for _ in range(120)))
        refused = [answer["error"] for answer in answers if not answer["ok"]]
        assert 20 <= len(refused) <= 60
        assert all(error["code"] == "too_many" and error["retry"] for error in refused)
        async with asyncio.timeout(SECOND):
            while not (await ana.ask("clock", {}))["ok"]:  # noqa: ASYNC110 - it fills with time
                await asyncio.sleep(0.02)


def test_an_allowance_fills_again() -> None:
    now = [0.0]
    allowance = Allowance(per_s=2, burst=3, now=lambda: now[0])
    assert [allowance.take() for _ in range(4)] == [True, True, True, False]
    now[0] = 0.5
    assert [allowance.take(), allowance.take()] == [True, False]
    now[0] = 100.0
    assert sum(allowance.take() for _ in range(10)) == 3


# --- our own faults --------------------------------------------------------------------------------


async def test_a_handler_that_fails_answers_all_the_same(
    running: Running, session: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> int:
        raise RuntimeError("broken")

    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        with monkeypatch.context() as broken:
            broken.setattr(Hall, "handle", fails)
            assert (await mia.command("1", "start_session"))["error"]["code"] == "internal"
        assert (await mia.command("2", "suspend_session"))["error"]["code"] == "wrong_state"


async def test_commands_and_readers_are_counted(running: Running, session: Consultation) -> None:
    async def told(name: str) -> float:
        async with aiohttp.ClientSession() as http, http.get(f"{running.url}/metrics") as response:
            lines = (await response.text()).splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(name))

    def commands(outcome: str) -> str:
        return f'isegoria_commands_total{{outcome="{outcome}"}}'

    before = [await told(commands(outcome)) for outcome in ("accepted", "wrong_state")]
    timed = await told("isegoria_command_seconds_count")
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        assert await told('isegoria_connected{role="moderator"}') == 1
        assert (await mia.command("1", "start_session"))["ok"]
        assert (await mia.command("2", "start_session"))["error"]["code"] == "wrong_state"
        assert [await told(commands(outcome)) for outcome in ("accepted", "wrong_state")] == [n + 1 for n in before]
        assert await told("isegoria_command_seconds_count") == timed + 2
