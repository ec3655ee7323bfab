"""The shapes that all views share, and the public view.

They carry no limit, so that an allowance stays private (T7), and no name that a person protects (R9).
"""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import (
    Constituency,
    Enforcement,
    Frozen,
    Instant,
    Millis,
    PauseReason,
    Region,
    Role,
    SegmentKind,
    SessionState,
)


class Label(Frozen):
    """Who somebody is to the one who looks. With `alias` only constituency and region are told (R5)."""

    name: str | None = None
    organisation: str | None = None
    city: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2; the page writes its name."""
    constituency: Constituency = Constituency.UNKNOWN
    region: Region | None = None
    alias: bool = False
    substitute_for: str | None = None


class ClockView(Frozen):
    """Session time = session + (engine time - real) * rate."""

    real: Instant
    session: Instant
    rate: float


class SegmentView(Frozen):
    id: str
    kind: SegmentKind
    title: str
    planned: Millis
    began_at: Instant | None
    recording: bool
    chatham_house: bool


class TrackView(Frozen):
    """A track of captions that readers can choose: "floor" or a language."""

    track: str
    language: str
    machine: bool
    is_translation: bool
    muted: bool = False
    """The team hears it from no feed just now."""


class ModalitiesView(Frozen):
    """The general rules, known to all (T8)."""

    limit: Millis
    warnings: tuple[Millis, ...]
    grace: Millis
    enforcement: Enforcement
    one_per_organisation: bool


class FloorView(Frozen):
    """The running turn as everyone may see it. `left` is set while paused, and the instants after it are not."""

    turn: str
    entry: str
    who: Label
    segment: str
    part: int
    began_at: Instant
    held: Millis
    zero_at: Instant | None
    closes_at: Instant | None
    paused_at: Instant | None
    pause_reason: PauseReason | None
    left: Millis | None
    grace: Millis


class NextView(Frozen):
    """One of those who come next."""

    entry: str
    who: Label
    segment: str
    expected_at: Instant | None


class TurnView(Frozen):
    """A turn so far, to put captions under (`turn_at`). `ended_at` is None while it runs."""

    id: str
    who: Label
    segment: str
    part: int
    began_at: Instant
    ended_at: Instant | None


class WrittenInputView(Frozen):
    at: Instant
    timezone: str
    source: str


class SharedView(Frozen):
    """What all views tell."""

    session: str
    version: int
    at: Instant
    """When this view was true, in session time; a browser keeps the greatest (version, at)."""
    epoch: str
    clock: ClockView
    state: SessionState
    rehearsal: bool
    title: str
    organisers: tuple[str, ...]
    timezone: str
    doors_at: Instant
    starts_at: Instant
    ends_at: Instant
    started_at: Instant | None
    closed_at: Instant | None
    segments: tuple[SegmentView, ...]
    segment: str | None
    modalities: ModalitiesView
    list_open: bool
    list_closes_at: Instant | None
    floor: FloorView | None
    next: tuple[NextView, ...]
    waiting: int
    heard: int
    turns: tuple[TurnView, ...]
    tracks: tuple[TrackView, ...]
    written_input: tuple[WrittenInputView, ...]


class PublicView(SharedView):
    scope: Literal["public"] = "public"


class Me(Frozen):
    person: str | None
    role: Role
    name: str
