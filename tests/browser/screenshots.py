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

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests.conftest import CHROMIUM, QUIET
from tests.faults.processes import free_port
from tests.serving import Client, connected

FOLDER = Path(__file__).parents[2] / "client" / "screenshots"
HEARD = 10
SIZES: dict[str, ViewportSize] = {
    "moderator": {"width": 1440, "height": 900},
    "speaker": {"width": 390, "height": 844},
    "attendee": {"width": 1280, "height": 800},
    "stage": {"width": 1280, "height": 720},
}
LINK = re.compile(r"(http://\S+/s/(\S+)/(moderator|speaker|attendee|stage)#(\S+))")


async def main() -> None:
    data = tempfile.mkdtemp()
    port = str(free_port())
    command = ["-m", "isegoria", "--data", data, "rehearse", "--speed", "60", "--port", port]
    rehearsal = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    try:
        links = await _links(rehearsal)
        session, token = links["moderator"][1:]
        async with connected(f"http://127.0.0.1:{port}", session, token) as moderator:
            await moderator.until("view", lambda view: view["heard"] >= HEARD and view["floor"], within_s=120)
            await _slow_down(moderator)
            await _photograph({role: link[0] for role, link in links.items()}, moderator)
    finally:
        rehearsal.terminate()
        await rehearsal.wait()
        shutil.rmtree(data, ignore_errors=True)


async def _links(rehearsal: asyncio.subprocess.Process) -> dict[str, tuple[str, str, str]]:
    """Role -> address, session, token: the first of each that is printed."""
    assert rehearsal.stdout
    found: dict[str, tuple[str, str, str]] = {}
    while found.keys() != SIZES.keys():
        line = (await rehearsal.stdout.readline()).decode()
        assert line, "the rehearsal ended before it printed its links"
        if match := LINK.search(line):
            found.setdefault(match[3], (match[1], match[2], match[4]))
    return found


async def _slow_down(moderator: Client, later_ms: int = 0) -> None:
    clock = moderator.view["clock"]
    real = (await moderator.ask("clock", {}))["t"]
    session = round(clock["session"] + (real - clock["real"]) * clock["rate"]) + later_ms
    answer = await moderator.command(f"clock-{real}", "set_clock", real=real, session=session, rate=1)
    assert answer["ok"], answer
    await moderator.until("view", lambda view: view["version"] >= answer["version"])


async def _photograph(addresses: dict[str, str], moderator: Client) -> None:
    FOLDER.mkdir(exist_ok=True)
    program = os.environ.get("ISEGORIA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=[*QUIET, "--no-sandbox"])
        pages = {role: await _opened(browser, address, SIZES[role]) for role, address in addresses.items()}
        view = moderator.view
        if view["floor"]:
            await moderator.command("end", "end_turn", turn=view["floor"]["turn"])
            view = await moderator.until("view", lambda view: view["floor"] is None and view["heard"] > HEARD)
        await moderator.command("give", "give_floor", entry=view["order"][0], after=view["newest_turn"])
        await moderator.until("view", lambda now: now["floor"] and now["version"] > view["version"])
        # Captions come in while the turn runs.
        await asyncio.sleep(25)
        await _slow_down(moderator, 100_000)
        await asyncio.sleep(2)
        for role, page in pages.items():
            await page.screenshot(path=FOLDER / f"{role}.png")
        await browser.close()


async def _opened(browser: Browser, address: str, size: ViewportSize) -> Page:
    context = await browser.new_context(viewport=size, locale="en-GB", timezone_id="Europe/Madrid")
    page = await context.new_page()
    await page.goto(address)
    return page


if __name__ == "__main__":
    asyncio.run(main())
