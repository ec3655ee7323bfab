"""How the pages stand on every screen: nothing scrolls sideways, nothing is cut, and axe finds nothing.

One consultation is looked at throughout, with names as long, and in scripts as different, as they come. Where a line
is shortened on purpose an ellipsis says so.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from isegoria.domain import commands as c
from isegoria.domain.people import Organisation
from isegoria.domain.values import Role
from isegoria.live.direct import ask
from isegoria.store.people import PeopleStore
from tests.browser.conftest import Theatre, button, no_violations, playing
from tests.faults.processes import free_port
from tests.serving import SYSTEM

SCREENS: list[ViewportSize] = [
    {"width": 320, "height": 640},
    {"width": 390, "height": 844},
    {"width": 768, "height": 1024},
    {"width": 1280, "height": 800},
    {"width": 1920, "height": 1080},
]
WIDE: ViewportSize = SCREENS[3]
LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis"
NAMES = {"ana": "سلمى عبد الرحمن الحداد", "bob": "欧阳王伟", "cat": LONG, "dan": "Ángela-Ñusta O’Brien-Łukaszewicz"}
PAGES = {"moderator": "mia", "speaker": "cat", "attendee": "attendee", "stage": "stage"}

CUT = """() => {
  const cut = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const shortened = s => s.textOverflow === "ellipsis" || s.webkitLineClamp !== "none";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
    if (node.parentElement.closest(".visually-hidden, option, dialog:not([open])")) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      for (let it = node.parentElement; it; it = it.parentElement) {
        const style = getComputedStyle(it);
        if (shortened(style) || ["auto", "scroll"].includes(style.overflowX)) break;
        const edge = it === document.body ? { left: 0, right: innerWidth } : it.getBoundingClientRect();
        const holds = it === document.body || style.overflowX !== "visible" || it.matches("button, .chip, .card");
        const middle = (box.top + box.bottom) / 2;
        const below = style.overflowY !== "visible" && (middle < edge.top || middle > edge.bottom);
        const beside = edge.right > edge.left && (box.right > edge.right + 1 || box.left < edge.left - 1);
        if (holds && it !== document.body && below || holds && beside)
          cut.push(`${node.data.trim().slice(0, 40)} in ${it.localName}.${it.className}`);
      }
    }
  }
  return [...new Set(cut)];
}"""
"""Texts that reach over an edge which holds them: the page's, a box's that hides what is over, a button's, a card's."""


@dataclass
class Scene:
    theatre: Theatre
    pages: dict[str, Page]


@pytest.fixture(scope="module")
async def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    data: Path = tmp_path_factory.mktemp("looks")
    async with playing(browser, data, port=free_port()) as theatre:
        await rename(theatre)
        await theatre.begin("ana", "bob", "cat", "dan")
        await theatre.give_floor("ana")
        await theatre.done("send_message", to="cat", text="Two words on procurement, if you can.")
        await theatre.step(125.2)
        pages = {role: await theatre.page(who, Role(role), WIDE) for role, who in PAGES.items()}
        yield Scene(theatre, pages)
        for context in theatre.contexts:
            await context.close()


async def rename(theatre: Theatre) -> None:
    store = PeopleStore(theatre.running.engine)
    people = await store.read(theatre.session.id)
    persons = [people.persons[name].model_copy(update={"display_name": text}) for name, text in NAMES.items()]
    revision = await store.save(theatre.session.id, persons, [Organisation(id="cat-city", name=LONG[::-1])])
    await ask(theatre.running.engine, theatre.session.id, c.ChangeRoster(revision=revision), SYSTEM)
    await theatre.sam.until("view", lambda view: view["roster_revision"] == revision)


async def stands(page: Page) -> None:
    """Nothing scrolls sideways and nothing is cut."""
    await page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{over} px to scroll sideways at {page.viewport_size}"
    cut = await page.evaluate(CUT)
    assert cut == [], f"cut at {page.viewport_size}"


@pytest.mark.parametrize("role", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_on_every_screen(scene: Scene, role: str, theme: Literal["light", "dark"]) -> None:
    page = scene.pages[role]
    await page.emulate_media(color_scheme=theme)
    # The stage is dark unless its address says otherwise.
    expected = "dark" if role == "stage" else theme
    await expect(page.locator("html")).to_have_attribute("data-theme", expected)
    for screen in SCREENS:
        await page.set_viewport_size(screen)
        await stands(page)
        if screen in (SCREENS[0], WIDE):
            await no_violations(page)


@pytest.mark.parametrize("role", PAGES)
async def test_with_text_of_twice_the_size(scene: Scene, role: str) -> None:
    page = scene.pages[role]
    await page.set_viewport_size(WIDE)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    await stands(page)
    await page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize("role", PAGES)
async def test_in_forced_colours(scene: Scene, role: str) -> None:
    page = scene.pages[role]
    await page.emulate_media(forced_colors="active", color_scheme="light")
    await page.set_viewport_size(SCREENS[1])
    await stands(page)
    for bar in await page.locator("[data-phase] .bar > i").all():
        # What is left of the time is told apart from what is not.
        full, ground = await bar.evaluate("it => [it, it.parentElement].map(e => getComputedStyle(e).backgroundColor)")
        assert full != ground
    await page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("role", PAGES)
async def test_in_spanish(scene: Scene, role: str) -> None:
    page = await scene.theatre.page(PAGES[role], Role(role), WIDE, locale="es-ES")
    await expect(page.locator("html")).to_have_attribute("lang", "es")
    await expect(page.get_by_role("heading", level=1).first).to_be_visible()
    for screen in (SCREENS[0], WIDE):
        await page.set_viewport_size(screen)
        await stands(page)
    await page.context.close()


async def test_dialogs_stand_on_a_small_phone(scene: Scene) -> None:
    desk, phone = scene.pages["moderator"], scene.pages["attendee"]
    for page in (desk, phone):
        await page.set_viewport_size(SCREENS[0])
    for opener in ("Session", "Inscribe …"):
        await button(desk, opener).click()
        await expect(desk.get_by_role("dialog")).to_be_visible()
        await stands(desk)
        await desk.keyboard.press("Escape")
        await expect(desk.get_by_role("dialog")).to_have_count(0)
    await button(phone, "Display").click()
    await stands(phone)
    await phone.keyboard.press("Escape")


async def test_every_name_has_a_direction_of_its_own(scene: Scene) -> None:
    for role, page in scene.pages.items():
        names = page.get_by_text(NAMES["ana"], exact=True)
        directions = await names.evaluate_all("all => all.map(it => [it.localName, getComputedStyle(it).direction])")
        named = [direction for element, direction in directions if element == "bdi"]
        assert set(named) <= {"rtl"}, role
        assert named or role == "speaker", role


async def test_a_sentence_that_begins_with_an_arabic_name_reads_as_the_page_does(scene: Scene) -> None:
    page = scene.pages["moderator"]
    await button(page, "Show more").click()
    sentence = page.get_by_text(re.compile(f"^\u2068{NAMES['ana']}\u2069 asked for the floor"))
    assert await sentence.evaluate("it => getComputedStyle(it).direction") == "ltr"
    await button(page, "Show fewer").click()


async def test_the_figures_of_ten_minutes_and_of_nine_are_as_large(browser: Browser, tmp_path: Path) -> None:
    """T2: nothing on the stage jumps from 10:00 to 9:59."""
    async with playing(browser, tmp_path, port=free_port()) as theatre:
        await theatre.begin()
        # The clock stood still some milliseconds before the floor is given: half a second keeps clear of that.
        await theatre.done("change_limit", limit=600_500)
        await theatre.done("inscribe", person="ana", segment="one")
        await theatre.give_floor("ana")
        # On a narrow screen it is the width that the figures have to fit into.
        stage = await theatre.page("stage", Role.STAGE, SCREENS[1])
        sizes: list[Any] = []
        for shown in ("10:01", "10:00", "9:59"):
            await expect(stage.get_by_role("timer")).to_have_text(shown)
            sizes.append(await stage.get_by_role("timer").evaluate("it => getComputedStyle(it).fontSize"))
            await theatre.step(1)
        assert len(set(sizes)) == 1, sizes
        for context in theatre.contexts:
            await context.close()
