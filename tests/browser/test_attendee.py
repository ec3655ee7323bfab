"""Captions as an attendee reads them: from a real feed, in a language of theirs, without a gap or a repeat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse
from playwright.async_api import Browser, Page, expect

from isegoria.domain.values import Role
from tests.browser.conftest import DESK, PHONE, Theatre, button, no_violations, playing
from tests.browser.line import line_to
from tests.faults.processes import free_port

SCROLL_BACK = """box => {
  box.scrollTop = 300;
  const top = box.getBoundingClientRect().top;
  const line = [...box.querySelectorAll("[data-id]")].find(it => it.getBoundingClientRect().top >= top);
  return [line.dataset.id, line.getBoundingClientRect().top];
}"""
"""To near the beginning of what is there; gives the topmost line in sight, and where it stands."""


@dataclass
class Feed:
    """A feed's own connection."""

    socket: ClientWebSocketResponse

    async def say(self, name: str, text: str, status: str = "final", **fields: Any) -> None:
        await self.socket.send_json({"segment_id": name, "status": status, "text": text, **fields})


@asynccontextmanager
async def feed(theatre: Theatre, name: str) -> AsyncIterator[Feed]:
    address = f"{theatre.running.url}/feeds/{theatre.session.id}/{name}"
    headers = {"Authorization": f"Bearer {theatre.session.secrets[name]}"}
    async with ClientSession() as http, http.ws_connect(address, headers=headers) as socket:
        yield Feed(socket)


async def reader(theatre: Theatre, **settings: Any) -> Page:
    page = await theatre.page("attendee", Role.ATTENDEE, DESK, **settings)
    await expect(page.get_by_role("region", name="Captions")).to_be_visible()
    return page


def said(page: Page) -> Any:
    return page.locator(".captions article p:not(.gap, .made)")


async def test_C4_a_phrase_grows_and_is_then_final(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    await theatre.step(10)
    page = await reader(theatre)
    async with feed(theatre, "floor-feed") as english:
        await english.say("1", "Every city has a right", "partial", revision=1)
        await expect(page.locator(".captions .open")).to_have_text("Every city has a right")
        await english.say("1", "Every city", "partial", revision=2)
        await expect(page.locator(".captions .open")).to_have_text("Every city")
        await english.say("1", "Every citizen has a right.")
        await expect(page.locator(".captions .open")).to_have_count(0)
        await expect(said(page)).to_have_text("Every citizen has a right.")
        await english.say("1", "Each citizen has a right.", "corrected", revision=9)
        await expect(said(page)).to_have_text("Each citizen has a right.")
        await expect(said(page)).to_have_attribute("lang", "en")
        heading = page.locator(".captions h3")
        await expect(heading).to_contain_text("Ana Example")
        await no_violations(page)


async def test_the_chosen_language_is_remembered(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    page = await reader(theatre)
    async with feed(theatre, "floor-feed") as english, feed(theatre, "es-feed") as spanish:
        await english.say("1", "Good afternoon.")
        await expect(said(page)).to_have_text("Good afternoon.")
        await spanish.say("1", "Buenas tardes.")
        await page.get_by_label("Language of the captions").select_option("es")
        await expect(said(page)).to_have_text("Buenas tardes.")
        await expect(said(page)).to_have_attribute("lang", "es")
        await expect(page.get_by_text("Machine translation.").first).to_be_visible()
        await english.say("2", "Thank you.")
        await spanish.say("2", "Gracias.")
        await expect(said(page)).to_have_text("Buenas tardes. Gracias.")
        await page.reload()
        await expect(said(page)).to_have_text("Buenas tardes. Gracias.")
        await expect(page.get_by_label("Language of the captions")).to_have_value("es")


async def test_C17_nothing_is_missed_or_doubled_after_a_lost_connection(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    async with (
        line_to(port) as (line, near),
        playing(browser, tmp_path, port=port, origins=(near,)) as theatre,
        feed(theatre, "floor-feed") as english,
    ):
        await theatre.begin("ana")
        await theatre.give_floor("ana")
        page = await theatre.page("attendee", Role.ATTENDEE, DESK, base_url=near)
        await english.say("1", "One.")
        await english.say("2", "Two, and", "partial", revision=1)
        await expect(page.locator(".captions .open")).to_have_text("Two, and")
        line.cut()
        await expect(page.get_by_text("You are offline. You have the captions up to")).to_be_visible()
        await no_violations(page)
        for number, word in enumerate(["Two.", "Three.", "Four."], 2):
            await english.say(str(number), word)
        await expect(said(page)).not_to_contain_text("Three.")
        line.mend()
        await expect(said(page)).to_have_text("One. Two. Three. Four.")
        await expect(page.get_by_text("You are offline.")).to_have_count(0)
        await english.say("5", "Five.")
        await expect(said(page)).to_have_text("One. Two. Three. Four. Five.")


async def test_how_captions_look_is_remembered(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await reader(theatre)
    async with feed(theatre, "floor-feed") as english:
        await theatre.give_floor("ana")
        await english.say("1", "Good afternoon.")
        await expect(said(page)).to_have_css("font-size", "26px")
        await button(page, "Larger text").click()
        await expect(said(page)).to_have_css("font-size", "32px")
        await button(page, "Display").click()
        dialog = page.get_by_role("dialog", name="How captions look")
        await dialog.get_by_text("Yellow on black").click()
        await dialog.get_by_text("With serifs").click()
        await no_violations(page)
        await button(dialog, "Done").click()
        await page.reload()
        await expect(said(page)).to_have_css("font-size", "32px")
        await expect(said(page)).to_have_css("color", "rgb(255, 255, 0)")
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_C17_older_lines_come_by_pages_and_the_line_in_sight_stays(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    async with feed(theatre, "floor-feed") as english:
        for number in range(1, 141):
            await english.say(str(number), f"This is sentence number {number} of them all.")
        first = await reader(theatre)
        await expect(said(first).last).to_contain_text("sentence number 140 ")
        page = await reader(theatre)
        await expect(said(page).last).to_contain_text("sentence number 140 ")
        await expect(page.locator("[data-id]")).to_have_count(100)
        text = page.get_by_role("region", name="Captions")
        line, before = await text.evaluate(SCROLL_BACK)
        await expect(page.locator("[data-id]")).to_have_count(140)
        after = await page.locator(f"[data-id='{line}']").evaluate("it => it.getBoundingClientRect().top")
        assert abs(before - after) < 2
        await english.say("141", "One more.")
        await expect(button(page, "1 new line")).to_be_visible()
        await expect(page.locator("[data-id]")).to_have_count(141)
        await expect(button(page, "Earlier captions")).to_have_count(0)
        ids = await page.locator("[data-id]").evaluate_all("all => all.map(one => one.dataset.id)")
        assert len(set(ids)) == 141
        await button(page, "1 new line").click()
        await expect(page.get_by_text("One more.")).to_be_in_viewport()
        # Finding looks through all of it.
        await button(page, "Find in captions").click()
        await expect(page.get_by_role("searchbox")).to_be_focused()
        await page.keyboard.type("sentence number 77")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("1 of 1", exact=True)).to_be_visible()
        await expect(page.locator("mark[aria-current=true]").first).to_be_in_viewport()


async def test_S1_the_reader_in_auckland_reads_their_own_time(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob")
    page = await reader(theatre, timezone_id="Pacific/Auckland")
    await expect(page.get_by_text("for you").first).to_be_visible()
    await expect(page.locator(".hours")).to_contain_text("where you are")
    home = await reader(theatre)
    await expect(home.locator(".hours")).to_be_visible()
    await expect(home.get_by_text("for you")).to_have_count(0)
    await expect(home.locator(".hours")).not_to_contain_text("where you are")


async def test_on_a_phone_the_programme_is_one_press_away(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob")
    await theatre.give_floor("ana")
    page = await theatre.page("attendee", Role.ATTENDEE, PHONE)
    await expect(page.locator(".line")).to_contain_text("Ana Example")
    await button(page, "Programme").click()
    dialog = page.get_by_role("dialog", name="Programme")
    await expect(dialog.get_by_text("Bob Example")).to_be_visible()
    await expect(dialog.get_by_text("2 · Challenges")).to_be_visible()
    await no_violations(page)
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
