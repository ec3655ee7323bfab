"""What is not state: facts of this moment."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import Frozen, Instant, Millis, Role


class PresenceView(Frozen):
    person: str
    name: str
    role: Role
    connections: int


class FeedView(Frozen):
    feed: str
    name: str
    tracks: tuple[str, ...]
    state: Literal["ok", "silent", "muted", "never"]
    last_at: Instant | None
    """Real time of the last receipt."""
    delay: Millis | None
    """From receipt to readers, the newest."""
    dropped: int
    last_line: str


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
    engine: Literal["ok", "away"]
