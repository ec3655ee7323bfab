"""What stands in the paper, in order and with its numbers, as `paper.typ` takes it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from isegoria.report.as_pdf.words import Writer, language_of, shown
from isegoria.report.face import TIERS, Script, alone, bare, facts, figure, log, rehearsal, script_of
from isegoria.report.legible import legible
from isegoria.report.paper import Block, Chart, Paper, Paragraph, Quotation, Section, Table

_WHOLE_ROW = 3_000
"""Characters that a page has room for, in the width of the table: a longer row goes on over the page."""
_WHOLE_CHART = 30
"""Lines of a chart that are kept on one page."""
_LINE = 20
"""Characters of a label in a line."""


def content(paper: Paper, writer: Writer) -> dict[str, Any]:
    """The paper as JSON can hold it."""
    return {
        "title": writer.text(paper.title),
        "subtitle": writer.text(paper.subtitle),
        "properties": {"title": _one_line(paper.title) or _one_line(paper.subtitle) or "Working paper"},
        "language": language_of(paper.language) or {"lang": "und", "region": None},
        "from_the_right": script_of(paper.language) is Script.FROM_THE_RIGHT,
        "tier": TIERS[paper.tier],
        "rehearsal": rehearsal(paper),
        "log": shown(log(paper)),
        "facts": [[name, writer.text(fact)] for name, fact in facts(paper).items()],
        "summary": [writer.runs(runs) for runs in paper.summary],
        "sections": list(_sections(paper.sections, writer)),
    }


def _sections(sections: Sequence[Section], writer: Writer) -> Iterator[dict[str, Any]]:
    chapters, annexes, paragraphs, subheads = count(1), count(1), count(1), count(0)
    for at, section in enumerate(sections):
        if section.level == 1:
            number = f"Annex {roman(next(annexes))}." if section.annex else f"{roman(next(chapters))}."
            subheads = count(0)
        else:
            number = "" if alone(sections, at) else f"{lettered(next(subheads))}."
        yield {
            "level": section.level,
            "number": number,
            "annex": section.annex,
            "title": writer.text(section.title),
            "blocks": [_block(block, writer, paragraphs) for block in section.blocks],
        }


def _block(block: Block, writer: Writer, paragraphs: Iterator[int]) -> dict[str, Any]:
    match block:
        case Paragraph(runs=runs, numbered=numbered, items=items):
            number = f"{next(paragraphs)}." if numbered else ""
            said = [writer.runs(item) for item in items]
            return {"kind": "paragraph", "number": number, "runs": writer.runs(runs), "items": said}
        case Quotation():
            return _quotation(block, writer)
        case Table():
            return _table(block, writer)
        case Chart():
            return _chart(block, writer)


def _quotation(block: Quotation, writer: Writer) -> dict[str, Any]:
    from_the_right = script_of(block.language) is Script.FROM_THE_RIGHT
    opening, closing = ("”", "“") if from_the_right else ("“", "”")
    return {
        "kind": "quotation",
        "text": f"{opening}{shown(block.text)}{closing}",
        "language": language_of(block.language) or {"lang": "und", "region": None},
        "from_the_right": from_the_right,
        "source": writer.runs(block.source),
    }


def _table(table: Table, writer: Writer) -> dict[str, Any]:
    rows = [
        {
            "whole": max((_room(bare(cell)) for cell in row), default=0) * len(row) < _WHOLE_ROW,
            "cells": [writer.runs(cell) for cell in row],
        }
        for row in table.rows
    ]
    head = [writer.text(words) for words in table.head]
    counts = sorted(table.counts)
    return {"kind": "table", "caption": writer.text(table.caption), "head": head, "counts": counts, "rows": rows}


def _chart(chart: Chart, writer: Writer) -> dict[str, Any]:
    told = "; ".join(f"{label} {figure(value)}" for label, value in chart.bars)
    longest = max((value for _, value in chart.bars if math.isfinite(value)), default=0.0)
    bars = [
        {"label": writer.text(label), "value": figure(value), "share": _share(value, longest)}
        for label, value in chart.bars
    ]
    caption = writer.text(f"{chart.caption} ({chart.unit})")
    alt = legible(f"Bars, in {chart.unit}: {told}.")
    whole = sum(1 + _room(label) // _LINE for label, _ in chart.bars) <= _WHOLE_CHART
    return {"kind": "chart", "caption": caption, "alt": alt, "bars": bars, "whole": whole}


def _room(text: str) -> int:
    """Characters that it takes the room of."""
    return len(text) + _LINE * text.count("\n")


def _share(value: float, longest: float) -> float:
    """Of the longest bar, in percent."""
    if longest <= 0 or not math.isfinite(value):
        return 0.0
    return 100 * min(1.0, max(0.0, value / longest))


def roman(number: int) -> str:
    """1 -> "I"."""
    signs = {
        1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V",
        4: "IV", 1: "I",
    }  # fmt: skip
    written = ""
    for worth, sign in signs.items():
        times, number = divmod(number, worth)
        written += sign * times
    return written


def lettered(place: int) -> str:
    """0 -> "A", 25 -> "Z", 26 -> "AA", as Word goes on: 27 -> "BB"."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place % 26] * (place // 26 + 1)


def _one_line(text: str) -> str:
    return " ".join(legible(text).split())
