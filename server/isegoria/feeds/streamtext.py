"""StreamText's push: its server posts to any address, and adds `&seq=` (from 1) and `&lang=`.

The body is a stream of characters with backspaces, which is read in chars.py. In our addresses, which are
`POST /feeds/SESSION/FEED/streamtext?key=SECRET`, `key` is the feed's secret. Repeats and restarts as in C16: backspaces
of a program that was started again do not reach what was said before.
"""

from __future__ import annotations

from typing import Final

from isegoria.domain.captions import Caption, Mode
from isegoria.domain.revisions import FeedState
from isegoria.feeds.chars import break_off, type_in
from isegoria.feeds.languages import language_tag
from isegoria.feeds.numbered import fresh

MODE: Final = Mode.REVISE

LARGEST = 16_384
"""Bytes of a post."""


def accept(state: FeedState, seq: int, lang: str | None, body: bytes) -> tuple[FeedState, list[Caption]]:
    """What a post adds and takes back: nothing if it is a repeat."""
    post = fresh(state, seq, body)
    if post is None:
        return state, []
    state, ended = break_off(post.state) if post.restarted else (post.state, [])
    state, typed = type_in(state, body.decode(errors="replace"), language_tag(lang))
    return state, [*ended, *typed]
