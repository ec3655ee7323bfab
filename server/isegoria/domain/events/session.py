"""What happened: the session and its agenda."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.commands import PlannedModalities, PlannedSegment
from isegoria.domain.events.words import AliasFacts
from isegoria.domain.values import Attribution, EntryId, Frozen, Instant, Millis, SegmentId


class Scheduled(Frozen):
    type: Literal["scheduled"] = "scheduled"
    timezone: str
    doors_at: Instant
    starts_at: Instant
    ends_at: Instant
    list_closes_at: Instant | None
    segments: tuple[PlannedSegment, ...]
    modalities: PlannedModalities
    default_attribution: Attribution
    rehearsal: bool


class ClockSet(Frozen):
    type: Literal["clock_set"] = "clock_set"
    real: Instant
    session: Instant
    rate: float


class RosterChanged(Frozen):
    type: Literal["roster_changed"] = "roster_changed"
    revision: int


class DoorsOpened(Frozen):
    type: Literal["doors_opened"] = "doors_opened"
    at: Instant
    aliases: tuple[AliasFacts, ...] = ()
    """Of all whom their choice protects by now, fixed from here on (R10)."""


class SessionStarted(Frozen):
    type: Literal["session_started"] = "session_started"
    at: Instant


class SessionSuspended(Frozen):
    type: Literal["session_suspended"] = "session_suspended"
    at: Instant


class SessionResumed(Frozen):
    type: Literal["session_resumed"] = "session_resumed"
    at: Instant


class SessionExtended(Frozen):
    type: Literal["session_extended"] = "session_extended"
    ends_at: Instant


class SessionClosed(Frozen):
    """`not_heard`: those who were waiting still (T10)."""

    type: Literal["session_closed"] = "session_closed"
    at: Instant
    not_heard: tuple[EntryId, ...]


class SegmentStarted(Frozen):
    type: Literal["segment_started"] = "segment_started"
    segment: SegmentId
    at: Instant


class LimitChanged(Frozen):
    type: Literal["limit_changed"] = "limit_changed"
    limit: Millis


class RecordingSwitched(Frozen):
    type: Literal["recording_switched"] = "recording_switched"
    segment: SegmentId
    on: bool
    at: Instant


class ChathamHouseSwitched(Frozen):
    type: Literal["chatham_house_switched"] = "chatham_house_switched"
    segment: SegmentId
    on: bool
    at: Instant
