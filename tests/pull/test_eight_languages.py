"""What readers have in the end does not depend on what went wrong on the way, but for the gaps that tell of it."""

from __future__ import annotations

import asyncio

from isegoria.domain.captions import CaptionStatus
from isegoria.domain.revisions import FINAL_TIMEOUT
from isegoria.store.engine import Engine
from tests.fake_wordly import fake_wordly
from tests.pull.scene import Scene, scene, wordly_feed
from tests.pull.talk import OUTAGE_MS, TALK, told, told_badly

FEEDS = [wordly_feed(language) for language in TALK]
LOST_TWICE = 2


async def test_a_disturbed_talk_in_eight_languages_is_kept_as_an_undisturbed_one_is(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, *FEEDS, wordly=wordly.url) as here:
        here.start()
        await asyncio.gather(*(told(wordly, here, language) for language in TALK))
        undisturbed = await kept(here)
        assert undisturbed == {language: [(CaptionStatus.FINAL, text) for text in TALK[language]] for language in TALK}
        assert await gaps(here) == dict.fromkeys(TALK, 0)
    await engine.ask("FLUSHALL")
    async with fake_wordly() as wordly, scene(engine, *FEEDS, wordly=wordly.url) as here:
        here.start()
        for turn, language in enumerate(TALK):
            await told_badly(wordly, here, language, turn)
        assert await kept(here) == undisturbed
        assert await gaps(here) == dict.fromkeys(TALK, LOST_TWICE)
        for language in TALK:
            # Each gap begins with the last receipt, and ends with the first after the loss.
            assert {
                gap.ends_at - gap.starts_at for gap in await here.gaps(language) if gap.ends_at and gap.starts_at
            } == {OUTAGE_MS}


async def test_what_is_said_while_the_line_is_broken_is_lost_and_the_gap_says_so(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, *FEEDS, wordly=wordly.url) as here:
        here.start()
        for language, (first, _, last) in TALK.items():
            await wordly.phrase(language, "p0", first, final=True)
            await wordly.dropped(language)
            here.stage.now += OUTAGE_MS
            # What is said meanwhile nobody hears.
            await wordly.phrase(language, "p2", last, final=True)
        assert await kept(here) == {
            language: [(CaptionStatus.FINAL, first), (CaptionStatus.FINAL, last)]
            for language, (first, _, last) in TALK.items()
        }
        assert await gaps(here) == dict.fromkeys(TALK, 1)


async def test_C18_phrases_that_are_numbered_anew_after_a_loss_are_new(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, *FEEDS, wordly=wordly.url) as here:
        here.start()
        for language, texts in TALK.items():
            for text in texts:
                await wordly.phrase(language, "p0", text, final=True)
                await wordly.dropped(language)
        assert await kept(here) == {
            language: [(CaptionStatus.FINAL, text) for text in texts] for language, texts in TALK.items()
        }


async def test_one_language_that_breaks_stops_no_other(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, *FEEDS, wordly=wordly.url) as here:
        here.start()
        others = [await wordly.attendee(language) for language in TALK if language != "ar"]
        for _ in range(5):
            await wordly.say("ar", "x" * (9 * 1024 * 1024))
        await asyncio.gather(*(told(wordly, here, language) for language in TALK))
        assert [one for one in others if one in wordly.gone] == []
        await finished(here)
        assert await kept(here) == {
            language: [(CaptionStatus.FINAL, text) for text in TALK[language]] for language in TALK
        }


async def kept(here: Scene) -> dict[str, list[tuple[CaptionStatus, str]]]:
    await finished(here)
    return {language: await here.kept(language) for language in TALK}


async def gaps(here: Scene) -> dict[str, int]:
    return {language: len(await here.gaps(language)) for language in TALK}


async def finished(here: Scene) -> None:
    """Phrases whose final never comes are taken as they are."""
    here.stage.now += FINAL_TIMEOUT
    await here.replicas[0].intake.settle()
