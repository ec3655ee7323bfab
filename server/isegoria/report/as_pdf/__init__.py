"""The working paper as PDF, to read and to keep: tagged for those who hear it (PDF/UA-1), the same pages everywhere.

`export` is all that others need. `content.py` says what stands in it, `words.py` makes text fit to be shown, `fonts.py`
knows the letters that there are; the looks are in `paper.typ`.
"""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.resources import files

import typst

from isegoria.report.as_pdf.content import content
from isegoria.report.as_pdf.fonts import FAMILIES, fonts
from isegoria.report.as_pdf.words import Writer
from isegoria.report.face import Script, script_of
from isegoria.report.paper import Paper

_PROMISES: tuple[tuple[list[typst.PDFStandard], bool], ...] = ((["ua-1"], True), ([], True), ([], False))
"""(standards, tagged), best first.

PDF/UA-1 cannot be promised of letters that each have a font and together none, as marks of two scripts on a croissant:
they become boxes. Tags fail where a cell and a footnote in it are both longer than a page. What is left is to be read.
"""

_KEPT = 11
"""Papers, and one more."""


def export(paper: Paper) -> bytes:
    """A PDF of it. The same paper gives the same bytes.

    Texts reach the typesetter as data and are never read as its language.
    """
    writer = Writer(from_the_right=script_of(paper.language) is Script.FROM_THE_RIGHT)
    told = json.dumps({**content(paper, writer), "fonts": FAMILIES}, ensure_ascii=False)
    *better, last = _PROMISES
    try:
        for standards, tagged in better:
            with suppress(typst.TypstError):
                return _typeset(told, standards, tagged, paper.made_from)
        return _typeset(told, *last, paper.made_from)
    finally:
        _forget()


def _forget() -> None:
    """The typesetter keeps what it made of a paper (30 MB) until it has made ten others: empty ones take no time."""
    for _ in range(_KEPT):
        typst.compile(b"", format="pdf", font_paths=fonts(), ignore_system_fonts=True)


def _typeset(told: str, standards: list[typst.PDFStandard], tagged: bool, made_from: int) -> bytes:
    made = typst.compile(
        (files(__package__) / "paper.typ").read_bytes(),
        format="pdf",
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": told},
        pdf_standards=standards,
        pdf_tags=tagged,
        timestamp=made_from // 1_000,
    )
    assert isinstance(made, bytes)
    return made
