"""A consultation whose captions the team looks after, and what tests of that do over and over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from isegoria.domain import commands as c
from isegoria.domain.people import CaptionTrack
from isegoria.domain.values import Role
from isegoria.live.direct import ask
from isegoria.store.links import FeedSecrets, Links
from isegoria.store.people import PeopleStore
from tests.browser.conftest import DESK, Theatre, playing, reach
from tests.faults.processes import free_port
from tests.serving import SYSTEM

SPOKEN = {"ana": "en", "bob": "es", "cat": "en", "dan": "fr"}


@asynccontextmanager
async def captioned(browser: Browser, data: Path, **settings: Any) -> AsyncIterator[Theatre]:
    """In English and Spanish; a second feed stands by for the Spanish captions, and Rosa is rapporteur."""
    async with playing(browser, data, port=free_port(), **settings) as theatre:
        await speaking(theatre)
        yield theatre


async def speaking(theatre: Theatre) -> None:
    engine, session = theatre.running.engine, theatre.session.id
    config = {"id": "es-spare", "name": "Second interpretation", "track": "es", "language": "es"}
    theatre.session.secrets["es-spare"] = await FeedSecrets(engine).create_feed(session, "es-spare", config)
    theatre.session.tokens["rosa"] = await Links(engine).create_link(session, Role.RAPPORTEUR, "rosa")
    store = PeopleStore(engine)
    people = await store.read(session)
    spare = CaptionTrack(track="es", language="es", feed="es-spare", is_translation=True)
    languages = {"languages": ("en", "es"), "tracks": (*people.about.tracks, spare)}
    await store.set_about(session, people.about.model_copy(update=languages))
    persons = [people.persons[name].model_copy(update={"spoken_language": tag}) for name, tag in SPOKEN.items()]
    rosa = people.persons["sam"].model_copy(
        update={"id": "rosa", "display_name": "Rosa Rapporteur", "roles": (Role.RAPPORTEUR,)}
    )
    revision = await store.save(session, [*persons, rosa], [])
    await ask(engine, session, c.ChangeRoster(revision=revision), SYSTEM)
    changed = await FeedSecrets(engine).configure(session, {"es-spare": config})
    await ask(engine, session, c.ChangeFeeds(revision=changed), SYSTEM)
    await theatre.sam.until("view", lambda view: view["roster_revision"] == revision)


async def desk(theatre: Theatre, who: str = "mia", role: Role = Role.MODERATOR, **settings: Any) -> Page:
    """The moderator's page, from when it is there."""
    page = await theatre.page(who, role, DESK, **settings)
    await expect(page.get_by_role("heading", name="Just now")).to_be_visible()
    return page


async def press(page: Page, control: Locator) -> None:
    await reach(page, control)
    await page.keyboard.press("Enter")


async def on_the_floor(theatre: Theatre, *listed: str) -> None:
    await theatre.begin(*listed)
    await theatre.give_floor(listed[0])
    await theatre.step(5)


def line(page: Page, text: str) -> Locator:
    """A line in the dialog's list."""
    return page.locator("[data-line]", has_text=text)
