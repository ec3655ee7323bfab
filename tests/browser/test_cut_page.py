"""The attendee's page in a train: cut off twenty times, at either of two servers, in either of two languages.

What tests/faults/test_cut_reader.py holds of the protocol, this holds of the store that the pages are made from.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from isegoria.domain.values import Role
from tests.browser.conftest import DESK, playing
from tests.browser.line import line_to
from tests.browser.test_attendee import Feed, feed
from tests.faults.processes import free_port
from tests.serving import replica

CUTS = 20
EACH_TIME = 2
SEED = 1_948
LINES = "[...document.querySelectorAll('.captions [data-id]')].map(it => [it.textContent, it.className])"


class Voice:
    """Says finals, each after a partial of it, and now and then corrects an earlier one."""

    def __init__(self, feed: Feed, language: str) -> None:
        self._feed, self._language = feed, language
        self.said: list[str] = []

    async def say(self, count: int) -> None:
        for _ in range(count):
            number = len(self.said)
            text = f"{self._language} {number} is said."
            await self._feed.say(str(number), text[:6], "partial", revision=1)
            await self._feed.say(str(number), text, revision=2)
            self.said.append(text)
            if number % 10 == 9:
                self.said[-5] = f"{self._language} {number - 4} is corrected."
                await self._feed.say(str(number - 4), self.said[-5], "corrected", revision=3)


@pytest.mark.timeout(180)
async def test_C17_a_page_cut_off_twenty_times_shows_everything_once_and_in_order(
    browser: Browser, tmp_path: Path
) -> None:
    ports = [free_port(), free_port()]
    chance = random.Random(SEED)
    async with (
        line_to(ports[0]) as (line, near),
        playing(browser, tmp_path, port=ports[0], origins=(near,)) as theatre,
        replica(tmp_path, port=ports[1], origins=(near,)),
        feed(theatre, "floor-feed") as english,
        feed(theatre, "es-feed") as spanish,
    ):
        await theatre.done("start_session")
        await theatre.done("inscribe", person="ana", segment="one")
        await theatre.give_floor("ana")
        page = await theatre.page("attendee", Role.ATTENDEE, DESK, base_url=near)
        voices = {"en": Voice(english, "en"), "es": Voice(spanish, "es")}
        for _ in range(CUTS):
            for voice in voices.values():
                await voice.say(chance.randrange(EACH_TIME + 1))
            await choose(page, chance.choice(list(voices)))
            line.cut()
            await expect(page.get_by_text("You are offline.")).to_be_visible()
            for voice in voices.values():
                await voice.say(EACH_TIME)
            line.mend(chance.choice(ports))
            await expect(page.get_by_text("You are offline.")).to_have_count(0)
        for language, voice in voices.items():
            await choose(page, language)
            await expect(page.locator(".captions [data-id]")).to_have_count(len(voice.said))
            assert await page.evaluate(LINES) == [[text, ""] for text in voice.said]


async def choose(page: Page, language: str) -> None:
    await page.get_by_label("Language of the captions").select_option(language)
