"""`session archive` and `session restore`: from the list to the folder and back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import CommandLine


def test_a_session_goes_to_the_archive_and_comes_back(isegoria: CommandLine) -> None:
    session = isegoria.created()
    assert isegoria("session", "archive", session).code == 1
    isegoria("session", "close", session)
    log = isegoria("report", session, "--format", "jsonl").bytes
    told = isegoria("session", "archive", session, "--json").json
    folder = Path(told["folder"])
    assert (folder / "log.jsonl").read_bytes() == log
    assert isegoria("verify", folder / "log.jsonl", "--head", told["head"]).code == 0
    [listed] = isegoria("session", "list", "--json").json
    assert (listed["id"], listed["state"]) == (session, "archived")
    assert isegoria("session", "restore", session, "--json").json["head"] == told["head"]
    assert isegoria("report", session, "--format", "jsonl").bytes == log


def test_it_comes_back_from_wherever_its_archive_is(isegoria: CommandLine, tmp_path: Path) -> None:
    session = isegoria.created()
    isegoria("session", "close", session)
    folder = Path(isegoria("session", "archive", session, "--json").json["folder"])
    folder.rename(tmp_path / "elsewhere")
    refused = isegoria("session", "restore", session)
    assert refused.code == 1
    assert "There is no archive" in refused.err
    assert isegoria("session", "restore", session, "--from", tmp_path / "elsewhere").code == 0
