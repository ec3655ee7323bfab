"""Where caption feeds come in: one file for each way, all through the same gate (edges/gate.py).

Whatever a feed sends, nothing raises past here: what cannot be used is refused in the feed's own protocol, or dropped
with one line in the log, and counted. Captions themselves never stand in a log.
"""

from __future__ import annotations

from functools import partial

from aiohttp import web

from isegoria.edges.feed_socket import feed_socket
from isegoria.edges.gate import Ingest
from isegoria.edges.ingest import cart, closedcaption, streamtext, webvtt
from isegoria.edges.ingest.posts import answering, expected

__all__ = ["Ingest", "routes"]


def routes(ingest: Ingest) -> list[web.RouteDef]:
    """Those at the host's root must be there: some programs replace the whole path of the address that they get."""
    stream = partial(webvtt.stream, ingest)
    return [
        web.post("/closedcaption", partial(answering, closedcaption.post, ingest), expect_handler=expected),
        web.get("/closedcaption/seq", partial(answering, closedcaption.last, ingest), allow_head=False),
        web.post("/cartcaption", partial(answering, cart.post, ingest), expect_handler=expected),
        web.get("/feeds/{session}/{feed}", partial(feed_socket, ingest), allow_head=False),
        web.post(
            "/feeds/{session}/{feed}/streamtext", partial(answering, streamtext.post, ingest), expect_handler=expected
        ),
        web.post("/feeds/{session}/{feed}/webvtt", stream),
        web.put("/feeds/{session}/{feed}/webvtt", stream),
    ]
