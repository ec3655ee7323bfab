"""Whose names may not stand in publishable words, by which names, and when they spoke (R3, R5, R9, R10)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from isegoria.domain.attribution import choice_of, is_confided, is_protected, under_chatham_house
from isegoria.domain.notebook import Remarks
from isegoria.domain.people import People, Person
from isegoria.domain.session import Entry, Session, Spoken, Turn
from isegoria.domain.values import MINUTE, Attribution, EntryId, Instant, Millis, PersonId
from isegoria.report.spelling import is_syllabic, letters

AROUND: Millis = MINUTE
SHORTEST = 3
"""Letters that a name must have to be looked for; two where a sign is a syllable."""
_PARTICLES = frozenset(
    ["and", "bin", "das", "del", "den", "der", "des", "dos", "ibn", "las", "los", "the", "van", "von"]
)
_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"[^\s,\-\u2010-\u2015]+")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")

Window: TypeAlias = tuple[Instant, Instant | None]


class Term(NamedTuple):
    """What to look for, folded. `alone`: one word, which may have a meaning of its own. `near`: looked for around the
    turns only."""

    letters: str
    alone: bool = False
    near: bool = False


@dataclass(frozen=True, slots=True)
class Protected:
    """A person's terms, and the times around the turns in which they spoke, or somebody for them.

    `only_unnamed`: they are not told with these terms, but not protected: masked near, and elsewhere what others say.
    """

    terms: tuple[Term, ...]
    windows: tuple[Window, ...]
    only_unnamed: bool = False
    person: PersonId = ""

    def is_near(self, at: Instant) -> bool:
        return any(began <= at and (ended is None or at <= ended) for began, ended in self.windows)


def protected(session: Session, people: People) -> list[Protected]:
    """All whom their choice protects, whether they spoke or not, and those who spoke for them; then those who asked
    for the floor, made remarks or wrote and did not allow their name (R3), or spoke under Chatham House (R6)."""
    turns: list[Spoken | Turn] = [*session.turns, *([session.turn] if session.turn else [])]
    entries: defaultdict[PersonId, set[EntryId]] = defaultdict(set)
    for person in people.persons:
        if is_protected(session, people, person, None):
            entries[person] = set()
    for entry, person in _holders(session, turns):
        if is_protected(session, people, person, session.entries[entry]):
            entries[person].add(entry)
    book = session.notebook
    wrote = {one.person for one in book.remarks} | {one.person for one in book.contributions}
    others = ({person for _, person in _holders(session, turns)} | wrote) - entries.keys()
    unnamed = [person for person in sorted(others) if choice_of(session, people, person) is not Attribution.NAMED]
    hidden = {turn.entry for turn in turns if is_confided(session, turn)}
    told = [turn for turn in turns if turn.entry in hidden]
    remarked = {one.person for one in book.remarks if may_be_confided(session, one)}
    confided = sorted(({turn.person for turn in told} | remarked) - entries.keys())
    return [
        *(_protected(session, people, turns, person, entries[person]) for person in sorted(entries)),
        *(_unnamed(people, turns, person) for person in unnamed),
        *(_confided(session, people, [turn for turn in told if turn.person == person], person) for person in confided),
    ]


def to_strike(session: Session, people: People, person: PersonId) -> tuple[Protected, Protected]:
    """Of who is erased (R8): their names and address, looked for in all that was said; their city and organisations,
    looked for around their turns, and in all that was said if they are protected."""
    turns: list[Spoken | Turn] = [*session.turns, *([session.turn] if session.turn else [])]
    entries = {entry for entry, holder in _holders(session, turns) if holder == person}
    asked = [session.entries[entry] for entry in sorted(entries)]
    found = people.persons.get(person)
    names = {*_email(found.email), *_name(found)} if found else set()
    places = set(_terms(people, person, asked)) - names
    windows = tuple(_window(turn) for turn in turns if turn.entry in entries)
    is_open = not any(is_protected(session, people, person, entry) for entry in (None, *asked))
    return (
        Protected(tuple(sorted(names)), windows, person=person),
        Protected(tuple(sorted(places)), windows, only_unnamed=is_open, person=person),
    )


def _holders(session: Session, turns: Sequence[Spoken | Turn]) -> Iterator[tuple[EntryId, PersonId]]:
    yield from ((turn.entry, turn.person) for turn in turns)
    for entry in session.entries.values():
        yield from ((entry.id, person) for person in (entry.person, entry.substituted) if person)


def _protected(
    session: Session, people: People, turns: Sequence[Spoken | Turn], person: PersonId, entries: set[EntryId]
) -> Protected:
    terms = sorted(set(_terms(people, person, [session.entries[entry] for entry in entries])))
    spoken = [turn for turn in turns if turn.entry in entries]
    return Protected(tuple(terms), tuple(_window(turn) for turn in spoken), person=person)


def _unnamed(people: People, turns: Sequence[Spoken | Turn], person_id: PersonId) -> Protected:
    person = people.persons.get(person_id)
    terms = sorted({*_email(person.email), *_name(person)}) if person else []
    windows = tuple(_window(turn) for turn in turns if turn.person == person_id)
    return Protected(tuple(terms), windows, only_unnamed=True, person=person_id)


def _confided(session: Session, people: People, mine: Sequence[Spoken | Turn], person_id: PersonId) -> Protected:
    """Neither who spoke nor for whom is told of an intervention under Chatham House, were it of one part only."""
    terms = sorted(set(_terms(people, person_id, [session.entries[turn.entry] for turn in mine])))
    return Protected(tuple(terms), tuple(map(_window, mine)), only_unnamed=True, person=person_id)


def may_be_confided(session: Session, remarks: Remarks) -> bool:
    """They were made before they were noted, nobody knows when: in a segment that was under Chatham House by then."""
    return under_chatham_house(session, remarks.segment, 0, remarks.at)


def _window(turn: Spoken | Turn) -> Window:
    ended = turn.ended_at + AROUND if isinstance(turn, Spoken) else None
    return turn.began_at - AROUND, ended


# --- by which names -------------------------------------------------------------------------------


def _terms(people: People, person_id: PersonId, entries: Sequence[Entry]) -> Iterator[Term]:
    person = people.persons.get(person_id)
    organisations = {one for entry in entries for one in entry.organisations}
    if person:
        organisations |= {person.organisation_id} if person.organisation_id else set()
        yield from _whole(person.city)
        yield from _email(person.email)
        yield from _name(person)
    for one in organisations:
        if found := people.organisations.get(one):
            yield from _whole(found.name)


def _name(person: Person) -> Iterator[Term]:
    """The whole name in any order; the family name alone; a given name alone only near, since others have it too."""
    given, family = person.given_name, person.family_name
    for name in (person.display_name, f"{given} {family}", f"{family} {given}", family):
        yield from _term(name)
    for word in _PARTS.findall(family if given or family else person.display_name):
        yield from _term(word)
    for word in _PARTS.findall(f"{given} {person.display_name}"):
        yield from _term(word, near=True)


def _whole(name: str) -> Iterator[Term]:
    """A name, also without its part in brackets, and an acronym in them: "Network of Cities (NOC)"."""
    yield from _term(name)
    yield from _term(_IN_BRACKETS.sub(" ", name))
    for part in _IN_BRACKETS.findall(name):
        if part.isupper():
            yield from _term(part)


def _email(address: str) -> Iterator[Term]:
    """As written, and as it is spoken."""
    yield from _term(address)
    yield from _term(address.replace("@", " at ").replace(".", " dot "))


def _term(text: str, *, near: bool = False) -> Iterator[Term]:
    folded = letters(text)
    alone = bool(_WORD.fullmatch(text.strip()))
    if alone and folded in _PARTICLES:
        return
    if len(folded) >= (2 if is_syllabic(folded) else SHORTEST):
        yield Term(folded, alone, near)
