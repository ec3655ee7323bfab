"""A whole small session through all four pages, and the record at its end."""

from __future__ import annotations

import re

import aiohttp
from playwright.async_api import Page, expect

from isegoria.domain.values import Role
from tests.browser.conftest import DESK, HALL, PHONE, Theatre, button, no_violations


async def test_a_whole_session_through_all_four_pages(theatre: Theatre) -> None:
    mia = await theatre.page("mia", Role.MODERATOR, DESK)
    ana = await theatre.page("ana", Role.SPEAKER, PHONE)
    reader = await theatre.page("attendee", Role.ATTENDEE, DESK)
    stage = await theatre.page("stage", Role.STAGE, HALL)

    await starts(theatre, mia)
    await asks_and_gets_ready(theatre, mia, ana)
    await is_given_the_floor(mia, ana, reader, stage)
    await is_warned_and_closed(theatre, ana, reader, stage)
    await absent_and_requeued(theatre, mia)
    await given_and_taken_back(mia, reader)
    await the_list_closes(mia, ana)
    await ends(theatre, mia, ana, reader, stage)
    await the_record_tells_it(theatre)


async def starts(theatre: Theatre, mia: Page) -> None:
    await button(mia, "Start the session").click()
    await expect(mia.get_by_text("Live", exact=True)).to_be_visible()
    await theatre.clock_stands()
    await no_violations(mia)


async def asks_and_gets_ready(theatre: Theatre, mia: Page, ana: Page) -> None:
    await no_violations(ana)
    await ana.get_by_label("Implementation").check()
    await button(ana, "Request the floor on this topic").click()
    await expect(ana.get_by_role("heading", name="You are next")).to_be_visible()
    for name in ("bob", "cat"):
        assert (await theatre.do("inscribe", person=name, segment="one"))["ok"]
    await button(ana, "I'm ready").click()
    await expect(ana.get_by_text("The moderator sees that you are ready.")).to_be_visible()
    await expect(mia.get_by_text("Ready", exact=True)).to_be_visible()
    await no_violations(ana)


async def is_given_the_floor(mia: Page, ana: Page, reader: Page, stage: Page) -> None:
    await button(mia, re.compile("Give the floor to Ana Example")).click()
    await expect(ana.get_by_role("heading", name="You have the floor")).to_be_visible()
    await expect(ana.get_by_role("timer")).to_have_text("3:00")
    for page in (reader, stage):
        await expect(page.get_by_text("Ana Example").first).to_be_visible()
        await expect(page.get_by_role("timer")).to_have_text("3:00")
        await no_violations(page)
    await no_violations(ana)
    await no_violations(mia)


async def is_warned_and_closed(theatre: Theatre, ana: Page, reader: Page, stage: Page) -> None:
    # The clock stood still some milliseconds before the floor was given: half a second keeps clear of that.
    await theatre.step(121.5)
    await expect(ana.get_by_text("Less than a minute").first).to_be_visible()
    await expect(ana.get_by_role("timer")).to_have_text("0:59")
    await theatre.step(31)
    await expect(stage.get_by_text("Half a minute").first).to_be_visible()
    await expect(stage.get_by_role("timer")).to_have_text("0:28")
    await no_violations(ana)
    await theatre.step(32)
    await expect(ana.get_by_text("Please conclude").first).to_be_visible()
    await expect(ana.get_by_role("timer")).to_have_text("+0:04")
    await expect(ana.get_by_text("The floor closes in 6 seconds")).to_be_visible()
    await expect(reader.get_by_role("timer")).to_have_text("+0:04")
    await no_violations(ana)
    # Nobody presses anything: the next command of anyone finds the turn closed at its deadline.
    await theatre.step(30)
    await theatre.do("send_message", to="bob", cue="microphone")
    await expect(ana.get_by_text("The floor was closed")).to_be_visible()
    await expect(ana.get_by_text("You spoke for 3:10 of 3:00.")).to_be_visible()
    assert theatre.sam.view["turns"][0]["ended_at"] - theatre.sam.view["turns"][0]["began_at"] == 190_000


async def absent_and_requeued(theatre: Theatre, mia: Page) -> None:
    await button(mia, "Call again").first.click()
    await expect(mia.get_by_text(re.compile("^Called .* ago$")).first).to_be_visible()
    await theatre.step(21)
    await button(mia, "Absent").first.click()
    await expect(mia.get_by_text(re.compile("Bob Example absent, called again at the end")).first).to_be_visible()
    await expect(button(mia, re.compile("Give the floor to Cat Example"))).to_be_visible()


async def given_and_taken_back(mia: Page, reader: Page) -> None:
    await button(mia, re.compile("Give the floor to Cat Example")).click()
    await expect(reader.get_by_text("Cat Example").first).to_be_visible()
    await expect(reader.get_by_role("timer")).to_have_text("3:00")
    await button(mia, re.compile("^Undo")).first.click()
    await expect(reader.get_by_text("Nobody has the floor.")).to_be_visible()
    await expect(button(mia, re.compile("Give the floor to Cat Example"))).to_be_visible()


async def the_list_closes(mia: Page, ana: Page) -> None:
    await button(mia, re.compile("Close the list")).first.click()
    await expect(button(mia, re.compile("Reopen the list"))).to_be_visible()
    await button(ana, "Request the floor again").click()
    await button(ana, "Join the waiting list").click()
    await expect(ana.get_by_text("You are on the waiting list")).to_be_visible()


async def ends(theatre: Theatre, mia: Page, ana: Page, reader: Page, stage: Page) -> None:
    await button(mia, re.compile("Give the floor to Cat Example")).click()
    await expect(reader.get_by_role("timer")).to_have_text("3:00")
    await theatre.step(100)
    await mia.keyboard.press("e")
    await expect(mia.get_by_text(re.compile("Cat Example ended, 1:40")).first).to_be_visible()
    await button(
        mia,
        "Session",
    ).click()
    await button(mia, re.compile("Close the session …")).click()
    closing = mia.get_by_role("dialog")
    await expect(closing.get_by_text("Bob Example")).to_be_visible()
    await closing.get_by_role("button", name="Close the session", exact=True).click()
    await expect(mia.get_by_role("heading", name="The session is closed")).to_be_visible()
    await expect(ana.get_by_role("heading", name="How may the report cite you?")).to_be_visible()
    await expect(reader.get_by_text("The session has ended.").first).to_be_visible()
    await expect(stage.get_by_text("The session is finished")).to_be_visible()
    for page in (mia, ana, reader, stage):
        await no_violations(page)


async def the_record_tells_it(theatre: Theatre) -> None:
    base = f"{theatre.running.url}/api/sessions/{theatre.session.id}"
    headers = {"Authorization": f"Bearer {theatre.session.tokens['mia']}"}
    async with aiohttp.ClientSession(headers=headers) as http:
        async with http.get(f"{base}/record.json") as answer:
            record = await answer.json()
        async with http.get(f"{base}/record.jsonl") as answer:
            log = (await answer.text()).splitlines()
    told = [
        (one["speaker"]["name"], part["ending"], part["used"])
        for one in record["interventions"]
        for part in one["parts"]
    ]
    assert told == [("Ana Example", "closed", 190_000), ("Cat Example", "ended", 100_000)]
    assert record["counts"]["not_heard"] == 2
    assert len(log) == theatre.sam.view["version"] + 1
