"""Two replicas share the feeds: one of them fetches each, and the other goes on when it goes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from isegoria.domain.captions import CaptionStatus
from isegoria.domain.values import SessionState
from isegoria.store.engine import Engine
from tests.fake_wordly import fake_wordly
from tests.pull.scene import scene, wordly_feed

SPANISH = wordly_feed("es")
FINAL = CaptionStatus.FINAL
RELEASED_S = 3.0
"""Less than a lease lasts."""


async def test_one_replica_fetches_and_the_other_takes_over_at_once_when_it_stops(engine: Engine) -> None:
    feeds = [wordly_feed(language) for language in ("en", "es", "fr")]
    async with fake_wordly() as wordly, scene(engine, *feeds, wordly=wordly.url) as here:
        here.start(0)
        first = [await wordly.attendee(feed.language) for feed in feeds]
        here.start(1)
        await here.looks()
        assert wordly.attempts == 3
        assert here.view(feeds[0], 1).link is None
        await wordly.phrase("es", "1", "uno", final=True)
        await here.stop(0)
        assert all(one.heard[-1] == {"type": "disconnect"} for one in first)
        assert here.view(feeds[0], 0).link is None
        async with asyncio.timeout(RELEASED_S):
            await wordly.phrase("es", "1", "uno", final=True)
        await wordly.phrase("es", "2", "dos", final=True)
        assert await here.kept("es") == [(FINAL, "uno"), (FINAL, "dos")]


async def test_a_replica_that_lost_its_lease_closes_its_connection(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.start()
        one = await wordly.attendee("es")
        await engine.ask("SET", f"isegoria:s:lease:{SPANISH.id}", "another", "PX", 60_000)
        await wordly.until(lambda: one in wordly.gone)
        await here.looks()
        assert wordly.attempts == 1
        await engine.ask("DEL", f"isegoria:s:lease:{SPANISH.id}")
        await wordly.attendee("es")


async def test_a_replica_that_stood_still_past_its_lease_keeps_nothing_more(engine: Engine) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.pace = replace(here.pace, renew=3_600, lease_ms=50)
        here.start()
        one = await wordly.attendee("es")
        await asyncio.sleep(0.06)
        await engine.ask("SET", f"isegoria:s:lease:{SPANISH.id}", "another", "PX", 60_000)
        await wordly.phrase("es", "1", "uno", final=True)
        await wordly.until(lambda: one in wordly.gone)
        assert await here.kept("es") == []


@pytest.mark.parametrize("first", [0, 1], ids=["who_fetches", "the_other"])
async def test_C11_who_does_not_fetch_a_feed_does_not_miss_it_at_the_close(engine: Engine, first: int) -> None:
    async with fake_wordly() as wordly, scene(engine, SPANISH, wordly=wordly.url) as here:
        here.pace = replace(here.pace, ping=0.005)
        here.start(0)
        await here.replicas[1].intake.settle()
        await wordly.phrase("es", "1", "uno", final=True)
        here.stage.now += 60_000
        await here.stage.until(lambda: here.view(SPANISH).last_at == here.stage.now)
        for replica in here.replicas:
            await replica.intake.settle()
        here.stage.change(state=SessionState.CLOSED, closed_at=here.stage.session.clock.at(here.stage.now))
        for number in (first, 1 - first):
            await here.replicas[number].intake.settle()
        assert await here.gaps("es") == []
