"""What the endpoints that captions are posted to have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from aiohttp import web

from isegoria.domain.captions import Feed, Mode
from isegoria.domain.errors import Refused
from isegoria.edges.gate import AWAY, NOT_KNOWN, NOT_STARTED, Answer, Ingest, feed_of
from isegoria.feeds.addresses import Address
from isegoria.feeds.numbered import sequence
from isegoria.live.intake import Intake, Step
from isegoria.store.errors import EngineAway

LARGEST_BODY = 65_536
BODY_S = 10.0
TOO_LARGE = "A caption may have {limit} bytes. Send it in parts."
TOO_MANY = "More came in than a feed may send. Wait a second and send it again."

Handler: TypeAlias = Callable[[Ingest, web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Post:
    """A request of a feed that may send captions now."""

    ingest: Ingest
    request: web.Request
    session: str
    feed: Feed
    intake: Intake

    @property
    def lang(self) -> str | None:
        return self.request.query.get("lang")

    def number(self, missing: HTTPStatus) -> int:
        """The sequence number. Raises Answer, with the status that the protocol has for one that is missing."""
        with self._counted():
            seq = sequence(self.request.query)
            if seq is None:
                raise Answer(missing, "The sequence number is missing. Send seq=1 with the first caption.")
            return seq

    async def body(self, limit: int = LARGEST_BODY) -> bytes:
        """The body, if the feed may send that much, that often. Raises Answer."""
        with self._counted():
            if not await self.ingest.limiter.hit(self.ingest.per_feed, self.session, self.feed.id):
                raise Answer(HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY)
            return await _read(self.request, limit)

    async def take(self, step: Step, mode: Mode) -> None:
        """Raises Answer if the engine is away: whoever posts sends it again."""
        try:
            await self.intake.take(self.feed, step, mode)
        except (EngineAway, Refused):
            raise Answer(HTTPStatus.SERVICE_UNAVAILABLE, AWAY) from None

    @contextmanager
    def _counted(self) -> Iterator[None]:
        try:
            yield
        except Answer as answer:
            self.intake.drop(self.feed, answer.status.phrase)
            raise


async def answering(handler: Handler, ingest: Ingest, request: web.Request) -> web.Response:
    try:
        return await handler(ingest, request)
    except Answer as answer:
        return answer.response()


async def admitted(ingest: Ingest, request: web.Request, address: Address | None) -> Post:
    """Raises Answer if the address is not a feed's, or its session takes no captions now."""
    if address is None:
        raise Answer(HTTPStatus.FORBIDDEN, NOT_KNOWN)
    feed = await feed_of(ingest, request, address.session, address.feed, address.secret)
    intake = ingest.intakes(address.session)
    if intake is None or not intake.is_open(feed):
        raise Answer(HTTPStatus.BAD_REQUEST, NOT_STARTED)
    return Post(ingest, request, address.session, feed, intake)


def address_in_path(request: web.Request) -> Address | None:
    """That of `/feeds/SESSION/FEED/...?key=SECRET`."""
    key = request.query.get("key", "")
    return Address(request.match_info["session"], request.match_info["feed"], key) if key else None


async def expected(request: web.Request) -> web.StreamResponse | None:
    """Whoever asks before sending too much is told so before."""
    if (request.content_length or 0) > LARGEST_BODY:
        return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text=TOO_LARGE.format(limit=LARGEST_BODY))
    await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    request.writer.output_size = 0
    return None


async def _read(request: web.Request, limit: int) -> bytes:
    """The body. Of one that is too large no more than the limit is read. Raises Answer."""
    if (request.content_length or 0) > limit:
        raise Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE.format(limit=limit))
    read = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.content.iter_any():
                read += chunk
                if len(read) > limit:
                    raise Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE.format(limit=limit))
    except (TimeoutError, web.RequestPayloadError, ConnectionError):
        raise Answer(HTTPStatus.BAD_REQUEST, "The caption did not come whole. Send it again.") from None
    return bytes(read)
