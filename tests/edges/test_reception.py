"""Who comes by WebSocket is let in before aiohttp hears of them; whatever is unusual is left to aiohttp, as it came."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from aiohttp import WSServerHandshakeError, web

from isegoria.edges import reception
from isegoria.edges.bounds import Bounds
from isegoria.edges.engineio import EngineServer
from isegoria.edges.turnstile import AT_ONCE
from tests.edges.bare import PATIENCE_S, WEBSOCKET, Bare, bare

SOON_S = 0.5
HEAD = (
    "GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\n"
    "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
"""The key is the example of RFC 6455, 1.3."""


@pytest.fixture
def by_aiohttp(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requests that aiohttp handed to Engine.IO."""
    handed = list[str]()
    inner = EngineServer.handle_request

    async def noted(server: EngineServer, request: web.Request) -> web.StreamResponse:
        handed.append(request.method)
        return await inner(server, request)

    monkeypatch.setattr(EngineServer, "handle_request", noted)
    return handed


@asynccontextmanager
async def line(server: Bare) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    host, port = server.root.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    async with asyncio.timeout(PATIENCE_S):
        yield reader, writer
    writer.close()


async def opened(reader: asyncio.StreamReader) -> None:
    """Reads the answer to a handshake, and what Engine.IO says first."""
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101 ")
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in head
    await reader.readexactly(2)
    assert await reader.readexactly(8) == b'0{"sid":'


async def test_a_websocket_comes_in_without_aiohttp(by_aiohttp: list[str]) -> None:
    async with bare() as server, server.socket() as engine:
        assert (await engine.hear()).startswith("0")
        await engine.say("4hello")
        assert await engine.hear() == "4hello"
        server.path = "socket.io"
        async with server.joined():
            assert by_aiohttp == []


UNUSUAL = {
    "in two pieces": (101, [HEAD[:100], HEAD[100:]]),
    "in other letters": (101, [HEAD.replace("transport=web", "transport=%77eb")]),
    "with a body": (101, [HEAD.replace("Host", "Content-Length: 0\r\nHost")]),
    "a header twice": (101, [HEAD.replace("Host", "X-Told: a\r\nX-Told: b\r\nHost")]),
    "a header that is no ASCII": (101, [HEAD.replace("Host", "X-Told: é\r\nHost")]),
    "another method": (400, [HEAD.replace("GET", "POST")]),
    "an older version": (400, [HEAD.replace("EIO=4", "EIO=3")]),
    "a session that is not known": (400, [HEAD.replace("EIO=4", "EIO=4&sid=x")]),
    "a key that is none": (400, [HEAD.replace("dGhl", "")]),
    "another path": (404, [HEAD.replace("/engine.io/", "/elsewhere/")]),
}


@pytest.mark.parametrize(("status", "pieces"), UNUSUAL.values(), ids=UNUSUAL)
async def test_what_is_unusual_is_answered_by_aiohttp(status: int, pieces: list[str], by_aiohttp: list[str]) -> None:
    async with bare() as server, line(server) as (reader, writer):
        for piece in pieces:
            writer.write(piece.encode())
            await asyncio.sleep(0.01)
        assert int((await reader.readline()).split()[1]) == status
        assert len(by_aiohttp) == (status != 404)


async def test_who_comes_from_a_foreign_page_is_refused_and_from_ours_let_in(by_aiohttp: list[str]) -> None:
    async with bare() as server:
        server.path = "socket.io"
        url = server.url(WEBSOCKET)
        async with server.http.ws_connect(url, origin="https://ours.example") as line_of_ours:
            assert str((await line_of_ours.receive()).data).startswith("0")
        assert by_aiohttp == []
        with pytest.raises(WSServerHandshakeError) as refused:
            await server.http.ws_connect(url, origin="https://theirs.example")
        assert refused.value.status == 403
        assert len(server.sio.eio.sockets) <= 1


async def test_websockets_are_limited_by_the_address_that_a_proxy_tells(by_aiohttp: list[str]) -> None:
    bounds = Bounds(connections_per_address=1, remote=lambda asker: asker.headers.get("X-Forwarded-For", "here"))
    async with bare(bounds, ping_interval=5) as server:
        url = server.url(WEBSOCKET)
        async with server.http.ws_connect(url), server.http.ws_connect(url, headers={"X-Forwarded-For": "there"}):
            assert by_aiohttp == []
            with pytest.raises(WSServerHandshakeError) as refused:
                await server.http.ws_connect(url)
            assert refused.value.status == 503


async def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "SILENT_S", 0.05)
    async with bare() as server, line(server) as (reader, _):
        assert await reader.read() == b""


async def test_who_has_said_nothing_goes_with_the_server() -> None:
    async with bare() as server:
        host, port = server.root.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        await asyncio.sleep(0.01)
    async with asyncio.timeout(PATIENCE_S):
        assert await reader.read() == b""
    writer.close()


async def test_few_come_and_go_in_each_turn_of_the_loop_and_all_in_the_end() -> None:
    """Thousands who break off at once, and come back at once, keep nobody else waiting."""
    async with bare(ping_interval=5) as server, AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(line(server)) for _ in range(100)]
        for _, writer in lines:
            writer.write(HEAD.encode())
        assert await most_in_a_turn(server, len(lines)) <= 2 * AT_ONCE
        for reader, writer in lines:
            await opened(reader)
            writer.transport.abort()
        assert await most_in_a_turn(server, 0) <= 2 * AT_ONCE


async def most_in_a_turn(server: Bare, count: int) -> int:
    """Waits until so many are connected."""
    sockets, most = server.sio.eio.sockets, 0
    async with asyncio.timeout(PATIENCE_S):
        while len(sockets) != count:
            before = len(sockets)
            await asyncio.sleep(0)
            most = max(most, abs(len(sockets) - before))
    return most


@pytest.mark.parametrize("padding", [" " * 100_000, "\t \t" * 30_000, "a:" * 50_000])
def test_a_long_head_is_seen_to_be_none_at_once(padding: str) -> None:
    """The pattern never goes back: what it takes grows with the length alone."""
    data = HEAD.replace("Host: x", f"Host: {padding}\0").encode()
    began = time.process_time()
    assert reception.read(data, None, {}) is None
    assert time.process_time() - began < SOON_S
