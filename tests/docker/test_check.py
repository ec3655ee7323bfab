"""`check` beside a running server: what becomes of the captions, feed by feed."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from isegoria.domain.session import Session
from isegoria.preparation.readiness import heard, readiness
from isegoria.store.engine import Engine
from isegoria.views.models import FeedView
from tests.docker.engines import until
from tests.serving import Consultation, connected, prepare, replica

FEED = FeedView(
    feed="en-feed",
    name="English",
    tracks=("en",),
    language="en",
    source=True,
    state="ok",
    last_at=10_000,
    speech_delay=None,
    delay=None,
    dropped=0,
    last_line="",
    pulled=None,
    link=None,
    problem="",
)


def told(**changes: object) -> tuple[str, str]:
    """What is told of such a feed at second 15, and what to do."""
    finding = heard(Session(id="s1"), FEED.model_copy(update=changes), 15_000)
    assert finding.what == "captions s1 en"
    return finding.told, finding.todo


def test_a_feed_that_is_heard_needs_nothing() -> None:
    assert told() == ("from en-feed, last heard 5 s ago", "")
    figures, _ = told(speech_delay=2_340, delay=410, dropped=2)
    for figure in ("2.3 s after it was spoken", "0.4 s from receipt to readers", "2 not understood, or lost"):
        assert f", {figure}" in figures
    assert told(state="muted")[0].startswith("en-feed stands by")
    assert told(state="muted")[1] == ""


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"state": "never", "last_at": None}, "send a line"),
        ({"state": "silent"}, "Look at its program"),
        ({"state": "muted", "link": "refused", "problem": "no such session"}, "(no such session)"),
    ],
)
def test_a_feed_that_is_not_heard_says_what_to_do(changes: dict[str, object], advice: str) -> None:
    assert advice in told(**changes)[1]


async def test_check_tells_how_the_feeds_of_a_running_session_do(tmp_path: Path) -> None:
    async with replica(tmp_path) as running:
        session = await prepare(running.engine)
        async with connected(running.url, "s1", session.tokens["mia"]) as mia:
            await mia.until("view", lambda view: view["state"] == "open")
            assert (await mia.command("1", "start_session"))["ok"]
            await say(running.url, session)
        await until(lambda: _all_is_well(running.engine, tmp_path, "captions s1 en"))
        found = {one.what: one for one in await readiness(running.engine, tmp_path, "s1")}
    assert "last heard" in found["captions s1 en"].told
    assert found["captions s1 es"].told == "from es-feed, nothing has come yet"
    assert not found["captions s1 es"].ok


async def _all_is_well(engine: Engine, data: Path, what: str) -> bool:
    return any(one.what == what and one.ok for one in await readiness(engine, data, "s1"))


async def say(url: str, session: Consultation) -> None:
    query = {"id": "s1", "ns": "floor-feed", "expire": "1", "sparams": "id,ns,expire", "seq": "0"}
    query["signature"] = session.secrets["floor-feed"]
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{url}/closedcaption", params=query, data="Good morning.") as answer,
    ):
        assert answer.status == 200
