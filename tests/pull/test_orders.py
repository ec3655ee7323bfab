"""What is fetched follows what people ask for: other settings, another language, a new connection, the session."""

from __future__ import annotations

from dataclasses import replace

from isegoria.domain.captions import CaptionStatus
from isegoria.domain.session import Source
from isegoria.domain.values import SessionState
from isegoria.store.engine import Engine
from tests.fake_wordly import fake_wordly
from tests.pull.scene import scene, wordly_feed

SPANISH = wordly_feed("es")
FLOOR = wordly_feed("en", track="floor")
FINAL = CaptionStatus.FINAL


async def test_the_language_that_is_spoken_is_followed_on_the_floor_alone(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, FLOOR, SPANISH, wordly=wordly.url) as here:
        here.start()
        await wordly.attendee("en")
        await wordly.attendee("es")
        here.stage.change(spoken=(("pt", here.stage.now),))
        floor = await wordly.attendee("pt")
        await here.looks()
        assert floor.heard[1:] == [{"type": "change", "languageCode": "pt"}]
        await wordly.phrase("pt", "1", "Bom dia", final=True)
        assert [(one.text, one.language) for one in await here.stage.kept("floor")] == [("Bom dia", "pt")]
        assert len(wordly.of("es")) == 1
        again = await wordly.dropped("pt")
        assert again.heard[0]["languageCode"] == "pt"
        assert wordly.attempts == 3


async def test_a_feed_connects_anew_when_a_person_asks_for_it(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, FLOOR, wordly=wordly.url) as here:
        here.start()
        one, other = await wordly.attendee("es"), await wordly.attendee("en")
        here.stage.change(reconnects={SPANISH.id: 1})
        await wordly.until(lambda: one in wordly.gone)
        assert one.heard[-1] == {"type": "disconnect"}
        assert await wordly.attendee("es") is not one
        assert await wordly.attendee("en") is other


async def test_a_person_need_not_wait_for_the_next_attempt(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.pace = replace(here.pace, slowly=3_600)
        wordly.refusal = "Not yet."
        here.start()
        await here.stage.until(lambda: here.view(SPANISH).link == "refused")
        wordly.refusal = None
        here.stage.change(reconnects={SPANISH.id: 1})
        await wordly.attendee("es")


async def test_changed_settings_are_used_at_once(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        await wordly.attendee("es")
        wordly.code = "WXYZ-9876"
        here.stage.feeds = (wordly_feed("es", code="WXYZ-9876"),)
        await wordly.until(lambda: wordly.attempts == 2)
        assert (await wordly.attendee("es")).heard[0]["presentationCode"] == "WXYZ-9876"


async def test_C15_a_muted_feed_is_kept_warm(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.stage.change(sources={"es": Source(None, here.stage.now)})
        here.start()
        await wordly.phrase("es", "1", "uno", final=True)
        assert await here.stage.kept("es") == []
        here.stage.change(sources={"es": Source(SPANISH.id, here.stage.now)})
        await wordly.phrase("es", "2", "dos", final=True)
        assert wordly.attempts == 1
        assert await here.kept("es") == [(FINAL, "dos")]


async def test_feeds_are_fetched_while_the_session_is_open_only(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.stage.change(state=SessionState.SCHEDULED)
        here.start()
        await here.looks()
        assert wordly.attempts == 0
        here.stage.change(state=SessionState.LIVE)
        one = await wordly.attendee("es")
        here.stage.change(state=SessionState.CLOSED, closed_at=here.stage.now - 1)
        await wordly.until(lambda: one in wordly.gone)
        assert one.heard[-1] == {"type": "disconnect"}
        await here.stage.until(lambda: here.view(SPANISH).link is None)


async def test_a_replica_that_stops_while_a_feed_is_ending_leaves_no_task_behind(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        one = await wordly.attendee("es")
        wordly.lets_go.clear()
        here.stage.change(state=SessionState.CLOSED, closed_at=here.stage.now - 1)
        await wordly.until(lambda: one.heard[-1] == {"type": "disconnect"})
        await here.stop()
        assert here.left() == []
        wordly.lets_go.set()


async def test_what_was_refused_is_not_told_by_a_replica_that_stopped(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        wordly.refusal = "Not yet."
        here.start()
        await here.stage.until(lambda: here.view(SPANISH).link == "refused")
        await here.stop()
        assert (here.view(SPANISH).link, here.view(SPANISH).problem) == (None, "")
