"""Who comes by WebSocket is let in before aiohttp hears of them: one pattern reads what all clients ask.

aiohttp makes a parser, a task, a request, its URL and an answer for each connection, and asks routes and middlewares:
140 of the 450 us that a join took, for a handshake that is the same for all but its key. Only what is just that is
taken here, and only if nothing is to be said against it; all else goes to aiohttp as it came.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol, cast

from aiohttp import web
from multidict import CIMultiDict

from isegoria.edges.pulse import Delay
from isegoria.edges.turnstile import Turnstile
from isegoria.edges.websocket import Listener, WebSocket, is_handshake, take_over

LONGEST_HEAD = 8_190
"""Bytes, as aiohttp takes a line."""
SILENT_S = 60.0
"""How long a connection may be open before it says anything: browsers open some that they may need."""
_NAME, _VALUE = r"[!#$%&'*+.^_`|~0-9A-Za-z-]++", r"[ -~\t]*+"
_HEAD = re.compile(rf"GET ([!-~]++) HTTP/1\.1\r\n(?:{_NAME}:{_VALUE}\r\n)++\r\n".encode())
_FIELD = re.compile(rf"\n({_NAME}):[ \t]*+({_VALUE})\r")
_WITH_BODY = frozenset({"content-length", "transfer-encoding", "expect"})


class Handshake:
    """A request for a WebSocket. `remote` and `headers` are as aiohttp's request has them."""

    __slots__ = ("_early", "_transport", "headers", "remote")

    def __init__(self, transport: Any, headers: CIMultiDict[str], early: bytes) -> None:
        peer = transport.get_extra_info("peername")
        self.remote: str | None = peer[0] if isinstance(peer, tuple) else peer
        self.headers = headers
        self._transport, self._early = transport, early

    def accept(self, listener: Listener, most: int, queued: int) -> WebSocket:
        """See `websocket.accept`."""
        socket = take_over(self._transport, self.headers, listener, most, queued)
        self._transport.set_protocol(socket)
        return socket

    def go_on(self, socket: WebSocket) -> None:
        """With what came right behind the request."""
        if self._early:
            socket.data_received(self._early)


class Greeter(Protocol):
    def greet(self, asked: Handshake) -> bool:
        """Lets a WebSocket in, or tells that it did not, and left no trace."""


GREETERS = web.AppKey("greeters", Mapping[str, Greeter])
"""By path."""


def read(data: bytes, transport: Any, greeters: Mapping[str, Greeter]) -> tuple[Greeter, Handshake] | None:
    """A new Engine.IO 4 session by WebSocket, if that is all there is to it."""
    found = _HEAD.match(data)
    if found is None or found.end() > LONGEST_HEAD:
        return None
    path, _, query = found[1].decode().partition("?")
    greeter = greeters.get(path)
    if greeter is None or not _is_new_session(query):
        return None
    fields = _FIELD.findall(found[0].decode())
    headers = CIMultiDict[str](fields)
    names = {name.lower() for name, _ in fields}
    if len(names) < len(fields) or names & _WITH_BODY or not is_handshake(headers):
        return None
    return greeter, Handshake(transport, headers, data[found.end() :])


@lru_cache(maxsize=64)
def _is_new_session(query: str) -> bool:
    pairs = [pair.partition("=")[::2] for pair in query.split("&")]
    asked = dict(pairs)
    if "%" in query or "+" in query or len(asked) < len(pairs) or "sid" in asked or "j" in asked:
        return False
    return asked.get("EIO") == "4" and asked.get("transport") == "websocket"


class Newcomer:
    """A connection that has not said what it wants."""

    __slots__ = ("_reception", "_said", "_transport")

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._transport: Any = None
        self._said = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._reception.waiting.set(self)

    def data_received(self, data: bytes) -> None:
        is_first, self._said = not self._said, self._said + data
        if is_first:
            self._reception.waiting.unset(self)
            self._reception.coming.do(self._go_in)

    def _go_in(self) -> None:
        if not self._transport.is_closing():
            self._reception.show_in(self._transport, self._said)

    def eof_received(self) -> None:
        """It closes."""

    def pause_writing(self) -> None:
        """Nothing is written to it."""

    def resume_writing(self) -> None:
        """The same."""

    def connection_lost(self, _: Exception | None) -> None:
        self._reception.waiting.unset(self)

    def close(self) -> None:
        self._transport.close()


class Reception:
    """As aiohttp's server, which is behind it: makes the protocol of a new connection."""

    def __init__(self, behind: web.Server, greeters: Mapping[str, Greeter]) -> None:
        self._behind, self._greeters = behind, greeters
        self.waiting = Delay(SILENT_S, Newcomer.close)
        self.coming = Turnstile()

    def __call__(self) -> Newcomer:
        return Newcomer(self)

    def show_in(self, transport: Any, data: bytes) -> None:
        asked = read(data, transport, self._greeters)
        if asked and asked[0].greet(asked[1]):
            return
        handler = self._behind()
        transport.set_protocol(handler)
        handler.connection_made(transport)
        handler.data_received(data)

    def pre_shutdown(self) -> None:
        for newcomer in self.waiting.all():
            newcomer.close()
        self._behind.pre_shutdown()

    async def shutdown(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - aiohttp's signature
        await self._behind.shutdown(timeout)


class Runner(web.AppRunner):
    """Runs an application with the reception before it, for all that was attached to it."""

    async def _make_server(self) -> web.Server:
        behind = await super()._make_server()
        return cast("web.Server", Reception(behind, self.app.get(GREETERS, {})))
