"""What an attendee's page says when there is nothing to read, and what it does with two hours that there are."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from isegoria.domain.captions import CaptionSegment, CaptionStatus
from isegoria.domain.values import Role
from isegoria.store.transcript import Transcript
from tests.browser.conftest import DESK, Theatre, button, no_violations, playing
from tests.browser.test_attendee import feed, reader, said
from tests.faults.processes import free_port

LANGUAGES = ("en", "es", "ar", "zh", "ru")
ARABIC = "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق."
CHINESE = ("人人生而自由,", "在尊严和权利上一律平等。")
RUSSIAN = "Все люди рождаются свободными и равными в своём достоинстве и правах."

TOPMOST = """box => {
  const top = box.getBoundingClientRect().top;
  const line = [...box.querySelectorAll("[data-id]")].find(it => it.getBoundingClientRect().bottom > top);
  return [line.dataset.id, Number(line.dataset.at), line.getBoundingClientRect().top];
}"""
"""The topmost line in sight: its name, when it was said, where it stands."""


@pytest.fixture
async def stage(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    """A session with captions in five languages."""
    async with playing(browser, tmp_path, languages=LANGUAGES, port=free_port()) as here:
        yield here


async def read(page: Page, track: str) -> None:
    await page.get_by_label("Language of the captions").select_option(track)


def captions(page: Page) -> Locator:
    return page.get_by_role("region", name="Captions")


async def keep(theatre: Theatre, tracks: tuple[str, ...], count: int, apart_s: int = 7) -> None:
    """Puts that many lines into the transcript, the newest of them said just now."""
    now = await theatre.running.engine.time()
    lines = {
        track: [
            CaptionSegment(
                source="old",
                segment_id=str(number),
                status=CaptionStatus.FINAL,
                language=track,
                text=f"This is sentence number {number} of track {track}.",
                received_at=now,
                spoken_at=now - (count - number) * apart_s * 1_000,
            )
            for number in range(1, count + 1)
        ]
        for track in tracks
    }
    await Transcript(theatre.running.engine).append(theatre.session.id, lines)


async def test_silence_interruption_and_what_is_switched_off_do_not_look_alike(stage: Theatre) -> None:
    page = await reader(stage)
    below = page.locator(".captions .below")
    await expect(page.get_by_text(re.compile("^The session begins at"))).to_be_visible()
    await no_violations(page)
    await stage.begin("ana")
    turn = await stage.give_floor("ana")
    await stage.step(30)
    await read(page, "es")
    await expect(page.get_by_text("No captions in Spanish yet")).to_be_visible()
    await no_violations(page)
    async with feed(stage, "es-feed") as spanish:
        await spanish.say("1", "Buenas tardes.")
        await spanish.say("2", "Todos tenemos", "partial", revision=1)
        await expect(page.locator(".captions .open")).to_have_text("Todos tenemos")
        await expect(below).to_have_count(0)
        await no_violations(page)
        await stage.done("mute_feed", feed="es-feed")
        await expect(below).to_have_text("Captions in Spanish are switched off just now.")
        await expect(below).to_have_class(re.compile("muted"))
        await expect(page.locator("option[value=es]")).to_have_text("Español (off)")
        # What was being said does not look as if it went on.
        await expect(page.locator(".captions .open")).to_have_css("text-decoration-line", "none")
        await no_violations(page)
        await stage.done("hear_feed", feed="es-feed")
        await expect(below).to_have_count(0)
        await spanish.say("2", "", "retracted", revision=2)
        await spanish.say("3", "Seguimos.")
        await expect(said(page).last).to_contain_text("Seguimos.")
        await expect(below).to_contain_text("though Ana Example has the floor")
        await expect(below).to_have_class(re.compile("missing"))
        await no_violations(page)
        await stage.done("end_turn", turn=turn)
        await expect(below).to_have_text("Nobody is speaking at the moment.")
        await expect(below).to_have_class(re.compile("silence"))
        await no_violations(page)
        await stage.done("close_session")
        await expect(below).to_contain_text("The session has ended.")
        await no_violations(page)


async def test_a_language_that_is_switched_off_and_empty_says_so(stage: Theatre) -> None:
    await stage.begin("ana")
    await stage.done("mute_feed", feed="ar-feed")
    page = await reader(stage)
    await read(page, "ar")
    await expect(page.locator(".empty .title")).to_have_text("Captions in Arabic are switched off just now.")
    await no_violations(page)


async def test_C20_a_translation_says_so_where_it_is_one(stage: Theatre) -> None:
    await stage.begin("ana")
    await stage.give_floor("ana")
    await stage.step(5)
    page = await reader(stage)
    await read(page, "es")
    header, made = page.locator("header .machine"), page.locator(".captions .made")
    async with feed(stage, "es-feed") as spanish:
        await stage.done("set_spoken_language", language="en")
        await spanish.say("1", "Gracias.")
        await expect(made).to_have_text(["Machine translation"])
        await expect(header).to_have_text("Machine translation. Only the original speech is authentic.")
        await stage.done("set_spoken_language", language="es")
        await spanish.say("2", "Buenas tardes.")
        await expect(made).to_have_text(["Machine translation", "Original language"])
        await expect(said(page)).to_have_text(["Gracias.", "Buenas tardes."])
        await expect(header).to_have_text(
            "Machine translation where it says so. Only the original speech is authentic."
        )
        await no_violations(page)


async def test_every_script_is_set_as_its_readers_know_it(stage: Theatre) -> None:
    await stage.begin("ana")
    await stage.give_floor("ana")
    page = await reader(stage)
    async with feed(stage, "ar-feed") as arabic, feed(stage, "zh-feed") as chinese, feed(stage, "ru-feed") as russian:
        await arabic.say("1", ARABIC)
        await read(page, "ar")
        await expect(said(page)).to_have_text(ARABIC)
        await expect(said(page)).to_have_attribute("dir", "rtl")
        await expect(said(page)).to_have_attribute("lang", "ar")
        await expect(said(page)).to_have_css("direction", "rtl")
        await expect(said(page)).to_have_css("font-family", re.compile("^.Noto Sans Arabic"))
        text, box = [await one.bounding_box() for one in (said(page).locator("span").first, said(page))]
        assert text is not None
        assert box is not None
        assert text["x"] + text["width"] > box["x"] + box["width"] - 2, "Arabic begins at the right"
        # The page's own figures are those of its language.
        await expect(page.locator(".captions h3")).to_contain_text(re.compile(r"\d\d:\d\d"))
        for number, words in enumerate(CHINESE):
            await chinese.say(str(number), words)
        await read(page, "zh")
        await expect(said(page)).to_have_text("".join(CHINESE))
        assert await said(page).inner_text() == "".join(CHINESE)
        await expect(said(page)).to_have_css("line-break", "strict")
        await expect(said(page)).to_have_css("font-family", re.compile("^.PingFang SC"))
        await russian.say("1", RUSSIAN)
        await read(page, "ru")
        await expect(said(page)).to_have_text(RUSSIAN)
        # Found without regard to vowel signs, and over the joints of phrases.
        await button(page, "Find in captions").click()
        for track, wanted in [("zh", "自由,在尊严"), ("ar", "احرارا"), ("ru", "своем")]:
            await read(page, track)
            await page.get_by_role("searchbox").fill(wanted)
            await expect(page.get_by_role("search").get_by_role("status")).to_have_text("1 match")


async def test_another_language_is_read_from_the_same_place(stage: Theatre) -> None:
    await stage.done("start_session")
    await keep(stage, ("en", "es"), 400)
    page = await reader(stage)
    await expect(page.get_by_text("sentence number 400 of track en")).to_be_in_viewport()
    await captions(page).evaluate("box => box.scrollTop = 200")
    await expect(page.locator("[data-id]")).to_have_count(300)
    await captions(page).evaluate("box => box.scrollTop = box.scrollHeight / 4")
    await expect(button(page, "Newest")).to_be_visible()
    _, at, _ = await captions(page).evaluate(TOPMOST)
    await read(page, "es")
    await expect(page.get_by_text("sentence number 300 of track es")).to_be_attached()
    await expect(button(page, "Newest")).to_be_visible()
    same = page.locator(f"[data-at='{at}']")
    await expect(same).to_contain_text("of track es")
    place, box = [await one.bounding_box() for one in (same, captions(page))]
    assert place is not None
    assert box is not None
    assert -1 <= place["y"] - box["y"] < 100, "what the reader was at is not where they were"
    # And at the newest line one stays there.
    await button(page, "Newest").click()
    await read(page, "en")
    await expect(page.get_by_text("sentence number 400 of track en")).to_be_in_viewport()
    await expect(button(page, "Newest")).to_have_count(0)


async def test_who_comes_late_has_the_newest_lines_and_finds_in_all(stage: Theatre) -> None:
    await stage.done("start_session")
    await keep(stage, ("en",), 1_000)
    page = await reader(stage)
    await expect(page.get_by_text("sentence number 1000 of")).to_be_in_viewport()
    await expect(page.locator("[data-id]")).to_have_count(100)
    arrived: list[str] = []

    async def slowly(route: Any) -> None:
        arrived.append(route.request.url)
        status = page.get_by_role("search").get_by_role("status")
        await expect(status).to_contain_text("fetching what came before")
        await route.continue_()

    await page.route("**/captions/en?before=*", slowly)
    await button(page, "Find in captions").click()
    await page.get_by_role("searchbox").fill("number 3 of")
    status = page.get_by_role("search").get_by_role("status")
    await expect(status).to_have_text("1 match")
    assert len(arrived) == 5
    await expect(page.locator("[data-id]")).to_have_count(1_000)
    await expect(page.get_by_text("sentence number 1000 of")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("mark[aria-current=true]").first).to_be_in_viewport()
    await no_violations(page)
    await page.get_by_role("searchbox").fill("sentence number 3000")
    await expect(status).to_have_text("No match")


async def test_what_cannot_be_had_is_told_and_had_when_the_reader_asks_again(stage: Theatre) -> None:
    await stage.done("start_session")
    await keep(stage, ("en",), 250)
    page = await reader(stage)
    await expect(page.get_by_text("sentence number 250 of")).to_be_in_viewport()
    await page.route("**/captions/en?before=*", lambda route: route.abort())
    await captions(page).evaluate("box => box.scrollTop = 0")
    await expect(page.get_by_text("Earlier captions cannot be had at the moment.")).to_be_visible()
    await button(page, "Find in captions").click()
    status = page.get_by_role("search").get_by_role("status")
    await expect(status).to_contain_text("what came before cannot be had at the moment")
    await page.unroute("**/captions/en?before=*")
    await button(page, "Earlier captions").click()
    await expect(page.locator("[data-id]")).to_have_count(250)
    await expect(status).to_have_text("")


async def test_a_corrected_line_changes_in_place_and_moves_nothing(stage: Theatre) -> None:
    await stage.done("start_session")
    await keep(stage, ("en",), 90)
    page = await reader(stage)
    await expect(page.get_by_text("sentence number 90 of")).to_be_in_viewport()
    await captions(page).evaluate("box => box.scrollTop = box.scrollHeight / 2")
    await expect(button(page, "Newest")).to_be_visible()
    line, _, before = await captions(page).evaluate(TOPMOST)
    now = await stage.running.engine.time()
    corrected = CaptionSegment(
        source="old",
        segment_id="2",
        revision=2,
        status=CaptionStatus.CORRECTED,
        language="en",
        text="What was heard wrongly is now right. " * 20,
        received_at=now,
        spoken_at=now - 88 * 7_000,
    )
    await Transcript(stage.running.engine).append(stage.session.id, {"en": [corrected]})
    await expect(page.get_by_text("What was heard wrongly is now right.")).to_be_attached()
    await expect(page.get_by_text("sentence number 2 of")).to_have_count(0)
    after = await page.locator(f"[data-id='{line}']").evaluate("it => it.getBoundingClientRect().top")
    assert abs(before - after) < 2
    # It is no new line.
    await expect(button(page, "Newest")).to_have_text("↓ Newest")


async def test_captions_are_read_out_only_when_asked_for_and_none_twice(stage: Theatre) -> None:
    await stage.done("start_session")
    await keep(stage, ("en",), 150)
    page = await reader(stage)
    log = page.get_by_role("log")
    await expect(log).to_have_count(0)
    assert await page.locator("[aria-live]:not([role=status])").count() == 0
    await button(page, "Display").click()
    await page.get_by_label("Read captions out").check()
    await button(page, "Done").click()
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log).to_have_attribute("aria-atomic", "false")
    async with feed(stage, "floor-feed") as english:
        await english.say("1", "We begin", "partial", revision=1)
        await expect(page.locator(".captions .open")).to_be_visible()
        await english.say("1", "We begin now.")
        await expect(log).to_have_text("We begin now.")
        await captions(page).evaluate("box => box.scrollTop = 0")
        await expect(page.locator("[data-id]")).to_have_count(151)
        await english.say("2", "And go on.")
        await expect(log.locator("p")).to_have_text(["We begin now.", "And go on."])


async def test_the_first_choice_is_never_ignored_in_silence(stage: Theatre) -> None:
    await stage.begin("ana")
    page = await stage.page("attendee", Role.ATTENDEE, DESK, locale="es-ES")
    await expect(page.get_by_label("Idioma de los subtítulos")).to_have_value("es")
    await read_in(page, "Idioma de los subtítulos", "ru")
    await page.evaluate("localStorage.setItem('isegoria.captions', 'fr')")
    await page.reload()
    told = page.get_by_text("Esta sesión no tiene subtítulos en francés")
    await expect(told).to_contain_text("Está leyendo: Español.")
    await no_violations(page)
    await read_in(page, "Idioma de los subtítulos", "ru")
    await expect(told).to_have_count(0)
    await page.reload()
    await expect(page.get_by_label("Idioma de los subtítulos")).to_have_value("ru")
    assert json.loads(await page.evaluate("JSON.stringify(localStorage['isegoria.captions'])")) == "ru"


async def read_in(page: Page, label: str, track: str) -> None:
    await page.get_by_label(label).select_option(track)
