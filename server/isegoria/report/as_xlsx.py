"""The record as a workbook, for sorting and statistics: times and durations are values, not texts.

Nothing that people wrote becomes a formula, a link or a number. Every sheet says which tier it is, on the screen and on
paper. No file is made on the way to the bytes: the words of who is protected would stay in it if that were interrupted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from isegoria.report.as_csv import Cell
from isegoria.report.legible import legible
from isegoria.report.model import Record
from isegoria.report.phrases import ENGLISH
from isegoria.report.sheets import Sheet, sheets

LONGEST = 32_767
"""UTF-16 units that a cell can hold."""
CUT = "\n[cut: a cell holds no more; the whole text is in the JSON of the record]"
HEAD = 1
"""The row of the headings; above it stands what the sheet is."""
_NARROWEST, _WIDEST = 8, 60
_EARLIEST: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - when it was made makes no difference to the bytes
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def export(record: Record) -> bytes:
    """A .xlsx of it. The same record gives the same bytes."""
    written = BytesIO()
    with Workbook(written, _OPTIONS) as book:
        book.set_properties(
            {"title": legible(record.session.title), "category": ENGLISH.internal, "created": _EARLIEST}
        )
        book.set_custom_property("Language", "en", "text")
        writer = _Writer(book, record)
        for sheet in sheets(record):
            writer.write(sheet)
    return written.getvalue()


def fitted(text: str) -> str:
    """`text`, or as much of it as a cell can hold, and that it was cut."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


class _Writer:
    """Writes sheets into one book."""

    def __init__(self, book: Workbook, record: Record) -> None:
        self._book, self._record = book, record
        self._notice = " ".join([ENGLISH.internal, *([ENGLISH.rehearsal] if record.session.rehearsal else [])])
        look = {"valign": "top", "text_wrap": True}
        self._plain = book.add_format(look)
        self._from_the_left = book.add_format({**look, "reading_order": 1})
        self._from_the_right = book.add_format({**look, "reading_order": 2})
        self._time = book.add_format({**look, "num_format": "yyyy-mm-dd hh:mm:ss"})
        self._duration = book.add_format({**look, "num_format": "[h]:mm:ss"})
        self._heading = book.add_format({**look, "bold": True, "bottom": 1})
        self._bold = book.add_format({"bold": True})

    def write(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.name)
        names = [_heading(name) for name in sheet.headings]
        self._lay_out(page, sheet, len(names))
        page.write_string(0, 0, f"{sheet.name}. {self._notice} {sheet.notice}".rstrip(), self._bold)
        for column, name in enumerate(names):
            cells = [row.get(sheet.headings[column]) for row in sheet.rows]
            page.set_column(column, column, _width(name, cells))
            page.write_string(HEAD, column, name, self._heading)
            for line, cell in enumerate(cells, HEAD + 1):
                self._cell(page, line, column, cell)

    def _lay_out(self, page: Worksheet, sheet: Sheet, columns: int) -> None:
        page.freeze_panes(HEAD + 1, 0)
        page.autofilter(HEAD, 0, HEAD + len(sheet.rows), columns - 1)
        if sheet.dense:
            page.set_default_row(60)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, HEAD)
        page.set_header(f"&L{_on_paper(self._record.session.title)}&R{_on_paper(self._notice)}")
        page.set_footer(f"&L{_on_paper(self._record.session.id)}&C&A&R&P / &N")

    def _cell(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        match cell:
            case None:
                return
            case datetime():
                page.write_datetime(row, column, cell.replace(tzinfo=None, microsecond=0), self._time)
            case timedelta():
                page.write_datetime(row, column, cell, self._duration)
            case int():
                page.write_number(row, column, cell, self._plain)
            case str():
                self._text(page, row, column, _literal(fitted(legible(cell))))

    def _text(self, page: Worksheet, row: int, column: int, text: str) -> None:
        if text:
            page.write_string(row, column, text, self._direction(text))

    def _direction(self, text: str) -> Format:
        """That of its first letter, as in Unicode annex 9, P2; Excel else takes that of the reader's own language."""
        strong = (one for one in map(unicodedata.bidirectional, text) if one in ("L", "R", "AL"))
        return self._from_the_left if next(strong, "L") == "L" else self._from_the_right


def _literal(text: str) -> str:
    """xlsxwriter takes a text between these two for markup of its own, and writes it as it stands."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _heading(name: str) -> str:
    return name.replace(" (s)", " (h:mm:ss)")


def _on_paper(text: str) -> str:
    """Of what may stand at the edge of a page, 255 signs in all; an ampersand would begin a code there."""
    return " ".join(legible(text).replace("&", "＆").split())[:80]


def _width(name: str, cells: Iterable[Cell]) -> int:
    """In digits: that of the longest line, as far as a screen allows."""
    lines = [line for cell in (name, *cells) for line in _shown(cell).splitlines()]
    return max(_NARROWEST, min(_WIDEST, 2 + max((_columns(line) for line in lines), default=0)))


def _shown(cell: Cell) -> str:
    return f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else "" if cell is None else str(cell)


def _columns(line: str) -> int:
    """Of a line that a column may have to hold; what is beyond the widest makes no difference."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line[:_WIDEST])
