"""The working paper as Word: read again as XML, and by another maker's reader."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import mammoth
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from isegoria.report import as_docx
from isegoria.report.as_docx.package import WIDTH
from isegoria.report.as_docx.text import culture
from isegoria.report.face import LIMIT, figure
from isegoria.report.legible import legible
from isegoria.report.paper import Chart, Footnote, Name, Paper, Paragraph, Quotation, Runs, Section, Table
from tests.domain.story import NOON

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML = "{http://www.w3.org/XML/1998/namespace}"
HEAD = "3f2a19c4d0e1" * 5 + "abcd"
CITED = Footnote("Record of the session, intervention 1.")
ARABIC, CHINESE = "محمد عبد الله", "王小明"


def said(*runs: str | Name | Footnote, numbered: bool = True, items: tuple[Runs, ...] = ()) -> Paragraph:
    return Paragraph(runs, numbered, items)


SPEAKERS = Table(
    "Interventions",
    ("No.", "Speaker", "Time used"),
    tuple(((str(number),), (Name(ARABIC, "ar"), ", Tunis"), ("2:59",)) for number in range(1, 41)),
    frozenset({0, 2}),
)
REGIONS = Chart("Interventions by region", (("Africa", 14.0), ("الشرق الأوسط", 7.0), ("None", 0.0)), "interventions")
SECTIONS = (
    Section(1, "Introduction", (said("Held by ", Name("OHCHR"), " and ", Name(ARABIC, "ar"), ", 12:00."),)),
    Section(1, "Summary of interventions", (said("By theme."),)),
    Section(
        2,
        "Local implementation",
        (
            said("Practices.", items=(("Ana stated: Budgets are voted on.", CITED), ("Bob stated: So are maps.",))),
            said("Challenges.", items=(("Cat stated: Time.",),)),
            said("Apart.", numbered=False, items=(("One.",),)),
            Quotation("نصوّت هنا (عام 2026). UN-Habitat.", "ar", (Name(ARABIC), ", 12:31")),
        ),
    ),
    Section(2, "Challenges", (said("None. ", CITED), REGIONS)),
    Section(1, "Written contributions", (said(Name(CHINESE, "zh"), " and ", Name("田中", "ja"), " wrote."),)),
    Section(2, "A single subhead", (said("Last."),)),
    Section(1, "Speakers by constituency", (SPEAKERS,), annex=True),
    Section(1, "Method", (said("By machine.", numbered=False),), annex=True),
)
PAPER = Paper(
    title="Consultation on cities",
    subtitle="Working paper",
    tier="publishable",
    language="en",
    session="hr57",
    date="24 November 2026",
    made_from=NOON,
    head=HEAD,
    rehearsal=False,
    summary=(("40 interventions were heard.",), ("None was lost.",)),
    sections=SECTIONS,
    words=1_234,
)


def parts(data: bytes) -> dict[str, ET.Element]:
    with ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: ET.fromstring(file.read(name)) for name in file.namelist()}


def written(*runs: str | Name | Footnote, **about: Any) -> ET.Element:
    """The only paragraph of a paper's only chapter."""
    paper = replace(PAPER, summary=(), sections=(Section(1, "One", (said(*runs),)),), **about)
    return list(body(paper).iter(f"{W}p"))[-1]


def body(paper: Paper = PAPER) -> ET.Element:
    return parts(as_docx.export(paper))["word/document.xml"]


def text(element: ET.Element) -> str:
    """What is read of it; line breaks are `\n`."""
    told = (one.text or "" if one.tag == f"{W}t" else "\n" if one.tag == f"{W}br" else "" for one in element.iter())
    return "".join(told)


def bare(words: str) -> str:
    """Without marks of direction."""
    return words.translate(dict.fromkeys(map(ord, "\u200e\u200f\u2068\u2069")))


def value(element: ET.Element, path: str) -> str | None:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}val", "")


def styled(document: ET.Element, style: str) -> list[ET.Element]:
    return [one for one in document.iter(f"{W}p") if value(one, "pPr/pStyle") == style]


def runs(paragraph: ET.Element) -> Iterator[tuple[str, bool]]:
    """(text, whether it is marked as running from the right)."""
    for run in paragraph.iter(f"{W}r"):
        if text(run):
            yield text(run), value(run, "rPr/rtl") is not None


def read(paper: Paper) -> str:
    """As HTML, by a reader of another make."""
    return str(mammoth.convert_to_html(BytesIO(as_docx.export(paper))).value)


# --- what stands in it ---------------------------------------------------------------------------


def test_another_reader_finds_headings_paragraphs_items_and_footnotes() -> None:
    html = read(PAPER)
    assert "<h1>Summary</h1><p>40 interventions were heard.</p><p>None was lost.</p><h1>Introduction</h1>" in html
    assert "<h2>Local implementation</h2><ol><li>Practices.<ol><li>Ana stated: Budgets are voted on.<sup>" in html
    assert html.count("Record of the session, intervention 1.") == 2
    assert "<thead><tr><th><p>No.</p></th><th><p>Speaker</p></th><th><p>Time used</p></th></tr></thead>" in html
    assert "<p>Table 1. Interventions</p>" in html


def test_the_title_block_says_what_it_is_and_how_long() -> None:
    document = body()
    assert [text(one) for one in styled(document, "Subtitle") + styled(document, "Title")] == [
        "Working paper",
        "Consultation on cities",
    ]
    assert [text(one) for one in styled(document, "TitleFacts")] == [
        "Date24 November 2026",
        "OriginalEnglish",
        "Sessionhr57",
        "Record until1 July 2025, 12:00 UTC",
        f"Words1,234 (limit {LIMIT:,})",
        "AccessPublishable",
    ]


def test_numbers_are_words_own_and_none_is_typed() -> None:
    found = parts(as_docx.export(PAPER))
    document = found["word/document.xml"]
    assert [text(one).strip() for one in styled(document, "NumberedParagraph")][1:4] == [
        "By theme.",
        "Practices.",
        "Challenges.",
    ]
    levels = [
        (value(level, "numFmt"), value(level, "lvlText"), value(level, "pStyle"))
        for level in found["word/numbering.xml"].iter(f"{W}lvl")
    ]
    assert levels == [
        ("decimal", "%1.", "NumberedParagraph"),
        ("lowerLetter", "(%2)", "Item"),
        ("upperRoman", "%1.", "Heading1"),
        ("upperLetter", "%2.", "Heading2"),
        ("upperRoman", "Annex %1.", None),
        ("upperLetter", "%2.", None),
    ]


def test_items_begin_with_a_again_though_their_paragraph_has_no_number() -> None:
    found = parts(as_docx.export(PAPER))
    lists = [value(one, "pPr/numPr/numId") for one in styled(found["word/document.xml"], "Item")]
    assert lists == [None, None, None, "4"], "the style's own list goes on; a fourth begins"
    [fourth] = [one for one in found["word/numbering.xml"].iter(f"{W}num") if one.get(f"{W}numId") == "4"]
    assert value(fourth, "abstractNumId") == "1"
    assert value(fourth, "lvlOverride/startOverride") == "1"


def test_an_A_needs_a_B() -> None:
    subheads = styled(body(), "Heading2")
    assert [(text(one), value(one, "pPr/numPr/numId")) for one in subheads] == [
        ("Local implementation", None),
        ("Challenges", None),
        ("A single subhead", "0"),
    ]


def test_annexes_have_numbers_of_their_own_and_begin_on_new_pages() -> None:
    headings = {text(one): one for one in styled(body(), "Heading1")}
    assert {name: value(one, "pPr/numPr/numId") for name, one in headings.items()} == {
        "Summary": "0",
        "Introduction": None,
        "Summary of interventions": None,
        "Written contributions": None,
        "Speakers by constituency": "3",
        "Method": "3",
    }
    breaks = [name for name, one in headings.items() if value(one, "pPr/pageBreakBefore") is not None]
    assert breaks == ["Speakers by constituency", "Method"]


def test_only_headings_are_bold_and_nothing_is_italic() -> None:
    found = parts(as_docx.export(PAPER))
    bold = {
        one.get(f"{W}styleId") for one in found["word/styles.xml"].iter(f"{W}style") if one.find(f".//{W}b") is not None
    }
    assert bold == {"Title", "Heading1", "Heading2"}
    for part in found.values():
        assert part.find(f".//{W}i") is None
        assert part.find(f".//{W}r/{W}rPr/{W}b") is None


def test_every_style_that_is_used_exists() -> None:
    found = parts(as_docx.export(replace(PAPER, rehearsal=True)))
    known = {one.get(f"{W}styleId") for one in found["word/styles.xml"].iter(f"{W}style")}
    tags = ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
    used = {one.get(f"{W}val") for part in found.values() for tag in tags for one in part.iter(f"{W}{tag}")}
    assert used <= known


def test_a_footnote_stands_where_it_is_referred_to() -> None:
    found = parts(as_docx.export(PAPER))
    item = styled(found["word/document.xml"], "Item")[0]
    mark = item.findall(f"{W}r")[-1]
    assert value(mark, "rPr/rStyle") == "FootnoteReference"
    [reference] = mark.findall(f"{W}footnoteReference")
    notes = {one.get(f"{W}id"): text(one).strip() for one in found["word/footnotes.xml"]}
    assert notes == {"-1": "", "0": "", "1": CITED.text, "2": CITED.text}
    assert reference.get(f"{W}id") == "1"


# --- tables and charts ---------------------------------------------------------------------------


def test_a_tables_head_is_repeated_and_rows_stay_whole() -> None:
    [chart, table] = body().iter(f"{W}tbl")
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 40
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows + chart.findall(f"{W}tr"))
    assert [value(cell, "pPr/pStyle") for cell in rows[1].iter(f"{W}p")] == ["Count", "Cell", "Count"]


def test_a_row_taller_than_a_page_may_go_on_over_it() -> None:
    table = Table("Long", ("Text",), (((Name("word " * 2_000),),), (("short",),)))
    rows = list(body(replace(PAPER, sections=(Section(1, "One", (table,)),))).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, False, True]


def test_tables_and_charts_tell_what_they_are() -> None:
    told = [(value(one, "tblPr/tblCaption"), value(one, "tblPr/tblDescription")) for one in body().iter(f"{W}tbl")]
    assert told == [
        ("Interventions by region", "Bars, in interventions: Africa 14; الشرق الأوسط 7; None 0."),
        ("Interventions", "40 rows. Columns: No., Speaker, Time used."),
    ]


def test_a_bar_is_as_long_as_its_value() -> None:
    bars = styled(body(), "Bar")
    [longest, half] = [int(one.find(f"{W}pPr/{W}ind").get(f"{W}right", "")) for one in bars]  # type: ignore[union-attr]
    assert longest == 0
    assert half == pytest.approx(4_434 / 2, abs=1)


@pytest.mark.parametrize("table", [SPEAKERS, Table("One", ("Small",), ((("1",),),)), Table("None", ("A", "B"), ())])
def test_no_table_is_wider_than_the_text(table: Table) -> None:
    [found] = body(replace(PAPER, sections=(Section(1, "One", (table,)),))).iter(f"{W}tbl")
    widths = [int(one.get(f"{W}w", "")) for one in found.iter(f"{W}gridCol")]
    assert all(width > 500 for width in widths)
    assert sum(widths) <= WIDTH


@pytest.mark.parametrize(
    "bars", [(), (("None", 0.0),), (("Odd", float("nan")), ("Odder", -1.0), ("Oddest", float("inf")))]
)
def test_a_chart_of_nothing_is_no_trouble(bars: tuple[tuple[str, float], ...]) -> None:
    document = body(replace(PAPER, sections=(Section(1, "One", (Chart("C", bars, "u"),)),)))
    assert not styled(document, "Bar")
    assert all(table.findall(f"{W}tr") for table in document.iter(f"{W}tbl")), "Word opens no table without rows"


@pytest.mark.parametrize(("number", "told"), [(14.0, "14"), (9.55, "9.6"), (0.0, "0"), (1_234_567.0, "1,234,567")])
def test_figures(number: float, told: str) -> None:
    assert figure(number) == told


# --- every page ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "rehearsal", "told"),
    [
        ("internal", False, "Internal, not for others"),
        ("publishable", False, "Publishable"),
        ("publishable", True, "PublishableRehearsal. Nobody said this"),
    ],
)
def test_every_page_says_whom_it_is_for(tier: Any, rehearsal: bool, told: str) -> None:
    found = parts(as_docx.export(replace(PAPER, tier=tier, rehearsal=rehearsal)))
    assert text(found["word/header1.xml"]) == told
    [section] = found["word/document.xml"].iter(f"{W}sectPr")
    kinds = [one.get(f"{W}type") for one in section if one.tag.endswith("Reference")]
    assert kinds == ["default", "default"], "no first page or even page has another"
    assert section.find(f"{W}titlePg") is None


def test_every_page_has_its_number_and_the_log_it_was_made_from() -> None:
    footer = parts(as_docx.export(PAPER))["word/footer1.xml"]
    assert text(footer) == "Log 3f2a19c4d0e1Page 1 of 1"
    assert [one.text for one in footer.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]


def test_properties_tell_title_language_and_tier_only() -> None:
    found = parts(as_docx.export(PAPER))
    told = {one.tag.partition("}")[2]: one.text for one in found["docProps/core.xml"]}
    assert told == {"title": "Consultation on cities", "language": "en-GB", "category": "Publishable"}
    assert not [name for name in found if "thumbnail" in name or "custom" in name or name == "docProps/app.xml"]


# --- languages and directions --------------------------------------------------------------------


def test_a_name_from_the_right_stays_beside_its_own_words() -> None:
    found = list(runs(written(Name(ARABIC), ", 12:04, said so.")))
    assert found == [("\u200e", False), (ARABIC, True), ("\u200e", False), (", 12:04, said so.", False)]


def test_a_name_in_two_directions_is_isolated_too() -> None:
    found = list(runs(written("By ", Name("بلدية Nairobi الكبرى (2026)"), ".")))
    assert found == [
        ("By ", False),
        ("\u200e\u2068", False),
        ("بلدية ", True),
        ("Nairobi", False),
        (" الكبرى (2026)", True),
        ("\u2069\u200e", False),
        (".", False),
    ]


def test_white_space_at_the_ends_stays_at_its_end() -> None:
    found = list(runs(written("He said: ", f" {ARABIC}. ", "Then.")))
    assert found[1:] == [(" \u200e\u2068", False), (f"{ARABIC}.", True), ("\u2069\u200e ", False), ("Then.", False)]


def test_words_of_one_direction_have_no_marks() -> None:
    assert list(runs(written("Ana (", Name("São Paulo"), "), 12:04"))) == [
        ("Ana (", False),
        ("São Paulo", False),
        ("), 12:04", False),
    ]


def test_a_quotation_runs_in_its_own_direction() -> None:
    [quote] = styled(body(), "Quote")
    assert value(quote, "pPr/bidi") == ""
    assert list(runs(quote)) == [("”نصوّت هنا (عام 2026). ", True), ("UN-Habitat", False), (".“", True)]
    assert quote.find(f".//{W}lang").get(f"{W}bidi") == "ar-EG"  # type: ignore[union-attr]
    [source] = styled(body(), "QuoteSource")
    assert value(source, "pPr/bidi") is None, "that is the paper's own sentence"


def test_a_paper_from_the_right_runs_so_throughout() -> None:
    found = parts(as_docx.export(replace(PAPER, language="ar")))
    document = found["word/document.xml"]
    turned = [one for one in document.iter(f"{W}p") if one.find(f"{W}pPr/{W}bidi") is not None]
    assert len(turned) == len(list(document.iter(f"{W}p")))
    assert all(one.find(f"{W}tblPr/{W}bidiVisual") is not None for one in document.iter(f"{W}tbl"))
    assert found["word/styles.xml"].find(f".//{W}lang").get(f"{W}bidi") == "ar-EG"  # type: ignore[union-attr]
    for name in ("word/header1.xml", "word/footer1.xml"):
        assert found[name].find(f".//{W}bidi") is not None


def test_east_asian_words_have_their_language_and_its_font() -> None:
    paragraph = written(Name(CHINESE, "zh-Hans"), " and ", Name("田中", "ja"))
    languages = [one.get(f"{W}eastAsia") for one in paragraph.iter(f"{W}lang")]
    fonts = [(one.get(f"{W}hint"), one.get(f"{W}eastAsia")) for one in paragraph.iter(f"{W}rFonts")]
    assert languages == ["zh-Hans", "ja-JP"]
    assert fonts == [("eastAsia", None), ("eastAsia", "Yu Gothic")]


def test_a_language_says_nothing_of_letters_that_are_not_its_own() -> None:
    paragraph = written(Name("Muhammad", "ar"))
    assert paragraph.find(f".//{W}lang") is None
    assert paragraph.find(f".//{W}noProof") is not None


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "en-GB"),
        ("fr", "fr-FR"),
        ("ar", "ar-EG"),
        ("pt-AO", "pt-AO"),
        ("tlh", "tlh"),
        ('"><x', "und"),
        ("", "und"),
    ],
)
def test_languages_as_word_knows_them(language: str, told: str) -> None:
    assert culture(language) == told


# --- hostile text --------------------------------------------------------------------------------

HOSTILE = [
    "=1+1",
    "<w:p/>&amp;]]>",
    "\x00\x08\x1b\ufffe\uffff\ud800",
    "one\u2028two\r\nthree",
    "\u202eabc\u2066",
    "👩🏽‍💻🏳️‍🌈",
    "a" * 10_000,
    "עברית 12:30 עברית",
    "ปฏิญญา हिन्दी",
    " ",
    "",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stands_there_as_text(words: str) -> None:
    assert "<h1>Summary</h1>" in read(everywhere(words))
    assert bare(text(written(words))) == bare(legible(words))


def test_every_line_break_is_words_own() -> None:
    assert text(written("one\u2028two\r\nthree\u2029four")) == "one\ntwo\nthree\nfour"


@given(st.text())
@example("\u2067\u05d0")
@example("\u0661 a \u05d0")
@settings(max_examples=60, deadline=None)
def test_any_text_is_kept_to_the_letter(words: str) -> None:
    document = body(everywhere(words))
    kept = bare(legible(words))
    [title], [quote] = styled(document, "Title"), styled(document, "Quote")
    assert bare(text(title)) == kept
    assert bare(text(quote))[1:-1] == kept
    assert [bare(text(one)) for one in styled(document, "Cell")[:1]] == [kept]


def everywhere(words: str) -> Paper:
    name = Name(words, words)
    blocks = (
        said(words, name, Footnote(words), items=((name,),)),
        Quotation(words, "ar", (name,)),
        Table(words, (words,), (((name, Footnote(words)),),)),
        Chart(words, ((words, 1.0),), words),
    )
    return replace(
        PAPER, title=words, subtitle=words, session=words, date=words, head=words, sections=(Section(1, words, blocks),)
    )


# --- the same bytes ------------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes_anywhere() -> None:
    code = (
        "import sys; from isegoria.report import as_docx; from tests.report.test_as_docx import PAPER;"
        "sys.stdout.buffer.write(as_docx.export(PAPER))"
    )
    root = Path(__file__).parents[2]
    places = {"TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PYTHONPATH": str(root)}
    elsewhere = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **places}, capture_output=True, check=True, cwd=root
    )
    assert as_docx.export(PAPER) == as_docx.export(PAPER) == elsewhere.stdout
