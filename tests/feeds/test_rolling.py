"""Programs that send their whole window of lines for every word."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.feeds import rolling
from tests.feeds.hearing import Hearing

SPEECH = "Thank you Madam Chair . Nairobi welcomes the report . We have three points . Thank you Madam Chair ."
SPANISH = "Señoras y señores: el Ayuntamiento agradece la invitación. Mañana habrá más información aquí."


def showing(*windows: str | bytes, hearing: Hearing | None = None, first: int = 0) -> Hearing:
    hearing = hearing or Hearing(rolling.MODE)
    for seq, window in enumerate(windows, start=first):
        body = window if isinstance(window, bytes) else window.encode()
        hearing.take(lambda state: rolling.accept(state, seq, None, body))  # noqa: B023
    return hearing


def wrapped(words: Sequence[str], width: int) -> list[str]:
    return textwrap.wrap(" ".join(words), width, break_long_words=False, break_on_hyphens=False)


def typing(words: Sequence[str], height: int, width: int) -> Iterator[str]:
    """What a program shows that resends its window for each word."""
    for count in range(1, len(words) + 1):
        yield "\n".join(wrapped(words[:count], width)[-height:])


def test_C23_the_lowest_line_is_a_partial_and_those_above_are_final() -> None:
    hearing = showing("Thank you", "Thank you Chair\nI", "Thank you Chair\nI speak\nfor")
    assert (hearing.finals(), hearing.open()) == (["Thank you Chair", "I speak"], ["for"])
    assert [status for status, _ in hearing.statuses()] == ["final", "final"]


def test_C23_a_line_that_has_scrolled_off_stays() -> None:
    hearing = showing("one\ntwo", "two\nthree", "three\nfour")
    assert (hearing.finals(), hearing.open()) == (["one", "two", "three"], ["four"])


def test_C23_a_changed_line_above_is_a_revision() -> None:
    hearing = showing("The mair of Nairobi\nspeaks", "The mayor of Nairobi\nspeaks first")
    assert hearing.statuses() == [("final", "The mair of Nairobi"), ("corrected", "The mayor of Nairobi")]
    assert hearing.open() == ["speaks first"]


def test_a_line_that_is_taken_back_is_retracted_and_the_one_above_goes_on() -> None:
    hearing = showing("Thank you\nChair\nI", "Thank you\nChair", "Thank you\nChairs")
    hearing.wait()
    assert hearing.finals() == ["Thank you", "Chairs"]


def test_a_window_that_scrolls_back_says_nothing_twice() -> None:
    hearing = showing(
        "a one\nb two", "b two\nc three", "c three\nd four", "b two\nc three", "a one\nb two", "b two\nc new"
    )
    hearing.wait()
    assert hearing.finals() == ["a one", "b two", "c new"]


def test_a_window_that_gets_higher_or_lower_says_nothing_twice() -> None:
    hearing = showing("a one\nb two", "b two\nc three", "a one\nb two\nc three", "c three", "c three and\nd four")
    hearing.wait()
    assert hearing.finals() == ["a one", "b two", "c three and", "d four"]


def test_C23_a_window_with_nothing_in_common_is_all_new() -> None:
    hearing = showing("Thank you\nChair", "Good morning\nfrom Geneva")
    hearing.wait()
    assert hearing.finals() == ["Thank you", "Chair", "Good morning", "from Geneva"]


def test_a_line_that_is_said_again_is_said_again() -> None:
    hearing = showing("Yes.", "Yes.\nYes.", "Yes.\nYes.\nYes.", "Yes.\nYes.\nNo", "Yes.\nNo.\nYes.")
    hearing.wait()
    assert hearing.finals() == ["Yes.", "Yes.", "Yes.", "No.", "Yes."]


@pytest.mark.parametrize("line", ["I represent", "A"])
def test_a_word_that_grows_into_the_next_line_is_moved(line: str) -> None:
    hearing = showing(f"{line} municipali", f"{line}\nmunicipalities")
    assert (hearing.finals(), hearing.open()) == ([line], ["municipalities"])


def test_a_window_that_was_cleared_and_begins_as_it_once_did_takes_nothing_back() -> None:
    hearing = showing("Thank you.\nNairobi welcomes\nthe report", "Thank you.", "Thank you.\nI")
    assert hearing.finals() == ["Thank you.", "Nairobi welcomes", "the report", "Thank you."]


def test_what_is_remembered_is_bounded() -> None:
    lines = [f"line {number}" for number in range(100, 200)]
    hearing = showing(*("\n".join(lines[number : number + 3]) for number in range(97)))
    assert len(hearing.state.pieces) == rolling.REMEMBERED
    assert hearing.finals() == lines[:98]


def test_C7_a_line_that_was_made_final_by_time_is_corrected_as_it_goes_on() -> None:
    hearing = showing("Thank you")
    hearing.wait()
    showing("Thank you", "Thank you Chair", hearing=hearing, first=1)
    assert hearing.statuses() == [("final", "Thank you"), ("corrected", "Thank you Chair")]


def test_a_character_that_is_cut_comes_with_the_next_word() -> None:
    bodies = ["Merci Zoé".encode()[:-1], "Merci Zoé a".encode()[:-1]]
    assert showing(*bodies).open() == ["Merci Zoé"]
    assert showing(bodies[0]).open() == ["Merci Zo"]


def test_C16_a_window_that_comes_again_changes_nothing() -> None:
    hearing = showing("one\ntwo", "two\nthree")
    before = hearing.state
    showing("one\ntwo", "two\nthree", hearing=hearing)
    assert hearing.state == before


def test_C16_a_program_that_starts_again_goes_on() -> None:
    hearing = showing("one\ntwo", "two\nthree")
    showing("four", "four\nfive", hearing=hearing)
    hearing.wait()
    assert hearing.finals() == ["one", "two", "three", "four", "five"]


@pytest.mark.parametrize("height", range(1, 6))
def test_a_speech_is_read_as_it_was_typed(height: int) -> None:
    hearing = showing(*typing(SPEECH.split(), height, 24))
    hearing.wait()
    assert hearing.finals() == wrapped(SPEECH.split(), 24)
    assert {status for status, _ in hearing.statuses()} == {"final"}


def test_a_program_that_counts_characters_for_bytes_costs_the_newest_words_only() -> None:
    words = SPANISH.split()
    hearing = showing(*(window.encode()[: len(window)] for window in typing(words, 3, 24)))
    hearing.wait()
    lines = wrapped(words, 24)
    assert hearing.finals()[:-1] == lines[:-1]
    assert lines[-1].startswith(hearing.finals()[-1])


WORDS = st.lists(st.text(alphabet="abcéжع字 .", min_size=1, max_size=8), max_size=30)


def distinct(words: Iterable[str]) -> list[str]:
    """Words of which none begins with another: in a window of one line no more can be told apart."""
    return [f"{chr(0x4E00 + number)}{word.replace(' ', '')}" for number, word in enumerate(words)]


@settings(deadline=None)
@given(WORDS, st.integers(1, 5), st.integers(8, 30))
def test_C23_whatever_is_typed_is_read_once_whatever_the_window(words: list[str], height: int, width: int) -> None:
    said = distinct(words)
    hearing = showing(*typing(said, height, width))
    hearing.wait()
    assert hearing.finals() == wrapped(said, width)
    assert hearing.dropped == 0


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), max_size=30), st.integers(2, 5), st.integers(10, 30))
def test_whatever_is_taken_back_is_not_read(lengths: list[int], height: int, width: int) -> None:
    """A program whose user goes to and fro in a text: the window shows the end of what is left."""
    text = distinct(["word"] * 40)
    windows = ["\n".join(wrapped(text[:length], width)[-height:]) for length in [*lengths, 40]]
    hearing = showing(*windows)
    hearing.wait()
    final = wrapped(text, width)
    assert hearing.finals()[-height:] == final[-height:]


@given(st.lists(st.tuples(st.integers(0, 3), st.binary(max_size=60)), max_size=12))
def test_no_window_raises(sent: list[tuple[int, bytes]]) -> None:
    hearing = Hearing(rolling.MODE)
    for seq, body in sent:
        hearing.take(lambda state: rolling.accept(state, seq, "x", body))  # noqa: B023
    hearing.wait()
    assert len(hearing.state.pieces) <= rolling.REMEMBERED
