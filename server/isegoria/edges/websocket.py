"""A WebSocket that aiohttp has let go of: the transport, one object, and nothing else for each connection (RFC 6455).

aiohttp's own keeps the request, its parser, a queue, two tasks and a dozen suspended calls for as long as it is open;
that is most of what a reader costs, and it stands between a frame and the transport. So `accept` takes the transport
over. This file is the seam to aiohttp: `tests/edges/test_websocket.py` and `test_replaced.py` notice when it moves.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from typing import Any, Protocol, cast

from aiohttp import WSCloseCode, WSMsgType, hdrs, web
from aiohttp._websocket.reader import WebSocketDataQueue
from aiohttp.http import WS_KEY, WebSocketError, WebSocketReader

CLOSING_S = 0.5
"""How long a closing WebSocket may take before its line is cut."""
VERSIONS = frozenset({"13", "8", "7"})
KEY_BYTES = 16
_FIN_TEXT, _FIN_BINARY, _FIN_CLOSE, _FIN_PONG = 0x81, 0x82, 0x88, 0x8A
_MASKED, _SIZE_IN_2_BYTES = 0x80, 126


class Listener(Protocol):
    """Who is at this end."""

    def hear(self, message: str | bytes) -> None: ...

    def hung_up(self) -> None:
        """The line is gone, or the peer closes it. Once, unless it was closed from here."""

    def said(self) -> None:
        """What was said has gone out: `write` may be used again."""

    def fell_behind(self) -> None:
        """The peer lets more wait than it may."""


# --- frames out ------------------------------------------------------------------------------------


def framed(message: str | bytes) -> bytes:
    """A server's frame: not masked, so that the same bytes serve everybody."""
    if isinstance(message, str):
        return _frame(_FIN_TEXT, message.encode())
    return _frame(_FIN_BINARY, message)


def _frame(first: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < _SIZE_IN_2_BYTES:
        head = bytes((first, size))
    elif size < 1 << 16:
        head = bytes((first, _SIZE_IN_2_BYTES)) + size.to_bytes(2)
    else:
        head = bytes((first, _SIZE_IN_2_BYTES + 1)) + size.to_bytes(8)
    return head + payload


# --- the handshake ---------------------------------------------------------------------------------


class TakenOver(web.StreamResponse):
    """What aiohttp is told of a request whose connection is none of its business any more."""

    def __init__(self) -> None:
        super().__init__(status=101)

    async def prepare(self, request: web.BaseRequest) -> None:
        """It was answered."""

    async def write_eof(self, data: bytes = b"") -> None:
        """It goes on."""


def accept(request: web.Request, listener: Listener, most: int, queued: int) -> WebSocket:
    """`most` is how long a message may be, `queued` how much may wait for the peer, both in bytes.

    Raises web.HTTPBadRequest on a handshake that is none, ConnectionError if the peer has gone.
    """
    if not is_handshake(request.headers):
        raise web.HTTPBadRequest
    handler, transport = request.protocol, request.transport
    if transport is None:
        raise ConnectionResetError("gone before it was answered")
    socket = take_over(transport, request.headers, listener, most, queued)
    # What came behind the request already goes to its parser.
    handler.set_parser(cast("Any", socket))
    transport.set_protocol(socket)
    # For aiohttp it has ended: it keeps nothing and says nothing of it, neither now nor then.
    handler.transport = handler.access_logger = None
    handler.connection_lost(None)
    return socket


def take_over(
    transport: asyncio.Transport, told: Mapping[str, str], listener: Listener, most: int, queued: int
) -> WebSocket:
    """Answers the handshake that these headers are. The transport's protocol is the caller's matter."""
    socket = WebSocket(transport, listener, most)
    socket.say(_answer(told[hdrs.SEC_WEBSOCKET_KEY]))
    transport.set_write_buffer_limits(high=queued)
    return socket


def is_handshake(told: Mapping[str, str]) -> bool:
    """As aiohttp judges it, without making the answer that is not used."""
    try:
        key = base64.b64decode(told.get(hdrs.SEC_WEBSOCKET_KEY, ""))
    except ValueError:
        return False
    return (
        told.get(hdrs.UPGRADE, "").strip().lower() == "websocket"
        and "upgrade" in told.get(hdrs.CONNECTION, "").lower()
        and told.get(hdrs.SEC_WEBSOCKET_VERSION) in VERSIONS
        and len(key) == KEY_BYTES
    )


def _answer(key: str) -> bytes:
    accepted = base64.b64encode(hashlib.sha1(key.encode() + WS_KEY, usedforsecurity=False).digest())
    head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    return head + b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n"


# --- the connection --------------------------------------------------------------------------------


class WebSocket(asyncio.Protocol):
    """One open WebSocket. `say` takes whole frames; so does `write`, at once, when nothing waits to be said."""

    __slots__ = (
        "_closing",
        "_ended",
        "_listener",
        "_loop",
        "_lost",
        "_most",
        "_reader",
        "_saying",
        "_transport",
        "write",
    )

    def __init__(self, transport: asyncio.Transport, listener: Listener, most: int) -> None:
        self._transport, self._listener, self._most = transport, listener, most
        # To ask for it is a call of the operating system.
        self._loop = asyncio.get_running_loop()
        self._reader: WebSocketReader | None = None
        self._closing = self._lost = False
        self._ended: asyncio.Future[None] | None = None
        self._saying: list[bytes] | None = None
        self.write = transport.write

    @property
    def quiet(self) -> bool:
        """Whether nothing waits to be said."""
        return self._saying is None

    @property
    def queued(self) -> int:
        """Bytes that wait for the peer on this side of the operating system."""
        return self._transport.get_write_buffer_size()

    def say(self, data: bytes) -> None:
        """What is said in one turn of the loop goes out together: each write is a call of the operating system."""
        if self._saying is None:
            self._saying = []
            self._loop.call_soon(self._utter)
        self._saying.append(data)

    def _utter(self) -> None:
        saying, self._saying = self._saying, None
        if saying and not self._lost:
            self.write(saying[0] if len(saying) == 1 else b"".join(saying))
            self._listener.said()

    def pause(self) -> None:
        self._transport.pause_reading()

    def resume(self) -> None:
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def close(self, code: int = WSCloseCode.OK, reason: str = "") -> None:
        """Says why to a peer that still reads. One that does not would hold the line as long as it likes: it is cut."""
        if self._closing:
            return
        self._closing = True
        self.say(_frame(_FIN_CLOSE, code.to_bytes(2) + reason.encode()))
        self._loop.call_later(2 * CLOSING_S, self._transport.abort)

    async def ended(self) -> None:
        """Waits until the line is gone."""
        if not self._lost:
            self._ended = self._ended or self._loop.create_future()
            await asyncio.shield(self._ended)

    # --- from the transport ---

    def data_received(self, data: bytes) -> None:
        at = 0
        while self._reader is None and at < len(data):
            message, end = _short_message(data, at, self._most)
            if message is None:
                # A size as aiohttp refuses it: one more than it takes.
                self._reader = WebSocketReader(_Messages(self), self._most + 1, compress=False, decode_text=True)
            else:
                self.heard(message)
                at = end
        if self._reader is not None:
            self._reader.feed_data(data[at:])

    def feed_data(self, data: bytes) -> tuple[bool, bytes]:
        """As aiohttp's parser, for what came before it let go."""
        self.data_received(data)
        return False, b""

    def feed_eof(self) -> None:
        """As aiohttp's parser."""

    def pause_writing(self) -> None:
        self._listener.fell_behind()

    def connection_lost(self, _: Exception | None) -> None:
        self._lost = True
        if self._ended and not self._ended.done():
            self._ended.set_result(None)
        if not self._closing:
            self._closing = True
            self._listener.hung_up()

    # --- from the peer ---

    def heard(self, message: str | bytes) -> None:
        if not self._closing:
            self._listener.hear(message)

    def asked(self, data: bytes) -> None:
        """A ping of the WebSocket."""
        if not self._closing:
            self.say(_frame(_FIN_PONG, data))

    def told_goodbye(self, code: int | None) -> None:
        if not self._closing:
            self.close(code or WSCloseCode.OK)
            self._listener.hung_up()
        self._utter()
        self._transport.close()

    def broken(self, error: BaseException) -> None:
        """The peer said what is no frame, or too long a message."""
        if not self._closing:
            self.close(error.code if isinstance(error, WebSocketError) else WSCloseCode.INTERNAL_ERROR)
            self._listener.hung_up()


def _short_message(data: bytes, at: int, most: int) -> tuple[str | None, int]:
    """The text of a frame that is whole, and its end: nearly all that clients say. None for whatever else there is."""
    if len(data) < at + 6 or data[at] != _FIN_TEXT or not data[at + 1] & _MASKED:
        return None, at
    size, key_at = data[at + 1] ^ _MASKED, at + 2
    if size == _SIZE_IN_2_BYTES:
        size, key_at = int.from_bytes(data[at + 2 : at + 4]), at + 4
    start, end = key_at + 4, key_at + 4 + size
    if size > min(most, (1 << 16) - 1) or data[at + 1] == 0xFF or len(data) < end:
        return None, at
    key = (data[key_at:start] * (size // 4 + 1))[:size]
    plain = (int.from_bytes(data[start:end]) ^ int.from_bytes(key)).to_bytes(size)
    try:
        return plain.decode(), end
    except UnicodeDecodeError:
        return None, at


class _Messages(WebSocketDataQueue):
    """What aiohttp's reader of frames makes goes on at once: nothing waits here."""

    def __init__(self, socket: WebSocket) -> None:
        super().__init__(cast("Any", None), 0, loop=asyncio.get_running_loop())
        self._socket = socket

    def feed_data(self, data: Any, size: int) -> None:  # noqa: ARG002 - aiohttp's signature
        if data.type in {WSMsgType.TEXT, WSMsgType.BINARY}:
            self._socket.heard(data.data)
        elif data.type is WSMsgType.PING:
            self._socket.asked(data.data)
        elif data.type is WSMsgType.CLOSE:
            self._socket.told_goodbye(data.data)

    def set_exception(self, exc: BaseException, exc_cause: BaseException | None = None) -> None:  # noqa: ARG002 - the same
        self._socket.broken(exc)
