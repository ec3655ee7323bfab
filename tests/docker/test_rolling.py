"""A rolling restart behind the shipped proxy: every reader has every caption, once, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import socketio
from socketio.exceptions import SocketIOError

from isegoria.store.engine import open_engine
from tests.docker.engines import until
from tests.docker.proxied import House, needs_the_proxy, proxied
from tests.serving import Consultation, connected, prepare

pytestmark = needs_the_proxy


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_engine(tmp_path), proxied(tmp_path) as started:
        yield started


@pytest.fixture
async def session(tmp_path: Path, house: House) -> Consultation:
    """One that is live."""
    async with open_engine(tmp_path) as engine:
        prepared = await prepare(engine)
    async with connected(f"http://127.0.0.1:{house.replicas[0].port}", "s1", prepared.tokens["mia"]) as mia:
        await mia.until("view", lambda view: view["state"] == "open")
        assert (await mia.command("start", "start_session"))["ok"]
    return prepared


@dataclass
class Reader:
    """Who follows the captions, and comes back where it was whenever the line breaks."""

    house: House
    token: str
    name: str
    transport: str
    keeps_cookies: bool = True
    heard: list[tuple[int, str]] = field(default_factory=list)
    position: int = 0
    came: int = 0

    async def read(self) -> None:
        while True:
            jar = aiohttp.CookieJar() if self.keeps_cookies else aiohttp.DummyCookieJar()
            async with self.house.client(jar) as http:
                sio = socketio.AsyncClient(reconnection=False, http_session=http)
                sio.on("captions", self._hear)
                with suppress(SocketIOError):
                    await self._visit(sio)
                await sio.disconnect()
            await asyncio.sleep(0.1)

    async def _visit(self, sio: socketio.AsyncClient) -> None:
        auth = {"session": "s1", "token": self.token, "client": self.name}
        await sio.connect(self.house.url, auth=auth, transports=[self.transport], wait_timeout=5)
        answer = await sio.call("follow", {"tracks": ["en"], "since": {"en": self.position}}, timeout=5)
        assert answer["ok"], answer
        self.came += 1
        await sio.wait()

    def _hear(self, frame: Any) -> None:
        for segment in frame["segments"]:
            if segment["position"] is not None:
                self.heard.append((segment["position"], segment["text"]))
        self.position = max(self.position, frame["position"])


@asynccontextmanager
async def reading(house: House, session: Consultation) -> AsyncIterator[list[Reader]]:
    token = session.tokens["attendee"]
    readers = [Reader(house, token, f"websocket-{number}", "websocket") for number in range(6)]
    readers += [Reader(house, token, f"polling-{number}", "polling") for number in range(6)]
    readers += [Reader(house, token, "without-cookies", "polling", keeps_cookies=False)]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(reader.read()) for reader in readers]
        try:
            yield readers
        finally:
            for task in tasks:
                task.cancel()


@dataclass
class Captioner:
    """Posts through the proxy, and the same again when no answer comes, as captioning programs do."""

    house: House
    secret: str
    said: list[str] = field(default_factory=list)

    async def speak(self) -> None:
        async with self.house.client() as http:
            for number in count():
                text = f"This is sentence {number}."
                while not await self._taken(http, number, text):  # noqa: ASYNC110 - nobody tells when to try again
                    await asyncio.sleep(0.05)
                self.said.append(text)
                await asyncio.sleep(0.05)

    async def says(self, more: int) -> None:
        """Returns when so many more have been taken."""
        enough = len(self.said) + more
        await until(lambda: len(self.said) >= enough)

    async def _taken(self, http: aiohttp.ClientSession, number: int, text: str) -> bool:
        query = {"id": "s1", "ns": "floor-feed", "expire": "1", "sparams": "id,ns,expire", "seq": str(number)}
        query["signature"] = self.secret
        with suppress(aiohttp.ClientError, TimeoutError):
            timeout = aiohttp.ClientTimeout(total=5)
            url = f"{self.house.url}/closedcaption"
            async with http.post(url, params=query, data=text, timeout=timeout) as answer:
                return answer.status == 200
        return False


async def test_a_rolling_restart_loses_and_repeats_no_caption(house: House, session: Consultation) -> None:
    captioner = Captioner(house, session.secrets["floor-feed"])
    speaking = asyncio.create_task(captioner.speak())
    async with reading(house, session) as readers:
        await until(lambda: all(reader.came for reader in readers))
        for one in house.replicas:
            await one.stop()
            await captioner.says(5)
            await one.start()
        speaking.cancel()
        said = len(captioner.said)
        await until(lambda: all(len(reader.heard) >= said for reader in readers))
        expected = readers[0].heard
        # The one that was on its way when the speaker was stopped may be there, too.
        assert [text for _, text in expected][:said] == captioner.said
        assert [position for position, _ in expected] == list(range(1, len(expected) + 1))
        for reader in readers:
            assert reader.heard[:said] == expected[:said], reader.name
            assert reader.came >= 2, reader.name
