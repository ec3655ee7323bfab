"""A speaker's page, on a phone: what it asks, what it is told, and what it keeps when the server is gone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, expect

from isegoria.domain.values import Role
from tests.browser.conftest import PHONE, Theatre, button, no_violations
from tests.faults.processes import free_port
from tests.serving import connected, prepare, replica


def entry(theatre: Theatre, person: str) -> Any:
    """The newest request of that person."""
    return [one for one in theatre.sam.view["entries"] if one["person"] == person][-1]


async def phone(theatre: Theatre, who: str) -> Page:
    page = await theatre.page(who, Role.SPEAKER, PHONE)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


async def cannot(page: Page, choice: str) -> None:
    await button(page, "I can't speak now").click()
    await button(page.get_by_role("dialog"), choice).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_Q6_nothing_is_lost_before_a_choice_is_made(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob", "cat")
    page = await phone(theatre, "ana")
    await button(page, "I can't speak now").click()
    dialog = page.get_by_role("dialog", name="You can't speak now?")
    await expect(dialog).to_be_visible()
    await no_violations(page)
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(button(page, "I can't speak now")).to_be_focused()
    assert entry(theatre, "ana")["status"] == "waiting"

    await cannot(page, "Move me to the end of my topic")
    await expect(page.get_by_role("heading", name="Two speakers before you")).to_be_visible()
    await cannot(page, "Keep my place")
    await cannot(page, "Take back my request")
    await expect(page.get_by_role("heading", name="You have taken back your request")).to_be_visible()
    await theatre.sam.until("view", lambda view: entry_status(view, "ana") == "withdrawn")
    await button(page, "Request the floor again").click()
    await page.get_by_label("2 · Challenges").check()
    await button(page, "Request the floor on this topic").click()
    await expect(page.get_by_text("2 · Challenges")).to_be_visible()
    await theatre.sam.until("view", lambda view: entry_status(view, "ana") == "waiting")


def entry_status(view: Any, person: str) -> str:
    statuses: list[str] = [one["status"] for one in view["entries"] if one["person"] == person]
    return statuses[-1] if statuses else ""


async def test_messages_stay_until_they_are_acknowledged(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await phone(theatre, "ana")
    await theatre.done("send_message", to="ana", cue="microphone")
    await theatre.done("send_message", to="ana", text="The slides are not needed")
    said = page.get_by_role("list", name="Messages from the moderator")
    await expect(said.get_by_role("listitem")).to_have_count(2)
    await no_violations(page)
    await button(said.get_by_role("listitem").filter(has_text="slides"), "OK").click()
    await expect(said.get_by_role("listitem")).to_have_count(1)
    await expect(said).to_contain_text("Your microphone is off or cannot be heard")
    told = await theatre.sam.until("view", lambda view: any(one["acknowledged"] for one in view["messages"]))
    assert [one["text"] for one in told["messages"] if one["acknowledged"]] == ["The slides are not needed"]
    # Also while one speaks: there it is the only thing beside the clock.
    await theatre.give_floor("ana")
    await expect(page.get_by_role("heading", name="You have the floor")).to_be_visible()
    await button(said.get_by_role("listitem"), "OK").click()
    await expect(said).to_have_count(0)


async def test_Q5_called_again_then_absent_then_here(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob")
    page = await phone(theatre, "ana")
    await theatre.done("call_speaker", entry=entry(theatre, "ana")["id"], status="waiting")
    await expect(page.get_by_role("heading", name="You are being called")).to_be_visible()
    await expect(page).to_have_title("You are being called")
    await no_violations(page)
    await theatre.step(21)
    await theatre.done("mark_absent", entry=entry(theatre, "ana")["id"], status="called")
    await expect(page.get_by_role("heading", name="You were called while you were away")).to_be_visible()
    await button(page, "I'm here").click()
    await expect(page.get_by_role("heading", name="One speaker before you")).to_be_visible()
    await expect(page.get_by_text("The moderator sees that you are ready.")).to_be_visible()
    assert (entry(theatre, "ana")["status"], entry(theatre, "ana")["absences"]) == ("waiting", 1)


async def test_T5_a_pause_stands_still_and_says_why(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await phone(theatre, "ana")
    turn = await theatre.give_floor("ana")
    await theatre.step(30.2)
    await expect(page.get_by_role("timer")).to_have_text("2:30")
    await theatre.done("pause_turn", turn=turn, reason="sound")
    await expect(page.get_by_text("Paused", exact=True).last).to_be_visible()
    await expect(page.get_by_text("The sound is being fixed. Your time stands still.")).to_be_visible()
    await theatre.step(200)
    await expect(page.get_by_role("timer")).to_have_text("2:30")
    await no_violations(page)
    await theatre.done("resume_turn", turn=turn)
    await expect(page.get_by_text("Speaking", exact=True).first).to_be_visible()
    await button(page, "I have finished").click()
    await expect(page.get_by_text("You have yielded the floor. You spoke for 0:30 of 3:00.")).to_be_visible()


async def test_a_point_of_order_goes_before_the_list(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob", "cat", "dan")
    await theatre.give_floor("ana")
    page = await phone(theatre, "dan")
    await button(page, "Point of order").click()
    await no_violations(page)
    await button(page.get_by_role("dialog"), "Raise it").click()
    await expect(page.get_by_role("heading", name="You are next")).to_be_visible()
    await expect(page.get_by_text("Point of order", exact=True)).to_be_visible()
    await expect(button(page, "Point of order")).to_have_count(0)
    order = theatre.sam.view["order"]
    assert (entry(theatre, "dan")["kind"], order.index(entry(theatre, "dan")["id"]), len(order)) == (
        "point_of_order",
        0,
        4,
    )
    await theatre.give_floor("dan")
    await button(page, "I have finished").click()
    # The request of before stands.
    await expect(page.get_by_role("heading", name="Two speakers before you")).to_be_visible()


async def test_Q8_heard_once_and_not_when_asked_again(theatre: Theatre) -> None:
    await theatre.begin("ana")
    page = await phone(theatre, "ana")
    turn = await theatre.give_floor("ana")
    await theatre.done("end_turn", turn=turn)
    await theatre.done("inscribe", person="ana", segment="two")
    await expect(page.get_by_role("heading", name="You are next")).to_be_visible()
    await theatre.done("close_session")
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    await expect(page.get_by_role("heading", name="There was no time to hear you")).to_be_visible()
    await expect(page.get_by_text("This is about your later request: 2 · Challenges.")).to_be_visible()
    await expect(page.get_by_text(re.compile("The deadlines for written contributions have passed"))).to_be_visible()
    await no_violations(page)


async def test_S1_the_reader_in_auckland_reads_their_own_time(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob", "cat", "dan")
    page = await theatre.page("dan", Role.SPEAKER, PHONE, timezone_id="Pacific/Auckland")
    await expect(page.get_by_text(re.compile(r"^\d\d:\d\d( on \d+ \w+)? where you are \(Auckland\)$"))).to_be_visible()
    home = await phone(theatre, "dan")
    await expect(home.get_by_text("Expected at")).to_be_visible()
    await expect(home.get_by_text("where you are")).to_have_count(0)


async def test_the_page_keeps_what_it_knows_while_the_server_is_gone(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    context = await browser.new_context(viewport=PHONE, locale="en-GB", timezone_id="Europe/Madrid")
    page = await context.new_page()
    async with replica(tmp_path, port=port) as running:
        session = await prepare(running.engine)
        async with connected(running.url, session.id, session.tokens["sam"]) as sam:
            theatre = Theatre(browser, running, session, sam, [context])
            await theatre.begin("ana", "bob", "cat", "dan")
            await page.goto(f"{running.url}/s/{session.id}/speaker#{session.tokens['dan']}")
            await expect(page.get_by_text("4th", exact=True).first).to_be_attached()
    await expect(page.get_by_text("Reconnecting")).to_be_visible()
    await expect(page.get_by_text("4th", exact=True).first).to_be_attached()
    await expect(button(page, "I can't speak now")).to_be_disabled()
    await no_violations(page)
    async with replica(tmp_path, port=port):
        await expect(page.get_by_text("Connected")).to_be_visible()
        await expect(page.get_by_text("4th", exact=True).first).to_be_attached()
        await expect(button(page, "I can't speak now")).to_be_enabled()
        await context.close()
