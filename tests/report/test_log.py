"""The exported log, and what verifying it finds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.history import hash_of
from isegoria.report.log import export, verify
from tests.domain.story import live
from tests.report.journals import finish, journal_of


def journal() -> list[bytes]:
    story = live()
    for entry in story.wait("ana", "bob"):
        story.after(10).give(entry)
    finish(story)
    return journal_of(story)


JOURNAL = journal()
COUNT = len(JOURNAL)
HEAD = hash_of(JOURNAL[-1])
LINES = export(JOURNAL).splitlines(keepends=True)


def test_the_log_is_the_journal_verbatim_and_a_last_line() -> None:
    assert LINES[:-1] == [entry + b"\n" for entry in JOURNAL]
    assert json.loads(LINES[-1]) == {"head": HEAD, "entries": COUNT}


@pytest.mark.parametrize("head", [None, HEAD, f" {HEAD.upper()}\n"])
def test_a_whole_log_is_whole(head: str | None) -> None:
    verdict = verify(b"".join(LINES), head)
    assert (verdict.ok, verdict.bad, verdict.entries, verdict.head) == (True, None, COUNT, HEAD)


def test_an_empty_log_is_whole() -> None:
    assert verify(export([])).ok
    assert not verify(b"").ok


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_a_changed_entry_is_named(number: int) -> None:
    lines = list(LINES)
    assert b'"at":' in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(b'"written_at":1', b'"written_at":2')
    assert lines != LINES
    verdict = verify(b"".join(lines))
    assert (verdict.ok, verdict.bad) == (False, number)


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_a_dropped_entry_is_named(number: int) -> None:
    verdict = verify(b"".join(LINES[: number - 1] + LINES[number:]))
    assert (verdict.ok, verdict.bad) == (False, number)
    assert "missing" in verdict.message or number == COUNT


@pytest.mark.parametrize("number", range(1, COUNT))
def test_swapped_entries_are_named(number: int) -> None:
    lines = [*LINES[: number - 1], LINES[number], LINES[number - 1], *LINES[number + 1 :]]
    verdict = verify(b"".join(lines))
    assert (verdict.ok, verdict.bad) == (False, number)
    assert "not in its place" in verdict.message


def test_an_entry_that_stands_twice_is_named() -> None:
    verdict = verify(b"".join([*LINES[:3], LINES[2], *LINES[3:]]))
    assert (verdict.ok, verdict.bad) == (False, 4)
    assert "again" in verdict.message


@pytest.mark.parametrize("number", range(COUNT))
def test_a_log_that_was_cut_is_told_apart_by_its_last_line(number: int) -> None:
    verdict = verify(b"".join(LINES[:number]))
    assert (verdict.ok, verdict.bad) == (False, number + 1)


@pytest.mark.parametrize("number", range(COUNT))
def test_a_cut_log_with_a_new_last_line_shows_only_against_a_noted_head(number: int) -> None:
    cut = export(JOURNAL[:number])
    assert verify(cut).ok
    verdict = verify(cut, HEAD)
    assert (verdict.ok, verdict.bad) == (False, number + 1)


def test_a_log_that_was_made_anew_shows_against_a_noted_head() -> None:
    entry = json.loads(JOURNAL[0])
    forged = json.dumps({**entry, "at": 1}, separators=(",", ":")).encode()
    assert verify(export([forged])).ok
    assert not verify(export([forged]), HEAD).ok


def test_a_head_that_was_noted_on_the_way_tells_what_came_after_it() -> None:
    verdict = verify(b"".join(LINES), hash_of(JOURNAL[1]))
    assert verdict.ok
    assert f"{COUNT - 2} entries came after it" in verdict.message


@pytest.mark.parametrize("rubbish", [b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000, b'{"version": true}'])
def test_rubbish_is_named_and_never_raises(rubbish: bytes) -> None:
    verdict = verify(b"".join([*LINES[:2], rubbish + b"\n", *LINES[3:]]))
    assert (verdict.ok, verdict.bad) == (False, 3)


@given(st.integers(0, len(b"".join(LINES)) - 2), st.integers(0, 255))
def test_no_changed_byte_goes_unnoticed(place: int, byte: int) -> None:
    data = bytearray(b"".join(LINES))
    if data[place] == byte:
        return
    data[place] = byte
    assert not verify(bytes(data), HEAD).ok or json.loads(bytes(data).splitlines()[-1]) == json.loads(LINES[-1])
