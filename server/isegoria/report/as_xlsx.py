"""The record, or what is told of it in public, as a workbook for sorting and statistics.

Times and durations are values, not texts.

Nothing that people wrote becomes a formula, a link or a number. Every sheet says which tier it is, on the screen and on
paper. No file is made on the way to the bytes: the words of who is protected would stay in it if that were interrupted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from io import BytesIO
from math import ceil
from typing import Final, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from isegoria.domain.values import Tier
from isegoria.report.as_csv import Cell
from isegoria.report.legible import legible
from isegoria.report.model import Record, SessionFacts
from isegoria.report.model_account import Account
from isegoria.report.model_statistics import Statistics
from isegoria.report.phrases import ENGLISH
from isegoria.report.sheets import TIERS, Sheet, sheets
from isegoria.report.sheets_account import account_sheets

LONGEST = 32_767
"""UTF-16 units that a cell can hold."""
CUT = "\n[cut: a cell holds no more; the whole text is in the JSON]"
HEAD = 1
"""The row of the headings; above it stands what the sheet is."""
DENSE, HIGHEST = 4, 20
"""Lines of a row: where all are as high as each other, and at most."""
PAGE = 160
"""Digits beside each other on a printed page that can still be read."""
_NARROWEST, _WIDEST = 8, 60
_BESIDE, _BUTTON = 4, 6
"""What is kept free beside a cell, and beside a heading, which has a filter's button."""
_FILLED = 0.9
"""Of a line that goes on in the next: words stay whole."""
_LINE = 15
"""Points."""
_EARLIEST: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - when it was made makes no difference to the bytes
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def export(record: Record) -> bytes:
    """A .xlsx of it. The same record gives the same bytes."""
    return _workbook(record.session, Tier.INTERNAL, sheets(record))


def export_account(account: Account, figures: Statistics) -> bytes:
    """A .xlsx of what is told in the account's tier; `figures` are those of the same session and tier."""
    return _workbook(account.session, account.tier, account_sheets(account, figures))


def _workbook(session: SessionFacts, tier: Tier, sheets_: Iterable[Sheet]) -> bytes:
    written = BytesIO()
    with Workbook(written, _OPTIONS) as book:
        book.set_properties({"title": legible(session.title), "category": TIERS[tier], "created": _EARLIEST})
        book.set_custom_property("Language", "en", "text")
        writer = _Writer(book, session, tier)
        for sheet in sheets_:
            writer.write(sheet)
    return written.getvalue()


def fitted(text: str) -> str:
    """`text`, or as much of it as a cell can hold, and that it was cut."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


_Looks: TypeAlias = tuple[Format, Format, Format]
"""Of a time, a duration, a number."""


@dataclass(frozen=True)
class _Column:
    """What a sheet shows under one heading."""

    name: str
    cells: Sequence[Cell]

    @cached_property
    def has_figures(self) -> bool:
        """Nothing but numbers and times: they stand at the end of their cells."""
        told = [cell for cell in self.cells if cell is not None]
        return bool(told) and not any(isinstance(cell, str) for cell in told)

    @cached_property
    def width(self) -> int:
        """In digits: that of the longest line, as far as a screen allows."""
        lines = [line for cell in self.cells for line in _shown(cell).splitlines()]
        longest = max((_columns(line) for line in lines), default=0)
        return max(_NARROWEST, min(_WIDEST, max(longest + _BESIDE, len(self.name) + _BUTTON)))

    def lines(self, row: int) -> int:
        """How high a cell must be to show all of it: not every program works that out."""
        lines = (_columns(line) for line in _shown(self.cells[row]).splitlines())
        return max(1, sum(1 if length < self.width else ceil(length / (self.width * _FILLED)) for length in lines))


class _Writer:
    """Writes sheets into one book."""

    def __init__(self, book: Workbook, session: SessionFacts, tier: Tier) -> None:
        self._book, self._session = book, session
        self._notice = " ".join([TIERS[tier], *([ENGLISH.rehearsal] if session.rehearsal else [])])
        look = {"valign": "top", "text_wrap": True}
        self._from_the_left = book.add_format({**look, "reading_order": 1})
        self._from_the_right = book.add_format({**look, "reading_order": 2, "align": "right", "indent": 1})
        kinds: list[dict[str, str]] = [{"num_format": "yyyy-mm-dd hh:mm:ss"}, {"num_format": "[h]:mm:ss"}, {}]
        at_the_end = {"align": "right", "indent": 2}  # clear of a filter's button, and of the text beside it
        time, duration, number = (book.add_format({"valign": "top", **kind, **at_the_end}) for kind in kinds)
        self._alone: _Looks = time, duration, number
        time, duration, number = (book.add_format({**look, **kind, "align": "left"}) for kind in kinds)
        self._among_texts: _Looks = time, duration, number
        self._heading = book.add_format({**look, "bold": True, "bottom": 1})
        self._figures = book.add_format({"valign": "top", "bold": True, "bottom": 1, **at_the_end})
        self._bold = book.add_format({"bold": True})

    def write(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.name)
        columns = [_Column(_heading(name), [row.get(name) for row in sheet.rows]) for name in sheet.headings]
        self._lay_out(page, sheet, columns)
        page.write_string(0, 0, f"{sheet.name}. {self._notice} {sheet.notice}".rstrip(), self._bold)
        for number, column in enumerate(columns):
            is_at_the_end = column.has_figures and number > 0  # the first tells which row it is
            page.set_column(number, number, column.width)
            page.write_string(HEAD, number, column.name, self._figures if is_at_the_end else self._heading)
            looks = self._alone if is_at_the_end else self._among_texts
            for line, cell in enumerate(column.cells, HEAD + 1):
                self._cell(page, (line, number), cell, looks)

    def _lay_out(self, page: Worksheet, sheet: Sheet, columns: Sequence[_Column]) -> None:
        page.freeze_panes(HEAD + 1, 0)
        page.autofilter(HEAD, 0, HEAD + len(sheet.rows), len(columns) - 1)
        for line in range(len(sheet.rows)):
            high = DENSE if sheet.dense else max(column.lines(line) for column in columns)
            page.set_row(HEAD + 1 + line, min(HIGHEST, high) * _LINE)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(max(1, round(sum(column.width for column in columns) / PAGE)), 0)
        page.repeat_rows(0, HEAD)
        page.repeat_columns(0)
        page.set_header(f"&L{_on_paper(self._session.title or self._session.id)}&R{_on_paper(self._notice)}")
        page.set_footer(f"&L{_on_paper(self._session.id)}&C&A&R&P / &N")

    def _cell(self, page: Worksheet, place: tuple[int, int], cell: Cell, looks: _Looks) -> None:
        time, duration, number = looks
        match cell:
            case None:
                return
            case datetime():
                page.write_datetime(*place, cell.replace(tzinfo=None, microsecond=0), time)
            case timedelta():
                page.write_datetime(*place, cell, duration)
            case int():
                page.write_number(*place, cell, number)
            case str():
                self._text(page, place, _literal(fitted(legible(cell))))

    def _text(self, page: Worksheet, place: tuple[int, int], text: str) -> None:
        if text:
            page.write_string(*place, text, self._direction(text))

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


def _shown(cell: Cell) -> str:
    return f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else "" if cell is None else str(cell)


def _columns(line: str) -> int:
    """In digits, as far as it makes a difference."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line[: HIGHEST * _WIDEST])
