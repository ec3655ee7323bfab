"""Where the table is in a file: encoding, delimiter, preamble, sections and header row, all found by content."""

from __future__ import annotations

import csv
import io
from itertools import count, islice
from typing import NamedTuple

from isegoria.domain.errors import Refused
from isegoria.domain.text import clean, fold
from isegoria.roster import indico, workbook
from isegoria.roster.headings import LONGEST, asked, named
from isegoria.roster.model import Mapping, Target
from isegoria.roster.sheet import DELIMITERS, MAX_BYTES, MAX_COLUMNS, SAVE_AGAIN, Row, decode, split

_SECTIONS = {"host details": False, "panelist details": True, "attendee details": True, "other attended": False}
"""The parts of a Zoom report, and whether those in it take part: hosts run the meeting, "other" are telephones."""
_NAMES = {Target.DISPLAY_NAME, Target.GIVEN_NAME, Target.FAMILY_NAME}
_LOOKED_AT = 60
"""A header further down than this many rows is not looked for, except below the title of a section."""


class Table(NamedTuple):
    """A header row's headings, each once, and the rows below it."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


class Layout(NamedTuple):
    """`left_out` counts the rows of sections whose people do not take part."""

    encoding: str
    delimiter: str
    tables: tuple[Table, ...]
    left_out: int = 0


def read_layout(data: bytes, mapping: Mapping | None) -> Layout:
    """The tables of a file. Raises Refused("malformed" or "too_large"), which says what to do."""
    if len(data) > MAX_BYTES:
        message = (
            "The file is larger than 5 MB. Delete the columns and sheets that are not needed, or import it in parts."
        )
        raise Refused("too_large", message, limit=MAX_BYTES)
    if not data.strip():
        raise Refused("malformed", "The file is empty. Export the registrations again.")
    if workbook.is_workbook(data):
        return _of_workbook(data, mapping)
    if indico.is_json(data):
        return Layout("utf-8", "json", (_table(indico.rows(data)),))
    return _of_text(data, mapping)


def _of_workbook(data: bytes, mapping: Mapping | None) -> Layout:
    for rows in workbook.sheets(data):
        tables, left_out = _tables(rows, mapping)
        if tables:
            return Layout("xlsx", "", tables, left_out)
    raise _no_header()


def _of_text(data: bytes, mapping: Mapping | None) -> Layout:
    text, encoding = decode(data)
    delimiter = max(DELIMITERS, key=lambda candidate: _promise(text, candidate, mapping))
    tables, left_out = _tables(split(text, delimiter), mapping)
    if not tables:
        raise _no_header()
    return Layout(encoding, delimiter, tables, left_out)


def _no_header() -> Refused:
    message = (
        "No header row was found: one row must have a column for the name, such as Name, First Name or Nombre. "
        f"Name the columns in a mapping file, or check the file. {SAVE_AGAIN}"
    )
    return Refused("malformed", message)


def _promise(text: str, delimiter: str, mapping: Mapping | None) -> int:
    """How good a header the delimiter gives. Quotation marks are not checked here, only with the one chosen."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    best = 0
    try:
        for cells in islice(reader, _LOOKED_AT):
            best = max(best, _score(tuple(cells[:MAX_COLUMNS]), mapping))
    except csv.Error:
        return best
    return best


def _score(cells: tuple[str, ...], mapping: Mapping | None) -> int:
    """How many columns a header row of these cells would name; 0 without one for a person's name."""
    found = [(mapping and mapping.targets(cell)) or named(cell) or asked(cell) for cell in cells if cell.strip()]
    has_name = any(target in _NAMES for targets in found for target in targets)
    return sum(1 for targets in found if targets) if has_name else 0


def _tables(rows: tuple[Row, ...], mapping: Mapping | None) -> tuple[tuple[Table, ...], int]:
    if sections := _by_section(rows, mapping):
        kept = tuple(table for takes_part, table in sections if takes_part)
        return kept, sum(len(table.rows) for takes_part, table in sections if not takes_part)
    scores = [_score(row.cells, mapping) for row in rows[:_LOOKED_AT]]
    if not any(scores):
        return (), 0
    return (_table(rows[scores.index(max(scores)) :]),), 0


def _by_section(rows: tuple[Row, ...], mapping: Mapping | None) -> list[tuple[bool, Table]]:
    titles = [index for index, row in enumerate(rows) if _title(row) in _SECTIONS]
    ends = [*titles[1:], len(rows)]
    return [
        (_SECTIONS[_title(rows[title])], _table(rows[title + 1 : end]))
        for title, end in zip(titles, ends, strict=False)
        if end > title + 1 and _score(rows[title + 1].cells, mapping)
    ]


def _title(row: Row) -> str:
    return fold(row.cells[0]) if not any(cell.strip() for cell in row.cells[1:]) else ""


def _table(rows: tuple[Row, ...]) -> Table:
    return Table(_headings(rows[0].cells), rows[1:])


def _headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    """One heading a column: duplicates are numbered, blank ones at the end fall away, others get their number."""
    width = max(index for index, cell in enumerate(cells, 1) if cell.strip())
    headings: dict[str, str] = {}
    for index, cell in enumerate(cells[:width], 1):
        heading = " ".join(clean(cell).split())[:LONGEST] or f"Column {index}"
        numbered = (heading if n == 1 else f"{heading} ({n})" for n in count(1))
        free = next(candidate for candidate in numbered if fold(candidate) not in headings)
        headings[fold(free)] = free
    return tuple(headings.values())
