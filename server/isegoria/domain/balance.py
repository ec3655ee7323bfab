"""Who has been heard, by group: the minutes used so far (Q3).

What a person did not declare is "unknown", and never inferred from a name, a country or an address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from isegoria.domain.people import People, Person
from isegoria.domain.session import Session
from isegoria.domain.values import EntryId, Instant, Millis, PersonId, Region

Group: TypeAlias = Literal["constituency", "region", "first_time"]

GROUPS: tuple[Group, ...] = ("constituency", "region", "first_time")
UNKNOWN = "unknown"
OVERLAPPING = frozenset({Region.METROPOLIS, Region.REGIONS})
"""Sections that a city belongs to beside the one of its continent."""


@dataclass(frozen=True, slots=True)
class Share:
    """The speaking time of a group. `turns` counts an intervention in two parts once."""

    group: Group
    key: str
    used: Millis
    turns: int


def region_of(person: Person | None) -> Region | None:
    """The one region that stands for a person: the first of their continent, or else the first declared."""
    regions = person.regions if person else ()
    return next((region for region in regions if region not in OVERLAPPING), regions[0] if regions else None)


def profile_of(person: Person | None) -> tuple[str, str, str]:
    """A person's key in each of `GROUPS`; also for one who was erased."""
    if person is None:
        return UNKNOWN, UNKNOWN, UNKNOWN
    first_time = UNKNOWN if person.first_time is None else "yes" if person.first_time else "no"
    return person.constituency, region_of(person) or UNKNOWN, first_time


def balance(session: Session, people: People, now: Instant) -> tuple[Share, ...]:
    """The groups that have spoken, the running turn included; within each kind, who had most comes first."""
    used: defaultdict[tuple[Group, str], Millis] = defaultdict(int)
    entries: defaultdict[tuple[Group, str], set[EntryId]] = defaultdict(set)
    for entry, person, time in _spoken(session, now):
        for group in zip(GROUPS, profile_of(people.persons.get(person)), strict=True):
            used[group] += time
            entries[group].add(entry)
    shares = (Share(group, key, time, len(entries[group, key])) for (group, key), time in used.items())
    return tuple(sorted(shares, key=lambda share: (GROUPS.index(share.group), -share.used, share.key)))


def _spoken(session: Session, now: Instant) -> Iterator[tuple[EntryId, PersonId, Millis]]:
    for turn in session.turns:
        yield turn.entry, turn.person, turn.used
    if session.turn:
        yield session.turn.entry, session.turn.person, session.turn.used(now)
