"""A roster's plan -> people in the store, their choices, and, if wanted, their requests for the floor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from isegoria.domain import commands as c
from isegoria.domain.errors import Refused
from isegoria.domain.people import People, Person
from isegoria.domain.session import Session
from isegoria.domain.text import fold
from isegoria.domain.values import SegmentId, SegmentKind
from isegoria.live.direct import ask, load
from isegoria.preparation.creation import SYSTEM
from isegoria.roster import Plan
from isegoria.store.engine import Engine
from isegoria.store.people import PeopleStore

_NUMBER = re.compile(r"\W*(?:(?:topic|theme|tema|thème|segment|point|punto)\W+)?(\d{1,2})\b", re.IGNORECASE)
"""At the beginning: "2. Challenges", "(2)", "Topic 2"."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who asked for the floor at registration. `doubt` says why the topic may be another one."""

    person: Person
    segment: SegmentId
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """What an import has done. `refused`: who could not be put on the list, and why."""

    revision: int | None
    choices: int
    inscribed: int
    refused: tuple[str, ...]


def wishes(plan: Plan, session: Session, people: People) -> tuple[Wish, ...]:
    """Who in the plan wants the floor and has not asked for it in the session yet, in the order of the file."""
    topics = Topics(session, people)
    asked = {person for entry in session.entries.values() for person in (entry.person, entry.substituted)}
    persons = (*plan.new, *(change.person for change in plan.changed), *plan.unchanged)
    wanting = [person for person in persons if person.wants_floor and person.id not in asked]
    return tuple(topics.wish(person) for person in wanting) if topics.known else ()


async def join(engine: Engine, session: str, plan: Plan, *, inscribe: bool) -> Joined:
    """Keeps what the plan brings, tells the session, and puts those who want the floor on its list.

    Raises Refused, EngineAway. Doing it again changes nothing twice.
    """
    store = PeopleStore(engine)
    before = await store.read(session)
    revision = None
    if plan.to_keep or plan.organisations:
        revision = await store.save(session, plan.to_keep, plan.organisations)
        # A later revision may have been told meanwhile: then this one is known.
        with suppress(Refused):
            await ask(engine, session, c.ChangeRoster(revision=revision), SYSTEM)
    choices = await _choose(engine, session, plan.to_keep, before)
    wanted = wishes(plan, (await load(engine, session)).session, before) if inscribe else ()
    refused = [reason for wish in wanted if (reason := await _inscribe(engine, session, wish))]
    return Joined(revision, choices, len(wanted) - len(refused), tuple(refused))


async def _choose(engine: Engine, session: str, persons: Sequence[Person], before: People) -> int:
    """How many choices of attribution were new: what somebody chose in the session is not overwritten."""
    state = (await load(engine, session)).session
    count = 0
    for person in persons:
        chosen, known = state.attributions.get(person.id), before.persons.get(person.id)
        theirs = chosen is not None and (known is None or known.attribution is not chosen)
        if person.attribution is None or theirs or person.attribution is chosen:
            continue
        choice = c.ChooseAttribution(person=person.id, attribution=person.attribution)
        await ask(engine, session, choice, SYSTEM)
        count += 1
    return count


async def _inscribe(engine: Engine, session: str, wish: Wish) -> str | None:
    """Why somebody could not be put on the list; None if they could."""
    person = wish.person
    command = c.Inscribe(person=person.id, segment=wish.segment, on_behalf_of=person.on_behalf_of)
    try:
        await ask(engine, session, command, SYSTEM)
    except Refused as refused:
        return f"{person.display_name}: {refused.message}"
    return None


class Topics:
    """The topics of a session's agenda, as registrants name them: by exact title, or by number."""

    def __init__(self, session: Session, people: People) -> None:
        self._titles = {
            segment.id: people.about.segments.get(segment.id, "")
            for segment in session.segments
            if segment.kind is SegmentKind.TOPIC
        }
        self._numbers = dict(enumerate(self._titles, 1))
        self._numbers |= {
            number: segment for segment, title in self._titles.items() if (number := _number(title)) is not None
        }

    @property
    def known(self) -> bool:
        return bool(self._titles)

    def wish(self, person: Person) -> Wish:
        """The first of the topics that a person named; the agenda's first, with a doubt, where none is known."""
        found = list(dict.fromkeys(segment for topic in person.topics if (segment := self._named(topic))))
        first = next(iter(self._titles))
        if not found:
            named = ", ".join(f'"{topic}"' for topic in person.topics) or "no topic"
            return Wish(person, first, f"named {named}; put at the first topic")
        others = ", ".join(self._titles[segment] for segment in found[1:])
        return Wish(person, found[0], f"also named {others}; one request stands at a time" if others else "")

    def _named(self, topic: str) -> SegmentId | None:
        words = _words(topic)
        for segment, title in self._titles.items():
            if words and words == _words(title):
                return segment
        number = _number(topic)
        return None if number is None else self._numbers.get(number)


def _number(text: str) -> int | None:
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def _words(text: str) -> str:
    """A title without the number before it."""
    return " ".join(_letters(fold(text)))


def _letters(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", text)
    return (word for i, word in enumerate(words) if i > 0 or not word.isdigit())
