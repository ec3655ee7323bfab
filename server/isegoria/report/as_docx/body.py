"""The text of the paper: its title, its summary, its chapters with their paragraphs, its annexes."""

# ruff: noqa: SLF001 - what python-docx has no word for is done to its elements, which it keeps in `_p`, `_r`, ...

from __future__ import annotations

from collections import Counter

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from isegoria.report.as_docx import tables
from isegoria.report.as_docx.footnotes import Footnotes
from isegoria.report.as_docx.pages import field
from isegoria.report.as_docx.text import place, turn, write
from isegoria.report.face import Script, alone, facts, script_of
from isegoria.report.paper import Block, Chart, Footnote, Name, Paper, Paragraph, Quotation, Runs, Section, Table

_PARAGRAPHS, _ANNEXES, _NONE = 1, 3, 0
"""Lists, as numbering.xml has them."""
_FROM_THE_RIGHT = ("”", "“")
"""Quotation marks of what runs so: they are not mirrored by themselves."""


class Body:
    """Writes a paper into an empty document. `base`: the script of the paper's own sentences."""

    def __init__(self, document: Document, paper: Paper, base: Script) -> None:
        self._document, self._paper, self._base = document, paper, base
        self._footnotes = Footnotes(document, base)
        self._captions: Counter[str] = Counter()

    def write(self) -> None:
        """All of it, in order."""
        self._title()
        _plain(self._begin("Heading1", ("Summary",)))
        for runs in self._paper.summary:
            self._begin("Paragraph", runs)
        sections = self._paper.sections
        for number, section in enumerate(sections):
            self._section(section, alone=alone(sections, number))
            for block in section.blocks:
                self._block(block)

    def _title(self) -> None:
        paper = self._paper
        self._begin("Subtitle", (paper.subtitle,))
        self._begin("Title", (Name(paper.title),))
        for name, fact in facts(paper).items():
            line = self._begin("TitleFacts", (name,))
            line.add_run("\t")
            place(line, fact, self._base)

    def _section(self, section: Section, alone: bool) -> None:
        heading = self._begin(f"Heading{section.level}", (section.title,))
        if alone:
            _plain(heading)
        elif section.annex:
            _number(heading, _ANNEXES, section.level - 1)
        if section.annex and section.level == 1:
            heading.paragraph_format.page_break_before = True
            heading.paragraph_format.space_before = Pt(0)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._paragraph(block)
            case Quotation():
                self._quotation(block)
            case Table():
                self._caption("Table", block.caption)
                for paragraph, runs in tables.lay(self._document, block, self._base):
                    self._runs(paragraph, runs)
            case Chart():
                self._caption("Figure", f"{block.caption} ({block.unit})")
                tables.draw(self._document, block, self._base)

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self._begin("NumberedParagraph" if block.numbered else "Paragraph", block.runs)
        if block.items:
            paragraph.paragraph_format.keep_with_next = True
        restart = None if block.numbered or not block.items else self._restarted()
        for runs in block.items:
            item = self._begin("Item", runs)
            if restart is not None:
                _number(item, restart, 1)

    def _quotation(self, block: Quotation) -> None:
        script = script_of(block.language)
        opening, closing = _FROM_THE_RIGHT if script is Script.FROM_THE_RIGHT else ("“", "”")
        paragraph = self._document.add_paragraph(style="Quote")
        turn(paragraph, script)
        write(paragraph, f"{opening}{block.text}{closing}", script, block.language)
        self._begin("QuoteSource", block.source)

    def _caption(self, kind: str, text: str) -> None:
        """Numbered by a field, so that Word can list tables and figures."""
        self._captions[kind] += 1
        paragraph = self._begin("Caption", (f"{kind} ",))
        field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._captions[kind]))
        paragraph.add_run(". ")
        self._runs(paragraph, (text,))

    def _begin(self, style: str, runs: Runs) -> WordParagraph:
        paragraph = self._document.add_paragraph()
        paragraph._p.style = style
        turn(paragraph, self._base)
        self._runs(paragraph, runs)
        return paragraph

    def _runs(self, paragraph: WordParagraph, runs: Runs) -> None:
        for run in runs:
            match run:
                case Footnote(text=text):
                    self._footnotes.refer(paragraph, text)
                case Name(text=text, language=language):
                    place(paragraph, text, self._base, language, name=True)
                case str():
                    place(paragraph, run, self._base)

    def _restarted(self) -> int:
        """A list of items that begins with (a), though no numbered paragraph comes before it."""
        numbering = self._document.part.numbering_part.element
        made = numbering.add_num(_PARAGRAPHS)
        made.add_lvlOverride(1).add_startOverride(1)
        return int(made.numId)


def _plain(heading: WordParagraph) -> None:
    """A heading without a number."""
    _number(heading, _NONE, 0)
    heading.paragraph_format.left_indent = heading.paragraph_format.first_line_indent = Pt(0)


def _number(paragraph: WordParagraph, list_id: int, level: int) -> None:
    numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbers.get_or_add_ilvl().val = level
    numbers.get_or_add_numId().val = list_id
