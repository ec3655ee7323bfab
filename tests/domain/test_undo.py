"""T11: undo takes back the newest action of the floor or the list."""

from __future__ import annotations

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.decide import next_deadline
from isegoria.domain.undo import KEPT_ACTIONS
from isegoria.domain.values import Cue, EntryStatus, PauseReason, Readiness, SessionState
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


def test_T11_the_last_twenty_actions_are_kept() -> None:
    story = live()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    for _ in range(15):
        story.ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
        story.ask(c.ResumeTurn(turn=turn))
    for _ in range(KEPT_ACTIONS):
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
