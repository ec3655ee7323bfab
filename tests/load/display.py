"""How far from the truth the clocks on pages are: when a stage in Chromium goes on by a second, and when it should.

By a direct line, and by bad ones whose two directions are not alike. All have one machine's clock, so the truth is
known. That a page draws twenty times a second is part of what is measured, from the first second on.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import aiohttp
from playwright.async_api import Browser, Page, async_playwright

from tests.conftest import CHROMIUM, QUIET
from tests.faults.processes import free_port
from tests.load.scale import Scale
from tests.load.scene import give_floor, moderator
from tests.load.serving import Server, consultations, folder, product
from tests.load.table import Found, Row, percentile, spread
from tests.serving import Consultation

LIMIT = 3_600_000
DIRECT = "by a direct line"
NOTE = """() => {
  window.flips = [];
  const clock = document.querySelector("[role=timer]");
  new MutationObserver(() => window.flips.push(Date.now())).observe(clock, {
    characterData: true, childList: true, subtree: true,
  });
}"""


@dataclass(frozen=True, slots=True)
class Road:
    """How long bytes are on their way in ms, drawn anew for each piece of them; they stay in order."""

    name: str
    to_server: tuple[float, float]
    from_server: tuple[float, float]


ROADS = (
    Road("200 to 300 ms each way", (200, 300), (200, 300)),
    Road("a loaded mobile line: 60 to 400 ms there, 60 to 160 ms back", (60, 400), (60, 160)),
)


async def measure(scale: Scale) -> Found:
    async with folder() as data:
        (consultation,) = await consultations(data, ["s1"], LIMIT)
        async with AsyncExitStack() as stack:
            port = free_port()
            near = [await stack.enter_async_context(_road(one, port)) for one in ROADS]
            server = await stack.enter_async_context(product(data, port, near))
            browser = await stack.enter_async_context(_chromium())
            await give_floor(await moderator(server, consultation), "ana", None)
            path = f"/s/{consultation.id}/stage#{consultation.tokens['stage']}"
            began = await _began(server, consultation)
            direct, *others = await asyncio.gather(
                *(_errors(browser, one + path, began, scale.seconds) for one in (server.url, *near))
            )
    rows = [Row("display", f"ms that it is wrong {DIRECT}, p99", percentile(direct, 99), 0, "-")]
    for road, errors in zip(ROADS, others, strict=True):
        rows += spread("display", f"ms that it is wrong by {road.name}", errors, direct, DIRECT)
    return Found(rows)


async def _began(server: Server, consultation: Consultation) -> int:
    """When the turn began, in ms of the engine's time: a rehearsal's clock of rate 1 may be set otherwise."""
    headers = {"Authorization": f"Bearer {consultation.tokens['stage']}"}
    path = f"/api/sessions/{consultation.id}"
    async with aiohttp.ClientSession(server.url, headers=headers) as http, http.get(path) as answer:
        view = await answer.json()
    clock, floor = view["clock"], view["floor"]
    return int(clock["real"] + floor["began_at"] - clock["session"])


async def _errors(browser: Browser, address: str, began: int, seconds: int) -> list[float]:
    page: Page = await browser.new_page()
    await page.goto(address)
    await page.locator("[role=timer]").wait_for()
    await page.evaluate(NOTE)
    await asyncio.sleep(seconds)
    flips = await page.evaluate("window.flips")
    await page.close()
    return [abs((flip - began + 500) % 1_000 - 500) for flip in flips]


@asynccontextmanager
async def _chromium() -> AsyncIterator[Browser]:
    program = os.environ.get("ISEGORIA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=[*QUIET, "--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def _road(road: Road, port: int) -> AsyncIterator[str]:
    """The address at its near end."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far, to_server = await asyncio.open_connection("127.0.0.1", port)
        with suppress(asyncio.CancelledError):  # the end of the road
            await asyncio.gather(_slowly(reader, to_server, road.to_server), _slowly(far, writer, road.from_server))

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def _slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, between: tuple[float, float]) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time()
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            due = max(due, loop.time() + random.uniform(*between) / 1_000)
            loop.call_at(due, writer.write, data)
    loop.call_at(due, writer.close)
