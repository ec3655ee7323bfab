"""Expected times, how many fit, and the choices: F1, F2, F3."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.forecast import PRIOR, Forecast, Pace, capacity, forecast, outlook, pace_of
from isegoria.domain.session import Session, Turn
from isegoria.domain.values import (
    MINUTE,
    SECOND,
    Delivery,
    Ending,
    Enforcement,
    EntryKind,
    EntryStatus,
    Instant,
    PauseReason,
    SessionState,
)
from tests.domain.july import JULY, SLOT, consultation, in_segment, spoke
from tests.domain.story import END, MIA, NOON, SAM, S, live
from tests.domain.test_properties import go


def codes(ahead: Forecast) -> list[str]:
    return [option.code for option in ahead.options]


# --- the arithmetic ------------------------------------------------------------------------------


def test_F3_the_arithmetic_of_the_consultation() -> None:
    window = (120 - 2 - 11 - 3 - 5 - 7) * MINUTE
    assert window == 92 * MINUTE
    assert Pace().slot(180 * SECOND) == 226 * SECOND
    assert capacity(window, 180 * SECOND) == 24
    assert capacity(window, 150 * SECOND) == 28
    assert capacity(window, 120 * SECOND) == 33


@pytest.mark.parametrize(("limit", "speakers"), [(180, 24), (150, 28), (120, 33)])
def test_F3_the_forecast_comes_to_the_same(limit: int, speakers: int) -> None:
    started_late = replace(consultation(40, limit=limit * S), ends_at=NOON + 118 * MINUTE)
    assert forecast(started_late, NOON).outlook.fits == speakers


def test_F3_no_time_left_holds_nobody() -> None:
    assert capacity(-MINUTE, 180 * S) == 0


# --- the pace ------------------------------------------------------------------------------------


def test_F1_two_turns_are_too_few_to_tell_a_pace() -> None:
    assert pace_of(spoke(consultation(1), (90 * S, 0), (90 * S, 60 * S))) == PRIOR


def test_F1_real_turns_are_blended_with_the_priors_by_their_number() -> None:
    three = spoke(consultation(1), (0, 20 * S), (68 * S, 20 * S), (68 * S, 20 * S))
    assert pace_of(three) == Pace(PRIOR.handover, 14 * S)
    four = spoke(three, (68 * S, 20 * S))
    assert pace_of(four) == Pace((3 * 38 + 3 * 68) * S // 6, round((3 * 8 + 4 * 20) * S / 7))


def test_F1_one_long_hand_over_does_not_spoil_the_pace() -> None:
    usual = [(40 * S, 10 * S)] * 6
    steady = pace_of(spoke(consultation(1), *usual))
    assert pace_of(spoke(consultation(1), *usual[:3], (30 * MINUTE, 10 * S), *usual[4:])) == steady


def test_F1_a_change_of_segment_is_no_hand_over() -> None:
    session = spoke(consultation(1), (0, 0), *[(98 * S, 0)] * 3)
    for segment in ("2", "3", "4", "reactions"):
        changed = in_segment(session, segment, session.turns[-1].ended_at + 300 * S)
        session = spoke(changed, (600 * S, 0))
    assert pace_of(session).handover == (38 + 98) * S // 2
    assert pace_of(replace(session, agenda=())).handover > 98 * S


def test_F1_the_hand_over_to_the_running_turn_counts() -> None:
    session = spoke(consultation(1), (0, 0), (98 * S, 0), (98 * S, 0))
    last = session.turns[-1]
    turn = Turn("t9", "e0", "p0", "1", 180 * S, 10 * S, Enforcement.CLOSE, (), began_at=last.ended_at + 98 * S)
    assert pace_of(session).handover == 38 * S
    assert pace_of(replace(session, turn=turn)).handover == (38 + 98) * S // 2


def test_F1_an_interrupted_turn_tells_no_overrun() -> None:
    turns = spoke(consultation(1), *[(38 * S, 20 * S)] * 3, *[(38 * S, -90 * S)] * 4)
    cut = tuple(replace(turn, ending=Ending.INTERRUPTED) for turn in turns.turns[3:])
    assert pace_of(replace(turns, turns=(*turns.turns[:3], *cut))).overrun == 14 * S
    assert pace_of(turns).overrun < 0


def test_F1_speakers_who_end_early_shorten_the_slot() -> None:
    early = pace_of(spoke(consultation(1), *[(38 * S, -60 * S)] * 9))
    assert early.overrun == -43 * S
    assert early.slot(180 * S) == (180 - 43 + 38) * S
    assert early.speaking(60 * S) == 30 * S


# --- expected times ------------------------------------------------------------------------------


def test_F1_everyone_who_waits_has_an_expected_time_in_the_order_of_the_list() -> None:
    ahead = outlook(consultation(24), NOON)
    assert list(ahead.expected) == [f"e{i}" for i in range(24)]
    assert ahead.expected["e0"] == NOON + 11 * MINUTE + 38 * S
    assert ahead.expected["e1"] - ahead.expected["e0"] == SLOT
    assert all(a < b for a, b in pairwise(ahead.expected.values()))


def test_F1_a_later_topic_is_not_before_its_segments_turn() -> None:
    session = consultation(2, segments=(JULY[0], JULY[1], JULY[5], JULY[2], JULY[6]))
    ahead = outlook(session, NOON)
    reactions = 5 * MINUTE
    assert ahead.expected["e1"] == ahead.expected["e0"] + SLOT + reactions
    assert ahead.ends_at == ahead.expected["e1"] + SLOT - 38 * S + 7 * MINUTE


def test_F1_the_change_between_topics_takes_a_minute() -> None:
    ahead = outlook(consultation(4), NOON)
    assert ahead.expected["e1"] == ahead.expected["e0"] + SLOT + MINUTE


def test_F1_who_was_moved_ahead_speaks_during_the_earlier_topic() -> None:
    session = consultation(4)
    moved = outlook(replace(session, order=("e3", "e0", "e1", "e2")), NOON)
    assert moved.expected["e3"] == NOON + 11 * MINUTE + 38 * S
    assert moved.expected["e0"] == moved.expected["e3"] + SLOT


@pytest.mark.parametrize("segment", ["1", "4"])
def test_F1_a_point_of_order_opens_no_segment(segment: str) -> None:
    session = in_segment(consultation(4), "2", NOON)
    point = replace(session.entries["e0"], segment=segment, kind=EntryKind.POINT_OF_ORDER)
    session = replace(session, entries={**session.entries, "e0": point}, order=("e0",))
    assert outlook(session, NOON).expected == {"e0": NOON + 38 * S}


def test_F1_who_is_left_over_from_a_past_topic_holds_none_up() -> None:
    session = in_segment(consultation(4), "2", NOON)
    left_over = outlook(replace(session, order=("e3", "e0")), NOON)
    assert left_over.expected["e3"] == NOON + 2 * MINUTE + 38 * S
    assert left_over.expected["e0"] == left_over.expected["e3"] + SLOT


def test_F1_an_opening_that_lasts_holds_up_the_first_topic() -> None:
    session = consultation(1)
    assert outlook(session, NOON + 20 * MINUTE).expected["e0"] == NOON + 20 * MINUTE + 38 * S


def test_F1_before_the_start_time_counts_from_the_start() -> None:
    session = replace(consultation(1), state=SessionState.OPEN, segment=None, agenda=())
    assert outlook(session, NOON - 30 * MINUTE).expected["e0"] == NOON + 11 * MINUTE + 38 * S
    assert outlook(session, NOON + MINUTE).expected["e0"] == NOON + 12 * MINUTE + 38 * S


def test_F1_nothing_is_expected_of_a_closed_session() -> None:
    closed = replace(consultation(3), state=SessionState.CLOSED, closed_at=NOON + MINUTE)
    assert outlook(closed, NOON + 2 * MINUTE).expected == {}
    assert codes(forecast(closed, NOON + 2 * MINUTE)) == []


def test_F1_limits_allowances_videos_and_kept_time_count() -> None:
    session = in_segment(consultation(5, segments=JULY[1:2]), "1", NOON)
    entries = dict(session.entries)
    entries["e1"] = replace(entries["e1"], video=160 * S, delivery=Delivery.VIDEO)
    entries["e2"] = replace(entries["e2"], remaining=50 * S, status=EntryStatus.INTERRUPTED)
    session = replace(session, entries=entries, allowances={"p0": 60 * S})
    at = list(outlook(session, NOON).expected.values())
    assert [b - a - 46 * S for a, b in pairwise(at)] == [240 * S, 160 * S, 50 * S, 180 * S]


def test_F1_a_segments_own_limit_counts() -> None:
    session = consultation(2, segments=(replace(JULY[1], limit=120 * S),))
    first, second = outlook(session, NOON).expected.values()
    assert second - first == 166 * S


def test_F1_the_next_is_expected_when_the_running_turn_is_over() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    over = NOON + (180 + 8) * S
    assert outlook(story.session, NOON + 50 * S).expected[bob] == over + 38 * S
    assert outlook(story.session, NOON + 189 * S).expected[bob] == NOON + (189 + 38) * S


def test_F1_a_paused_turn_goes_on_from_now() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    turn = story.give(ana)
    story.after(100).ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    now = NOON + 400 * S
    assert outlook(story.session, now).expected[bob] == now + (80 + 8 + 38) * S
    story.ask(c.SuspendSession())
    assert outlook(story.session, now).expected[bob] == now + (80 + 8 + 38) * S


def test_F1_a_hand_over_that_is_under_way_is_not_counted_twice() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    turn = story.give(ana)
    story.after(60).ask(c.EndTurn(turn=turn))
    assert outlook(story.session, story.now + 10 * S).expected[bob] == story.now + 38 * S
    assert outlook(story.session, story.now + 90 * S).expected[bob] == story.now + 90 * S


def test_F1_a_segment_that_just_began_begins_with_a_whole_hand_over() -> None:
    story = live()
    ana, bob = story.wait("ana", segment="one") + story.wait("bob", segment="two")
    turn = story.give(ana)
    story.after(60).ask(c.EndTurn(turn=turn))
    story.after(100).ask(c.StartSegment(segment="two", after="one"))
    assert outlook(story.session, story.now + 10 * S).expected[bob] == story.now + 38 * S


def test_F1_after_a_suspension_a_hand_over_begins_anew() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    turn = story.give(ana)
    story.after(60).ask(c.EndTurn(turn=turn))
    story.ask(c.SuspendSession())
    assert outlook(story.session, story.now + 300 * S).expected[bob] == story.now + 338 * S


def test_F1_a_session_never_ends_in_the_past() -> None:
    session = in_segment(consultation(1, segments=JULY[1:2]), "1", NOON)
    assert outlook(replace(session, order=()), NOON + MINUTE).ends_at == NOON + MINUTE


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_F1_whatever_happens_exactly_those_on_the_list_have_a_time_to_come(data: st.DataObject) -> None:
    story = live()
    go(story, data, data.draw(st.integers(0, 25)))
    ahead = forecast(story.session, story.now)
    times = list(ahead.outlook.expected.values())
    assert tuple(ahead.outlook.expected) == story.session.order
    assert all(a < b for a, b in pairwise([story.now - 1, *times]))
    assert ahead.outlook.ends_at >= max([story.now, *times]) or story.session.state is SessionState.CLOSED
    assert 0 <= ahead.outlook.fits <= ahead.waiting
    assert (ahead.outlook.fits == ahead.waiting) or ahead.surplus > 0
    assert all(option.heard + option.to_write == ahead.waiting for option in ahead.options)


# --- what could be done --------------------------------------------------------------------------


def crowded() -> tuple[Session, Instant]:
    """14 wait for the last topic; the session ends in 50 minutes, with a closing of 7."""
    session = in_segment(consultation(14, segments=(JULY[1], JULY[6])), "1", NOON)
    return replace(session, ends_at=NOON + 50 * MINUTE), NOON


def test_F2_the_surplus_is_measured_with_the_closing_reserved() -> None:
    session, now = crowded()
    ahead = forecast(session, now)
    assert (ahead.waiting, ahead.surplus) == (14, 14 * SLOT + 7 * MINUTE - 50 * MINUTE)
    assert ahead.outlook.fits == 43 * MINUTE // SLOT == 11


def test_F2_the_choices_say_when_each_ends_and_who_is_heard() -> None:
    session, now = crowded()
    leave, limit, close, extend = forecast(session, now).options
    assert (leave.code, leave.ends_at, leave.heard, leave.to_write) == ("leave", session.ends_at, 11, 3)
    assert (limit.code, limit.limit, limit.heard, limit.to_write) == ("limit", 135 * S, 14, 0)
    assert limit.ends_at == now + 14 * (135 + 46) * S + 7 * MINUTE <= session.ends_at
    assert (close.code, close.ends_at, close.heard) == ("close_list", now + 14 * SLOT + 7 * MINUTE, 14)
    assert (extend.code, extend.minutes, extend.heard) == ("extend", 10, 14)
    assert extend.ends_at == session.ends_at + 10 * MINUTE >= close.ends_at


def test_F2_the_next_longer_limit_would_not_fit() -> None:
    session, now = crowded()
    longer = replace(session, modalities=replace(session.modalities, limit=150 * S))
    assert outlook(longer, now).ends_at > session.ends_at


def test_F2_no_limit_is_shorter_than_a_minute() -> None:
    session, now = crowded()
    short = replace(session, ends_at=now + 20 * MINUTE)
    limit = forecast(short, now).options[1]
    assert (limit.code, limit.limit, limit.ends_at) == ("limit", 60 * S, short.ends_at)
    assert (limit.heard, limit.to_write) == (13 * MINUTE // (106 * S), 7)


def test_F2_where_all_fit_there_is_nothing_to_choose() -> None:
    session = consultation(5)
    ahead = forecast(session, NOON)
    assert ahead.surplus < 0
    assert codes(ahead) == ["leave"]
    assert (ahead.options[0].ends_at, ahead.options[0].heard) == (ahead.outlook.ends_at, 5)


def test_F2_where_nobody_waits_no_speaking_time_helps() -> None:
    session, now = crowded()
    empty = replace(session, order=(), ends_at=now + 5 * MINUTE)
    assert codes(forecast(empty, now)) == ["leave", "close_list", "extend"]


def test_F2_no_longer_extension_is_offered_than_can_be_asked_for() -> None:
    session, now = crowded()
    assert "extend" not in codes(forecast(session, now + 5 * 60 * MINUTE))


def test_F2_a_closed_list_cannot_be_closed_again() -> None:
    session, now = crowded()
    assert codes(forecast(replace(session, list_open=False), now)) == ["leave", "limit", "extend"]


def test_F2_the_shorter_limit_replaces_the_segments_own_as_the_command_does() -> None:
    session, now = crowded()
    own = replace(session, segments=(replace(session.segments[0], limit=240 * S), session.segments[1]))
    limit = forecast(own, now).options[1].limit
    assert limit == 135 * S


def test_F2_a_command_brings_what_its_choice_said() -> None:
    story = live().after(40 * 60)
    story.wait("ana", "bob", "cat", "dan", "eve", segment="three")
    story.ask(c.StartSegment(segment="three", after="one"))
    story.ask(c.ExtendSession(ends_at=END, minutes=-54), SAM)
    chosen = {option.code: option for option in forecast(story.session, story.now).options}
    story.ask(c.ChangeLimit(limit=chosen["limit"].limit or 0), MIA)
    assert forecast(story.session, story.now).outlook.ends_at == chosen["limit"].ends_at
    assert forecast(story.session, story.now).surplus <= 0
