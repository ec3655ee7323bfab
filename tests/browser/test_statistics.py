"""The figures of the rapporteur's page: followed while people speak, told in the tier that was chosen. Rules R5, R9."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from isegoria.domain import commands as c
from isegoria.domain.values import Constituency, Region, Role
from isegoria.live.direct import ask
from isegoria.store.people import PeopleStore
from tests.browser.conftest import DESK, PHONE, Theatre, button, no_violations, playing, reach
from tests.browser.test_looks import LONG, SCREENS, stands
from tests.faults.processes import free_port
from tests.serving import SYSTEM

CROWD = {"ana": Constituency.LOCAL_GOVERNMENT, "bob": Constituency.LOCAL_GOVERNMENT, "cat": Constituency.CIVIL_SOCIETY}


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    """Six of local government and six of civil society are in the roster; Dan did not declare anything."""
    async with playing(browser, tmp_path, port=free_port()) as here:
        engine, session = here.running.engine, here.session.id
        store = PeopleStore(engine)
        people = await store.read(session)
        told: dict[str, Any] = {"regions": (Region.AFRICA,), "first_time": True}
        persons = [people.persons[name].model_copy(update={**told, "constituency": CROWD[name]}) for name in CROWD]
        dan = people.persons["dan"].model_copy(update={"constituency": Constituency.UNKNOWN})
        more = [one.model_copy(update={"id": f"{one.id}{number}"}) for number in range(5) for one in persons]
        revision = await store.save(session, [*persons, dan, *more], [])
        await ask(engine, session, c.ChangeRoster(revision=revision), SYSTEM)
        await here.sam.until("view", lambda view: view["roster_revision"] == revision)
        yield here


async def statistics(theatre: Theatre, who: str = "sam", **settings: Any) -> Page:
    """The page, where the figures are chosen."""
    page = await theatre.page(who, Role.RAPPORTEUR, settings.pop("size", DESK), **settings)
    await page.locator('nav a[href="#statistics"]').click()
    return page


async def speaks(theatre: Theatre, name: str, seconds: float) -> None:
    turn = await theatre.give_floor(name)
    await theatre.step(seconds)
    await theatre.done("end_turn", turn=turn)


def row(page: Page, table: str, name: str) -> Locator:
    tables = page.get_by_role("table", name=f"Speaking time by {table}", exact=True)
    return tables.get_by_role("row", name=re.compile(f"^{name}"))


async def cells(page: Page, table: str, name: str, wanted: list[str | re.Pattern[str]]) -> None:
    await expect(row(page, table, name).get_by_role("cell")).to_have_text(wanted)


async def test_they_follow_the_session_from_its_first_turn_on(theatre: Theatre) -> None:
    await theatre.begin("ana", "cat")
    page = await statistics(theatre)
    await expect(page.get_by_text("Nobody has been heard yet.")).to_be_visible()
    await no_violations(page)
    await speaks(theatre, "ana", 150)
    await cells(page, "constituency", "Local government", ["2:30", "100%", "1"])
    await theatre.step(12)
    await theatre.give_floor("cat")
    await theatre.step(50)
    await cells(page, "constituency", "Civil society", [re.compile("^0:[45]"), re.compile("2[0-9]%"), "1"])
    await expect(page.get_by_text("1 of them not finished")).to_be_visible()
    await expect(page.get_by_text("Somebody has the floor, and the figures go on.")).to_be_visible()
    await expect(page.locator(".key-figures")).to_contain_text("0:12of 1 hand-over")
    await no_violations(page)


async def test_R5_the_publishable_tier_comes_first_and_the_internal_one_is_chosen(theatre: Theatre) -> None:
    await theatre.begin("ana", "dan")
    page = await statistics(theatre)
    for name, seconds in (("ana", 150), ("dan", 50)):
        await speaks(theatre, name, seconds)
    await cells(page, "constituency", "Told together", ["3:20", "100%", "2"])
    await expect(page.get_by_text("fewer than five people in the roster")).to_be_visible()
    await expect(page.get_by_text("Speaking time by country")).to_have_count(0)
    await reach(page, button(page, "Internal"))
    await page.keyboard.press("Enter")
    await cells(page, "constituency", "Local government", ["2:30", "75%", "1"])
    await cells(page, "constituency", "Not declared", ["0:50", "25%", "1"])
    await expect(page.get_by_text("not to be shown or passed on")).to_be_visible()
    await page.get_by_text("Speaking time by country (2)").click()
    await expect(page.get_by_role("table", name="Speaking time by country (2)")).to_contain_text("Brazil")
    await expect(page.get_by_role("img", name="Time used against time allotted")).to_be_visible()
    await no_violations(page)
    await page.reload()
    await expect(button(page, "Publishable")).to_have_attribute("aria-pressed", "true")


async def test_R9_who_is_no_longer_in_the_report_is_gone_from_a_screen_that_is_being_shown(theatre: Theatre) -> None:
    await theatre.begin("ana", "cat")
    page = await statistics(theatre)
    for name in ("ana", "cat"):
        await speaks(theatre, name, 120)
    await cells(page, "constituency", "Civil society", ["2:00", "50%", "1"])
    await theatre.done("choose_attribution", person="cat", attribution="not_for_report")
    await expect(row(page, "constituency", "Civil society")).to_have_count(0)
    await expect(page.locator(".key-figures")).to_contain_text("Counted, and nothing else1")


async def test_pictures_say_what_their_tables_say(theatre: Theatre) -> None:
    await theatre.begin("ana", "cat", "bob")
    page = await statistics(theatre)
    for name in ("ana", "cat", "bob"):
        await speaks(theatre, name, 188)
        await theatre.step(300)
    strip = page.get_by_role("img", name="Civil society, 3:08 in all")
    await expect(strip).to_be_visible()
    await expect(strip.locator("desc")).to_have_text(re.compile(r"^\d\d:\d\d 1:5\d, \d\d:\d\d 1:1\d$"))
    await page.get_by_text("As a table").click()
    heads = page.get_by_role("table", name=re.compile("^Who was heard when")).get_by_role("columnheader")
    await expect(heads).to_have_text(["From", "All", "Local government", "Civil society"])
    over = page.get_by_role("img", name="Time used against time allotted")
    await expect(over.locator("desc")).to_have_text("9:24 were used of 9:00 allotted; 0:24 of them were over the time.")
    await no_violations(page)


async def test_the_last_figures_stay_when_the_server_cannot_be_reached(theatre: Theatre) -> None:
    await theatre.begin("ana", "cat")
    page = await statistics(theatre)
    await speaks(theatre, "ana", 90)
    await cells(page, "constituency", "Local government", ["1:30", "100%", "1"])
    await page.route("**/statistics?*", lambda route: route.abort())
    await speaks(theatre, "cat", 30)
    await expect(page.get_by_role("status").filter(has_text="Newer figures cannot be had just now.")).to_be_visible()
    await cells(page, "constituency", "Local government", ["1:30", "100%", "1"])
    await no_violations(page)
    await page.unroute("**/statistics?*")
    await theatre.step(1)
    await cells(page, "constituency", "Local government", ["1:30", "75%", "1"])
    await expect(page.get_by_text("Newer figures cannot be had just now.")).to_have_count(0)


async def test_on_every_screen_with_everything_that_there_may_be(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await speaks(theatre, "ana", 60)

    async def all_there_may_be(route: Route) -> None:
        await route.fulfill(content_type="application/json", body=json.dumps(full(await (await route.fetch()).json())))

    page = await theatre.page("sam", Role.RAPPORTEUR, DESK)
    await page.route("**/statistics?*", all_there_may_be)
    await page.locator('nav a[href="#statistics"]').click()
    await expect(page.get_by_text("Without a time").first).to_be_visible()
    await page.get_by_text("As a table").click()
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for screen in SCREENS:
            await page.set_viewport_size(screen)
            await stands(page)
            if screen in (SCREENS[0], SCREENS[3]):
                await no_violations(page)
    await page.emulate_media(forced_colors="active")
    await no_violations(page)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    for screen in (SCREENS[1], SCREENS[3]):
        await page.set_viewport_size(screen)
        await stands(page)


def full(told: Any) -> Any:
    """The figures of a long day on which every group was heard."""
    groups = [*Constituency, "together"]
    rows = {key: 3_000_000 - 250_000 * number for number, key in enumerate(groups)}
    began = told["bins"][0]["began_at"]
    by = [{key: (number * 37 + place * 91) % 61_000 for place, key in enumerate(rows)} for number in range(48)]
    bins = [
        {"began_at": began + number * 600_000, "used": sum(each.values()), "by": each} for number, each in enumerate(by)
    ]
    regions = dict.fromkeys([*Region, "unknown"], 900_000)
    return {
        **told,
        "counted": 3,
        "constituencies": [line(key, used) for key, used in rows.items()],
        "regions": [line(key, used) for key, used in regions.items()],
        "segments": [line(key, 9_000_000) for key in ("one", LONG)],
        "bins": bins,
        "total": {**told["total"], "interventions": 88, "untimed": 12, "overtime": 400_000, "over": 9},
    }


def line(key: str, used: int) -> dict[str, object]:
    shares = {"share_of_interventions": 9, "share_of_time": 9}
    return {"key": key, "interventions": 8, "untimed": 1, "used": used, **shares}


async def test_in_spanish_and_on_a_phone(theatre: Theatre) -> None:
    await theatre.begin("ana")
    await speaks(theatre, "ana", 60)
    page = await statistics(theatre, size=PHONE, locale="es-ES", has_touch=True)
    await expect(page.get_by_role("table", name="Tiempo de palabra por sector")).to_contain_text("1:00")
    await stands(page)
    await no_violations(page)
