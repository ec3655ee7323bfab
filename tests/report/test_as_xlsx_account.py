"""What is told in public as a workbook: read again by programs of two other makes."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from isegoria.domain.values import Attribution, Tier
from isegoria.report import as_csv, as_xlsx, sheets_account
from isegoria.report.model_account import Account
from isegoria.report.model_statistics import Statistics
from tests.report import hostile
from tests.report.accounts import told
from tests.report.test_account import ALIAS, NAMED, NOT_FOR_REPORT, consultation
from tests.report.test_as_xlsx import at, at_the_edge, method, opened
from tests.report.test_making import material

SHEETS = [
    "Interventions",
    "Not heard",
    "Remarks",
    "In writing",
    "Speaking time",
    "Each ten minutes",
    "Captions by language",
    "Method",
]


def told_of(choice: Attribution, tier: Tier = Tier.PUBLISHABLE) -> tuple[Account, Statistics]:
    return told(material(consultation(choice)), tier)


def test_an_account_has_its_sheets_and_each_says_which_tier_it_is() -> None:
    data = as_xlsx.export_account(*told(hostile.material()))
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets:
        assert str(sheet["A1"].value).startswith(f"{sheet.title}. Publishable.")
        assert at_the_edge(sheet)[2] == "Publishable."
    assert (book.properties.category, book.properties.creator) == ("Publishable.", None)
    assert method(data)["tier"] == "publishable: Publishable."


def test_the_team_is_told_that_it_is_not_for_others() -> None:
    data = as_xlsx.export_account(*told_of(ALIAS, Tier.INTERNAL))
    for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
        assert at_the_edge(sheet)[2] == "Internal, not for others."
    assert opened(data)["Interventions"][0]["marks"] == "protected"
    assert {row["group"] for row in opened(data)["Speaking time"] if row["by"] == "country"} == {
        "Kenya",
        "Not declared",
    }


def test_an_intervention_has_the_columns_of_the_csv_with_values_for_times() -> None:
    account, figures = told_of(NAMED)
    ana, _ = opened(as_xlsx.export_account(account, figures))["Interventions"]
    assert list(ana) == [name.replace(" (s)", " (h:mm:ss)") for name in as_csv.account_headings(account)]
    assert (ana["number"], ana["name"], ana["gist"]) == (1, "Wanjiru Kamau", "Budgets are voted on in Nairobi.")
    assert (ana["began (Europe/Madrid)"], ana["used (h:mm:ss)"]) == (at("14:00:10"), timedelta(seconds=60))


def test_R5_of_an_alias_the_cells_of_times_are_empty() -> None:
    _, ana = opened(as_xlsx.export_account(*told_of(ALIAS)))["Interventions"]
    assert (ana["cited"], ana["began (UTC)"], ana["used (h:mm:ss)"], ana["quotes"]) == ("alias", "", "", "")


def test_figures_are_those_of_the_statistics() -> None:
    account, figures = told_of(NAMED)
    found = opened(as_xlsx.export_account(account, figures))
    rows = [row for row in found["Speaking time"] if row["by"] == "part of the agenda"]
    assert [(row["group"], row["interventions"], row["used (h:mm:ss)"]) for row in rows] == [
        ("one", 2, timedelta(seconds=120))
    ]
    assert sum(row["share of time (%)"] for row in found["Speaking time"] if row["by"] == "constituency") == 100
    [first] = found["Each ten minutes"]
    assert (first["from (Europe/Madrid)"], first["used (h:mm:ss)"]) == (at("14:00:00"), timedelta(seconds=120))
    groups = [cell for name, cell in first.items() if name.endswith(" (h:mm:ss)") and name != "used (h:mm:ss)"]
    assert sum(groups, timedelta()) == timedelta(seconds=120)


@pytest.mark.parametrize("choice", [NAMED, ALIAS, NOT_FOR_REPORT])
def test_Q8_what_is_told_of_and_what_is_counted_are_all_that_was_heard(choice: Attribution) -> None:
    account, figures = told_of(choice)
    rows = method(as_xlsx.export_account(account, figures))
    parts = [number for what, number in rows.items() if what.startswith("of these")]
    assert rows["requests for the floor"] == rows["sum of these"] == sum(parts)
    told_and_counted = rows["interventions that are told of"] + rows["interventions that are counted, and nothing else"]
    assert told_and_counted == rows["of these: heard"] + rows["of these: video"]
    assert rows["interventions that are told of"] == len(account.interventions)


def test_R5_small_groups_are_told_together_and_it_says_so() -> None:
    data = as_xlsx.export_account(*told(hostile.material()))
    book = openpyxl.load_workbook(BytesIO(data))
    assert "fewer than five" in str(book["Speaking time"]["A1"].value)
    assert {row["by"] for row in opened(data)["Speaking time"]} == {
        "constituency",
        "region",
        "part of the agenda",
        "first time",
    }, "none by country"


def test_how_captions_came_is_told_and_not_what_they_said() -> None:
    rows = opened(as_xlsx.export_account(*told(hostile.material())))["Captions by language"]
    english = next(row for row in rows if row["track"] == "en")
    assert (english["language"], english["how"], english["by a human"], english["gaps"]) == (
        "English",
        "as spoken",
        1,
        1,
    )
    assert english["lines"] == english["by a machine"] + english["by a human"]
    assert english["without captions (h:mm:ss)"] == timedelta(seconds=9)


def test_every_cell_has_a_column() -> None:
    """What a row holds beside its headings would be lost without a word."""
    for tier in Tier:
        for sheet in sheets_account.account_sheets(*told(hostile.material(), tier)):
            assert [row for row in sheet.rows if set(row) - set(sheet.headings)] == [], sheet.name


# --- how it is laid out ---------------------------------------------------------------------------


def test_rows_are_as_high_as_their_texts_and_no_higher_than_a_page() -> None:
    """LibreOffice works out no heights when it prints."""
    book = openpyxl.load_workbook(BytesIO(as_xlsx.export_account(*told(hostile.material()))))
    sizes = book["Method"].row_dimensions
    heights = {str(row[0].value): sizes[row[0].row or 0].height for row in book["Method"].iter_rows(min_row=3)}
    assert (heights["tier"], heights["title"], heights["words"]) == (None, 30, 45), "None: one line"
    assert {size.height for row, size in book["Not heard"].row_dimensions.items() if row > 2} == {300}, "10,000 letters"
    assert {size.height for row, size in book["Interventions"].row_dimensions.items() if row > 2} == {60}


def test_figures_stand_at_the_end_under_their_headings_and_texts_at_the_beginning() -> None:
    sheet = openpyxl.load_workbook(BytesIO(as_xlsx.export_account(*told_of(NAMED))))["Speaking time"]
    head, first = ([cell.alignment.horizontal for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3))
    assert head == first == [None, None, "right", "right", "right", "right", "right"]


def test_a_wide_sheet_is_printed_on_several_pages_that_can_be_read() -> None:
    book = openpyxl.load_workbook(BytesIO(as_xlsx.export_account(*told(hostile.material()))))
    wide, narrow = book["Interventions"], book["Method"]
    assert narrow.page_setup.fitToWidth in (None, 1)
    width = sum(size.width for size in wide.column_dimensions.values())
    assert 100 < width / (wide.page_setup.fitToWidth or 1) < 240
    assert wide.print_title_cols == "$A:$A"


PROGRAM = (
    "import sys, json; from isegoria.report import as_xlsx; from isegoria.report.model_account import Account;"
    "from isegoria.report.model_statistics import Statistics; account, figures = json.load(sys.stdin);"
    "sys.stdout.buffer.write(as_xlsx.export_account("
    "Account.model_validate_json(json.dumps(account)), Statistics.model_validate_json(json.dumps(figures))))"
)


@pytest.mark.parametrize(
    "surroundings", [{"TZ": "Asia/Tokyo", "LANG": "ar_EG.UTF-8", "PYTHONHASHSEED": "1"}, {"TZ": "UTC", "LANG": "C"}]
)
def test_the_same_account_gives_the_same_bytes_wherever_it_is_written(surroundings: dict[str, str]) -> None:
    account, figures = told(hostile.material())
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=f"[{account.model_dump_json()}, {figures.model_dump_json()}]".encode(),
        env={**os.environ, **surroundings},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert made.stdout == as_xlsx.export_account(account, figures)
