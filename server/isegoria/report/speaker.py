"""Who speaks, in the words of a transcript's language and as far as its readers may know (Q4, R9)."""

from __future__ import annotations

from collections.abc import Iterator

from isegoria.domain.attribution import Shown, Surface, choice_of, is_confided, is_protected, shown, shown_of
from isegoria.domain.people import People, Person
from isegoria.domain.session import Entry, Session, Spoken, Turn
from isegoria.domain.text import clean
from isegoria.domain.values import Attribution
from isegoria.report.phrases import Phrases, country, phrases


class Speakers:
    """The speakers of one session, as a surface shows them in one language."""

    def __init__(self, session: Session, people: People, surface: Surface, language: str) -> None:
        self._session, self._people, self._surface = session, people, surface
        self._language, self._phrases = language, phrases(language)

    def shown(self, turn: Spoken | Turn) -> Shown:
        """How much is told of who has, or had, this turn."""
        entry = self._session.entries[turn.entry]
        if self._surface is Surface.TEAM:
            return shown(self._session, self._people, self._surface, turn.person, entry)
        return shown_of(self._session, self._people, self._surface, entry)

    def label(self, turn: Spoken | Turn) -> tuple[str, ...]:
        """Name, organisation, city and country, as far as they are told; "a participant" where nothing is."""
        told, person = self.shown(turn), self._people.persons.get(turn.person)
        entry = self._session.entries[turn.entry]
        known = tuple(self._known(person, entry, told)) if person and told.with_words else ()
        named = known or (self._phrases.participant,)
        return (*named, *self._remarks(turn, entry))

    def _known(self, person: Person, entry: Entry, told: Shown) -> Iterator[str]:
        kept = entry.organisation or person.organisation_id
        organisation = self._people.organisations.get(kept) if kept else None
        place = _line(organisation.name) if organisation else ""
        city = _line(person.city)
        name = self._name(person, entry) if told is Shown.IN_FULL else ""
        yield from (part for part in (name, place, "" if city in place else city) if part)
        if person.country:
            yield country(person.country, self._language)

    def _name(self, person: Person, entry: Entry) -> str:
        """A substitute's with that of who was registered, for the team (Q4)."""
        name = _line(person.display_name)
        instead = entry.substituted if entry.person == person.id and self._surface is Surface.TEAM else None
        other = self._people.persons.get(instead) if instead else None
        return self._phrases.substitute.format(name=name, other=_line(other.display_name)) if other else name

    def _remarks(self, turn: Spoken | Turn, entry: Entry) -> Iterator[str]:
        words = self._phrases
        if turn.part > 1:
            yield words.part.format(number=turn.part)
        if self._surface is Surface.TEAM:
            yield from self._marks(turn, entry, words)

    def _marks(self, turn: Spoken | Turn, entry: Entry, words: Phrases) -> Iterator[str]:
        """What others may not know (R9)."""
        if is_protected(self._session, self._people, turn.person, entry):
            yield words.protected
        if choice_of(self._session, self._people, turn.person) is Attribution.NOT_FOR_REPORT:
            yield words.not_for_report
        if is_confided(self._session, turn):
            yield words.chatham_house


def _line(text: str) -> str:
    """On one line, without what turns its direction around."""
    return " ".join(clean(text).split())
