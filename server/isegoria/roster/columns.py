"""Headings -> the mapping that is proposed, with what the organiser's own mapping says on top."""

from __future__ import annotations

from collections.abc import Iterator

from isegoria.roster.headings import asked, bare, named
from isegoria.roster.layout import Table
from isegoria.roster.model import Doubt, Mapping, Target
from isegoria.roster.sources import Source, fixed_columns

_SEVERAL_ARE_FINE = {Target.TOPICS, Target.REGISTERED_AT, Target.ON_BEHALF_OF, Target.REGIONS, Target.ACCESS_NEEDS}


def propose(tables: tuple[Table, ...], source: Source, given: Mapping | None) -> Mapping:
    """A mapping of every column of the file; columns that the given one names are taken as it says."""
    given = given or Mapping()
    columns: dict[str, tuple[Target, ...]] = {}
    for table in tables:
        columns |= _proposed(table.headings, source)
    columns |= {heading: targets for heading in columns if (targets := given.targets(heading)) is not None}
    return given.model_copy(update={"source": source.name, "columns": columns})


def _proposed(headings: tuple[str, ...], source: Source) -> dict[str, tuple[Target, ...]]:
    """Columns known by name come first: a question is taken for what no column is named for yet."""
    fixed = fixed_columns(source, headings)
    columns = {heading: fixed.get(heading) or named(heading) for heading in headings}
    columns = _whole_names(columns)
    taken = {target for targets in columns.values() for target in targets} - {Target.TOPICS}
    for heading in headings:
        if not columns[heading]:
            columns[heading] = tuple(target for target in asked(heading) if target not in taken)
            taken |= set(columns[heading]) - {Target.TOPICS}
    return columns


def _whole_names(columns: dict[str, tuple[Target, ...]]) -> dict[str, tuple[Target, ...]]:
    """ "Nombre" or "Nom" alone is the whole name, and beside "Cognoms" it is the given name."""
    given = [heading for heading, targets in columns.items() if targets == (Target.GIVEN_NAME,)]
    family = [heading for heading, targets in columns.items() if targets == (Target.FAMILY_NAME,)]
    if given and family:
        return columns
    if len(family) > 1 and bare(family[0]) == "nom":
        return columns | {family[0]: (Target.GIVEN_NAME,)}
    if any(Target.DISPLAY_NAME in targets for targets in columns.values()):
        return columns
    return columns | dict.fromkeys((given or family)[:1], (Target.DISPLAY_NAME,))


def doubts(mapping: Mapping, given: Mapping | None) -> Iterator[Doubt]:
    """What is doubtful about the columns themselves."""
    for heading in given.columns if given else ():
        if mapping.targets(heading) is None:
            message = f'The mapping names a column "{heading}" that the file does not have.'
            yield Doubt(line=0, code="column_missing", message=message, proposal="Check the heading in the mapping.")
    for heading, targets in mapping.columns.items():
        if len(targets) > 1:
            wanted = ", ".join(targets)
            message = f'One column, "{heading}", asks for several things: {wanted}.'
            proposal = "Answers with as many parts are split in that order; of others the first part is taken."
            yield Doubt(line=0, code="combined_column", message=message, proposal=proposal)
    yield from _same_target(mapping)


def _same_target(mapping: Mapping) -> Iterator[Doubt]:
    for target in Target:
        headings = [heading for heading, targets in mapping.columns.items() if target in targets]
        if len(headings) > 1 and target not in _SEVERAL_ARE_FINE:
            names = " and ".join(f'"{heading}"' for heading in headings)
            proposal = "The last one answered counts; leave a column out in the mapping to choose."
            yield Doubt(line=0, code="two_columns", message=f"{names} are taken for {target}.", proposal=proposal)
