"""Turns and clocks: T1 to T9, and Q7 where it concerns the floor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.decide import next_deadline, overdue
from isegoria.domain.values import Ending, Enforcement, EntryStatus, PauseReason
from tests.domain.story import MIA, NOON, PEOPLE, SAM, SYSTEM, S, Story, live, scheduled, speaker


def speaking(**changes: object) -> tuple[Story, str]:
    """Ana has the floor since NOON, bob and cat wait."""
    story = live(**changes)
    ana, _, _ = story.wait("ana", "bob", "cat")
    return story, story.give(ana)


def test_T1_the_clock_starts_when_the_floor_is_given() -> None:
    story = live()
    [ana] = story.wait("ana")
    [began] = story.after(5).ask(c.GiveFloor(entry=ana, after=None))
    assert began == e.TurnBegan(
        turn="t6",
        entry=ana,
        person="ana",
        segment="one",
        part=1,
        limit=180 * S,
        grace=10 * S,
        enforcement=Enforcement.CLOSE,
        warnings=(60 * S, 30 * S),
        given_by="mia",
        at=NOON + 5 * S,
    )
    assert story.session.entries[ana].status is EntryStatus.SPEAKING
    assert story.names() == []


def test_T1_the_floor_is_given_only_while_the_session_is_live() -> None:
    story = scheduled()
    [ana] = story.wait("ana")
    story.refused("wrong_state", c.GiveFloor(entry=ana, after=None))


def test_T2_a_turn_is_arithmetic_on_instants() -> None:
    story, _ = speaking()
    turn = story.session.turn
    assert turn
    assert (turn.zero_at, turn.closes_at) == (NOON + 180 * S, NOON + 190 * S)
    assert (turn.used(NOON + 70 * S), turn.left(NOON + 70 * S)) == (70 * S, 110 * S)
    assert turn.left(NOON + 185 * S) == -5 * S


def test_T4_the_server_closes_the_floor_after_the_grace_time() -> None:
    story, turn = speaking()
    closed = e.TurnEnded(turn=turn, ending=Ending.CLOSED, used=190 * S, paused=0, at=NOON + 190 * S)
    assert story.after(190).ask(c.Settle(), SYSTEM) == [closed]
    assert story.session.turn is None
    assert story.session.turns[-1].overtime == 10 * S


def test_T4_an_alarm_that_rings_late_ends_the_turn_at_its_deadline() -> None:
    story, _ = speaking()
    story.after(999).ask(c.Settle(), SYSTEM)
    assert story.session.turns[-1].ended_at == NOON + 190 * S


def test_T4_nothing_closes_it_earlier() -> None:
    story, _ = speaking()
    refusal = story.after(189.999).refused("too_early", c.Settle(), SYSTEM)
    assert refusal.detail == {"at": NOON + 190 * S}
    assert refusal.retry


def test_T4_with_enforcement_ask_the_server_closes_nothing() -> None:
    modalities = c.PlannedModalities(enforcement=Enforcement.ASK)
    story, _ = speaking(modalities=modalities)
    assert next_deadline(story.session) is None
    story.after(3_000).refused("too_early", c.Settle(), SYSTEM)
    assert story.session.turn
    assert story.session.turn.overrun_at == NOON + 190 * S


def test_T4_a_pause_after_the_deadline_finds_the_turn_over() -> None:
    story, turn = speaking()
    story.after(190).refused("stale", c.PauseTurn(turn=turn, reason=PauseReason.SOUND))


def test_T4_the_next_turn_settles_the_overdue_one_first() -> None:
    story, turn = speaking()
    bob = story.session.order[0]
    closed, began = story.after(200).ask(c.GiveFloor(entry=bob, after=turn))
    assert isinstance(closed, e.TurnEnded)
    assert closed.at == NOON + 190 * S
    assert isinstance(began, e.TurnBegan)
    assert began.at == NOON + 200 * S


def test_T4_what_is_due_comes_in_its_order() -> None:
    story, _ = speaking(list_closes_at=NOON + 60 * S)
    assert [event.type for event in overdue(story.session, NOON + 190 * S, PEOPLE)] == ["list_closed", "turn_ended"]
    assert next_deadline(story.session) == NOON + 60 * S


@pytest.mark.parametrize("pauses", [1, 2])
def test_T5_paused_time_is_not_speaking_time_and_pauses_add_up(pauses: int) -> None:
    story, turn = speaking()
    for _ in range(pauses):
        story.after(20).ask(c.PauseTurn(turn=turn, reason=PauseReason.INTERPRETATION))
        assert next_deadline(story.session) is None
        story.after(45).ask(c.ResumeTurn(turn=turn))
    deadline = NOON + (190 + 45 * pauses) * S
    assert next_deadline(story.session) == deadline
    story.at(deadline).ask(c.Settle(), SYSTEM)
    assert (story.session.turns[-1].used, story.session.turns[-1].paused) == (190 * S, 45 * pauses * S)


def test_T5_a_turn_that_ends_while_paused_was_not_spoken_since() -> None:
    story, turn = speaking()
    story.after(20).ask(c.PauseTurn(turn=turn, reason=PauseReason.DISORDER))
    story.after(30).ask(c.EndTurn(turn=turn))
    assert (story.session.turns[-1].used, story.session.turns[-1].paused) == (20 * S, 30 * S)


def test_T5_pausing_and_resuming_twice_is_refused() -> None:
    story, turn = speaking()
    story.refused("not_paused", c.ResumeTurn(turn=turn))
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.OTHER))
    refusal = story.refused("already_paused", c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    assert refusal.detail == {"reason": "other"}


def test_T6_the_running_turn_is_extended_and_shortened() -> None:
    story, turn = speaking()
    story.ask(c.ExtendTurn(turn=turn, by=30 * S))
    assert next_deadline(story.session) == NOON + 220 * S
    story.ask(c.ExtendTurn(turn=turn, by=-60 * S))
    assert next_deadline(story.session) == NOON + 160 * S
    story.after(155).ask(c.YieldFloor(turn=turn), speaker("ana"))
    spoken = story.session.turns[-1]
    assert (spoken.limit, spoken.extended, spoken.used, spoken.overtime) == (180 * S, -30 * S, 155 * S, 5 * S)
    assert spoken.ending is Ending.YIELDED


def test_T6_a_turn_is_shortened_by_what_is_left_and_no_more() -> None:
    story, turn = speaking()
    refusal = story.after(151).refused("out_of_bounds", c.ExtendTurn(turn=turn, by=-30 * S))
    assert refusal.detail == {"left": 29 * S}
    assert "29 s" in refusal.message
    story.at(NOON + 150 * S).ask(c.ExtendTurn(turn=turn, by=-30 * S))
    story.refused("no_change", c.ExtendTurn(turn=turn, by=0))


def test_T6_to_the_millisecond() -> None:
    story, turn = speaking()
    refusal = story.at(NOON + 150 * S + 1).refused("out_of_bounds", c.ExtendTurn(turn=turn, by=-30 * S))
    assert refusal.message == "only 29 s are left; end the turn instead"
    refusal = story.at(NOON + 185 * S).refused("out_of_bounds", c.ExtendTurn(turn=turn, by=-30 * S))
    assert refusal.message == "only 0 s are left; end the turn instead"
    assert refusal.detail == {"left": -5 * S}


def test_T6_a_turn_that_nobody_closes_is_given_less_than_it_is_over() -> None:
    story, turn = speaking(modalities=c.PlannedModalities(enforcement=Enforcement.ASK))
    story.after(240).ask(c.ExtendTurn(turn=turn, by=30 * S))
    assert story.session.turn
    assert story.session.turn.left(story.now) == -30 * S


def test_T6_a_turn_in_overtime_can_be_given_more_time() -> None:
    story, turn = speaking()
    story.after(185).ask(c.ExtendTurn(turn=turn, by=30 * S))
    assert next_deadline(story.session) == NOON + 220 * S


def test_T7_an_allowance_adds_to_the_limit_of_that_person() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    story.ask(c.SetAllowance(person="ana", allowance=60 * S), SAM)
    story.refused("no_change", c.SetAllowance(person="ana", allowance=60 * S))
    story.refused("no_change", c.SetAllowance(person="bob", allowance=0))
    story.give(ana)
    assert next_deadline(story.session) == NOON + 250 * S
    story.give(bob)
    assert next_deadline(story.session) == NOON + 190 * S


def test_T8_a_changed_limit_affects_turns_that_have_not_started() -> None:
    story, _ = speaking()
    story.ask(c.ChangeLimit(limit=150 * S))
    story.refused("no_change", c.ChangeLimit(limit=150 * S))
    assert next_deadline(story.session) == NOON + 190 * S
    story.give(story.session.order[0])
    assert next_deadline(story.session) == NOON + 160 * S


def test_T8_a_segments_own_limit_holds_until_a_general_one_is_set() -> None:
    segments = tuple(s.model_copy(update={"limit": 120 * S}) for s in scheduled_segments())
    story = live(segments=segments)
    [ana, bob] = story.wait("ana", "bob")
    story.give(ana)
    assert next_deadline(story.session) == NOON + 130 * S
    story.ask(c.ChangeLimit(limit=180 * S))
    story.give(bob)
    assert next_deadline(story.session) == NOON + 190 * S


def scheduled_segments() -> tuple[c.PlannedSegment, ...]:
    from tests.domain.story import SEGMENTS  # noqa: PLC0415

    return SEGMENTS


def lost_since_20() -> tuple[Story, str]:
    story, turn = speaking()
    story.after(20).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    return story, turn


def test_T9_a_lost_turn_is_interrupted_after_60_s_with_its_time_kept() -> None:
    story, turn = lost_since_20()
    refusal = story.after(59.999).refused("too_early", c.InterruptTurn(turn=turn))
    assert refusal.detail == {"at": NOON + 80 * S}
    [ended] = story.at(NOON + 80 * S).ask(c.InterruptTurn(turn=turn))
    assert isinstance(ended, e.TurnEnded)
    assert (ended.used, ended.paused, ended.remaining) == (20 * S, 60 * S, 160 * S)
    assert story.names() == ["bob", "cat", "ana"]
    assert story.session.entries[story.session.order[-1]].status is EntryStatus.INTERRUPTED


def test_T9_the_resumed_turn_is_the_same_intervention_part_two() -> None:
    story, turn = lost_since_20()
    story.after(60).ask(c.InterruptTurn(turn=turn))
    ana = story.session.order[-1]
    story.give(ana)
    assert story.session.turn
    assert (story.session.turn.part, story.session.turn.limit) == (2, 160 * S)
    assert story.session.entries[ana].remaining is None
    story.after(200).ask(c.Settle(), SYSTEM)
    assert [(t.entry, t.part, t.ending) for t in story.session.turns] == [
        (ana, 1, Ending.INTERRUPTED),
        (ana, 2, Ending.CLOSED),
    ]
    assert story.session.entries[ana].status is EntryStatus.HEARD


def test_T9_only_a_turn_paused_for_its_connection_is_interrupted() -> None:
    story, turn = speaking()
    story.refused("not_paused", c.InterruptTurn(turn=turn))
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    story.after(90).refused("not_paused", c.InterruptTurn(turn=turn))


def test_T9_no_time_is_kept_where_none_is_left() -> None:
    story, turn = speaking()
    story.after(180).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    assert story.after(60).refused("out_of_bounds", c.InterruptTurn(turn=turn)).detail == {"left": 0}


def test_T9_a_millisecond_is_kept() -> None:
    story, turn = speaking()
    story.at(NOON + 180 * S - 1).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    [ended] = story.after(60).ask(c.InterruptTurn(turn=turn))
    assert isinstance(ended, e.TurnEnded)
    assert ended.remaining == 1


def test_T9_if_the_segment_is_over_it_goes_to_the_end_of_the_running_one() -> None:
    story, turn = speaking()
    story.wait("dan", segment="two")
    story.wait("eve", segment="three")
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.ask(c.StartSegment(segment="two", after="one"))
    story.after(60).ask(c.InterruptTurn(turn=turn))
    assert story.names() == ["bob", "cat", "dan", "ana", "eve"]


def test_Q7_two_who_give_the_floor_advance_once() -> None:
    story, turn = speaking()
    bob, cat = story.session.order
    story.after(60).ask(c.GiveFloor(entry=bob, after=turn))
    refusal = story.refused("floor_taken", c.GiveFloor(entry=cat, after=turn), SAM)
    assert refusal.message == "Bob already has the floor (given by Mia)"
    assert refusal.detail["began_at"] == NOON + 60 * S


def test_Q7_one_press_ends_the_turn_that_was_seen_and_begins_the_next() -> None:
    story, turn = speaking()
    bob = story.session.order[0]
    ended, began = story.after(60).ask(c.GiveFloor(entry=bob, after=turn))
    assert isinstance(ended, e.TurnEnded)
    assert (ended.ending, ended.used) == (Ending.ENDED, 60 * S)
    assert isinstance(began, e.TurnBegan)
    assert began.person == "bob"


def test_Q7_a_press_that_did_not_see_the_last_turn_is_refused() -> None:
    story, turn = speaking()
    bob = story.session.order[0]
    story.refused("floor_taken", c.GiveFloor(entry=bob, after=None))
    story.after(10).ask(c.EndTurn(turn=turn))
    assert story.refused("stale", c.GiveFloor(entry=bob, after=None)).detail == {"turn": turn}
    story.refused("stale", c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    story.refused("stale", c.EndTurn(turn=turn))
    story.ask(c.GiveFloor(entry=bob, after=turn))


@pytest.mark.parametrize(
    "press",
    [
        lambda turn: c.EndTurn(turn=turn),
        lambda turn: c.PauseTurn(turn=turn, reason=PauseReason.SOUND),
        lambda turn: c.ResumeTurn(turn=turn),
        lambda turn: c.ExtendTurn(turn=turn, by=30 * S),
        lambda turn: c.InterruptTurn(turn=turn),
    ],
)
def test_Q7_a_press_on_a_turn_never_reaches_the_next_one(press: Callable[[str], c.Command]) -> None:
    story, turn = speaking()
    bob = story.give(story.session.order[0])
    refusal = story.refused("stale", press(turn))
    assert (refusal.message, refusal.detail) == ("that turn is over", {"turn": bob})


def test_Q7_a_speaker_who_yields_does_not_end_the_next_turn() -> None:
    story, turn = speaking()
    story.give(story.session.order[0])
    story.refused("stale", c.YieldFloor(turn=turn), speaker("ana"))


def test_Q7_others_who_get_ready_make_nobodys_press_stale() -> None:
    story, turn = speaking()
    bob, cat = story.session.order
    story.ask(c.Ready(entry=bob), speaker("bob"))
    story.ask(c.Ready(entry=cat), speaker("cat"))
    story.ask(c.GiveFloor(entry=bob, after=turn))


def test_Q7_the_floor_is_given_to_those_on_the_list_only() -> None:
    story, turn = speaking()
    ana = story.session.turn and story.session.turn.entry
    assert ana
    story.ask(c.EndTurn(turn=turn))
    refusal = story.refused("stale", c.GiveFloor(entry=ana, after=turn))
    assert refusal.detail["status"] == "heard"
    story.refused("unknown_entry", c.GiveFloor(entry="e999", after=turn))


def test_a_speaker_yields_their_own_turn_only() -> None:
    story, turn = speaking()
    story.refused("not_yours", c.YieldFloor(turn=turn), speaker("bob"))
    story.refused("forbidden", c.EndTurn(turn=turn), speaker("ana"))
    story.refused("forbidden", c.YieldFloor(turn=turn), MIA)
    story.ask(c.YieldFloor(turn=turn), speaker("ana"))


def test_T1_the_turn_belongs_to_the_running_segment_and_the_entry_to_its_topic() -> None:
    story = live()
    two = story.request("ana", "two")
    story.give(two)
    assert story.session.turn
    assert (story.session.turn.segment, story.session.entries[two].segment) == ("one", "two")
