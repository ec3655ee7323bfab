"""Ordinary clients, unchanged, over each transport, against a running replica: Python's, and npm's of two generations.

Both of npm's speak the same protocol; they differ in how they pack, read and time it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import aiohttp
import pytest

from isegoria.app import Running
from tests.browser.line import Line, line_to
from tests.faults.processes import free_port
from tests.serving import PATIENCE_S, Client, Consultation, connected, prepare, replica

SCRIPT = Path(__file__).with_name("client.mjs")
PAGES = Path(__file__).parents[2] / "client"
NODE = Path(sys.executable).with_name("node")
TRANSPORTS = [("websocket",), ("polling",), ("polling", "websocket")]
NPM = {"socket.io-client": "4.8.", "socket.io-client-3": "3.1."}
"""Packages that client/package.json names, and how their versions begin."""
ODD = "Ça alors — ¿qué? 🌍 שלום {“a”}\u2028\\n"

Transports: TypeAlias = tuple[str, ...]
Join: TypeAlias = Callable[..., AbstractAsyncContextManager[Client]]

# Only where no package is: what is there is tested, or the test fails. `make test-py` installs what the lock names.
needs_packages = pytest.mark.skipif(
    not (PAGES / "node_modules").is_dir(), reason="the pages' packages are not installed: `make packages`"
)
over_each_transport = pytest.mark.parametrize("transports", TRANSPORTS, ids=", then ".join)
of_npm = [pytest.param(name, marks=needs_packages) for name in NPM]
with_each_client = pytest.mark.parametrize("join", ["python", *of_npm], indirect=True)
with_each_of_npm = pytest.mark.parametrize("join", of_npm, indirect=True)


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
        http.post(f"{running.url}/closedcaption", params=query, data=text.encode()) as response,
    ):
        assert response.status == 200, await response.text()


# --- npm's client, as if it were Python's ----------------------------------------------------------


class Node:
    """What a client asks with, in `client.mjs`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process, self._numbers = process, count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}

    async def call(self, event: str, payload: object, timeout: float) -> Any:  # noqa: ASYNC109 - as Python's client has it
        assert self._process.stdin
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(json.dumps([number, event, payload]).encode() + b"\n")
        return await asyncio.wait_for(answer, timeout)

    async def listen(self, guest: Client) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            event, payload = json.loads(line)
            if event == "answer":
                number, answer = payload
                self._answers.pop(number).set_result(answer)
            else:
                guest.hear(event, payload)


@asynccontextmanager
async def started(package: str, url: str, options: dict[str, Any]) -> AsyncIterator[Client]:
    """Whatever it hears, its coming in and going included, is in `heard`."""
    process = await asyncio.create_subprocess_exec(
        *(NODE, SCRIPT, PAGES, package, url, json.dumps(options)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    node = Node(process)
    guest = Client(node)
    listening = asyncio.create_task(node.listen(guest))
    try:
        yield guest
    finally:
        assert process.stdin
        process.stdin.close()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await listening
                assert await process.wait() == 0
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def auth(token: str) -> dict[str, str]:
    return {"session": "s1", "token": token, "client": "tab"}


@asynccontextmanager
async def joined_from_npm(package: str, url: str, token: str, transports: Transports) -> AsyncIterator[Client]:
    async with started(package, url, {"auth": auth(token), "transports": transports}) as guest:
        if await guest.until("connect", bool) != transports[-1]:
            await guest.until("upgrade", lambda name: name == transports[-1])
        yield guest


@asynccontextmanager
async def joined_from_python(url: str, token: str, transports: Transports) -> AsyncIterator[Client]:
    async with connected(url, "s1", token, transports=transports) as guest:
        assert guest.sio.transport() == transports[-1]
        yield guest


@pytest.fixture
def join(request: pytest.FixtureRequest) -> Join:
    """How to come in with the client of the test's parameter: (url, token, transports)."""
    if request.param == "python":
        return joined_from_python
    return lambda *how: joined_from_npm(request.param, *how)


@needs_packages
@pytest.mark.parametrize("package", NPM)
def test_the_clients_of_npm_are_of_the_generations_that_are_promised(package: str) -> None:
    described = json.loads((PAGES / "node_modules" / package / "package.json").read_text())
    assert described["name"] == "socket.io-client"
    assert described["version"].startswith(NPM[package])


# --- what all can do -------------------------------------------------------------------------------


@with_each_client
@over_each_transport
async def test_a_client_reads_and_commands(
    running: Running, session: Consultation, join: Join, transports: Transports
) -> None:
    async with join(running.url, session.tokens["ana"], transports) as ana:
        assert (await ana.until("view", bool))["scope"] == "personal"
        followed = await ana.ask("follow", {"tracks": ["en"], "since": {}})
        assert followed == {"ok": True, "positions": {"en": 1}}
        frame = await ana.until("captions", lambda frame: frame["segments"])
        assert [segment["text"] for segment in frame["segments"]] == ["Good morning."]
        answer = await ana.command("1", "request_floor", segment="one")
        assert answer["ok"]
        assert await ana.command("1", "request_floor", segment="one") == answer
        await ana.until("view", lambda view: view["entries"] and view["version"] == answer["version"])


@with_each_client
@over_each_transport
async def test_a_client_hears_what_comes_later_in_any_script(
    running: Running, session: Consultation, join: Join, transports: Transports
) -> None:
    async with join(running.url, session.tokens["attendee"], transports) as reader:
        assert (await reader.ask("follow", {"tracks": ["en"], "since": {"en": 1}}))["ok"]
        await say(running, session, ODD)
        frame = await reader.until("captions", lambda frame: any(one["position"] for one in frame["segments"]))
        assert (frame["after"], frame["position"]) == (1, 2)
        assert frame["segments"][-1]["text"] == ODD
        refused = await reader.ask(ODD, {})
        assert refused["error"]["code"] == "unknown_event"
        assert refused["error"]["detail"] == {"event": ODD}


@with_each_client
@over_each_transport
async def test_a_client_is_answered_a_burst_in_order(
    running: Running, session: Consultation, join: Join, transports: Transports
) -> None:
    """Of more events than Engine.IO's own limit in a payload, 16."""
    async with join(running.url, session.tokens["ana"], transports) as ana:
        told = await asyncio.gather(*(ana.ask("clock", {}) for _ in range(50)))
        assert all(one["ok"] for one in told)
        times = [one["t"] for one in told]
        assert times == sorted(times)


@with_each_client
@over_each_transport
async def test_a_client_that_leaves_is_gone_at_once(
    running: Running, session: Consultation, join: Join, transports: Transports
) -> None:
    """Over polling too, where its pending poll has to end first."""
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        async with join(running.url, session.tokens["ana"], transports):
            await mia.until("status", lambda status: "ana" in present(status))
        mia.heard.clear()
        await mia.until("status", lambda status: "ana" not in present(status))


def present(status: Any) -> set[str]:
    return {person["person"] for person in status["people"]}


# --- what npm's do besides -------------------------------------------------------------------------


@with_each_of_npm
@over_each_transport
async def test_promise_4_a_client_comes_back_at_another_replica_and_goes_on_from_its_position(
    running: Running, session: Consultation, tmp_path: Path, join: Join, transports: Transports
) -> None:
    async with (
        replica(tmp_path) as other,
        line_to(port(running)) as (line, address),
        join(address, session.tokens["attendee"], transports) as reader,
    ):
        await reader.ask("follow", {"tracks": ["en"], "since": {}})
        await reader.until("captions", lambda frame: frame["position"] == 1)
        reader.heard.clear()
        assert (await cut_off(line, reader)).startswith("transport")
        await say(running, session, "Missed.")
        line.mend(port(other))
        await reader.until("connect", bool)
        await reader.until("view", bool)
        assert await reader.ask("follow", {"tracks": ["en"], "since": {"en": 1}}) == {
            "ok": True,
            "positions": {"en": 2},
        }
        await say(running, session, "Later.")
        await reader.until("captions", lambda frame: frame["position"] == 3)
        assert finals(reader) == [(2, "Missed."), (3, "Later.")]


async def cut_off(line: Line, reader: Client) -> str:
    """Why, in the client's words. A poll may be on its way in just now: the next cut meets it."""
    async with asyncio.timeout(PATIENCE_S):
        while not reader.all("disconnect"):
            line.cut()
            await asyncio.sleep(0.01)
    return str(reader.all("disconnect")[0])


def finals(reader: Client) -> list[tuple[int, str]]:
    segments = [segment for frame in reader.all("captions") for segment in frame["segments"]]
    return [(segment["position"], segment["text"]) for segment in segments if segment["position"]]


@with_each_of_npm
@over_each_transport
async def test_promise_8_a_client_is_told_to_leave_and_comes_back_after_the_restart(
    running: Running, session: Consultation, tmp_path: Path, join: Join, transports: Transports
) -> None:
    """One between two polls may find the door shut before it hears its end; it comes back all the same."""
    address = free_port()
    async with AsyncExitStack() as leaving:
        first = await leaving.enter_async_context(replica(tmp_path, port=address))
        async with join(first.url, session.tokens["ana"], transports) as ana:
            ana.heard.clear()
            await leaving.aclose()
            reason = await ana.until("disconnect", bool)
            assert ana.all("leaving")[0]["within_ms"] > 0
            if transports[-1] == "websocket":
                assert reason == "io server disconnect"
            async with replica(tmp_path, port=address):
                await ana.until("connect", bool)
                assert (await ana.command("1", "request_floor", segment="one"))["ok"]


def port(replica: Running) -> int:
    found = urlsplit(replica.url).port
    assert found
    return found


@needs_packages
@pytest.mark.parametrize("package", NPM)
@over_each_transport
async def test_a_client_is_told_why_it_is_refused(
    running: Running, session: Consultation, package: str, transports: Transports
) -> None:
    async with started(package, running.url, {"auth": auth("x" * 43), "transports": transports}) as guest:
        refused = await guest.until("connect_error", bool)
        assert refused["data"]["code"] == "unauthorised"
        assert refused["message"].startswith("this link is not valid any more")
