"""What stands on every page: whom it is for, whether it is a rehearsal's, which log it was made from, its number."""

# ruff: noqa: SLF001 - what python-docx has no word for is done to its elements, which it keeps in `_p`, `_r`, ...

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from isegoria.report.as_docx.text import turn, write
from isegoria.report.face import TIERS, Script, log, rehearsal
from isegoria.report.paper import Paper


def frame(document: Document, paper: Paper, base: Script) -> None:
    """Writes the header and the footer."""
    header, footer = document.sections[0].header, document.sections[0].footer
    header.is_linked_to_previous = footer.is_linked_to_previous = False
    above, below = header.paragraphs[0], footer.paragraphs[0]
    above.style, below.style = "Header", "Footer"
    for paragraph in (above, below):
        turn(paragraph, base)
    above.add_run("\t".join(filter(None, (TIERS[paper.tier], rehearsal(paper)))))
    write(below, log(paper), base)
    below.add_run("\tPage ")
    field(below, "PAGE", "1")
    below.add_run(" of ")
    field(below, "NUMPAGES", "1")


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """What the program that opens the file works out; `shown` until it has, and to those that never do."""
    _mark(paragraph, "begin")
    code = OxmlElement("w:instrText", {qn("xml:space"): "preserve"})
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _mark(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): kind}))
