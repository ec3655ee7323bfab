"""Ordinary clients, Python's and the browser's, over each transport, against a running replica."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from isegoria.app import Running
from tests.serving import Consultation, connected, prepare, replica

SCRIPT = Path(__file__).with_name("client.mjs")
PAGES = Path(__file__).parents[2] / "client"
NODE = Path(sys.executable).with_name("node")
TRANSPORTS = [("websocket",), ("polling",), ("polling", "websocket")]

needs_the_browsers_client = pytest.mark.skipif(
    not (PAGES / "node_modules" / "socket.io-client").is_dir() or not NODE.exists(),
    reason="the pages' packages are not installed: `make client`",
)


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    async with replica(tmp_path) as started:
        yield started


@pytest.fixture
async def session(running: Running) -> Consultation:
    """One that is live, with one caption said."""
    prepared = await prepare(running.engine)
    async with connected(running.url, "s1", prepared.tokens["mia"]) as mia:
        await mia.until("view", lambda view: view["state"] == "open")
        assert (await mia.command("start", "start_session"))["ok"]
        await mia.until("view", lambda view: view["state"] == "live")
    await say(running, prepared, "Good morning.")
    return prepared


async def say(running: Running, session: Consultation, text: str) -> None:
    """A caption, as a feed posts it."""
    address = {"id": "s1", "ns": "floor-feed", "expire": "1", "sparams": "id,ns,expire", "seq": "0"}
    query = {**address, "signature": session.secrets["floor-feed"]}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{running.url}/closedcaption", params=query, data=text) as response,
    ):
        assert response.status == 200, await response.text()


# --- Python's --------------------------------------------------------------------------------------


@pytest.mark.parametrize("transports", TRANSPORTS, ids=", then ".join)
async def test_the_python_client_reads_and_commands(
    running: Running, session: Consultation, transports: tuple[str, ...]
) -> None:
    async with connected(running.url, "s1", session.tokens["ana"], transports=transports) as ana:
        assert ana.sio.transport() == transports[-1]
        assert (await ana.until("view", lambda _: True))["scope"] == "personal"
        followed = await ana.ask("follow", {"tracks": ["en"], "since": {}})
        assert followed == {"ok": True, "positions": {"en": 1}}
        frame = await ana.until("captions", lambda frame: frame["segments"])
        assert [segment["text"] for segment in frame["segments"]] == ["Good morning."]
        assert (await ana.command("1", "request_floor", segment="one"))["ok"]
        await ana.until("view", lambda view: view["entries"])


async def test_a_polling_client_reads_a_burst_of_more_than_16_events(running: Running, session: Consultation) -> None:
    async with connected(running.url, "s1", session.tokens["ana"], transports=("polling",)) as ana:
        times = await asyncio.gather(*(ana.ask("clock", {}) for _ in range(50)))
        assert all(time["ok"] for time in times)


async def test_a_client_that_leaves_is_gone_at_once(running: Running, session: Consultation) -> None:
    """Over polling too, where its pending poll has to end first."""
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        async with connected(running.url, "s1", session.tokens["ana"], transports=("polling",)):
            await mia.until("status", lambda status: "ana" in present(status))
        mia.heard.clear()
        await mia.until("status", lambda status: "ana" not in present(status))


def present(status: Any) -> set[str]:
    return {person["person"] for person in status["people"]}


# --- the browser's ---------------------------------------------------------------------------------


async def browser_client(running: Running, token: str, transports: tuple[str, ...]) -> Any:
    """What `client.mjs` heard."""
    wishes = {
        "auth": {"session": "s1", "token": token, "client": "tab"},
        "transports": transports,
        "command": {"type": "request_floor", "segment": "one"},
        "upgrades": transports[-1] == "websocket",
    }
    node = await asyncio.create_subprocess_exec(
        NODE, SCRIPT, PAGES, running.url, json.dumps(wishes), stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(10):
        out, _ = await node.communicate()
    return json.loads(out)


@needs_the_browsers_client
@pytest.mark.parametrize("transports", TRANSPORTS, ids=", then ".join)
async def test_the_browsers_client_reads_and_commands(
    running: Running, session: Consultation, transports: tuple[str, ...]
) -> None:
    heard = await browser_client(running, session.tokens["ana"], transports)
    assert heard["transport"] == transports[-1]
    assert heard["events"][0] == ["view", "personal", True]
    assert heard["followed"] == {"ok": True, "positions": {"en": 1}}
    assert heard["captions"] == ["Good morning."]
    assert heard["answer"]["ok"]
    assert heard["again"] == heard["answer"]
    assert heard["unknown"]["error"]["code"] == "unknown_event"


@needs_the_browsers_client
async def test_the_browsers_client_is_told_why_it_is_refused(running: Running, session: Consultation) -> None:
    heard = await browser_client(running, "x" * 43, ("websocket",))
    assert heard["data"]["code"] == "unauthorised"
    assert heard["refused"].startswith("this link is not valid any more")
