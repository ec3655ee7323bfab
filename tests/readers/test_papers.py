"""The working paper of the hostile consultation: Word as LibreOffice prints it, PDF as poppler reads and draws it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from isegoria.domain.values import Tier
from isegoria.report.making import Wanted, make
from tests.readers.office import printed, read_by_poppler
from tests.report import hostile
from tests.report.hostile import NOT_OUR_WORDS, SECRETS

NOTICES = {Tier.INTERNAL: "Internal, not for others", Tier.PUBLISHABLE: "Publishable"}
PAPERS = [Wanted(kind, tier) for kind in ("docx", "pdf") for tier in Tier]


def name(wanted: Wanted) -> str:
    return wanted.file_name("s")


def pages(wanted: Wanted, folder: Path) -> list[str]:
    data = make(wanted, hostile.material())
    if wanted.kind == "docx":
        return printed(data, "docx", folder)
    (folder / "file.pdf").write_bytes(data)
    return read_by_poppler(folder)


@pytest.mark.parametrize("wanted", PAPERS, ids=name)
def test_all_of_it_is_printed_and_each_page_tells_its_tier(wanted: Wanted, tmp_path: Path) -> None:
    found = pages(wanted, tmp_path)
    for number, page in enumerate(found, 1):
        lines = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
        assert lines[0] == NOTICES[wanted.tier]
        assert f"{number} of {len(found)}" in lines[-1]
    told = "\n".join(found)
    assert "<script>alert('a')</script>" in "".join(told.split("\n"))
    assert told.count("x") >= len(hostile.LONG), "long words are broken, not cut off"


@pytest.mark.parametrize("wanted", [one for one in PAPERS if one.tier is Tier.PUBLISHABLE], ids=name)
def test_R3_R5_R9_what_is_printed_tells_of_nobody_who_did_not_allow_it(wanted: Wanted, tmp_path: Path) -> None:
    told = " ".join("\n".join(pages(wanted, tmp_path)).split())
    words = [*NOT_OUR_WORDS, *(word for secret in SECRETS for word in secret.words)]
    assert [word for word in words if word in told] == []


@pytest.mark.parametrize("tier", Tier)
def test_poppler_draws_each_page_without_a_complaint(tier: Tier, tmp_path: Path) -> None:
    (tmp_path / "file.pdf").write_bytes(make(Wanted("pdf", tier), hostile.material()))
    drawn = subprocess.run(
        ["pdftoppm", "-r", "30", "-png", "file.pdf", "page"], cwd=tmp_path, check=True, capture_output=True, timeout=100
    )
    assert drawn.stderr == b""
    assert len(list(tmp_path.glob("page-*.png"))) == len(read_by_poppler(tmp_path))
