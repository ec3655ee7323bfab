"""Feeds that are fetched from Wordly: a real engine, real sockets, a server that speaks its wire format."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from isegoria.domain.captions import CaptionStatus, Feed, Mode
from isegoria.domain.revisions import FINAL_TIMEOUT
from isegoria.live.feeds import together
from isegoria.live.intake import Step
from isegoria.store.engine import Engine
from tests.fake_wordly import fake_wordly
from tests.pull.scene import scene, wordly_feed

SPANISH = wordly_feed("es")
FLOOR = wordly_feed("en", track="floor")
FINAL = CaptionStatus.FINAL


async def test_phrases_become_captions_that_grow_until_they_are_final(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        assert (await wordly.attendee("es")).heard == [
            {"type": "connect", "presentationCode": "ABCD-1234", "languageCode": "es"}
        ]
        await wordly.phrase("es", "1", "Buenos")
        assert (here.view(SPANISH).last_line, await here.kept("es")) == ("Buenos", [])
        await wordly.phrase("es", "1", "Buenos días", final=True)
        [segment] = await here.stage.kept("es")
        assert (segment.status, segment.text, segment.language) == (FINAL, "Buenos días", "es")
        assert segment.speaker_label == "Ana Example"
        assert (here.view(SPANISH).link, here.view(SPANISH).problem) == ("connected", "")


async def test_a_passcode_and_a_connection_code_are_given(engine: Engine) -> None:
    feed = wordly_feed("es", passcode="let me in")
    assert feed.pulled
    feed = feed.model_copy(update={"pulled": feed.pulled.model_copy(update={"connection_code": "9005"})})
    async with fake_wordly() as wordly, scene(engine, feed, wordly=wordly.url) as here:
        wordly.passcode = "let me in"
        here.start()
        [said] = (await wordly.attendee("es")).heard
        assert (said["accessKey"], said["connectionCode"]) == ("let me in", "9005")


async def test_C11_a_line_that_breaks_is_made_again_and_leaves_a_gap(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        await wordly.phrase("es", "1", "uno", final=True)
        began = here.stage.now
        await wordly.dropped("es")
        here.stage.now += 3_000
        await wordly.phrase("es", "2", "dos", final=True)
        assert await here.kept("es") == [(FINAL, "uno"), (FINAL, "dos")]
        [gap] = await here.gaps("es")
        assert (gap.starts_at, gap.ends_at) == (began, here.stage.now)


async def test_C11_the_team_sees_that_it_is_broken_though_another_replica_has_not_noticed(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        await wordly.phrase("es", "1", "uno", final=True)
        await here.replicas[1].intake.settle()
        assert here.view(SPANISH, 1).state == "ok"
        wordly.status_is_sent, wordly.refusal = False, "Nobody is let in."
        wordly.drop(await wordly.attendee("es"))
        await here.stage.until(lambda: here.view(SPANISH).link == "connecting")
        for parts in ((0, 1), (1, 0)):
            [view] = together(here.replicas[number].intake.status({}) for number in parts)
            assert (view.state, view.link) == ("silent", "connecting")


async def test_C11_an_answered_ping_is_a_sign_of_life(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.pace = replace(here.pace, ping=0.005)
        here.start()
        await wordly.phrase("es", "1", "uno", final=True)
        one = await wordly.attendee("es")
        here.stage.now += 60_000
        await here.stage.until(lambda: here.view(SPANISH).last_at == here.stage.now)
        quiet_until = here.stage.now
        wordly.drop(one)
        await wordly.until(lambda: one in wordly.gone)
        await wordly.attendee("es")
        here.stage.now += 3_000
        await wordly.phrase("es", "2", "dos", final=True)
        [gap] = await here.gaps("es")
        assert (gap.starts_at, gap.ends_at) == (quiet_until, here.stage.now)


async def test_a_line_that_gives_no_sign_of_life_is_ended_and_made_again(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        wordly.answers_pings = False
        here.pace = replace(here.pace, ping=0.02, silence=0.1)
        here.start()
        one = await wordly.attendee("es")
        await wordly.until(lambda: one in wordly.gone)
        assert one.pings >= 1
        wordly.answers_pings = True
        while not await here.kept("es"):
            await wordly.phrase("es", "1", "uno", final=True)


async def test_who_lets_us_in_without_a_word_is_believed_at_the_first_phrase(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        wordly.status_is_sent = False
        here.start()
        await wordly.phrase("es", "1", "uno", final=True)
        assert await here.kept("es") == [(FINAL, "uno")]
        assert here.view(SPANISH).link == "connected"


async def test_who_does_not_answer_is_asked_again(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        wordly.status_is_sent = False
        here.pace = replace(here.pace, answer=0.02)
        here.start()
        await wordly.until(lambda: wordly.attempts >= 3)
        assert here.view(SPANISH).link == "connecting"


# --- what is refused -----------------------------------------------------------------------------


async def test_a_wrong_passcode_is_told_in_the_services_words_and_tried_again(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        wordly.refusal = "Wrong\x07 access key.\u202e" + "x" * 500
        here.start()
        await here.stage.until(lambda: here.view(SPANISH).link == "refused")
        problem = here.view(SPANISH).problem
        assert problem.startswith("Wrong access key.x")
        assert len(problem) <= 200
        wordly.refusal = None
        await wordly.attendee("es")
        await here.stage.until(lambda: here.view(SPANISH).link == "connected")
        assert here.view(SPANISH).problem == ""


async def test_without_a_code_nobody_is_called_and_the_team_is_told_what_to_do(engine: Engine) -> None:
    without = wordly_feed("es", code="")
    async with fake_wordly() as wordly, scene(engine, without, wordly=wordly.url) as here:
        here.start()
        await here.stage.until(lambda: here.view(SPANISH).link == "refused")
        assert "code" in here.view(SPANISH).problem
        assert wordly.attempts == 0
        here.stage.feeds = (SPANISH,)
        await wordly.attendee("es")


async def test_a_session_that_is_over_in_wordly_is_asked_for_slowly_while_ours_is_open(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        await wordly.phrase("es", "1", "uno", final=True)
        wordly.refusal = "The presentation has ended."
        await wordly.say("es", {"type": "end"})
        await here.stage.until(lambda: here.view(SPANISH).link == "refused")
        await wordly.until(lambda: wordly.attempts >= 3)
        wordly.refusal = None
        await wordly.phrase("es", "1", "one more", final=True)
        assert [text for _, text in await here.kept("es")] == ["uno", "one more"]


async def test_what_troubles_wordly_is_told_until_phrases_come_again(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        await wordly.say("es", {"type": "error", "message": "Translation is slow."})
        assert (here.view(SPANISH).link, here.view(SPANISH).problem) == ("connected", "Translation is slow.")
        await wordly.phrase("es", "1", "uno")
        assert (here.view(SPANISH).link, here.view(SPANISH).problem) == ("connected", "")
        assert wordly.attempts == 1


async def test_no_redirect_is_followed(engine: Engine) -> None:
    asked = asyncio.Event()
    async with fake_wordly() as elsewhere:

        async def away(_: web.Request) -> web.Response:
            asked.set()
            return web.Response(status=307, headers={"Location": elsewhere.url.replace("ws", "http", 1)})

        app = web.Application()
        app.router.add_get("/attend", away)
        server = TestServer(app)
        await server.start_server()
        async with scene(engine, SPANISH, wordly=str(server.make_url("/attend"))) as here:
            here.start()
            await asyncio.wait_for(asked.wait(), 5)
            await here.stage.until(lambda: "another address" in here.view(SPANISH).problem)
            assert here.view(SPANISH).link == "connecting"
        await server.close()
        assert elsewhere.attempts == 0


# --- what cannot be used -------------------------------------------------------------------------


async def test_what_is_not_known_is_passed_over_and_named_once(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        await wordly.attendee("es")
        with capture_logs() as logs:
            for _ in range(3):
                await wordly.say("es", {"type": "applause", "loud": True})
                await wordly.phrase("es", "1", "uno", confidence=0.9)
                await wordly.say("es", {"type": "users", "presenters": [], "attendees": [], "others": 3})
                await wordly.say("es", {"type": "echo"})
        assert [one["name"] for one in logs if one["event"] == "pull_not_known"] == ["applause", "phrase.confidence"]
        assert here.view(SPANISH).dropped == 0
        assert here.view(SPANISH).last_line == "uno"


async def test_what_is_broken_is_dropped_and_counted_and_the_line_stays(engine: Engine) -> None:
    broken = ["{", "[]", "null", '{"type": 7}', '{"type": "phrase"}', "[" * 50_000, json.dumps({"type": "x" * 70_000})]
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        for message in broken:
            await wordly.say("es", message)
        await wordly.say("es", b"\xff\xfe")
        speech = {"type": "speech", "phraseId": "1", "synthesizedSpeech": {"data": [0] * 2_000_000}}
        await wordly.say("es", speech)
        await wordly.phrase("es", "1", "uno", final=True)
        assert here.view(SPANISH).dropped == len(broken) + 1
        assert wordly.attempts == 1
        assert await here.kept("es") == [(FINAL, "uno")]


async def test_a_huge_message_ends_its_own_line_only(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, FLOOR, wordly=wordly.url) as here:
        here.start()
        one, other = await wordly.attendee("es"), await wordly.attendee("en")
        await wordly.say("es", "x" * (9 * 1024 * 1024))
        await wordly.until(lambda: one in wordly.gone)
        await wordly.phrase("es", "1", "uno", final=True)
        assert await wordly.attendee("en") is other
        assert here.view(SPANISH).dropped == 1


async def test_a_fault_of_ours_in_one_feed_stops_no_other(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, FLOOR, wordly=wordly.url) as here:
        intake = here.replicas[0].intake
        take = intake.take

        async def faulty(feed: Feed, step: Step, mode: Mode) -> None:
            if feed == SPANISH:
                raise ZeroDivisionError
            await take(feed, step, mode)

        monkeypatch.setattr(intake, "take", faulty)
        here.start()
        other = await wordly.attendee("en")
        await wordly.phrase("es", "1", "uno", final=True)
        await here.stage.until(lambda: here.view(SPANISH).link == "refused")
        assert "log" in here.view(SPANISH).problem
        await wordly.phrase("en", "1", "one", final=True)
        assert await wordly.attendee("en") is other
        monkeypatch.setattr(intake, "take", take)
        while not await here.kept("es"):
            await wordly.phrase("es", "1", "uno", final=True)


async def test_C7_a_phrase_whose_final_never_comes_is_kept(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        await wordly.phrase("es", "1", "y así")
        here.stage.now += FINAL_TIMEOUT
        await here.replicas[0].intake.settle()
        assert await here.kept("es") == [(FINAL, "y así")]
