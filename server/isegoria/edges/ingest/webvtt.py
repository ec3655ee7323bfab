"""`/feeds/SESSION/FEED/webvtt?key=SECRET`: WebVTT over one request that lasts as long as its program runs.

A cue is kept before more is read, so that an engine that is away makes the program wait and loses nothing. A feed has
one such request: a new one ends the one before, whose program may have gone without saying so.
"""

from __future__ import annotations

import asyncio
import secrets
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import web

from isegoria.domain.errors import Refused
from isegoria.edges.gate import AWAY, NOT_STARTED, Answer, Ingest
from isegoria.edges.ingest.posts import Post, address_in_path, admitted
from isegoria.feeds import webvtt_stream
from isegoria.feeds.languages import language_tag
from isegoria.feeds.webvtt_stream import Reader, Shown, Skipped
from isegoria.store.errors import EngineAway

LOG = structlog.get_logger(__name__)

AHEAD = 16
"""Chunks that are read before those that came earlier are kept."""
ANOTHER = "Another request for this feed came, and is read instead."


async def stream(ingest: Ingest, request: web.Request) -> web.Response:
    """Takes cues until the request ends, or may go on no longer."""
    try:
        await _read(ingest, await admitted(ingest, request, address_in_path(request)))
    except Answer as answer:
        return await _broken_off(request, answer)
    return web.Response(text="")


async def _read(ingest: Ingest, received: Post) -> None:
    """Raises Answer."""
    key = received.session, received.feed.id
    if before := ingest.streams.get(key):
        before.set_result(Answer(HTTPStatus.CONFLICT, ANOTHER))
    ending = ingest.streams[key] = asyncio.get_running_loop().create_future()
    try:
        await _Run(received, ending).read()
    finally:
        if ingest.streams.get(key) is ending:
            del ingest.streams[key]


async def _broken_off(request: web.Request, answer: Answer) -> web.Response:
    """Whoever is answered before the end of what they send goes on sending: the connection ends, too."""
    response = answer.response()
    response.force_close()
    await response.prepare(request)
    await response.write_eof()
    if request.transport:
        request.transport.close()
    return response


class _Run:
    """What one request sends. `ending` is done when it should end, with the answer to give."""

    def __init__(self, post: Post, ending: asyncio.Future[Answer]) -> None:
        self._post, self._ingest, self._ending = post, post.ingest, ending
        self._name = secrets.token_hex(4)
        self._language = language_tag(post.lang)

    async def read(self) -> None:
        """Raises Answer."""
        reader, chunks = Reader(), asyncio.Queue[bytes](AHEAD)
        reading = asyncio.create_task(self._read_ahead(chunks))
        try:
            while data := await self._next(chunks):
                for one in reader.feed(data, self._ingest.now()):
                    await self._hear(one)
            if await reading:
                for one in reader.end(self._ingest.now()):
                    await self._hear(one)
        finally:
            reading.cancel()

    async def _read_ahead(self, chunks: asyncio.Queue[bytes]) -> bool:
        """Reads as it comes, since what a program sent before it hangs up is lost if it was not read by then.

        Whether the request came whole.
        """
        whole = True
        try:
            async for data in self._post.request.content.iter_any():
                await chunks.put(data)
        except (web.RequestPayloadError, ConnectionError):
            LOG.info("feed_connection_broke", session=self._post.session, feed=self._post.feed.id)
            whole = False
        await chunks.put(b"")
        return whole

    async def _next(self, chunks: asyncio.Queue[bytes]) -> bytes:
        """What comes next, however long it takes; nothing at the end."""
        getting = asyncio.create_task(chunks.get())
        try:
            either: list[asyncio.Future[Any]] = [getting, self._ending]
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            self._go_on()
            return await getting
        finally:
            getting.cancel()

    async def _hear(self, one: Shown | Skipped) -> None:
        if isinstance(one, Skipped):
            self._post.intake.drop(self._post.feed, one.reason)
        else:
            await self._keep(one)

    async def _keep(self, shown: Shown) -> None:
        if not await self._ingest.limiter.hit(self._ingest.per_feed, self._post.session, self._post.feed.id):
            await self._pause(1)
        for _ in range(self._ingest.patience):
            try:
                return await self._take(shown)
            except (EngineAway, Refused):
                await self._pause(self._ingest.retry_s)
        self._post.intake.drop(self._post.feed, "engine away")
        raise Answer(HTTPStatus.SERVICE_UNAVAILABLE, AWAY)

    async def _take(self, shown: Shown) -> None:
        """The session is looked up each time: it may have been read afresh, closed, or archived meanwhile."""
        feed, intake = self._post.feed, self._ingest.intakes(self._post.session)
        if intake is None or not intake.is_open(feed):
            raise Answer(HTTPStatus.BAD_REQUEST, NOT_STARTED)
        await intake.take(
            feed,
            lambda state: webvtt_stream.captions(state, shown, self._name, self._language, feed.lag),
            webvtt_stream.MODE,
        )

    async def _pause(self, seconds: float) -> None:
        await asyncio.wait({self._ending}, timeout=seconds)
        self._go_on()

    def _go_on(self) -> None:
        if self._ending.done():
            raise self._ending.result()
