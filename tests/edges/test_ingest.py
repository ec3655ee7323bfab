"""The caption endpoints by HTTP and WebSocket, with a real client, a real engine and two servers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError, web
from aiohttp.test_utils import TestServer
from limits import RateLimitItemPerMinute
from yarl import URL

from isegoria.domain.captions import CaptionStatus
from isegoria.domain.session import Session
from isegoria.domain.values import SessionState
from isegoria.edges.ingest import Ingest, routes
from isegoria.store.engine import Engine
from isegoria.store.errors import EngineAway
from isegoria.store.links import FeedSecrets
from isegoria.store.transcript import Transcript
from tests.live.stage import FLOOR, NOON, SPANISH, Replica, Stage, staged

GENEVA = Path(__file__).parent.parent / "feeds" / "data" / "geneva-original.srt"
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}")


@dataclass
class House:
    """Two servers of one session, a client, and the secret of the feed that is used."""

    stage: Stage
    replicas: list[Replica]
    servers: list[TestServer]
    client: ClientSession
    secret: str

    def address(self, query: dict[str, str] | None = None, server: int = 0) -> URL:
        """The caption address, as the organiser pastes it, on one of the servers."""
        parts = {"id": "s", "ns": FLOOR.id, "expire": "1", "sparams": "id,ns,expire", "signature": self.secret}
        return self.servers[server].make_url("/closedcaption").with_query({**parts, **(query or {})})

    async def post(self, seq: int | str, body: str | bytes, server: int = 0, **query: str) -> tuple[int, str]:
        async with self.client.post(self.address({"seq": str(seq), **query}, server), data=body) as answer:
            return answer.status, await answer.text()

    async def last(self) -> str:
        address = self.address()
        async with self.client.get(address.with_path("/closedcaption/seq").with_query(address.query)) as answer:
            assert answer.status == 200
            return await answer.text()

    async def texts(self) -> list[str]:
        return [segment.text for segment in await self.stage.kept() if segment.text]

    @asynccontextmanager
    async def socket(self, secret: str | None = None) -> AsyncIterator[ClientWebSocketResponse]:
        url = self.servers[0].make_url(f"/feeds/s/{FLOOR.id}")
        headers = {"Authorization": f"Bearer {secret or self.secret}"} if secret != "" else {}
        async with self.client.ws_connect(url, headers=headers) as socket:
            yield socket


@asynccontextmanager
async def housed(engine: Engine, session: Session | None = None, **settings: object) -> AsyncIterator[House]:
    async with staged(engine, session) as (stage, *replicas):
        secrets = FeedSecrets(engine)
        secret = await secrets.create_feed("s", FLOOR.id, FLOOR.model_dump(exclude={"id"}))
        servers = [await _served(secrets, stage, replica, settings) for replica in replicas]
        try:
            async with ClientSession() as client:
                yield House(stage, replicas, servers, client, secret)
        finally:
            for server in servers:
                await server.close()


async def _served(secrets: FeedSecrets, stage: Stage, replica: Replica, settings: dict[str, object]) -> TestServer:
    def intake(session: str) -> object:
        return {stage.session.id: replica.intake}.get(session)

    app = web.Application()
    ingest = Ingest(secrets, intake, lambda: stage.now, lambda request: request.remote or "", **settings)  # type: ignore[arg-type]
    app.add_routes(routes(ingest))
    app.on_shutdown.append(ingest.hang_up)
    server = TestServer(app)
    await server.start_server()
    return server


# --- the Zoom-compatible endpoint ----------------------------------------------------------------


async def test_a_caption_is_taken_and_answered_with_the_servers_time(engine: Engine) -> None:
    async with housed(engine) as house:
        assert await house.post(0, "Thank you,\nChair.", lang="jp-JP") == (200, "2025-07-01T12:00:00.000")
        [segment] = await house.stage.kept()
        assert (segment.text, segment.language, segment.status) == ("Thank you,\nChair.", "ja-JP", CaptionStatus.FINAL)
        assert (segment.received_at, segment.spoken_at) == (NOON, NOON - FLOOR.lag)


async def test_C16_a_retry_is_answered_like_the_first_and_kept_once_on_whichever_server(engine: Engine) -> None:
    async with housed(engine) as house:
        answers = [await house.post(1, "one"), await house.post(1, "one"), await house.post(1, "one", server=1)]
        answers += [await house.post(2, "two", server=1), await house.post(2, "two"), await house.post(1, "one")]
        assert {status for status, _ in answers} == {200}
        assert await house.texts() == ["one", "two"]
        assert await house.last() == "2"


async def test_C16_two_servers_that_take_the_same_posts_at_once_keep_each_once(engine: Engine) -> None:
    async with housed(engine) as house:
        for seq in range(20):
            both = await asyncio.gather(*(house.post(seq, f"line {seq}", server) for server in (0, 1)))
            assert [status for status, _ in both] == [200, 200]
        assert await house.texts() == [f"line {seq}" for seq in range(20)]


async def test_C16_a_retry_is_known_on_the_other_server_though_nothing_is_kept_before_the_session(
    engine: Engine,
) -> None:
    async with housed(engine, Session(id="s", state=SessionState.OPEN)) as house:
        for server in (0, 1, 1, 0):
            assert (await house.post(1, "One, two.", server))[0] == 200
        assert await house.last() == "1"
        await house.post(2, "Three.")
        await house.stage.until(lambda: house.replicas[0].announced == 2)


async def test_C16_a_client_that_begins_anew_is_heard(engine: Engine) -> None:
    async with housed(engine) as house:
        for seq, body in ((0, "a"), (1, "b"), (0, "c"), (1, "d")):
            await house.post(seq, body)
        assert await house.texts() == ["a", "b", "c", "d"]


async def test_the_last_number_is_zero_before_the_first_post(engine: Engine) -> None:
    async with housed(engine) as house:
        assert await house.last() == "0"


async def test_bytes_that_were_cut_cost_one_character(engine: Engine) -> None:
    async with housed(engine) as house:
        assert (await house.post(0, "¿Qué tal, señoría? Está".encode()[:-1]))[0] == 200
        assert await house.texts() == ["¿Qué tal, señoría? Est\ufffd"]


@pytest.mark.parametrize(
    "query",
    [{"seq": ""}, {"seq": "x"}, {"signature": ""}, {"signature": "wrong"}, {"ns": "other"}, {"id": "s:transcript"}],
)
async def test_what_is_missing_or_wrong_is_403_and_says_what_to_do(engine: Engine, query: dict[str, str]) -> None:
    async with housed(engine) as house:
        async with house.client.post(house.address({"seq": "0", **query}), data="x") as answer:
            assert answer.status == 403
            assert re.search("Send seq=1|Copy the whole caption address", await answer.text())
        assert await house.texts() == []


async def test_a_name_that_reaches_into_other_keys_is_403(engine: Engine) -> None:
    async with housed(engine) as house:
        await engine.ask("XADD", "isegoria:s:transcript:feeds", "1-0", "d", "a stream where feeds would be")
        assert (await house.post(0, "x", id="s:transcript"))[0] == 403


async def test_other_methods_are_405(engine: Engine) -> None:
    async with housed(engine) as house, house.client.put(house.address({"seq": "0"}), data="x") as answer:
        assert answer.status == 405


@pytest.mark.parametrize(
    ("session", "status"),
    [
        (Session(id="s"), 400),
        (Session(id="s", state=SessionState.OPEN), 200),
        (Session(id="s", state=SessionState.CLOSED, started_at=1, closed_at=NOON - 5_000), 400),
    ],
    ids=["scheduled", "doors open", "closed"],
)
async def test_captions_are_taken_from_the_doors_to_the_close(engine: Engine, session: Session, status: int) -> None:
    async with housed(engine, session) as house:
        answered, text = await house.post(0, "x")
        assert answered == status
        assert TIMESTAMP.fullmatch(text) if status == 200 else "doors" in text
        assert await house.texts() == []


async def test_an_address_of_a_session_that_this_server_does_not_hold_is_400(engine: Engine) -> None:
    async with housed(engine) as house:
        secret = await FeedSecrets(engine).create_feed("archived", FLOOR.id, FLOOR.model_dump(exclude={"id"}))
        assert (await house.post(0, "x", id="archived", signature=secret))[0] == 400


async def test_two_megabytes_are_refused_before_they_are_sent(engine: Engine) -> None:
    async with housed(engine) as house:
        head, text = await _raw(house, 2_000_000, b"x" * 1_000)
        assert head.startswith("HTTP/1.1 413")
        assert "65536 bytes" in text
        assert house.replicas[0].intake.status({})[0].dropped == 1
        head, _ = await _raw(house, 2_000_000, b"", "Expect: 100-continue\r\n")
        assert head.startswith("HTTP/1.1 413"), "nobody is asked to send them"


async def test_a_body_without_a_length_is_read_no_further_than_the_limit(engine: Engine) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 1_000

    async with housed(engine) as house:
        async with house.client.post(house.address({"seq": "0"}), data=endless()) as answer:
            assert answer.status == 413
        assert (await house.post(0, "still here"))[0] == 200


async def test_whoever_asks_before_sending_is_let_in(engine: Engine) -> None:
    async with housed(engine) as house:
        async with house.client.post(house.address({"seq": "0"}), data="hello", expect100=True) as answer:
            assert answer.status == 200
        assert await house.texts() == ["hello"]


async def _raw(house: House, length: int, body: bytes, headers: str = "") -> tuple[str, str]:
    """The answer to a post that announces `length` bytes and sends only `body`."""
    url = house.address({"seq": "0"})
    reader, writer = await asyncio.open_connection(url.host, url.port)
    head = f"POST {url.raw_path_qs} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n{headers}\r\n"
    writer.write(head.encode() + body)
    async with asyncio.timeout(5):
        answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        size = re.search(r"Content-Length: (\d+)", answer)
        text = (await reader.readexactly(int(size[1]) if size else 0)).decode()
    writer.close()
    return answer, text


async def test_too_many_posts_are_429(engine: Engine) -> None:
    async with housed(engine, per_feed=RateLimitItemPerMinute(3)) as house:
        statuses = [(await house.post(seq, "x"))[0] for seq in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        assert house.replicas[0].intake.status({})[0].dropped == 2


async def test_guessing_secrets_is_slowed_down(engine: Engine) -> None:
    async with housed(engine, wrong_secrets=RateLimitItemPerMinute(3)) as house:
        statuses = [(await house.post(0, "x", signature=f"guess {number}"))[0] for number in range(5)]
        assert statuses == [403, 403, 403, 429, 429]
        assert (await house.post(0, "x"))[0] == 200, "whoever has the secret and the same address is not locked out"


async def test_while_the_engine_is_away_the_client_is_told_to_send_again(engine: Engine) -> None:
    async with housed(engine) as house:
        house.replicas[0].intake._transcript = _Away(engine, times=1)
        status, text = await house.post(0, "x")
        assert (status, "Send the same again" in text) == (503, True)
        assert (await house.post(0, "x"))[0] == 200
        assert await house.texts() == ["x"], "the first was kept although nobody could say so"


class _Away(Transcript):
    """A store whose answers get lost, some times, after it did what was asked."""

    def __init__(self, engine: Engine, times: int) -> None:
        super().__init__(engine)
        self.times = times

    async def accept(self, *asked: object) -> dict[str, list[int]] | None:
        done = await super().accept(*asked)  # type: ignore[arg-type]
        self.times -= 1
        if self.times >= 0:
            raise EngineAway("lost on the way")
        return done


# --- our own WebSocket ---------------------------------------------------------------------------


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


async def test_while_the_engine_is_away_nothing_of_a_socket_is_lost(engine: Engine) -> None:
    async with housed(engine, retry_s=0.01) as house, house.socket() as socket:
        house.replicas[0].intake._transcript = _Away(engine, times=3)
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


async def test_a_post_that_breaks_off_is_dropped(engine: Engine) -> None:
    async with housed(engine) as house:
        url = house.address({"seq": "0"})
        _, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(f"POST {url.raw_path_qs} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf".encode())
        await writer.drain()
        writer.close()
        assert (await house.post(0, "whole"))[0] == 200
        assert await house.texts() == ["whole"]


async def test_feeds_of_other_tracks_have_secrets_of_their_own(engine: Engine) -> None:
    async with housed(engine) as house:
        await FeedSecrets(engine).create_feed("s", SPANISH.id, SPANISH.model_dump(exclude={"id"}))
        assert (await house.post(0, "Hola", ns=SPANISH.id))[0] == 403
