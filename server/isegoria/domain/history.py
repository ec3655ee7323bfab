"""Decisions, as the journal keeps them: one byte string each, chained by SHA-256, and folded into the state.

A decision holds the events of one accepted command. Its bytes are written once and never made again: exports copy
them, and `prev` is the hash of the bytes of the decision before, so that a changed, dropped or swapped one shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from isegoria.domain.commands import Command
from isegoria.domain.events import Event
from isegoria.domain.evolve import apply
from isegoria.domain.roles import Actor
from isegoria.domain.session import Session
from isegoria.domain.values import Frozen, Instant

FIRST = ""
"""What stands for the hash before the first decision."""


class Decision(Frozen):
    """One accepted command. `at` is session time; `written_at` the engine's time, by the writer's clock.

    `command` is the client's id of the command and `digest` tells its content, so that a repeat is recognised.
    """

    version: int
    at: Instant
    written_at: Instant
    by: Actor
    command: str | None = None
    digest: str = ""
    prev: str
    events: tuple[Event, ...]

    def to_bytes(self) -> bytes:
        return self.model_dump_json().encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Decision:
        """Raises pydantic.ValidationError on an event that this version does not know."""
        return cls.model_validate_json(data)


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of(command: Command) -> str:
    """What a repeat of a command id must equal. Free text is left out: the journal must not tell it, even hashed."""
    return hash_of(command.model_dump_json(exclude={"text"}).encode())[:16]


@dataclass(slots=True)
class History:
    """A session's journal, folded as far as it was read: the state, the chain's head, the effects of command ids."""

    session: Session
    head: str = FIRST
    effects: dict[tuple[Actor, str], tuple[int, str]] = field(default_factory=dict)
    """(actor, command id) -> (version, digest)."""

    def add(self, data: bytes) -> Decision:
        """Folds the next decision. Raises BrokenChain if it does not follow, ValidationError if not understood."""
        decision = Decision.from_bytes(data)
        if decision.version != self.session.version + 1 or decision.prev != self.head:
            raise BrokenChain(decision.version)
        self.session = apply(self.session, decision.events, decision.version, decision.at, decision.by)
        self.head = hash_of(data)
        if decision.command is not None:
            self.effects[decision.by, decision.command] = (decision.version, decision.digest)
        return decision


class BrokenChain(Exception):
    """The decision `version` does not follow the one before it."""

    def __init__(self, version: int) -> None:
        super().__init__(f"decision {version} does not follow the one before it")
        self.version = version


def replay(session_id: str, journal: Iterable[bytes]) -> History:
    """The history that these decisions make."""
    history = History(Session(id=session_id))
    for data in journal:
        history.add(data)
    return history
