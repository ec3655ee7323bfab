"""What one speaker sees."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import (
    Attribution,
    ContributionKind,
    Cue,
    Ending,
    EntryKind,
    EntryStatus,
    Frozen,
    Instant,
    Millis,
    Readiness,
)
from isegoria.views.models.shared import Me, SharedView


class OwnEntry(Frozen):
    """A request of one's own. `place` is 1 for who comes next, None when not in the order."""

    id: str
    status: EntryStatus
    kind: EntryKind
    segment: str
    place: int | None
    expected_at: Instant | None
    readiness: Readiness
    absences: int
    allotted: Millis
    remaining: Millis | None
    on_behalf_of: tuple[str, ...]


class OwnMessage(Frozen):
    id: str
    at: Instant
    cue: Cue | None
    text: str | None


class OwnTurn(Frozen):
    """A turn of one's own that is over."""

    id: str
    began_at: Instant
    ended_at: Instant
    used: Millis
    allotted: Millis
    ending: Ending


class OwnContribution(Frozen):
    """A text of one's own that came in writing; by the team for oneself unless `by_me`. `size` in bytes."""

    id: str
    kind: ContributionKind
    entry: str | None
    language: str | None
    words: int
    size: int
    media: str
    at: Instant
    by_me: bool


class OrganisationChoice(Frozen):
    id: str
    name: str


class PersonalView(SharedView):
    scope: Literal["personal"] = "personal"
    me: Me
    city: str | None
    person_timezone: str | None
    entries: tuple[OwnEntry, ...]
    """Open requests first, in the order of the list."""
    own_turn: bool
    """Whether the running turn is one's own; then `allotted` and `floor` tell all about it."""
    allotted: Millis | None
    allowance: Millis
    messages: tuple[OwnMessage, ...]
    """Not acknowledged yet."""
    turns_spoken: tuple[OwnTurn, ...]
    contributions: tuple[OwnContribution, ...]
    """In the order in which they came."""
    attribution: Attribution
    may_request: bool
    """The doors are open, and nothing of one's own or of one's organisation is waiting."""
