"""The transcript so far, as a reader keeps it: on the clipboard, or as a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Theatre, button, no_violations, playing
from tests.browser.test_attendee import feed, reader, said
from tests.browser.test_reader_states import ARABIC, read
from tests.faults.processes import free_port


@pytest.fixture
async def stage(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with playing(browser, tmp_path, languages=("en", "ar"), port=free_port()) as here:
        yield here


async def kept(theatre: Theatre, **settings: Any) -> Page:
    """A reader's page with something to save."""
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    await theatre.step(5)
    page = await reader(theatre, **settings)
    async with feed(theatre, "ar-feed") as arabic:
        await arabic.say("1", ARABIC)
        await read(page, "ar")
        await expect(said(page)).to_have_text(ARABIC)
    await button(page, "Save").click()
    await expect(page.get_by_role("dialog", name="Save the transcript so far")).to_be_visible()
    return page


async def test_the_transcript_is_copied_and_saved_in_three_formats(stage: Theatre) -> None:
    page = await kept(stage, permissions=["clipboard-read", "clipboard-write"])
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Some interventions may be left out, as their speakers wished.")
    await expect(dialog).to_contain_text("Machine translation. Only the original speech is authentic.")
    await no_violations(page)
    await button(dialog, "Copy the text").click()
    await expect(dialog.get_by_text("The text is on the clipboard.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert ARABIC in copied
    assert "Porto Alegre" in copied, "who spoke, as far as they allowed"
    for name, suffix, begins in [("Text", "txt", ""), ("WebVTT", "vtt", "WEBVTT"), ("SRT", "srt", "1")]:
        async with page.expect_download() as download:
            await dialog.get_by_role("button", name=name, exact=True).click()
        saved = await download.value
        assert saved.suggested_filename == f"isegoria-{stage.session.id}-ar.{suffix}"
        text = (await saved.path()).read_text(encoding="utf-8")
        assert text.removeprefix("\ufeff").startswith(begins)
        assert ARABIC in text
        await expect(dialog.get_by_text(f"Saved as {saved.suggested_filename}.")).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "The transcript cannot be had at the moment. Try again in a few seconds."),
        ({"status": 502, "body": "<html>"}, "The transcript cannot be had at the moment. Try again in a few seconds."),
        ({"status": 429, "body": '{"code": "too_many"}'}, "That was many requests at once. Wait a few seconds."),
    ],
)
async def test_what_hinders_saving_is_told(stage: Theatre, answer: dict[str, Any] | None, told: str) -> None:
    page = await kept(stage, permissions=["clipboard-read", "clipboard-write"])

    async def refuse(route: Any) -> None:
        await (route.fulfill(**answer) if answer else route.abort())

    await page.route("**/transcript/**", refuse)
    for name in ("Copy the text", "WebVTT"):
        outcome = page.get_by_role("dialog").get_by_role("status")
        await button(page, name).click()
        await expect(outcome).to_have_text(told)
        await expect(outcome).to_have_attribute("data-done", "false")
    await no_violations(page)


async def test_a_browser_that_forbids_copying_is_told_apart(stage: Theatre) -> None:
    page = await kept(stage)
    forbid = "() => { Clipboard.prototype.write = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    await page.evaluate(forbid)
    await button(page, "Copy the text").click()
    told = "This browser does not let a page copy. Save the text as a file instead."
    await expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(told)
