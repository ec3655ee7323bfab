"""Posts that carry a sequence number which stays the same on a retry, as those of several caption programs do.

(number, hash of the body) tells a repeat; a lower number with a new body is a program that was started again (C16).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from isegoria.domain.revisions import FeedState

REMEMBERED = 16
"""How many bodies are remembered: clients retry after some seconds, sometimes out of order."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post that did not come before. `state` remembers it; `digest` is of its body."""

    state: FeedState
    seq: int
    digest: str
    restarted: bool


def sequence(query: Mapping[str, str]) -> int | None:
    """The sequence number of a post; None if it is missing or none."""
    number = query.get("seq", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 15 else None


def fresh(state: FeedState, seq: int, body: bytes) -> Post | None:
    """The post with what is remembered after it; None if it came before."""
    digest = hashlib.sha256(body).hexdigest()[:16]
    if (seq, digest) in state.seen:
        return None
    restarted = state.seq is not None and seq < state.seq
    seen = (*state.seen, (seq, digest))[-REMEMBERED:]
    return Post(state.model_copy(update={"seq": seq, "seen": seen}), seq, digest, restarted)


def fresh_line(state: FeedState, seq: int, body: bytes) -> tuple[FeedState, str] | None:
    """The same for lines that are not revised: a new run is a new epoch. With a name for what the post says."""
    post = fresh(state, seq, body)
    if post is None:
        return None
    state = post.state.model_copy(update={"epoch": post.state.epoch + post.restarted})
    return state, f"{state.epoch}-{seq}-{post.digest[:8]}"
