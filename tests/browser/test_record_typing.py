"""Two rapporteurs who write at once, and whoever writes while something fails: nothing typed is lost. Rules C21, Q7."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.captioned import desk, press
from tests.browser.conftest import Theatre, button, no_violations, reach
from tests.browser.line import line_to
from tests.browser.recorded import ended, gist, items, lines, noted, rapporteur, recorded, sheet, speaks
from tests.browser.test_attendee import feed as feeding
from tests.browser.test_away import frozen
from tests.browser.test_corrections import Held


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with recorded(browser, tmp_path) as here:
        yield here


async def test_the_page_follows_who_speaks_unless_one_is_at_work(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob", "cat")
    page = await rapporteur(theatre)
    await theatre.give_floor("ana")
    await expect(items(page)).to_have_count(1)
    await ended(theatre)
    await theatre.give_floor("bob")
    await expect(sheet(page)).to_contain_text("Bob Example")
    await expect(items(page).nth(1)).to_contain_text("has the floor")
    # Whoever writes is not moved on, and what they write is of the one before them.
    await page.keyboard.press("g")
    await page.keyboard.type("What Bob said")
    await ended(theatre)
    await theatre.give_floor("cat")
    await expect(page.get_by_text("Cat Example has the floor.")).to_be_visible()
    await page.keyboard.type(", in short.")
    await expect(sheet(page)).to_contain_text("Bob Example")
    await noted(theatre, lambda one: one["gist"] and one["gist"]["text"] == "What Bob said, in short.", entry=1)
    await no_violations(page)
    await reach(page, button(page, "Follow who speaks"))
    await page.keyboard.press("f")
    await expect(sheet(page)).to_contain_text("Cat Example")
    # Arrows in the list, J and K from anywhere.
    await page.keyboard.press("l")
    await page.keyboard.press("ArrowUp")
    await expect(items(page).nth(1)).to_be_focused()
    await page.keyboard.press("Home")
    await expect(sheet(page)).to_contain_text("Ana Example")
    await page.keyboard.press("j")
    await expect(gist(page)).to_have_value("What Bob said, in short.")
    await page.keyboard.press("k")
    await expect(gist(page)).to_have_value("")


async def test_Q7_two_who_write_one_gist_lose_nothing(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    rosa, rolf, held = await rapporteur(theatre), await rapporteur(theatre, "rolf"), Held()
    await rosa.route_web_socket(re.compile("/socket.io/"), held.between)
    await rosa.reload()
    await expect(rosa.get_by_text("2 rapporteurs here")).to_be_visible()
    await gist(rosa).fill("Budgets are published.")
    await expect(rosa.get_by_text("Written by Rosa Rapporteur")).to_be_visible()
    await expect(gist(rolf)).to_have_value("Budgets are published.")
    await expect(rolf.get_by_text("Written by Rosa Rapporteur")).to_be_visible()
    # Both go on from that. Rolf is faster, and the news of it is late.
    held.holding = True
    await gist(rolf).fill("Budgets are voted on.")
    await gist(rolf).blur()
    await expect(rolf.get_by_text("Written by Rolf Rapporteur")).to_be_visible()
    await gist(rosa).fill("Budgets are published at the markets.")
    await gist(rosa).blur()
    held.release()
    await expect(rosa.get_by_text("Rolf Rapporteur wrote a gist meanwhile:")).to_contain_text("Budgets are voted on.")
    await expect(gist(rosa)).to_have_value("Budgets are published at the markets.")
    await expect(rosa.get_by_text("It is not saved until you choose.")).to_be_visible()
    await no_violations(rosa)
    await noted(theatre, lambda one: one["gist"] and one["gist"]["text"] == "Budgets are voted on.")
    await button(rosa, "Save mine instead").click()
    await expect(rosa.locator(".overtaken")).to_have_count(0)
    await expect(gist(rolf)).to_have_value("Budgets are published at the markets.")
    await expect(rolf.get_by_text("Written by Rosa Rapporteur")).to_be_visible()


async def test_what_was_typed_outlives_the_engine_and_a_reload(theatre: Theatre, tmp_path: Path) -> None:
    await theatre.begin("ana")
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana")
    page = await rapporteur(theatre)
    await expect(lines(page)).to_have_count(4)
    with frozen(tmp_path):
        await expect(page.get_by_text("its engine is not: nothing can be saved")).to_be_visible()
        await expect(button(sheet(page), "Practice")).to_be_disabled()
        await page.keyboard.press("g")
        await page.keyboard.type("Typed while the engine was away.")
        await expect(page.get_by_text("Not saved yet, kept here")).to_be_visible()
        await no_violations(page)
        await page.keyboard.press("Tab")
        await page.evaluate("window.scrollTo(0, 0)")
    await expect(page.get_by_text("All saved")).to_be_visible()
    await noted(theatre, lambda one: one["gist"] and one["gist"]["text"] == "Typed while the engine was away.")


async def test_what_was_typed_outlives_a_lost_connection_and_a_reload(browser: Browser, tmp_path: Path) -> None:
    async with line_to(0) as (line, near), recorded(browser, tmp_path, origins=(near,)) as theatre:
        await theatre.begin("ana")
        await theatre.give_floor("ana")
        line.mend(int(theatre.running.url.rsplit(":", 1)[1]))
        page = await rapporteur(theatre, base_url=near)
        line.cut()
        await expect(page.get_by_text("The connection is being restored.")).to_be_visible()
        await gist(page).fill("Typed in a tunnel.")
        await page.keyboard.press("r")  # a letter, as a text is being written
        await page.keyboard.press("Tab")
        await expect(page.get_by_text("Not saved yet, kept here")).to_be_visible()
        line.mend()
        await page.reload()
        await expect(gist(page)).to_have_value("Typed in a tunnel.r")
        await noted(theatre, lambda one: one["gist"] and one["gist"]["text"] == "Typed in a tunnel.r")
        await expect(page.get_by_text("All saved")).to_be_visible()


async def test_C21_a_line_is_corrected_where_it_stands(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page, other = await rapporteur(theatre), await rapporteur(theatre, "rolf")
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana", ["We began with the marktes."])
        await expect(lines(page)).to_have_count(1)
        await page.keyboard.press("w")
        await page.keyboard.press("Enter")
        await expect(page.locator(".quote")).to_contain_text("marktes")
        await page.keyboard.press("w")
        await page.keyboard.press("e")
        field = page.get_by_label("Text of the line")
        await expect(field).to_be_focused()
        await no_violations(page)
        await field.fill("We began with the markets.")
        await page.keyboard.press("Enter")
        for each in (page, other):
            await expect(lines(each)).to_contain_text(["We began with the markets."])
            await expect(lines(each)).to_contain_text(["Corrected by Rosa Rapporteur"])
            await expect(each.locator(".quote")).to_contain_text("We began with the markets.")
        await expect(lines(page)).to_be_focused()
        # Whoever was slower sees what it says now.
        await other.keyboard.press("w")
        await other.keyboard.press("e")
        await page.keyboard.press("e")
        await page.get_by_label("Text of the line").fill("We began at the markets.")
        await page.keyboard.press("Enter")
        await expect(other.get_by_text("Rosa Rapporteur changed this line meanwhile.")).to_be_visible()
        await button(other, "Go on from that").click()
        await expect(other.get_by_label("Text of the line")).to_have_value("We began at the markets.")


async def test_C21_a_line_that_is_retracted_meanwhile_leaves_what_is_typed_on_it(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page, moderator = await rapporteur(theatre), await desk(theatre)
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana", ["Nobody said that.", "Thank you."])
        await expect(lines(page)).to_have_count(2)
        await page.keyboard.press("w")
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("e")
        field = page.get_by_label("Text of the line")
        await field.fill("Somebody said that.")
        await moderator.keyboard.press("c")
        dialog = moderator.get_by_role("dialog", name="Captions")
        await press(moderator, button(dialog, "Corrections"))
        await press(moderator, button(dialog, "Retract: Nobody said that."))
        await press(moderator, button(dialog, re.compile("^Retract$")))
        await expect(page.get_by_text("changed this line meanwhile. Now it says:")).to_contain_text("Retracted")
        await expect(button(page, "Go on from that")).to_have_count(0)
        await no_violations(page)
        await expect(field).to_have_value("Somebody said that.")
        await field.focus()
        await page.keyboard.press("Enter")
        await expect(button(page, "Save mine all the same")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(lines(page)).to_contain_text(["Somebody said that.", "Thank you."])
        await expect(page.locator("[data-row]:focus")).to_have_count(1)


async def test_what_is_typed_on_a_line_outlives_a_reload_until_it_is_saved_or_left(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await rapporteur(theatre)
    unsaved = page.get_by_text("Correction not saved")
    field = page.get_by_label("Text of the line")
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana", ["We begin at the markets.", "Thank you."])
        await expect(lines(page)).to_have_count(2)
        await page.keyboard.press("w")
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("e")
        await field.fill("We began at")
        await expect(unsaved).to_have_count(0)
        await page.reload()
        await expect(lines(page).first).to_contain_text("Correction not saved")
        await expect(page.get_by_text("Not saved yet, kept here")).to_be_visible()
        await no_violations(page)
        await page.keyboard.press("w")
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("e")
        await expect(field).to_have_value("We began at")
        await page.keyboard.press("Escape")
        await expect(field).to_have_count(0)
        await expect(unsaved).to_have_count(0)
        await expect(page.get_by_text("All saved")).to_be_visible()
        await expect(lines(page).first).to_contain_text("We begin at the markets.")


async def test_remarks_of_somebody_who_is_not_on_the_list(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await rapporteur(theatre)
    await page.keyboard.press("r")
    dialog = page.get_by_role("dialog", name="Log remarks of somebody who is not on the list")
    await expect(dialog.get_by_label("Who: find in the roster")).to_be_focused()
    # Arrows go from one to the next, though each is chosen on the way.
    people = dialog.get_by_role("radio")
    await expect(people.nth(2)).to_be_visible()
    await page.keyboard.press("Tab")
    for n in (1, 2):
        await page.keyboard.press("ArrowDown")
        await expect(people.nth(n)).to_be_checked()
    await dialog.get_by_label("Who: find in the roster").fill("mia")
    await dialog.get_by_role("radio", name="Mia Moderator").check()
    await dialog.get_by_label("What was said, in your words").fill("She thanked the hosts.")
    await no_violations(page)
    # Closed before it was logged, it is still there, also after a reload.
    await page.keyboard.press("Escape")
    await page.reload()
    await button(page, "Go on with your remarks").click()
    await expect(dialog.get_by_label("What was said, in your words")).to_have_value("She thanked the hosts.")
    await button(dialog, "Log remarks").click()
    await expect(dialog).to_have_count(0)
    await expect(page.locator(".remarks")).to_contain_text("Mia Moderator")
    await expect(page.locator(".remarks")).to_contain_text("She thanked the hosts.")
    await expect(button(page, "Log remarks")).to_be_focused()
    logged = theatre.sam.view["notebook"]["remarks"][0]
    assert (logged["person"], logged["segment"], logged["by"]) == ("mia", "one", "Rosa Rapporteur")
