"""A registration file and the people that are known -> what an import would change. Pure: ids are passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from isegoria.domain.people import Organisation, People, Person
from isegoria.domain.text import clean, fold
from isegoria.domain.values import OrganisationId
from isegoria.roster import columns, places
from isegoria.roster.fields import Fields, read_fields
from isegoria.roster.layout import Layout, read_layout
from isegoria.roster.matching import Known, alike
from isegoria.roster.model import Change, Doubt, Mapping, Plan, Target
from isegoria.roster.records import Reading, Record, read_records
from isegoria.roster.sources import Source, recognise

NewId = Callable[[], str]


def plan(data: bytes, name: str, people: People, mapping: Mapping | None = None, *, new_id: NewId) -> Plan:
    """What importing the file `name` with the content `data` would do to `people`; nothing is changed.

    `mapping` overrides what is proposed for its columns. `new_id` gives a random id for a new person or organisation.
    Raises Refused("malformed" or "too_large") when the file as a whole cannot be read; a bad row is in `refused`.
    """
    layout = read_layout(data, mapping)
    source = recognise(layout.tables[0].headings, mapping)
    taken = columns.propose(layout.tables, source, mapping)
    reading = read_records(layout.tables, taken, source)
    drafting = _Drafting(people, source, new_id)
    for record in reading.records:
        drafting.take(record)
    doubts = (
        *columns.doubts(taken, mapping),
        *_left_out(layout, reading, drafting),
        *drafting.doubts,
        *_derived(drafting),
        *_consent(reading, taken),
        *alike(drafting.arrived, people),
    )
    return Plan(
        file=clean(name),
        source=source.name,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        mapping=taken,
        rows=sum(len(table.rows) for table in layout.tables) + layout.left_out,
        new=tuple(drafting.new),
        changed=tuple(drafting.changed),
        unchanged=tuple(drafting.unchanged),
        organisations=tuple(drafting.organisations),
        doubts=tuple(sorted((*doubts, *reading.doubts), key=lambda doubt: doubt.line)),
        refused=tuple(sorted(reading.refused, key=lambda bad: bad.line)),
    )


class _Drafting:
    """The plan as it grows, record by record."""

    def __init__(self, people: People, source: Source, new_id: NewId) -> None:
        self.people, self.source, self.new_id = people, source, new_id
        self.known = Known(people)
        self.new: list[Person] = []
        self.changed: list[Change] = []
        self.unchanged: list[Person] = []
        self.organisations: list[Organisation] = []
        self.doubts: list[Doubt] = []
        self.arrived: list[tuple[int, Person]] = []
        self.derived: list[str] = []
        self._organisation_ids = {fold(found.name): found.id for found in people.organisations.values()}

    def take(self, record: Record) -> None:
        existing = self.known.claim(record, self.source)
        fields = read_fields(record, self.source, self.people.about.segments.values())
        self.doubts += fields.doubts
        values = self._values(record, fields, existing)
        if existing is None:
            person = Person(id=self.new_id(), **values)
            self.new.append(person)
        else:
            person = self._update(record.line, existing, values)
        self.arrived.append((record.line, person))

    def _update(self, line: int, existing: Person, values: dict[str, Any]) -> Person:
        """What was edited by hand stays; a blank cell takes nothing away."""
        differ = {
            field: value
            for field, value in values.items()
            if field not in existing.edited and not _same(getattr(existing, field), value, field)
        }
        if not differ:
            self.unchanged.append(existing)
            return existing
        person = existing.model_copy(update=differ)
        self.changed.append(Change(line=line, person=person, fields=tuple(differ)))
        return person

    def _values(self, record: Record, fields: Fields, existing: Person | None) -> dict[str, Any]:
        values = dict(fields.values)
        edited = existing.edited if existing else frozenset()
        if fields.organisation and "organisation_id" not in edited:
            values["organisation_id"] = self._organisation(fields.organisation, existing)
        if fields.on_behalf_of and "on_behalf_of" not in edited:
            values["on_behalf_of"] = tuple(self._organisation(name, None) for name in fields.on_behalf_of)
        self._derive_region(record, values, existing)
        if existing is None or (existing.source == self.source.name and existing.id != record.id):
            values |= {"source": self.source.name, "source_id": record.id, "raw": dict(record.raw)}
        return values

    def _organisation(self, name: str, existing: Person | None) -> OrganisationId:
        """The organisation of that very name, but for case and spaces; a new one where there is none."""
        current = self.people.organisation_of(existing.id) if existing else None
        if current and fold(current.name) == fold(name):
            return current.id
        if fold(name) not in self._organisation_ids:
            self._organisation_ids[fold(name)] = self.new_id()
            self.organisations.append(Organisation(id=self._organisation_ids[fold(name)], name=name))
        return self._organisation_ids[fold(name)]

    def _derive_region(self, record: Record, values: dict[str, Any], existing: Person | None) -> None:
        """A country's UCLG section, where none was declared now or before. It is told in the plan."""
        code = values.get("country")
        if existing and ("country" in existing.edited or code is None):
            code = existing.country
        section = places.section(code) if code else None
        if self.source.ours or "regions" in values or section is None:
            return
        before = places.section(existing.country) if existing and existing.country else None
        if existing is None or existing.regions in ((), (before,)):
            values["regions"] = (section,)
            self.derived.append(f"{record.line} ({section})")


def _same(kept: Any, answered: Any, field: str) -> bool:
    """Whether an answer is what is kept; an e-mail is the same however it is capitalised."""
    return bool(kept.lower() == answered if field == "email" else kept == answered)


def _left_out(layout: Layout, reading: Reading, drafting: _Drafting) -> Iterator[Doubt]:
    if layout.left_out:
        message = f"{layout.left_out} rows of hosts or telephones take no part and are left out."
        yield Doubt(line=0, code="hosts", message=message)
    for record in reading.left_out:
        state = record.answer(Target.STATUS)
        message = f'The registration is "{state}".'
        proposal = f'It is left out; accept = ["{record.state}"] in the mapping brings such rows in.'
        yield Doubt(line=record.line, code="left_out", message=message, proposal=proposal)
        if person := drafting.known.claim(record, drafting.source):
            message = f'"{person.display_name}" is in the roster and now "{state}".'
            proposal = "They stay; withdraw their request or erase them by hand."
            yield Doubt(line=record.line, code="was_registered", message=message, proposal=proposal)


def _derived(drafting: _Drafting) -> Iterator[Doubt]:
    if drafting.derived:
        lines = ", ".join(drafting.derived)
        message = f"The region was not declared and follows from the country (UCLG section), by line: {lines}."
        yield Doubt(line=0, code="region_from_country", message=message, proposal="Set another region by hand.")


def _consent(reading: Reading, mapping: Mapping) -> Iterator[Doubt]:
    silent = [str(record.line) for record in reading.records if not record.answer(Target.CONSENT_RECORDING)]
    if silent and mapping.heading_of(Target.CONSENT_RECORDING) is None:
        message = "No column asks for consent to be recorded: it counts as not given."
        yield Doubt(line=0, code="no_consent", message=message, proposal="Ask before the session.")
    elif silent:
        message = f"Consent to be recorded was not answered and counts as not given, by line: {', '.join(silent)}."
        yield Doubt(line=0, code="no_consent", message=message, proposal="Ask before the session.")
