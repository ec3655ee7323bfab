"""A plan in plain text, for the command line."""

from __future__ import annotations

from collections.abc import Iterator

from isegoria.domain.people import Person
from isegoria.roster.model import Plan

_DELIMITERS = {"\t": "tab", "": "", "json": ""}


def describe(plan: Plan) -> str:
    """What was found, how the columns are taken, what would change, what is doubtful, and the rows that stay out."""
    return "\n".join([*_found(plan), *_mapping(plan), *_people(plan), *_doubts(plan), *_refused(plan)]) + "\n"


def _found(plan: Plan) -> Iterator[str]:
    delimiter = _DELIMITERS.get(plan.delimiter, f'"{plan.delimiter}"')
    form = ", ".join(part for part in (plan.encoding, delimiter) if part)
    yield f"{plan.file}: {plan.source} ({form}), {plan.rows} rows"
    counts = (len(plan.new), len(plan.changed), len(plan.unchanged), len(plan.refused), len(plan.organisations))
    yield "{} new, {} changed, {} unchanged, {} bad rows; {} new organisations".format(*counts)


def _mapping(plan: Plan) -> Iterator[str]:
    yield from ("", "Columns")
    width = max(len(heading) for heading in plan.mapping.columns)
    for heading, targets in plan.mapping.columns.items():
        yield f"  {heading.ljust(min(width, 40))}  {', '.join(targets) or '(left out)'}"


def _people(plan: Plan) -> Iterator[str]:
    names = {organisation.id: organisation.name for organisation in plan.organisations}
    if plan.new:
        yield from ("", "New")
        yield from (f"  {_person(person, names)}" for person in plan.new)
    if plan.changed:
        yield from ("", "Changed")
        yield from (f"  line {c.line}: {c.person.display_name}: {', '.join(c.fields)}" for c in plan.changed)
    if plan.organisations:
        yield from ("", "New organisations")
        yield from (f"  {organisation.name}" for organisation in plan.organisations)


def _person(person: Person, organisations: dict[str, str]) -> str:
    organisation = organisations.get(person.organisation_id or "", "")
    return ", ".join(part for part in (person.display_name, organisation, person.country) if part)


def _doubts(plan: Plan) -> Iterator[str]:
    if plan.doubts:
        yield from ("", "To look at")
    for doubt in plan.doubts:
        where = f"line {doubt.line}" if doubt.line else "file"
        yield f"  {where}: {doubt.message} {doubt.proposal}".rstrip()


def _refused(plan: Plan) -> Iterator[str]:
    if plan.refused:
        yield from ("", "Bad rows, which do not come in")
    yield from (f"  line {bad.line}: {bad.reason}" for bad in plan.refused)
