"""Captions as given, when, then. A test's name cites its rule (C1 to C12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain import gaps, revisions
from isegoria.domain.captions import (
    Caption,
    CaptionSegment,
    CaptionStatus,
    Feed,
    GapReason,
    Origin,
    normal,
    spans,
    stamp,
    turn_at,
)
from isegoria.domain.revisions import FeedState, Merged
from isegoria.domain.session import Session, SessionClock, Spoken, Turn
from isegoria.domain.values import MINUTE, SECOND, Ending, Enforcement, Instant

NOON = 1_751_371_200_000
FEED = Feed(id="cart", name="CART", track="floor", language="en", origin=Origin.HUMAN, lag=4 * SECOND)

PARTIAL, FINAL = CaptionStatus.PARTIAL, CaptionStatus.FINAL
CORRECTED, RETRACTED = CaptionStatus.CORRECTED, CaptionStatus.RETRACTED


def said(
    text: str,
    status: CaptionStatus = FINAL,
    revision: int | None = None,
    *,
    name: str = "s1",
    at: Instant = NOON,
    starts_at: Instant | None = None,
) -> CaptionSegment:
    """A segment as it comes from a feed that revises."""
    sent = Caption.model_validate(
        {"segment_id": name, "text": text, "status": status, "revision": revision, "starts_at": starts_at}
    )
    return stamp(FEED, sent, SessionClock(), at)


def merge(segments: Iterable[CaptionSegment], state: FeedState | None = None) -> Merged:
    """All that a feed's segments made, in order."""
    merged = Merged(state or FeedState())
    for segment in segments:
        one = revisions.accept(merged.state, segment)
        merged = Merged(one.state, merged.kept + one.kept, merged.shown + one.shown, merged.dropped + one.dropped)
    return merged


def transcript(kept: Iterable[CaptionSegment]) -> dict[str, str]:
    """What a reader sees in the end: of each segment the highest revision, without what was retracted."""
    newest: dict[str, CaptionSegment] = {}
    for segment in kept:
        assert segment.segment_id not in newest or segment.revision > newest[segment.segment_id].revision, (
            "revisions that are given on rise"
        )
        newest[segment.segment_id] = segment
    return {name: one.text for name, one in newest.items() if one.status is not RETRACTED}


# --- text, time, turns ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("one<br>two<BR/>three\r\nfour", "one\ntwo\nthree\nfour"),
        ("a\x00b\x1b[31mc\x9d", "ab[31mc"),
        ("\u202eright\u2066to left\u2069", "rightto left"),
        ("می\u200cخواهم \u200fהיי\u200e \u200d\u061c", "می\u200cخواهم \u200fהיי\u200e \u200d\u061c"),
        ("e\u0301 stays two characters ", "e\u0301 stays two characters "),
    ],
    ids=["breaks", "controls", "bidi", "marks stay", "no normalisation"],
)
def test_C1_text_is_brought_to_its_normal_form(sent: str, kept: str) -> None:
    assert normal(sent) == kept


@given(st.text())
def test_C1_what_is_normal_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_C2_spoken_at_is_the_first_start_or_the_receipt_less_the_lag() -> None:
    assert said("x", starts_at=NOON - 1500).spoken_at == NOON - 1500
    assert said("x").spoken_at == NOON - FEED.lag


def test_C2_nothing_was_spoken_after_its_receipt() -> None:
    assert said("x", starts_at=NOON + 2 * SECOND).spoken_at == NOON


@pytest.mark.parametrize("wrong", [12, NOON - 61 * MINUTE, NOON + 61 * SECOND])
def test_C2_a_start_that_cannot_be_is_not_believed(wrong: Instant) -> None:
    segment = said("x", starts_at=wrong)
    assert (segment.starts_at, segment.spoken_at) == (None, NOON - FEED.lag)


def test_C2_in_a_rehearsal_spoken_at_is_the_sessions_time() -> None:
    clock = SessionClock(real=NOON, session=NOON + 60 * MINUTE, rate=10)
    segment = stamp(FEED, Caption(segment_id="1", text="x"), clock, NOON + 6 * SECOND)
    assert segment.spoken_at == NOON + 60 * MINUTE + 20 * SECOND
    assert segment.received_at == NOON + 6 * SECOND


def test_C3_captions_belong_to_the_turn_in_which_they_were_spoken() -> None:
    turns = [("t1", NOON, NOON + 100), ("t2", NOON + 150, None)]
    asked = [NOON - 1, NOON, NOON + 99, NOON + 100, NOON + 149, NOON + 150, NOON + 10**9]
    assert [turn_at(turns, at) for at in asked] == [None, "t1", "t1", None, None, "t2", "t2"]


def test_C3_a_late_caption_goes_to_the_turn_before() -> None:
    session = speaking(began_at=NOON)
    late = stamp(FEED, Caption(segment_id="1", text="Thank you"), SessionClock(), NOON + SECOND)
    assert turn_at(spans(session), late.spoken_at) == "t1"


@pytest.mark.parametrize("track", ["floor", "es"])
def test_the_floor_mixes_languages_and_no_other_track_does(track: str) -> None:
    feed = FEED.model_copy(update={"track": track, "language": "es"})
    segment = stamp(feed, Caption(segment_id="1", text="x", language="en-US"), SessionClock(), NOON)
    assert segment.language == ("en-US" if track == "floor" else "es")


# --- revisions -----------------------------------------------------------------------------------


def test_C4_a_higher_revision_replaces_even_when_it_is_shorter() -> None:
    merged = merge([said("Thank you chair", PARTIAL, 1), said("Thanks", PARTIAL, 2)])
    assert [one.text for one in merged.state.open] == ["Thanks"]
    assert [one.text for one in merged.shown] == ["Thank you chair", "Thanks"]


def test_C4_an_older_partial_is_dropped() -> None:
    merged = merge([said("two", PARTIAL, 2), said("one", PARTIAL, 1), said("two again", PARTIAL, 2)])
    assert ([one.text for one in merged.shown], merged.dropped) == (["two"], 2)


def test_C4_without_numbers_the_order_of_arrival_counts() -> None:
    merged = merge([said("a", PARTIAL), said("b", PARTIAL), said("c")])
    assert [(one.text, one.revision) for one in merged.shown + merged.kept] == [("a", 1), ("b", 2), ("c", 3)]


def test_C4_one_id_in_two_languages_is_two_segments() -> None:
    spanish = said("Gracias").model_copy(update={"language": "es"})
    assert [one.text for one in merge([said("Thanks"), spanish]).kept] == ["Thanks", "Gracias"]


def test_C4_a_feed_cannot_hold_any_number_of_segments_open() -> None:
    merged = merge(said("x", PARTIAL, name=str(number)) for number in range(revisions.OPEN_AT_ONCE + 5))
    assert (len(merged.state.open), merged.dropped) == (revisions.OPEN_AT_ONCE, 5)


def test_C5_a_late_partial_never_overwrites_a_final() -> None:
    merged = merge([said("final", FINAL, 1), said("late", PARTIAL, 9)])
    assert ([one.text for one in merged.kept], merged.shown, merged.dropped) == (["final"], (), 1)


def test_C5_a_final_closes_whatever_revision_the_partial_had() -> None:
    merged = merge([said("partial", PARTIAL, 7), said("final", FINAL, 1)])
    assert merged.state.open == ()
    assert [(one.text, one.revision) for one in merged.kept] == [("final", 8)]


@pytest.mark.parametrize("status", [FINAL, CORRECTED])
def test_C6_a_correction_is_a_new_revision(status: CaptionStatus) -> None:
    merged = merge([said("fifteen", FINAL, 1), said("fifty", status, 2)])
    assert [(one.text, one.status, one.revision) for one in merged.kept] == [
        ("fifteen", FINAL, 1),
        ("fifty", CORRECTED, 2),
    ]


@pytest.mark.parametrize("numbered", [True, False])
def test_C6_a_repeat_changes_nothing(numbered: bool) -> None:
    final = said("final", FINAL, 3 if numbered else None)
    merged = merge([final, final, final])
    assert (len(merged.kept), merged.dropped) == (1, 2)


def test_C6_a_correction_that_overtook_its_final_stays() -> None:
    merged = merge([said("right", CORRECTED, 2), said("wrong", FINAL, 1)])
    assert transcript(merged.kept) == {"s1": "right"}


def test_C6_a_repeat_under_a_higher_number_counts_as_that_number() -> None:
    merged = merge([said("fifty", FINAL, 1), said("fifty", FINAL, 3), said("fifteen", CORRECTED, 2)])
    assert (transcript(merged.kept), merged.dropped) == ({"s1": "fifty"}, 2)


def test_C7_a_partial_without_news_becomes_final() -> None:
    state = merge([said("and so", PARTIAL, 4)]).state
    assert revisions.expire(state, NOON + 9_999).kept == ()
    expired = revisions.expire(state, NOON + 10_000)
    [final] = expired.kept
    assert (final.text, final.status, final.revision, expired.state.open) == ("and so", FINAL, 5, ())


def test_C7_news_keep_a_partial_open() -> None:
    state = merge([said("and", PARTIAL, 1), said("and so", PARTIAL, 2, at=NOON + 9_000)]).state
    assert revisions.due(state, NOON + 12_000) == []


@pytest.mark.parametrize("number", [1, 4, 9])
def test_C7_a_final_after_its_time_out_is_a_correction_once(number: int) -> None:
    state = revisions.expire(merge([said("and so", PARTIAL, 4)]).state, NOON + 10_000).state
    late = said("and so it is", FINAL, number, at=NOON + 11_000)
    merged = merge([late, late], state)
    assert [(one.text, one.status) for one in merged.kept] == [("and so it is", CORRECTED)]
    assert merged.kept[0].revision > 5


def test_C7_an_empty_partial_is_not_kept() -> None:
    expired = revisions.expire(merge([said("um", PARTIAL), said(" ", PARTIAL)]).state, NOON + 10_000)
    assert (expired.kept, [one.status for one in expired.shown]) == ((), [RETRACTED])


def test_C8_clear_drops_partials_only() -> None:
    state = merge([said("kept", name="a"), said("open", PARTIAL, name="b")]).state
    cleared = revisions.clear(state)
    assert (cleared.kept, cleared.state.open) == ((), ())
    assert [(one.segment_id, one.status) for one in cleared.shown] == [("b", RETRACTED)]
    assert [one.text for one in merge([said("b is said", name="b")], cleared.state).kept] == ["b is said"]


def test_C9_a_retraction_is_a_new_revision_without_text() -> None:
    merged = merge([said("slander", FINAL, 1), said("slander", RETRACTED, 2)])
    assert [(one.text, one.status, one.revision) for one in merged.kept[1:]] == [("", RETRACTED, 2)]


def test_C9_a_retracted_partial_goes_and_its_older_final_does_not_follow() -> None:
    merged = merge([said("um", PARTIAL, 1), said("", RETRACTED, 3), said("um", FINAL, 2)])
    assert (merged.kept, [one.status for one in merged.shown]) == ((), [PARTIAL, RETRACTED])


def test_C9_a_final_that_turns_out_empty_takes_its_partial_back() -> None:
    merged = merge([said("um", PARTIAL, 1), said(" ", FINAL, 2)])
    assert (merged.kept, [one.status for one in merged.shown]) == ((), [PARTIAL, RETRACTED])


def test_C10_the_first_start_never_moves() -> None:
    steps = [
        said("a", PARTIAL, 1, at=NOON, starts_at=NOON - 2_000),
        said("ab", PARTIAL, 2, at=NOON + 1_000, starts_at=NOON - 500),
        said("abc", FINAL, 3, at=NOON + 2_000, starts_at=NOON + 1_500),
        said("abd", CORRECTED, 4, at=NOON + 60_000),
    ]
    merged = merge(steps)
    assert {(one.starts_at, one.spoken_at) for one in merged.shown + merged.kept} == {(NOON - 2_000,) * 2}


def test_C10_a_start_that_comes_later_does_not_move_the_turn() -> None:
    merged = merge([said("a", PARTIAL, 1), said("ab", FINAL, 2, at=NOON + 5_000, starts_at=NOON)])
    assert (merged.kept[0].starts_at, merged.kept[0].spoken_at) == (NOON, NOON - FEED.lag)


def test_an_appending_feed_keeps_each_line_and_remembers_none() -> None:
    merged = revisions.append(FeedState(), said("one", name="1"))
    assert ([one.text for one in merged.kept], merged.state) == (["one"], FeedState())


def test_a_feeds_state_survives_its_bytes() -> None:
    state = merge([said("done", FINAL, 1, name="a"), said("open", PARTIAL, 2, name="b")]).state
    assert FeedState.from_bytes(state.to_bytes()) == state
    assert FeedState.from_bytes(b"") == FeedState()


def test_what_a_feed_remembers_is_bounded() -> None:
    merged = merge(said("a sentence of some length", name=f"utterance-{n}") for n in range(500))
    assert len(merged.kept) == 500
    assert len(merged.state.to_bytes()) < 10_000


@st.composite
def conversations(draw: st.DrawFn) -> list[CaptionSegment]:
    """Some segments, each with revisions 1, 2, 3...: partials, then a final, then corrections or a retraction."""
    segments: list[CaptionSegment] = []
    for name in draw(st.lists(st.sampled_from("abcde"), unique=True, min_size=1)):
        partials, later = draw(st.integers(0, 3)), draw(st.lists(st.sampled_from([CORRECTED, RETRACTED]), max_size=3))
        for number, status in enumerate([*[PARTIAL] * partials, FINAL, *later], start=1):
            segments.append(said(f"{name} {number}", status, number, name=name))
    return segments


@given(conversations(), st.data())
def test_C6_any_order_and_any_repeats_make_the_same_transcript(sent: list[CaptionSegment], data: st.DataObject) -> None:
    repeats = data.draw(st.lists(st.sampled_from(sent), max_size=20))
    shuffled = data.draw(st.permutations([*sent, *repeats]))
    in_order, merged = merge(sent), merge(shuffled)
    assert transcript(merged.kept) == transcript(in_order.kept)
    assert merged.state.open == ()
    assert merge(sent, merged.state).kept == (), "a replay adds nothing"


ANYTHING = st.builds(
    said,
    st.text(max_size=5),
    st.sampled_from([PARTIAL, PARTIAL, FINAL, CORRECTED, RETRACTED]),
    st.none() | st.integers(1, 5),
    name=st.sampled_from(["a", "b"]),
    at=st.integers(NOON, NOON + 30_000),
    starts_at=st.none() | st.integers(NOON - 5_000, NOON + 30_000),
)


@given(st.lists(ANYTHING, max_size=30))
def test_C4_to_C10_hold_whatever_comes(segments: list[CaptionSegment]) -> None:
    state, kept = FeedState(), list[CaptionSegment]()
    for segment in segments:
        merged = revisions.accept(state, segment)
        expired = revisions.expire(merged.state, segment.received_at)
        state = expired.state
        kept += [*merged.kept, *expired.kept]
    transcript(kept)
    first = {one.segment_id: one.spoken_at for one in reversed(kept)}
    assert all(one.spoken_at == first[one.segment_id] for one in kept), "spoken_at never moves"
    assert all(one.status is not PARTIAL and one.revision >= 1 for one in kept)


# --- reconnects ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "restarts"),
    [
        (said("Another.", FINAL, 1), True),
        (said("Another."), True),
        (said("One.", FINAL, 1), False),
        (said("One, corrected.", FINAL, 2), False),
        (said("One, corrected.", CORRECTED), False),
        (said("An", PARTIAL, 1), False),
        (said("Another.", FINAL, 1, name="s2"), False),
    ],
    ids=["another", "unnumbered", "repeat", "higher number", "correction", "partial", "new id"],
)
def test_C18_an_id_that_was_another_segments_on_an_earlier_connection_begins_a_new_epoch(
    sent: CaptionSegment, restarts: bool
) -> None:
    state = merge([said("One.", FINAL, 1)]).state
    assert not revisions.has_restarted(state, sent), "on the same connection it is a correction or a repeat"
    assert revisions.has_restarted(revisions.connect(state), sent) is restarts


def test_C18_a_final_that_was_due_before_the_reconnect_is_no_restart() -> None:
    state = revisions.expire(merge([said("and so", PARTIAL, 4)]).state, NOON + 10_000).state
    assert not revisions.has_restarted(revisions.connect(state), said("and so it is", FINAL, 4))


# --- outages -------------------------------------------------------------------------------------

TURN = Turn(
    id="t2",
    entry="e2",
    person="p2",
    segment="topic",
    limit=180 * SECOND,
    grace=10 * SECOND,
    enforcement=Enforcement.CLOSE,
    warnings=(),
    began_at=NOON,
)


def speaking(*, began_at: Instant, held: int = 0, paused_at: Instant | None = None) -> Session:
    """A live session: a turn of 118 s, 2 s later the one that runs."""
    before = Spoken(
        id="t1",
        entry="e1",
        person="p1",
        segment="topic",
        part=1,
        began_at=began_at - 120 * SECOND,
        ended_at=began_at - 2 * SECOND,
        limit=180 * SECOND,
        extended=0,
        paused=0,
        used=118 * SECOND,
        ending=Ending.YIELDED,
    )
    turn = replace(TURN, began_at=began_at, held=held, paused_at=paused_at)
    return Session(id="s", started_at=began_at - 10 * MINUTE, turns=(before,), turn=turn)


def test_C11_a_lost_connection_leaves_a_gap_however_short() -> None:
    session = speaking(began_at=NOON)
    state = gaps.heard(FeedState(), session, NOON + 30_000).model_copy(update={"lost": True})
    gap = gaps.outage(FEED, state, session, NOON + 30_700, held=True)
    assert gap is not None
    assert (gap.status, gap.reason) == (CaptionStatus.GAP, GapReason.INTERRUPTED)
    assert (gap.starts_at, gap.ends_at) == (NOON + 26_000, NOON + 26_700)


def test_C11_silence_on_a_living_connection_is_no_gap() -> None:
    session = speaking(began_at=NOON)
    state = gaps.heard(FeedState(), session, NOON)
    assert gaps.outage(FEED, state, session, NOON + 60_000, held=True) is None


def test_C11_what_was_lost_before_the_session_is_missed_by_nobody() -> None:
    session = speaking(began_at=NOON)
    started = session.started_at or 0
    state = gaps.heard(FeedState(), session, started - MINUTE).model_copy(update={"lost": True})
    assert gaps.outage(FEED, state, session, started + 3_000, held=True) is None
    gap = gaps.outage(FEED, state, session, started + 9_000, held=True)
    assert gap is not None
    assert gap.starts_at == started


@pytest.mark.parametrize(("later", "missed"), [(9_999, False), (10_000, True)])
def test_C12_a_feed_that_pushes_is_missed_after_ten_seconds_of_speech(later: int, missed: bool) -> None:
    session = speaking(began_at=NOON)
    state = gaps.heard(FeedState(), session, NOON + 5_000)
    assert gaps.silent(state, session, NOON + 5_000 + later) is missed
    assert bool(gaps.outage(FEED, state, session, NOON + 5_000 + later, held=False)) is missed


def test_C12_an_outage_ends_with_the_session() -> None:
    session = replace(speaking(began_at=NOON), closed_at=NOON + 40_000)
    state = gaps.heard(FeedState(), session, NOON + 5_000)
    gap = gaps.outage(FEED, state, session, NOON + 60_000, held=False)
    assert gap is not None
    assert (gap.starts_at, gap.ends_at) == (NOON + 1_000, NOON + 40_000)
    assert gaps.outage(FEED, gaps.heard(state, session, NOON + 60_000), session, NOON + 90_000, held=True) is None


def test_C12_a_pause_is_no_silence() -> None:
    heard = gaps.heard(FeedState(), speaking(began_at=NOON), NOON + 5_000)
    paused = speaking(began_at=NOON, paused_at=NOON + 8_000)
    assert not gaps.silent(heard, paused, NOON + 90_000)
    resumed = speaking(began_at=NOON, held=80_000)
    assert not gaps.silent(heard, resumed, NOON + 94_999)
    assert gaps.silent(heard, resumed, NOON + 95_000)


def test_C12_in_a_faster_rehearsal_ten_seconds_stay_ten_seconds() -> None:
    clock = SessionClock(real=NOON, session=NOON, rate=10)
    session = Session(id="s", clock=clock, started_at=NOON, turn=TURN)
    state = gaps.heard(FeedState(), session, NOON)
    assert not gaps.silent(state, session, NOON + 9_999)
    assert gaps.silent(state, session, NOON + 10_000)
