"""What comes in writing: handed in on the speaker's page and by the team, read, withdrawn. Rules Q8, R3, R5, S3."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, Route, expect

from isegoria.domain import commands as c
from isegoria.domain.people import WrittenInput
from isegoria.domain.values import Role
from isegoria.live.direct import ask
from isegoria.store.files import LARGEST
from isegoria.store.people import PeopleStore
from tests.browser.conftest import DESK, PHONE, Theatre, button, no_violations, reach
from tests.browser.recorded import rapporteur, recorded
from tests.browser.test_looks import LONG, SCREENS, rename, stands
from tests.browser.test_speaker import phone
from tests.faults.processes import free_port
from tests.serving import SYSTEM, connected, prepare, replica

STATEMENT = "We began with the markets.\n\nEvery trader can read the budget."
DROP = """([target, name, type, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type }));
  for (const kind of ["dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
}"""


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with recorded(browser, tmp_path) as here:
        yield here


def own(page: Page) -> Locator:
    return page.get_by_role("region", name="Your text", exact=True)


def field(page: Page | Locator) -> Locator:
    return page.get_by_role("textbox", name="Text", exact=True)


async def written(theatre: Theatre, **settings: Any) -> Page:
    """The rapporteur's part for what came in writing."""
    page = await rapporteur(theatre, **settings)
    await page.get_by_role("link", name="Written contributions").click()
    await expect(page.get_by_role("heading", name="Whom to ask for a text")).to_be_visible()
    return page


async def send(theatre: Theatre, who: str, data: bytes, media: str = "text/plain", **query: str) -> None:
    headers = {"Content-Type": media, "Authorization": f"Bearer {theatre.session.tokens[who]}"}
    path = f"{theatre.running.url}/api/sessions/s1/contributions"
    async with ClientSession() as client, client.post(path, data=data, params=query, headers=headers) as answer:
        assert answer.status == 200, await answer.text()


async def came(theatre: Theatre, n: int) -> list[Any]:
    view = await theatre.sam.until("view", lambda view: len(view["notebook"]["contributions"]) == n)
    contributions: list[Any] = view["notebook"]["contributions"]
    return contributions


async def test_a_speaker_hands_in_a_statement_by_keyboard_while_waiting(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob", "cat")
    page = await phone(theatre, "cat")
    await reach(page, button(page, "Hand in a text"))
    await page.keyboard.press("Enter")
    await expect(field(own(page))).to_be_focused()
    await page.keyboard.type("We began with the markets.")
    await expect(own(page)).to_contain_text("5 words, about 0:03 read aloud: they fit into 3:00.")
    await expect(own(page)).to_contain_text("cites your organisation, not your name")
    await own(page).get_by_label("Language of the text").select_option("es")
    await no_violations(page)
    await reach(page, button(page, "Hand it in"))
    await page.keyboard.press("Enter")
    await expect(own(page).get_by_text("Your text has been received.")).to_be_visible()
    await expect(button(page, "Hand in another text")).to_be_focused()
    item = own(page).get_by_role("listitem")
    await expect(item).to_contain_text("Statement to be delivered: 1 · Implementation")
    await expect(item).to_contain_text(re.compile(r"Spanish · 5 words · received \d\d:\d\d"))
    await expect(page.get_by_text("5 words · fits")).to_be_visible()
    await no_violations(page)
    [one] = await came(theatre, 1)
    assert (one["person"], one["kind"], one["entry"], one["language"]) == (
        "cat",
        "statement",
        theatre.sam.view["entries"][2]["id"],
        "es",
    )


async def test_what_was_typed_outlives_a_reload(theatre: Theatre) -> None:
    page = await phone(theatre, "ana")
    await button(page, "Hand in a text").click()
    await field(page).fill(STATEMENT)
    await page.reload()
    await expect(field(page)).to_have_value(STATEMENT)
    await button(page, "Close, and keep it here").click()
    await expect(button(page, "Go on with your text")).to_be_focused()


async def test_whoever_is_next_sees_nothing_else_unless_they_write(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob")
    page, other = await phone(theatre, "ana"), await phone(theatre, "bob")
    await expect(page.get_by_role("heading", name="You are next")).to_be_visible()
    await expect(own(page)).to_have_count(0)
    await button(other, "Hand in a text").click()
    await field(other).fill(STATEMENT)
    turn = await theatre.give_floor("ana")
    await expect(page.get_by_role("heading", name="You have the floor")).to_be_visible()
    await expect(own(page)).to_have_count(0)
    await theatre.done("end_turn", turn=turn)
    await expect(other.get_by_role("heading", name="You are next")).to_be_visible()
    await expect(field(other)).to_have_value(STATEMENT)
    await no_violations(other)


async def test_what_is_not_taken_says_what_is(theatre: Theatre) -> None:
    page = await phone(theatre, "ana")
    await button(page, "Hand in a text").click()
    await field(page).fill(STATEMENT)
    for name, data, said in [
        ("statement.doc", b"x", "This kind of file is not taken."),
        ("statement.pdf", b"x" * (LARGEST + 1), "The file is too large: it may have 2 MB."),
        ("statement.pdf", b"", "There is nothing in this file."),
    ]:
        files: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        await page.locator("input[type=file]").set_input_files(files)
        await expect(own(page).get_by_role("alert")).to_contain_text(said)
        await expect(field(page)).to_have_value(STATEMENT)
    await no_violations(page)

    async def full(route: Route) -> None:
        problem = '{"code": "full", "values": {"limit": 104857600}, "retry": false}'
        await route.fulfill(status=409, content_type="application/problem+json", body=problem)

    await page.route("**/contributions?*", full)
    await button(page, "Hand it in").click()
    await expect(own(page).get_by_text("all files together may have 100 MB")).to_be_visible()
    await expect(field(page)).to_have_value(STATEMENT)


async def test_a_file_is_dropped_on_its_way_and_stopped(theatre: Theatre) -> None:
    page = await phone(theatre, "ana")
    await button(page, "Hand in a text").click()
    # A text is put where one can read it over; any other file goes as it is.
    target = await page.locator(".drop-zone").element_handle()
    await page.evaluate(DROP, [target, "mine.txt", "text/plain", STATEMENT])
    await expect(field(page)).to_have_value(STATEMENT)
    await page.evaluate(DROP, [target, "mine.pdf", "application/pdf", "%PDF-1.7"])
    await expect(own(page).get_by_text("mine.pdf")).to_be_visible()
    await no_violations(page)
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await page.route("**/contributions?*", hold)
    await button(page, "Hand it in").click()
    await expect(own(page).get_by_text("Handing it in …")).to_be_visible()
    await no_violations(page)
    await button(page, "Stop").click()
    await expect(own(page).get_by_text("mine.pdf")).to_be_visible()
    await page.unroute("**/contributions?*")
    await button(page, "Hand it in").click()
    await expect(own(page).get_by_role("listitem")).to_contain_text("PDF · 1 kB")
    [one] = await came(theatre, 1)
    assert (one["media"], one["size"], one["kind"], one["entry"]) == ("application/pdf", 8, "written", None)
    assert len(held) == 1


async def test_replaced_then_withdrawn(theatre: Theatre) -> None:
    await send(theatre, "ana", STATEMENT.encode(), language="en")
    page = await phone(theatre, "ana")
    await button(page, "Replace").click()
    await expect(field(page)).to_have_value(STATEMENT)
    await field(page).fill("Better words.")
    await button(page, "Hand it in instead").click()
    item = own(page).get_by_role("listitem")
    await expect(item).to_have_text([re.compile("2 words")])
    await button(item, "Read").click()
    await expect(page.get_by_role("region", name="Text: Contribution in writing")).to_have_text("Better words.")
    await button(item, "Withdraw").click()
    dialog = page.get_by_role("dialog", name="Withdraw this text?")
    await no_violations(page)
    await button(dialog, "Keep it").click()
    await expect(item).to_have_count(1)
    await button(item, "Withdraw").click()
    await button(dialog, "Withdraw it").click()
    await expect(item).to_have_count(0)
    await expect(page.get_by_role("heading", name="Your text")).to_be_focused()
    await came(theatre, 0)


async def test_R5_a_protected_speaker_reads_that_the_report_has_none_of_it(theatre: Theatre) -> None:
    await theatre.done("choose_attribution", person="ana", attribution="constituency_region")
    page = await phone(theatre, "ana")
    await button(page, "Hand in a text").click()
    await expect(own(page)).to_contain_text("none of its words")


async def test_handed_in_while_the_server_is_gone_it_is_received_once(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    context = await browser.new_context(viewport=PHONE, locale="en-GB", timezone_id="Europe/Madrid")
    page = await context.new_page()
    async with replica(tmp_path, port=port) as running:
        session = await prepare(running.engine)
        await page.goto(f"{running.url}/s/{session.id}/speaker#{session.tokens['ana']}")
        await button(page, "Hand in a text").click()
        await field(page).fill(STATEMENT)
    await expect(page.get_by_text("Reconnecting")).to_be_visible()
    await button(page, "Hand it in").click()
    await expect(own(page).get_by_text("It is kept here and handed in by itself")).to_be_visible()
    await no_violations(page)
    async with (
        replica(tmp_path, port=port) as running,
        connected(running.url, session.id, session.tokens["sam"]) as sam,
    ):
        await expect(own(page).get_by_text("Your text has been received.")).to_be_visible()
        await expect(own(page).get_by_role("listitem")).to_have_count(1)
        view = await sam.until("view", lambda view: view["notebook"]["contributions"])
        assert [one["words"] for one in view["notebook"]["contributions"]] == [11]
        await context.close()


async def test_the_answer_is_lost_and_it_is_received_once(theatre: Theatre) -> None:
    page = await phone(theatre, "ana")
    await button(page, "Hand in a text").click()
    await field(page).fill(STATEMENT)
    lost: list[int] = []

    async def lose(route: Route) -> None:
        if not lost:
            lost.append((await route.fetch()).status)
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await page.route("**/contributions?*", lose)
    await button(page, "Hand it in").click()
    await expect(own(page).get_by_text("Your text has been received.")).to_be_visible()
    assert lost == [200]
    await expect(own(page).get_by_role("listitem")).to_have_count(1)
    await came(theatre, 1)


async def test_Q8_the_team_hands_in_for_who_was_not_heard(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob")
    page = await written(theatre)
    await expect(page.get_by_text("Nothing has come in writing yet.")).to_be_visible()
    await expect(page.get_by_text("2 requests are still waiting.")).to_be_visible()
    await no_violations(page)
    await theatre.give_floor("ana")
    await theatre.step(30)
    await theatre.done("end_turn", turn=theatre.sam.view["floor"]["turn"])
    await theatre.done("close_session")
    await expect(page.get_by_text("1 person was not heard and has handed in nothing.")).to_be_visible()
    await reach(page, button(page, "Hand in for Bob Example"))
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Hand in a text for somebody")
    await expect(dialog.get_by_text("Bob Example")).to_be_visible()
    await expect(dialog.get_by_label("What it is")).to_contain_text("In writing, not heard: 1 · Implementation")
    await reach(page, field(dialog))
    await page.keyboard.type("We would have said this.")
    await no_violations(page)
    await page.keyboard.press("Escape")
    await expect(button(page, "Go on with what you began")).to_be_visible()
    await button(page, "Hand in for Bob Example").click()
    await expect(field(dialog)).to_have_value("We would have said this.")
    await button(dialog, "Hand in").click()
    await expect(dialog).to_have_count(0)
    item = page.get_by_role("listitem").filter(has_text="received")
    await expect(item).to_contain_text("Bob Example")
    await expect(item).to_contain_text("Not heard, in writing")
    await expect(page.get_by_text("Everybody who was not heard has handed in a text.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Whom to ask for a text")).to_be_focused()
    [one] = await came(theatre, 1)
    assert (one["person"], one["kind"], one["entry"]) == ("bob", "written", theatre.sam.view["entries"][1]["id"])


async def test_the_team_reads_saves_and_withdraws(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await theatre.give_floor("ana")
    await theatre.step(30)
    await theatre.done("end_turn", turn=theatre.sam.view["floor"]["turn"])
    ana = theatre.sam.view["entries"][0]["id"]
    await send(theatre, "ana", "سيدي الرئيس، بدأنا من الأسواق.".encode(), entry=ana, kind="statement", language="ar")
    await send(theatre, "bob", b"%PDF-1.7" + bytes(300_000), "application/pdf")
    await theatre.done("choose_attribution", person="ana", attribution="constituency_region")
    page = await written(theatre)
    await expect(page.get_by_role("heading", name="2 texts have come")).to_be_visible()
    await expect(page.get_by_text("293 kB of 100 MB used, 100 MB left")).to_be_visible()
    spoken = page.get_by_role("listitem").filter(has_text="Ana Example")
    await expect(spoken).to_contain_text("Statement, delivered")
    await expect(spoken).to_contain_text("the report tells that it came, not its words")
    await button(spoken, "Read: Ana Example").click()
    text = page.get_by_role("region", name="Text: Ana Example")
    await expect(text).to_have_text("سيدي الرئيس، بدأنا من الأسواق.")
    assert await text.evaluate("it => [it.lang, getComputedStyle(it).direction]") == ["ar", "rtl"]
    await no_violations(page)
    async with page.expect_download() as saving:
        await button(page, "Save the file: Bob Example").click()
    saved = await saving.value
    assert re.fullmatch(r"isegoria-s1-w[0-9a-f]{16}\.pdf", saved.suggested_filename)
    assert Path(await saved.path()).stat().st_size == 300_008
    await button(page, "Withdraw: Bob Example").click()
    await button(page.get_by_role("dialog"), "Withdraw it").click()
    await expect(page.get_by_role("heading", name="1 text has come")).to_be_focused()
    await page.get_by_role("link", name=re.compile(r"^spoken at \d\d:\d\d$")).click()
    await expect(page.get_by_role("region", name="The intervention")).to_contain_text("Ana Example")


async def test_S3_deadlines_name_their_zone_and_source(theatre: Theatre) -> None:
    await set_deadline(theatre)
    page = await written(theatre)
    await expect(page.get_by_text("Tuesday, 15 July 2025, 23:59 (GMT-4)")).to_be_visible()
    await expect(page.get_by_text("In the session's zone: Wednesday, 16 July 2025, 05:59 (CEST)")).to_be_visible()
    await expect(page.get_by_text("Source: the concept note, page 3")).to_be_visible()
    await expect(page.get_by_text("over", exact=True)).to_be_visible()


async def set_deadline(theatre: Theatre) -> None:
    """The end of 15 July 2025 in New York."""
    engine = theatre.running.engine
    store = PeopleStore(engine)
    people = await store.read("s1")
    deadline = WrittenInput(at=1_752_638_340_000, timezone="America/New_York", source="the concept note, page 3")
    revision = await store.set_about("s1", people.about.model_copy(update={"written_input": (deadline,)}))
    await ask(engine, "s1", c.ChangeRoster(revision=revision), SYSTEM)
    await theatre.sam.until("view", lambda view: view["written_input"])


async def test_it_stands_on_every_screen(theatre: Theatre) -> None:
    await rename(theatre)
    await set_deadline(theatre)
    await theatre.begin("ana", "bob", "cat", "dan")
    await send(theatre, "cat", f"{LONG * 3} {STATEMENT}".encode())
    await send(theatre, "ana", b"%PDF-1.7", "application/pdf", language="ar")
    await theatre.done("close_session")
    page, speaker = await written(theatre), await phone(theatre, "dan")
    await button(page, re.compile(f"^Read: {LONG}")).click()
    await expect(page.get_by_role("region", name=f"Text: {LONG}")).to_be_visible()
    await field(speaker).fill(LONG)
    for theme in ("light", "dark"):
        for each in (page, speaker):
            await each.emulate_media(color_scheme=theme)
        for screen in SCREENS:
            for each in (page, speaker):
                await each.set_viewport_size(screen)
                await stands(each)
        for each in (page, speaker):
            await no_violations(each)
    await button(page, re.compile("^Hand in for")).first.click()
    await page.set_viewport_size(SCREENS[0])
    await stands(page)
    await no_violations(page)
    await page.keyboard.press("Escape")
    for each in (page, speaker):
        await each.set_viewport_size(DESK)
        await each.evaluate("document.documentElement.style.fontSize = '200%'")
        await stands(each)


async def test_in_spanish(theatre: Theatre) -> None:
    await theatre.begin("ana", "bob")
    await send(theatre, "ana", b"%PDF-1.7", "application/pdf", language="ar")
    page = await theatre.page("rosa", Role.RAPPORTEUR, SCREENS[0], locale="es-ES")
    await page.get_by_role("link", name="Contribuciones escritas").click()
    await expect(page.get_by_role("heading", name="Ha llegado 1 texto")).to_be_visible()
    await stands(page)
    speaker = await theatre.page("bob", Role.SPEAKER, SCREENS[0], locale="es-ES")
    await button(speaker, "Entregar un texto").click()
    await expect(speaker.get_by_text("Lo leen la moderación")).to_be_visible()
    await stands(speaker)
    assert "written." not in await page.inner_text("body")
    assert "speaker." not in await speaker.inner_text("body")
