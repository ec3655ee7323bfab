"""The engine freezes under a living server: pages stay, say so, change nothing, and go on by themselves."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import expect

from isegoria.domain.values import Role
from tests.browser.conftest import DESK, PHONE, Theatre, button, no_violations


@contextmanager
def frozen(data: Path) -> Iterator[None]:
    """The engine of that data folder answers nobody."""
    engine = json.loads((data / "engine.json").read_text(encoding="utf-8"))["pid"]
    os.kill(engine, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(engine, signal.SIGCONT)


async def test_while_the_engine_is_away_pages_only_show(theatre: Theatre, tmp_path: Path) -> None:
    await theatre.done("start_session")
    for name in ("ana", "bob"):
        await theatre.done("inscribe", person=name, segment="one")
    await theatre.give_floor("ana")
    mia = await theatre.page("mia", Role.MODERATOR, DESK)
    bob = await theatre.page("bob", Role.SPEAKER, PHONE)
    reader = await theatre.page("attendee", Role.ATTENDEE, DESK)
    await expect(bob.get_by_role("heading", name="You are next")).to_be_visible()
    for page in (mia, reader):
        await expect(page.get_by_role("timer")).to_have_text(re.compile("^2:5"))
    ends = mia.get_by_role("button", name="End", exact=True)
    with frozen(tmp_path):
        await expect(mia.get_by_text("The server is there, but its engine is not.")).to_be_visible()
        await expect(mia.get_by_text("Engine away, read-only")).to_be_visible()
        await expect(ends).to_be_disabled()
        await no_violations(mia)
        # Everyone is told, those who only read as well.
        await expect(bob.get_by_text("Read only")).to_be_visible()
        await expect(reader.get_by_text("The server cannot save anything at the moment.")).to_be_visible()
        await expect(bob.get_by_text("nothing can be changed until it is back")).to_be_visible()
        await expect(button(bob, "I'm ready")).to_be_disabled()
        # Clocks run on: they are arithmetic on instants that the pages have.
        for page in (mia, reader):
            shown = await page.get_by_role("timer").inner_text()
            await expect(page.get_by_role("timer")).not_to_have_text(shown)
    await expect(mia.get_by_text("All saved")).to_be_visible()
    await expect(ends).to_be_enabled()
    for page in (bob, reader):
        await expect(page.get_by_text("The server cannot save anything at the moment.")).to_have_count(0)
    await button(bob, "I'm ready").click()
    await expect(bob.get_by_text("The moderator sees that you are ready.")).to_be_visible()
    assert theatre.sam.view["entries"][1]["readiness"] == "ready"
    await mia.keyboard.press("e")
    await expect(mia.get_by_text(re.compile("Ana Example ended"))).to_be_visible()
