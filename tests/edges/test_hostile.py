"""Clients that break the rules, do not read, or come in numbers: the server's bounds hold and others notice nothing."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from isegoria.edges import packets
from isegoria.edges.bounds import Bounds
from tests.edges.bare import POLLING, WEBSOCKET, Bare, Line, bare
from tests.serving import replica

SECOND = 1.0


@pytest.fixture
async def socket_io() -> AsyncIterator[Bare]:
    async with bare() as started:
        started.path = "socket.io"
        yield started


# --- what is no packet -----------------------------------------------------------------------------

GARBAGE: list[list[str | bytes]] = [
    ["4"],
    ["4abc"],
    ["4٣"],
    ["42"],
    ["42{}"],
    ["42[]"],
    ["42[1]"],
    ['42"message"'],
    ['42abc["message-with-ack",1]'],
    ['42["message",NaN]'],
    ["42" + "9" * 200 + '["message"]'],
    ["42" + "[" * 100_000],
    ["42" + "[" * 60_000],
    ['42["message",' + "[" * 60 + "]" * 60 + "]"],
    ['42["connect",{},{"session":"s1"}]'],
    ['42["disconnect"]'],
    ['42/elsewhere,["message"]'],
    ["40"],
    ["40[]"],
    ['41["why"]'],
    ["43{}"],
    ['44{"message":"no"}'],
    ["47"],
    [b"\x00\x01"],
    ['451-["message",{"_placeholder":true,"num":0}]', '42["message"]'],
    ['451-["message",{"_placeholder":true,"num":7}]', b"\x00"],
    ['459999999-["message"]'],
]


@pytest.mark.parametrize("said", GARBAGE, ids=lambda said: repr(said[0])[:24])
async def test_an_invalid_packet_closes_the_connection_within_a_second(
    socket_io: Bare, said: list[str | bytes]
) -> None:
    async with socket_io.joined() as line:
        await line.say(*said)
        await line.ends(SECOND)
    assert socket_io.sio.eio.sockets == {}
    assert socket_io.sio._binary_packet == {}


@pytest.mark.parametrize("said", ["4abc", "42{}", "42" + "[" * 60_000, "bAAA=", "41\x1e42[]"])
async def test_an_invalid_packet_ends_a_polling_session_at_once(socket_io: Bare, said: str) -> None:
    sid = await socket_io.joined_by_polling()
    assert (await socket_io.post(sid, said))[0] == 400
    assert (await socket_io.poll(sid))[0] == 400


async def test_who_speaks_before_connecting_is_closed(socket_io: Bare) -> None:
    async with socket_io.opened() as line:
        await line.say('42["message"]')
        await line.ends(SECOND)


async def test_a_message_of_64_KB_is_taken_and_a_larger_one_is_not(socket_io: Bare) -> None:
    def message(size: int) -> str:
        head, tail = '42["message","', '"]'
        return head + "x" * (size - len(head) - len(tail)) + tail

    async with socket_io.joined() as line:
        await line.say(message(65_536))
        assert (await line.hear()).startswith('42["message-back","xxx')
        await line.say(message(65_537))
        await line.ends(SECOND)
    sid = await socket_io.joined_by_polling()
    assert (await socket_io.post(sid, message(65_536)))[0] == 200
    assert (await socket_io.post(sid, message(65_537)))[0] == 400


async def test_a_post_that_never_ends_is_not_waited_for(socket_io: Bare) -> None:
    sid = await socket_io.joined_by_polling()

    async def half() -> AsyncIterator[bytes]:
        yield b"42"
        await asyncio.sleep(60)

    posting = asyncio.create_task(socket_io.ask("POST", POLLING, sid, data=half()))
    assert (await asyncio.wait_for(socket_io.endings.get(), SECOND))[1] in {"invalid packet", "ping timeout"}
    posting.cancel()


def test_depth_is_limited_where_brackets_are_many() -> None:
    assert packets.loads("[" * 32 + "]" * 32)
    assert packets.loads(json.dumps([{}] * 1_000)) == [{}] * 1_000
    with pytest.raises(ValueError, match="deep"):
        packets.loads("[" * 33 + "]" * 33)


# --- who does not connect --------------------------------------------------------------------------


async def test_a_transport_without_a_namespace_is_closed_though_it_answers_pings() -> None:
    async with bare(Bounds(connect_within_s=0.5)) as server:
        server.path = "socket.io"
        async with server.opened() as idle, server.joined() as left, server.joined() as stays:
            await left.say("41")
            await asyncio.gather(idle.ends(SECOND), left.ends(SECOND), _speaks(stays, 0.7))
            assert idle.ws.close_code == left.ws.close_code == 1008
        sid = await server.handshake()
        assert await server.ask("GET", POLLING, sid) == (200, "2")
        assert await server.ask("GET", POLLING, sid) == (200, "1")


async def _speaks(line: Line, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await line.say("3" if await line.hear() == "2" else '42["message"]')


async def test_who_hangs_up_while_being_let_in_is_told_of_as_gone(socket_io: Bare) -> None:
    asked, let_in = asyncio.Event(), asyncio.Event()

    async def slowly(*_: object) -> None:
        asked.set()
        await let_in.wait()

    socket_io.sio.on("connect", slowly)
    sid = await socket_io.handshake()
    posting = asyncio.create_task(socket_io.post(sid, "40"))
    await asked.wait()
    assert (await socket_io.post(sid, "1"))[0] == 400
    let_in.set()
    await posting
    assert (await asyncio.wait_for(socket_io.endings.get(), SECOND))[1] == "transport close"
    assert socket_io.sio.environ == {}


# --- who does not read -----------------------------------------------------------------------------


def frame(text: str) -> bytes:
    """A client's short text frame, masked with zeros."""
    return b"\x81" + bytes([0x80 | len(text)]) + b"\0\0\0\0" + text.encode()


@contextmanager
def raw(root: str) -> Iterator[socket.socket]:
    """A plain socket with next to no room for what it does not read."""
    with socket.socket() as plain:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        plain.connect((urlsplit(root).hostname, urlsplit(root).port))
        plain.setblocking(False)
        yield plain


async def upgraded(plain: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    head = f"GET /socket.io/?{WEBSOCKET} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    await loop.sock_sendall(plain, (head + key).encode())
    received = b""
    while b"maxPayload" not in received:
        received += await loop.sock_recv(plain, 1_000)
    await loop.sock_sendall(plain, frame("40"))


async def test_a_reader_that_does_not_read_is_dropped_at_the_byte_cap_and_told_why() -> None:
    news = "x" * 10_000
    async with bare(Bounds(queued=200_000), ping_interval=0.05) as server:
        server.path = "socket.io"
        loop = asyncio.get_running_loop()
        with raw(server.root) as plain:
            await upgraded(plain)
            async with server.joined() as reads:
                heaviest = 0
                for _ in range(2_000):
                    await loop.sock_sendall(plain, frame("3"))  # as if it answered pings
                    await server.sio.emit("news", news)
                    assert await _news(reads) == news
                    heaviest = max([heaviest, *(one.queued for one in server.sio.eio.sockets.values())])
                    if not server.endings.empty():
                        break
                assert (await asyncio.wait_for(server.endings.get(), SECOND))[1] == "too slow"
                assert heaviest < 200_000 + 2 * len(news)
                assert len(server.sio.eio.sockets) == 1
                assert (await _rest(plain)).endswith(b"\x03\xf5too slow")


async def _news(line: Line) -> str:
    """The next event, whatever pings come before it."""
    while (said := await line.hear()) == "2":
        await line.say("3")
    return str(json.loads(said[2:])[1])


async def _rest(plain: socket.socket) -> bytes:
    """All that comes until the line is cut."""
    loop, received = asyncio.get_running_loop(), b""
    async with asyncio.timeout(3):
        while part := await loop.sock_recv(plain, 100_000):
            received += part
    return received


async def test_a_reader_that_never_reads_again_has_its_line_cut() -> None:
    async with bare(Bounds(queued=100_000), ping_interval=5) as server:
        server.path = "socket.io"
        with raw(server.root) as plain:
            await upgraded(plain)
            while server.endings.empty():
                await server.sio.emit("news", "x" * 20_000)
                await asyncio.sleep(0)
            with pytest.raises(ConnectionError):
                await asyncio.wait_for(_answers_pings(plain), 2 * SECOND)


async def _answers_pings(plain: socket.socket) -> None:
    while True:
        await asyncio.get_running_loop().sock_sendall(plain, frame("3"))
        await asyncio.sleep(0.02)


async def test_a_polling_client_that_does_not_poll_is_dropped_as_well() -> None:
    async with bare(Bounds(queued=100_000), ping_interval=5) as server:
        server.path = "socket.io"
        sid = await server.joined_by_polling()
        for _ in range(12):
            await server.sio.emit("news", "x" * 10_000)
        assert (await asyncio.wait_for(server.endings.get(), SECOND))[1] == "too slow"
        assert (await server.poll(sid))[0] == 400


async def test_nothing_is_compressed_whatever_a_client_offers(socket_io: Bare) -> None:
    async with socket_io.http.ws_connect(socket_io.url(WEBSOCKET), compress=15) as ws:
        assert ws.compress == 0


# --- clocks ----------------------------------------------------------------------------------------


async def test_a_step_of_the_wall_clock_drops_nobody(socket_io: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    async with socket_io.joined() as line:
        assert await line.hear() == "2"
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 3_600)
        await line.say("3", '42["message"]')
        assert [await line.hear(), await line.hear()] == ['42["message-back"]', "2"]


async def test_a_replica_stops_though_a_client_does_not_let_go(tmp_path: Path) -> None:
    with ExitStack() as stack:
        async with replica(tmp_path) as running:
            plain = stack.enter_context(raw(running.url))
            await upgraded(plain)
            began = time.monotonic()
        assert time.monotonic() - began < 3 * SECOND
