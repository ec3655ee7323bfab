"""What happened: the feeds of captions, and the language that is spoken."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import Frozen, Instant


class FeedsChanged(Frozen):
    type: Literal["feeds_changed"] = "feeds_changed"
    revision: int


class SourceChosen(Frozen):
    """A track is heard from `feed`, or from none; `before` is the one that it was heard from until then."""

    type: Literal["source_chosen"] = "source_chosen"
    track: str
    feed: str | None
    before: str | None
    at: Instant


class ReconnectAsked(Frozen):
    type: Literal["reconnect_asked"] = "reconnect_asked"
    feed: str
    at: Instant


class SpokenLanguageSet(Frozen):
    type: Literal["spoken_language_set"] = "spoken_language_set"
    language: str
    at: Instant
