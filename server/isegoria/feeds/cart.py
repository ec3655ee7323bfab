"""The caption endpoint that CART captioners know from Microsoft Teams.

`POST /cartcaption?meetingid=&token=[&lang=en-us]`, body text/plain UTF-8, each post a line of 80 to 120 characters.
There is no sequence number, so a line that is sent twice cannot be told from one that is said twice. In our addresses
`meetingid` is `SESSION.FEED`, and `token` the feed's secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from isegoria.domain.captions import Caption, Mode
from isegoria.domain.revisions import FeedState
from isegoria.feeds.addresses import Address
from isegoria.feeds.languages import language_tag

MODE: Final = Mode.APPEND


def address(query: Mapping[str, str]) -> Address | None:
    """None if a part is missing."""
    parts = [*query.get("meetingid", "").split(".", maxsplit=1), query.get("token", "")]
    return Address(*parts) if len(parts) == 3 and all(parts) else None


def accept(state: FeedState, lang: str | None, body: bytes) -> tuple[FeedState, list[Caption]]:
    """The line of a post. Lines are counted here, since the sender does not."""
    text = body.decode("utf-8-sig", errors="replace").strip("\r\n")
    if not text.strip():
        return state, []
    state = state.model_copy(update={"seq": (state.seq or 0) + 1})
    return state, [Caption(segment_id=f"{state.epoch}-cart-{state.seq}", text=text, language=language_tag(lang))]
