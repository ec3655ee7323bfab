"""A stream of characters with backspaces: where it is cut, and how far what is taken back reaches."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain import revisions
from isegoria.domain.captions import Caption, Mode, normal
from isegoria.domain.revisions import FeedState
from isegoria.feeds import chars, streamtext
from isegoria.feeds.chars import LONGEST, REACH, break_off, type_in
from tests.feeds.hearing import Hearing


def typed(*parcels: str, hearing: Hearing | None = None) -> Hearing:
    hearing = hearing or Hearing(chars.MODE)
    for parcel in parcels:
        hearing.take(lambda state: type_in(state, parcel))  # noqa: B023
    return hearing


def pieces(text: str) -> list[str]:
    """What a text is cut into, the last of it made final by time."""
    hearing = typed(text)
    hearing.wait()
    return hearing.finals()


# --- where it is cut -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Thank you, Chair. I speak for Nairobi.", ["Thank you, Chair.", "I speak for Nairobi."]),
        ("¿Quién habla? ¡Yo! Gracias.", ["¿Quién habla?", "¡Yo!", "Gracias."]),
        ("من يتكلم؟ شكرا لكم. أهلا", ["من يتكلم؟", "شكرا لكم.", "أهلا"]),
        ("谢谢主席。我们同意！“好的。”谁？", ["谢谢主席。", "我们同意！", "“好的。”", "谁？"]),
        ("धन्यवाद। हम सहमत हैं।", ["धन्यवाद।", "हम सहमत हैं।"]),
        ("one\ntwo\r\nthree", ["one", "two", "three"]),
        ("He said “yes.” Then", ["He said “yes.”", "Then"]),
        ("3.5 per cent, e.g. that", ["3.5 per cent, e.g. that"]),
        ("Mr. Smith of the U.N. spoke. Sra. Paz, too", ["Mr. Smith of the U.N. spoke.", "Sra. Paz, too"]),
        ("\n\n  \n", []),
        ("", []),
    ],
)
def test_C22_a_piece_ends_with_its_line_or_its_sentence(text: str, cut: list[str]) -> None:
    assert pieces(text) == cut


def test_a_long_piece_ends_at_a_space_or_a_comma_and_at_last_anyway() -> None:
    words = pieces("word " * 100)
    assert [len(piece) for piece in words[:2]] == [204, 204]
    assert " ".join(words) == ("word " * 100).strip()
    assert pieces("字" * 210 + "，" + "字" * 10) == ["字" * 210 + "，", "字" * 10]
    assert pieces("字" * 650) == ["字" * 300, "字" * 300, "字" * 50]


def test_a_piece_is_not_cut_before_what_belongs_to_a_letter() -> None:
    assert pieces("a" * LONGEST + "\u0301" + "b") == ["a" * LONGEST + "\u0301", "b"]
    assert len(pieces("\u0301" * 2000)[0]) == 2 * LONGEST


def test_C22_the_newest_piece_is_a_partial_until_it_has_ended() -> None:
    hearing = typed("Thank")
    assert (hearing.open(), hearing.finals()) == (["Thank"], [])
    typed(" you. I", hearing=hearing)
    assert (hearing.open(), hearing.finals()) == (["I"], ["Thank you."])


def test_C7_what_was_made_final_by_time_takes_no_more_characters() -> None:
    hearing = typed("Thank you")
    hearing.wait()
    typed(" very much", hearing=hearing)
    assert (hearing.open(), hearing.finals()) == (["very much"], ["Thank you"])
    assert [status for status, _ in hearing.statuses()] == ["final"]


def test_a_change_of_language_begins_a_piece() -> None:
    hearing = Hearing(Mode.REVISE)
    for text, language in (("Thank you ", "en"), ("gracias", "es"), ("\b", "fr")):
        hearing.take(lambda state: type_in(state, text, language))  # noqa: B023
    hearing.wait()
    assert [(one.text, one.language) for one in hearing.kept] == [("Thank you", "en"), ("gracia", "es")]


# --- what is taken back --------------------------------------------------------------------------


def test_C22_a_backspace_reaches_into_an_earlier_parcel() -> None:
    hearing = typed("Thank yuo", "\b\b", "ou")
    assert hearing.open() == ["Thank you"]


def test_C22_what_was_final_is_corrected_and_the_word_goes_on() -> None:
    hearing = typed("We met the mair. ", "\b" * 4 + "yor. Then")
    assert hearing.statuses() == [("final", "We met the mair."), ("corrected", "We met the mayor.")]
    assert hearing.open() == ["Then"]


def test_a_piece_that_was_said_takes_no_more_than_the_word_that_goes_on() -> None:
    hearing = typed("We met the mair. ", "\b" * 4, "yo", "r today")
    corrected = [text for status, text in hearing.statuses() if status == "corrected"]
    assert corrected == ["We met the ma", "We met the mayo", "We met the mayor"]
    assert hearing.open() == ["today"]


def test_C18_backspaces_after_another_connection_correct_and_begin_no_epoch() -> None:
    hearing = Hearing(chars.MODE, state=revisions.connect(FeedState()))
    typed("We met the mair. ", hearing=hearing)
    hearing.state = revisions.connect(hearing.state)
    typed("\b" * 4 + "yor. ", hearing=hearing)
    assert hearing.finals() == ["We met the mayor."]
    assert hearing.state.epoch == 0


def test_after_a_whole_word_was_taken_back_a_new_piece_begins() -> None:
    hearing = typed("We met the mayor. ", "\b" * 7, "minister. ")
    assert hearing.statuses() == [("final", "We met the mayor."), ("corrected", "We met the"), ("final", "minister.")]


def test_C22_what_is_taken_back_whole_is_retracted() -> None:
    hearing = typed("Right. ", "\b" * 7)
    assert hearing.statuses() == [("final", "Right."), ("retracted", "")]
    typed("Wait. ", hearing=hearing)
    assert hearing.finals() == ["Wait."]


def test_a_partial_that_is_taken_back_whole_goes_and_a_new_one_may_come() -> None:
    hearing = typed("No", "\b\b")
    assert (hearing.open(), hearing.kept) == ([], [])
    assert typed("Wait. ", hearing=hearing).statuses() == [("final", "Wait.")]


def test_a_space_that_is_taken_back_is_no_correction() -> None:
    hearing = typed("Right. ", "\b")
    assert (hearing.statuses(), hearing.dropped) == ([("final", "Right.")], 0)


def test_backspaces_beyond_what_is_remembered_change_nothing() -> None:
    sentences = [f"This is sentence {number + 100}. " for number in range(REACH + 4)]
    hearing = typed(*sentences, "\b" * 10_000)
    assert hearing.finals() == [sentence.strip() for sentence in sentences[:4]]


def test_another_stream_is_not_reached_by_backspaces() -> None:
    hearing = typed("Thank you")
    hearing.take(break_off)
    typed("\b\b\bHello. ", hearing=hearing)
    assert hearing.finals() == ["Thank you", "Hello."]


# --- whatever is typed -----------------------------------------------------------------------------

PARTS = st.text(alphabet="abC. ,\n。？é", max_size=12) | st.integers(1, 8).map("\b".__mul__) | st.text(max_size=3)
TEXTS = st.lists(PARTS, max_size=20).map("".join)


def on_paper(text: str) -> str:
    left: list[str] = []
    for character in text:
        if character != "\b":
            left.append(character)
        elif left:
            left.pop()
    return "".join(left)


@given(TEXTS)
def test_C22_what_is_read_in_the_end_is_what_stands_on_paper(text: str) -> None:
    hearing = typed(text)
    hearing.wait()
    assert "".join("".join(hearing.finals()).split()) == "".join(normal(on_paper(text)).split())
    assert hearing.dropped == 0


@given(TEXTS, st.lists(st.integers(0, 60), max_size=8))
def test_C22_parcels_make_no_difference_to_what_is_read(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    parcels = [text[start:end] for start, end in pairwise(places)]
    whole, parcelled = typed(text), typed(*parcels)
    assert whole.state.pieces == parcelled.state.pieces
    for hearing in (whole, parcelled):
        hearing.wait()
    assert whole.finals() == parcelled.finals()


@settings(deadline=None)
@given(st.text(max_size=50))
def test_what_is_remembered_is_bounded(text: str) -> None:
    hearing = typed(*[text or "a"] * 40)
    assert len(hearing.state.pieces) <= REACH + 1
    assert all(len(piece.text) <= 2 * LONGEST for piece in hearing.state.pieces)


# --- StreamText's posts ----------------------------------------------------------------------------


def posts(*sent: tuple[int, str], hearing: Hearing | None = None) -> Hearing:
    hearing = hearing or Hearing(streamtext.MODE)
    for seq, body in sent:
        hearing.take(lambda state: streamtext.accept(state, seq, "en", body.encode()))  # noqa: B023
    return hearing


def test_C16_a_retry_types_nothing_again() -> None:
    hearing = posts((1, "Thank yuo"), (2, "\b\bou"), (1, "Thank yuo"), (2, "\b\bou"), (3, ". \n"))
    assert hearing.finals() == ["Thank you."]


def test_C16_a_lower_number_with_a_new_body_is_another_stream() -> None:
    hearing = posts((1, "Thank you"), (2, " all"), (1, "\b\bHello. "), (2, "I"))
    assert hearing.finals() == ["Thank you all", "Hello."]
    assert hearing.open() == ["I"]


@given(st.lists(st.tuples(st.integers(0, 5), st.binary(max_size=40)), max_size=12))
def test_no_post_raises(sent: list[tuple[int, bytes]]) -> None:
    hearing = Hearing(streamtext.MODE)
    for seq, body in sent:
        captions = hearing.take(lambda state: streamtext.accept(state, seq, None, body))  # noqa: B023
        assert all(isinstance(caption, Caption) for caption in captions)
    hearing.wait()
    assert hearing.dropped == 0
    assert FeedState.from_bytes(hearing.state.to_bytes()) == hearing.state
