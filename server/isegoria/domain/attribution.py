"""How a person allows to be cited (R3)."""

from __future__ import annotations

from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.values import Attribution, PersonId


def choice_of(session: Session, people: People, person: PersonId) -> Attribution:
    """What was asked for at registration counts until another choice is made; without either, the default."""
    found = people.persons.get(person)
    asked = found.attribution if found else None
    return session.attributions.get(person, asked or session.default_attribution)
