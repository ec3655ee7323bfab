"""Who somebody is to the one who looks: in full to the team, and to the public what they allow (R5, R9).

What each choice means on which surface is in domain/attribution.py; here is what an alias and a full label hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from isegoria.domain.aliases import alias_of
from isegoria.domain.attribution import Shown, Surface, is_protected, shown
from isegoria.domain.balance import region_of
from isegoria.domain.people import People, Person
from isegoria.domain.session import Entry, Session
from isegoria.domain.values import PersonId
from isegoria.views.models import Label

NOBODY = Label(alias=True)
"""For who is not in the roster, or was erased from it: "a participant"."""


@dataclass(frozen=True)
class Labels:
    """The labels of one state and its people. `in_full`: for the team's eyes."""

    session: Session
    people: People
    in_full: bool = False

    def of_entry(self, entry: Entry) -> Label:
        return self.of_turn(entry.person, entry)

    def of_turn(self, person: PersonId, entry: Entry | None) -> Label:
        """Who speaks, or is to. A substitute speaks for the organisation of the entry, and both names are kept (Q4)."""
        surface = Surface.TEAM if self.in_full else Surface.SCREEN
        told = shown(self.session, self.people, surface, person, entry)
        if told is Shown.NOBODY:
            return NOBODY
        found = self.people.persons[person]
        return self._alias(found) if told is Shown.ALIAS else self._full(found, entry)

    def hidden(self, person: PersonId, entry: Entry | None) -> bool:
        """Whether the public sees an alias."""
        return is_protected(self.session, self.people, person, entry)

    def _alias(self, person: Person) -> Label:
        told = alias_of(self.session, self.people, person.id)
        return Label(constituency=told.constituency, region=told.region, alias=True)

    def _full(self, person: Person, entry: Entry | None) -> Label:
        kept = entry.organisation if entry and entry.organisation else person.organisation_id
        organisation = self.people.organisations.get(kept) if kept else None
        # A first part may have been spoken before the substitution.
        registered = entry.substituted if entry and entry.person == person.id else None
        instead = self.people.persons.get(registered) if registered else None
        return Label(
            name=person.display_name,
            organisation=organisation.name if organisation else None,
            city=person.city or None,
            country=person.country,
            constituency=person.constituency,
            region=region_of(person),
            substitute_for=instead.display_name if instead else None,
        )
