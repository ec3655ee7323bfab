"""The addresses of feeds as they are printed: each that is pasted feeds the session."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from isegoria.cli.links import shown_feeds, told_feeds
from isegoria.domain.captions import Feed, StreamText, Wordly
from isegoria.preparation import IssuedFeed
from tests.serving import connected, prepare, replica

PUSHES = IssuedFeed(Feed(id="floor-feed", name="Captions", track="en", language="en"), "SECRET")
FETCHED = [
    IssuedFeed(PUSHES.feed.model_copy(update={"id": "es", "pulled": Wordly(language="es")}), "SECRET"),
    IssuedFeed(PUSHES.feed.model_copy(update={"id": "fr", "pulled": StreamText(event="E")}), "SECRET"),
]


def test_a_feed_that_pushes_is_told_each_of_its_addresses() -> None:
    base = "https://floor.example.org"
    assert list(shown_feeds([PUSHES], base, "s1")) == [
        "feed floor-feed (Captions)",
        f"  Zoom        {base}/closedcaption?id=s1&ns=floor-feed&signature=SECRET",
        f"  YouTube     {base}/closedcaption?cid=s1.floor-feed.SECRET",
        f"  Teams CART  {base}/cartcaption?meetingid=s1.floor-feed&token=SECRET",
        f"  StreamText  {base}/feeds/s1/floor-feed/streamtext?key=SECRET",
        f"  WebVTT      {base}/feeds/s1/floor-feed/webvtt?key=SECRET",
        "  WebSocket   wss://floor.example.org/feeds/s1/floor-feed with the bearer token SECRET",
    ]


def test_a_feed_that_is_fetched_needs_no_address() -> None:
    lines = list(shown_feeds(FETCHED, "https://x", "s1"))
    assert [line for line in lines if "https" in line] == []
    assert [line for line in lines if "fetched" in line] == ["  fetched from Wordly", "  fetched from StreamText"]


WAYS: Mapping[str, tuple[dict[str, str], str]] = {
    "captions": ({"seq": "1"}, "Thank you."),
    "youtube": ({"seq": "1"}, "2025-07-01T13:00:00.000\nThank you.\n"),
    "cart": ({}, "Thank you."),
    "streamtext": ({"seq": "1"}, "Thank you. "),
    "webvtt": ({}, "WEBVTT\n\n00:01.000 --> 00:02.000\nThank you.\n"),
}


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_printed_feeds_the_running_server(way: str, tmp_path: Path) -> None:
    query, body = WAYS[way]
    async with replica(tmp_path / "data") as running, aiohttp.ClientSession() as http:
        session = await prepare(running.engine)
        issued = IssuedFeed(PUSHES.feed, session.secrets["floor-feed"])
        [told] = told_feeds([issued], running.url, "s1")
        async with connected(running.url, "s1", session.tokens["mia"]) as mia:
            await mia.until("view", lambda view: view["state"] == "open")
            await mia.command("1", "start_session")
            assert (await mia.ask("follow", {"tracks": ["en"]}))["ok"]
            async with http.post(_with(told[way], query), data=body) as answer:
                assert answer.status == 200, await answer.text()
            assert await mia.until("captions", _says_thanks)


def _says_thanks(frame: Any) -> bool:
    return any(segment["text"] == "Thank you." and segment["position"] for segment in frame["segments"])


def _with(address: str, query: Mapping[str, str]) -> str:
    return "&".join([address, *(f"{name}={value}" for name, value in query.items())])
