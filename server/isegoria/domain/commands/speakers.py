"""What may be asked: the list of speakers and those who stand on it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from isegoria.domain.commands.session import Limit
from isegoria.domain.values import (
    Delivery,
    EntryId,
    EntryKind,
    EntryStatus,
    Frozen,
    Millis,
    OrganisationId,
    PersonId,
    SegmentId,
)


class RequestFloor(Frozen):
    """A live request by the speaker who asks (Q1)."""

    type: Literal["request_floor"] = "request_floor"
    segment: SegmentId
    kind: EntryKind = EntryKind.STATEMENT
    on_behalf_of: Annotated[tuple[OrganisationId, ...], Field(max_length=50)] = ()


class Inscribe(Frozen):
    """The secretariat puts somebody on the list. `organisation` is filled in by the server from the roster."""

    type: Literal["inscribe"] = "inscribe"
    person: PersonId
    segment: SegmentId
    kind: EntryKind = EntryKind.STATEMENT
    on_behalf_of: Annotated[tuple[OrganisationId, ...], Field(max_length=50)] = ()
    delivery: Delivery = Delivery.LIVE
    video: Limit | None = None


class Withdraw(Frozen):
    """Q6. `status` is what the asker saw."""

    type: Literal["withdraw"] = "withdraw"
    entry: EntryId
    status: EntryStatus


class Defer(Frozen):
    """ "I can't speak now": to the end of the segment, by the speaker or the team."""

    type: Literal["defer"] = "defer"
    entry: EntryId
    status: EntryStatus


class Ready(Frozen):
    """Q9: the answer to "you are next"."""

    type: Literal["ready"] = "ready"
    entry: EntryId


class NeedMoment(Frozen):
    """Q9: "I need a moment"."""

    type: Literal["need_moment"] = "need_moment"
    entry: EntryId


class CallSpeaker(Frozen):
    """The repeat call for a speaker who did not answer (Q5)."""

    type: Literal["call_speaker"] = "call_speaker"
    entry: EntryId
    status: EntryStatus


class MarkAbsent(Frozen):
    """20 s after the repeat call (Q5)."""

    type: Literal["mark_absent"] = "mark_absent"
    entry: EntryId
    status: EntryStatus


class Reorder(Frozen):
    """The entry goes before another, or to the end; `order_rev` is the order that the asker saw."""

    type: Literal["reorder"] = "reorder"
    entry: EntryId
    before: EntryId | None
    order_rev: int


class ApplyOrder(Frozen):
    """The whole order, as suggested and accepted by a person (Q3); entries that joined since keep their place at the
    end of their segment."""

    type: Literal["apply_order"] = "apply_order"
    order: Annotated[tuple[EntryId, ...], Field(max_length=1_000)]
    order_rev: int


class Admit(Frozen):
    """From the waiting list to the list, though it is closed (Q2)."""

    type: Literal["admit"] = "admit"
    entry: EntryId


class CloseList(Frozen):
    type: Literal["close_list"] = "close_list"


class ReopenList(Frozen):
    """Those on the waiting list join in the order in which they asked (Q2)."""

    type: Literal["reopen_list"] = "reopen_list"


class Substitute(Frozen):
    """Another person speaks; organisation and place stay (Q4)."""

    type: Literal["substitute"] = "substitute"
    entry: EntryId
    person: PersonId


class SetAllowance(Frozen):
    """Extra speaking time for a person, known to the staff and to them only (T7); 0 takes it back."""

    type: Literal["set_allowance"] = "set_allowance"
    person: PersonId
    allowance: Annotated[Millis, Field(ge=0, le=1_800_000)]
