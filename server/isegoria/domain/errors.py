"""Refusals: one registry of codes, each with whether asking again may help."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

Code: TypeAlias = Literal[
    # the session
    "wrong_state",
    "turn_running",
    "rehearsal_only",
    "unknown_segment",
    "too_early",
    "no_change",
    # what the asker saw is not what is true now (Q7)
    "stale",
    "floor_taken",
    # the list
    "unknown_entry",
    "unknown_person",
    "already_waiting",
    "organisation_waiting",
    "list_closed",
    "not_yours",
    "out_of_bounds",
    # captions
    "unknown_feed",
    # turns
    "already_paused",
    "not_paused",
    # undo
    "nothing_to_undo",
    "superseded",
    # the edges
    "forbidden",
    "unauthorised",
    "malformed",
    "unknown_event",
    "unknown_session",
    "id_reused",
    "full",
    "too_large",
    "too_many",
    "busy",
    "engine_away",
    "internal",
]

CODES: tuple[Code, ...] = get_args(Code)
RETRY: frozenset[Code] = frozenset({"busy", "engine_away", "too_many", "too_early"})
"""The codes after which the same request may succeed later; all others need another request."""

Value: TypeAlias = str | int | bool | None


class Refused(Exception):
    """A request that the rules do not allow now.

    `message` says in English what is true instead and what can be done; `detail` holds the same as values (ids,
    instants, names of fields), from which a page writes the sentence in its own language.
    """

    def __init__(self, code: Code, message: str, **detail: Value) -> None:
        super().__init__(f"{code}: {message}")
        self.code: Code = code
        self.message = message
        self.detail: dict[str, Value] = detail

    @property
    def retry(self) -> bool:
        return self.code in RETRY
