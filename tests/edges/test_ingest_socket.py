"""Our own WebSocket, with a real client, a real engine and two servers."""

from __future__ import annotations

import asyncio
import json
import re
import time

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from isegoria.store.engine import Engine
from tests.edges.ingested import Away, housed
from tests.live.stage import FLOOR, NOON


async def _sent(socket: ClientWebSocketResponse, *messages: object) -> None:
    for message in messages:
        await socket.send_str(message if isinstance(message, str) else json.dumps(message))


def said(text: str, name: str = "1", status: str = "final") -> dict[str, str]:
    return {"segment_id": name, "status": status, "text": text}


async def test_a_socket_sends_partials_and_finals(engine: Engine) -> None:
    async with housed(engine) as house, house.socket() as socket:
        reader = house.replicas[1]
        await _sent(socket, said("Thank", status="partial"))
        await house.stage.until(lambda: reader.texts() == ["Thank"])
        await _sent(socket, said("Thank you."))
        await house.stage.until(lambda: reader.relay._rooms["floor", False].newest == 1)
        await reader.pace.pass_by(40)
        assert reader.texts() == ["Thank", "Thank you."]


async def test_the_secret_may_come_as_the_first_message(engine: Engine) -> None:
    async with housed(engine) as house, house.socket("") as socket:
        await _sent(socket, {"token": house.secret}, said("hello"))
        await house.stage.until(lambda: house.replicas[0].texts() == ["hello"])


async def test_a_wrong_secret_is_403_or_a_close_with_the_reason(engine: Engine) -> None:
    async with housed(engine) as house:
        with pytest.raises(WSServerHandshakeError, match="403"):
            async with house.socket("wrong"):
                pass
        for first in ({"token": "wrong"}, "hello", [1]):
            async with house.socket("") as socket:
                await _sent(socket, first)
                closed = await socket.receive(timeout=5)
                assert (closed.type, closed.data) == (WSMsgType.CLOSE, 1008)
                assert re.search("Copy the whole|secret of the feed", str(closed.extra))


async def test_what_is_malformed_is_told_dropped_and_counted_and_the_next_is_taken(engine: Engine) -> None:
    async with housed(engine) as house, house.socket() as socket:
        await _sent(socket, "{", {"segment_id": "1"}, "[" * 60_000, said("hello"))
        told = [await socket.receive_json(timeout=5) for _ in range(3)]
        assert all(one["error"]["code"] == "malformed" for one in told)
        assert "status" in told[1]["error"]["message"]
        await house.stage.until(lambda: house.replicas[0].texts() == ["hello"])
        assert house.replicas[0].intake.status({})[0].dropped == 3


async def test_a_message_that_is_too_large_ends_the_connection_and_nothing_else(engine: Engine) -> None:
    async with housed(engine) as house:
        async with house.socket() as socket:
            await _sent(socket, said("x" * 70_000))
            closed = await socket.receive(timeout=5)
            assert (closed.type, closed.data) == (WSMsgType.CLOSE, 1009)
        async with house.socket() as socket:
            await _sent(socket, said("hello"))
            await house.stage.until(lambda: "hello" in house.replicas[0].texts())
        assert house.replicas[0].intake.status({})[0].dropped == 1


async def test_C11_a_connection_that_comes_back_leaves_one_gap_and_no_repeat(engine: Engine) -> None:
    async with housed(engine) as house:
        first = [said(f"line {number}", str(number)) for number in range(5)]
        for messages in (first, [*first, said("line 5", "5")]):
            async with house.socket() as socket:
                await _sent(socket, *messages)
                last = messages[-1]["text"]
                await house.stage.until(lambda: house.replicas[0].intake.status({})[0].last_line == last)  # noqa: B023
            await house.stage.until(lambda: house.replicas[0].intake.status({})[0].state == "silent")
            house.stage.now += 2_000
        kept = await house.stage.kept()
        assert [one.text for one in kept if one.text] == [f"line {number}" for number in range(6)]
        assert [(one.ends_at or 0) - (one.starts_at or 0) for one in kept if not one.text] == [2_000]


async def test_C11_an_answered_ping_is_a_sign_of_life(engine: Engine) -> None:
    async with housed(engine, ping_s=0.01) as house, house.socket() as socket:
        await _sent(socket, said("hello"))
        await house.stage.until(lambda: house.replicas[0].texts() == ["hello"])
        reading = asyncio.create_task(socket.receive())  # the client answers pings while it reads
        house.stage.now = NOON + 7_000
        await house.stage.until(lambda: house.replicas[0].intake.status({})[0].last_at == NOON + 7_000)
        reading.cancel()


async def test_a_connection_without_a_sign_of_life_is_ended(engine: Engine) -> None:
    async with housed(engine, ping_s=0.02) as house:
        url = house.servers[0].make_url(f"/feeds/s/{FLOOR.id}")
        headers = {"Authorization": f"Bearer {house.secret}"}
        async with house.client.ws_connect(url, headers=headers, autoping=False) as socket:
            async with asyncio.timeout(5):
                while (message := await socket.receive()).type is WSMsgType.PING:
                    pass
            assert message.type is WSMsgType.CLOSE


@pytest.mark.parametrize(("moved", "kept"), [(True, ["one", "three"]), (False, ["one", "two", "two and a half"])])
async def test_what_comes_of_a_line_on_which_a_server_stood_still_is_old_if_its_feed_has_moved(
    engine: Engine, moved: bool, kept: list[str]
) -> None:
    async with housed(engine, ping_s=0.1) as house, house.socket() as socket:
        await _sent(socket, said("one", "1"))
        await house.stage.until(lambda: house.replicas[0].relay._rooms["floor", False].newest == 1)
        if moved:
            async with house.socket(server=1) as other:
                await _sent(other, said("three", "3"))
                await house.stage.until(lambda: house.replicas[0].relay._rooms["floor", False].newest == 2)
        await _sent(socket, said("two", "2"), said("two and a half", "2.5"))
        time.sleep(0.5)  # noqa: ASYNC251 - all stands still
        if moved:
            async with asyncio.timeout(5):
                while (await socket.receive()).type is not WSMsgType.CLOSE:
                    pass
        else:
            await house.stage.until(lambda: house.replicas[0].relay._rooms["floor", False].newest == 3)
        assert await house.texts() == kept


async def test_while_the_engine_is_away_nothing_of_a_socket_is_lost(engine: Engine) -> None:
    async with housed(engine, retry_s=0.01) as house, house.socket() as socket:
        house.replicas[0].intake._transcript = Away(engine, times=3)
        await _sent(socket, said("one", "1"), said("two", "2"))
        await house.stage.until(lambda: house.replicas[0].relay._rooms["floor", False].newest == 2)
        assert await house.texts() == ["one", "two"]


async def test_a_server_that_stops_tells_its_feeds_and_does_not_wait_for_them(engine: Engine) -> None:
    async with housed(engine) as house, house.socket() as socket:
        await _sent(socket, said("hello"))
        await house.stage.until(lambda: house.replicas[0].texts() == ["hello"])
        async with asyncio.timeout(5):
            await house.servers[0].close()
        closed = await socket.receive(timeout=5)
        assert (closed.type, closed.data) == (WSMsgType.CLOSE, 1001)
