"""Captions corrected and retracted while the session runs, by keyboard, with everyone reading along. Rule C21."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, WebSocketRoute, expect

from tests.browser.captioned import captioned, desk, line, on_the_floor, press
from tests.browser.conftest import Theatre, button, no_violations, reach
from tests.browser.test_attendee import feed as feeding
from tests.browser.test_attendee import reader
from tests.browser.test_away import frozen


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with captioned(browser, tmp_path) as here:
        yield here


@dataclass
class Held:
    """Between the server and a page: what the server says is held back for a while."""

    holding: bool = False
    said: list[str | bytes] = field(default_factory=list)
    page: WebSocketRoute | None = None

    def between(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        self.page = page
        page.on_message(server.send)
        server.on_message(lambda message: self.said.append(message) if self.holding else page.send(message))

    def release(self) -> None:
        self.holding = False
        assert self.page
        for message in self.said:
            self.page.send(message)


def said(page: Page) -> Locator:
    """The lines of a reader's page."""
    return page.locator(".captions article [data-id]")


async def test_C21_a_line_is_corrected_in_place_and_its_trail_is_kept(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana")
    page = await desk(theatre)
    public = await reader(theatre)
    async with feeding(theatre, "floor-feed") as english:
        await english.say("1", "Every city has a rihgt.")
        await expect(page.get_by_label("Captions, latest line")).to_contain_text("rihgt")
        await page.keyboard.press("t")
        dialog = page.get_by_role("dialog", name="Captions")
        field = dialog.get_by_label("Text of the line")
        await expect(field).to_be_focused()
        await expect(field).to_have_value("Every city has a rihgt.")
        await field.fill("Every city has a right.")
        # While one writes, the list stands still; what comes is counted.
        await theatre.step(2)
        await english.say("2", "Thank you.")
        await expect(button(dialog, "Show 1 newer line")).to_be_visible()
        await no_violations(page)
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_text("Every city has a right.", exact=True)).to_be_visible()
        await expect(said(public).first).to_have_text("Every city has a right.")
        await expect(button(dialog, "Correct: Every city has a right.")).to_be_focused()
        trail = line(page, "Every city has a right.")
        await expect(trail).to_contain_text(re.compile(r"Corrected by Mia Moderator at \d\d:\d\d"))
        await press(page, button(trail, "What it said before"))
        await expect(trail.get_by_text("Every city has a rihgt.")).to_be_visible()
        await no_violations(page)
        await expect(public.get_by_text("Mia Moderator")).to_have_count(0)


async def test_C21_retracting_asks_once_and_can_be_taken_back(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana")
    page = await desk(theatre)
    public = await reader(theatre)
    async with feeding(theatre, "floor-feed") as english:
        await english.say("1", "Something that nobody said.")
        await expect(said(public)).to_have_count(1)
        await theatre.step(2)
        await english.say("2", "Thank you.")
        await expect(said(public)).to_have_count(2)
        await page.keyboard.press("c")
        dialog = page.get_by_role("dialog", name="Captions")
        await press(page, button(dialog, "Corrections"))
        await reach(page, button(dialog, "Correct: Thank you."))
        await page.keyboard.press("ArrowDown")
        await expect(button(dialog, "Correct: Something that nobody said.")).to_be_focused()
        # The list stands still for as long as somebody is in it.
        await theatre.step(2)
        await english.say("3", "Next, please.")
        await expect(button(dialog, "Show 1 newer line")).to_be_visible()
        await expect(line(page, "Next, please.")).to_have_count(0)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(button(dialog, "Keep it")).to_be_focused()
        await no_violations(page)
        await page.keyboard.press("Escape")
        await expect(button(dialog, "Correct: Something that nobody said.")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await press(page, button(dialog, re.compile("^Retract$")))
        await expect(dialog.get_by_text(re.compile(r"Retracted by Mia Moderator at \d\d:\d\d"))).to_be_visible()
        await expect(said(public)).to_have_text(["Thank you.", "Next, please."])
        await press(page, button(dialog, "Restore this line"))
        await expect(dialog.get_by_label("Text of the line")).to_be_focused()
        await page.keyboard.type("Something that somebody said.")
        await page.keyboard.press("Enter")
        await expect(said(public)).to_have_text(["Something that somebody said.", "Thank you.", "Next, please."])


async def test_C21_whoever_was_slower_sees_what_it_says_now(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana")
    page, other = await desk(theatre), await desk(theatre, "rosa")
    async with feeding(theatre, "floor-feed") as english:
        await english.say("1", "Frist line.")
        for each in (page, other):
            await expect(each.get_by_label("Captions, latest line")).to_contain_text("Frist")
            await each.keyboard.press("t")
            await expect(each.get_by_label("Text of the line")).to_be_focused()
        await other.get_by_label("Text of the line").fill("The first line.")
        await other.keyboard.press("Enter")
        await page.get_by_label("Text of the line").fill("First line.")
        told = "Rosa Rapporteur changed this line meanwhile. Now it says:"
        await expect(page.get_by_text(told)).to_contain_text("The first line.")
        await no_violations(page)
        # Enter does not write over what was not seen: it goes to the button that says so.
        await page.get_by_label("Text of the line").focus()
        await page.keyboard.press("Enter")
        await expect(button(page, "Save mine all the same")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(line(page, "First line.")).to_contain_text("Corrected by Mia Moderator")
        await expect(line(other, "First line.")).to_contain_text("Corrected by Mia Moderator")


async def test_C21_what_the_page_has_not_heard_of_is_not_written_over(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana")
    page, held = await desk(theatre), Held()
    await page.route_web_socket(re.compile("/socket.io/"), held.between)
    await page.reload()
    async with feeding(theatre, "floor-feed") as english:
        await english.say("1", "Frist line.")
        await button(page, "Correct the newest line").click()
        field = page.get_by_label("Text of the line")
        await field.fill("First line.")
        held.holding = True
        address = f"{theatre.running.url}/api/sessions/{theatre.session.id}/captions/en/1"
        headers = {"Authorization": f"Bearer {theatre.session.tokens['rosa']}"}
        amended = {"revision": 1, "text": "The first line."}
        async with ClientSession(headers=headers) as http, http.post(address, json=amended) as done:
            assert done.status == 200
        await field.press("Enter")
        await expect(page.get_by_text("This line was changed meanwhile.", exact=True)).to_be_visible()
        await expect(field).to_have_value("First line.")
        held.release()
        await expect(page.get_by_text("Rosa Rapporteur changed this line meanwhile.")).to_be_visible()
        await button(page, "Go on from that").click()
        await expect(field).to_have_value("The first line.")
        await expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()


async def test_a_rapporteur_corrects_and_changes_no_feed(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana", "bob")
    page = await desk(theatre, "rosa")
    await expect(page.get_by_text("you see what the team sees and can correct captions")).to_be_visible()
    await expect(page.locator(".spoken")).to_contain_text("Next speaks Spanish:")
    await expect(page.locator(".spoken").get_by_role("button")).to_have_count(0)
    async with feeding(theatre, "floor-feed") as english:
        await english.say("1", "Good afternon.")
        await page.keyboard.press("c")
        dialog = page.get_by_role("dialog", name="Captions")
        await expect(dialog.get_by_text("Good afternon.")).to_be_visible()
        await expect(button(dialog, re.compile("Switch off|Use this one|Reconnect|Set"))).to_have_count(0)
        await expect(dialog.get_by_text("Wordly session code")).to_have_count(0)
        await button(dialog, "Corrections").click()
        await button(dialog, "Correct: Good afternon.").click()
        await dialog.get_by_label("Text of the line").fill("Good afternoon.")
        await button(dialog, "Save").click()
        await expect(dialog.get_by_text("Corrected by Rosa Rapporteur")).to_be_visible()


async def test_while_the_engine_is_away_nothing_is_corrected_or_switched(theatre: Theatre, tmp_path: Path) -> None:
    await on_the_floor(theatre, "ana", "bob")
    page = await desk(theatre)
    async with feeding(theatre, "floor-feed") as english:
        await english.say("1", "Good afternoon.")
        await expect(button(page, "Correct the newest line")).to_be_visible()
        await page.keyboard.press("t")
        field = page.get_by_label("Text of the line")
        await field.fill("Good evening.")
        with frozen(tmp_path):
            await expect(button(page, "Save")).to_be_disabled()
            await page.keyboard.press("Enter")
            await expect(field).to_have_value("Good evening.")
            dialog = page.get_by_role("dialog", name="Captions")
            await button(dialog, "Feeds").click()
            await expect(button(dialog, re.compile("Switch off: English"))).to_be_disabled()
            await no_violations(page)
            await page.keyboard.press("Escape")
            await expect(button(page, "Spanish is set")).to_be_disabled()
        await expect(button(page, "Spanish is set")).to_be_enabled()


async def test_after_the_close_captions_are_still_corrected(theatre: Theatre) -> None:
    await on_the_floor(theatre, "ana")
    page = await desk(theatre)
    async with feeding(theatre, "floor-feed") as english:
        await english.say("1", "Godbye.")
        await expect(page.get_by_label("Captions, latest line")).to_contain_text("Godbye")
    await theatre.done("end_turn", turn=theatre.sam.view["floor"]["turn"])
    await theatre.done("close_session")
    await expect(page.get_by_role("heading", name="The session is closed")).to_be_visible()
    await page.keyboard.press("c")
    await button(page, "Correct: Godbye.").click()
    await no_violations(page)
    await page.get_by_label("Text of the line").fill("Goodbye.")
    await page.keyboard.press("Enter")
    await expect(line(page, "Goodbye.")).to_contain_text("Corrected by Mia Moderator")
