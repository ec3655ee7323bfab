"""Dates, names and cells as they are written."""

import pytest

from isegoria.roster.dates import day_first, read_date
from isegoria.roster.names import name_key, read_name
from tests.roster.imports import planned, workbook


def written(text: str, day_comes_first: bool | None) -> str | None:
    found = read_date(text, day_comes_first)
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jun 20, 2025 09:11:12", "2025-06-20T09:11:12"),
        ("06/20/25 09:11", "2025-06-20T09:11:00"),
        ("2025/06/20 9:11:12 p. m. CET", "2025-06-20T21:11:12"),
        ("2025-06-20 12:30:00 AM", "2025-06-20T00:30:00"),
        ("20/06/2025 09:11:12", "2025-06-20T09:11:12"),
        ("05/05/2025", "2025-05-05T00:00:00"),
        ("03/04/2025", None),
        ("40/50/2025", None),
        ("Foo 20, 2025", None),
        ("--", None),
    ],
)
def test_a_date_of_any_export(text: str, expected: str | None) -> None:
    assert written(text, None) == expected


def test_an_ambiguous_date_is_read_as_told() -> None:
    assert written("03/04/2025", True) == "2025-04-03T00:00:00"
    assert written("03/04/2025", False) == "2025-03-04T00:00:00"


def test_a_column_that_contradicts_itself_tells_nothing() -> None:
    assert day_first(["20/06/2025", "03/04/2025"]) is True
    assert day_first(["06/20/2025", "03/04/2025"]) is False
    assert day_first(["20/06/2025", "06/20/2025"]) is None
    assert day_first(["03/04/2025", "2025-06-20"]) is None


@pytest.mark.parametrize(
    ("cell", "given", "family"),
    [
        ("de la Prueba, Nieves", "Nieves", "de la Prueba"),
        ("DUPONT-TEST Anaïs", "Anaïs", "DUPONT-TEST"),
        ("Seo-yeon KIM", "Seo-yeon", "KIM"),
        ("Awa Example-Ceesay", "", ""),
        ("J.R. Smith", "", ""),
        ("Ruiz, Ana, PhD", "", ""),
        ("JEAN DUPONT", "", ""),
        ("김서연", "", ""),
    ],
)
def test_a_name_in_one_cell_is_split_only_where_its_writer_marked_it(cell: str, given: str, family: str) -> None:
    name = read_name(cell, "", "", renames=False)
    assert (name.display, name.given, name.family) == (cell, given, family)
    assert bool(name.guess) is bool(family)


@pytest.mark.parametrize(
    ("cell", "display", "device"),
    [
        ("iPhone (Awa Example)", "Awa Example", "iPhone"),
        ("Awa's iPad (Awa Example)", "Awa Example", "Awa's iPad"),
        ("Awa Example (Awa C)", "Awa Example", ""),
        ("Galaxy S21", "", "Galaxy S21"),
        ("Awa", "Awa", ""),
    ],
)
def test_a_renamed_zoom_user(cell: str, display: str, device: str) -> None:
    name = read_name(cell, "", "", renames=True)
    assert (name.display, name.device) == (display, device)


def test_names_are_compared_without_case_comma_and_order() -> None:
    assert name_key("de la Prueba, Nieves") == name_key("NIEVES de la Prueba")
    assert name_key("Ana Ruiz") != name_key("Ana Ruíz")


def test_an_answer_with_more_parts_than_questions_is_not_split() -> None:
    made = planned('Name,City and function\nAna,"City of ""Quotes"", Inc, Mayor"\n')
    assert (made.new[0].city, made.new[0].function) == ('City of "Quotes"', "")
    assert "combined_answer" in {doubt.code for doubt in made.doubts}


def test_two_questions_on_topics_are_put_together() -> None:
    made = planned("Name,Which topics?,Topics you know,Topics\nAna,Housing;Water,Water;Air,Light\n")
    assert made.new[0].topics == ("Housing", "Water", "Air", "Light")


def test_a_workbook_s_numbers_and_truths() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    heads = "".join(f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in ("Name", "Consent", "City"))
    cells = '<c t="inlineStr"><is><t>Ana</t></is></c><c t="b"><v>1</v></c><c><v>8100</v></c>'
    sheet = f'<worksheet xmlns="{main}"><sheetData><row>{heads}</row><row>{cells}</row></sheetData></worksheet>'
    [ana] = planned(workbook(sheet=sheet)).new
    assert (ana.consent_recording, ana.city) == (True, "8100")
    assert ana.raw["Consent"] == "TRUE"
