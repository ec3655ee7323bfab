"""What is told of a person who is protected: constituency and region, fixed once, and never more (R5, R10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from isegoria.domain.attribution import choice_of
from isegoria.domain.balance import region_of
from isegoria.domain.events import AliasFacts
from isegoria.domain.people import People
from isegoria.domain.session import Alias, Session
from isegoria.domain.values import Attribution, PersonId

SMALLEST_CELL = 5
"""With fewer people of the roster in the same constituency and region, the region is dropped (R5)."""


def alias_of(session: Session, people: People, person: PersonId) -> Alias:
    """The alias that was fixed, or else what it would be by the roster as it is. The person must be in the roster."""
    return session.aliases.get(person) or _worked_out(people, person)


def fixed(people: People, person: PersonId) -> AliasFacts:
    alias = _worked_out(people, person)
    return AliasFacts(person=person, constituency=alias.constituency, region=alias.region)


def fixed_at_doors(session: Session, people: People) -> Iterator[AliasFacts]:
    """Of all who chose to be protected, in the order of their ids."""
    for person in sorted(people.persons):
        if choice_of(session, people, person) is Attribution.CONSTITUENCY_REGION:
            yield fixed(people, person)


def _worked_out(people: People, person: PersonId) -> Alias:
    found = people.persons[person]
    cells = Counter((one.constituency, region_of(one)) for one in people.persons.values())
    region = region_of(found)
    return Alias(found.constituency, region if cells[found.constituency, region] >= SMALLEST_CELL else None)
