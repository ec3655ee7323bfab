"""Reading a StreamText event: what is asked again and again, and what the answers say.

`GET /captions?event=E&last=N&length=32&language=en` gives `{"content": "...", "lastPosition": N, "languageCode": ...}`.
`last=-1` is now. An event that is idle answers 404 with such an object and the position -1. The content is a stream of
characters, with backspaces (chars.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from isegoria.domain.captions import Caption, Mode, StreamText
from isegoria.domain.revisions import FeedState
from isegoria.feeds.chars import break_off, type_in
from isegoria.feeds.languages import language_tag

MODE: Final = Mode.REVISE

NOW = -1
LENGTH = 32
LARGEST = 65_536
"""Bytes of an answer."""


class Malformed(ValueError):
    """An answer that cannot be used. Its text says why, without quoting it."""


class Answer(BaseModel):
    """`position` is where to go on from."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    content: str = ""
    language: Annotated[str | None, Field(alias="languageCode")] = None
    position: Annotated[int, Field(alias="lastPosition", ge=NOW, le=2**53)]

    @property
    def is_idle(self) -> bool:
        return self.position == NOW


@dataclass(frozen=True, slots=True)
class Asked:
    """What follows `last`, a position of an earlier answer; None asks for what is said from now on."""

    last: int | None = None

    def query(self, event: StreamText) -> Mapping[str, str]:
        last = NOW if self.last is None else self.last
        return {"event": event.event, "last": str(last), "length": str(LENGTH), "language": event.language}


def read(body: bytes) -> Answer:
    """What an answer says. Raises Malformed."""
    if len(body) > LARGEST:
        raise Malformed("too large")
    try:
        return Answer.model_validate_json(body)
    except ValidationError as wrong:
        problem = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        raise Malformed(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None


def accept(state: FeedState, asked: Asked, answer: Answer) -> tuple[FeedState, list[Caption]]:
    """What an answer adds: nothing if what it follows is not where the feed is, because another server was faster.

    An idle event does not move the feed: it goes on from where it was. One that is behind that was started anew.
    """
    if state.seq != asked.last or answer.is_idle:
        return state, []
    ended: list[Caption] = []
    if asked.last is not None and answer.position < asked.last:
        state, ended = break_off(state)
    state, typed = type_in(state, answer.content, language_tag(answer.language))
    return state.model_copy(update={"seq": answer.position}), [*ended, *typed]
