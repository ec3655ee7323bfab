"""Engine.IO 4 and Socket.IO 5 as the reference server speaks them, by raw requests to the product's own factory.

https://github.com/socketio/engine.io-protocol, https://github.com/socketio/socket.io-protocol
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import WSServerHandshakeError

from tests.edges.bare import PING_INTERVAL_S, PING_TIMEOUT_S, POLLING, WEBSOCKET, Bare, bare


@pytest.fixture
async def engine_io() -> AsyncIterator[Bare]:
    async with bare() as started:
        yield started


@pytest.fixture
async def socket_io(engine_io: Bare) -> Bare:
    engine_io.path = "socket.io"
    return engine_io


def fault(code: int, message: str) -> tuple[int, str]:
    return 400, json.dumps({"code": code, "message": message}, separators=(",", ":"))


# --- Engine.IO: the handshake ----------------------------------------------------------------------


async def test_the_handshake_tells_what_the_client_must_know(engine_io: Bare) -> None:
    status, text = await engine_io.ask("GET", POLLING)
    told = json.loads(text[1:])
    assert (status, text[0]) == (200, "0")
    assert told.pop("sid")
    assert told == {"upgrades": ["websocket"], "pingInterval": 300, "pingTimeout": 200, "maxPayload": 65_536}
    async with engine_io.socket() as line:
        assert json.loads((await line.hear())[1:])["upgrades"] == []


UNACCEPTABLE = [
    ("GET", "EIO=4", fault(0, "Transport unknown")),
    ("GET", "EIO=4&transport=abc", fault(0, "Transport unknown")),
    ("GET", "transport=polling", fault(5, "Unsupported protocol version")),
    ("GET", "EIO=abc&transport=polling", fault(5, "Unsupported protocol version")),
    ("GET", "EIO=3&transport=polling", fault(5, "Unsupported protocol version")),
    ("POST", POLLING, fault(2, "Bad handshake method")),
    ("PUT", POLLING, fault(2, "Bad handshake method")),
    ("DELETE", POLLING, fault(2, "Bad handshake method")),
    ("GET", WEBSOCKET, fault(3, "Bad request")),
    ("GET", f"{POLLING}&j=0", fault(3, "Bad request")),
    ("GET", f"{POLLING}&sid=none", fault(1, "Session ID unknown")),
    ("POST", f"{POLLING}&sid=none", fault(1, "Session ID unknown")),
]


@pytest.mark.parametrize(("method", "query", "answer"), UNACCEPTABLE)
async def test_an_unacceptable_request_is_told_why(
    engine_io: Bare, method: str, query: str, answer: tuple[int, str]
) -> None:
    assert await engine_io.ask(method, query) == answer


@pytest.mark.parametrize(
    "query", ["transport=websocket", "EIO=abc&transport=websocket", "EIO=4", "EIO=4&transport=abc"]
)
async def test_an_unacceptable_websocket_is_refused(engine_io: Bare, query: str) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        async with engine_io.socket(query):
            pass
    assert refused.value.status == 400


async def test_an_upgrade_that_is_no_websocket_leaves_nothing_behind(engine_io: Bare) -> None:
    headers = {"Connection": "Upgrade", "Upgrade": "websocket"}
    assert await engine_io.ask("GET", WEBSOCKET, headers=headers) == fault(3, "Bad request")
    assert (await engine_io.endings.get())[1] == "transport error"


async def test_only_pages_of_known_origins_come_in(socket_io: Bare) -> None:
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert (await socket_io.ask("GET", POLLING, headers=elsewhere))[0] == 403
    assert (await socket_io.ask("GET", POLLING, headers={"Origin": "https://ours.example"}))[0] == 200


# --- Engine.IO: messages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", ["4hello", "4test1\x1e4test2\x1e4test3", "4hello\x1ebAQIDBA==", '4{"a":1}', "4ñandú \u202b\u05d0"]
)
async def test_what_is_posted_comes_back_by_a_poll(engine_io: Bare, body: str) -> None:
    sid = await engine_io.handshake()
    assert await engine_io.post(sid, body.encode()) == (200, "ok")
    assert await engine_io.poll(sid) == (200, body)


async def test_a_poll_of_more_than_16_packets_loses_none(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    sent = [f"4{n}" for n in range(40)]
    assert await engine_io.post(sid, "\x1e".join(sent)) == (200, "ok")
    back = [(await engine_io.poll(sid))[1].split("\x1e") for _ in range(3)]
    assert [len(part) for part in back] == [16, 16, 8]
    assert [packet for part in back for packet in part] == sent


@pytest.mark.parametrize("message", ["4hello", b"\x01\x02\x03"])
async def test_what_a_websocket_says_comes_back(engine_io: Bare, message: str | bytes) -> None:
    async with engine_io.opened() as line:
        await line.say(message)
        assert await line.hear() == message


@pytest.mark.parametrize("body", ["abc", "", "7", "0{}", "5", "2", "b%%%", b"\xff"])
async def test_an_invalid_payload_ends_the_session(engine_io: Bare, body: str | bytes) -> None:
    sid = await engine_io.handshake()
    assert await engine_io.post(sid, body) == fault(3, "Bad request")
    assert await engine_io.poll(sid) == fault(1, "Session ID unknown")


@pytest.mark.parametrize("message", ["abc", "", "7", "0{}", "5", "2"])
async def test_an_invalid_packet_ends_the_websocket(engine_io: Bare, message: str) -> None:
    async with engine_io.opened() as line:
        await line.say(message)
        await line.ends()
        assert line.ws.close_code == 1002


async def test_a_second_poll_beside_a_pending_one_ends_the_session(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    pending = await engine_io.pending_poll(sid)
    assert await engine_io.poll(sid) == fault(3, "Bad request")
    assert await pending == (200, "1")
    assert await engine_io.poll(sid) == fault(1, "Session ID unknown")


# --- Engine.IO: pings ------------------------------------------------------------------------------


async def test_pings_are_polled_and_pongs_posted(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    for _ in range(3):
        assert await engine_io.poll(sid) == (200, "2")
        assert await engine_io.post(sid, "3") == (200, "ok")


async def test_pings_go_over_a_websocket(engine_io: Bare) -> None:
    async with engine_io.opened() as line:
        for _ in range(3):
            assert await line.hear() == "2"
            await line.say("3")


async def test_who_does_not_answer_pings_is_gone(engine_io: Bare) -> None:
    async with asyncio.timeout(3 * (PING_INTERVAL_S + PING_TIMEOUT_S)):
        sid = await engine_io.handshake()
        assert await engine_io.endings.get() == (sid, "ping timeout")
        assert await engine_io.poll(sid) == fault(1, "Session ID unknown")
        async with engine_io.opened() as line:
            assert (await engine_io.endings.get())[1] == "ping timeout"
            assert await line.hear() == "2"
            await line.ends()


async def test_a_pending_poll_ends_with_the_ping_time_out(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    assert await engine_io.poll(sid) == (200, "2")
    assert await engine_io.poll(sid) == (200, "1")


# --- Engine.IO: the end ----------------------------------------------------------------------------


async def test_a_pending_poll_ends_when_the_client_closes(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    pending = await engine_io.pending_poll(sid)
    assert await engine_io.post(sid, "1") == (200, "ok")
    assert await pending == (200, "6")
    assert await engine_io.endings.get() == (sid, "client disconnect")
    assert (await engine_io.poll(sid))[0] == 400


async def test_a_pending_poll_ends_when_the_server_closes(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    pending = await engine_io.pending_poll(sid)
    await engine_io.sio.eio.disconnect(sid)
    assert await pending == (200, "1")


async def test_a_websocket_ends_when_the_client_closes(engine_io: Bare) -> None:
    async with engine_io.opened() as line:
        await line.say("1")
        await line.ends()
    assert (await engine_io.endings.get())[1] == "client disconnect"


# --- Engine.IO: from polling to WebSocket ----------------------------------------------------------


async def test_polling_becomes_a_websocket(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    async with engine_io.socket(sid=sid) as line:
        await line.say("2probe")
        assert await line.hear() == "3probe"
        await line.say("5", "4hello")
        assert await line.hear() == "4hello"


async def test_the_poll_that_is_pending_at_the_upgrade_ends_empty(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    pending = await engine_io.pending_poll(sid)
    async with engine_io.socket(sid=sid) as line:
        await line.say("2probe")
        assert await line.hear() == "3probe"
        assert await pending == (200, "6")
        assert await engine_io.poll(sid) == (200, "6")


async def test_after_the_upgrade_http_and_other_websockets_are_refused(engine_io: Bare) -> None:
    sid = await engine_io.handshake()
    async with engine_io.socket(sid=sid) as line:
        await line.say("2probe")
        assert await line.hear() == "3probe"
        await line.say("5")
        assert await engine_io.poll(sid) == fault(3, "Bad request")
        assert await engine_io.post(sid, "4no") == fault(3, "Bad request")
        async with engine_io.socket(sid=sid) as second:
            await second.ends()
        await line.say("4hello")
        assert await line.hear() == "4hello"


@pytest.mark.parametrize("said", ["4no", "5"])
async def test_a_failed_upgrade_leaves_the_polling_as_it_was(engine_io: Bare, said: str) -> None:
    sid = await engine_io.handshake()
    async with engine_io.socket(sid=sid) as line:
        await line.say(said)
        await line.ends()
    assert await engine_io.post(sid, "4hello") == (200, "ok")
    assert await engine_io.poll(sid) == (200, "4hello")


# --- Socket.IO -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("40", ("40{", '42["auth",{}]')),
        ('40{"token":"123"}', ("40{", '42["auth",{"token":"123"}]')),
        ("40/custom,", ("40/custom,{", '42/custom,["auth",{}]')),
        ('40/custom,{"token":"abc"}', ("40/custom,{", '42/custom,["auth",{"token":"abc"}]')),
    ],
)
async def test_a_namespace_is_joined_before_anything_is_heard_of_it(
    socket_io: Bare, said: str, told: tuple[str, str]
) -> None:
    async with socket_io.opened() as line:
        await line.say(said)
        joined = await line.hear()
        assert joined.startswith(told[0])
        assert list(json.loads(joined[len(told[0]) - 1 :])) == ["sid"]
        assert await line.hear() == told[1]


async def test_an_unknown_namespace_is_refused_with_an_object(socket_io: Bare) -> None:
    async with socket_io.opened() as line:
        await line.say("40/random")
        assert await line.hear() == '44/random,{"message":"Invalid namespace"}'


async def test_leaving_a_namespace_leaves_the_others_and_the_line(socket_io: Bare) -> None:
    async with socket_io.joined() as line:
        await line.say("40/custom")
        assert [(await line.hear())[:10], await line.hear()] == ["40/custom,", '42/custom,["auth",{}]']
        await line.say("41/custom", '42["message","to the main one"]')
        assert await line.hear() == '42["message-back","to the main one"]'
        await line.say("41")
        assert await line.hear() == "2"


BINARY = '-["message{}",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (['42["message",1,"2",{"3":[true]}]'], ['42["message-back",1,"2",{"3":[true]}]']),
        (['42456["message-with-ack",1,"2",{"3":[false]}]'], ['43456[1,"2",{"3":[false]}]']),
        (
            ["452" + BINARY.replace("{}", "", 1), b"\x01\x02", b"\x03"],
            ["452" + BINARY.replace("{}", "-back", 1), b"\x01\x02", b"\x03"],
        ),
        (
            [
                '452-789["message-with-ack",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
                b"\x01",
                b"\x02",
            ],
            ['462-789[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]', b"\x01", b"\x02"],
        ),
    ],
)
async def test_events_come_back_and_are_acknowledged(
    socket_io: Bare, said: list[str | bytes], told: list[str | bytes]
) -> None:
    async with socket_io.joined() as line:
        await line.say(*said)
        assert [await line.hear() for _ in told] == told


async def test_binary_events_go_over_polling_as_well(socket_io: Bare) -> None:
    sid = await socket_io.joined_by_polling()
    event = '451-["message",{"_placeholder":true,"num":0}]'
    assert await socket_io.post(sid, f"{event}\x1ebAQID") == (200, "ok")
    assert (await socket_io.poll(sid))[1].endswith('451-["message-back",{"_placeholder":true,"num":0}]\x1ebAQID')
