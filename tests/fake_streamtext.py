"""A server that answers as StreamText's caption address is known to, on loopback. Made from the wire format alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

PATIENCE_S = 20.0
BACKSPACE = "\b"


class FakeStreamText:
    """One event, in which a captioner types. `answers` replace what is said, one each, in order."""

    def __init__(self) -> None:
        self.url = ""
        self.typed: str | None = ""
        """None: the event is idle."""
        self.asked: list[dict[str, str]] = []
        self.answers: list[Callable[[], web.StreamResponse]] = []
        self.broken = False
        """Whether every question is answered with 503."""
        self._news = asyncio.Event()

    def type(self, text: str) -> None:
        self.typed = (self.typed or "") + text

    async def read(self) -> None:
        """Waits until all that was typed is dealt with: the last question comes after that."""
        await self.until(lambda: self.asked[-1:] != [] and self.asked[-1]["last"] == str(len(self.typed or "")))

    async def questions(self, count: int) -> None:
        """Waits until there were so many more."""
        already = len(self.asked)
        await self.until(lambda: len(self.asked) >= already + count)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self._news.clear()
                await self._news.wait()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.query))
        self._news.set()
        if self.broken:
            return web.Response(status=503, text="Later.")
        if self.answers:
            return self.answers.pop(0)()
        if self.typed is None:
            return web.json_response({"content": "", "lastPosition": -1}, status=404)
        last, length = int(request.query["last"]), int(request.query["length"])
        since = len(self.typed) if last == -1 else min(last, len(self.typed))
        content = self.typed[since : since + length]
        said = {"content": content, "lastPosition": since + len(content), "languageCode": "en", "new": 1}
        return web.json_response(said)


@asynccontextmanager
async def fake_streamtext() -> AsyncIterator[FakeStreamText]:
    streamtext = FakeStreamText()
    app = web.Application()
    app.router.add_get("/captions", streamtext.answer)
    server = TestServer(app)
    await server.start_server()
    streamtext.url = str(server.make_url("/captions"))
    try:
        yield streamtext
    finally:
        await server.close()
