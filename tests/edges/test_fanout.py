"""A broadcast reaches all of a room once and in order, in slices between which others have their turn."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import socketio

from isegoria.edges import fanout, metrics
from isegoria.edges.bounds import Bounds
from isegoria.edges.protocol import EventPacket
from tests.edges.bare import PATIENCE_S, Bare, Line, bare

ROOM = "hall"


@dataclass
class Reader:
    """A Socket.IO client as programs use it."""

    sio: socketio.AsyncClient
    heard: list[Any] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, said: Any) -> None:
        self.heard.append(said)
        self.news.set()

    async def until(self, count: int) -> list[Any]:
        """What was heard, when it is that much."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.heard) < count:
                self.news.clear()
                await self.news.wait()
        return self.heard

    @property
    def sid(self) -> str:
        return str(self.sio.get_sid())


@pytest.fixture
async def server() -> AsyncIterator[Bare]:
    async with bare(Bounds(queued=200_000), ping_interval=5) as started:
        started.path = "socket.io"
        yield started


@asynccontextmanager
async def reader(server: Bare, transport: str = "websocket", room: str | None = ROOM) -> AsyncIterator[Reader]:
    one = Reader(socketio.AsyncClient(reconnection=False))
    one.sio.on("said", one.hear)
    await one.sio.connect(server.root, transports=[transport])
    if room:
        await server.sio.enter_room(one.sid, room)
    try:
        yield one
    finally:
        await one.sio.disconnect()


@asynccontextmanager
async def readers(server: Bare, count: int, room: str = ROOM) -> AsyncIterator[list[Reader]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(reader(server, room=room)) for _ in range(count)]


def slices_of(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(fanout, "SLICE", size)


# --- all of it, once, in order ---------------------------------------------------------------------


async def test_all_of_a_room_hear_everything_once_and_in_order_by_websocket_and_by_polling(
    server: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices_of(monkeypatch, 2)
    said: list[Any] = [{"number": number, "text": "ß" * number * 20} for number in range(60)]
    async with readers(server, 5) as crowd, reader(server, "polling") as polls, reader(server, room=None) as outside:
        for one in said:
            # Some are waited for, some begin while those before are under way.
            begun = server.sio.broadcast(EventPacket("said", one), ROOM)
            if one["number"] % 3 == 0:
                await begun
        for everyone in (*crowd, polls):
            assert await everyone.until(60) == said
        await server.sio.broadcast(EventPacket("said", "to all"))
        assert await outside.until(1) == ["to all"]
        for everyone in (*crowd, polls):
            assert await everyone.until(61) == [*said, "to all"]


async def test_a_frame_that_needs_eight_bytes_for_its_length_arrives(server: Bare) -> None:
    text = "x" * 70_000
    async with reader(server) as one:
        await server.sio.broadcast(EventPacket("said", text), ROOM)
        await server.sio.broadcast(EventPacket("said", "after it"), ROOM)
        assert await one.until(2) == [text, "after it"]


async def test_what_is_told_to_one_before_a_round_comes_before_it(server: Bare) -> None:
    async with reader(server) as one, reader(server, "polling") as polls:
        for sid in (one.sid, polls.sid):
            server.sio.tell(EventPacket("said", "so far"), sid)
        await server.sio.broadcast(EventPacket("said", "next"), ROOM)
        assert await one.until(2) == await polls.until(2) == ["so far", "next"]


async def test_what_is_told_to_one_goes_before_what_begins_after_it_though_other_rounds_are_under_way(
    server: Bare,
) -> None:
    async with reader(server), reader(server, room="other") as one:
        server.sio.broadcast(EventPacket("said", "to others"), ROOM)
        server.sio.tell(EventPacket("said", 1), one.sid)
        await server.sio.broadcast(EventPacket("said", 2), "other")
        assert await one.until(2) == [1, 2]


async def test_who_comes_leaves_or_comes_back_in_the_middle_of_a_round_hears_everything_once(
    server: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A joiner is told what the round says, so the round must not reach it; who has left must not hear it at all."""
    slices_of(monkeypatch, 1)
    sio = server.sio

    async def join(one: Reader) -> None:
        await sio.enter_room(one.sid, ROOM)
        sio.tell(EventPacket("said", "so far"), one.sid)

    async with readers(server, 5) as (first, *_, back, gone), reader(server, room=None) as late:
        begun = sio.broadcast(EventPacket("said", "round"), ROOM)
        await asyncio.sleep(0)
        assert not begun.done()
        await join(late)
        await sio.leave_room(gone.sid, ROOM)
        await sio.leave_room(back.sid, ROOM)
        await join(back)
        # Theirs is over as well, though it had not begun.
        following = sio.broadcast(EventPacket("said", "next"), ROOM)
        await sio.leave_room(first.sid, ROOM)
        await following
        sio.tell(EventPacket("said", "alone"), first.sid)
        sio.tell(EventPacket("said", "alone"), gone.sid)
        assert await first.until(2) == ["round", "alone"]
        assert await gone.until(1) == ["alone"]
        for one in (late, back):
            assert await one.until(2) == ["so far", "next"]


async def test_who_disconnects_in_the_middle_of_a_round_harms_nobody(
    server: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices_of(monkeypatch, 1)
    async with readers(server, 4) as (first, second, third, last):
        begun = server.sio.broadcast(EventPacket("said", "round"), ROOM)
        await asyncio.sleep(0)
        await server.sio.disconnect(third.sid)
        await begun
        for one in (first, second, last):
            assert await one.until(1) == ["round"]
        assert third.heard == []


async def test_what_a_room_hears_while_someone_is_let_in_comes_after_their_connect(server: Bare) -> None:
    """And is not lost: who is let in enters rooms before they are told that they are in."""
    entered, let_in = asyncio.Event(), asyncio.Event()

    async def slowly(sid: str, *_: object) -> None:
        await server.sio.enter_room(sid, ROOM)
        entered.set()
        await let_in.wait()

    server.sio.on("connect", slowly)
    async with server.opened() as line:
        await line.say("40")
        await entered.wait()
        await server.sio.broadcast(EventPacket("said", 1), ROOM)
        let_in.set()
        assert (await line.hear()).startswith("40{")
        assert await line.hear() == '42["said",1]'
        await server.sio.broadcast(EventPacket("said", 2), ROOM)
        assert await line.hear() == '42["said",2]'


async def test_what_a_room_hears_while_a_namespace_is_joined_comes_after_it_whatever_else_is_said(server: Bare) -> None:
    """What is said meanwhile outside of rooms, a ping say, opens no way past what waits."""
    entered, let_in = asyncio.Event(), asyncio.Event()

    async def slowly(*_: object) -> None:
        entered.set()
        await let_in.wait()
        server.sio.broadcast(EventPacket("said", 2), ROOM)

    async with server.joined() as line:
        server.sio.on("connect", slowly, namespace="/custom")
        ((sid, eio_sid),) = server.sio.manager.get_participants("/", None)
        await server.sio.enter_room(sid, ROOM)
        await line.say("40/custom")
        await entered.wait()
        await server.sio.eio.send(eio_sid, "outside")
        assert await line.hear() == "4outside"
        await server.sio.broadcast(EventPacket("said", 1), ROOM)
        let_in.set()
        assert (await line.hear()).startswith("40/custom,")
        assert [await line.hear(), await line.hear()] == ['42["said",1]', '42["said",2]']


async def test_what_is_said_during_an_upgrade_is_heard_once_and_in_order(server: Bare) -> None:
    sid = await server.joined_by_polling()
    socket = server.sio.eio.sockets[sid]
    await server.sio.enter_room(server.sio.manager.sid_from_eio_sid(sid, "/"), ROOM)
    async with server.socket(sid=sid) as line:
        await line.say("2probe")
        assert await line.hear() == "3probe"
        assert socket.upgrading
        await server.sio.broadcast(EventPacket("said", 1), ROOM)
        await server.sio.broadcast(EventPacket("said", 2), ROOM)
        assert len(socket.outbox) == 2
        await line.say("5")
        assert [await line.hear(), await line.hear()] == ['42["said",1]', '42["said",2]']
        await server.sio.broadcast(EventPacket("said", 3), ROOM)
        assert await line.hear() == '42["said",3]'


# --- nobody waits for a room -----------------------------------------------------------------------


async def turns_until(done: asyncio.Future[None]) -> int:
    """In how many turns of the loop others could do something meanwhile."""
    turns = 0
    while not done.done():
        await asyncio.sleep(0)
        turns += 1
    return turns


async def test_a_round_yields_to_the_loop_after_each_slice(server: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    async with readers(server, 9):
        assert await turns_until(server.sio.broadcast(EventPacket("said", "in one slice"), ROOM)) <= 2
        slices_of(monkeypatch, 2)
        assert await turns_until(server.sio.broadcast(EventPacket("said", "in five"), ROOM)) >= 5


async def test_an_event_is_answered_in_the_middle_of_a_round(server: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a command would be. What comes first is told in the server's order, not by time."""
    slices_of(monkeypatch, 1)
    order: list[str] = []

    async def asked(_: str, __: object) -> str:
        order.append("answered")
        return "yes"

    server.sio.on("ask", asked)
    async with readers(server, 30) as (one, *_), server.joined() as line:
        await line.say('420["ask",{}]')
        begun = server.sio.broadcast(EventPacket("said", "round"), ROOM)
        begun.add_done_callback(lambda _: order.append("round over"))
        assert await line.hear() == '430["yes"]'
        await begun
        assert await one.until(1) == ["round"]
    assert order == ["answered", "round over"]


async def test_rooms_take_turns_and_a_small_one_does_not_wait_for_a_large_one(
    server: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices_of(monkeypatch, 1)
    over: list[str] = []

    def note(begun: asyncio.Future[None], name: str) -> asyncio.Future[None]:
        begun.add_done_callback(lambda _: over.append(name))
        return begun

    async with readers(server, 8), readers(server, 2, "small"):
        rounds: Sequence[asyncio.Future[None]] = [
            note(server.sio.broadcast(EventPacket("said", 1), ROOM), "large"),
            note(server.sio.broadcast(EventPacket("said", 2), ROOM), "large again"),
            note(server.sio.broadcast(EventPacket("said", 3), "small"), "small"),
            note(server.sio.broadcast(EventPacket("said", 3), "nobody here"), "empty"),
        ]
        await asyncio.gather(*rounds)
    assert over == ["empty", "small", "large", "large again"]


async def test_whoever_stops_waiting_for_a_round_does_not_stop_it(
    server: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices_of(monkeypatch, 1)
    async with readers(server, 3) as (*_, last):
        server.sio.broadcast(EventPacket("said", 1), ROOM).cancel()
        await server.sio.broadcast(EventPacket("said", 2), ROOM)
        assert await last.until(2) == [1, 2]


# --- who does not read -----------------------------------------------------------------------------


async def test_a_slow_reader_is_dropped_with_the_reason_and_others_hear_everything(server: Bare) -> None:
    before = fallen_behind()
    async with reader(server) as reads, server.joined() as deaf:
        await enter(server, deaf, reads)
        _transport(deaf).pause_reading()
        said = heaviest = 0
        while server.endings.empty():
            await server.sio.broadcast(EventPacket("said", f"{said} {'x' * 20_000}"), ROOM)
            said += 1
            await reads.until(said)
            heaviest = max(heaviest, *(one.queued for one in server.sio.eio.sockets.values()), 0)
        assert 150_000 < heaviest < 250_000
        assert (await server.endings.get())[1] == "too slow"
        assert [text.split()[0] for text in reads.heard] == [str(number) for number in range(said)]
        assert len(server.sio.eio.sockets) == 1
        assert fallen_behind() == before + 1
        _transport(deaf).resume_reading()
        await deaf.ends()
        assert (deaf.ws.close_code, server.sio.manager.get_rooms(reads.sid, "/")) == (1013, [reads.sid, ROOM])


async def enter(server: Bare, line: Line, other: Reader) -> None:
    """The one who is not `other` enters the room."""
    sids = [sid for sid, _ in server.sio.manager.get_participants("/", None) if sid != other.sid]
    await server.sio.enter_room(sids[0], ROOM)
    await server.sio.broadcast(EventPacket("said", "hello"), sids[0])
    assert json.loads((await line.hear())[2:]) == ["said", "hello"]


def fallen_behind() -> float:
    return float(metrics.DROPPED.labels("too slow")._value.get())


def _transport(line: Line) -> asyncio.Transport:
    transport = line.ws._writer.transport
    assert isinstance(transport, asyncio.Transport)
    return transport
