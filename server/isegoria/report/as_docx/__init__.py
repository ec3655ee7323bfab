"""The working paper as Word, the form in which the secretariat works: real headings, numbers, footnotes and tables.

`export` is all that others need. `text.py` writes runs, `tables.py` tables and charts, `footnotes.py` footnotes,
`pages.py` headers and footers, `package.py` the file; the looks are in `styles.xml` and `numbering.xml`.
"""

from __future__ import annotations

from isegoria.report.as_docx.body import Body
from isegoria.report.as_docx.package import empty, packed
from isegoria.report.as_docx.pages import frame
from isegoria.report.face import script_of
from isegoria.report.paper import Paper


def export(paper: Paper) -> bytes:
    """A .docx of it. The same paper gives the same bytes."""
    document, base = empty(paper), script_of(paper.language)
    frame(document, paper, base)
    Body(document, paper, base).write()
    return packed(document)
