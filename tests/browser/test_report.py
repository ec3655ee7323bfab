"""The report of the rapporteur's page: files, their making, what is held back, what was given out. Rules R4, R10."""

from __future__ import annotations

import hashlib
import multiprocessing
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from isegoria.edges import workshop
from tests.browser.conftest import Theatre, button, no_violations, reach
from tests.browser.recorded import ended, rapporteur, recorded, say, speaks
from tests.browser.test_attendee import feed as feeding
from tests.browser.test_away import frozen
from tests.browser.test_looks import SCREENS, rename, stands
from tests.edges.unhurried import unhurried

PATIENT_MS = 30_000
"""The first file waits until a process has started."""
NAMING = ["Good morning.", "In Barcelona they publish it.", "As Cat Example will tell you.", "We have read it."]


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with recorded(browser, tmp_path) as here:
        yield here


@pytest.fixture
def allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(workshop, "get_context", multiprocessing.get_context)  # a fork has an older environment
    return unhurried(monkeypatch, tmp_path)


async def report(theatre: Theatre, who: str = "rosa") -> Page:
    """The page, where the report is chosen."""
    page = await rapporteur(theatre, who)
    await page.locator('nav a[href="#report"]').click()
    await expect(page.get_by_role("heading", name="Report")).to_be_visible()
    return page


async def named(theatre: Theatre) -> None:
    """Cat is protected and waits; Ana has named her twice, and her interpreter once."""
    await theatre.begin("ana", "cat")
    await theatre.done("choose_attribution", person="cat", attribution="constituency_region")
    async with feeding(theatre, "floor-feed") as english, feeding(theatre, "es-feed") as spanish:
        await speaks(theatre, english, "ana", NAMING)
        await say(theatre, spanish, "es", "es1", "Como en Barcelona.")
    await ended(theatre)


def files(page: Page) -> Locator:
    return page.get_by_role("region", name="Report", exact=True)


def held(page: Page) -> Locator:
    return page.locator(".held > .held-lines > li")


async def transcript(page: Page) -> str:
    """The publishable one, as it is given out now."""
    async with page.expect_download(timeout=PATIENT_MS) as saving:
        await button(files(page), "TXT").click()
    return Path(await (await saving.value).path()).read_text(encoding="utf-8-sig")


# --- files ----------------------------------------------------------------------------------------


async def test_R4_files_are_given_out_for_those_who_may_have_them_and_listed(theatre: Theatre) -> None:
    await theatre.begin("ana")
    async with feeding(theatre, "floor-feed") as english:
        await speaks(theatre, english, "ana")
    await ended(theatre)
    page = await rapporteur(theatre)
    brief = page.get_by_role("region", name="Report", exact=True)
    await expect(brief).to_contain_text("publishable tier · limit 8,500")
    await expect(brief.get_by_role("heading", level=3).first).to_have_text(
        re.compile(r"^Working paper, \d+ words$"), timeout=PATIENT_MS
    )
    async with page.expect_download(timeout=PATIENT_MS) as word:
        await button(brief, "Word").click()
    assert (await word.value).suggested_filename == "isegoria-s1-publishable.docx"
    await no_violations(page)
    await brief.get_by_role("link", name="8 more").click()
    await expect(page.get_by_text("Saved as isegoria-s1-publishable.docx.").last).to_be_visible()
    async with page.expect_download(timeout=PATIENT_MS) as publishable:
        await button(files(page), "JSON").click()
    told = Path(await (await publishable.value).path()).read_text(encoding="utf-8")
    assert "Porto Alegre" in told
    assert "Ana Example" not in told
    await expect(button(files(page), "JSON Lines")).to_have_count(0)
    await button(page, "Internal").first.click()
    await expect(files(page)).to_contain_text("for the team alone")
    async with page.expect_download(timeout=PATIENT_MS) as internal:
        await button(files(page), "CSV").click()
    table = Path(await (await internal.value).path())
    assert "Ana Example" in table.read_text(encoding="utf-8-sig")
    async with page.expect_download(timeout=PATIENT_MS) as subtitles:
        await page.get_by_label("Language").select_option("es")
        await button(files(page), "WebVTT").click()
    assert (await subtitles.value).suggested_filename == "isegoria-s1-es-internal.vtt"
    await no_violations(page)
    # What left the house.
    given = page.get_by_role("region", name="What left the house · 4")
    listed = given.get_by_role("listitem")
    await expect(listed).to_have_count(4)
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    await expect(listed.first).to_contain_text("WebVTT, Spanish Internal · Rosa Rapporteur")
    await expect(listed.nth(1)).to_contain_text("CSV Internal · Rosa Rapporteur")
    await expect(listed.nth(1).locator("code")).to_have_attribute("title", digest)
    await theatre.step(1)
    await theatre.done("choose_attribution", person="ana", attribution="not_for_report")
    await button(given, "To be called back 2").click()
    await expect(listed).to_have_count(2)
    await expect(listed.first).to_contain_text("Ana Example has chosen since to be cited otherwise.")
    await no_violations(page)


async def test_what_is_being_made_is_seen_by_all_and_can_be_given_up(theatre: Theatre, allowed: Path) -> None:
    await theatre.begin("ana")
    rosa, rolf = await report(theatre), await report(theatre, "rolf")
    await button(files(rosa), "Word").click()
    await expect(rosa.get_by_text(re.compile(r"Being made, \d:"))).to_be_visible(timeout=PATIENT_MS)
    await expect(rolf.get_by_text("for Rosa Rapporteur")).to_be_visible(timeout=PATIENT_MS)
    await button(files(rolf), "JSON").click()
    for page in (rosa, rolf):
        await expect(page.get_by_text("Waiting, 1 before it")).to_be_visible(timeout=PATIENT_MS)
        await no_violations(page)
    await expect(button(rosa, "Cancel JSON")).to_have_count(0)
    await reach(rolf, button(rolf, "Cancel JSON"))
    await rolf.keyboard.press("Enter")
    await expect(button(files(rolf), "JSON")).to_be_focused()
    for page in (rosa, rolf):
        await expect(page.get_by_text("Waiting, 1 before it")).to_have_count(0, timeout=PATIENT_MS)
    async with rosa.expect_download(timeout=PATIENT_MS):
        allowed.touch()
    await expect(rosa.get_by_text("Saved as isegoria-s1-publishable.docx.").last).to_be_visible()
    await expect(rolf.get_by_text("for Rosa Rapporteur")).to_have_count(0, timeout=PATIENT_MS)
    assert len(theatre.sam.view["notebook"]["exports"]) == 1
    await button(rosa, "Dismiss").click()
    await expect(rosa.locator(".makings")).to_have_count(0)


async def test_while_the_server_cannot_save_nothing_can_be_asked_for(theatre: Theatre, tmp_path: Path) -> None:
    await theatre.begin("ana")
    page = await report(theatre)
    await expect(button(files(page), "Word")).to_be_enabled()
    with frozen(tmp_path):
        await expect(button(files(page), "Word")).to_be_disabled()
    await expect(button(files(page), "Word")).to_be_enabled()


# --- held back ------------------------------------------------------------------------------------


async def test_R10_held_lines_are_decided_by_keyboard_and_transcripts_follow(theatre: Theatre) -> None:
    await named(theatre)
    page = await rapporteur(theatre)
    await expect(button(page, "3 lines held back")).to_be_visible(timeout=PATIENT_MS)
    await reach(page, button(page, "3 lines held back"))
    await page.keyboard.press("Enter")
    await expect(
        page.get_by_text("3 lines of the transcripts are held back until the rapporteur decides.")
    ).to_be_visible()
    await expect(button(held(page).nth(0), "Leave the line out")).to_be_focused()
    await expect(held(page).nth(0).locator("mark")).to_have_text("Barcelona")
    await expect(held(page).nth(1)).to_contain_text("May tell readers of Cat Example, who is protected.")
    await no_violations(page)
    assert (await transcript(page)).count("[held back]") == 2
    await button(held(page).nth(0), "Leave the line out").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("m")
    # The next one has the focus, which is the interpreter's.
    await expect(held(page)).to_have_count(2)
    await expect(button(held(page).nth(1), "Leave the line out")).to_be_focused()
    await page.keyboard.press("p")
    await expect(held(page)).to_have_count(1)
    await page.keyboard.press("x")
    await expect(page.get_by_text("All are decided.")).to_be_visible()
    await expect(page.get_by_text("3 lines are decided")).to_be_focused()
    told = await transcript(page)
    assert "As […] will tell you." in told
    assert "Barcelona" not in told
    assert "[held back]" not in told
    await page.get_by_label("Language").select_option("es")
    assert "Como en Barcelona." in await transcript(page)
    # What was decided may be decided anew.
    await page.get_by_text("3 lines are decided").click()
    first = page.locator(".held details li").nth(0)
    await expect(first).to_contain_text("Left out")
    await button(first, "Not them: publish").click()
    await expect(first).to_contain_text("Published as it is")
    await page.get_by_label("Language").select_option("en")
    assert "In Barcelona they publish it." in await transcript(page)
    await no_violations(page)


async def test_R10_colleagues_see_what_was_decided_and_only_the_rapporteur_decides(theatre: Theatre) -> None:
    await named(theatre)
    page, other = await report(theatre), await report(theatre, "mia")
    for each in (page, other):
        await expect(held(each)).to_have_count(3, timeout=PATIENT_MS)
    for name in ("Leave the line out", "Mask the name", "Not them: publish"):
        await expect(button(held(other).nth(0), name)).to_be_disabled()
    await button(held(page).nth(0), "Mask the name").click()
    await expect(held(other)).to_have_count(2, timeout=PATIENT_MS)
    # Somebody who is protected no longer is nothing to decide about.
    await theatre.done("choose_attribution", person="cat", attribution="named")
    for each in (page, other):
        await expect(each.get_by_text("No line names a protected person away from their turn.")).to_be_visible(
            timeout=PATIENT_MS
        )


# --- how it looks ---------------------------------------------------------------------------------


async def test_on_every_screen(theatre: Theatre) -> None:
    await rename(theatre)
    await named(theatre)
    page = await report(theatre)
    await expect(held(page)).to_have_count(2, timeout=PATIENT_MS)
    async with page.expect_download(timeout=PATIENT_MS):
        await button(files(page), "Word").click()
    await theatre.step(1)
    await theatre.done("choose_attribution", person="ana", attribution="not_for_report")
    await expect(page.get_by_text("To be called back", exact=True)).to_be_visible()
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for screen in SCREENS:
            await page.set_viewport_size(screen)
            await stands(page)
            if screen in (SCREENS[0], SCREENS[3]):
                await no_violations(page)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    for screen in (SCREENS[1], SCREENS[3]):
        await page.set_viewport_size(screen)
        await stands(page)
