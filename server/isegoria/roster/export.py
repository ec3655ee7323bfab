"""People -> a CSV that a spreadsheet opens safely and that can be imported again unchanged."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from isegoria.domain.people import People, Person
from isegoria.domain.values import OrganisationId
from isegoria.roster.model import Target
from isegoria.roster.records import FORMULA_STARTS
from isegoria.roster.sources import EXPORT_COLUMNS

_DANGEROUS = re.compile(f"'*[{re.escape(''.join(FORMULA_STARTS))}]")


def export(people: People) -> bytes:
    """CSV, UTF-8 with a byte order mark, one row a person; several values of one cell stand on lines of their own.

    A value that a spreadsheet might run as a formula (= + - @ TAB CR first) gets an apostrophe in front, which the
    import takes away again.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heading for heading, _ in EXPORT_COLUMNS)
    for person in people.persons.values():
        writer.writerow(_safe(_cell(person, target, people)) for _, target in EXPORT_COLUMNS)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def _cell(person: Person, target: Target, people: People) -> str:
    match target:
        case Target.SOURCE_ID:
            return person.id
        case Target.ORGANISATION:
            return _organisations([person.organisation_id] if person.organisation_id else [], people)
        case Target.ON_BEHALF_OF:
            return _organisations(person.on_behalf_of, people)
        case _:
            return _text(getattr(person, target))


def _organisations(ids: Iterable[OrganisationId], people: People) -> str:
    return "\n".join(people.organisations[known].name for known in ids if known in people.organisations)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "\n".join(str(part) for part in value)
        case _:
            return str(value)
