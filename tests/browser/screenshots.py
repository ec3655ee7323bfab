"""The pictures of the README: `python -m tests.browser.screenshots` plays a rehearsal and photographs its pages.

The play runs fast until a good part of the speakers was heard; then a person takes over, at the pace of people.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal, NamedTuple

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests.conftest import CHROMIUM, QUIET
from tests.faults.processes import free_port
from tests.serving import Client, connected

FOLDER = Path(__file__).parents[2] / "client" / "screenshots"
HEARD = 10
SIZES: dict[str, ViewportSize] = {
    "moderator": {"width": 1440, "height": 900},
    "rapporteur": {"width": 1440, "height": 900},
    "speaker": {"width": 390, "height": 844},
    "attendee": {"width": 1280, "height": 800},
    "stage": {"width": 1280, "height": 720},
}
PHONE: ViewportSize = {"width": 390, "height": 844}
READERS: dict[str, tuple[str, Literal["light", "dark"]]] = {"reader-ar": ("ar", "dark"), "reader-zh": ("zh", "light")}
"""Attendees on a phone: the captions that they read, and their theme."""
PARTS = ("statistics", "report")
"""Of the rapporteur's page."""
STRIP: ViewportSize = {"width": 960, "height": 270}
SCENE = "document.documentElement.style.cssText = 'background: {} !important; min-height: 100vh'".format(
    "linear-gradient(165deg, #b9c8cf, #7b93a0 45%, #40574f 62%, #cfc6b4 90%)"
)
"""What lies under the strip: no picture of anybody, but light and dark."""
LINK = re.compile(r"^(moderator|rapporteur|speaker|attendee|stage) +(\S.*?) +(http://\S+/s/(\S+)/\w+#(\S+))$")
LAST = "synthetic moderator"


class Link(NamedTuple):
    role: str
    name: str
    address: str
    session: str
    token: str


async def main() -> None:
    data = tempfile.mkdtemp()
    port = str(free_port())
    command = ["-m", "isegoria", "--data", data, "rehearse", "--speed", "60", "--port", port]
    rehearsal = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    try:
        links = await _links(rehearsal)
        moderator_link = next(link for link in links if link.role == "moderator")
        async with connected(f"http://127.0.0.1:{port}", moderator_link.session, moderator_link.token) as moderator:
            await moderator.until("view", lambda view: view["heard"] >= HEARD and view["floor"], within_s=120)
            await _slow_down(moderator)
            await _photograph(links, moderator)
    finally:
        rehearsal.terminate()
        await rehearsal.wait()
        shutil.rmtree(data, ignore_errors=True)


async def _links(rehearsal: asyncio.subprocess.Process) -> list[Link]:
    """What it prints before it begins."""
    assert rehearsal.stdout
    found: list[Link] = []
    while LAST not in (line := (await rehearsal.stdout.readline()).decode()):
        assert line, "the rehearsal ended before it had printed its links"
        if match := LINK.match(line.strip()):
            found.append(Link(*match.groups()))
    return found


async def _slow_down(moderator: Client, later_ms: int = 0) -> None:
    clock = moderator.view["clock"]
    real = (await moderator.ask("clock", {}))["t"]
    session = round(clock["session"] + (real - clock["real"]) * clock["rate"]) + later_ms
    answer = await moderator.command(f"clock-{real}", "set_clock", real=real, session=session, rate=1)
    assert answer["ok"], answer
    await moderator.until("view", lambda view: view["version"] >= answer["version"])


async def _photograph(links: list[Link], moderator: Client) -> None:
    FOLDER.mkdir(exist_ok=True)
    program = os.environ.get("ISEGORIA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)))
    view = moderator.view
    if view["floor"]:
        await moderator.command("end", "end_turn", turn=view["floor"]["turn"])
        view = await moderator.until("view", lambda view: view["floor"] is None and view["heard"] > HEARD)
    name = next(entry["who"]["name"] for entry in view["entries"] if entry["id"] == view["order"][0])
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=[*QUIET, "--no-sandbox"])
        shown = {link.role: link for link in reversed(links) if link.role != "speaker" or link.name == name}
        pages = {role: await _opened(browser, link.address, SIZES[role]) for role, link in shown.items()}
        pages |= await _readers(browser, shown["attendee"].address)
        for part in PARTS:
            pages[part] = await _opened(browser, shown["rapporteur"].address, SIZES["rapporteur"])
            await pages[part].get_by_role("link", name=part.title()).click()
        await moderator.command("give", "give_floor", entry=view["order"][0], after=view["newest_turn"])
        await moderator.until("view", lambda now: now["floor"] and now["version"] > view["version"])
        # Captions come in while the turn runs; then it is nearly over, and some more come in.
        await asyncio.sleep(20)
        await _slow_down(moderator, 100_000)
        await asyncio.sleep(6)
        await pages["rapporteur"].locator(".turns button", has_text="1 quote").last.click()
        for role, page in pages.items():
            await page.screenshot(path=FOLDER / f"{role}.png")
        await browser.close()


async def _readers(browser: Browser, address: str) -> dict[str, Page]:
    pages = {}
    for name, (track, theme) in READERS.items():
        pages[name] = await _opened(browser, address, PHONE, color_scheme=theme)
        await pages[name].evaluate("track => localStorage.setItem('isegoria.captions', track)", track)
        await pages[name].reload()
    pages["strip"] = await _opened(browser, address.replace("/attendee#", "/strip?track=es&size=40#"), STRIP)
    await pages["strip"].evaluate(SCENE)
    return pages


async def _opened(browser: Browser, address: str, size: ViewportSize, **settings: Any) -> Page:
    context = await browser.new_context(viewport=size, locale="en-GB", timezone_id="Europe/Madrid", **settings)
    page = await context.new_page()
    await page.goto(address)
    return page


if __name__ == "__main__":
    asyncio.run(main())
