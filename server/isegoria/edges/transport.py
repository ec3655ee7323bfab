"""One Engine.IO 4 connection, over long polling, WebSocket, or the one and then the other.

It replaces python-engineio's socket in whatever decides when a connection ends: pings go by the event loop's clock,
which no step of the wall clock moves; what waits for a client is counted in bytes; an invalid packet is the end; and
a pending poll ends with its connection. By WebSocket nothing is queued here: what is said goes straight to the
transport, and there is a task only while something of the client's is handled.
https://github.com/socketio/engine.io-protocol
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, web
from engineio.async_socket import AsyncSocket
from engineio.base_server import BaseServer
from engineio.packet import CLOSE, MESSAGE, NOOP, PING, PONG, UPGRADE, Packet

from isegoria.edges.outbox import InvalidPacket, Outbox, decoded, decoded_payload, encoded
from isegoria.edges.websocket import Listener, WebSocket, framed

if TYPE_CHECKING:
    from isegoria.edges.engineio import EngineServer

MOST_IN_A_POLL = 16
"""The Python client refuses an answer with more packets; what is left goes with the next poll."""
MOST_UNHEARD = 16
"""How many messages of one client may wait for the one before; more are left in the line."""
PROBE, PROBED, UPGRADED, ALIVE = f"{PING}probe", f"{PONG}probe", str(UPGRADE), str(PONG)


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


class SharedPacket(Packet):  # type: ignore[misc]
    """A packet for any number of clients. Its frame is made once, when it is needed."""

    _frame: bytes | None = None

    @property
    def frame(self) -> bytes:
        if self._frame is None:
            self._frame = framed(encoded(self))
        return self._frame


def frame_of(packet: Packet) -> bytes:
    return packet.frame if isinstance(packet, SharedPacket) else framed(encoded(packet))


# --- the connection --------------------------------------------------------------------------------


class EngineSocket(AsyncSocket):  # type: ignore[misc]
    """One client. `connected`, `upgrading`, `upgraded` and `closed` mean what they mean in python-engineio.

    `write` takes a frame straight to the transport; None while there is anything that goes before it.
    """

    server: EngineServer
    closing: bool
    closed: bool
    connected: bool
    upgrading: bool
    upgraded: bool

    def __init__(self, server: EngineServer, sid: str, address: str) -> None:
        super().__init__(server, sid)
        self.address = address
        self.outbox = Outbox()
        self.write: Callable[[bytes], None] | None = None
        self.why = ""
        self._polled = self._posted = False
        self._line: WebSocket | None = None
        self._unheard: deque[str | bytes | None] | None = None
        """What the client said by WebSocket while its last message is handled; None at the end of the line."""
        self._held: list[Packet] | None = None
        self._probed = False
        self._patience: asyncio.TimerHandle | None = None

    # --- pings: by the loop's clock ---

    def schedule_ping(self) -> None:
        self.server.silent.unset(self)
        if not self.closed:
            self.server.idle.set(self)

    def ping(self) -> None:
        self.put(Packet(PING))
        self.server.silent.set(self)

    def fell_silent(self) -> None:
        self.server.leaving.do(lambda: self.server.spawn(self.close(reason=Reason.PING_TIMEOUT)))

    # --- out ---

    @property
    def line(self) -> WebSocket | None:
        return self._line

    @property
    def queued(self) -> int:
        """Bytes that wait for this client."""
        return self.outbox.size + (self._line.queued if self._line else 0)

    async def send(self, pkt: Packet) -> None:
        self.put(pkt)

    def post(self, packet: Packet) -> None:
        """Says it to a client that is let in: in order, and when it has been told so. See `hold`."""
        if self._held is not None:
            self._held.append(packet)
        else:
            self.put(packet)

    def put(self, packet: Packet) -> None:
        if self.closed:
            return
        if self.upgraded:
            # Without a line it has hung up, and is about to be closed.
            if self._line:
                self.write = None
                self._line.say(frame_of(packet))
            return
        self.outbox.put(packet)
        if self.outbox.size > self.server.bounds.queued:
            self.outbox.clear()
            self.fell_behind()

    def fell_behind(self) -> None:
        """Who lets too much wait is closed, and comes back where it was."""
        if not self.closed:
            self.server.leaving.do(lambda: self.server.spawn(self.close(reason=Reason.TOO_SLOW)))

    def hold(self) -> None:
        """From now on what is posted waits."""
        self._held, self.write = [], None

    def release(self, *, send: bool) -> None:
        """What waited goes out, or is of no use any more. Nothing waits from now on."""
        held, self._held = self._held or [], None
        for packet in held if send else ():
            self.put(packet)
        self.said()

    def said(self) -> None:
        """Frames go straight to the line from now on, if nothing goes before them."""
        if self.upgraded and self._line and self._line.quiet and not self.closed and self._held is None:
            self.write = self._line.write

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
        self.write = None
        self.server.idle.unset(self)
        self.server.silent.unset(self)
        # As the reference: a WebSocket's own closing says it, and the Python client would not come back after a packet.
        if not (abort or self.upgraded):
            self.outbox.put(Packet(CLOSE))
        self.outbox.close()
        if self._line:
            self._line.close(CLOSE_CODES.get(self.why, WSCloseCode.OK), self.why)
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

    def converse(self, accept: Callable[[Listener, int, int], WebSocket]) -> WebSocket:
        """Takes a WebSocket from its handshake on. Raises what `accept` raises."""
        refused = self.upgrading or self.upgraded
        bounds, listener = self.server.bounds, Stranger() if refused else self
        line = accept(listener, self.server.max_http_buffer_size, bounds.queued)
        if refused:
            line.close()
            return line
        self._line = line
        if self.connected:
            self.upgrading = True
            self._patience = asyncio.get_running_loop().call_later(bounds.upgrade_within_s, self._stay)
        else:
            self.connected = True
            self._upgrade()
        return line

    def hear(self, message: str | bytes) -> None:
        """A message of the WebSocket's. One is handled after the other, but for a sign of life."""
        if self.upgrading:
            self._probe(message)
        elif message == ALIVE:
            self.schedule_ping()
        else:
            self._take(message)

    def hung_up(self) -> None:
        if self.upgrading:
            self._stay()
        elif not self.closed:
            self._line = self.write = None
            self.server.leaving.do(lambda: self._take(None))

    def _take(self, message: str | bytes | None) -> None:
        if self._unheard is None:
            self._unheard = deque()
            self.server.spawn(self._listen(self._unheard))
        self._unheard.append(message)
        if len(self._unheard) == MOST_UNHEARD and self._line:
            self._line.pause()

    async def _listen(self, unheard: deque[str | bytes | None]) -> None:
        try:
            while unheard and not self.closed:
                if (message := unheard.popleft()) is None:
                    await self.close(abort=True, reason=Reason.TRANSPORT_CLOSE)
                else:
                    await self.receive(decoded(message))
        except InvalidPacket:
            await self.close(abort=True, reason=Reason.INVALID_PACKET)
        self._unheard = None
        if self._line:
            self._line.resume()

    # --- the change from polling: probe, answer, a last poll answered with nothing, upgrade ---

    def _probe(self, message: str | bytes) -> None:
        if message == PROBE and self._line:
            self._probed = True
            self._line.say(framed(PROBED))
            self.outbox.wake()
        elif message == UPGRADED and self._probed and not self.closed:
            self._upgrade()
        else:
            self._stay()

    def _upgrade(self) -> None:
        self.upgraded = True
        self._end_upgrade()
        for packet in self.outbox.taken(len(self.outbox)) if len(self.outbox) else ():
            self.put(packet)

    def _stay(self) -> None:
        """The upgrade failed, and polling goes on."""
        line, self._line = self._line, None
        self._end_upgrade()
        if line:
            line.close()

    def _end_upgrade(self) -> None:
        self.upgrading = False
        if self._patience:
            self._patience.cancel()
            self._patience = None
        self.outbox.wake()


class Stranger:
    """Who opens a WebSocket for a connection that has one: it is closed, and not listened to."""

    def hear(self, message: str | bytes) -> None: ...

    def hung_up(self) -> None: ...

    def said(self) -> None: ...

    def fell_behind(self) -> None: ...
