"""One Engine.IO 4 connection, over long polling, WebSocket, or the one and then the other.

It replaces python-engineio's socket in whatever decides when a connection ends: pings go by the event loop's clock,
which no step of the wall clock moves; what waits for a client is counted in bytes; an invalid packet is the end; and
a pending poll ends with its connection. https://github.com/socketio/engine.io-protocol
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMsgType, web
from engineio.async_socket import AsyncSocket
from engineio.base_server import BaseServer
from engineio.packet import CLOSE, MESSAGE, NOOP, PING, PONG, Packet

if TYPE_CHECKING:
    from isegoria.edges.engineio import EngineServer

SEPARATOR = "\x1e"
MOST_IN_A_POLL = 16
"""The Python client refuses an answer with more packets; what is left goes with the next poll."""
CLOSING_S = 0.5
"""How long a closing WebSocket may take before its line is cut."""


class InvalidPacket(ValueError):
    """The peer broke the protocol. The connection ends."""


class Reason(BaseServer.reason):  # type: ignore[misc]
    """Why a connection ended, as the disconnect handler is told."""

    INVALID_PACKET = "invalid packet"
    TOO_SLOW = "too slow"
    NO_CONNECT = "no connect"


CLOSE_CODES = {
    Reason.INVALID_PACKET: WSCloseCode.PROTOCOL_ERROR,
    Reason.TOO_SLOW: WSCloseCode.TRY_AGAIN_LATER,
    Reason.NO_CONNECT: WSCloseCode.POLICY_VIOLATION,
}


# --- packets ---------------------------------------------------------------------------------------


def decoded(data: str | bytes) -> Packet:
    """A WebSocket message's packet; its data stays as it came. Raises InvalidPacket."""
    if isinstance(data, bytes):
        return Packet(MESSAGE, data)
    if data[:1] not in {"0", "1", "2", "3", "4", "5", "6"}:
        raise InvalidPacket("unknown packet type")
    return Packet(int(data[0]), data[1:])


def decoded_payload(body: bytes) -> list[Packet]:
    """All packets of a POST, however many. Raises InvalidPacket."""
    try:
        return [_decoded_part(part) for part in body.decode().split(SEPARATOR)]
    except (UnicodeDecodeError, binascii.Error) as error:
        raise InvalidPacket(str(error)) from None


def _decoded_part(part: str) -> Packet:
    return Packet(MESSAGE, base64.b64decode(part[1:], validate=True)) if part.startswith("b") else decoded(part)


def encoded(packet: Packet) -> str | bytes:
    """For a WebSocket. Packets are shared by a room, so that their text is made once."""
    return packet.data if packet.binary else packet.encode()


def encoded_payload(packets: list[Packet]) -> str:
    return SEPARATOR.join(
        "b" + base64.b64encode(packet.data).decode() if packet.binary else packet.encode() for packet in packets
    )


# --- what waits ------------------------------------------------------------------------------------


class Outbox:
    """What waits for one client, for one reader at a time: the pending poll or the WebSocket's writer."""

    __slots__ = ("_packets", "_reader", "closed", "size")

    def __init__(self) -> None:
        self._packets: deque[Packet] = deque()
        self._reader: asyncio.Future[None] | None = None
        self.size = 0
        self.closed = False

    def put(self, packet: Packet) -> None:
        self._packets.append(packet)
        self.size += len(encoded(packet))
        self.wake()

    async def take(self, most: int) -> list[Packet]:
        """The next packets, waiting for the first; none when the reader was woken, or the outbox closed."""
        if not self._packets and not self.closed:
            self._reader = reader = asyncio.get_running_loop().create_future()
            try:
                await reader
            finally:
                if self._reader is reader:
                    self._reader = None
        taken = [self._packets.popleft() for _ in range(min(most, len(self._packets)))]
        self.size -= sum(len(encoded(packet)) for packet in taken)
        return taken

    def wake(self) -> None:
        if self._reader and not self._reader.done():
            self._reader.set_result(None)

    def close(self) -> None:
        """What waits can still be taken; nobody waits any more."""
        self.closed = True
        self.wake()

    def clear(self) -> None:
        self._packets.clear()
        self.size = 0


# --- the WebSocket ---------------------------------------------------------------------------------


class WebSocket:
    """aiohttp's, as python-engineio wants it: without compression, which costs 100 KB a connection."""

    def __init__(self, handler: Callable[[WebSocket], Any], server: EngineServer) -> None:
        self._handler = handler
        self._sock = web.WebSocketResponse(compress=False, max_msg_size=server.max_http_buffer_size, timeout=CLOSING_S)
        self._request: web.Request | None = None

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        self._request = environ["aiohttp.request"]
        await self._sock.prepare(self._request)
        await self._handler(self)
        return self._sock

    async def wait(self) -> str | bytes | None:
        """The next message; None when there will be no more."""
        message = await self._sock.receive()
        data: str | bytes = message.data
        return data if message.type in {WSMsgType.TEXT, WSMsgType.BINARY} else None

    async def send(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            await self._sock.send_bytes(message)
        else:
            await self._sock.send_str(message)

    async def close(self, reason: str = "") -> None:
        """With the reason, for a peer that still reads; the line is cut if it does not."""
        self.cut_soon()
        await self._sock.close(code=CLOSE_CODES.get(reason, WSCloseCode.OK), message=reason.encode())

    def cut_soon(self) -> None:
        """A peer that does not read would hold the connection for as long as it likes."""
        transport = self._request.transport if self._request else None
        if transport:
            asyncio.get_running_loop().call_later(2 * CLOSING_S, transport.abort)


# --- the connection --------------------------------------------------------------------------------


class EngineSocket(AsyncSocket):  # type: ignore[misc]
    """One client. `connected`, `upgrading`, `upgraded` and `closed` mean what they mean in python-engineio."""

    server: EngineServer

    def __init__(self, server: EngineServer, sid: str, address: str) -> None:
        super().__init__(server, sid)
        del self.queue  # the outbox takes its place: whatever still used it would fail
        self.address = address
        self.outbox = Outbox()
        self.why = ""
        self._polled = self._posted = False
        self._ws: WebSocket | None = None
        self._timer: asyncio.TimerHandle | None = None

    # --- pings: by the loop's clock ---

    def schedule_ping(self) -> None:
        self._after(self.server.ping_interval, self._ping)

    def _ping(self) -> None:
        self.outbox.put(Packet(PING))
        self._after(self.server.ping_timeout, self._fell_silent)

    def _fell_silent(self) -> None:
        self.server.spawn(self.close(reason=Reason.PING_TIMEOUT))

    def _after(self, seconds: float, call: Callable[[], None]) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None if self.closed else asyncio.get_running_loop().call_later(seconds, call)

    # --- out ---

    async def send(self, pkt: Packet) -> None:
        if self.closed:
            return
        self.outbox.put(pkt)
        if self.outbox.size > self.server.bounds.queued:
            self.outbox.clear()
            await self.close(reason=Reason.TOO_SLOW)

    async def poll(self) -> list[Packet]:
        """What a long poll is answered with: never nothing."""
        self._polled = True
        try:
            return await self.outbox.take(MOST_IN_A_POLL) or [Packet(NOOP)]
        finally:
            self._polled = False

    # --- in ---

    async def receive(self, pkt: Packet) -> None:
        """Raises InvalidPacket."""
        match pkt.packet_type:
            case _ if pkt.packet_type == MESSAGE:
                await self.server._trigger_event("message", self.sid, pkt.data, run_async=False)  # noqa: SLF001
            case _ if pkt.packet_type == PONG:
                self.schedule_ping()
            case _ if pkt.packet_type == CLOSE:
                await self.close(abort=True, reason=Reason.CLIENT_DISCONNECT)
            case _ if pkt.packet_type == NOOP:
                pass
            case _:
                raise InvalidPacket("not for a client to send")
