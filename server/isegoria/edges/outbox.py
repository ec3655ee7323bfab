"""What goes over an Engine.IO 4 connection: packets to and from text, and those that wait for one client."""

from __future__ import annotations

import asyncio
import base64
import binascii

from engineio.packet import MESSAGE, Packet

SEPARATOR = "\x1e"


class InvalidPacket(ValueError):
    """The peer broke the protocol. The connection ends."""


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
    text_or_bytes: str | bytes = packet.data if packet.binary else packet.encode()
    return text_or_bytes


def encoded_payload(packets: list[Packet]) -> str:
    return SEPARATOR.join(
        "b" + base64.b64encode(packet.data).decode() if packet.binary else packet.encode() for packet in packets
    )


class Outbox:
    """What waits for one client, for one reader at a time: the pending poll or the WebSocket's writer."""

    __slots__ = ("_packets", "_reader", "closed", "size")

    def __init__(self) -> None:
        self._packets: list[Packet] = []
        self._reader: asyncio.Future[None] | None = None
        self.size = 0
        self.closed = False

    def __len__(self) -> int:
        return len(self._packets)

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
        return self.taken(most)

    def taken(self, most: int) -> list[Packet]:
        """The next packets that are there."""
        taken = self._packets[:most]
        del self._packets[:most]
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
