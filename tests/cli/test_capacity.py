"""`rehearse --attendees N`: a server of its own, a curve, a verdict."""

from __future__ import annotations

from tests.cli.conftest import CommandLine


def test_one_attendee_is_carried_and_nothing_is_left_behind(isegoria: CommandLine) -> None:
    before = sorted(path.name for path in isegoria.data.iterdir())
    answer = isegoria("rehearse", "--attendees", 1, "--json")
    told = answer.json
    assert answer.code == 0, told
    assert told["carried"] == 1
    assert [level["attendees"] for level in told["levels"]] == [1]
    assert told["levels"][0]["missed"] == 0
    assert "This server carries them." in " ".join(told["verdict"])
    assert sorted(path.name for path in isegoria.data.iterdir()) == before
    assert isegoria("session", "list", "--json").json == []


def test_an_address_without_attendees_is_asked_back(isegoria: CommandLine) -> None:
    answer = isegoria("rehearse", "--url", "http://127.0.0.1:1")
    assert answer.code == 2
    assert "--attendees" in answer.err


def test_an_address_where_nobody_listens_is_told(isegoria: CommandLine) -> None:
    answer = isegoria("rehearse", "--attendees", 1, "--url", "http://127.0.0.1:1")
    assert answer.code == 1
    assert answer.err.splitlines()[-1] == "Nobody is let in at http://127.0.0.1:1: Connection refused."
