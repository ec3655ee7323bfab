"""What may be asked: the session and its agenda."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from isegoria.domain.values import Attribution, Enforcement, Frozen, Instant, Millis, SegmentId, SegmentKind

Limit: TypeAlias = Annotated[Millis, Field(ge=15_000, le=3_600_000)]


class PlannedSegment(Frozen):
    """A segment as scheduled; its title lives apart from the journal."""

    id: SegmentId
    kind: SegmentKind
    planned: Annotated[Millis, Field(ge=0)]
    limit: Limit | None = None


class PlannedModalities(Frozen):
    limit: Limit = 180_000
    warnings: tuple[Annotated[Millis, Field(gt=0)], ...] = (60_000, 30_000)
    grace: Annotated[Millis, Field(ge=0, le=600_000)] = 10_000
    enforcement: Enforcement = Enforcement.CLOSE
    one_per_organisation: bool = True


class Schedule(Frozen):
    """The first command of every session: what its file says, without free text."""

    type: Literal["schedule"] = "schedule"
    timezone: str
    doors_at: Instant
    starts_at: Instant
    ends_at: Instant
    list_closes_at: Instant | None = None
    segments: Annotated[tuple[PlannedSegment, ...], Field(min_length=1)]
    modalities: PlannedModalities = PlannedModalities()
    default_attribution: Attribution = Attribution.ORGANISATION
    rehearsal: bool = False


class SetClock(Frozen):
    """Rehearsals only: from `real` (engine time) on, the session's clock shows `session` and runs at `rate`."""

    type: Literal["set_clock"] = "set_clock"
    real: Instant
    session: Instant
    rate: Annotated[float, Field(ge=0, le=1_000)]


class ChangeRoster(Frozen):
    """People were written to their store at `revision`; all replicas read them again."""

    type: Literal["change_roster"] = "change_roster"
    revision: Annotated[int, Field(gt=0)]


class OpenDoors(Frozen):
    type: Literal["open_doors"] = "open_doors"


class StartSession(Frozen):
    type: Literal["start_session"] = "start_session"


class SuspendSession(Frozen):
    type: Literal["suspend_session"] = "suspend_session"


class ResumeSession(Frozen):
    type: Literal["resume_session"] = "resume_session"


class ExtendSession(Frozen):
    """T10. `ends_at` is what the asker saw; by minutes, negative to end earlier."""

    type: Literal["extend_session"] = "extend_session"
    ends_at: Instant
    minutes: Annotated[int, Field(ge=-240, le=240)]


class CloseSession(Frozen):
    """All who still wait are not heard (T10)."""

    type: Literal["close_session"] = "close_session"


class StartSegment(Frozen):
    """`after` is the segment that the asker saw running; None before the first."""

    type: Literal["start_segment"] = "start_segment"
    segment: SegmentId
    after: SegmentId | None


class ChangeLimit(Frozen):
    """A new general speaking time for turns that have not started (T8); segments' own limits go."""

    type: Literal["change_limit"] = "change_limit"
    limit: Limit


class SwitchRecording(Frozen):
    """R6, for a segment."""

    type: Literal["switch_recording"] = "switch_recording"
    segment: SegmentId
    on: bool


class SwitchChathamHouse(Frozen):
    """R6, for a segment."""

    type: Literal["switch_chatham_house"] = "switch_chatham_house"
    segment: SegmentId
    on: bool


class Settle(Frozen):
    """Asked by every replica's alarm when a deadline is reached; exactly one succeeds."""

    type: Literal["settle"] = "settle"
