"""`check`: what it says for people and for programs, and what it looks at."""

from __future__ import annotations

import re

from tests.cli.conftest import CommandLine


def test_check_says_what_to_do_and_is_not_ready_then(isegoria: CommandLine) -> None:
    session = isegoria.created("--now")
    answer = isegoria("check", session, "--json")
    assert answer.code == 1
    found = {one["what"]: one for one in answer.json}
    assert found["append-only file"]["ok"]
    assert found["clock"]["ok"]
    assert found[f"links {session}"]["ok"]
    assert "isegoria roster import" in found[f"roster {session}"]["todo"]
    assert "isegoria serve" in found[f"server {session}"]["todo"]
    text = isegoria("check", session).out
    for what, mark in (
        ("append-only file", "ok"),
        (f"roster {session}", "attention"),
        (f"server {session}", "attention"),
    ):
        assert re.search(rf"^{mark} +{what}  ", text, re.MULTILINE), text


def test_check_without_a_session_looks_at_all_that_are_not_over(isegoria: CommandLine) -> None:
    first, second = isegoria.created("--now"), isegoria.created("--now")
    found = {one["what"] for one in isegoria("check", "--json").json}
    assert {f"session {first}", f"session {second}"} <= found
