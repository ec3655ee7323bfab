"""`session archive` and `session restore`: from the list to the folder and back."""

from __future__ import annotations

import json
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


def test_exports_are_made_from_an_archive_which_stays_as_it_is(isegoria: CommandLine, tmp_path: Path) -> None:
    session = isegoria.created()
    isegoria("session", "close", session)
    before = isegoria("report", session, "--format", "json").bytes
    folder = Path(isegoria("session", "archive", session, "--json").json["folder"])
    made = isegoria("report", session, "--format", "json")
    assert made.bytes == before
    assert "listed nowhere" in made.err
    folder.rename(tmp_path / "elsewhere")
    assert isegoria("report", session, "--format", "json", "--from", tmp_path / "elsewhere").bytes == before
    assert isegoria("verify", tmp_path / "elsewhere").code == 0


def test_an_archive_that_was_changed_is_named(isegoria: CommandLine) -> None:
    session = isegoria.created()
    isegoria("session", "close", session)
    folder = Path(isegoria("session", "archive", session, "--json").json["folder"])
    people = folder / "people.json"
    people.write_text(people.read_text() + " ")
    for command in (["verify", folder], ["report", session, "--format", "json"]):
        refused = isegoria(*command)
        assert refused.code == 1
        assert "people.json of the archive was changed" in refused.err


def test_R8_who_is_erased_is_gone_from_the_archive_too(isegoria: CommandLine) -> None:
    session = isegoria.created()
    isegoria("session", "close", session)
    folder = Path(isegoria("session", "archive", session, "--json").json["folder"])
    people = json.loads((folder / "people.json").read_text())["persons"]
    person, name = next((one["id"], one["display_name"]) for one in people.values())
    erased = isegoria("roster", "erase", session, person)
    assert (erased.code, erased.out) == (0, f"{name} was erased from {session}; 0 lines of captions were masked.\n")
    assert not [path for path in folder.rglob("*") if path.is_file() and name.encode() in path.read_bytes()]
    assert isegoria("verify", folder).code == 0
    [listed] = isegoria("session", "list", "--json").json
    assert listed["state"] == "archived"
    assert isegoria("roster", "erase", session, person).code == 1
    assert isegoria("verify", folder).code == 0
