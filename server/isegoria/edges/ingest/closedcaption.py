"""`/closedcaption` at the host's root, as programs know it from Zoom and, told apart by `cid`, from YouTube."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from isegoria.edges.gate import AWAY, Answer, Ingest
from isegoria.edges.ingest.posts import Post, admitted
from isegoria.feeds import rolling, youtube, zoom
from isegoria.feeds.addresses import Address
from isegoria.store.errors import EngineAway


async def post(ingest: Ingest, request: web.Request) -> web.Response:
    """Takes a caption. The answer is the server's time, for a retry as for the first. Raises Answer."""
    received = await admitted(ingest, request, _address(request))
    await (_youtube if "cid" in request.query else _zoom)(received)
    return web.Response(text=zoom.timestamp(ingest.now()))


async def last(ingest: Ingest, request: web.Request) -> web.Response:
    """The last sequence number that was accepted; 0 before the first. Raises Answer."""
    asked = await admitted(ingest, request, _address(request))
    try:
        return web.Response(text=str((await asked.intake.remembered(asked.feed)).seq or 0))
    except EngineAway:
        raise Answer(HTTPStatus.SERVICE_UNAVAILABLE, AWAY) from None


def _address(request: web.Request) -> Address | None:
    return youtube.address(request.query) if "cid" in request.query else zoom.address(request.query)


async def _zoom(post: Post) -> None:
    feed = rolling if post.feed.rolls_up else zoom
    seq, lang, body = post.number(HTTPStatus.FORBIDDEN), post.lang, await post.body()
    await post.take(lambda state: feed.accept(state, seq, lang, body), feed.MODE)


async def _youtube(post: Post) -> None:
    """A heartbeat needs no number; it is a sign of life."""
    lang, body, now = post.lang, await post.body(), post.ingest.now()
    seq = 0 if youtube.is_heartbeat(body) else post.number(HTTPStatus.BAD_REQUEST)
    await post.take(lambda state: youtube.accept(state, seq, lang, body, now), youtube.MODE)
