"""The caption endpoint that programs know from YouTube's live streams, "closed caption POST requirements".

`POST /closedcaption?cid=KEY&seq=N`, body: again and again a line with a time and the lines of a caption,

    2025-07-01T13:00:00.000 region:reg1#cue1
    Thank you,<br>Madam Chair.

An empty body is a heartbeat: `seq` does not advance with it, and the answer, as to every post, is the server's time, by
which programs set their clocks. In our addresses KEY is `SESSION.FEED.SECRET`. Repeats and restarts as in C16.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from isegoria.domain.captions import Caption, Mode
from isegoria.domain.revisions import FeedState
from isegoria.domain.values import SECOND, Instant, Millis
from isegoria.feeds.addresses import Address
from isegoria.feeds.languages import language_tag
from isegoria.feeds.numbered import fresh_line

MODE: Final = Mode.APPEND

FURTHEST: Millis = 60 * SECOND
"""How far from the server's a program's clock may be: beyond, a caption counts as spoken when it came."""
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)Z?(?:\s+\[?region:[^\s\]]*\]?)?\s*", re.ASCII)


def address(query: Mapping[str, str]) -> Address | None:
    """None if a part is missing."""
    parts = query.get("cid", "").split(".", maxsplit=2)
    return Address(*parts) if len(parts) == 3 and all(parts) else None


def is_heartbeat(body: bytes) -> bool:
    return not body.strip()


def accept(state: FeedState, seq: int, lang: str | None, body: bytes, now: Instant) -> tuple[FeedState, list[Caption]]:
    """What a post that came at `now` (real time) adds: nothing if it is a repeat or a heartbeat."""
    line = None if is_heartbeat(body) else fresh_line(state, seq, body)
    if line is None:
        return state, []
    state, name = line
    language = language_tag(lang)
    return state, [
        Caption(segment_id=f"{name}-{number}", text=text, language=language, starts_at=_believed(at, now))
        for number, (at, text) in enumerate(_captions(body))
    ]


def _captions(body: bytes) -> Iterator[tuple[Instant | None, str]]:
    """The captions of a body with their times; what stands before the first time has none."""
    at: Instant | None = None
    lines: list[str] = []
    for line in re.split(r"\r\n|\r|\n", body.decode("utf-8-sig", errors="replace")):
        time = _TIME.fullmatch(line)
        if time is None:
            lines.append(line)
            continue
        yield from _said(at, lines)
        at, lines = _instant(time[1]), []
    yield from _said(at, lines)


def _said(at: Instant | None, lines: list[str]) -> Iterator[tuple[Instant | None, str]]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield at, text


def _instant(written: str) -> Instant | None:
    """None for a time that does not exist."""
    try:
        return round(datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return None


def _believed(at: Instant | None, now: Instant) -> Instant | None:
    return at if at is not None and abs(at - now) <= FURTHEST else None
