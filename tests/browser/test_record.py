"""The rapporteur's page, by keyboard, while people speak. Rules R2, R3, R4, R5, R7, R9."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from isegoria.domain.values import Role
from tests.browser.conftest import PHONE, Theatre, button, no_violations, reach
from tests.browser.recorded import SAID, ended, gist, items, lines, noted, rapporteur, recorded, say, sheet, speaks
from tests.browser.test_attendee import feed as feeding
from tests.browser.test_looks import LONG, NAMES, SCREENS, rename, stands

ARABIC = "شكرًا لك سيدي الرئيس، بدأنا من الأسواق."


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with recorded(browser, tmp_path) as here:
        yield here


async def test_R2_one_record_of_a_turn_by_keyboard_while_it_runs(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await rapporteur(theatre)
    await expect(page.get_by_text("Nobody has had the floor yet.")).to_be_visible()
    await no_violations(page)
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana")
        await expect(sheet(page)).to_contain_text("Ana Example")
        await expect(sheet(page)).to_contain_text("in the report as: The representative of Porto Alegre")
        await expect(lines(page)).to_have_count(4)
        await page.keyboard.press("1")
        await expect(button(sheet(page), "Practice")).to_have_attribute("aria-pressed", "true")
        await page.keyboard.press("t")
        await page.keyboard.type("Markets")
        await no_violations(page)
        await page.keyboard.press("Enter")
        await expect(button(sheet(page), "Markets")).to_have_attribute("aria-pressed", "true")
        # From the newest line, which is what is being said, to the one before.
        await page.keyboard.press("w")
        await expect(lines(page).nth(3)).to_be_focused()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Shift+ArrowUp")
        await expect(button(page, "Quote these 2 lines")).to_be_visible()
        await no_violations(page)
        await page.keyboard.press("Enter")
        card = page.locator(".quote")
        await expect(card).to_contain_text(f"{SAID[1]} {SAID[2]}")
        await expect(page.locator("mark")).to_have_text(SAID[1:3])
        await page.keyboard.press("g")
        await page.keyboard.type("They publish the budget that was voted for.")
        await expect(page.get_by_text(re.compile(r"Written by Rosa Rapporteur at \d\d:\d\d"))).to_be_visible()
        await expect(page.get_by_text("All saved")).to_be_visible()
        await no_violations(page)
    made = await noted(theatre, lambda one: one["gist"] and one["gist"]["text"] and len(one["tags"]) == 2)
    assert made["gist"]["text"] == "They publish the budget that was voted for."
    assert made["quotes"][0]["last"] == made["quotes"][0]["first"] + 1
    topics = {one["tag"]: one["text"] for one in theatre.sam.view["notebook"]["topics"]}
    assert [topics.get(one["tag"], one["tag"]) for one in made["tags"]] == ["practice", "Markets"]
    await page.keyboard.press("Escape")
    await reach(page, button(sheet(page), "Practice"))
    await page.keyboard.press("1")
    await expect(button(sheet(page), "Practice")).to_have_attribute("aria-pressed", "false")


async def test_a_topic_that_there_is_already_is_given_and_not_added(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    page = await rapporteur(theatre)
    await page.keyboard.press("t")
    await page.get_by_label("Topic, in a word or two").fill("  budget ")
    await page.keyboard.press("Enter")
    await expect(button(sheet(page), "Budget")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert [one["text"] for one in theatre.sam.view["notebook"]["topics"]] == ["Budget", "Housing"]


async def test_R7_machine_text_is_no_quotation_until_it_was_heard(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page, other = await rapporteur(theatre), await rapporteur(theatre, "rolf")
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana")
        # With the mouse, dragged from within one line into the next.
        await expect(lines(page)).to_have_count(4)
        first, last = await lines(page).nth(1).bounding_box(), await lines(page).nth(2).bounding_box()
        assert first
        assert last
        await page.mouse.move(first["x"] + 60, first["y"] + 18)
        await page.mouse.down()
        await page.mouse.move(last["x"] + 90, last["y"] + 18, steps=4)
        await page.mouse.up()
        await button(page, "Quote these 2 lines").click()
        for each in (page, other):
            await expect(each.locator(".quote")).to_contain_text("Machine text: not yet a quotation")
            await expect(each.locator(".quote")).to_contain_text("chosen by Rosa Rapporteur")
            await expect(button(each, re.compile(r"^Heard at \d\d:\d\d:\d\d: confirm"))).to_be_visible()
        await expect(button(page, "1 quote to confirm")).to_be_enabled()
        await other.keyboard.press("q")
        for each in (page, other):
            await expect(each.locator(".quote")).to_contain_text("Confirmed against the recording by Rolf Rapporteur")
            await expect(button(each, re.compile("confirm against"))).to_have_count(0)
        await expect(button(page, "0 quotes to confirm")).to_be_disabled()
        await no_violations(page)
        await button(page, "Remove this quote").click()
        await expect(other.locator(".quote")).to_have_count(0)
        await expect(other.locator("mark")).to_have_count(0)


async def test_a_passage_is_marked_with_one_key_and_an_open_phrase_is_not_quoted(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await rapporteur(theatre)
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana", SAID[:2])
        await say(theatre, english, "en", "open", "And we", status="partial", revision=1)
        await expect(lines(page)).to_have_count(3)
        await page.keyboard.press("w")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("This line is not final yet")).to_be_visible()
        await page.keyboard.press("m")
        await page.keyboard.press("Home")
        await expect(button(page, "Quote these 3 lines")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("[aria-selected=true]")).to_have_count(0)
        await page.keyboard.press(" ")
        await button(page, "One line more").click()
        await button(page, "Quote these 2 lines").click()
        await expect(page.locator(".quote")).to_contain_text(" ".join(SAID[:2]))
        await expect(page.locator("[data-row]:focus")).to_have_count(1)


async def test_what_the_record_holds_and_what_is_to_do(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob", "dan")
    page = await rapporteur(theatre)
    async with feeding(theatre, "floor-feed") as english:
        for name in ("ana", "bob"):
            await speaks(theatre, english, name, SAID[:1])
            await ended(theatre)
    row = page.get_by_role("row", name=re.compile("^Latin America"))
    await expect(row.get_by_role("cell")).to_have_text(["1", re.compile("0")])
    await expect(
        page.get_by_text(re.compile(r"Nothing yet on topic 2, Challenges \(it begins at about"))
    ).to_be_visible()
    await expect(page.get_by_text(re.compile("Nothing from Asia-Pacific, Eurasia, Europe"))).to_be_visible()
    await button(page, "2 interventions without a tag").click()
    await expect(sheet(page)).to_contain_text("Ana Example")
    await expect(button(sheet(page), "Practice")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(button(page, "1 intervention without a tag")).to_be_visible()
    await button(page, "2 gists missing").click()
    await expect(sheet(page)).to_contain_text("Bob Example")
    await expect(gist(page)).to_be_focused()
    await page.keyboard.type("In short.")
    await expect(button(page, "1 gist missing")).to_be_visible()


async def test_R9_how_each_is_cited_is_told_with_what_they_said(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob", "cat", "dan")
    choices = {"ana": "named", "bob": "constituency_region", "cat": "not_for_report", "dan": "organisation"}
    cited = {
        "ana": "in the report as: Ana Example, Porto Alegre, Brazil",
        "bob": "in the report as: Representative of a local government, Africa · protected",
        "cat": "not in the report: counted among those heard, and nothing else",
        "dan": "in the report as: The representative of Tunis",
    }
    page = await rapporteur(theatre)
    for name, choice in choices.items():
        await theatre.done("choose_attribution", person=name, attribution=choice)
        await theatre.give_floor(name)
        await expect(sheet(page)).to_contain_text(cited[name])
        await ended(theatre)
    await expect(items(page).nth(1)).to_contain_text("protected")
    await expect(items(page).nth(2)).to_contain_text("not in the report")
    await theatre.done("switch_chatham_house", segment="one", on=True)
    await expect(sheet(page)).to_contain_text("in the report as: a participant (Chatham House Rule)")


async def test_an_earlier_intervention_is_read_whole(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob")
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana")
        await ended(theatre)
        await theatre.give_floor("bob")
        await theatre.step(4)
        for number in range(230):
            await english.say(f"b{number}", f"Line {number}.")
        await say(theatre, english, "en", "last", "The last one.")
    page = await rapporteur(theatre)
    await expect(lines(page)).to_have_count(231)
    await page.keyboard.press("k")
    await expect(lines(page)).to_have_text(SAID)


async def test_whoever_is_no_rapporteur_reads_and_changes_nothing(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    page = await rapporteur(theatre, "mia")
    await expect(page.get_by_text("Your role reads it and changes nothing here.")).to_be_visible()
    for name in ("Practice", "+ topic", "Log remarks"):
        await expect(button(page, name)).to_be_disabled()
    await expect(gist(page)).not_to_be_editable()
    await no_violations(page)


async def test_single_keys_can_be_switched_off(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    page = await rapporteur(theatre)
    await page.keyboard.press("?")
    await page.get_by_label("Use single keys").uncheck()
    await no_violations(page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("2")
    await expect(button(sheet(page), "Challenge")).to_have_attribute("aria-pressed", "false")
    await button(page, "Keys and display").click()
    await page.get_by_label("Use single keys").check()
    await page.keyboard.press("Escape")
    await page.keyboard.press("2")
    await expect(button(sheet(page), "Challenge")).to_have_attribute("aria-pressed", "true")


async def test_on_every_screen_with_long_names_in_any_script(theatre: Theatre) -> None:
    await rename(theatre)
    await theatre.begin("ana", "bob", "cat", "dan")
    page = await rapporteur(theatre)
    async with feeding(theatre, "floor-feed") as english, feeding(theatre, "es-feed") as spanish:
        for name in NAMES:
            await speaks(theatre, english, name, [*SAID, LONG])
            await say(theatre, spanish, "es", name, ARABIC, language="ar")
            await ended(theatre)
    await expect(lines(page)).to_have_count(5)
    await page.keyboard.press("w")
    await page.keyboard.press("Shift+Home")
    await page.keyboard.press("Enter")
    await gist(page).fill(LONG)
    await expect(page.get_by_text("All saved")).to_be_visible()
    await items(page).nth(2).click()
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for screen in SCREENS:
            await page.set_viewport_size(screen)
            await stands(page)
            if screen in (SCREENS[0], SCREENS[3]):
                await no_violations(page)


async def test_in_spanish_and_on_a_phone(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await theatre.page("rosa", Role.RAPPORTEUR, PHONE, locale="es-ES", has_touch=True)
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana")
        await expect(page.get_by_text("en el informe como: La representación de Porto Alegre")).to_be_visible()
        await page.locator("[data-row]").nth(1).tap()
        await button(page, "Una línea más").tap()
        await button(page, "Citar estas 2 líneas").tap()
        await expect(page.locator(".quote")).to_contain_text("Texto automático: aún no es una cita")
        await stands(page)
        await no_violations(page)
