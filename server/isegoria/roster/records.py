"""Rows -> one record for each registration: states looked at, rows of the same person put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from typing import NamedTuple

from isegoria.domain.text import clean, fold
from isegoria.roster import dates
from isegoria.roster.layout import Table
from isegoria.roster.model import BadRow, Doubt, Mapping, Target
from isegoria.roster.names import Name, name_key, read_name
from isegoria.roster.sheet import Row
from isegoria.roster.sources import Source
from isegoria.roster.vocabulary import words

LONGEST_CELL = 10_000

_LEFT_OUT = frozenset(
    words("""
        denied | rejected | declined | cancelled | canceled | refunded | withdrawn | pending | pending approval
        not attending | deleted | transferred
        rechazado | rechazada | cancelado | cancelada | pendiente | retirado | retirada
        refusé | refusée | annulé | annulée | en attente
    """)
)
_TAKEN = frozenset(words("approved | completed | complete | attending | checked in | registered | aprobado | approuvé"))


_NAME_PARTS = (Target.DISPLAY_NAME, Target.GIVEN_NAME, Target.FAMILY_NAME)


class Record(NamedTuple):
    """One registration: the line it begins on, every cell by heading, and the answers by target.

    `id` is the source's own number, or else e-mail and name, or name and organisation: the same at every export.
    """

    line: int
    raw: Map[str, str]
    answers: Map[Target, tuple[str, ...]]
    id: str
    name: str
    doubts: tuple[Doubt, ...] = ()

    def answer(self, target: Target) -> str:
        """The last answer to it, as questions stand behind a tool's own columns; "" for none."""
        return self.answers.get(target, ("",))[-1]

    @property
    def email(self) -> str:
        return self.answer(Target.EMAIL).lower()

    @property
    def state(self) -> str:
        return fold(self.answer(Target.STATUS))


class Reading(NamedTuple):
    """The records that come in, those left out by their state, and the rows that cannot be read."""

    records: tuple[Record, ...]
    left_out: tuple[Record, ...]
    refused: tuple[BadRow, ...]
    doubts: tuple[Doubt, ...]


def read_records(tables: tuple[Table, ...], mapping: Mapping, source: Source) -> Reading:
    """Every row of the file, once: as part of a record, left out with its state, or refused with a reason."""
    read = [_read(row, table.headings, mapping, source) for table in tables for row in table.rows]
    records = [record for record in read if isinstance(record, Record)]
    taken = [record for record in records if not _is_left_out(record, mapping)]
    left_out = tuple(record for record in records if _is_left_out(record, mapping))
    doubts, day_first = _about_dates(taken, mapping)
    together = tuple(_together(group, source, day_first) for group in _groups(taken))
    refused = tuple(bad for bad in read if isinstance(bad, BadRow))
    return Reading(together, left_out, refused, (*doubts, *_about_states(taken)))


def _read(row: Row, headings: tuple[str, ...], mapping: Mapping, source: Source) -> Record | BadRow:
    if any(cell.strip() for cell in row.cells[len(headings) :]):
        reason = f"it has more than the {len(headings)} cells of the header: put cells that hold a delimiter in quotes"
        return BadRow(line=row.line, reason=reason)
    if any(len(cell) > LONGEST_CELL for cell in row.cells):
        return BadRow(line=row.line, reason=f"a cell has more than {LONGEST_CELL} characters: shorten it")
    raw = {heading: _cell(cell, source) for heading, cell in zip(headings, row.cells, strict=False)}
    doubts: list[Doubt] = []
    answers = _answers(raw, mapping, source, row.line, doubts)
    record = Record(row.line, {heading: cell for heading, cell in raw.items() if cell}, answers, "", "")
    name = name_of(record, source)
    if not (name.display or _is_left_out(record, mapping)):
        reason = f'the name is a device\'s, "{name.device}": ask who it is' if name.device else "it has no name"
        return BadRow(line=row.line, reason=reason)
    key = name_key(name.display)
    return record._replace(name=key, id=_id(record, key), doubts=tuple(doubts))


def name_of(record: Record, source: Source) -> Name:
    """The person's name in the record, each part in one line."""
    display, given, family = (" ".join(record.answer(part).split()) for part in _NAME_PARTS)
    return Name(display, given, family) if source.ours else read_name(display, given, family, renames=source.renames)


def _cell(cell: str, source: Source) -> str:
    """The cell without what is unsafe. Our own export puts an apostrophe before what a spreadsheet would run."""
    text = clean(cell.replace("\t", " ")).strip()
    if source.ours and text.startswith("'") and text.lstrip("'")[:1] in FORMULA_STARTS:
        return text[1:]
    return text


FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
"""How a cell begins that a spreadsheet program may run as a formula."""


def _answers(
    raw: Map[str, str], mapping: Mapping, source: Source, line: int, doubts: list[Doubt]
) -> dict[Target, tuple[str, ...]]:
    answers: dict[Target, tuple[str, ...]] = {}
    for heading, cell in raw.items():
        if not cell or fold(cell) in source.empty:
            continue
        for target, part in _parts(heading, cell, mapping.columns.get(heading, ()), line, doubts):
            answers[target] = (*answers.get(target, ()), part)
    return answers


def _parts(
    heading: str, cell: str, targets: tuple[Target, ...], line: int, doubts: list[Doubt]
) -> Iterator[tuple[Target, str]]:
    """A cell that answers several questions is split only when it has as many parts; else its first part is taken."""
    if len(targets) < 2:
        yield from ((target, cell) for target in targets)
        return
    parts = [part.strip() for part in cell.split(";" if ";" in cell else ",")]
    if len(parts) == len(targets):
        yield from zip(targets, parts, strict=True)
        return
    yield targets[0], parts[0]
    if len(parts) > 1:
        wanted, rest = " and ".join(targets[1:]), ", ".join(parts[1:])
        message = f'"{cell}" in "{heading}" has {len(parts)} parts for {len(targets)} questions.'
        proposal = f'"{parts[0]}" is taken for {targets[0]}; set {wanted} by hand from "{rest}".'
        doubts.append(Doubt(line=line, code="combined_answer", message=message, proposal=proposal))


def _id(record: Record, name: str) -> str:
    if number := record.answer(Target.SOURCE_ID):
        return number
    if record.email:
        return f"{record.email}|{name}"
    return f"|{name}|{fold(record.answer(Target.ORGANISATION))}"


def _is_left_out(record: Record, mapping: Mapping) -> bool:
    return record.state in _LEFT_OUT and record.state not in {fold(state) for state in mapping.accept}


def _about_states(records: Iterable[Record]) -> Iterator[Doubt]:
    for record in records:
        if record.state and record.state not in _TAKEN | _LEFT_OUT:
            message = f'"{record.answer(Target.STATUS)}" is not a known state of a registration.'
            yield Doubt(line=record.line, code="unknown_state", message=message, proposal="The row comes in.")


def _about_dates(records: list[Record], mapping: Mapping) -> tuple[tuple[Doubt, ...], bool | None]:
    """Whether days come first in this file, and the doubt when its dates do not tell."""
    dated = [(record.line, date) for record in records for date in record.answers.get(Target.REGISTERED_AT, ())]
    day_first = mapping.day_first if mapping.day_first is not None else dates.day_first(date for _, date in dated)
    unclear = next(((line, date) for line, date in dated if dates.is_ambiguous(date)), None)
    if day_first is not None or unclear is None:
        return (), day_first
    line, date = unclear
    message = f'Dates such as "{date}" read as two different days, and no date in the file tells which.'
    proposal = "Set day_first to true or false in the mapping; until then the file's order counts."
    return (Doubt(line=line, code="ambiguous_date", message=message, proposal=proposal),), None


def _groups(records: Iterable[Record]) -> Iterable[list[Record]]:
    """Rows of one person: the same e-mail and name, or without an e-mail the same id. Never an e-mail alone."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        key = (record.email, record.name) if record.email else ("", f"{record.id}|{record.name}")
        groups.setdefault(key, []).append(record)
    return groups.values()


def _together(group: list[Record], source: Source, day_first: bool | None) -> Record:
    """One record of a person's rows: in Zoom's reports the first is whole, elsewhere the newest counts."""
    if len(group) == 1:
        return group[0]
    ranked = group[::-1] if source.rejoins else _by_date(group, day_first)
    best = ranked[-1]
    raw = {key: cell for record in ranked for key, cell in record.raw.items()}
    answers = {key: cells for record in ranked for key, cells in record.answers.items()}
    lines = ", ".join(str(record.line) for record in group)
    code, why = ("rejoined", "left and came again") if source.rejoins else ("registered_twice", "registered again")
    message = f"Lines {lines} are one person, by name and e-mail or by number, who {why}."
    proposal = f"They come in as one; line {best.line} counts where the answers differ."
    told = Doubt(line=group[1].line, code=code, message=message, proposal=proposal)
    return best._replace(raw=raw, answers=answers, doubts=(*best.doubts, told))


def _by_date(group: list[Record], day_first: bool | None) -> list[Record]:
    """The oldest first; the file's order where a date is missing or unclear."""
    instants = [dates.read_date(record.answer(Target.REGISTERED_AT), day_first) for record in group]
    known = [instant for instant in instants if instant is not None]
    if len(known) < len(group):
        return group
    return [group[index] for _, index in sorted(zip(known, range(len(group)), strict=True))]
