"""One Engine.IO 4 connection, over long polling, WebSocket, or the one and then the other.

It replaces python-engineio's socket in whatever decides when a connection ends: pings go by the event loop's clock,
which no step of the wall clock moves; what waits for a client is counted in bytes; an invalid packet is the end; and
a pending poll ends with its connection. https://github.com/socketio/engine.io-protocol
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMsgType, web
from engineio.async_socket import AsyncSocket
from engineio.base_server import BaseServer
from engineio.packet import CLOSE, MESSAGE, NOOP, PING, PONG, UPGRADE, Packet

from isegoria.edges.outbox import InvalidPacket, Outbox, decoded, decoded_payload, encoded

if TYPE_CHECKING:
    from isegoria.edges.engineio import EngineServer

MOST_IN_A_POLL = 16
"""The Python client refuses an answer with more packets; what is left goes with the next poll."""
CLOSING_S = 0.5
"""How long a closing WebSocket may take before its line is cut."""


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


# --- the WebSocket ---------------------------------------------------------------------------------


class WebSocket:
    """aiohttp's, as python-engineio wants it: without compression, which costs 100 KB a connection."""

    def __init__(self, handler: Callable[[WebSocket], Any], server: EngineServer) -> None:
        self._handler = handler
        most = server.max_http_buffer_size + 1  # aiohttp refuses what is as long as its limit
        self._sock = web.WebSocketResponse(compress=False, max_msg_size=most, timeout=CLOSING_S)
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
    closing: bool
    closed: bool
    connected: bool
    upgrading: bool
    upgraded: bool

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
        self.post(pkt)

    def post(self, pkt: Packet) -> None:
        """Queues a packet; who lets too much wait is closed, and comes back where it was."""
        if self.closed:
            return
        self.outbox.put(pkt)
        if self.outbox.size > self.server.bounds.queued:
            self.outbox.clear()
            self.server.spawn(self.close(reason=Reason.TOO_SLOW))

    async def poll(self) -> list[Packet]:
        """What a long poll is answered with: never nothing."""
        self._polled = True
        try:
            return await self.outbox.take(MOST_IN_A_POLL) or [Packet(NOOP)]
        finally:
            self._polled = False

    async def close(
        self,
        wait: bool = True,  # noqa: ARG002 - python-engineio's signature
        abort: bool = False,
        reason: str | None = None,
    ) -> None:
        """Ends it at once for the application, the pending poll included. `abort`: without telling the peer."""
        if self.closed:
            return
        self.closing = self.closed = True
        self.why = reason or Reason.SERVER_DISCONNECT
        if self._timer:
            self._timer.cancel()
        # As the reference: a WebSocket's own closing says it, and the Python client would not come back after a packet.
        if not (abort or self.upgraded):
            self.outbox.put(Packet(CLOSE))
        self.outbox.close()
        if self._ws:
            self._ws.cut_soon()
        self.server.forget(self)
        await self._tell("disconnect", self.why)

    # --- in ---

    async def receive(self, pkt: Packet) -> None:
        """Raises InvalidPacket."""
        kind = pkt.packet_type
        if kind == MESSAGE:
            await self._tell("message", pkt.data)
        elif kind == PONG:
            self.schedule_ping()
        elif kind == CLOSE:
            await self.close(abort=True, reason=Reason.CLIENT_DISCONNECT)
        elif kind != NOOP:
            raise InvalidPacket("not for a client to send")

    async def _tell(self, event: str, data: object) -> None:
        await self.server._trigger_event(event, self.sid, data, run_async=False)  # noqa: SLF001

    async def handle_get_request(self, environ: dict[str, Any]) -> list[Packet]:  # noqa: ARG002 - the same
        """A long poll. Raises InvalidPacket if one is pending already: a client has one at a time."""
        if self._polled:
            raise InvalidPacket("a poll is pending")
        # What waits is for the WebSocket now.
        return [Packet(NOOP)] if self.upgrading else await self.poll()

    async def handle_post_request(self, environ: dict[str, Any]) -> None:
        """Raises InvalidPacket, also for a POST before the last one is answered: it could overtake it."""
        if self._posted:
            raise InvalidPacket("a post is pending")
        self._posted = True
        try:
            for packet in decoded_payload(await self._body(environ["aiohttp.request"])):
                await self.receive(packet)
                if self.closed:
                    break
        finally:
            self._posted = False

    async def _body(self, request: web.Request) -> bytes:
        most, body = self.server.max_http_buffer_size, bytearray()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.server.ping_timeout):
                while len(body) <= most and (chunk := await request.content.read(most + 1 - len(body))):
                    body += chunk
                if len(body) <= most:
                    return bytes(body)
        raise InvalidPacket("too large, or too slow")

    # --- by WebSocket ---

    async def converse(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        """All of a WebSocket, from its handshake to its end. Raises web.HTTPException on a handshake that is none."""
        response: web.WebSocketResponse = await WebSocket(self._websocket_handler, self.server)(environ)
        return response

    async def _websocket_handler(self, ws: WebSocket) -> None:
        if self.connected and not await self._upgrade(ws):
            await ws.close()
            return
        self.connected = self.upgraded = True
        self._ws = ws
        writer = asyncio.create_task(self._write(ws))
        try:
            await self._read(ws)
        finally:
            await self.close(abort=True, reason=Reason.TRANSPORT_CLOSE)
            await writer

    async def _upgrade(self, ws: WebSocket) -> bool:
        """The change from polling: probe, answer, a last poll answered with nothing, upgrade."""
        if self.upgrading or self.upgraded:
            return False
        self.upgrading, self._ws = True, ws
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(self.server.bounds.upgrade_within_s):
                if await ws.wait() == f"{PING}probe":
                    await ws.send(f"{PONG}probe")
                    self.outbox.wake()
                    self.upgraded = await ws.wait() == str(UPGRADE) and not self.closed
        self.outbox.wake()
        self.upgrading = False
        self._ws = ws if self.upgraded else None
        return self.upgraded

    async def _read(self, ws: WebSocket) -> None:
        try:
            while not self.closed and (data := await ws.wait()) is not None:
                await self.receive(decoded(data))
        except InvalidPacket:
            await self.close(abort=True, reason=Reason.INVALID_PACKET)

    async def _write(self, ws: WebSocket) -> None:
        with suppress(ConnectionError):
            while (packets := await self.outbox.take(1)) or not self.closed:
                for packet in packets:
                    await ws.send(encoded(packet))
        await ws.close(self.why)
