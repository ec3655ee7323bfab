"""Footnotes, which python-docx does not write: a part with their texts, and the marks that refer to them."""

# ruff: noqa: SLF001 - what python-docx has no word for is done to its elements, which it keeps in `_p`, `_r`, ...

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from isegoria.report.as_docx.text import place, turn
from isegoria.report.face import Script

MARK = "FootnoteReference"


class Footnotes:
    """Those of one document, numbered as they come."""

    def __init__(self, document: Document, base: Script) -> None:
        part = document.part.part_related_by(RT.FOOTNOTES)
        assert isinstance(part, XmlPart)
        self._part, self._base, self._count = part, base, 0

    def refer(self, paragraph: Paragraph, text: str) -> None:
        """Ends the paragraph so far with a mark, and writes its footnote."""
        self._count += 1
        mark = {qn("w:id"): str(self._count)}
        _marked(paragraph, "w:footnoteReference", mark)
        footnote = OxmlElement("w:footnote", mark)
        self._part.element.append(footnote)
        written = OxmlElement("w:p")
        footnote.append(written)
        below = Paragraph(written, self._part)
        below.paragraph_format.element.get_or_add_pPr().style = "FootnoteText"
        turn(below, self._base)
        _marked(below, "w:footnoteRef", {})
        below.add_run(" ")
        place(below, text, self._base)


def _marked(paragraph: Paragraph, tag: str, attributes: dict[str, str]) -> None:
    run = paragraph.add_run()._r
    run.style = MARK
    run.append(OxmlElement(tag, attributes))
