"""python-socketio's own interface to rooms, on what is kept here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.edges.bare import PATIENCE_S, Bare, Line, bare


@pytest.fixture
async def server() -> AsyncIterator[Bare]:
    async with bare(ping_interval=5) as started:
        started.path = "socket.io"
        yield started


async def test_emit_reaches_rooms_some_rooms_all_but_some_and_one(server: Bare) -> None:
    sio = server.sio
    async with server.joined() as first, server.joined() as second, server.joined() as third:
        sids = [sid for sid, _ in sio.manager.get_participants("/", None)]
        await sio.enter_room(sids[0], "a")
        await sio.enter_room(sids[1], "a")
        await sio.enter_room(sids[1], "b")
        await sio.enter_room(sids[1], "b")
        await sio.emit("n", 1, room="a")
        await sio.emit("n", 2, room=["a", "b"])
        await sio.emit("n", 3, skip_sid=sids[0])
        await sio.emit("n", 4, to=sids[2])
        await sio.emit("n", 5, room="nobody")
        await sio.close_room("b")
        await sio.emit("n", 6, room="b")
        await sio.emit("n", 7)
        assert [await heard(line) for line in (first, second, third)] == [[1, 2, 7], [1, 2, 3, 7], [3, 4, 7]]
        assert (sio.rooms(sids[0]), sio.rooms(sids[1]), sio.rooms(sids[2])) == (
            [sids[0], "a"],
            [sids[1], "a"],
            [sids[2]],
        )


async def heard(line: Line) -> list[int]:
    numbers: list[int] = []
    while not numbers or numbers[-1] != 7:
        numbers.append(int((await line.hear())[len('42["n",') : -1]))
    return numbers


async def test_an_emit_is_acknowledged(server: Bare) -> None:
    async with server.joined() as line:
        ((sid, _),) = server.sio.manager.get_participants("/", None)
        answered = asyncio.Queue[str]()
        await server.sio.emit("n", 1, to=sid, callback=answered.put_nowait)
        assert await line.hear() == '421["n",1]'
        await line.say('431["yes"]')
        assert await asyncio.wait_for(answered.get(), PATIENCE_S) == "yes"


async def test_who_has_gone_is_in_no_room_and_leaves_nothing(server: Bare) -> None:
    sio = server.sio
    async with server.joined() as stays:
        async with server.joined() as goes:
            (staying, _), (going, _) = sio.manager.get_participants("/", None)
            for sid in (staying, going):
                await sio.enter_room(sid, "a")
            await sio.enter_room(going, "alone")
            await goes.say("40/custom")
            assert (await goes.hear()).startswith("40/custom,")
        await asyncio.wait_for(server.endings.get(), PATIENCE_S)
        await asyncio.wait_for(server.endings.get(), PATIENCE_S)
        assert [sid for sid, _ in sio.manager.get_participants("/", "a")] == [staying]
        assert (list(sio.manager.rooms), list(sio.manager.rooms["/"].rooms)) == (["/"], ["a"])
        assert not sio.manager.is_connected(going, "/")
        with pytest.raises(ValueError, match="not connected"):
            await sio.enter_room(going, "a")
        with pytest.raises(ValueError, match="own room"):
            await sio.enter_room(staying, staying)
        await stays.say("41")
        await asyncio.wait_for(server.endings.get(), PATIENCE_S)
        assert sio.manager.rooms == {}
