"""What the team sees."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import (
    Attribution,
    Cue,
    Delivery,
    Enforcement,
    EntryKind,
    EntryStatus,
    Frozen,
    Instant,
    Millis,
    Readiness,
    Role,
)
from isegoria.views.models.notebook import NotebookView
from isegoria.views.models.shared import Label, Me, SharedView


class TeamEntry(Frozen):
    id: str
    person: str
    who: Label
    """In full; `protected` says that the public sees an alias."""
    protected: bool
    organisation: str | None
    on_behalf_of: tuple[str, ...]
    segment: str
    kind: EntryKind
    delivery: Delivery
    status: EntryStatus
    readiness: Readiness
    absences: int
    called_at: Instant | None
    remaining: Millis | None
    allowance: Millis
    allotted: Millis
    spoken_language: str | None
    first_time: bool | None
    access_needs: str
    attribution: Attribution
    """How its speaker may be cited (R3)."""
    asked_at: Instant
    expected_at: Instant | None


class TeamTurn(Frozen):
    """What the team sees of the running turn, beyond `floor`."""

    person: str
    limit: Millis
    extended: Millis
    allotted: Millis
    enforcement: Enforcement
    given_by: str | None
    """The name of who gave the floor."""
    began_at: Instant
    interruptible_at: Instant | None
    """From when the turn may be interrupted with its time kept (T9); None unless paused for a lost connection."""


class SpokenTurn(Frozen):
    """What a turn that is over has used: speaking time without its pauses (T5), and how much of it beyond the limit."""

    turn: str
    entry: str
    used: Millis
    overtime: Millis


class ForecastOption(Frozen):
    """What would follow, before anything is applied (F2). `limit` is set for "limit", `minutes` for "extend"."""

    code: Literal["leave", "limit", "close_list", "extend"]
    limit: Millis | None = None
    minutes: int | None = None
    ends_at: Instant
    heard: int
    """How many of those who wait would be heard by then."""
    to_write: int
    """How many would be invited to write."""


class ForecastView(Frozen):
    """F1, F2. `surplus` is how much too long it will take at the present rules; negative when time is left."""

    ends_at: Instant
    surplus: Millis
    waiting: int
    fits: int
    slot: Millis
    handover: Millis
    overrun: Millis
    options: tuple[ForecastOption, ...]


class BalanceItem(Frozen):
    """Speaking time so far of a group."""

    group: Literal["constituency", "region", "first_time"]
    key: str
    used: Millis
    turns: int


class SuggestionItem(Frozen):
    """Why an entry was put where it is (Q3)."""

    entry: str
    reason: Literal["constituency", "region", "first_time", "asked_first"]
    key: str | None


class Counts(Frozen):
    """Q8: these add up to `requests`."""

    requests: int
    late: int
    waiting: int
    speaking: int
    heard: int
    video: int
    not_heard: int
    withdrawn: int


class Happening(Frozen):
    """A line of "just now". The page writes the sentence from the type and what is set."""

    version: int
    at: Instant
    type: str
    by: str | None
    """The name of who did it; None for the server itself."""
    by_role: Role
    who: str | None = None
    segment: str | None = None
    used: Millis | None = None
    amount: Millis | None = None
    reason: str | None = None
    feed: str | None = None


class UndoView(Frozen):
    """What `undo` would take back now."""

    version: int
    type: str
    who: str | None


class SentMessage(Frozen):
    id: str
    to: str
    at: Instant
    cue: Cue | None
    text: str | None
    acknowledged: bool


class TeamView(SharedView):
    scope: Literal["team"] = "team"
    me: Me
    entries: tuple[TeamEntry, ...]
    """Every request, answered or not."""
    order: tuple[str, ...]
    order_rev: int
    late: tuple[str, ...]
    """The waiting list, in the order of asking (Q2)."""
    team_turn: TeamTurn | None
    newest_turn: str | None
    spoken: tuple[SpokenTurn, ...]
    """One for each of `turns` that is over."""
    forecast: ForecastView
    balance: tuple[BalanceItem, ...]
    suggestion: tuple[SuggestionItem, ...]
    """A whole order, with its reasons; empty when the present one is as good."""
    counts: Counts
    notebook: NotebookView
    spoken_language: str | None
    """What is spoken now, as far as the team has set it, or else the first language of the session."""
    spoken_languages: tuple[str, ...]
    """Of the session, as its file says."""
    undo: UndoView | None
    happenings: tuple[Happening, ...]
    messages: tuple[SentMessage, ...]
    roster_revision: int
    head: str
    """The chain's head, to note elsewhere."""
