"""The Zoom-compatible caption endpoint, with a real client, a real engine and two servers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from limits import RateLimitItemPerMinute

from isegoria.domain.captions import CaptionStatus
from isegoria.domain.session import Session
from isegoria.domain.values import SessionState
from isegoria.store.engine import Engine
from isegoria.store.links import FeedSecrets
from tests.edges.ingested import Away, House, housed
from tests.live.stage import FLOOR, NOON, SPANISH

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}")


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
        house.replicas[0].intake._transcript = Away(engine, times=1)
        status, text = await house.post(0, "x")
        assert (status, "Send the same again" in text) == (503, True)
        assert (await house.post(0, "x"))[0] == 200
        assert await house.texts() == ["x"], "the first was kept although nobody could say so"


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
