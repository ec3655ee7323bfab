"""A server that speaks as Wordly's is known to, on loopback: it says what a test tells it to, when it is told.

Made from the wire format alone. It shows that our side keeps to that, not that Wordly does.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

PATIENCE_S = 20.0


@dataclass(eq=False)
class Attendee:
    """One socket, and what came over it."""

    socket: web.WebSocketResponse
    request: web.Request
    language: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    pings: int = 0
    pongs: int = 0


class FakeWordly:
    """`refusal`: why nobody is let in, if nobody is. `answers_pings`: whether it gives signs of life."""

    def __init__(self) -> None:
        self.url = ""
        self.code, self.passcode = "ABCD-1234", ""
        self.refusal: str | None = None
        self.answers_pings = True
        self.status_is_sent = True
        self.lets_go = asyncio.Event()
        """Until this is set nobody's goodbye is answered."""
        self.lets_go.set()
        self.attempts = 0
        self.attendees: list[Attendee] = []
        """Those that were let in and are still there."""
        self.gone: list[Attendee] = []
        self._news = asyncio.Event()

    # --- what a test tells it to do ------------------------------------------------------------------

    async def attendee(self, language: str) -> Attendee:
        """Waits for the one who attends in a language."""
        await self.until(lambda: len(self.of(language)) == 1)
        return self.of(language)[0]

    def of(self, language: str) -> list[Attendee]:
        return [one for one in self.attendees if one.language == language]

    async def say(self, language: str, message: dict[str, Any] | str | bytes) -> None:
        """Says something as it stands, and waits until it was dealt with: a ping behind it is answered in order."""
        one = await self.attendee(language)
        with suppress(ConnectionError):
            if isinstance(message, bytes):
                await one.socket.send_bytes(message)
            else:
                await one.socket.send_str(message if isinstance(message, str) else json.dumps(message))
            await self.settled(one)

    async def phrase(self, language: str, name: str, text: str, *, final: bool = False, **more: Any) -> None:
        said: dict[str, Any] = {
            "type": "phrase",
            "phraseId": name,
            "speakerId": "s1",
            "speakerTag": "1",
            "name": "Ana Example",
        }
        said |= {"translatedText": text, "translatedLanguageCode": language, "isFinal": final, **more}
        await self.say(language, said)

    async def settled(self, one: Attendee) -> None:
        """Waits until all that was said is dealt with, or the connection is over."""
        answered = one.pongs
        await one.socket.ping()
        await self.until(lambda: one.pongs > answered or one in self.gone)

    def drop(self, one: Attendee) -> None:
        """As when the line breaks: nothing is said."""
        assert one.request.transport
        one.request.transport.abort()

    async def dropped(self, language: str) -> Attendee:
        """Breaks the line in a language, and waits for who comes again."""
        one = await self.attendee(language)
        self.drop(one)
        await self.until(lambda: one in self.gone)
        return await self.attendee(language)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits for something that changes when somebody comes, goes or says something; fails when it takes long."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self._news.clear()
                await self._news.wait()

    # --- the protocol --------------------------------------------------------------------------------

    async def serve(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(autoping=False, max_msg_size=65_536)
        await socket.prepare(request)
        one = Attendee(socket, request)
        self.attempts += 1
        self._happened()
        try:
            async for message in socket:
                await self._hear(one, message)
                self._happened()
        except ConnectionError:
            pass
        finally:
            if one in self.attendees:
                self.attendees.remove(one)
            self.gone.append(one)
            self._happened()
        return socket

    async def _hear(self, one: Attendee, message: Any) -> None:
        match message.type:
            case WSMsgType.PING:
                one.pings += 1
                if self.answers_pings:
                    await one.socket.pong(message.data)
            case WSMsgType.PONG:
                one.pongs += 1
            case WSMsgType.TEXT:
                said = json.loads(message.data)
                one.heard.append(said)
                await self._answer(one, said)
            case _:
                pass

    async def _answer(self, one: Attendee, said: dict[str, Any]) -> None:
        match said["type"]:
            case "connect":
                await self._let_in(one, said)
            case "change":
                one.language = said["languageCode"]
            case "disconnect":
                self._happened()
                await self.lets_go.wait()
                await one.socket.close()
            case _:
                pass

    async def _let_in(self, one: Attendee, said: dict[str, Any]) -> None:
        refusal = self.refusal
        if refusal is None and said.get("presentationCode") != self.code:
            refusal = "No such presentation."
        if refusal is None and said.get("accessKey", "") != self.passcode:
            refusal = "Wrong access key."
        if self.status_is_sent:
            await one.socket.send_json({"type": "status", "success": refusal is None, "message": refusal or "ok"})
        if refusal is None:
            one.language = said["languageCode"]
            self.attendees.append(one)

    def _happened(self) -> None:
        self._news.set()


@asynccontextmanager
async def fake_wordly(path: str = "/attend") -> AsyncIterator[FakeWordly]:
    wordly = FakeWordly()
    app = web.Application()
    app.router.add_get(path, wordly.serve)
    server = TestServer(app)
    await server.start_server()
    wordly.url = str(server.make_url(path)).replace("http", "ws", 1)
    try:
        yield wordly
    finally:
        for one in list(wordly.attendees):
            wordly.drop(one)
        await server.close()
