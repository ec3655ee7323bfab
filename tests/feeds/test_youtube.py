"""YouTube's live captions without their HTTP: times, heartbeats, retries, restarts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import Caption
from isegoria.domain.revisions import FeedState
from isegoria.feeds import youtube
from isegoria.feeds.addresses import Address
from isegoria.feeds.zoom import timestamp
from tests.feeds.hearing import Hearing
from tests.live.stage import NOON


def posts(*sent: tuple[int, str], state: FeedState | None = None) -> tuple[FeedState, list[Caption]]:
    captions: list[Caption] = []
    state = state or FeedState()
    for seq, body in sent:
        state, new = youtube.accept(state, seq, None, body.encode(), NOON)
        captions += new
    return state, captions


def line(text: str, ago: int = 1_000, region: str = "") -> str:
    return f"{timestamp(NOON - ago)}{region}\n{text}\n"


def test_each_caption_of_a_post_has_its_time() -> None:
    _, captions = posts((0, line("Thank you,<br>Chair.", 2_000, " region:reg1#cue1") + line("شكرا\nلكم")))
    assert [(one.text, one.starts_at) for one in captions] == [
        ("Thank you,<br>Chair.", NOON - 2_000),
        ("شكرا\nلكم", NOON - 1_000),
    ]
    assert len({one.segment_id for one in captions}) == 2


def test_C25_times_and_breaks_reach_the_transcript() -> None:
    hearing = Hearing(youtube.MODE)
    hearing.take(lambda state: youtube.accept(state, 0, None, line("one<br>two", 3_000).encode(), NOON))
    assert [(one.text, one.spoken_at) for one in hearing.kept] == [("one\ntwo", NOON - 3_000)]


@pytest.mark.parametrize(
    ("ago", "believed"), [(60_000, True), (60_001, False), (-60_000, True), (-60_001, False), (3_600_000, False)]
)
def test_C25_a_clock_that_is_more_than_a_minute_off_is_not_believed(ago: int, believed: bool) -> None:
    _, [caption] = posts((0, line("x", ago)))
    assert caption.starts_at == (NOON - ago if believed else None)


@pytest.mark.parametrize("time", ["2025-13-01T00:00:00.000", "2025-07-01T25:00:00.000", "0000-01-01T00:00:00"])
def test_a_time_that_does_not_exist_is_none(time: str) -> None:
    _, [caption] = posts((0, f"{time}\nx\n"))
    assert (caption.text, caption.starts_at) == ("x", None)


def test_what_has_no_time_is_not_lost() -> None:
    _, captions = posts((0, "first\n" + line("second")))
    assert [(one.text, one.starts_at is None) for one in captions] == [("first", True), ("second", False)]


def test_C25_a_heartbeat_does_not_advance_the_number() -> None:
    state, captions = posts((3, line("x")), (4, ""), (4, "\n"))
    assert (state.seq, len(captions)) == (3, 1)
    assert len(posts((4, line("y")), state=state)[1]) == 1


def test_C16_a_retry_is_no_new_line() -> None:
    first, second = line("one"), line("two", 500)
    _, captions = posts((0, first), (0, first), (1, second), (0, first))
    assert [one.text for one in captions] == ["one", "two"]


def test_C16_a_program_begins_anew_with_each_run() -> None:
    state, captions = posts((0, line("Yes.", 9_000)), (1, line("No.", 8_000)), (0, line("Yes.", 2_000)))
    assert [one.text for one in captions] == ["Yes.", "No.", "Yes."]
    assert (state.epoch, state.seq) == (1, 0)
    assert len({one.segment_id for one in captions}) == 3


def test_C16_a_second_run_that_sends_one_line_like_the_first_is_heard() -> None:
    _, captions = posts((0, line("Yes.", 9_000)), (0, line("Yes.", 2_000)))
    assert [one.text for one in captions] == ["Yes.", "Yes."]
    assert len({one.segment_id for one in captions}) == 2


@given(
    st.binary(max_size=200) | st.text(alphabet="2025-07-01T13:00:00.000 region#\nab<br>", max_size=200).map(str.encode)
)
def test_no_body_raises_and_none_is_lost(body: bytes) -> None:
    _, captions = youtube.accept(FeedState(), 0, "x", body, NOON)
    assert all(one.text.strip() for one in captions)
    if b"-" not in body and body.strip():
        assert "".join("".join(one.text for one in captions).split()) == "".join(
            body.decode("utf-8-sig", errors="replace").split()
        )


def test_an_address_has_all_its_parts_or_is_none() -> None:
    assert youtube.address({"cid": "s.f.se-cr_et"}) == Address("s", "f", "se-cr_et")
    assert [youtube.address({"cid": key}) for key in ("", "s", "s.f", "s..x", ".f.x", "s.f.")] == [None] * 6
    assert youtube.address({}) is None
