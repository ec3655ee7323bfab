"""`/feeds/SESSION/FEED/streamtext?key=SECRET`, to which StreamText pushes what is typed."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import hdrs, web

from isegoria.edges.gate import Ingest
from isegoria.edges.ingest.posts import address_in_path, admitted
from isegoria.feeds import streamtext


async def post(ingest: Ingest, request: web.Request) -> web.Response:
    """Takes characters. A retry is answered like the first. Raises Answer."""
    received = await admitted(ingest, request, address_in_path(request))
    seq = received.number(HTTPStatus.BAD_REQUEST)
    lang = received.lang or request.headers.get(hdrs.CONTENT_LANGUAGE)
    body = await received.body(streamtext.LARGEST)
    await received.take(lambda state: streamtext.accept(state, seq, lang, body), streamtext.MODE)
    return web.Response(text="")
