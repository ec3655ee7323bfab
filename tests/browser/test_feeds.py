"""The team's hand on the feeds of captions, and on the language that is spoken. By keyboard where it is done live."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, expect

from isegoria.domain.values import Role
from tests.browser.captioned import captioned, desk, on_the_floor, press
from tests.browser.conftest import DESK, Theatre, button, no_violations, reach
from tests.browser.test_attendee import feed as feeding
from tests.browser.test_looks import LONG, SCREENS, stands
from tests.fake_wordly import FakeWordly, fake_wordly

SMALL = SCREENS[0]


@pytest.fixture
async def wordly() -> AsyncIterator[FakeWordly]:
    async with fake_wordly() as here:
        yield here


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path, wordly: FakeWordly) -> AsyncIterator[Theatre]:
    async with captioned(browser, tmp_path, wordly_url=wordly.url) as here:
        yield here


def aside(page: Page) -> Locator:
    return page.get_by_role("region", name="Captions")


async def test_C15_the_feeds_at_a_glance_and_which_one_is_heard(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana", "cat")
    page = await desk(theatre)
    rows = aside(page).get_by_role("listitem")
    await expect(rows).to_have_count(3)
    await expect(rows).to_contain_text(["English", "Spanish", "Spanish"])
    await expect(rows).to_contain_text(["Nothing yet", "Nothing yet", "Standing by"])
    async with feeding(theatre, "es-feed") as first, feeding(theatre, "es-spare") as spare:
        await first.say("1", "Buenas tardes.")
        await expect(rows.nth(1)).to_contain_text("Arriving")
        await expect(rows.nth(1)).to_contain_text(re.compile(r"\d\.\d s from here to readers"))
        await spare.say("1", "Muy buenas tardes.")

        await page.keyboard.press("c")
        dialog = page.get_by_role("dialog", name="Captions")
        await expect(dialog.get_by_text("Buenas tardes.", exact=True)).to_be_visible()
        await expect(dialog.get_by_text(re.compile("last text 0:0"))).to_have_count(2)
        await no_violations(page)
        await press(page, button(dialog, re.compile("Use this one: Spanish, Second")))
        await expect(button(dialog, re.compile("Use this one: Spanish, es-feed"))).to_be_visible()
        await press(page, button(dialog, re.compile("Switch off: Spanish")))
        await expect(dialog.locator(".chip", has_text="Switched off")).to_have_count(2)
        await press(page, button(dialog, re.compile("Use this one: Spanish, es-feed")))
        await expect(dialog.locator(".chip", has_text="Switched off")).to_have_count(0)
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(page.get_by_text("Captions come from: Spanish, es-feed")).to_be_visible()


async def test_a_wordly_code_for_all_languages_and_what_wordly_says_to_it(theatre: Theatre, wordly: FakeWordly) -> None:
    wordly.passcode = "open sesame"
    await on_the_floor(theatre, "ana")
    page = await desk(theatre)
    await page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="Captions")
    await press(page, dialog.locator("summary", has_text="Wordly session code"))
    code = dialog.get_by_label("Session code", exact=True)
    await reach(page, code)
    await page.keyboard.type("abc 123")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("A code has four letters and four digits, as ABCD-1234.")).to_be_visible()
    await expect(code).to_have_attribute("aria-invalid", "true")
    await no_violations(page)
    await code.fill("abcd 1234")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("ABCD-1234 is given to the feeds.")).to_be_visible()
    await expect(dialog.locator(".chip", has_text="Refused")).to_have_count(3)
    await expect(dialog.get_by_text("Wrong access key.")).to_have_count(3)
    await expect(page.locator(".advice").get_by_text("3 feeds: Wrong access key.")).to_be_visible()
    await no_violations(page)

    await dialog.get_by_label("Passcode, if there is one").fill("open sesame")
    await page.keyboard.press("Enter")
    await expect(dialog.locator(".chip", has_text="Refused")).to_have_count(0)
    await wordly.phrase("en", "p1", "Good afternoon.", final=True)
    await expect(dialog.get_by_text("Good afternoon.", exact=True)).to_be_visible()
    await expect(dialog.get_by_text("from Wordly")).to_have_count(3)
    first = await wordly.attendee("en")
    await press(page, button(dialog, re.compile("Reconnect: English")))
    await wordly.until(lambda: first in wordly.gone and len(wordly.of("en")) == 1)
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("Reconnect asked for: English, floor-feed")).to_be_visible()


async def test_a_rapporteur_gives_no_code(theatre: Theatre) -> None:
    headers = {"Authorization": f"Bearer {theatre.session.tokens['rosa']}"}
    address = f"{theatre.running.url}/api/sessions/{theatre.session.id}/wordly"
    async with ClientSession(headers=headers) as http, http.put(address, json={"code": "ABCD-1234"}) as answer:
        assert answer.status == 403


async def test_C20_the_next_language_is_named_in_time(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana", "bob", "cat")
    page = await desk(theatre)
    listed = page.locator(".listed.zone")
    polite = listed.get_by_role("status").first
    await expect(aside(page).get_by_text("Now spoken: English")).to_be_visible()
    notice = listed.locator(".spoken")
    await expect(notice).to_contain_text("Next speaks Spanish: switch the source language of the captions.")
    await expect(polite).to_contain_text("Next speaks Spanish:")
    once = await polite.inner_text()
    await no_violations(page)

    await theatre.step(150)
    await expect(notice).to_contain_text("Bob Example speaks Spanish in a moment:")
    await no_violations(page)
    assert await polite.inner_text() == once, "it is said once, though it is shown more strongly"

    await theatre.give_floor("bob")
    await expect(notice).to_contain_text("Bob Example speaks Spanish:")
    await expect(polite).to_contain_text("Bob Example speaks Spanish:")
    await page.keyboard.press("s")
    await expect(aside(page).get_by_text("Now spoken: Spanish")).to_be_visible()
    await expect(page.get_by_text("Spoken language: Spanish")).to_be_visible()
    # The one after speaks English again.
    await expect(notice).to_contain_text("Next speaks English:")
    assert theatre.sam.view["spoken_language"] == "es"


async def test_C20_the_spoken_language_by_hand(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana", "dan")
    page = await desk(theatre)
    await press(page, button(page, "Details of captions: feeds and corrections"))
    dialog = page.get_by_role("dialog", name="Captions")
    choice = dialog.get_by_label("Spoken language")
    await expect(choice.get_by_role("option")).to_have_text(["English", "Spanish", "French"])
    await choice.select_option("fr")
    await press(page, button(dialog, "Set"))
    await expect(dialog.get_by_text("Now spoken: French")).to_be_visible()
    await theatre.sam.until("view", lambda view: view["spoken_language"] == "fr")


@pytest.mark.parametrize("locale", ["en-GB", "es-ES"])
async def test_the_dialog_stands_on_a_small_phone_and_with_large_text(theatre: Theatre, locale: str) -> None:
    await on_the_floor(theatre, "ana", "bob")
    page = await theatre.page("mia", Role.MODERATOR, SMALL, locale=locale)
    await expect(page.locator(".spoken")).to_be_visible()
    await stands(page)
    async with feeding(theatre, "floor-feed") as english, feeding(theatre, "es-feed") as spanish:
        await english.say("1", f"A word that is long: {LONG}")
        await spanish.say("1", "Buenas tardes.")
        await expect(page.locator(".caption-line")).to_contain_text("Buenas" if locale == "es-ES" else LONG)
        await theatre.step(150)
        for size in ("100%", "200%"):
            await page.set_viewport_size(SMALL if size == "100%" else DESK)
            await page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            await stands(page)
            await page.locator("[aria-keyshortcuts=C]").click()
            await page.locator(".wordly summary").click()
            await stands(page)
            await page.locator(".parts button").last.click()
            await page.locator("[data-line] button").first.click()
            await stands(page)
            await no_violations(page)
            for _ in range(2):
                await page.keyboard.press("Escape")
            await expect(page.get_by_role("dialog")).to_have_count(0)
