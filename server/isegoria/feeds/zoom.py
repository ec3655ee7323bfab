"""The caption endpoint that programs know from Zoom, "POST caption API for third-party captioning services".

`POST /closedcaption?id=&ns=&signature=...&seq=N&lang=xx-XX`, body text/plain; `seq` stays the same on a retry. Clients
begin at 0 or at 1, and begin anew after a restart (C16). In our addresses `id` is the session, `ns` the feed, and
`signature` the feed's secret, so that any program that accepts a Zoom caption address feeds us unchanged.

A program that sends its whole window of lines for every word is read in rolling.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from isegoria.domain.captions import Caption, Mode
from isegoria.domain.revisions import FeedState
from isegoria.domain.values import Instant
from isegoria.feeds.addresses import Address
from isegoria.feeds.languages import language_tag
from isegoria.feeds.numbered import fresh_line

MODE: Final = Mode.APPEND

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def address(query: Mapping[str, str]) -> Address | None:
    """None if a part is missing."""
    parts = [query.get(name, "") for name in ("id", "ns", "signature")]
    return Address(*parts) if all(parts) else None


def accept(state: FeedState, seq: int, lang: str | None, body: bytes) -> tuple[FeedState, list[Caption]]:
    """What a post adds: nothing if it is a repeat or empty. Bytes that are not UTF-8 become U+FFFD, because one client
    counts characters instead of bytes and cuts its last character.
    """
    line = fresh_line(state, seq, body)
    if line is None:
        return state, []
    state, name = line
    text = body.decode(errors="replace")
    return state, [Caption(segment_id=name, text=text, language=language_tag(lang))] if text.strip() else []


def timestamp(now: Instant) -> str:
    """The answer to an accepted post: UTC, as "2025-07-01T13:00:00.000"."""
    return (_EPOCH + timedelta(milliseconds=now)).isoformat(timespec="milliseconds").removesuffix("+00:00")
