"""Captions on a fixed schedule, said to the product by a feed, and to the stock server by a client."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TypeAlias

from tests.load.pace import due
from tests.load.readers import Guest, WebSocket

EVERY_S = 0.1
"""Partials and finals in turn: five of each a second."""
WARM_UP = 20
"""Captions that are not timed. That none is lost holds for them as well."""
LENGTH = 300
TRACK = "en"
FEED = "floor-feed"
WORDS = "and so the city has opened what the region had closed, with the people who live there, "

Say: TypeAlias = Callable[[int, int, str, bool], None]
"""(segment, revision, text, whether it is final)."""


def text_of(number: int, at: int, *, final: bool) -> str:
    """Words that carry which caption it is, and when it was due; 0 for one that is not timed."""
    stamp = f"@@{'f' if final else 'p'}{number}:{at}@@ "
    return (stamp + WORDS * 5)[:LENGTH]


async def speak(say: Say, captions: int) -> None:
    """Partial and final of one segment after the other, on a fixed schedule."""
    async for number, at in due(captions, EVERY_S):
        segment, final = divmod(number, 2)
        text = text_of(segment, at if number >= WARM_UP else 0, final=bool(final))
        say(segment, 1 + final, text, bool(final))


def feed_into(socket: WebSocket, language: str = TRACK) -> Say:
    """Says captions as a feed does."""

    def say(segment: int, revision: int, text: str, final: bool) -> None:
        status = "final" if final else "partial"
        caption = {"segment_id": str(segment), "status": status, "revision": revision, "text": text}
        socket.send(json.dumps({**caption, "language": language}))

    return say


def publish_by(guest: Guest, language: str = TRACK) -> Say:
    """Has the stock server send frames of the same size as ours."""

    def say(segment: int, revision: int, text: str, final: bool) -> None:
        status, position, now = ("final", segment + 1, time.time_ns() // 1_000_000) if final else ("partial", None, 0)
        shown = {"id": f"{FEED}:{language}:1-{segment}", "revision": revision, "status": status, "language": language}
        shown |= {"origin": "machine", "is_translation": False, "text": text, "spoken_at": now, "position": position}
        shown |= {"reason": None, "ends_at": None, "label": None}
        frame = {"track": language, "after": segment, "position": segment + final, "segments": [shown]}
        guest.ask("publish", [language, {**frame, "more": False, "test": False}])

    return say
