"""The working paper as LibreOffice lays it out: pages, numbers, footnotes, and hostile text that it must open."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

from isegoria.report import as_docx
from isegoria.report.paper import Name, Paper
from tests.report.test_as_docx import HOSTILE, PAPER, everywhere


def pages(paper: Paper, folder: Path) -> list[str]:
    """What is read on each page, laid out, once LibreOffice has printed it."""
    (folder / "paper.docx").write_bytes(as_docx.export(paper))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), "paper.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=100)
    printed = subprocess.run(
        ["pdftotext", "-layout", "paper.pdf", "-"], cwd=folder, check=True, capture_output=True, timeout=30
    )
    return printed.stdout.decode().split("\f")[:-1]


def lines(page: str) -> list[str]:
    """Without the marks of direction that pdftotext adds."""
    told = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", page)
    return [" ".join(line.split()) for line in told.splitlines() if line.strip()]


def test_numbers_chapters_and_annexes_are_counted(tmp_path: Path) -> None:
    told = [line for page in pages(PAPER, tmp_path) for line in lines(page)]
    for line in (
        "I. Introduction",
        "II. Summary of interventions",
        "2. By theme.",
        "A. Local implementation",
        "3. Practices.",
        "(a) Ana stated: Budgets are voted on.1",
        "(b) Bob stated: So are maps.",
        "4. Challenges.",
        "(a) Cat stated: Time.",
        "(a) One.",
        "B. Challenges",
        "III. Written contributions",
        "A single subhead",
        "7. Last.",
        "Annex I. Speakers by constituency",
        "Annex II. Method",
        "Record of the session, intervention 1.",
    ):
        assert line in told, line


def test_every_page_tells_tier_rehearsal_number_and_log(tmp_path: Path) -> None:
    found = [lines(page) for page in pages(replace(PAPER, tier="internal", rehearsal=True), tmp_path)]
    assert len(found) >= 4
    for number, page in enumerate(found, 1):
        assert page[0] == "Internal, not for others Rehearsal. Nobody said this"
        assert page[-1] == f"Log 3f2a19c4d0e1 Page {number} of {len(found)}"


def test_annexes_begin_pages_and_their_tables_heads_are_repeated(tmp_path: Path) -> None:
    found = [lines(page) for page in pages(PAPER, tmp_path)]
    begun = [page[1] for page in found]
    assert "Annex I. Speakers by constituency" in begun
    assert "Annex II. Method" in begun
    long = begun.index("Annex I. Speakers by constituency")
    assert found[long + 1][1] == "No. Speaker Time used"


def test_hostile_text_is_opened_and_printed(tmp_path: Path) -> None:
    """All of it in one paper: a program that starts takes its time."""
    papers = [everywhere(words) for words in HOSTILE]
    sections = tuple(section for paper in papers for section in paper.sections)
    hostile = replace(PAPER, title="".join(HOSTILE[:4]), summary=((Name(HOSTILE[4]),),), sections=sections)
    told = "\n".join(pages(hostile, tmp_path))
    assert "=1+1" in told
    assert "<w:p/>&amp;]]>" in told
    assert len(re.findall("a", told)) > 10_000, "long words are broken, not cut off"
