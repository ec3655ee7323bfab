"""WebVTT that comes in pieces, cut anywhere."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import Caption
from isegoria.domain.revisions import FINAL_TIMEOUT, FeedState
from isegoria.feeds import webvtt, webvtt_stream
from isegoria.feeds.webvtt_stream import LARGEST, Reader, Shown, Skipped
from tests.feeds.hearing import Hearing
from tests.live.stage import FLOOR, NOON

# As ffmpeg writes it: the empty line that ends a cue comes with the next.
FFMPEG = ["WEBVTT\n", "\n00:01.000 --> 00:03.500\nThank you,\nChair.\n", "\n00:04.000 --> 00:05.000\nشكرا لكم\n"]


def read(*chunks: str | bytes) -> list[Shown | Skipped]:
    reader = Reader()
    read = [one for chunk in chunks for one in reader.feed(_bytes(chunk), NOON)]
    return [*read, *reader.end(NOON)]


def _bytes(chunk: str | bytes) -> bytes:
    return chunk if isinstance(chunk, bytes) else chunk.encode()


def ended(*chunks: str | bytes) -> list[str]:
    return [one.cue.text for one in read(*chunks) if isinstance(one, Shown) and one.ended]


def heard(*chunks: str | bytes, run: str = "run", hearing: Hearing | None = None, end: bool = True) -> Hearing:
    hearing = hearing or Hearing(webvtt_stream.MODE)
    reader = Reader()
    for chunk in chunks:
        for one in reader.feed(_bytes(chunk), hearing.now):
            told(hearing, one, run)
    for one in reader.end(hearing.now) if end else ():
        told(hearing, one, run)
    return hearing


def told(hearing: Hearing, one: Shown | Skipped, run: str) -> None:
    assert isinstance(one, Shown)
    hearing.take(lambda state: webvtt_stream.captions(state, one, run, None, FLOOR.lag))


def test_C24_a_cue_is_shown_as_it_comes_and_final_when_it_has_ended() -> None:
    hearing = heard(*FFMPEG[:2], end=False)
    assert (hearing.open(), hearing.finals()) == (["Thank you,\nChair."], [])
    hearing = heard(*FFMPEG)
    assert (hearing.open(), hearing.finals()) == ([], ["Thank you,\nChair.", "شكرا لكم"])
    assert hearing.dropped == 0


def test_times_are_believed_as_durations_only() -> None:
    first, _ = heard(*FFMPEG).kept
    assert first.spoken_at == NOON - FLOOR.lag
    assert first.ends_at == NOON - FLOOR.lag + 2_500
    assert first.starts_at is None


def test_C7_a_cue_whose_end_comes_late_is_told_once() -> None:
    hearing, reader = Hearing(webvtt_stream.MODE), Reader()
    for chunk in FFMPEG:
        for one in reader.feed(chunk.encode(), hearing.now):
            told(hearing, one, "run")
        hearing.wait()
    for one in reader.end(hearing.now):
        told(hearing, one, "run")
    assert hearing.statuses() == [("final", "Thank you,\nChair."), ("final", "شكرا لكم")]
    assert hearing.now == NOON + 3 * FINAL_TIMEOUT


def test_C24_a_cue_with_the_start_of_another_in_the_same_run_revises_it() -> None:
    hearing = heard("WEBVTT\n\n00:01.000 --> 00:02.000\nThe mair\n\n00:01.000 --> 00:03.000\nThe mayor\n\n")
    assert hearing.statuses() == [("final", "The mair"), ("corrected", "The mayor")]


def test_C24_a_cue_with_the_same_start_in_another_run_is_another() -> None:
    hearing = heard(*FFMPEG)
    heard(*FFMPEG, run="another", hearing=hearing)
    assert hearing.finals() == ["Thank you,\nChair.", "شكرا لكم"] * 2


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_may(line_break: str) -> None:
    text = "".join(FFMPEG).replace("\n", line_break)
    assert ended(text) == ended(*text) == ["Thank you,\nChair.", "شكرا لكم"]


def test_notes_styles_names_and_voices_are_read_as_in_a_file() -> None:
    text = (
        "\ufeffWEBVTT - x\n\nNOTE hello\nthere\n\nSTYLE\n::cue {}\n\n"
        "name\n00:01.000 --> 00:02.000 align:start\n<v Ana><i>Hola</i> &amp; adiós\n\n"
    )
    [shown] = [one for one in read(text) if isinstance(one, Shown)]
    assert (shown.cue.label, shown.cue.text) == ("Ana", "Hola & adiós")


def test_what_cannot_be_read_is_skipped_and_what_follows_is_read() -> None:
    after = "\n\n00:01.000 --> 00:02.000\nstill here\n\n"
    assert read("WEBVTT\n\nhello there", after)[0] == Skipped("malformed")
    for large in ("x" * (LARGEST + 1), "word\n" * LARGEST):
        told = read("WEBVTT\n\n", "00:00.000 --> 00:09.000\n", large, after)
        assert [one for one in told if isinstance(one, Skipped)] == [Skipped("too large")]
        assert ended("WEBVTT\n\n00:00.000 --> 00:09.000\n", large, after) == ["still here"]


def test_what_is_held_is_bounded() -> None:
    reader = Reader()
    for _ in range(100):
        assert list(reader.feed(b"x" * 10_000, NOON)) == []
    assert len(reader._tail) <= LARGEST
    for _ in range(1_000):
        list(reader.feed(b"x" * 100 + b"\n", NOON))
    assert sum(map(len, reader._block)) <= LARGEST


PARTS = ["WEBVTT", "\n", "\n\n", "\r\n", "\r", "00:01.000 --> 00:02.000", "\n00:03.000 --> 00:04.000\n", "é字"]
BYTES = st.lists(st.sampled_from(PARTS).map(str.encode) | st.binary(max_size=4), max_size=20).map(b"".join)


@given(BYTES, st.lists(st.integers(0, 120), max_size=12))
def test_where_it_is_cut_makes_no_difference(data: bytes, cuts: list[int]) -> None:
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    chunks = [data[start:end] for start, end in pairwise(places)]
    assert ended(*chunks) == ended(data)
    assert skipped(*chunks) == skipped(data)


def skipped(*chunks: bytes) -> int:
    return sum(isinstance(one, Skipped) for one in read(*chunks))


@given(BYTES)
def test_it_is_read_as_a_file_is(data: bytes) -> None:
    file = webvtt.parse(data)
    assert sorted(ended(data)) == sorted(cue.text for cue in file.cues)


@given(st.binary(max_size=300))
def test_nothing_raises(data: bytes) -> None:
    for one in read(data):
        if isinstance(one, Shown):
            _, captions = webvtt_stream.captions(FeedState(), one, "run", None, 0)
            assert all(isinstance(caption, Caption) for caption in captions)
