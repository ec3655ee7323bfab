"""A reader in a train, who is cut off again and again, at either of two servers and in either of two languages.

What the reader holds is put together as the protocol says (a frame's positions, `follow` with the last one after each
reconnect), and is compared with what a reader holds who was never cut off, with what one gets who comes at the end,
and with what was said.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
import socketio
import socketio.exceptions

from isegoria.store.engine import open_engine
from tests.browser.line import Line, line_to
from tests.faults.processes import Server, server
from tests.serving import PATIENCE_S, Consultation, connected, prepare

TRACKS = ("en", "es")
FEEDS = {"en": "floor-feed", "es": "es-feed"}
CUTS = 20
EACH_TIME = 12
"""Segments of a language between two cuts: more in all than a server holds at hand."""
SEED = 1_948


@dataclass
class Track:
    """What a reader holds of one track."""

    position: int | None = None
    kept: dict[int, Any] = field(default_factory=dict)
    open: dict[str, Any] = field(default_factory=dict)
    """Partials whose final has not come."""
    came: list[int] = field(default_factory=list)

    def hear(self, frame: Any) -> None:
        if self.position is None:
            self.position = frame["after"]
        assert frame["after"] <= self.position, "a hole"
        for segment in frame["segments"]:
            self._take(segment)
        self.position = max(self.position, frame["position"])

    def _take(self, segment: Any) -> None:
        known, place = self.open.get(segment["id"]), segment["position"]
        if segment["status"] == "partial":
            over = {one["id"] for one in self.kept.values()}
            assert segment["id"] not in over, "a partial after its final"
            assert not known or known["revision"] <= segment["revision"], "a partial went back"
            self.open[segment["id"]] = segment
            return
        self.open.pop(segment["id"], None)
        if place in self.kept:
            assert self.kept[place] == segment, "two segments at one position"
        elif place is not None:
            self.kept[place] = segment
            self.came.append(place)

    def page(self, segments: list[Any]) -> None:
        """Older ones, by HTTP."""
        for segment in segments:
            self.kept[segment["position"]] = segment

    def texts(self) -> list[str]:
        """In the order of their positions, which must be without holes."""
        assert sorted(self.kept) == list(range(1, len(self.kept) + 1))
        newest: dict[str, Any] = {}
        for _, segment in sorted(self.kept.items()):
            newest[segment["id"]] = segment
        return [segment["text"] for segment in newest.values()]


class Page:
    """A reader with a real Socket.IO client, which connects again by itself; reads one track at a time."""

    def __init__(self) -> None:
        self.tracks = {name: Track() for name in TRACKS}
        self.reading = TRACKS[0]
        self.sio = socketio.AsyncClient(reconnection_delay=0.02, reconnection_delay_max=0.1, randomization_factor=0)
        self.connections = 0
        self.wrong: list[AssertionError] = []
        self._news = asyncio.Event()
        self.sio.on("captions", self._hear)
        self.sio.on("connect", self._enter)

    def _hear(self, frame: Any) -> None:
        try:
            self.tracks[frame["track"]].hear(frame)
        except AssertionError as wrong:
            self.wrong.append(wrong)
        self._news.set()

    def _enter(self) -> None:
        self.connections += 1
        self._news.set()
        # What was open when the line broke may have ended meanwhile.
        for track in self.tracks.values():
            track.open.clear()
        self.sio.start_background_task(self._follow)

    async def choose(self, name: str) -> None:
        """Reads this track, from where it was left."""
        self.reading = name
        await self._follow()

    async def _follow(self) -> None:
        """Whoever is cut off meanwhile asks again when connected."""
        position = self.tracks[self.reading].position
        since = {} if position is None else {self.reading: position}
        with suppress(socketio.exceptions.SocketIOError):
            await self.sio.emit("follow", {"tracks": [self.reading], "since": since}, callback=self._answered)

    def _answered(self, answer: Any) -> None:
        if not answer["ok"]:
            self.wrong.append(AssertionError(answer))

    async def until_at(self, name: str, position: int) -> None:
        async with asyncio.timeout(20):
            while (self.tracks[name].position or 0) < position:
                assert not self.wrong, self.wrong
                self._news.clear()
                await self._news.wait()

    async def until_connected(self, times: int) -> None:
        async with asyncio.timeout(20):
            while self.connections < times:
                self._news.clear()
                await self._news.wait()


class Voice:
    """What is said in one language: partials and finals, and now and then a correction of an earlier one."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, language: str) -> None:
        self._socket, self._language = socket, language
        self.said: dict[str, str] = {}
        self.positions = 0

    async def say(self, count: int) -> None:
        for _ in range(count):
            number = len(self.said)
            text = f"{self._language} {number}: all human beings are born free"
            if number % 3 == 0:
                await self._send(number, "partial", 1, text[:9])
            await self._send(number, "final", 2, text)
            if number % 10 == 9:
                await self._send(number - 5, "corrected", 3, f"{self._language} {number - 5}, corrected")

    async def _send(self, number: int, status: str, revision: int, text: str) -> None:
        caption = {"segment_id": str(number), "status": status, "revision": revision, "text": text}
        await self._socket.send_json(caption)
        if status != "partial":
            self.positions += 1
            self.said[str(number)] = text


@asynccontextmanager
async def voices(here: Server, session: Consultation) -> AsyncIterator[dict[str, Voice]]:
    async with aiohttp.ClientSession() as http:
        speaking = {}
        for language, feed in FEEDS.items():
            headers = {"Authorization": f"Bearer {session.secrets[feed]}"}
            socket = await http.ws_connect(f"{here.url}/feeds/{session.id}/{feed}", headers=headers)
            speaking[language] = Voice(socket, language)
        yield speaking


@asynccontextmanager
async def page(url: str, session: Consultation, client: str) -> AsyncIterator[Page]:
    reader = Page()
    auth = {"session": session.id, "token": session.tokens["attendee"], "client": client}
    await reader.sio.connect(url, auth=auth, transports=["websocket"], wait_timeout=PATIENCE_S)
    try:
        yield reader
    finally:
        await reader.sio.shutdown()


async def older(url: str, session: Consultation, reader: Page) -> None:
    """Scrolls back to the beginning of both tracks."""
    headers = {"Authorization": f"Bearer {session.tokens['attendee']}"}
    async with aiohttp.ClientSession(headers=headers) as http:
        for name, track in reader.tracks.items():
            while (first := min(track.kept)) > 1:
                path = f"{url}/api/sessions/{session.id}/captions/{name}?before={first}"
                async with http.get(path) as answer:
                    track.page((await answer.json())["segments"])


@pytest.mark.timeout(180)
async def test_promise_4_a_reader_cut_off_twenty_times_holds_what_one_holds_who_never_was(tmp_path: Path) -> None:
    async with open_engine(tmp_path) as engine:
        session = await prepare(engine)
    chance = random.Random(SEED)
    async with (
        server(tmp_path) as first,
        server(tmp_path) as second,
        connected(first.url, "s1", session.tokens["mia"]) as mia,
        line_to(port(first)) as (line, address),
        voices(second, session) as speaking,
        page(first.url, session, "whole") as whole,
        page(address, session, "cut") as cut,
    ):
        await mia.until("view", lambda view: view["state"] == "open")
        assert (await mia.command("start", "start_session"))["ok"]
        for number in range(CUTS):
            await speak(speaking, chance.randrange(EACH_TIME))
            await whole.choose(TRACKS[number % 2])
            cut.sio.start_background_task(cut.choose, chance.choice(TRACKS))
            await interrupted(line, cut, speaking, port(chance.choice((first, second))))
        for reader in (cut, whole):
            await read_all(reader, speaking, first.url, session)
        assert cut.connections == CUTS + 1
        async with page(second.url, session, "late") as late:
            await read_all(late, speaking, second.url, session)
    for name in TRACKS:
        assert cut.tracks[name].kept == whole.tracks[name].kept == late.tracks[name].kept
        assert cut.tracks[name].texts() == list(speaking[name].said.values())
        assert cut.tracks[name].came == sorted(set(cut.tracks[name].came)), "once, and in order"
        assert not cut.tracks[name].open


async def speak(speaking: dict[str, Voice], count: int) -> None:
    for voice in speaking.values():
        await voice.say(count)


async def interrupted(line: Line, reader: Page, speaking: dict[str, Voice], then: int) -> None:
    """The line breaks while they speak, and carries again, to a server that may be another."""
    line.cut()
    await speak(speaking, EACH_TIME)
    line.mend(then)
    await reader.until_connected(reader.connections + 1)


async def read_all(reader: Page, speaking: dict[str, Voice], url: str, session: Consultation) -> None:
    """Everything of both tracks: the newest as they come, the older ones by scrolling back."""
    for name, voice in speaking.items():
        await reader.choose(name)
        await reader.until_at(name, voice.positions)
    await older(url, session, reader)


def port(here: Server) -> int:
    found = urlsplit(here.url).port
    assert found
    return found
