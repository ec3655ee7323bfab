"""A consultation that rapporteurs record, and what tests of that do over and over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from isegoria.domain import commands as c
from isegoria.domain.values import Region, Role
from isegoria.live.direct import ask
from isegoria.store.links import Links
from isegoria.store.people import PeopleStore
from tests.browser.captioned import captioned
from tests.browser.conftest import DESK, Theatre
from tests.browser.test_attendee import Feed
from tests.serving import SYSTEM

REGIONS = {"ana": Region.LATIN_AMERICA, "bob": Region.AFRICA, "cat": Region.EUROPE}
TOPICS = {"budget": "Budget", "housing": "Housing"}
SAID = [
    "Thank you, moderator.",
    "We began with the markets.",
    "The budget that we publish is the budget that they voted for.",
    "Every trader can read it.",
]


@asynccontextmanager
async def recorded(browser: Browser, data: Path, **settings: Any) -> AsyncIterator[Theatre]:
    """Rolf is rapporteur beside Rosa; three of the speakers declared their region; there are two topics to tag with."""
    async with captioned(browser, data, **settings) as theatre:
        engine, session = theatre.running.engine, theatre.session.id
        theatre.session.tokens["rolf"] = await Links(engine).create_link(session, Role.RAPPORTEUR, "rolf")
        store = PeopleStore(engine)
        people = await store.read(session)
        await store.set_about(session, people.about.model_copy(update={"topics": TOPICS}))
        rosa = people.persons["rosa"]
        changed = [people.persons[name].model_copy(update={"regions": (region,)}) for name, region in REGIONS.items()]
        rolf = rosa.model_copy(update={"id": "rolf", "display_name": "Rolf Rapporteur"})
        revision = await store.save(session, [*changed, rolf], [])
        await ask(engine, session, c.ChangeRoster(revision=revision), SYSTEM)
        await theatre.sam.until("view", lambda view: view["roster_revision"] == revision)
        yield theatre


async def rapporteur(theatre: Theatre, who: str = "rosa", size: ViewportSize = DESK, **settings: Any) -> Page:
    """The page of one of them, from when it is there."""
    page = await theatre.page(who, Role.RAPPORTEUR, size, **settings)
    await expect(page.get_by_role("heading", name="What the record holds so far")).to_be_visible()
    return page


async def speaks(theatre: Theatre, english: Feed, name: str, texts: list[str] | None = None) -> None:
    """Has the floor, and says something every four seconds."""
    await theatre.give_floor(name)
    for number, text in enumerate(texts or SAID):
        await theatre.step(4)
        await say(theatre, english, "en", f"{name}{number}", text)


async def say(theatre: Theatre, feed: Feed, track: str, name: str, text: str, **fields: Any) -> None:
    """Until it has reached the readers, at the instant at which the clock stands."""
    await theatre.sam.ask("follow", {"tracks": ["en", "es"]})
    await feed.say(name, text, **fields)

    def heard(frame: Any) -> bool:
        texts = [segment["text"] for segment in frame["segments"] if segment["id"].endswith(name)]
        return bool(frame["track"] == track and text in texts)

    await theatre.sam.until("captions", heard)


async def ended(theatre: Theatre) -> None:
    """What was said last was said before that."""
    await theatre.step(2)
    await theatre.done("end_turn", turn=theatre.sam.view["floor"]["turn"])


def sheet(page: Page) -> Locator:
    return page.get_by_role("region", name="The intervention")


def lines(page: Page) -> Locator:
    """What was said, line by line."""
    return page.get_by_role("grid", name="What was said").locator("[data-row]")


def gist(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Gist, in your words")


def items(page: Page) -> Locator:
    return page.locator(".turns button")


async def noted(theatre: Theatre, wanted: Any, entry: int = 0) -> Any:
    """What was noted on an intervention, from when it is as wanted."""

    def found(view: Any) -> Any:
        one = next((n for n in view["notebook"]["notes"] if n["entry"] == view["entries"][entry]["id"]), None)
        return one if one is not None and wanted(one) else None

    return found(await theatre.sam.until("view", lambda view: found(view) is not None))
