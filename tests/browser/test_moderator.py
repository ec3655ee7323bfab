"""The moderator's page by keyboard alone. A key is pressed, or a control is reached with Tab and pressed with Enter."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from isegoria.domain.values import Role
from tests.browser.conftest import DESK, PHONE, Theatre, button, no_violations, reach

MINUTE = 60_000


async def desk(theatre: Theatre) -> Page:
    page = await theatre.page("mia", Role.MODERATOR, DESK)
    await expect(page.get_by_role("heading", name="Just now")).to_be_visible()
    return page


async def press(page: Page, control: Locator) -> None:
    await reach(page, control)
    await page.keyboard.press("Enter")


async def primary(page: Page, name: str) -> None:
    """Enter, wherever the focus is not on a control, is the one primary button; held for a moment after each change."""
    await expect(page.locator(".button.primary.big")).to_have_attribute("aria-disabled", "false")
    await expect(page.locator(".button.primary.big")).to_contain_text(name)
    await page.evaluate("document.activeElement?.blur()")
    await page.keyboard.press("Enter")


def rows(page: Page) -> Locator:
    return page.locator("[data-row]")


async def names(page: Page) -> list[str]:
    """Those on the list, next ones first."""
    return [(await row.locator(".name").inner_text()).split()[0] for row in await rows(page).all()]


def seen(theatre: Theatre) -> Any:
    return theatre.sam.view


async def test_T4_T5_T6_T11_the_floor_by_keys(theatre: Theatre) -> None:
    await theatre.begin("bob", "cat")
    page = await desk(theatre)
    timer = page.get_by_role("timer")
    await primary(page, "Give the floor to Bob Example")
    await expect(timer).to_have_text("3:00")
    await theatre.step(60.2)
    await expect(timer).to_have_text("2:00")

    await page.keyboard.press("p")
    await expect(page.get_by_role("menu", name="Pause, because of")).to_be_visible()
    await page.keyboard.press("2")
    await expect(page.get_by_text(re.compile("Interpretation · Paused for 0:0[01]"))).to_be_visible()
    await theatre.step(45)
    await expect(page.get_by_text(re.compile("Interpretation · Paused for 0:4[456]"))).to_be_visible()
    await expect(timer).to_have_text("2:00")
    await page.keyboard.press("p")
    await expect(page.get_by_text("Bob Example resumed")).to_be_visible()

    await page.keyboard.press("+")
    await expect(timer).to_have_text("2:30")
    await expect(page.get_by_text("0:30 added")).to_be_visible()
    await page.keyboard.press("-")
    await page.keyboard.press("-")
    await expect(timer).to_have_text("1:30")
    await expect(page.get_by_text("0:30 taken off")).to_be_visible()

    await page.keyboard.press("e")
    await expect(page.get_by_text("Bob Example ended, 1:00")).to_be_visible()
    await page.keyboard.press("u")
    await expect(page.get_by_text("Taken back: the end of Bob Example’s turn")).to_be_visible()
    await expect(timer).to_have_text("1:30")
    await page.keyboard.press("e")
    await expect(page.get_by_text("Nobody has the floor")).to_be_visible()
    # T5: what was used, without the 45 s of the pause.
    await press(page, page.locator("summary", has_text="Heard"))
    await expect(page.locator("details .rows li", has_text="Bob Example")).to_contain_text("1:00")
    assert seen(theatre)["turns"][0]["ended_at"] - seen(theatre)["turns"][0]["began_at"] > 100_000


async def test_T11_what_can_be_taken_back_is_named_before_and_after(theatre: Theatre) -> None:
    await theatre.begin("bob", "cat")
    page = await desk(theatre)
    await primary(page, "Give the floor to Bob Example")
    await expect(page.get_by_role("timer")).to_be_visible()
    # Five messages later the line of the floor is out of sight; what undo takes back is not.
    for _ in range(5):
        await theatre.done("send_message", to="cat", cue="microphone")
    await expect(button(page, "Undo: the floor for Bob Example")).to_be_visible()
    await page.keyboard.press("u")
    await expect(page.get_by_text("Taken back: the floor for Bob Example")).to_be_visible()
    await expect(page.get_by_role("timer")).to_have_count(0)


async def test_Q2_Q7_the_list_by_keys(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob", "cat", "dan")
    page = await desk(theatre)
    await expect(rows(page)).to_have_count(4)

    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("tunis")
    await expect(page.get_by_role("table").locator("[data-row]")).to_have_count(1)
    await expect(page.get_by_text("List of speakers · 1 found")).to_be_visible()
    await page.keyboard.press("Escape")

    await reach(page, button(page, "Actions for Dan Example"))
    await page.keyboard.press("Alt+ArrowUp")
    await expect(page.locator(".next .name")).to_have_text(["Ana Example", "Bob Example", "Dan Example"])
    await expect(button(page, "Actions for Dan Example")).to_be_focused()
    await page.keyboard.press("Alt+ArrowUp")
    await expect(page.locator(".next .name")).to_have_text(["Ana Example", "Dan Example", "Bob Example"])
    await expect(page.locator("[role=status].visually-hidden").first).to_contain_text("Dan Example")
    await page.keyboard.press("ArrowDown")
    await expect(button(page, "Actions for Bob Example")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menu")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem").nth(1)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(button(page, "Actions for Bob Example")).to_be_focused()
    assert await names(page) == ["Ana", "Dan", "Bob", "Cat"]

    await page.keyboard.press("l")
    await expect(button(page, "Reopen the list")).to_be_visible()
    await page.keyboard.press("l")
    await expect(button(page, "Close the list")).to_be_visible()


async def test_Q1_Q2_Q4_inscribe_substitute_and_admit(theatre: Theatre) -> None:
    await theatre.begin()
    page = await desk(theatre)
    await press(page, button(page, "Inscribe …"))
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("barcel")
    await expect(dialog.get_by_role("radio")).to_have_count(1)
    await reach(page, dialog.get_by_role("radio"))
    await page.keyboard.press("Space")
    await no_violations(page)
    await press(page, button(dialog, "Inscribe Cat Example"))
    await expect(dialog).to_have_count(0)
    await expect(page.locator(".next .name")).to_have_text(["Cat Example"])

    await press(page, button(page, "Actions for Cat Example"))
    await choose(page, "Substitute …")
    await expect(dialog.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("nairobi")
    await reach(page, dialog.get_by_role("radio", name=re.compile("Bob Example")))
    await page.keyboard.press("Space")
    await press(page, button(dialog, "Let Bob Example speak instead"))
    await expect(page.locator(".next .name")).to_have_text(["Bob Example, for Cat Example"])

    await page.keyboard.press("l")
    await expect(button(page, "Reopen the list")).to_be_visible()
    dan = await theatre.page("dan", Role.SPEAKER, PHONE)
    await button(dan, "Join the waiting list").click()
    await press(page, button(page, "Admit"))
    await expect(page.locator(".next .name")).to_have_text(["Bob Example, for Cat Example", "Dan Example"])
    await expect(dan.get_by_role("heading", name="One speaker before you")).to_be_visible()


async def choose(page: Page, item: str) -> None:
    """An item of the open menu, with the arrows."""
    wanted = page.get_by_role("menuitem", name=item)
    for _ in range(20):
        if await wanted.evaluate("it => it === document.activeElement"):
            break
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()


async def test_T9_a_lost_connection_keeps_the_time_that_is_left(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob")
    page = await desk(theatre)
    ana = await theatre.page("ana", Role.SPEAKER, PHONE)
    await expect(ana.get_by_role("heading", name="You are next")).to_be_visible()
    await primary(page, "Give the floor to Ana Example")
    await expect(ana.get_by_role("timer")).to_be_visible()
    await theatre.step(40.2)
    await ana.context.close()
    await expect(page.get_by_text("The page of Ana Example is not connected.").last).to_be_visible()
    await press(page, button(page, "Pause, connection lost"))
    await expect(page.get_by_text(re.compile("It can be interrupted in 1:0[01], with 2:20 kept."))).to_be_visible()
    await theatre.step(61)
    await press(page, button(page, "Interrupt, keep 2:20"))
    await expect(page.get_by_text("Ana Example interrupted, 0:40 used")).to_be_visible()
    entry = next(one for one in seen(theatre)["entries"] if one["person"] == "ana")
    assert entry["status"] == "interrupted"
    back = await theatre.page("ana", Role.SPEAKER, PHONE)
    await expect(back.get_by_text("You were cut off. 2:20 of your speaking time are kept")).to_be_visible()
    turn = await theatre.give_floor("ana")
    assert seen(theatre)["floor"]["part"] == 2, turn
    await expect(back.get_by_text("Part 2")).to_be_visible()
    await expect(back.get_by_role("timer")).to_have_text("2:20")


async def test_R6_the_switches_are_in_sight_and_told_to_all(theatre: Theatre) -> None:
    await theatre.begin()
    page = await desk(theatre)
    reader = await theatre.page("attendee", Role.ATTENDEE, DESK)
    await expect(reader.get_by_text("Nobody has the floor.")).to_be_visible()
    await expect(page.locator("header").get_by_text("Topic 1 of 2 · Implementation")).to_be_visible()
    await press(page, button(page, "Recording and attribution of this segment"))
    recording = page.get_by_role("switch", name="Recording of “1 · Implementation”")
    await expect(recording).to_be_checked()
    await reach(page, recording)
    await page.keyboard.press("Space")
    await expect(recording).not_to_be_checked()
    await reach(page, page.get_by_role("switch", name="Chatham House rule for “1 · Implementation”"))
    await page.keyboard.press("Space")
    await no_violations(page)
    await page.keyboard.press("Escape")
    await expect(page.locator("header").get_by_text("Recording off")).to_be_visible()
    await expect(page.locator("header").get_by_text("Chatham House")).to_be_visible()
    await expect(reader.get_by_text("This part is not recorded.").last).to_be_visible()
    await expect(reader.locator(".chips").get_by_text("Chatham House Rule")).to_be_visible()
    segment = seen(theatre)["segments"][0]
    assert (segment["recording"], segment["chatham_house"]) == (False, True)


async def test_T10_from_five_minutes_before_the_end_a_person_chooses(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await desk(theatre)
    ends_at = seen(theatre)["ends_at"]
    left = (ends_at - seen(theatre)["clock"]["session"]) / 1_000
    await theatre.step(left - 310)
    await expect(page.get_by_text("Nobody has the floor")).to_be_visible()
    await expect(page.get_by_text("The session ends in")).to_have_count(0)
    await theatre.step(20)
    choice = page.get_by_role("region", name=re.compile("The session ends in 4:5"))
    await press(page, button(choice, "+5 min"))
    await expect(choice).to_have_count(0)
    assert seen(theatre)["ends_at"] == ends_at + 5 * MINUTE
    await theatre.step(300)
    await no_violations(page)
    await press(page, button(page, "Finish as planned"))
    await expect(page.get_by_text("The session ends in")).to_have_count(0)
    # Past the end it is asked again: nothing ends by itself.
    await theatre.step(320)
    await press(page, button(page, re.compile("Close now")))
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Ana Example")).to_be_visible()
    assert seen(theatre)["state"] == "live"
    await press(page, button(dialog, "Close the session"))
    await expect(page.get_by_role("heading", name="The session is closed")).to_be_visible()
    assert seen(theatre)["counts"]["not_heard"] == 1
