"""What a command is decided with, besides the state: who asks, when, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass, field

from isegoria.domain.people import People
from isegoria.domain.roles import Actor
from isegoria.domain.values import Instant, PersonId, TextId


@dataclass(frozen=True, slots=True)
class Context:
    """`now` is session time; `text` the id under which a command's free text was stored apart from the journal."""

    actor: Actor
    now: Instant
    people: People = field(default_factory=People)
    text: TextId | None = None

    def name(self, person: PersonId | None) -> str:
        """For refusals, which never reach the journal."""
        found = self.people.persons.get(person) if person else None
        return found.display_name if found else "somebody"
