"""Socket.IO clients that cost next to nothing, so that thousands of them fit into one process.

They know as much of the protocols as a server's unfragmented, uncompressed text messages need (RFC 6455, Engine.IO 4,
Socket.IO 5), and hand on an event's bytes without reading them.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import urlsplit

PATIENCE_S = 20.0
SOCKET_IO = "/socket.io/?EIO=4&transport=websocket"
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class WebSocket(asyncio.Protocol):
    """One connection: `connect` it. `heard` gets each text message; `closed` can be awaited."""

    def __init__(self, url: str, path: str, heard: Callable[[bytes], None], bearer: str = "") -> None:
        loop = asyncio.get_running_loop()
        self.closed: asyncio.Future[None] = loop.create_future()
        self._opened: asyncio.Future[None] = loop.create_future()
        self._address = urlsplit(url)
        self._heard, self._held = heard, bytearray()
        self._transport: asyncio.WriteTransport | None = None
        lines = [f"GET {path} HTTP/1.1", f"Host: {self._address.netloc}", "Upgrade: websocket", "Connection: Upgrade"]
        lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"]
        lines += [f"Authorization: Bearer {bearer}"] if bearer else []
        self._greeting = "\r\n".join([*lines, "", ""]).encode()

    async def connect(self, source: str = "") -> None:
        """From any address of this machine, or from `source`. Raises OSError, TimeoutError."""
        loop = asyncio.get_running_loop()
        secure = self._address.scheme == "https"
        async with asyncio.timeout(PATIENCE_S):
            await loop.create_connection(
                lambda: self,
                self._address.hostname or "",
                self._address.port or (443 if secure else 80),
                ssl=secure or None,
                local_addr=(source, 0) if source else None,
            )
            await self._opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # As every stream's transport can; uvloop's say so to nobody.
        self._transport = cast("asyncio.WriteTransport", transport)
        self._transport.write(self._greeting)

    def connection_lost(self, _: Exception | None) -> None:
        if not self._opened.done():
            self._opened.set_exception(ConnectionError("the connection ended before it was a websocket"))
        if not self.closed.done():
            self.closed.set_result(None)

    def data_received(self, data: bytes) -> None:
        self._held += data
        if not self._opened.done() and not self._upgraded():
            return
        for kind, message in self._messages():
            if kind == _TEXT:
                self._heard(message)
            elif kind == _PING:
                self._write(_PONG, message)
            elif kind == _CLOSE:
                self.close()

    def _upgraded(self) -> bool:
        head, end, rest = self._held.partition(b"\r\n\r\n")
        if not end:
            return False
        self._held = rest
        if b" 101 " in head[:14]:
            self._opened.set_result(None)
            return True
        answer = head.partition(b"\r\n")[0].partition(b" ")[2].decode("latin-1")
        self._opened.set_exception(ConnectionError(f"the server answered: {answer}"))
        self.close()
        return False

    def _messages(self) -> Iterator[tuple[int, bytes]]:
        """(opcode, payload) of each whole frame."""
        held, at = self._held, 0
        while len(held) >= at + 2:
            size, start = held[at + 1] & 0x7F, at + 2
            if size >= 126:
                form, start = ("!H", at + 4) if size == 126 else ("!Q", at + 10)
                if len(held) < start:
                    break
                (size,) = struct.unpack_from(form, held, at + 2)
            if len(held) < start + size:
                break
            yield held[at] & 0x0F, bytes(held[start : start + size])
            at = start + size
        del held[:at]

    def send(self, text: str) -> None:
        self._write(_TEXT, text.encode())

    def _write(self, kind: int, payload: bytes) -> None:
        """Masked by zeros, which leaves a payload as it is."""
        size = len(payload)
        head = (
            struct.pack("!BB", 0x80 | kind, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x80 | kind, 254, size)
        )
        if self._transport and not self._transport.is_closing():
            self._transport.write(b"".join((head, b"\0\0\0\0", payload)))

    def close(self) -> None:
        if self._transport:
            self._transport.close()


class Visitor:
    """One Socket.IO client. `heard` gets each event as `42["name",...]`."""

    def __init__(self, url: str, auth: dict[str, str], heard: Callable[[bytes], None]) -> None:
        self.inside: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.socket = WebSocket(url, SOCKET_IO, self._message)
        self._auth, self._heard = auth, heard
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._number = 0

    def ask(self, event: str, payload: object) -> asyncio.Future[Any]:
        """Sends at once; the future is the acknowledgement."""
        self._number += 1
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._asked[self._number] = answer
        self.socket.send(f"42{self._number}{json.dumps([event, payload])}")
        return answer

    def command(self, command_id: str, kind: str, **fields: object) -> asyncio.Future[Any]:
        return self.ask("command", {"id": command_id, "command": {"type": kind, **fields}})

    async def done(self, command_id: str, kind: str, **fields: object) -> int:
        """The version that a command made, which must not be refused. Raises ConnectionError, TimeoutError."""
        answer = await accepted(self.command(command_id, kind, **fields))
        return int(answer["version"])

    def _message(self, data: bytes) -> None:
        if data.startswith(b"42"):
            self._heard(data)
        elif data.startswith(b"43"):
            number, _, answer = data[2:].partition(b"[")
            waiting = self._asked.pop(int(number))
            if not waiting.done():
                waiting.set_result(json.loads(b"[" + answer)[0])
        elif data == b"2":
            self.socket.send("3")
        elif data.startswith(b"0"):
            self.socket.send("40" + json.dumps(self._auth))
        elif data.startswith(b"40") and not self.inside.done():
            self.inside.set_result(None)
        elif data.startswith(b"44") and not self.inside.done():
            self.inside.set_exception(ConnectionError(data[2:].decode()))


async def accepted(asked: asyncio.Future[Any]) -> Any:
    """The answer to what must not be refused. Raises ConnectionError, TimeoutError."""
    async with asyncio.timeout(PATIENCE_S):
        answer = await asked
    if not answer["ok"]:
        raise ConnectionError(json.dumps(answer))
    return answer


async def enter(url: str, auth: dict[str, str], heard: Callable[[bytes], None], source: str = "") -> Visitor:
    """A client that was let in. Raises OSError, TimeoutError."""
    visitor = Visitor(url, auth, heard)
    try:
        await visitor.socket.connect(source)
        async with asyncio.timeout(PATIENCE_S):
            await visitor.inside
    except BaseException:
        visitor.socket.close()
        raise
    return visitor


async def leave(visitors: list[Visitor]) -> None:
    for visitor in visitors:
        visitor.socket.close()
    await asyncio.gather(*(visitor.socket.closed for visitor in visitors))
