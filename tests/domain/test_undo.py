"""T11: undo takes back the newest action of the floor or the list."""

from __future__ import annotations

import pytest

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.decide import next_deadline
from isegoria.domain.values import Cue, EntryKind, EntryStatus, PauseReason, Readiness, SessionState
from tests.domain.story import NOON, SYSTEM, S, Story, live, speaker


def undo(story: Story) -> e.Undone:
    [event] = story.ask(c.Undo(version=story.session.undoable[-1].version))
    assert isinstance(event, e.Undone)
    return event


def test_T11_giving_the_floor_is_taken_back() -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    story.give(ana)
    undo(story.after(5))
    assert story.session.turn is None
    assert story.names() == ["ana", "bob"]
    assert story.session.entries[ana].parts == 0
    assert story.session.entries[ana].status is EntryStatus.WAITING


def test_T11_an_ended_turn_runs_on_because_nobody_stopped_speaking() -> None:
    story = live()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    story.after(60).ask(c.EndTurn(turn=turn))
    undo(story.after(10))
    assert story.session.turn
    assert story.session.turn.used(story.now) == 70 * S
    assert next_deadline(story.session) == NOON + 190 * S
    assert story.session.turns == ()


def test_T11_past_its_deadline_the_turn_returns_paused_at_the_action() -> None:
    story = live()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    story.after(60).ask(c.EndTurn(turn=turn))
    undo(story.at(NOON + 190 * S))
    assert story.session.turn
    assert (story.session.turn.paused_at, story.session.turn.pause_reason) == (NOON + 60 * S, PauseReason.UNDO)
    assert story.session.turn.used(story.now) == 60 * S
    story.after(100).ask(c.ResumeTurn(turn=turn))
    assert next_deadline(story.session) == story.now + 130 * S


def test_T11_just_before_its_deadline_the_turn_runs_on() -> None:
    story = live()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    story.after(60).ask(c.EndTurn(turn=turn))
    undo(story.at(NOON + 190 * S - 1))
    assert story.session.turn
    assert story.session.turn.paused_at is None


def test_T11_the_servers_closing_is_taken_back_at_its_instant() -> None:
    story = live()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    story.after(195).ask(c.Settle(), SYSTEM)
    undo(story.after(20))
    assert story.session.turn
    assert story.session.turn.paused_at == NOON + 190 * S
    assert story.session.turn.used(story.now) == 190 * S
    story.ask(c.ExtendTurn(turn=turn, by=30 * S))
    story.after(5).ask(c.ResumeTurn(turn=turn))
    assert next_deadline(story.session) == story.now + 30 * S


def test_T11_one_press_that_ended_and_gave_is_taken_back_whole() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.after(60)
    story.give(bob)
    undo(story.after(3))
    assert story.session.turn
    assert story.session.turn.person == "ana"
    assert story.names() == ["bob"]


def test_T11_it_is_refused_if_something_later_changed_the_floor() -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    turn = story.give(ana)
    given = story.session.undoable[-1].version
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    refusal = story.refused("superseded", c.Undo(version=given))
    assert refusal.detail == {"version": story.session.version}
    undo(story)
    story.ask(c.Undo(version=given))


def test_T11_requests_answers_and_messages_do_not_stand_in_its_way() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    given = story.session.undoable[-1].version
    story.request("cat")
    story.ask(c.Ready(entry=bob), speaker("bob"))
    story.ask(c.SendMessage(to="ana", cue=Cue.SLOWER))
    story.ask(c.Undo(version=given))
    assert story.names() == ["ana", "bob", "cat"]
    assert story.session.entries[bob].readiness is Readiness.READY


def test_T11_those_who_withdrew_meanwhile_stay_away() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.ask(c.Withdraw(entry=bob, status=EntryStatus.WAITING), speaker("bob"))
    undo(story)
    assert story.names() == ["ana"]
    assert story.session.entries[bob].status is EntryStatus.WITHDRAWN


def test_T11_an_absentee_who_withdrew_is_not_brought_back() -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    story.ask(c.CallSpeaker(entry=ana, status=EntryStatus.WAITING))
    story.after(20).ask(c.MarkAbsent(entry=ana, status=EntryStatus.CALLED))
    story.ask(c.Withdraw(entry=ana, status=EntryStatus.ABSENT), speaker("ana"))
    undo(story)
    assert story.session.entries[ana].status is EntryStatus.WITHDRAWN
    assert story.names() == ["bob"]


def interrupted() -> tuple[Story, str]:
    """Ana was interrupted after 20 s; bob waits."""
    story = live()
    ana, _ = story.wait("ana", "bob")
    turn = story.give(ana)
    story.after(20).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.after(60).ask(c.InterruptTurn(turn=turn))
    return story, ana


def call(story: Story, entry: str, *, absent: bool = False) -> None:
    story.ask(c.CallSpeaker(entry=entry, status=story.session.entries[entry].status))
    if absent:
        story.after(20).ask(c.MarkAbsent(entry=entry, status=EntryStatus.CALLED))


@pytest.mark.parametrize("absent", [True, False])
def test_T11_Q6_nor_is_one_who_withdrew_after_a_part(absent: bool) -> None:
    story, ana = interrupted()
    call(story, ana, absent=absent)
    story.ask(c.Withdraw(entry=ana, status=story.session.entries[ana].status), speaker("ana"))
    undo(story)
    assert story.session.entries[ana].status is EntryStatus.HEARD
    assert story.names() == ["bob"]


def test_T11_Q6_nor_one_who_withdrew_after_an_absence_and_a_part() -> None:
    story, ana = interrupted()
    call(story, ana, absent=True)
    call(story, ana)
    story.ask(c.Defer(entry=story.session.order[0], status=EntryStatus.WAITING))
    story.ask(c.Withdraw(entry=ana, status=EntryStatus.CALLED), speaker("ana"))
    for _ in range(2):
        undo(story)
        assert story.session.entries[ana].status is EntryStatus.HEARD


def test_T11_a_second_absence_after_a_part_is_taken_back() -> None:
    story, ana = interrupted()
    call(story, ana, absent=True)
    call(story, ana, absent=True)
    assert story.session.entries[ana].status is EntryStatus.HEARD
    undo(story)
    entry = story.session.entries[ana]
    assert (entry.status, entry.absences) == (EntryStatus.CALLED, 1)
    assert story.names() == ["bob", "ana"]


def test_T11_a_withdrawal_in_the_servers_own_decision_stays() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.after(190).ask(c.Withdraw(entry=bob, status=EntryStatus.WAITING), speaker("bob"))
    undo(story)
    assert story.session.turn
    assert story.session.entries[ana].status is EntryStatus.SPEAKING
    assert story.session.entries[bob].status is EntryStatus.WITHDRAWN


@pytest.mark.parametrize("before", [EntryStatus.ABSENT, EntryStatus.INTERRUPTED])
def test_T11_Q5_who_answers_a_call_that_is_taken_back_is_absent_no_more(before: EntryStatus) -> None:
    story, ana = interrupted()
    if before is EntryStatus.ABSENT:
        call(story, ana, absent=True)
    call(story, ana)
    story.ask(c.Ready(entry=ana), speaker("ana"))
    undo(story)
    entry = story.session.entries[ana]
    expected = EntryStatus.WAITING if before is EntryStatus.ABSENT else before
    assert (entry.status, entry.readiness) == (expected, Readiness.READY)


def test_T11_an_answer_meanwhile_counts() -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    story.ask(c.CallSpeaker(entry=ana, status=EntryStatus.WAITING))
    story.after(20).ask(c.MarkAbsent(entry=ana, status=EntryStatus.CALLED))
    story.ask(c.Ready(entry=ana), speaker("ana"))
    undo(story)
    entry = story.session.entries[ana]
    assert (entry.status, entry.readiness, entry.absences) == (EntryStatus.WAITING, Readiness.READY, 0)
    assert story.names() == ["ana", "bob"]


def test_T11_what_an_action_reset_comes_back() -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    story.ask(c.Ready(entry=ana), speaker("ana"))
    story.ask(c.Defer(entry=ana, status=EntryStatus.WAITING), speaker("ana"))
    assert story.session.entries[ana].readiness is Readiness.SILENT
    undo(story)
    assert story.session.entries[ana].readiness is Readiness.READY
    assert story.names() == ["ana", "bob"]


def test_T11_the_list_opens_again_without_the_deadline_that_has_passed() -> None:
    story = live(list_closes_at=NOON + 60 * S)
    story.after(60).ask(c.Settle(), SYSTEM)
    undo(story)
    assert (story.session.list_open, story.session.list_closes_at) == (True, None)


def test_T11_a_deadline_of_the_list_that_is_to_come_stays() -> None:
    story = live(list_closes_at=NOON + 60 * S)
    story.ask(c.CloseList())
    assert next_deadline(story.session) is None
    undo(story.after(59))
    assert (story.session.list_open, story.session.list_closes_at) == (True, NOON + 60 * S)


def test_T11_a_reopened_list_closes_again_and_the_late_wait_again() -> None:
    story = live()
    story.ask(c.CloseList())
    late = story.request("ana")
    story.ask(c.ReopenList())
    undo(story)
    assert story.session.entries[late].status is EntryStatus.LATE
    assert (story.names(), story.session.list_open) == ([], False)


def with_all_kinds() -> Story:
    """Ana has been heard, bob waits, and eve withdrew."""
    story = live()
    ana, _, eve = story.wait("ana", "bob", "eve")
    story.ask(c.EndTurn(turn=story.give(ana)))
    story.ask(c.Withdraw(entry=eve, status=EntryStatus.WAITING), speaker("eve"))
    return story


def statuses(story: Story) -> list[str]:
    return [f"{entry.person} {entry.status}" for entry in story.session.entries.values()]


def test_T11_Q2_who_came_late_is_on_the_list_that_had_not_closed() -> None:
    story = with_all_kinds()
    story.ask(c.CloseList())
    story.wait("cat")
    story.ask(c.RequestFloor(segment="one", kind=EntryKind.POINT_OF_ORDER), speaker("dan"))
    undo(story)
    assert statuses(story) == ["ana heard", "bob waiting", "eve withdrawn", "cat waiting", "dan waiting"]
    assert story.names() == ["dan", "bob", "cat"]


def test_T11_Q2_who_came_in_time_is_late_for_the_list_that_had_not_reopened() -> None:
    story = with_all_kinds()
    story.ask(c.CloseList())
    story.wait("fay")
    story.ask(c.ReopenList())
    story.wait("cat")
    story.ask(c.RequestFloor(segment="one", kind=EntryKind.POINT_OF_ORDER), speaker("dan"))
    undo(story)
    assert statuses(story) == [
        "ana heard",
        "bob waiting",
        "eve withdrawn",
        "fay late",
        "cat late",
        "dan waiting",
    ]
    assert story.names() == ["dan", "bob"]


def test_T11_the_last_twenty_actions_are_kept() -> None:
    story = live()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    for _ in range(15):
        story.ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
        story.ask(c.ResumeTurn(turn=turn))
    for _ in range(20):
        undo(story)
    story.refused("nothing_to_undo", c.Undo(version=1))


def test_T11_nothing_before_a_suspension_can_be_taken_back() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.give(ana)
    story.ask(c.SuspendSession())
    story.refused("nothing_to_undo", c.Undo(version=story.session.version - 1))


def test_T11_a_closed_session_stays_closed() -> None:
    story = live()
    story.ask(c.CloseSession())
    assert story.session.state is SessionState.CLOSED
    story.refused("wrong_state", c.Undo(version=story.session.version))


def test_T11_it_is_in_the_log_with_who_did_it() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.give(ana)
    version = story.session.version
    assert story.session.undoable[-1].by == "mia"
    assert undo(story).version == version
