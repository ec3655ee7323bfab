"""`/cartcaption` at the host's root, as CART captioners know it from Teams: a line for each post, and its own codes."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from isegoria.edges.gate import NOT_KNOWN, NOT_STARTED, Answer, Ingest
from isegoria.edges.ingest.posts import admitted
from isegoria.feeds import cart

_STATUS = {NOT_KNOWN: HTTPStatus.UNAUTHORIZED, NOT_STARTED: HTTPStatus.NOT_FOUND}


async def post(ingest: Ingest, request: web.Request) -> web.Response:
    """Takes a line. 400 a parameter is missing, 401 the token is wrong, 404 the session is not open. Raises Answer."""
    address = cart.address(request.query)
    if address is None:
        raise Answer(HTTPStatus.BAD_REQUEST, NOT_KNOWN)
    try:
        received = await admitted(ingest, request, address)
    except Answer as answer:
        raise Answer(_STATUS.get(answer.text, answer.status), answer.text) from None
    lang, body = received.lang, await received.body()
    await received.take(lambda state: cart.accept(state, lang, body), cart.MODE)
    return web.Response(text="")
