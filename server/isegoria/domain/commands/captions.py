"""What may be asked: the feeds of captions, and the language that is spoken. Rules C15, C19, C20."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from isegoria.domain.values import Frozen


class ChangeFeeds(Frozen):
    """The feeds' settings were written to their store at `revision`; all replicas read them again."""

    type: Literal["change_feeds"] = "change_feeds"
    revision: Annotated[int, Field(gt=0)]


class HearFeed(Frozen):
    """Its track is heard from this feed from now on, instead of any other."""

    type: Literal["hear_feed"] = "hear_feed"
    feed: str


class MuteFeed(Frozen):
    """Its track is heard from no feed until another, or this one, is heard again."""

    type: Literal["mute_feed"] = "mute_feed"
    feed: str


class ReconnectFeed(Frozen):
    """Whoever holds the feed's connection ends it and connects anew."""

    type: Literal["reconnect_feed"] = "reconnect_feed"
    feed: str


class SetSpokenLanguage(Frozen):
    """What the one who speaks now speaks, BCP 47."""

    type: Literal["set_spoken_language"] = "set_spoken_language"
    language: Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
