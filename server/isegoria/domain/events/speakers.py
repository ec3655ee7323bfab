"""What happened: the list of speakers and those who stand on it."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import (
    Delivery,
    EntryId,
    EntryKind,
    Frozen,
    Instant,
    Millis,
    OrganisationId,
    PersonId,
    Readiness,
    SegmentId,
)


class FloorRequested(Frozen):
    """A new entry. `late`: on the waiting list, as the list was closed (Q2). `before` is its place in the order."""

    type: Literal["floor_requested"] = "floor_requested"
    entry: EntryId
    person: PersonId
    organisation: OrganisationId | None
    on_behalf_of: tuple[OrganisationId, ...] = ()
    segment: SegmentId
    kind: EntryKind = EntryKind.STATEMENT
    delivery: Delivery = Delivery.LIVE
    video: Millis | None = None
    late: bool = False
    before: EntryId | None = None
    at: Instant


class RequestWithdrawn(Frozen):
    type: Literal["request_withdrawn"] = "request_withdrawn"
    entry: EntryId
    at: Instant


class RequestDeferred(Frozen):
    type: Literal["request_deferred"] = "request_deferred"
    entry: EntryId
    before: EntryId | None


class ReadinessTold(Frozen):
    type: Literal["readiness_told"] = "readiness_told"
    entry: EntryId
    readiness: Readiness


class SpeakerCalled(Frozen):
    type: Literal["speaker_called"] = "speaker_called"
    entry: EntryId
    at: Instant


class SpeakerAbsent(Frozen):
    """The first absence: called again before `before` (Q5)."""

    type: Literal["speaker_absent"] = "speaker_absent"
    entry: EntryId
    before: EntryId | None
    at: Instant


class SpeakerNotHeard(Frozen):
    """The second absence: invited to write (Q5)."""

    type: Literal["speaker_not_heard"] = "speaker_not_heard"
    entry: EntryId
    at: Instant


class OrderChanged(Frozen):
    type: Literal["order_changed"] = "order_changed"
    order: tuple[EntryId, ...]


class RequestAdmitted(Frozen):
    type: Literal["request_admitted"] = "request_admitted"
    entry: EntryId
    before: EntryId | None


class ListClosed(Frozen):
    type: Literal["list_closed"] = "list_closed"
    at: Instant


class ListReopened(Frozen):
    type: Literal["list_reopened"] = "list_reopened"
    at: Instant


class SpeakerSubstituted(Frozen):
    type: Literal["speaker_substituted"] = "speaker_substituted"
    entry: EntryId
    person: PersonId


class AllowanceSet(Frozen):
    type: Literal["allowance_set"] = "allowance_set"
    person: PersonId
    allowance: Millis
