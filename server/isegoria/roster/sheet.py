"""Bytes of a registration file -> rows of text. Nothing here knows what a column means.

Files are exports of web forms and spreadsheets, saved again by people: the encoding and the delimiter are never told.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from isegoria.domain.errors import Refused

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 500
DELIMITERS = (",", ";", "\t", "|")

SAVE_AGAIN = 'Open it in a spreadsheet program and save it as "CSV UTF-8" or as .xlsx.'


class Row(NamedTuple):
    """One row: the line it begins on, from 1, and its cells as they stand."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def decode(data: bytes) -> tuple[str, str]:
    """(text, encoding): by byte order mark, else UTF-8, else cp1252, which Excel writes in Western Europe.

    Raises Refused("malformed") for what is no text.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("malformed", f"The file's encoding is not recognised. {SAVE_AGAIN}") from error
    if "\0" in text:
        raise Refused("malformed", f"The file holds NUL characters, so it is not a text table. {SAVE_AGAIN}")
    return text, encoding


def _encoding(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def split(text: str, delimiter: str) -> tuple[Row, ...]:
    """The rows of a CSV text. Raises Refused("malformed") at a broken quotation mark, "too_large" beyond the limits."""
    return within_limits(_records(text, delimiter))


def _records(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield Row(begins, tuple(cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        message = (
            f"The cell that begins on line {begins} is not closed where its quotation mark says. "
            f"Write a quotation mark inside a cell twice, or save the file again from a spreadsheet program."
        )
        raise Refused("malformed", message, line=begins) from error


def within_limits(rows: Iterator[Row]) -> tuple[Row, ...]:
    """The rows that are not blank. Raises Refused("too_large") when there are too many rows or columns."""
    kept: list[Row] = []
    for row in rows:
        if len(row.cells) > MAX_COLUMNS:
            message = (
                f"Line {row.line} has {len(row.cells)} columns; {MAX_COLUMNS} are taken. Delete what is not needed."
            )
            raise Refused("too_large", message, line=row.line, limit=MAX_COLUMNS)
        if not row.is_blank:
            kept.append(row)
        if len(kept) > MAX_ROWS:
            message = f"The file has more than {MAX_ROWS} rows. Import it in parts."
            raise Refused("too_large", message, limit=MAX_ROWS)
    return tuple(kept)
