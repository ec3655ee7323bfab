"""The working paper as PDF, of text that nobody would write who meant well: it makes a paper all the same."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from isegoria.report import as_pdf
from isegoria.report.as_pdf.words import BREAK, MISSING, shown
from isegoria.report.legible import legible
from isegoria.report.paper import Chart, Footnote, Section, Table
from tests.report.test_as_docx import HOSTILE, PAPER, everywhere
from tests.report.test_as_pdf import MARGIN, PAGE, claims, only, opened, pages, tags

NEVER_JOINED = "\u06d8\U0001f950\u1dec"
"""Each of these letters has a font, no font has all."""
MARKUP = ['#eval("1")', "$x$ *b* _i_ `r`", "<tag> @ref", "\\u{41} ~ -- ...", "= Heading\n- item\n+ item", "// gone"]


@pytest.mark.parametrize("words", MARKUP)
def test_markup_is_text(words: str) -> None:
    [page, *_] = pages(only(words))
    assert "".join(f"1.{words}".split()) in "".join(page.split())


@pytest.mark.parametrize("words", [*HOSTILE, *MARKUP])
def test_hostile_text_stands_there_as_text(words: str) -> None:
    assert claims(opened(everywhere(words)))


@pytest.mark.parametrize("words", ["a" * 3_000, "ب" * 2_000, "e\u0301" * 2_000, "1234567890" * 200])
def test_no_word_is_wider_than_its_line(words: str) -> None:
    pdf = pypdfium2.PdfDocument(as_pdf.export(everywhere(words)))
    for read in (page.get_textpage() for page in pdf):
        boxes = [read.get_charbox(at) for at in range(read.count_chars())]
        assert min(box[0] for box in boxes) > MARGIN - 2
        assert max(box[2] for box in boxes) < PAGE - MARGIN + 2


@pytest.mark.parametrize(
    "block",
    [
        Table("Long", ("A", "B"), ((("word " * 3_000,), ("x",)),)),
        Table("Lines", ("A", "B"), ((("word\n" * 200,), ("x",)),)),
        Chart("Long", (("word " * 1_000, 1.0),), "percent"),
    ],
)
def test_what_is_longer_than_a_page_goes_on_over_it(block: Table | Chart) -> None:
    pdf = pypdfium2.PdfDocument(as_pdf.export(replace(PAPER, sections=(Section(1, "One", (block,)),))))
    for read in (page.get_textpage() for page in pdf):
        assert min(read.get_charbox(at)[1] for at in range(read.count_chars())) > 0


def test_what_breaks_a_long_word_is_not_copied() -> None:
    [page, *_] = pages(only(PAPER.head, "."))
    assert PAPER.head in page


def test_letters_stay_with_their_marks() -> None:
    pieces = shown("e\u0301\u0302" * 20).split(BREAK)
    assert len(pieces) > 2
    assert all(piece.startswith("e") for piece in pieces)


def test_a_letter_that_no_font_has_is_replaced_in_sight() -> None:
    assert shown("a\u0f56\ue000\u0378b") == f"a{MISSING * 3}b"
    assert claims(opened(only("a\u0f56b")))
    assert MISSING in pages(only("a\u0f56b"))[0]


def test_what_is_not_seen_anyway_is_not_replaced() -> None:
    assert shown("a\ufeff\U000e0001\U000e0101b") == "ab"


def test_letters_that_cannot_be_joined_lose_the_mark_and_not_the_paper() -> None:
    pdf = opened(only(NEVER_JOINED, " Kept."))
    assert not claims(pdf)
    assert len(list(tags(pdf).all("/H1"))) == 2
    assert "Kept." in pages(only(NEVER_JOINED, " Kept."))[0]


def test_a_cell_and_its_footnote_longer_than_pages_lose_the_tags_and_not_the_paper() -> None:
    lines = "line\n" * 100
    long = Table("Long", ("A",), (((Footnote(lines), lines),),))
    paper = replace(PAPER, sections=(Section(1, "One", (long,)),))
    assert "/StructTreeRoot" not in opened(paper).Root
    assert sum(page.count("line") for page in pages(paper)) == 200


@given(st.text())
@example("\u2067\u05d0")
@example("\u0661 a \u05d0")
@example(NEVER_JOINED)
@settings(max_examples=60, deadline=None)
def test_any_text_makes_a_tagged_paper(words: str) -> None:
    document = tags(opened(everywhere(words)))
    assert [len(list(document.all(role))) for role in ("/H1", "/Table", "/Figure")] == [2, 1, 1]


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_plain_text_is_kept_to_the_letter(words: str) -> None:
    """The line ends with a point: a hyphen there is no letter to this reader."""
    [page, *_] = pages(only(words, "."))
    assert f"1.{legible(words)}." in "".join(page.split())
