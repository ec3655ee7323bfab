"""Where caption feeds come in: the Zoom-compatible endpoint at the host's root, and our own WebSocket.

Whatever a feed sends, nothing raises past here: what cannot be used is refused in the feed's own protocol, or dropped
with one line in the log, and counted. Captions themselves never stand in a log.
"""

from __future__ import annotations

import asyncio
from functools import partial
from http import HTTPStatus

from aiohttp import web

from isegoria.domain.captions import Feed
from isegoria.domain.errors import Refused
from isegoria.edges.feed_socket import feed_socket
from isegoria.edges.gate import AWAY, NOT_KNOWN, NOT_STARTED, Answer, Ingest, feed_of
from isegoria.feeds import zoom
from isegoria.live.intake import Intake
from isegoria.store.errors import EngineAway

__all__ = ["Ingest", "routes"]

LARGEST_BODY = 65_536
BODY_S = 10.0
TOO_LARGE = f"A caption may have {LARGEST_BODY} bytes. Send it in parts."
TOO_MANY = "More came in than a feed may send. Wait a second and send it again."


def routes(ingest: Ingest) -> list[web.RouteDef]:
    return [
        web.post("/closedcaption", partial(_post, ingest), expect_handler=_expected),
        web.get("/closedcaption/seq", partial(_last, ingest), allow_head=False),
        web.get("/feeds/{session}/{feed}", partial(feed_socket, ingest), allow_head=False),
    ]


async def _post(ingest: Ingest, request: web.Request) -> web.Response:
    try:
        return await _caption(ingest, request)
    except Answer as answer:
        return answer.response()


async def _caption(ingest: Ingest, request: web.Request) -> web.Response:
    """Takes a caption. The answer is the server's time, for a retry as for the first."""
    feed, intake = await _admitted(ingest, request)
    seq = zoom.sequence(request.query)
    if seq is None:
        raise Answer(HTTPStatus.FORBIDDEN, "The sequence number is missing. Send seq=1 with the first caption.")
    lang = request.query.get("lang")
    try:
        if not await ingest.limiter.hit(ingest.per_feed, request.query["id"], feed.id):
            raise Answer(HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY)
        body = await _body(request)
    except Answer as answer:
        intake.drop(feed, answer.status.phrase)
        raise
    try:
        await intake.take(feed, lambda state: zoom.accept(state, seq, lang, body), zoom.MODE)
    except (EngineAway, Refused):
        raise Answer(HTTPStatus.SERVICE_UNAVAILABLE, AWAY) from None
    return web.Response(text=zoom.timestamp(ingest.now()))


async def _last(ingest: Ingest, request: web.Request) -> web.Response:
    """The last sequence number that was accepted; 0 before the first."""
    try:
        feed, intake = await _admitted(ingest, request)
        return web.Response(text=str((await intake.remembered(feed)).seq or 0))
    except Answer as answer:
        return answer.response()
    except EngineAway:
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text=AWAY)


async def _admitted(ingest: Ingest, request: web.Request) -> tuple[Feed, Intake]:
    """The feed of an address, in a session that takes captions now. Raises Answer."""
    address = zoom.address(request.query)
    if address is None:
        raise Answer(HTTPStatus.FORBIDDEN, NOT_KNOWN)
    feed = await feed_of(ingest, request, address.session, address.feed, address.secret)
    intake = ingest.intakes(address.session)
    if intake is None or not intake.is_open(feed):
        raise Answer(HTTPStatus.BAD_REQUEST, NOT_STARTED)
    return feed, intake


async def _body(request: web.Request) -> bytes:
    """The body. Of one that is too large no more than the limit is read. Raises Answer."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
    read = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.content.iter_any():
                read += chunk
                if len(read) > LARGEST_BODY:
                    raise Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
    except (TimeoutError, web.RequestPayloadError, ConnectionError):
        raise Answer(HTTPStatus.BAD_REQUEST, "The caption did not come whole. Send it again.") from None
    return bytes(read)


async def _expected(request: web.Request) -> web.StreamResponse | None:
    """Whoever asks before sending too much is told so before."""
    if (request.content_length or 0) > LARGEST_BODY:
        return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text=TOO_LARGE)
    await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    request.writer.output_size = 0
    return None
