"""Tables and charts. A chart is a table too, of bars: each program shows it, and its labels keep their direction."""

# ruff: noqa: SLF001 - what python-docx has no word for is done to its elements, which it keeps in `_p`, `_r`, ...

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph

from isegoria.report.as_docx.package import WIDTH
from isegoria.report.as_docx.text import place, turn, write
from isegoria.report.face import Script, bare, figure
from isegoria.report.legible import legible
from isegoria.report.paper import Chart, Runs, Table

_PADDING = 170
"""Of a cell, both sides together, as the styles have it."""
_CHARACTER = 94
_NARROWEST, _WIDEST = 5, 40
"""Characters of a column that count when the width is shared out."""
_HEAD = 2
"""Characters more than it has, so that a head of wide letters ("Number") is not broken in the middle of its word."""
_BREAKS = 1_500
"""Characters from which a row may go on over the page: taller than one, it would be cut off."""
_BARS = (2_900, 4_604, 1_000)


def lay(document: Document, table: Table, base: Script) -> Iterator[tuple[Paragraph, Runs]]:
    """Adds a table; yields each cell's paragraph with the runs to be written in it."""
    widths = _shared([_longest(table, column) for column in range(len(table.head))])
    made = _made(document, len(table.rows) + 1, widths, "PaperTable", base)
    _tell(made, table.caption, f"{len(table.rows)} rows. Columns: {', '.join(table.head)}.")
    rows: list[tuple[Runs, ...]] = [tuple((words,) for words in table.head), *table.rows]
    for number, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
        _keep_whole(row, number == 0, max((len(bare(cell)) for cell in cells), default=0))
        for column, (cell, runs) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.style = "Count" if column in table.counts else "Cell"
            paragraph.paragraph_format.keep_with_next = True if number == 0 else None
            turn(paragraph, base)
            yield paragraph, runs


def draw(document: Document, chart: Chart, base: Script) -> None:
    """Adds a chart: a label, a bar as long as its value, the value in figures. Word opens no table without rows."""
    if not chart.bars:
        return
    made = _made(document, len(chart.bars), _BARS, "ChartTable", base)
    told = "; ".join(f"{label} {figure(value)}" for label, value in chart.bars)
    _tell(made, chart.caption, f"Bars, in {chart.unit}: {told}.")
    longest = max((value for _, value in chart.bars if math.isfinite(value)), default=0.0)
    last = len(chart.bars) - 1
    for number, (row, (label, value)) in enumerate(zip(made.rows, chart.bars, strict=True)):
        _keep_whole(row, False, 0)
        name, bar, value_cell = (cell.paragraphs[0] for cell in row.cells)
        name.style, bar.style, value_cell.style = "Count", "Bar", "Cell"
        for paragraph in (name, bar, value_cell):
            paragraph.paragraph_format.keep_with_next = number < last
            turn(paragraph, base)
        place(name, label, base, name=True)
        write(value_cell, figure(value), base)
        _shade(bar, value / longest if longest > 0 and math.isfinite(value) else 0.0)


def _made(document: Document, rows: int, widths: Sequence[int], style: str, base: Script) -> WordTable:
    made: WordTable = document.add_table(rows, len(widths))
    properties = made._tbl.tblPr
    properties.style = style
    properties.autofit = False
    if base is Script.FROM_THE_RIGHT:
        properties.get_or_add_bidiVisual()
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Twips(width)
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Twips(width)
    return made


def _tell(made: WordTable, title: str, description: str) -> None:
    """For those who hear it."""
    look = made._tbl.tblPr.find(qn("w:tblLook"))
    for flag, on in {"firstRow": "1", "firstColumn": "0", "noVBand": "1", "noHBand": "1"}.items():
        look.set(qn(f"w:{flag}"), on)
    look.set(qn("w:val"), "0620")
    for tag, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        made._tbl.tblPr.append(OxmlElement(tag, {qn("w:val"): legible(text)}))


def _keep_whole(row: _Row, head: bool, characters: int) -> None:
    properties = row._tr.get_or_add_trPr()
    if characters < _BREAKS:
        properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _shade(bar: Paragraph, share: float) -> None:
    """A bar is its paragraph's shade, which ends where the paragraph's indent begins."""
    room = _BARS[1] - _PADDING
    length = round(room * min(1.0, max(0.0, share)))
    bar.paragraph_format.right_indent = Twips(room - length)
    if length == 0:
        bar.style = "Cell"


def _longest(table: Table, column: int) -> int:
    cells = (bare(row[column]) for row in table.rows)
    return max(len(table.head[column]) + _HEAD, *(len(cell) for cell in cells), 0)


def _shared(lengths: Sequence[int]) -> list[int]:
    """Widths by how much stands in the columns: as wide as that takes, but where it is too much the widest give way."""
    natural = [min(max(length, _NARROWEST), _WIDEST) * _CHARACTER + _PADDING for length in lengths]
    widths: dict[int, int] = {}
    for column in sorted(range(len(natural)), key=natural.__getitem__):
        left = WIDTH - sum(widths.values())
        widths[column] = min(natural[column], left // (len(natural) - len(widths)))
    return [widths[column] for column in range(len(natural))]
