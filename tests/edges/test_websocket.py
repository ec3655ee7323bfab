"""A WebSocket as RFC 6455 has it, frame by frame, when aiohttp has let go of the connection."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from aiohttp import web_protocol

from isegoria.edges.bounds import Bounds
from tests.edges.bare import PATIENCE_S, WEBSOCKET, Bare, bare

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
FIN = 0x80


@dataclass
class Wire:
    """Bytes to and from the server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def frame(self) -> tuple[int, bytes]:
        """The next frame's opcode and payload, which must be whole and not masked; pings of Engine.IO are left out."""
        async with asyncio.timeout(PATIENCE_S):
            first, size = await self.reader.readexactly(2)
            if size >= 126:
                size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8))
            payload = await self.reader.readexactly(size)
        assert first & 0xF0 == FIN
        return first & 0x0F, payload

    async def hear(self) -> str:
        kind, payload = await self.frame()
        assert kind == TEXT
        return payload.decode()

    async def closed(self) -> int:
        """The code of the end, after which there is nothing."""
        kind, payload = await self.frame()
        assert kind == CLOSE
        self.writer.close()
        return int.from_bytes(payload[:2])


def frame(payload: bytes, first: int = FIN | TEXT, key: bytes = b"") -> bytes:
    """A client's. `key` masks it; a new one if it is left out."""
    size = len(payload)
    length = (
        bytes((size,)) if size < 126 else b"\x7e" + size.to_bytes(2) if size < 65_536 else b"\x7f" + size.to_bytes(8)
    )
    key = key or os.urandom(4)
    head = bytes((first, length[0] | 0x80)) + length[1:] + key
    return head + bytes(byte ^ key[at % 4] for at, byte in enumerate(payload))


@pytest.fixture
async def server() -> AsyncIterator[Bare]:
    async with bare(ping_interval=5) as started:
        yield started


@asynccontextmanager
async def upgraded(server: Bare, query: str, early: bytes = b"") -> AsyncIterator[Wire]:
    """A WebSocket to the echo of Engine.IO messages; `early` is sent in one piece with the request."""
    host, port = server.root.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"GET /engine.io/?{query} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        + early
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    assert head.startswith("HTTP/1.1 101 ")
    # The example of RFC 6455, 1.3.
    assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in head
    try:
        yield Wire(reader, writer)
    finally:
        writer.close()


@asynccontextmanager
async def wire(server: Bare, early: bytes = b"") -> AsyncIterator[Wire]:
    """A new session by WebSocket."""
    async with upgraded(server, WEBSOCKET, early) as one:
        assert (await one.hear()).startswith('0{"sid"')
        yield one


@pytest.mark.parametrize("size", [0, 1, 124, 125, 126, 300, 40_000, 65_535])
async def test_messages_of_all_lengths_come_back(server: Bare, size: int) -> None:
    async with wire(server) as line:
        said = b"4" + "ñ".encode() * (size // 2) + b"x" * (size % 2)
        for key in (b"\0\0\0\0", b""):
            line.writer.write(frame(said, key=key))
            assert await line.hear() == said.decode()


async def test_frames_may_come_together_and_in_pieces_and_right_behind_the_request(server: Bare) -> None:
    async with wire(server, frame(b"4early") + frame(b"4too")[:5]) as line:
        assert await line.hear() == "4early"
    async with wire(server, frame(b"4early") + frame(b"4too")) as line:
        assert [await line.hear(), await line.hear()] == ["4early", "4too"]
        line.writer.write(frame(b"4one") + frame(b"4two") + frame(b"4" + b"three" * 40))
        assert [await line.hear() for _ in range(3)] == ["4one", "4two", "4" + "three" * 40]
        for byte in frame(b"4in pieces") + frame(b"4again"):
            line.writer.write(bytes((byte,)))
            await line.writer.drain()
            await asyncio.sleep(0)
        assert [await line.hear(), await line.hear()] == ["4in pieces", "4again"]


async def test_a_message_may_be_fragmented_with_a_ping_between(server: Bare) -> None:
    async with wire(server) as line:
        line.writer.write(frame(b"4to", TEXT) + frame(b"are you there", FIN | PING) + frame(b"gether", FIN | 0))
        assert await line.frame() == (PONG, b"are you there")
        assert await line.hear() == "4together"
        line.writer.write(frame(b"\x00\xff", FIN | BINARY))
        assert await line.frame() == (BINARY, b"\x00\xff")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (frame(b"4\xff\xfe"), 1007),
        (frame(b"4text", FIN | 0x70 | TEXT), 1002),
        (frame(b"4text", FIN | 3), 1002),
        (frame(b"text", FIN | 0), 1002),
        (frame(b"x" * 126, FIN | PING), 1002),
        (frame(b"4" + b"x" * 65_536), 1009),
        (frame(b"4" + b"x" * 40_000, TEXT) + frame(b"x" * 40_000, FIN | 0), 1009),
    ],
    ids=["utf-8", "reserved bits", "opcode", "continues nothing", "long ping", "long", "long in fragments"],
)
async def test_what_is_no_frame_ends_the_connection_with_its_code(server: Bare, said: bytes, code: int) -> None:
    async with wire(server) as line:
        line.writer.write(said)
        assert await line.closed() == code
    assert (await asyncio.wait_for(server.endings.get(), PATIENCE_S))[1] == "transport close"


async def test_an_upgrade_that_is_refused_and_breaks_leaves_the_session_alone(server: Bare) -> None:
    sid = await server.handshake()
    async with upgraded(server, f"{WEBSOCKET}&sid={sid}") as line:
        line.writer.write(frame(b"no probe") + frame(b"4text", FIN | 3))
        await line.closed()
    assert await server.post(sid, "4still here") == (200, "ok")
    assert await server.poll(sid) == (200, "4still here")


async def test_the_length_of_a_message_is_limited_also_where_it_is_short() -> None:
    async with bare(Bounds(message=1_000), ping_interval=5) as server, wire(server) as line:
        line.writer.write(frame(b"4" + b"x" * 999))
        assert await line.hear() == "4" + "x" * 999
        line.writer.write(frame(b"4" + b"x" * 1_000))
        assert await line.closed() == 1009


async def test_a_goodbye_is_answered_and_what_was_said_before_it_is_handled(server: Bare) -> None:
    heard: list[str] = []

    async def slowly(_: str, said: str) -> None:
        await asyncio.sleep(0)
        heard.append(said)

    server.sio.eio.on("message", slowly)
    async with wire(server) as line:
        line.writer.write(
            frame(b"4last words") + frame(b"4and more") + frame((1001).to_bytes(2) + b"away", FIN | CLOSE)
        )
        assert await line.closed() == 1001
        assert await line.reader.read() == b""
    assert (await asyncio.wait_for(server.endings.get(), PATIENCE_S))[1] == "transport close"
    assert heard == ["last words", "and more"]


async def test_one_message_is_handled_after_the_other_and_a_flood_waits_in_the_line(server: Bare) -> None:
    """Whoever speaks faster than is handled is not read from."""
    may, heard = asyncio.Event(), list[int]()

    async def slowly(_: str, said: str) -> None:
        await may.wait()
        heard.append(int(said.split(maxsplit=1)[0]))

    server.sio.eio.on("message", slowly)
    async with wire(server) as line:
        flood = [frame(f"4{number} {'x' * 1_000}".encode()) for number in range(8_000)]
        line.writer.write(b"".join(flood))
        (socket,) = server.sio.eio.sockets.values()
        await until(lambda: len(socket._unheard or ()) >= 16)
        for _ in range(100):
            await asyncio.sleep(0)
        assert len(socket._unheard or ()) < 2_000
        may.set()
        await until(lambda: len(heard) == 8_000)
        assert heard == list(range(8_000))


async def test_a_client_whose_command_takes_long_is_not_taken_for_dead() -> None:
    may = asyncio.Event()

    async def slowly(*_: object) -> None:
        await may.wait()

    async with bare(ping_interval=0.1, ping_timeout=0.1) as server:
        server.sio.eio.on("message", slowly)
        async with wire(server) as line:
            line.writer.write(frame(b"4a long command"))
            for _ in range(4):
                assert await line.hear() == "2"
                line.writer.write(frame(b"3"))
            may.set()
            assert server.endings.empty()


async def test_nothing_of_aiohttp_s_is_kept_for_an_open_websocket(server: Bare) -> None:
    """It is most of what a reader costs. Neither a request, nor its parser, nor a task stays."""
    async with wire(server), wire(server):
        await asyncio.sleep(0)
        gc.collect()
        kept = [one for one in gc.get_objects() if isinstance(one, web_protocol.RequestHandler)]
        assert [one for one in kept if one.transport is None] == []
        assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


async def test_a_handshake_that_is_none_is_refused_as_http(server: Bare) -> None:
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "x"}
    status, text = await server.ask("GET", WEBSOCKET, headers=headers)
    assert (status, text) == (400, '{"code":3,"message":"Bad request"}')
    assert server.sio.eio.sockets == {}


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not true():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.001)
