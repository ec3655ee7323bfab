"""The working paper as a document, before it is written as Word or PDF: what stands in it, not how it looks.

Texts are as people wrote them, cleaned: a renderer isolates each `Name` from the direction of what is around it, and
never reads markup in any text. `outline.py` makes the paper of a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from isegoria.domain.values import Instant


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or other words of a person's, in a sentence that is not theirs. `language`: BCP 47, if it is known."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    text: str


Run: TypeAlias = str | Name | Footnote
"""What a paragraph is made of, in order. A footnote stands where it is referred to."""
Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`numbered`: it counts 1., 2., ... through the whole text. `items`: its sub-paragraphs (a), (b), ..."""

    runs: Runs
    numbered: bool = True
    items: tuple[Runs, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in somebody's own words, confirmed against the recording."""

    text: str
    language: str
    source: Runs


@dataclass(frozen=True, slots=True)
class Table:
    """`head` is repeated on every page. Cells that `counts` names (by their column) are figures, set to the end."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    counts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, in their order; its figures stand in the table that follows it. `unit`: what a value is, in words."""

    caption: str
    bars: tuple[tuple[str, float], ...]
    unit: str


Block: TypeAlias = Paragraph | Quotation | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """`level` 1: a chapter (I., II., ...) or an annex; 2: a subhead (A., B., ...). Numbers are the renderer's."""

    level: Literal[1, 2]
    title: str
    blocks: tuple[Block, ...] = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """`language` is that of the paper's own sentences. `words` counts them all, footnotes included (limit: 8,500).

    `tier` is written on every page. `made_from`: until when the record goes; nothing in the file depends on when it
    was made, so that the same record gives the same bytes.
    """

    title: str
    subtitle: str
    tier: Literal["internal", "publishable"]
    language: str
    session: str
    date: str
    """In words, in the session's zone."""
    made_from: Instant
    head: str
    """Of the log's chain, in hexadecimal."""
    rehearsal: bool
    summary: tuple[Runs, ...]
    """Unnumbered paragraphs before the first chapter."""
    sections: tuple[Section, ...]
    words: int
