"""A .xlsx workbook -> rows of text, sheet by sheet (python-calamine). A formula gives its last value, as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from python_calamine import CalamineWorkbook

from isegoria.domain.errors import Refused
from isegoria.roster.sheet import MAX_COLUMNS, MAX_ROWS, Row, within_limits

MAX_UNPACKED = 50_000_000
_CELL = re.compile(rb"""\br=["']([A-Z]{1,9})(\d{1,9})["']""")

Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def sheets(data: bytes) -> tuple[tuple[Row, ...], ...]:
    """The rows of each sheet, in order; a row's line is its number in the sheet.

    Raises Refused("malformed") for what is no .xlsx workbook, "too_large" for one that unpacks to too much.
    """
    try:
        _check_size(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(_rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names)
    except Refused:
        raise
    except Exception as error:
        message = "The workbook cannot be read. Save it again as .xlsx without a password, or as CSV UTF-8."
        raise Refused("malformed", message) from error


def _check_size(data: bytes) -> None:
    """A small archive may unpack to gigabytes, and one far cell makes a sheet of billions of empty ones."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED or archive.testzip():
            raise Refused("too_large", "The workbook unpacks to more than 50 MB. Save the one sheet as CSV UTF-8.")
        if "xl/workbook.xml" not in archive.namelist():
            raise Refused("malformed", "The file is an archive but no .xlsx workbook. Save the table as .xlsx.")
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                _check_reach(archive.read(name))


def _check_reach(sheet: bytes) -> None:
    for column, row in _CELL.findall(sheet):
        if _number(column) > MAX_COLUMNS or int(row) > MAX_ROWS + 1_000:
            where = (column + row).decode()
            message = f"The sheet has a cell at {where}, far from the table. Copy the table alone to a new sheet."
            raise Refused("too_large", message, cell=where)


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _rows(table: Iterable[Iterable[Cell]]) -> tuple[Row, ...]:
    return within_limits(_numbered(table))


def _numbered(table: Iterable[Iterable[Cell]]) -> Iterator[Row]:
    for line, cells in enumerate(table, 1):
        yield Row(line, tuple(_text(cell) for cell in cells))


def _text(cell: Cell) -> str:
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(" ", "seconds")
        case _:
            return str(cell)
