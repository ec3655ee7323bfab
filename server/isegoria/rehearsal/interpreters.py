"""The rehearsal's captions at the pace of speech, whoever has the floor: each feed's revisions at their own moments."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from itertools import cycle

from isegoria.rehearsal.audience import Ledger
from isegoria.rehearsal.captioner import LANGUAGES, WORDS_A_SECOND, WORDS_AT_ONCE, Passage, begun, passages
from isegoria.rehearsal.light import WebSocket

STEP_S = WORDS_AT_ONCE / WORDS_A_SECOND


class Interpreters:
    """`feeds` are the open connections by feed, `tracks` say where each feed is read."""

    def __init__(self, ledger: Ledger, feeds: Mapping[str, WebSocket], tracks: Mapping[str, str]) -> None:
        self._ledger, self._feeds, self._tracks = ledger, feeds, tracks
        self._passages = cycle(list(passages()))
        self._count = 0

    async def speak(self, seconds: float) -> None:
        """For so long; the passage that is under way is cut short, as when somebody is interrupted."""
        began = asyncio.get_running_loop().time()
        last = round(seconds / STEP_S)
        step = 0
        while step <= last:
            self._count += 1
            for texts in _steps(next(self._passages), last - step):
                await self._say(texts, began + step * STEP_S)
                step += 1

    async def _say(self, texts: list[tuple[str, str, int, bool]], at: float) -> None:
        """One revision of each feed, spread over a step."""
        loop = asyncio.get_running_loop()
        for number, (feed, text, revision, final) in enumerate(texts):
            await asyncio.sleep(at + number * STEP_S / len(texts) - loop.time())
            if feed in self._feeds:
                self._send(feed, text, revision, final=final)

    def _send(self, feed: str, text: str, revision: int, *, final: bool) -> None:
        status = "final" if final else "partial"
        segment = {"segment_id": f"c{self._count}", "status": status, "revision": revision, "text": text}
        self._ledger.say((self._tracks[feed], f"c{self._count}", revision), final=final)
        self._feeds[feed].send(json.dumps(segment))


def _steps(passage: Passage, most: int) -> Iterator[list[tuple[str, str, int, bool]]]:
    """(feed, text, revision, whether it is final) of each feed, in so many steps at most and a last one."""
    words = len(passage["floor"].split())
    for said in range(WORDS_AT_ONCE, min(words, (most + 1) * WORDS_AT_ONCE), WORDS_AT_ONCE):
        yield [(feed, begun(text, said / words, LANGUAGES[feed]), said, False) for feed, text in passage.items()]
    yield [(feed, text, words + 1, True) for feed, text in passage.items()]


@asynccontextmanager
async def speaking(
    url: str, session: str, secrets: Mapping[str, str], tracks: Mapping[str, str], ledger: Ledger
) -> AsyncIterator[Interpreters]:
    """With a connection for each feed that there is text for. Raises OSError, TimeoutError."""
    feeds: dict[str, WebSocket] = {}
    try:
        for feed in LANGUAGES.keys() & secrets.keys():
            feeds[feed] = WebSocket(url, f"/feeds/{session}/{feed}", _unheard, bearer=secrets[feed])
            await feeds[feed].connect()
        yield Interpreters(ledger, feeds, tracks)
    finally:
        for socket in feeds.values():
            socket.close()


def _unheard(_: bytes) -> None:
    """A feed is told only what is wrong with its messages."""
