"""Workbooks and CSV of the hostile consultation as LibreOffice Calc opens them: text stays text, each page its tier."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from isegoria.domain.values import Tier
from isegoria.report.making import OFFERED, Wanted, make
from tests.readers.office import printed, saved, sheets_saved
from tests.report import hostile
from tests.report.opened import in_sheets

NOTICES = {Tier.INTERNAL: "Internal, not for others.", Tier.PUBLISHABLE: "Publishable."}
BOTH = {kind: [Wanted(kind, tier) for tier in sorted(OFFERED[kind])] for kind in ("xlsx", "csv")}


def tier(wanted: Wanted) -> str:
    return wanted.tier


@pytest.mark.parametrize("wanted", BOTH["xlsx"], ids=tier)
def test_every_page_tells_its_tier_and_its_sheet(wanted: Wanted, tmp_path: Path) -> None:
    pages = printed(make(wanted, hostile.material()), "xlsx", tmp_path)
    assert len(pages) >= 8
    for number, page in enumerate(pages, 1):
        head, *_, foot = [line for line in page.splitlines() if line.strip()]
        assert head.split("  ")[-1].strip() == NOTICES[wanted.tier]
        assert foot.split()[-3:] == [str(number), "/", str(len(pages))]


@pytest.mark.parametrize("wanted", BOTH["xlsx"], ids=tier)
def test_calc_shows_what_was_written(wanted: Wanted, tmp_path: Path) -> None:
    data = make(wanted, hostile.material())
    found = sheets_saved(data, tmp_path)
    assert set(found) == set(openpyxl.load_workbook(io.BytesIO(data)).sheetnames)
    told = "\n".join(found.values())
    for words in ("=1+1", "@SUM(A1:A9)", "<script>alert('a')</script>", "مدينة تونس", "x" * 9_000):
        assert words in told
    assert "Err:" not in told
    assert "#N/A" not in told


@pytest.mark.parametrize("wanted", BOTH["xlsx"], ids=tier)
def test_saved_again_by_calc_it_holds_no_formula_and_no_link(wanted: Wanted, tmp_path: Path) -> None:
    made = saved(make(wanted, hostile.material()), "xlsx", "xlsx", tmp_path)
    assert "<script>alert('a')</script>" in in_sheets((made / "file.xlsx").read_bytes())


@pytest.mark.parametrize("wanted", BOTH["csv"], ids=tier)
def test_calc_opens_the_csv_as_it_is_and_finds_no_formula(wanted: Wanted, tmp_path: Path) -> None:
    data = make(wanted, hostile.material())
    made = saved(data, "csv", "xlsx", tmp_path)
    again = solid(in_sheets((made / "file.xlsx").read_bytes()))
    texts = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert [text for text in texts if not text[:1].isdigit() and solid(text) not in again] == []


def solid(text: str) -> str:
    """Without white space."""
    return "".join(text.split())
