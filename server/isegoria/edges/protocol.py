"""Socket.IO 5 as the reference server speaks it: what is no packet, or not in its place, ends the connection.

python-socketio's server and its interface, on the Engine.IO of `engineio.py`.
https://github.com/socketio/socket.io-protocol
"""

from __future__ import annotations

import asyncio
from types import CoroutineType
from typing import Any

import socketio
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from socketio.packet import ACK, BINARY_ACK, BINARY_EVENT, CONNECT, CONNECT_ERROR, DISCONNECT, EVENT, Packet

from isegoria.edges import metrics
from isegoria.edges.asked import Environ
from isegoria.edges.bounds import Bounds
from isegoria.edges.engineio import EngineServer
from isegoria.edges.fanout import Fanout
from isegoria.edges.outbox import InvalidPacket
from isegoria.edges.packets import dumps
from isegoria.edges.pulse import Delay
from isegoria.edges.rooms import Rooms
from isegoria.edges.transport import Reason, SharedPacket

MOST_ATTACHMENTS = 10
RESERVED = frozenset({"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
"""A client that could send these would reach the server's own handlers."""


class StrictPacket(Packet):  # type: ignore[misc]
    """python-socketio's packet that raises InvalidPacket, and nothing else, on what is none."""

    @classmethod
    def data_is_binary(cls, data: object) -> bool:
        """Whether there are bytes anywhere in it. (Theirs calls itself twice for each item: 8 us a join.)"""
        if isinstance(data, dict):
            return any(map(cls.data_is_binary, data.values()))
        if isinstance(data, list):
            return any(map(cls.data_is_binary, data))
        return isinstance(data, bytes | bytearray)

    def decode(self, encoded_packet: object) -> int:
        if not isinstance(encoded_packet, str) or encoded_packet[:1] not in {"0", "1", "2", "3", "5", "6"}:
            raise InvalidPacket("unknown packet type")
        try:
            attachments: int = super().decode(encoded_packet)
        except (ValueError, TypeError, LookupError) as error:
            raise InvalidPacket(str(error)) from None
        if not _is_well_formed(self.packet_type, self.data) or attachments > MOST_ATTACHMENTS:
            raise InvalidPacket("not what this type carries")
        return attachments

    def add_attachment(self, attachment: object) -> bool:
        """Whether the packet is whole now."""
        if not isinstance(attachment, bytes):
            raise InvalidPacket("an attachment is expected")
        try:
            whole: bool = super().add_attachment(attachment)
        except (ValueError, TypeError, LookupError) as error:
            raise InvalidPacket(str(error)) from None
        return whole


def _is_well_formed(kind: int, data: Any) -> bool:
    if kind == CONNECT:
        return data is None or isinstance(data, dict)
    if kind == DISCONNECT:
        return data is None
    if kind in {ACK, BINARY_ACK}:
        return isinstance(data, list)
    return isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] not in RESERVED


class EventPacket(SharedPacket):
    """An event for clients in the main namespace, for any number of them. Its text is made once, when it is needed."""

    def __init__(self, name: str, data: object) -> None:
        super().__init__(MESSAGE)
        self.name = name
        self._data = data
        self._text: str | None = None

    def encode(self, b64: bool = False) -> str:  # noqa: ARG002 - python-engineio's signature
        if self._text is None:
            self._text = f"{MESSAGE}{EVENT}{dumps([self.name, self._data])}"
        return self._text


class Server(socketio.AsyncServer):  # type: ignore[misc]
    """python-socketio's server, within bounds."""

    eio: EngineServer
    manager: Rooms

    def __init__(self, bounds: Bounds, **options: Any) -> None:
        self._bounds = bounds
        self._waiting = Delay(bounds.connect_within_s, self._give_up)
        self._fanout = Fanout()
        super().__init__(
            Rooms(self._fanout),
            serializer=StrictPacket,
            bounds=bounds,
            max_http_buffer_size=bounds.message,
            **options,
        )

    def _engineio_server_class(self) -> type[EngineServer]:
        return EngineServer

    # --- whoever came must connect ---

    async def _handle_eio_connect(self, eio_sid: str, environ: Environ) -> None:
        # All that is asked for later: the rest is of this request, and would be kept for as long as the connection is.
        await super()._handle_eio_connect(eio_sid, {"REMOTE_ADDR": environ["REMOTE_ADDR"]})
        self._waiting.set(eio_sid)

    def _expect_connect(self, eio_sid: str) -> None:
        """A transport without a namespace is nobody's, however long it answers pings."""
        spaces = self.manager.get_namespaces()
        if eio_sid in self.eio.sockets and not any(self.manager.sid_from_eio_sid(eio_sid, space) for space in spaces):
            self._waiting.set(eio_sid)
        else:
            self._waiting.unset(eio_sid)

    def _give_up(self, eio_sid: str) -> None:
        self.eio.spawn(self.eio.drop(eio_sid, Reason.NO_CONNECT))

    async def disconnect(self, sid: str, namespace: str | None = None, ignore_queue: bool = False) -> None:
        eio_sid = self.manager.eio_sid_from_sid(sid, namespace or "/")
        await super().disconnect(sid, namespace, ignore_queue)
        if eio_sid:
            self._expect_connect(eio_sid)

    async def _handle_disconnect(self, eio_sid: str, namespace: str | None, reason: str | None = None) -> None:
        await super()._handle_disconnect(eio_sid, namespace, reason)
        self._expect_connect(eio_sid)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        await super()._handle_eio_disconnect(eio_sid, reason)
        self._binary_packet.pop(eio_sid, None)
        self._waiting.unset(eio_sid)

    # --- packets in ---

    async def _handle_eio_message(self, eio_sid: str, data: str | bytes) -> None:
        try:
            packet = self._assembled(eio_sid, data)
        except InvalidPacket:
            await self.eio.drop(eio_sid, Reason.INVALID_PACKET)
            return
        if packet is not None:
            await self._dispatch(eio_sid, packet)

    def _assembled(self, eio_sid: str, data: str | bytes) -> StrictPacket | None:
        """The packet, if all of it is there. Raises InvalidPacket."""
        if pending := self._binary_packet.get(eio_sid):
            if not pending.add_attachment(data):
                return None
            del self._binary_packet[eio_sid]
            return pending  # type: ignore[no-any-return]
        if not data:
            raise InvalidPacket("empty")
        packet = StrictPacket(encoded_packet=data)
        connected = self.manager.sid_from_eio_sid(eio_sid, packet.namespace or "/") is not None
        if (packet.packet_type == CONNECT) is connected:
            raise InvalidPacket("connects twice, or speaks before it has connected")
        if packet.attachment_count:
            self._binary_packet[eio_sid] = packet
            return None
        return packet

    async def _dispatch(self, eio_sid: str, packet: StrictPacket) -> None:
        kind = packet.packet_type
        if kind == CONNECT:
            await self._handle_connect(eio_sid, packet.namespace, packet.data)
        elif kind == DISCONNECT:
            await self._handle_disconnect(eio_sid, packet.namespace, self.reason.CLIENT_DISCONNECT)
        elif kind in {EVENT, BINARY_EVENT}:
            await self._handle_event(eio_sid, packet.namespace, packet.id, packet.data)
        else:
            await self._handle_ack(eio_sid, packet.namespace, packet.id, packet.data)

    async def _trigger_event(self, event: str, namespace: str, *args: Any) -> Any:
        """The same without asking what kind of function a handler is; older kinds are left to theirs."""
        handler, given = self._get_event_handler(event, namespace, args)
        if handler is None or event == "disconnect":
            return await super()._trigger_event(event, namespace, *args)
        answer = handler(*given)
        return await answer if isinstance(answer, CoroutineType) else answer

    # --- coming in ---

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        namespace = namespace or "/"
        if not self._knows(namespace):
            refusal = {"message": "Invalid namespace"}
            await self._send_packet(eio_sid, StrictPacket(CONNECT_ERROR, data=refusal, namespace=namespace))
            return
        self._waiting.unset(eio_sid)
        if (socket := self.eio.sockets.get(eio_sid)) is None:
            return
        socket.hold()
        try:
            await super()._handle_connect(eio_sid, namespace, data)
        finally:
            let_in = self.manager.sid_from_eio_sid(eio_sid, namespace) is not None
            socket.release(send=let_in)
            await self._settle(eio_sid, namespace, let_in=let_in)

    def _knows(self, namespace: str) -> bool:
        return (
            namespace in self.handlers
            or namespace in self.namespace_handlers
            or self.namespaces == "*"
            or namespace in self.namespaces
        )

    async def _settle(self, eio_sid: str, namespace: str, *, let_in: bool) -> None:
        """If the line broke meanwhile the handlers are told, as nobody else will."""
        if not let_in:
            self._expect_connect(eio_sid)
        elif eio_sid not in self.eio.sockets:
            await self._handle_disconnect(eio_sid, namespace, self.reason.TRANSPORT_CLOSE)

    # --- packets out ---

    def tell(self, packet: EventPacket, sid: str) -> None:
        """To one client, at once: what it is told first arrives first."""
        for socket in self.manager.sockets("/", sid):
            socket.post(packet)

    def broadcast(self, packet: EventPacket, room: str | None = None) -> asyncio.Future[None]:
        """To all who are in a room now, or to all; done when it is on its way to each. See `fanout.py`.

        (`emit` makes a task for each recipient, and goes its own way beside these rounds.)
        """
        sockets = self.manager.sockets("/", room)
        metrics.DELIVERED.labels(packet.name).inc(len(sockets))
        return self._fanout.begin(room, packet, sockets)

    async def _send_packet(self, eio_sid: str, pkt: Packet) -> None:
        """At once, before whatever is held."""
        if socket := self.eio.sockets.get(eio_sid):
            encoded = pkt.encode()
            for part in encoded if isinstance(encoded, list) else [encoded]:
                socket.put(EnginePacket(MESSAGE, part))

    async def _send_eio_packet(self, eio_sid: str, eio_pkt: EnginePacket) -> None:
        """What a connect handler emits waits for its CONNECT: clients may drop events that come before it."""
        if socket := self.eio.sockets.get(eio_sid):
            socket.post(eio_pkt)
