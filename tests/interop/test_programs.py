"""Caption programs from the field, all at once into one session, each in a language of its own.

Real programs are npm's lcyt, PyPI's lcyt and zoom-narrator, and ffmpeg; Teams and StreamText are requests of the shape
that these send. What they say is the Universal Declaration of Human Rights.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import resources
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from isegoria.domain.captions import normal
from tests.interop.readers import ana_speaks, finals
from tests.interop.running import ffmpeg, lcyt_npm, lcyt_pypi, subtitles, zoom_narrator
from tests.serving import Client, Consultation, connected, prepare, replica

LANGUAGES = ("en", "fr", "ar", "ru", "zh", "pt")
ARTICLES = slice(1, 7)
LONGEST = 190
"""Where text comes as characters, a longer sentence is kept in parts."""
TYPED = 40
AT_ONCE = 3
"""Tracks that one reader follows."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
"""What curl says of a body, whatever it is."""


def declaration(language: str) -> list[str]:
    """Sentences of some articles, but those that are too long for a caption."""
    built = resources.files("isegoria") / "static" / "udhr" / f"{language}.json"
    articles = json.loads(built.read_text(encoding="utf-8"))[ARTICLES]
    return [text for article in articles for text in article["sentences"] if len(text) < LONGEST]


def in_two_lines(text: str) -> str:
    middle = text.index(" ", len(text) // 2)
    return f"{text[:middle]}<br>{text[middle + 1 :]}"


SENT = {language: declaration(language) for language in LANGUAGES}
SENT["ar"] = [in_two_lines(text) for text in SENT["ar"]]
SENT["fr"] = [in_two_lines(text).replace("<br>", "\n") for text in SENT["fr"]]


async def test_six_programs_at_once_and_every_reader_has_exactly_what_was_sent(tmp_path: Path) -> None:
    async with replica(tmp_path / "data") as running, AsyncExitStack() as stack:
        session = await prepare(running.engine, languages=LANGUAGES)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        mia = await stack.enter_async_context(connected(running.url, "s1", session.tokens["mia"]))
        await ana_speaks(mia)
        readers = [
            await stack.enter_async_context(_reader(running.url, session, transport, tracks))
            for transport in ("websocket", "polling")
            for tracks in (LANGUAGES[:AT_ONCE], LANGUAGES[AT_ONCE:])
        ]
        await _all_at_once(running.url, session, http, tmp_path)
        for number, reader in enumerate(readers):
            for track in (LANGUAGES[:AT_ONCE], LANGUAGES[AT_ONCE:])[number % 2]:
                assert await finals(reader, track, len(SENT[track])) == list(map(normal, SENT[track]))
        headers = {"Authorization": f"Bearer {session.tokens['mia']}"}
        async with http.get(f"{running.url}/api/sessions/s1/record.json", headers=headers) as answer:
            [intervention] = (await answer.json())["interventions"]
    kept = {track: [line["text"] for line in lines] for track, lines in intervention["captions"].items()}
    assert kept == {language: list(map(normal, texts)) for language, texts in SENT.items()}


async def _all_at_once(url: str, session: Consultation, http: aiohttp.ClientSession, folder: Path) -> None:
    feeds = {"en": "floor-feed"} | {language: f"{language}-feed" for language in LANGUAGES if language != "en"}
    secret = {language: session.secrets[feed] for language, feed in feeds.items()}
    for language in ("en", "fr"):
        (folder / f"{language}.srt").write_text(subtitles(SENT[language]))
    lasts_s = float(len(SENT["en"]))
    zoom = urlencode({"id": "s1", "ns": feeds["en"], "signature": secret["en"]})
    youtube = {language: f"{url}/closedcaption?cid=s1.{feed}.{secret[language]}" for language, feed in feeds.items()}
    webvtt = f"{url}/feeds/s1/{feeds['fr']}/webvtt?key={secret['fr']}"
    await asyncio.gather(
        zoom_narrator(f"{url}/closedcaption?{zoom}", folder / "en.srt", folder, lasts_s),
        ffmpeg(webvtt, folder / "fr.srt", folder),
        lcyt_npm(youtube["ar"], SENT["ar"], folder),
        _in_two_runs(youtube["ru"], SENT["ru"], folder),
        _teams(http, f"{url}/cartcaption?meetingid=s1.{feeds['zh']}&token={secret['zh']}", SENT["zh"]),
        _streamtext(http, f"{url}/feeds/s1/{feeds['pt']}/streamtext?key={secret['pt']}", SENT["pt"]),
    )


async def _in_two_runs(address: str, texts: Sequence[str], folder: Path) -> None:
    """A program that is started again counts from 0 again."""
    await lcyt_pypi(address, texts[:4], folder)
    await lcyt_pypi(address, texts[4:], folder)


async def _teams(http: aiohttp.ClientSession, address: str, texts: Sequence[str]) -> None:
    for text in texts:
        headers = {"Content-Type": "text/plain"}
        async with http.post(f"{address}&lang=zh-cn", data=text.encode(), headers=headers) as answer:
            assert answer.status == 200, await answer.text()


async def _streamtext(http: aiohttp.ClientSession, address: str, texts: Sequence[str]) -> None:
    """A few characters a request, as they were typed: with a slip in each that is taken back in the next request."""
    typed = "".join(f"{text}\n" for text in texts)
    for seq, at in enumerate(range(0, len(typed), TYPED), start=1):
        body = "\b\b" * (seq > 1) + typed[at : at + TYPED] + "ãx"
        async with http.post(f"{address}&seq={seq}&lang=pt", data=body.encode(), headers=FORM) as answer:
            assert answer.status == 200, await answer.text()
    async with http.post(f"{address}&seq={len(typed)}&lang=pt", data=b"\b\b", headers=FORM) as answer:
        assert answer.status == 200, await answer.text()


@asynccontextmanager
async def _reader(url: str, session: Consultation, transport: str, tracks: Sequence[str]) -> AsyncIterator[Client]:
    client = f"{transport}-{tracks[0]}"
    async with connected(url, "s1", session.tokens["attendee"], client, (transport,)) as reader:
        assert (await reader.ask("follow", {"tracks": list(tracks)}))["ok"]
        yield reader
