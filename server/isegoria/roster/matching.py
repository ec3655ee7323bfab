"""Which known person a record is. An e-mail alone never says so: town halls and ticket buyers share theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isegoria.domain.people import People, Person
from isegoria.domain.values import PersonId
from isegoria.roster.model import Doubt
from isegoria.roster.names import name_key
from isegoria.roster.records import Record
from isegoria.roster.sources import Source

_IDENTIFYING = {"display_name", "given_name", "family_name", "email"}


class Known:
    """The persons of a session, to be found at most once each in one import."""

    def __init__(self, people: People) -> None:
        self._persons = people.persons
        self._claimed: set[PersonId] = set()
        self._by_number: dict[tuple[str, str], list[Person]] = {}
        self._by_address: dict[tuple[str, str], list[Person]] = {}
        for person in people.persons.values():
            self._by_number.setdefault((person.source, person.source_id), []).append(person)
            if person.email:
                self._by_address.setdefault((person.email.lower(), name_key(person.display_name)), []).append(person)

    def claim(self, record: Record, source: Source) -> Person | None:
        """The person that the record is: by our own id, by the source's number, or by e-mail and name together."""
        for person in self._candidates(record, source):
            if person.id not in self._claimed:
                self._claimed.add(person.id)
                return person
        return None

    def _candidates(self, record: Record, source: Source) -> Iterator[Person]:
        if source.ours and record.id in self._persons:
            yield self._persons[record.id]
        for person in self._by_number.get((source.name, record.id), ()):
            if _plausible(person, record):
                yield person
        yield from self._by_address.get((record.email, record.name), ())


def _plausible(person: Person, record: Record) -> bool:
    """Two forms number their answers from 1, so the same number needs the same name or e-mail, unless edited here."""
    if person.edited & _IDENTIFYING:
        return True
    same_email = bool(record.email) and person.email.lower() == record.email
    return same_email or name_key(person.display_name) == record.name


def alike(incoming: Iterable[tuple[int, Person]], people: People) -> Iterator[Doubt]:
    """Proposals for persons who share an e-mail or a name. `incoming` are (line, person); nobody is merged."""
    arrived = list(incoming)
    ids = {person.id for _, person in arrived}
    others = [(0, person) for person in people.persons.values() if person.id not in ids]
    emails: dict[str, tuple[int, Person]] = {}
    names: dict[str, tuple[int, Person]] = {}
    for line, person in (*others, *arrived):
        first = emails.setdefault(person.email, (line, person)) if person.email else (line, person)
        if line and first[1] is not person:
            yield _shared("shared_email", line, person, first, f"the e-mail {person.email}")
            continue
        first = names.setdefault(name_key(person.display_name), (line, person))
        if line and first[1] is not person:
            yield _shared("same_name", line, person, first, "the name")


def _shared(code: str, line: int, person: Person, first: tuple[int, Person], what: str) -> Doubt:
    where = f"line {first[0]}" if first[0] else "already in the roster"
    message = f'"{person.display_name}" shares {what} with "{first[1].display_name}" ({where}).'
    return Doubt(
        line=line, code=code, message=message, proposal="They stay two; if they are one person, merge by hand."
    )
