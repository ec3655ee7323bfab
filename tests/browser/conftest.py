"""Pages in a real browser against a real replica. Time stands still and is stepped: nothing waits for minutes."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from axe_playwright_python.base import AxeResults
from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from isegoria.app import Running
from isegoria.domain.values import Role
from isegoria.edges import workshop
from tests.faults.processes import free_port
from tests.serving import Client, Consultation, connected, prepare, replica

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
HALL: ViewportSize = {"width": 1280, "height": 720}
PATIENCE_MS = 20_000
"""What holds is seen at once: only a machine that is busy with other things is waited for, and what does not hold."""

AXE = Axe()
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Theatre:
    """The session, and pages of it. `sam` is a client of the secretariat's, who steps the clock."""

    browser: Browser
    running: Running
    session: Consultation
    sam: Client
    contexts: list[BrowserContext]

    async def page(self, who: str, role: Role, size: ViewportSize, **settings: Any) -> Page:
        """The page of a personal link, in a browser of its own, in English unless told otherwise."""
        usual = {"base_url": self.running.url, "locale": "en-GB", "timezone_id": "Europe/Madrid"}
        options = {**usual, "reduced_motion": "reduce", **settings}
        context = await self.browser.new_context(viewport=size, **options)
        self.contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(f"/s/{self.session.id}/{role}#{self.session.tokens[who]}")
        return page

    async def begin(self, *listed: str) -> None:
        """The session is live in its first topic, its clock stands, and those asked for the floor, in this order."""
        await self.done("start_session")
        await self.clock_stands()
        for name in listed:
            await self.done("inscribe", person=name, segment="one")

    async def give_floor(self, name: str) -> str:
        """The floor for the first request of that person; the turn's id."""
        view = self.sam.view
        persons = {one["id"]: one["person"] for one in view["entries"]}
        entry = next(one for one in view["order"] if persons[one] == name)
        await self.done("give_floor", entry=entry, after=view["newest_turn"])
        turn: str = self.sam.view["floor"]["turn"]
        return turn

    async def clock_stands(self) -> None:
        await self._set_clock(0)

    async def step(self, seconds: float) -> None:
        """The session's clock stands `seconds` later."""
        await self._set_clock(round(seconds * 1_000))

    async def _set_clock(self, later_ms: int) -> None:
        """The alarm of a standing clock never rings, so what has become due is settled by the next command."""
        clock = self.sam.view["clock"]
        real = (await self.sam.ask("clock", {}))["t"]
        shown = clock["session"] + round((real - clock["real"]) * clock["rate"])
        answer = await self.do("set_clock", real=real, session=shown + later_ms, rate=0)
        assert answer["ok"], answer
        await self.sam.until("view", lambda view: view["version"] >= answer["version"])

    async def done(self, kind: str, **fields: object) -> None:
        answer = await self.do(kind, **fields)
        assert answer["ok"], answer

    async def do(self, kind: str, **fields: object) -> Any:
        """A command of the secretariat's."""
        answer = await self.sam.command(f"c{len(self.sam.heard)}-{kind}", kind, **fields)
        if answer["ok"]:
            await self.sam.until("view", lambda view: view["version"] >= answer["version"])
        return answer


@pytest.fixture(scope="session", autouse=True)
def quick_workshops() -> Iterator[None]:
    """Files are made by forks of one process that has read the program, at once: no core is idle beside browsers."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(["isegoria.edges.exports"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workshop, "get_context", lambda _: forks)
        patch.setattr(workshop, "_step_back", os.getpid)
        yield


@pytest.fixture
async def theatre(browser: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with playing(browser, tmp_path, port=free_port()) as here:
        yield here


@asynccontextmanager
async def playing(
    browser: Browser, data: Path, languages: Sequence[str] = ("en", "es"), **settings: Any
) -> AsyncIterator[Theatre]:
    async with replica(data, **settings) as running:
        session = await prepare(running.engine, languages=languages)
        async with connected(running.url, session.id, session.tokens["sam"]) as sam:
            await sam.until("view", lambda view: view["state"] == "open")
            here = Theatre(browser, running, session, sam, [])
            yield here
            for context in here.contexts:
                await context.close()


def button(page: Page | Locator, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name)


async def reach(page: Page, wanted: Locator) -> None:
    """Moves the focus there as the keyboard does: it must be on the way of the Tab key."""
    await expect(wanted).to_be_visible()
    for _ in range(120):
        if await wanted.evaluate("it => it === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not come to {wanted}")


async def no_violations(page: Page) -> None:
    """As axe sees it."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.axe_script)
    results = AxeResults(await page.evaluate("axe.run({ resultTypes: ['violations'] })"))
    assert results.violations_count == 0, results.generate_report()
