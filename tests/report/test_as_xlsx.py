"""The record as a workbook: read again by programs of two other makes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment, CaptionStatus, GapReason, Origin
from isegoria.domain.people import Organisation, People
from isegoria.domain.values import EntryStatus
from isegoria.report import as_csv, as_xlsx, sheets
from isegoria.report.legible import legible
from isegoria.report.model import Record
from tests.domain.story import END, NOON, RAY, SAM, S, Story, live, speaker
from tests.report.elsewhere import SURROUNDINGS, written_elsewhere
from tests.report.journals import ANA, KNOWN, finish, handed_in, lose, record_of, said

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "'=1",
    "\t=1",
    "https://example.org/",
    "mailto:a@example.org",
    "internal:Method!A1",
    "007",
    "1e5",
    "TRUE",
    "2025-07-01",
    "<r><t>a</t></r>",
    "<r></c></row></r>",
    "</t></si><si><t>",
    "&amp; <b>& ]]> &#0;",
    "_x0041_ _x005F_ _xD800_",
    "\ufffe\uffff\ud800\x00\x0b\x1b",
    "a\u2028b\u2029c\x85d\r\ne\rf",
    "\u202eabc\u2066",
    "{=1+1}",
    " spaces  on both sides ",
    "R&D &G &[Picture] &C &10",
    "مرحبا بالعالم",
    "欢迎",
    "👩🏽‍🚀" * 20,
    "x" * 10_000,
]
SHEETS = [
    "Interventions",
    "Parts",
    "Not heard",
    "Captions",
    "Between speakers",
    "Announcements",
    "Remarks",
    "In writing",
    "Method",
]


def spoken() -> Story:
    """Ana, paused, interrupted, and then Amy for her; Bob withdraws, Cat is not heard, Dan waits and Eve is late."""
    story = live()
    ana, bob, cat, _ = story.wait("ana", "bob", "cat", "dan")
    story.after(11 * 60).give(ana)
    lose(story, 100)
    story.ask(c.Substitute(entry=ana, person="amy"), SAM)
    story.after(30).give(ana)
    finish(story, 85.5)
    story.ask(c.Withdraw(entry=bob, status=EntryStatus.WAITING), speaker("bob"))
    for _ in range(2):
        status = story.session.entries[cat].status
        story.ask(c.CallSpeaker(entry=cat, status=status))
        story.after(20).ask(c.MarkAbsent(entry=cat, status=EntryStatus.CALLED))
    story.ask(c.CloseList())
    story.wait("eve")
    return story


def captions() -> dict[str, list[CaptionSegment]]:
    began = NOON + 700 * S
    gap = {"status": CaptionStatus.GAP, "reason": GapReason.INTERRUPTED}
    return {
        "en": [
            said("Welcome", NOON + 5 * S, 1, origin=Origin.HUMAN),
            said("One", began, 2),
            said("", began + S, 3, ends_at=began + 9 * S, **gap),
            said("two", began + 9 * S, 4),
        ],
        "ar": [said("مرحبا", began, 1, language="ar", is_translation=True)],
    }


def opened(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet, by their headings, as calamine reads them. Cells without anything are ""."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    found: dict[str, list[dict[str, Any]]] = {}
    for name in book.sheet_names:
        _, names, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = [dict(zip(map(str, names), row, strict=True)) for row in rows]
    return found


def at(clock: str) -> datetime:
    """On the day of the session, by the zone of the column."""
    return datetime.fromisoformat(f"2025-07-01T{clock}")


def in_excel(data: bytes, name: str) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(data))[name]


def at_the_edge(sheet: Worksheet) -> list[str | None]:
    """What a printed page says at its top: left, in the middle, right."""
    assert sheet.oddHeader
    return [sheet.oddHeader.left.text, sheet.oddHeader.center.text, sheet.oddHeader.right.text]


def texts(data: bytes) -> list[str]:
    """All that is not a time or a number, on all sheets."""
    rows = [row for sheet in opened(data).values() for row in sheet]
    return [cell for row in rows for cell in row.values() if isinstance(cell, str)]


def method(data: bytes) -> dict[str, Any]:
    return {row["what"]: row["value"] for row in opened(data)["Method"]}


def test_a_record_has_its_sheets_and_each_says_which_tier_it_is() -> None:
    data = as_xlsx.export(record_of(spoken(), captions()))
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets:
        assert str(sheet["A1"].value).startswith(f"{sheet.title}. Internal, not for others.")
        assert at_the_edge(sheet) == ["Consultation", None, "Internal, not for others."]
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$1:$2")
        assert str(sheet.auto_filter.ref).startswith("A2:")
    assert method(data)["tier"] == "internal: Internal, not for others."


def test_an_intervention_has_the_columns_of_the_csv_with_values_for_times() -> None:
    record = record_of(spoken(), captions())
    [row] = opened(as_xlsx.export(record))["Interventions"]
    assert list(row) == [name.replace(" (s)", " (h:mm:ss)") for name in as_csv.headings(record)]
    assert (row["number"], row["name"], row["substitute for"], row["parts"]) == (1, "Amy", "Ana Lima", 2)
    assert row["began (UTC)"] == at("12:11:00")
    assert row["began (Europe/Madrid)"] == at("14:11:00")
    assert row["limit (h:mm:ss)"] == timedelta(minutes=3)
    assert row["used (h:mm:ss)"] == timedelta(seconds=185.5)
    assert (row["captions en"], row["captions ar"]) == ("One\n[not captioned]\ntwo", "مرحبا")


def test_Q4_a_part_names_who_spoke_in_it() -> None:
    first, second = opened(as_xlsx.export(record_of(spoken())))["Parts"]
    assert [(one["intervention"], one["part"], one["name"]) for one in (first, second)] == [
        (1, 1, "Ana Lima"),
        (1, 2, "Amy"),
    ]
    assert (first["paused (h:mm:ss)"], first["ending"], second["ending"]) == (
        timedelta(seconds=60),
        "interrupted",
        "ended",
    )
    assert second["began (Europe/Madrid)"] == at("14:14:10")


def test_Q8_all_requests_are_on_one_of_two_sheets_and_the_counts_add_up() -> None:
    record = record_of(spoken())
    data = as_xlsx.export(record)
    found = opened(data)
    assert [(one["name"], one["status"]) for one in found["Not heard"]] == [
        ("Cat", "not heard"),
        ("Bob", "withdrawn"),
        ("Dan", "waiting"),
        ("Eve", "late"),
    ]
    told = method(data)
    parts = [number for what, number in told.items() if what.startswith("of these")]
    assert told["requests for the floor"] == told["sum of these"] == sum(parts) == 5
    assert len(found["Interventions"]) + len(found["Not heard"]) == 5
    assert (told["made from a log of so many entries"], told["hash at the log's end, SHA-256"]) == (
        record.chain.entries,
        record.chain.head,
    )


def test_who_is_speaking_stands_among_the_interventions_alone() -> None:
    story = live()
    story.give(story.wait("ana")[0])
    found = opened(as_xlsx.export(record_of(story)))
    [part] = found["Parts"]
    assert (part["ended (Europe/Madrid)"], part["ending"]) == ("", "")
    assert found["Not heard"] == []


def test_R7_a_caption_tells_who_wrote_it_and_when_it_was_said() -> None:
    data = as_xlsx.export(record_of(spoken(), captions()))
    found = opened(data)
    arabic, one, gap, two = found["Captions"]
    assert (arabic["track"], arabic["translation"], one["translation"]) == ("ar", "yes", "")
    assert [row["text"] for row in (one, gap, two)] == ["One", "[not captioned]", "two"]
    assert (one["origin"], gap["gap"], two["position"]) == ("machine", "interrupted", 4)
    assert one["spoken (Europe/Madrid)"] == at("14:11:40")
    assert one["from the start (h:mm:ss)"] == timedelta(seconds=700)
    [welcome] = found["Between speakers"]
    assert (welcome["segment"], welcome["origin"]) == ("1. Local implementation", "human")
    assert "Only the original speech is authentic." in str(in_excel(data, "Captions")["A1"].value)
    told = method(data)
    assert (told["captions en: by a machine"], told["captions en: by a human"], told["captions en: gaps"]) == (2, 1, 1)
    assert told["captions ar: translated"] == 1


def test_a_value_that_was_announced_has_its_own_kind() -> None:
    story = live()
    story.after(60).ask(c.ChangeLimit(limit=150 * S))
    story.ask(c.ExtendSession(ends_at=END, minutes=10))
    story.ask(c.SwitchChathamHouse(segment="two", on=True), SAM)
    rows = {row["what"]: row for row in opened(as_xlsx.export(record_of(story)))["Announcements"]}
    assert rows["limit changed"]["to"] == timedelta(seconds=150)
    assert rows["session extended"]["to"] == at("16:10:00")
    assert (rows["chatham house switched"]["to"], rows["chatham house switched"]["segment"]) == ("on", "two")
    assert rows["limit changed"]["at (Europe/Madrid)"] == at("14:01:00")


def test_R2_the_gist_remarks_and_what_came_in_writing_are_told() -> None:
    story = spoken()
    ana = story.session.turns[0].entry
    story.ask(c.WriteGist(entry=ana, after=None, text="x"), RAY, text="x1")
    story.ask(c.LogRemarks(person="mia", segment="opening", text="x"), RAY, text="x2")
    story.ask(handed_in("w1", "ana", ana, words=2), SAM)
    people = replace(KNOWN, texts={"x1": "Cities vote.", "x2": "Welcomed all.", "w1": "As written."})
    found = opened(as_xlsx.export(record_of(story, people=people)))
    assert found["Interventions"][0]["gist"] == "Cities vote."
    assert [(one["name"], one["in the rapporteur's words"]) for one in found["Remarks"]] == [("Mia", "Welcomed all.")]
    [text] = found["In writing"]
    assert (text["name"], text["intervention"], text["words"], text["text"]) == ("Ana Lima", 1, 2, "As written.")


def test_R8_who_was_erased_has_no_name() -> None:
    persons = {name: person for name, person in KNOWN.persons.items() if name not in ("ana", "amy")}
    found = opened(as_xlsx.export(record_of(spoken(), people=replace(KNOWN, persons=persons))))
    assert [row["name"] for row in (*found["Interventions"], *found["Parts"])] == ["", "", ""]


def test_S1_no_zone_is_told_by_an_abbreviation() -> None:
    assert [text for text in texts(as_xlsx.export(record_of(spoken()))) if "CEST" in text] == []


# --- what people wrote stays text -----------------------------------------------------------------


def filled(text: str) -> Record:
    """A record whose every field that people fill says this."""
    story = spoken()
    ana = story.session.turns[0].entry
    for number in range(2):
        story.ask(c.NoteIntervention(entry=ana, text="x"), RAY, text=f"x{number}")
    amy = ANA.model_copy(update={"id": "amy", "display_name": text, "function": text, "city": text})
    about = KNOWN.about.model_copy(update={"title": text, "organisers": (text,), "segments": {"one": text}})
    people = People(
        persons={**KNOWN.persons, "amy": amy, "cat": amy.model_copy(update={"id": "cat"})},
        organisations={**KNOWN.organisations, "acity": Organisation(id="acity", name=text)},
        texts={"x0": text},
        about=about,
    )
    lines = [said(text, NOON + 5 * S, 1), said(text, NOON + 700 * S, 2)]
    return record_of(story, {"en": lines}, people)


def shown(text: str) -> str:
    """As it is read again: only a text that looks like markup of the writer's own has a space after it."""
    found = legible(text)
    return f"{found} " if found.startswith("<r>") and found.endswith("</r>") else found


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join)))
@settings(max_examples=60, deadline=None)
@example("")
@example(HOSTILE[14])
@example(HOSTILE[15])
@example(HOSTILE[18])
def test_any_text_is_read_again_as_it_was_written(text: str) -> None:
    data = as_xlsx.export(filled(text))
    for part in zipfile.ZipFile(BytesIO(data)).namelist():
        ET.fromstring(zipfile.ZipFile(BytesIO(data)).read(part))
    found, kept = opened(data), shown(text)
    [row] = found["Interventions"]
    for name in ("name", "function", "city", "captions en"):
        assert row[name] == kept, name
    assert (row["organisation"], row["topic"]) == ((kept, kept) if text else ("acity", "one"))
    assert [one["text"] for one in (*found["Captions"], *found["Between speakers"])] == [kept, kept]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    data = as_xlsx.export(filled(text))
    parts = zipfile.ZipFile(BytesIO(data))
    xml = [parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name]
    assert [one for one in xml if "<f>" in one or "<f " in one or "hyperlink" in one] == []
    sheet = in_excel(data, "Interventions")
    names, cells = sheet.iter_rows(min_row=2, max_row=3)
    [cell] = [cell for name, cell in zip(names, cells, strict=True) if name.value == "name"]
    assert (cell.data_type, cell.hyperlink) == (("s", None) if shown(text) else ("n", None))


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so() -> None:
    longest = "a" * as_xlsx.LONGEST
    assert as_xlsx.fitted(longest) == longest
    cut = as_xlsx.fitted("a" + "👩" * 20_000)
    assert cut.endswith(as_xlsx.CUT)
    assert len(cut.encode("utf-16-le")) // 2 in (as_xlsx.LONGEST - 1, as_xlsx.LONGEST)
    [row] = opened(as_xlsx.export(filled("👩" * 20_000)))["Interventions"]
    assert row["captions en"] == as_xlsx.fitted("👩" * 20_000)


@pytest.mark.parametrize(
    ("text", "order"), [("مرحبا UN", 2), ("UN مرحبا", 1), ("12:00", 1), ("12 שלום", 2), ("欢迎", 1)]
)
def test_a_cell_runs_from_the_side_of_its_first_letter(text: str, order: int) -> None:
    sheet = in_excel(as_xlsx.export(filled(text)), "Captions")
    [cell] = [cell for cell in next(sheet.iter_rows(min_row=3, max_row=3)) if cell.value == text]
    assert cell.alignment.readingOrder == order


def test_a_title_cannot_reach_the_codes_at_the_edge_of_a_page() -> None:
    sheet = in_excel(as_xlsx.export(filled("R&D &G &[Picture] &C &10 \n" * 9)), "Method")
    left, center, right = at_the_edge(sheet)
    assert str(left).startswith("R＆D ＆G ＆[Picture] ＆C ＆10 R＆D")
    assert (center, right) == (None, "Internal, not for others.")


# --- the same bytes -------------------------------------------------------------------------------


def test_the_file_tells_title_tier_and_language_and_nothing_of_who_made_it_or_when() -> None:
    data = as_xlsx.export(record_of(spoken()))
    book = openpyxl.load_workbook(BytesIO(data))
    about = book.properties
    assert (about.title, about.category) == ("Consultation", "Internal, not for others.")
    assert (about.creator, about.lastModifiedBy, about.created) == (None, None, datetime.fromisoformat("1980-01-01"))
    assert b'name="Language"><vt:lpwstr>en<' in zipfile.ZipFile(BytesIO(data)).read("docProps/custom.xml")
    assert {one.date_time for one in zipfile.ZipFile(BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_the_same_record_gives_the_same_bytes_wherever_it_is_written(surroundings: Mapping[str, str]) -> None:
    record = record_of(spoken(), captions())
    assert written_elsewhere(as_xlsx, record, surroundings) == as_xlsx.export(record) == as_xlsx.export(record)


def test_a_session_in_which_nothing_happened_is_a_workbook_with_headings() -> None:
    found = opened(as_xlsx.export(record_of(live())))
    assert [name for name in SHEETS if found[name]] == ["Announcements", "Method"]


def test_every_cell_has_a_column() -> None:
    """What a row holds beside its headings would be lost without a word."""
    for sheet in sheets.sheets(record_of(spoken(), captions())):
        assert [row for row in sheet.rows if set(row) - set(sheet.headings)] == [], sheet.name


def kinds(cells: Sequence[object]) -> set[type]:
    return {type(cell) for cell in cells if cell != ""}


def test_a_column_has_values_of_one_kind() -> None:
    """Else it cannot be sorted."""
    for name, rows in opened(as_xlsx.export(record_of(spoken(), captions()))).items():
        for column in rows[0] if rows and name not in ("Method", "Announcements") else ():
            found = kinds([row[column] for row in rows])
            assert len(found) <= 1, (name, column)
            assert not found & {date, time}, (name, column)
