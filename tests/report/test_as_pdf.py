"""The working paper as PDF: its tags read by another maker's library, its text and its places by a browser's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest

from isegoria.report import as_docx, as_pdf
from isegoria.report.as_pdf.content import content, lettered, roman
from isegoria.report.as_pdf.words import Writer, language_of
from isegoria.report.paper import Chart, Footnote, Name, Paper, Quotation, Section
from tests.report.papers import FULL
from tests.report.test_as_docx import ARABIC, PAPER, W, parts, said, text, value

UA = "{http://www.aiim.org/pdfua/ns/id/}part"
MARGIN = 30 * 72 / 25.4
"""Points."""
PAGE = 210 * 72 / 25.4


@dataclass(frozen=True)
class Tag:
    role: str
    language: str
    alt: str
    inside: tuple[Tag, ...]

    def all(self, role: str) -> Iterator[Tag]:
        if self.role == role:
            yield self
        for one in self.inside:
            yield from one.all(role)


def opened(paper: Paper) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(as_pdf.export(paper)))


def tags(pdf: pikepdf.Pdf) -> Tag:
    return _tag(pdf.Root.StructTreeRoot.K)


def _tag(element: Any) -> Tag:
    if isinstance(element, pikepdf.Array):
        [element] = element
    below = element.get("/K", [])
    inside = [one for one in (below if isinstance(below, pikepdf.Array) else [below]) if _is_tag(one)]
    return Tag(
        str(element.S), str(element.get("/Lang", "")), str(element.get("/Alt", "")), tuple(_tag(one) for one in inside)
    )


def _is_tag(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and "/S" in one


def headings(pdf: pikepdf.Pdf) -> list[str]:
    """As a reader lists them beside the pages, subheads indented."""
    with pdf.open_outline() as outline:
        return [line for one in outline.root for line in (one.title, *(f"  {below.title}" for below in one.children))]


def claims(pdf: pikepdf.Pdf) -> bool:
    """Whether it says that it conforms to PDF/UA-1."""
    described = ET.fromstring(pdf.Root.Metadata.read_bytes())
    return [one.text for one in described.iter(UA)] == ["1"]


def pages(paper: Paper) -> list[str]:
    """What a browser copies of each."""
    pdf = pypdfium2.PdfDocument(as_pdf.export(paper))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def only(*runs: str | Name | Footnote, **about: Any) -> Paper:
    """A paper of one paragraph."""
    return replace(PAPER, summary=(), sections=(Section(1, "One", (said(*runs),)),), **about)


# --- what stands in it ---------------------------------------------------------------------------


def test_a_browser_copies_numbers_paragraphs_items_and_footnotes_in_order() -> None:
    told = "\n".join(pages(PAPER)).replace("\xa0", " ")
    lines = [" ".join(line.split()) for line in told.splitlines()]
    began = lines.index("Summary")
    assert lines[began : began + 4] == [
        "Summary", "40 interventions were heard.", "None was lost.", "I. Introduction"
    ]  # fmt: skip
    assert "A. Local implementation" in lines
    practices = lines.index("3. Practices.")
    assert lines[practices + 1 : practices + 4] == [
        "(a) Ana stated: Budgets are voted on.1", "(b) Bob stated: So are maps.", "4. Challenges."
    ]  # fmt: skip
    assert lines.count("1 Record of the session, intervention 1.") == 1
    assert "Table 1. Interventions" in lines
    assert "Figure 1. Interventions by region (interventions)" in lines


def test_chapters_subheads_and_annexes_are_numbered_and_a_single_subhead_is_not() -> None:
    assert headings(opened(PAPER)) == [
        "Summary",
        "I.\xa0Introduction",
        "II.\xa0Summary of interventions",
        "  A.\xa0Local implementation",
        "  B.\xa0Challenges",
        "III.\xa0Written contributions",
        "  A single subhead",
        "Annex I. Speakers by constituency",
        "Annex II. Method",
    ]


def test_its_headings_are_those_of_the_word_document_in_the_same_order() -> None:
    document = parts(as_docx.export(PAPER))["word/document.xml"]
    word = [text(one) for one in document.iter(f"{W}p") if str(value(one, "pPr/pStyle")).startswith("Heading")]
    assert [re.sub(r"^(Annex )?[IVXA-Z]+\.\s", "", one.strip()) for one in headings(opened(PAPER))] == word


def test_each_annex_begins_a_page() -> None:
    beginnings = [" ".join(page.splitlines()[1].split()) for page in pages(PAPER)]
    assert [one for one in beginnings if one.startswith("Annex")] == [
        "Annex I. Speakers by constituency", "Annex II. Method"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tier", "rehearsal", "above"),
    [
        ("publishable", False, "Publishable"),
        ("internal", False, "Internal, not for others"),
        ("internal", True, "Internal, not for others Rehearsal. Nobody said this"),
    ],
)
def test_every_page_says_whom_it_is_for(tier: Any, rehearsal: bool, above: str) -> None:
    found = pages(replace(PAPER, tier=tier, rehearsal=rehearsal))
    assert len(found) == 5
    assert {" ".join(page.splitlines()[0].split()) for page in found} == {above}


def test_who_hears_the_paper_is_told_whom_it_is_for() -> None:
    [first, *_] = pages(replace(PAPER, tier="internal", rehearsal=True))
    assert "Access\xa0 Internal, not for others. Rehearsal. Nobody said this" in first


def test_every_page_has_its_number_and_the_log_it_was_made_from() -> None:
    found = [page.splitlines()[-1] for page in pages(PAPER)]
    assert found == [f"Log 3f2a19c4d0e1 Page {number} of 5" for number in range(1, 6)]


def test_a_table_repeats_its_head_on_every_page() -> None:
    told = [page for page in pages(PAPER) if "2:59" in page]
    assert len(told) == 2
    assert all("No. Speaker Time used" in page for page in told)


def test_bars_are_as_long_as_their_values_and_values_stand_beside_them() -> None:
    writer = Writer(from_the_right=False)
    chart = Chart("Share", (("a", 10.0), ("b", 2.5), ("c", 0.0), ("d", float("nan"))), "percent")
    [told] = content(replace(PAPER, sections=(Section(1, "One", (chart,)),)), writer)["sections"][0]["blocks"]
    assert [(bar["share"], bar["value"]) for bar in told["bars"]] == [(100, "10"), (25, "2.5"), (0, "0"), (0, "nan")]


@pytest.mark.parametrize(("number", "told"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX")])
def test_chapters_in_roman_figures(number: int, told: str) -> None:
    assert roman(number) == told


def test_subheads_after_z_are_lettered_as_word_does() -> None:
    assert [lettered(place) for place in (0, 25, 26, 27)] == ["A", "Z", "AA", "BB"]


# --- for those who hear it -----------------------------------------------------------------------


def test_it_conforms_to_pdf_ua_and_says_its_title_and_language() -> None:
    pdf = opened(replace(PAPER, language="en-GB"))
    assert claims(pdf)
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_headings_lists_tables_quotations_and_notes_are_tagged() -> None:
    document = tags(opened(PAPER))
    count = {
        role: len(list(document.all(f"/{role}"))) for role in ("H1", "H2", "L", "LI", "BlockQuote", "Note", "Table")
    }
    assert count == {"H1": 6, "H2": 3, "L": 3, "LI": 4, "BlockQuote": 1, "Note": 2, "Table": 1}
    [table] = document.all("/Table")
    [head] = table.all("/THead")
    assert len(list(head.all("/TH"))) == 3
    assert len(list(table.all("/TR"))) == 41
    assert len(list(table.all("/Caption"))) == 1


def test_a_chart_is_told_in_words() -> None:
    [figure] = tags(opened(PAPER)).all("/Figure")
    assert figure.alt == "Bars, in interventions: Africa 14; الشرق الأوسط 7; None 0."


def test_a_quotation_has_its_language() -> None:
    [quotation] = tags(opened(PAPER)).all("/BlockQuote")
    assert quotation.language == "ar"


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        (Name(ARABIC, "ar"), {"ar"}),
        (Name("Muhammad", "ar"), set()),
        (Name("Zoë", "nl-BE"), {"nl-BE"}),
        (Name("X"), set()),
    ],
)
def test_a_name_is_read_in_its_language_if_it_is_written_in_it(name: Name, spoken: set[str]) -> None:
    pdf = opened(only("By ", name, ", who spoke."))
    marked = [one.operands for one in pikepdf.parse_content_stream(pdf.pages[0]) if str(one.operator) == "BDC"]
    found = {str(one[1].Lang) for one in marked if isinstance(one[1], pikepdf.Dictionary) and "/Lang" in one[1]}
    assert found == spoken


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", ("en", None)),
        ("pt-ao", ("pt", "AO")),
        ("zh-Hans", ("zh", None)),
        ("zh-Hant", ("zh", "TW")),
        ("zh-Hant-HK", ("zh", "HK")),
        ("es-419", ("es", None)),
        ("", None),
        ('"><x', None),
        ("klingon", None),
    ],
)
def test_languages_as_the_typesetter_knows_them(tag: str, told: tuple[str, str | None] | None) -> None:
    found = language_of(tag)
    assert (found and (found["lang"], found["region"])) == told


def test_properties_tell_title_tier_and_the_program_only() -> None:
    pdf = opened(PAPER)
    assert set(pdf.docinfo.keys()) == {"/Title", "/Keywords", "/Creator", "/CreationDate", "/ModDate"}
    assert (str(pdf.docinfo.Title), str(pdf.docinfo.Keywords)) == ("Consultation on cities", "Publishable")
    assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20250701120000Z"


def test_a_paper_without_a_title_has_one_for_its_window() -> None:
    assert str(opened(replace(PAPER, title=" \n", subtitle="")).docinfo.Title) == "Working paper"


# --- directions ----------------------------------------------------------------------------------


def places(paper: Paper) -> dict[str, float]:
    """Where each letter of the first page stands: points from the left, of the last one if it is there twice."""
    read = pypdfium2.PdfDocument(as_pdf.export(paper))[0].get_textpage()
    letters = ((read.get_text_range(at, 1), read.get_charbox(at)[0]) for at in range(read.count_chars()))
    return dict(letters)


def test_letters_of_arabic_are_copied_once() -> None:
    [page, *_] = pages(only(Name("عبد", "ar")))
    assert [page.count(letter) for letter in "عبد"] == [1, 1, 1]


def test_a_name_from_the_right_leaves_what_is_beside_it_in_its_place() -> None:
    at = places(only("J ", Name("زضظ (Q)", "ar"), ", 7 Z"))
    assert at["J"] < at["Q"] < at["ظ"] < at["ض"] < at["ز"] < at["7"] < at["Z"]


def test_a_quotation_from_the_right_stands_at_the_right() -> None:
    at = places(replace(PAPER, sections=(Section(1, "One", (Quotation("زضظ", "ar", ("x",)),)),)))
    assert at["ظ"] < at["ض"] < at["ز"]
    assert at["ز"] > PAGE - MARGIN - 60


def test_a_paper_from_the_right_begins_at_the_right() -> None:
    at = places(only("زضظ", language="ar"))
    assert at["ظ"] < at["ض"] < at["ز"]
    assert at["ز"] > PAGE - MARGIN - 60


# --- the same bytes ------------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes_anywhere() -> None:
    code = (
        "import sys; from isegoria.report import as_pdf; from tests.report.papers import FULL;"
        "sys.stdout.buffer.write(as_pdf.export(FULL))"
    )
    root = Path(__file__).parents[2]
    places = {"TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PYTHONPATH": str(root)}
    elsewhere = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **places}, capture_output=True, check=True, cwd=root
    )
    assert as_pdf.export(FULL) == as_pdf.export(FULL) == elsewhere.stdout


def test_fonts_are_ours_and_all_of_them_within() -> None:
    pdf = opened(FULL)
    fonts = {name: font for page in pdf.pages for name, font in page.resources.Font.items()}
    families = {str(font.BaseFont).partition("+")[2].partition("-")[0] for font in fonts.values()}
    assert families == {"NotoSans", "IBMPlexSansArabic", "NotoSansDevanagari", "NotoSansHebrew", "NotoSansCJKjp"}
    described = [font.DescendantFonts[0].FontDescriptor for font in fonts.values()]
    assert all("/FontFile2" in one or "/FontFile3" in one for one in described)


def test_two_hours_are_told_on_some_twenty_pages() -> None:
    pdf = opened(FULL)
    assert claims(pdf)
    assert 15 <= len(pdf.pages) <= 25
    assert len(list(tags(pdf).all("/Note"))) == 40


def test_a_process_that_makes_many_papers_does_not_keep_them() -> None:
    code = (
        "import resource\nfrom isegoria.report import as_pdf\nfrom tests.report.papers import FULL\n"
        "for _ in range(8):\n"
        "    as_pdf.export(FULL)\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    root = Path(__file__).parents[2]
    there = {**os.environ, "PYTHONPATH": str(root)}
    told = subprocess.run([sys.executable, "-c", code], env=there, capture_output=True, check=True, cwd=root)
    megabytes = [int(line) for line in told.stdout.split()]
    assert megabytes[-1] - megabytes[0] < 80
