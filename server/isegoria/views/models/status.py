"""What is not state: facts of this moment."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import Frozen, Instant, Millis, Role, Tier


class PresenceView(Frozen):
    person: str
    name: str
    role: Role
    connections: int


class FeedView(Frozen):
    feed: str
    name: str
    tracks: tuple[str, ...]
    language: str
    source: bool
    """Whether its track is heard from it; else it stands by, or was muted."""
    state: Literal["ok", "silent", "muted", "never"]
    last_at: Instant | None
    """Real time of the last receipt."""
    speech_delay: Millis | None
    """From speech to receipt, the newest, where the feed tells its times, or the session file how late it is."""
    delay: Millis | None
    """From receipt to readers, the newest."""
    dropped: int
    last_line: str
    pulled: Literal["wordly", "streamtext"] | None
    """The service that we fetch it from; None for one that pushes."""
    link: Literal["connecting", "connected", "refused"] | None
    """How the connection is that we, or the feed, hold; None for one that comes by posts, or not at all."""
    problem: str
    """Why there is no connection, in the service's words."""


class MakingView(Frozen):
    """A file that somebody of the team waits for. Instants are real time."""

    id: str
    person: str | None
    name: str | None
    kind: str
    tier: Tier
    track: str | None
    since: Instant
    began: Instant | None
    """None while others are before it, whoever's session they are for: `ahead` of them."""
    ahead: int


class EngineView(Frozen):
    """Told to everyone when it changes: while the engine is away nothing can be changed."""

    engine: Literal["ok", "away"]


class StatusView(Frozen):
    """Who is connected and which feeds are alive: facts of this moment, for the team."""

    session: str
    at: Instant
    """Real time."""
    people: tuple[PresenceView, ...]
    readers: int
    feeds: tuple[FeedView, ...]
    making: tuple[MakingView, ...] = ()
    engine: Literal["ok", "away"]
