"""The caption endpoint that programs know from Zoom, "POST caption API for third-party captioning services".

`POST /closedcaption?id=&ns=&signature=...&seq=N&lang=xx-XX`, body text/plain; `seq` stays the same on a retry. Clients
begin at 0 or at 1, and begin anew after a restart (C16). In our addresses `id` is the session, `ns` the feed, and
`signature` the feed's secret, so that any program that accepts a Zoom caption address feeds us unchanged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from isegoria.domain.captions import Caption, Mode
from isegoria.domain.revisions import FeedState
from isegoria.domain.values import Instant
from isegoria.feeds.languages import language_tag

MODE: Final = Mode.APPEND

REMEMBERED = 16
"""How many bodies are remembered: clients retry after some seconds, sometimes out of order."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Address:
    """What the query of an address says: whose captions, and by what right."""

    session: str
    feed: str
    secret: str


def address(query: Mapping[str, str]) -> Address | None:
    """None if a part is missing."""
    parts = [query.get(name, "") for name in ("id", "ns", "signature")]
    return Address(*parts) if all(parts) else None


def sequence(query: Mapping[str, str]) -> int | None:
    """The sequence number of a post; None if it is missing or none."""
    number = query.get("seq", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 15 else None


def accept(state: FeedState, seq: int, lang: str | None, body: bytes) -> tuple[FeedState, list[Caption]]:
    """What a post adds: nothing if it is a repeat or empty. Bytes that are not UTF-8 become U+FFFD, because one client
    counts characters instead of bytes and cuts its last character.
    """
    digest = hashlib.sha256(body).hexdigest()[:16]
    if (seq, digest) in state.seen:
        return state, []
    restarted = state.seq is not None and seq < state.seq
    seen = (*state.seen, (seq, digest))[-REMEMBERED:]
    state = state.model_copy(update={"epoch": state.epoch + restarted, "seq": seq, "seen": seen})
    text = body.decode(errors="replace")
    line = Caption(segment_id=f"{state.epoch}-{seq}-{digest[:8]}", text=text, language=language_tag(lang))
    return state, [line] if text.strip() else []


def timestamp(now: Instant) -> str:
    """The answer to an accepted post: UTC, as "2025-07-01T13:00:00.000"."""
    return (_EPOCH + timedelta(milliseconds=now)).isoformat(timespec="milliseconds").removesuffix("+00:00")
