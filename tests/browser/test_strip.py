"""The strip over a video picture: what is being said, for as long as it is news, and never anything else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Theatre, no_violations, playing
from tests.browser.line import line_to
from tests.browser.test_attendee import feed
from tests.browser.test_reader_states import ARABIC, CHINESE, LANGUAGES
from tests.faults.processes import free_port

SOURCE: ViewportSize = {"width": 1280, "height": 220}
PICTURE = "document.documentElement.style.setProperty('background', '#567', 'important')"

IN_SIGHT = """() => {
  const box = document.querySelector(".strip .lines").getBoundingClientRect();
  const range = document.createRange();
  const words = [];
  for (const node of document.querySelectorAll(".strip p span")) {
    const text = node.firstChild;
    for (const { 0: word, index } of text?.data.matchAll(/\\S+/g) ?? []) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const { top, bottom } = range.getBoundingClientRect();
      const middle = (top + bottom) / 2;
      if (middle > box.top && middle < box.bottom) words.push([word, Math.round(top)]);
    }
  }
  return words;
}"""
"""The words that can be seen, each with the height of its line."""

CLEAR_CORNER = """async bytes => {
  const picture = await createImageBitmap(await (await fetch(bytes)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
  const opaque = data.filter((_, at) => at % 4 === 3 && data[at] > 0).length;
  return [data[3], opaque / (data.length / 4)];
}"""


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with playing(browser, tmp_path, languages=LANGUAGES, port=free_port()) as here:
        await here.begin("ana")
        await here.give_floor("ana")
        yield here


async def strip(theatre: Theatre, query: str = "", who: str = "stage", **settings: Any) -> Page:
    options = {"base_url": theatre.running.url, "locale": "en-GB", **settings}
    context = await theatre.browser.new_context(viewport=SOURCE, **options)
    theatre.contexts.append(context)
    page = await context.new_page()
    await page.goto(f"/s/{theatre.session.id}/strip?{query}#{theatre.session.tokens.get(who, who)}")
    return page


def text(page: Page) -> Any:
    return page.locator(".strip .lines")


async def test_it_shows_what_is_said_now_and_goes_when_nobody_speaks(theatre: Theatre) -> None:
    async with feed(theatre, "floor-feed") as english:
        await theatre.sam.ask("follow", {"tracks": ["en"]})
        await english.say("1", "Said before anybody looked.")
        await theatre.sam.until("captions", lambda frame: frame["position"] == 1)
        await theatre.step(60)
        page = await strip(theatre, "track=en")
        await expect(page).to_have_title("Captions: en")
        await no_violations(page)
        await expect(text(page)).to_have_text("")
        await english.say("2", "We began", "partial", revision=1)
        await expect(text(page)).to_have_text("We began")
        await english.say("2", "We began with the markets.")
        await expect(text(page)).to_have_text("We began with the markets.")
        await english.say("3", "Every trader", "partial", revision=1)
        await expect(text(page)).to_have_text("We began with the markets. Every trader")
        await page.evaluate(PICTURE)
        await no_violations(page)
        await english.say("3", "Every trader may see it.")
        await expect(text(page)).to_have_text("", timeout=10_000)
        await english.say("2", "We began with the market.", "corrected", revision=9)
        await english.say("4", "Thank you.")
        await expect(text(page)).to_have_text("Thank you.")


async def test_nothing_on_it_can_be_pressed_or_focused(theatre: Theatre) -> None:
    page = await strip(theatre, "track=en", who="attendee")
    await expect(page).to_have_title("Captions: en")
    assert await page.locator("a, button, input, select, textarea, [tabindex]").count() == 0
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement === document.body")


async def test_it_rolls_up_by_whole_lines_and_never_down(theatre: Theatre) -> None:
    page = await strip(theatre, "track=en&lines=2&size=40")
    await expect(page).to_have_title("Captions: en")
    async with feed(theatre, "floor-feed") as english:
        words = [f"word{number}" for number in range(60)]
        seen: dict[str, int] = {}
        for count in range(4, 61, 4):
            await english.say("1", " ".join(words[:count]), "partial", revision=count)
            await expect(text(page)).to_have_text(" ".join(words[:count]))
            shown = await page.evaluate(IN_SIGHT)
            rows = sorted({top for _, top in shown})
            assert len(rows) <= 2
            assert shown[-1][0] == words[count - 1], "the newest word is in sight"
            for word, top in shown:
                assert top <= seen.get(word, top), f"{word} came down again"
                seen[word] = top
        # A phrase that becomes shorter moves no word of it.
        before = dict(await page.evaluate(IN_SIGHT))
        await english.say("1", " ".join(words[:50]), "partial", revision=61)
        await expect(text(page)).to_have_text(" ".join(words[:50]))
        for word, top in await page.evaluate(IN_SIGHT):
            assert before.get(word, top) == top


async def test_a_picture_shows_through_and_letters_have_an_edge(theatre: Theatre) -> None:
    page = await strip(theatre, "track=en&lines=1&size=60&align=start&colour=%23ff0", color_scheme="dark")
    await expect(page).to_have_title("Captions: en")
    async with feed(theatre, "floor-feed") as english:
        await english.say("1", "Every city")
        words = page.locator(".strip p")
        await expect(words).to_have_css("color", "rgb(255, 255, 0)")
        await expect(words).to_have_css("font-size", "60px")
        left = await words.evaluate("it => it.getBoundingClientRect().left")
        assert left < SOURCE["width"] * 0.05, "at the start"
        await expect(words).to_have_css("-webkit-text-stroke-color", re.compile(r"rgba\(0, 0, 0"))
        for element in ("html", "body", ".strip"):
            await expect(page.locator(element)).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        picture = await page.screenshot(omit_background=True)
        corner, opaque = await blank_page_sees(theatre, picture)
        assert corner == 0
        assert 0.005 < opaque < 0.5


async def blank_page_sees(theatre: Theatre, picture: bytes) -> tuple[int, float]:
    """How opaque the first pixel is, and what part of all pixels is not clear."""
    from base64 import b64encode  # noqa: PLC0415

    context = await theatre.browser.new_context()
    theatre.contexts.append(context)
    page = await context.new_page()
    data = "data:image/png;base64," + b64encode(picture).decode()
    corner, opaque = await page.evaluate(CLEAR_CORNER, data)
    return corner, opaque


async def test_no_ground_is_painted_while_it_loads(theatre: Theatre) -> None:
    context = await theatre.browser.new_context(viewport=SOURCE, base_url=theatre.running.url, color_scheme="dark")
    theatre.contexts.append(context)
    page = await context.new_page()
    held: list[Any] = []

    async def hold(route: Any) -> None:
        held.append(route)

    await page.route("**/assets/Page-*.js", hold)
    address = f"/s/{theatre.session.id}/strip?track=en#{theatre.session.tokens['stage']}"
    await page.goto(address, wait_until="domcontentloaded")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    _, opaque = await blank_page_sees(theatre, await page.screenshot(omit_background=True))
    assert opaque == 0
    assert held, "its code is still on the way"
    await held[0].continue_()
    await expect(page).to_have_title("Captions: en")


async def test_arabic_and_chinese_stand_as_their_readers_know_them(theatre: Theatre) -> None:
    arabic_strip, chinese_strip = await strip(theatre, "track=ar&align=start"), await strip(theatre, "track=zh")
    await expect(arabic_strip).to_have_title("Captions: ar")
    await expect(chinese_strip).to_have_title("Captions: zh")
    async with feed(theatre, "ar-feed") as arabic, feed(theatre, "zh-feed") as chinese:
        await arabic.say("1", ARABIC)
        for number, words in enumerate(CHINESE):
            await chinese.say(str(number), words)
        line = arabic_strip.locator(".strip p")
        await expect(line).to_have_text(ARABIC)
        await expect(line).to_have_css("direction", "rtl")
        right = await line.locator("span").evaluate("it => it.getBoundingClientRect().right")
        assert right > SOURCE["width"] * 0.95, "Arabic starts at the right"
        await expect(line).to_have_css("font-family", re.compile("^.Noto Sans Arabic"))
        await expect(chinese_strip.locator(".strip p")).to_have_text("".join(CHINESE))
        await expect(chinese_strip.locator(".strip p")).to_have_attribute("lang", "zh")
        for page in (arabic_strip, chinese_strip):
            await page.evaluate(PICTURE)
            await no_violations(page)


async def test_what_is_switched_off_goes_at_once(theatre: Theatre) -> None:
    page = await strip(theatre, "track=es")
    await expect(page).to_have_title("Captions: es")
    async with feed(theatre, "es-feed") as spanish:
        await spanish.say("1", "Buenas tardes.")
        await expect(text(page)).to_have_text("Buenas tardes.")
        await theatre.done("mute_feed", feed="es-feed")
        await expect(text(page)).to_have_text("", timeout=3_000)
        await expect(page).to_have_title("Captions: es is switched off just now")
        await theatre.done("hear_feed", feed="es-feed")
        await spanish.say("2", "Seguimos.")
        await expect(text(page)).to_have_text("Seguimos.")


async def test_a_lost_connection_shows_nothing_and_mends_itself(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    async with (
        line_to(port) as (line, near),
        playing(browser, tmp_path, port=port, origins=(near,)) as theatre,
        feed(theatre, "floor-feed") as english,
    ):
        await theatre.begin("ana")
        page = await strip(theatre, "track=en", base_url=near)
        await expect(page).to_have_title("Captions: en")
        await english.say("1", "Before.")
        await expect(text(page)).to_have_text("Before.")
        line.cut()
        await expect(text(page)).to_have_text("", timeout=3_000)
        assert await page.evaluate("document.body.innerText.trim()") == "Captions", "its name, for screen readers"
        await expect(page.locator("h1")).to_have_css("clip-path", "inset(50%)")
        line.mend()
        await expect(page).to_have_title("Captions: en")
        await english.say("2", "After.")
        await expect(text(page)).to_have_text("After.")


@pytest.mark.parametrize(
    ("query", "who", "title"),
    [
        ("track=fr", "stage", "Captions: there is no track fr here; there are en, es, ar, zh, ru"),
        ("track=en", "a-token-that-opens-nothing", "Captions: this link does not open the session"),
        ("track=en", "short", "Captions: the address has no link's token after #"),
    ],
)
async def test_what_is_wrong_is_told_in_the_title_only(theatre: Theatre, query: str, who: str, title: str) -> None:
    page = await strip(theatre, query, who)
    await expect(page).to_have_title(title)
    async with feed(theatre, "floor-feed") as english:
        await english.say("1", "Good afternoon.")
        assert (await page.evaluate("document.body.innerText")).strip() in {"", "Captions"}
