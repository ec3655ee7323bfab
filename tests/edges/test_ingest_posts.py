"""The endpoints that programs know from YouTube, Teams and StreamText, and windows that roll up, by HTTP."""

from __future__ import annotations

import asyncio

import pytest
from limits import RateLimitItemPerMinute

from isegoria.domain.captions import CaptionStatus
from isegoria.domain.session import Session
from isegoria.domain.values import SessionState
from isegoria.feeds.zoom import timestamp
from isegoria.store.engine import Engine
from isegoria.store.links import FeedSecrets
from tests.edges.ingested import Away, House, housed
from tests.live.stage import FLOOR, NOON, SPANISH

CLOSED = Session(id="s", state=SessionState.CLOSED, started_at=1, closed_at=NOON - 5_000)
SCHEDULED = Session(id="s")
PATH = f"/feeds/s/{FLOOR.id}/streamtext"


# --- YouTube -------------------------------------------------------------------------------------


async def youtube(house: House, seq: int | None, body: str, server: int = 0, **query: str) -> tuple[int, str]:
    number = {} if seq is None else {"seq": str(seq)}
    key = {"cid": f"s.{FLOOR.id}.{house.secret}"}
    return await house.send("/closedcaption", body, {**key, **number, **query}, server)


def line(text: str, ago: int = 1_000) -> str:
    return f"{timestamp(NOON - ago)} region:reg1#cue1\n{text}\n"


async def test_captions_for_youtube_are_kept_with_their_times(engine: Engine) -> None:
    async with housed(engine) as house:
        body = line("شكرا<br>لكم", 3_000) + line("Thank you", 2_000)
        assert await youtube(house, 0, body) == (200, "2025-07-01T12:00:00.000")
        kept = [(one.text, one.spoken_at) for one in await house.stage.kept()]
        assert kept == [("شكرا\nلكم", NOON - 3_000), ("Thank you", NOON - 2_000)]


async def test_a_heartbeat_is_a_sign_of_life_and_tells_the_time(engine: Engine) -> None:
    async with housed(engine) as house:
        await youtube(house, 0, line("Thank you"))
        house.stage.now += 9_000
        assert await youtube(house, None, "") == (200, "2025-07-01T12:00:09.000")
        assert house.replicas[0].intake.status({})[0].last_at == NOON + 9_000
        house.stage.now += 9_000
        await youtube(house, 1, line("Chair", -17_000))
        assert [one.text for one in await house.stage.kept()] == ["Thank you", "Chair"], "and no gap between them"


async def test_C16_youtube_programs_begin_anew_with_each_run_and_may_send_again(engine: Engine) -> None:
    async with housed(engine) as house:
        first, second = line("Yes.", 5_000), line("Yes.", 2_000)
        for server, seq, body in ((0, 0, first), (1, 0, first), (1, 1, line("No.")), (0, 0, second), (1, 0, second)):
            assert (await youtube(house, seq, body, server))[0] == 200
        assert await house.texts() == ["Yes.", "No.", "Yes."]


@pytest.mark.parametrize("key", ["", "s", f"s.{FLOOR.id}", f"s.{FLOOR.id}.wrong", f"s.{FLOOR.id}.", "s.other.{secret}"])
async def test_a_wrong_key_is_403(engine: Engine, key: str) -> None:
    async with housed(engine) as house:
        assert (await youtube(house, 0, line("x"), cid=key.replace("{secret}", house.secret)))[0] == 403
        assert await house.texts() == []


async def test_a_caption_for_youtube_without_a_number_is_400_and_counted(engine: Engine) -> None:
    async with housed(engine) as house:
        status, text = await youtube(house, None, line("x"))
        assert (status, "Send seq=1" in text) == (400, True)
        assert house.replicas[0].intake.status({})[0].dropped == 1


async def test_the_last_number_is_told_to_youtube_programs_too(engine: Engine) -> None:
    async with housed(engine) as house:
        await youtube(house, 7, line("x"))
        address = house.servers[1].make_url("/closedcaption/seq").with_query(cid=f"s.{FLOOR.id}.{house.secret}")
        async with house.client.get(address) as answer:
            assert (answer.status, await answer.text()) == (200, "7")


# --- Teams ---------------------------------------------------------------------------------------


async def cart(house: House, body: str, server: int = 0, query: dict[str, str] | None = None) -> int:
    address = {"meetingid": f"s.{FLOOR.id}", "token": house.secret, "lang": "en-us"}
    return (await house.send("/cartcaption", body, {**address, **(query or {})}, server))[0]


async def test_each_post_of_a_cart_captioner_is_a_line(engine: Engine) -> None:
    async with housed(engine) as house:
        for server, text in ((0, "¿Qué tal?\r\n"), (1, "Sí."), (0, "Sí."), (1, "")):
            assert await cart(house, text, server) == 200
        kept = await house.stage.kept()
        assert [one.text for one in kept] == ["¿Qué tal?", "Sí.", "Sí."]
        assert {one.language for one in kept} == {"en-US"}


@pytest.mark.parametrize(
    ("query", "session", "status"),
    [
        ({"meetingid": ""}, None, 400),
        ({"meetingid": "s"}, None, 400),
        ({"token": ""}, None, 400),
        ({"token": "wrong"}, None, 401),
        ({"meetingid": "s.other"}, None, 401),
        ({}, SCHEDULED, 404),
        ({}, CLOSED, 404),
    ],
)
async def test_what_is_wrong_is_told_in_the_codes_of_teams(
    engine: Engine, query: dict[str, str], session: Session | None, status: int
) -> None:
    async with housed(engine, session) as house:
        assert await cart(house, "x", query=query) == status
        assert await house.texts() == []


# --- StreamText ----------------------------------------------------------------------------------


async def streamtext(house: House, seq: int, body: str, server: int = 0) -> int:
    return (await house.send(PATH, body, {"key": house.secret, "seq": str(seq), "lang": "en"}, server))[0]


async def test_backspaces_reach_back_into_what_another_server_took(engine: Engine) -> None:
    async with housed(engine) as house:
        for seq, body in enumerate(["Thank yuo", "\b\bou, Chair. ", "We are", "\b" * 12 + "ouncil. "], start=1):
            assert await streamtext(house, seq, body, server=seq % 2) == 200
        newest = {one.key: one for one in await house.stage.kept()}
        assert [one.text for one in newest.values() if one.text] == ["Thank you, Council."]
        statuses = [one.status for one in await house.stage.kept()]
        assert statuses == [CaptionStatus.FINAL, CaptionStatus.CORRECTED]


async def test_C16_a_retry_of_streamtext_types_nothing_again_on_whichever_server(engine: Engine) -> None:
    async with housed(engine) as house:
        for seq, body in ((1, "Thank "), (2, "you. "), (3, "Next")):
            both = await asyncio.gather(*(streamtext(house, seq, body, server) for server in (0, 1)))
            assert both == [200, 200]
        assert await house.texts() == ["Thank you."]
        assert [one.text for one in (await house.replicas[0].intake.remembered(FLOOR)).open] == ["Next"]


async def test_what_is_typed_is_shown_at_once(engine: Engine) -> None:
    async with housed(engine) as house:
        await streamtext(house, 1, "Thank")
        await house.stage.until(lambda: house.replicas[1].texts() == ["Thank"])


@pytest.mark.parametrize(
    ("query", "status"), [({"key": ""}, 403), ({"key": "wrong"}, 403), ({"seq": ""}, 400), ({"seq": "x"}, 400)]
)
async def test_what_streamtext_lacks_is_told(engine: Engine, query: dict[str, str], status: int) -> None:
    async with housed(engine) as house:
        parts = {"key": house.secret, "seq": "1", **query}
        assert (await house.send(PATH, "x", parts))[0] == status


# --- a window that rolls up ------------------------------------------------------------------------


async def test_a_program_that_rolls_up_is_read_line_by_line(engine: Engine) -> None:
    async with housed(engine) as house:
        rolling = FLOOR.model_copy(update={"rolls_up": True})
        house.secret = await FeedSecrets(engine).create_feed("s", FLOOR.id, rolling.model_dump(mode="json"))
        words = ["one", "one two", "one two\nthree", "one two\nthree four", "three four\nfive"]
        for seq, window in enumerate(words):
            for server in (0, 1):
                assert (await house.post(seq, window, server))[0] == 200
        assert await house.texts() == ["one two", "three four"]
        assert [one.text for one in (await house.replicas[0].intake.remembered(FLOOR)).open] == ["five"]


# --- all of them -----------------------------------------------------------------------------------


async def send(house: House, way: str, server: int = 0) -> int:
    match way:
        case "youtube":
            return (await youtube(house, 0, line("Thank you."), server))[0]
        case "cart":
            return await cart(house, "Thank you.", server)
        case _:
            return await streamtext(house, 1, "Thank you. ", server)


WAYS = pytest.mark.parametrize("way", ["youtube", "cart", "streamtext"])


@WAYS
async def test_too_many_posts_are_429_and_counted(engine: Engine, way: str) -> None:
    async with housed(engine, per_feed=RateLimitItemPerMinute(2)) as house:
        assert [await send(house, way) for _ in range(3)] == [200, 200, 429]
        assert house.replicas[0].intake.status({})[0].dropped == 1


@pytest.mark.parametrize("way", ["youtube", "streamtext"])
async def test_while_the_engine_is_away_the_same_may_be_sent_again(engine: Engine, way: str) -> None:
    async with housed(engine) as house:
        house.replicas[0].intake._transcript = Away(engine, times=1)
        assert [await send(house, way) for _ in range(2)] == [503, 200]
        assert await house.texts() == ["Thank you."], "the first was kept although nobody could say so"


@pytest.mark.parametrize(("path", "limit"), [("/closedcaption", 65_536), ("/cartcaption", 65_536), (PATH, 16_384)])
async def test_what_is_too_large_is_413(engine: Engine, path: str, limit: int) -> None:
    async with housed(engine) as house:
        parts = {"cid": f"s.{FLOOR.id}.{house.secret}", "meetingid": f"s.{FLOOR.id}", "token": house.secret}
        parts |= {"key": house.secret, "seq": "1"}
        assert (await house.send(path, b"x" * (limit + 1), parts))[0] == 413
        assert (await house.send(path, b"x" * limit, parts))[0] == 200
        assert house.replicas[0].intake.status({})[0].dropped == 1


@WAYS
async def test_bytes_that_are_none_stop_no_other_feed(engine: Engine, way: str) -> None:
    async with housed(engine) as house:
        noise = bytes(range(256)) * 40
        parts = {"cid": f"s.{FLOOR.id}.{house.secret}", "meetingid": f"s.{FLOOR.id}", "token": house.secret}
        parts |= {"key": house.secret, "seq": "1"}
        path = {"youtube": "/closedcaption", "cart": "/cartcaption", "streamtext": PATH}[way]
        assert (await house.send(path, noise, parts))[0] == 200
        secret = await FeedSecrets(engine).create_feed("s", SPANISH.id, SPANISH.model_dump(mode="json"))
        assert await cart(house, "Hola", query={"meetingid": f"s.{SPANISH.id}", "token": secret}) == 200
        assert [one.text for one in await house.stage.kept("es")] == ["Hola"]
