"""The shipped dashboard asks for what a running server tells, and for all of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.docker.engines import SHIPPED, until
from tests.serving import connected, prepare, replica

WORDS = re.compile(r"\b(?:isegoria|process)_\w+")
OF_THE_LIBRARY = ("process_", "python_")


@pytest.fixture(scope="module")
def board() -> Any:
    return json.loads((SHIPPED / "grafana/isegoria.json").read_text())


def asked(board: Any) -> set[str]:
    """The names of all series that its panels ask for."""
    texts = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
    return {name for text in texts for name in WORDS.findall(text)}


async def told(url: str) -> str:
    async with aiohttp.ClientSession() as http, http.get(f"{url}/metrics") as answer:
        return await answer.text()


def series(text: str) -> set[str]:
    """The names under which what is told is kept, from its types: what has labels may have told nothing yet."""
    names = set()
    for name, kind in re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE):
        names |= {f"{name}_bucket", f"{name}_sum", f"{name}_count"} if kind == "histogram" else {name}
    return {name for name in names if not name.endswith("_created")}


async def test_the_dashboard_asks_for_what_there_is_and_leaves_nothing_out(tmp_path: Path, board: Any) -> None:
    async with replica(tmp_path) as running:
        known = series(await told(running.url))
    assert asked(board) - known == set()
    ours = {name.removesuffix("_bucket") for name in known if not name.endswith(("_sum", "_count"))}
    unused = {name for name in ours if not name.startswith(OF_THE_LIBRARY)}
    assert unused - {name.removesuffix("_bucket") for name in asked(board)} == set()


def test_its_panels_stand_side_by_side(board: Any) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        columns = range(place["x"], place["x"] + place["w"])
        cells = {(x, y) for x in columns for y in range(place["y"], place["y"] + place["h"])}
        assert max(columns) < 24
        assert not cells & taken, panel["title"]
        taken |= cells
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


async def test_what_is_told_names_nobody(tmp_path: Path) -> None:
    """Session ids, tracks and feeds are all that a session has in a label."""
    async with replica(tmp_path) as running:
        session = await prepare(running.engine)
        async with connected(running.url, "s1", session.tokens["mia"]) as mia:
            await mia.until("view", lambda view: view["state"] == "open")
            assert (await mia.command("1", "start_session"))["ok"]
            await mia.until("status", lambda status: status["feeds"])
            text = await told(running.url)
    for word in ("Mia", "mia", "Ana", "consultation", "Porto Alegre", session.tokens["mia"]):
        assert word not in text
    labels = {name for line in text.splitlines() for name in re.findall(r'(\w+)="', line)}
    python = {"version", "major", "minor", "patchlevel", "implementation", "generation"}
    ours = {"role", "outcome", "event", "reason", "transport", "state", "stage", "session", "track", "feed", "le"}
    assert labels <= ours | python


async def test_what_happens_is_counted(tmp_path: Path) -> None:
    async def value(name: str) -> float:
        lines = (await told(running.url)).splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    async with replica(tmp_path) as running:
        session = await prepare(running.engine)
        counted = ("isegoria_engine_seconds_count", "isegoria_journal_lag_seconds_count")
        before = [await value(name) for name in counted]
        ended = await value("isegoria_turn_end_late_seconds_count")
        async with (
            connected(running.url, "s1", session.tokens["mia"]) as mia,
            connected(running.url, "s1", session.tokens["attendee"], transports=("polling",)),
        ):
            assert await value('isegoria_connections{transport="websocket"}') == 1
            assert await value('isegoria_connections{transport="polling"}') == 1
            await mia.until("view", lambda view: view["state"] == "open")
            assert (await mia.command("1", "start_session"))["ok"]
            assert (await mia.command("2", "inscribe", person="ana", segment="one"))["ok"]
            view = await mia.until("view", lambda view: view["order"])
            assert (await mia.command("3", "give_floor", entry=view["order"][0], after=None))["ok"]
            closes_at = (await mia.until("view", lambda view: view["floor"]))["floor"]["closes_at"]
            assert (await mia.command("4", "set_clock", real=view["at"], session=closes_at - 200, rate=1))["ok"]
            await mia.until("view", lambda view: view["turns"] and view["turns"][0]["ended_at"])
            assert await value("isegoria_turn_end_late_seconds_count") == ended + 1
            assert await value('isegoria_sessions{state="live"}') == 1
            assert await value('isegoria_feed_state{feed="floor-feed",session="s1",state="never",track="en"}') == 1
        assert all([await value(name) >= was + 4 for name, was in zip(counted, before, strict=True)])
        assert await value("isegoria_ready") == 1
        assert await value("isegoria_stream_lag_seconds") < 3
        await until(lambda: _looked(value))


async def _looked(value: Any) -> bool:
    return bool(await value("isegoria_event_loop_lag_seconds_count") >= 3)
