"""What StreamText is asked, and what its answers add."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import Caption, CaptionStatus, StreamText
from isegoria.domain.revisions import FeedState
from isegoria.feeds import streamtext_pull
from isegoria.feeds.streamtext_pull import Answer, Asked, Malformed, accept, read


def answer(content: str, position: int) -> Answer:
    return read(json.dumps({"content": content, "lastPosition": position, "languageCode": "en", "more": []}).encode())


def test_what_is_asked() -> None:
    event = StreamText(event="IHaveADream", language="en")
    assert Asked().query(event) == {"event": "IHaveADream", "last": "-1", "length": "32", "language": "en"}
    assert Asked(0).query(event)["last"] == "0"


def test_an_answer_moves_the_feed_and_says_what_was_typed() -> None:
    state, captions = accept(FeedState(), Asked(), answer("Thank you. ", 50))
    assert state.seq == 50
    assert captions == [
        Caption(segment_id=captions[0].segment_id, text="Thank you.", status=CaptionStatus.FINAL, language="en")
    ]
    after, taken_back = accept(state, Asked(50), answer("\b\b!", 53))
    assert (after.seq, [one.text for one in taken_back]) == (53, ["Thank you!"])


def test_an_answer_to_where_the_feed_is_no_more_adds_nothing() -> None:
    state, _ = accept(FeedState(), Asked(), answer("One", 3))
    assert accept(state, Asked(), answer("One", 3)) == (state, [])
    assert accept(state, Asked(2), answer("e", 3)) == (state, [])


def test_an_idle_event_moves_nothing() -> None:
    state, _ = accept(FeedState(), Asked(), answer("One", 3))
    assert accept(state, Asked(3), answer("", -1)) == (state, [])


def test_an_event_that_was_started_anew_takes_nothing_back_from_before() -> None:
    state, _ = accept(FeedState(), Asked(), answer("What was before. ", 60))
    state, captions = accept(state, Asked(60), answer("\b\b\bAfter", 8))
    assert state.seq == 8
    assert [(one.status, one.text) for one in captions] == [(CaptionStatus.PARTIAL, "After")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"content": "x"}',
        b'{"lastPosition": -2}',
        b'{"content": 1, "lastPosition": 1}',
        b"\xff",
    ],
)
def test_what_is_no_answer_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)


def test_a_large_answer_is_malformed() -> None:
    with pytest.raises(Malformed):
        read(json.dumps({"content": "x" * streamtext_pull.LARGEST, "lastPosition": 1}).encode())


@given(st.binary() | st.dictionaries(st.text(), st.text() | st.integers()).map(lambda one: json.dumps(one).encode()))
def test_whatever_comes_is_read_or_malformed(body: bytes) -> None:
    with suppress(Malformed):
        assert read(body).position >= streamtext_pull.NOW
