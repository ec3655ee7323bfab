"""Who is connected: facts of this moment, no state. Each replica tells its part, and all parts make the status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from isegoria.domain.people import People
from isegoria.domain.roles import STAFF, Actor
from isegoria.domain.values import Frozen, Instant, PersonId, Role
from isegoria.live.feeds import together
from isegoria.live.makings import Making, MakingPart
from isegoria.views.models import FeedView, MakingView, PresenceView, StatusView

NAMED = STAFF | {Role.SPEAKER}
"""Whose presence is told by name; all others are counted."""


class Part(Frozen):
    """What one replica knows."""

    people: tuple[tuple[PersonId, Role, int], ...]
    readers: int
    feeds: tuple[FeedView, ...]
    making: tuple[MakingPart, ...] = ()

    def to_bytes(self) -> bytes:
        return self.model_dump_json().encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Part:
        return cls.model_validate_json(data)


class Attendance:
    """The connections of one session on this replica, and the files that are being made for its team."""

    def __init__(self) -> None:
        self._connected: Counter[Actor] = Counter()
        self.makings: list[Making] = []

    def came(self, actor: Actor) -> None:
        self._connected[actor] += 1

    def left(self, actor: Actor) -> None:
        self._connected[actor] -= 1
        if not self._connected[actor]:
            del self._connected[actor]

    def actors(self) -> list[Actor]:
        """Each once, however many devices they have."""
        return list(self._connected)

    def part(self, feeds: Sequence[FeedView]) -> Part:
        named = tuple(
            (actor.person, actor.role, n)
            for actor, n in self._connected.items()
            if actor.role in NAMED and actor.person
        )
        readers = sum(n for actor, n in self._connected.items() if actor.role not in NAMED)
        makings = tuple(making.part() for making in self.makings)
        return Part(people=named, readers=readers, feeds=tuple(feeds), making=makings)


def status(session: str, people: People, parts: Iterable[Part], now: Instant) -> StatusView:
    """All replicas' parts as the team sees them."""
    known = list(parts)
    return StatusView(
        session=session,
        at=now,
        people=tuple(_presences(people, known)),
        readers=sum(part.readers for part in known),
        feeds=together(part.feeds for part in known),
        making=tuple(_makings(people, known)),
        engine="ok",
    )


def _presences(people: People, parts: Sequence[Part]) -> Iterator[PresenceView]:
    connections: Counter[tuple[PersonId, Role]] = Counter()
    for part in parts:
        for person, role, n in part.people:
            connections[person, role] += n
    for (person, role), n in sorted(connections.items()):
        found = people.persons.get(person)
        yield PresenceView(person=person, name=found.display_name if found else "", role=role, connections=n)


def _makings(people: People, parts: Sequence[Part]) -> Iterator[MakingView]:
    """In the order of asking."""
    for making in sorted((one for part in parts for one in part.making), key=lambda one: (one.since, one.id)):
        found = people.persons.get(making.person) if making.person else None
        yield MakingView(name=found.display_name if found else None, **making.model_dump())
