"""Those who stand on the list: substitutes (Q4), absence (Q5), answers (Q9), allowances (T7)."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.roles import Actor
from isegoria.domain.values import EntryKind, EntryStatus, PauseReason, Readiness
from tests.domain.story import MIA, NOON, SAM, S, Story, live, speaker

WAITING, CALLED, ABSENT = EntryStatus.WAITING, EntryStatus.CALLED, EntryStatus.ABSENT


def called() -> tuple[Story, str]:
    """Ana has been called at NOON; bob waits for topic one, cat for topic two."""
    story = live()
    ana, _ = story.wait("ana", "bob")
    story.wait("cat", segment="two")
    story.ask(c.CallSpeaker(entry=ana, status=WAITING))
    return story, ana


def absent() -> tuple[Story, str]:
    story, ana = called()
    story.after(20).ask(c.MarkAbsent(entry=ana, status=CALLED))
    return story, ana


def interrupted() -> tuple[Story, str]:
    """Ana's connection was lost after 20 s; bob waits."""
    story = live()
    ana, _ = story.wait("ana", "bob")
    turn = story.give(ana)
    story.after(20).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.after(60).ask(c.InterruptTurn(turn=turn))
    return story, ana


# --- Q4: substitutes -----------------------------------------------------------------------------


def test_Q4_a_substitute_keeps_organisation_and_place_and_both_names_are_kept() -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    story.ask(c.Ready(entry=ana), speaker("ana"))
    assert story.ask(c.Substitute(entry=ana, person="fay"), SAM) == [e.SpeakerSubstituted(entry=ana, person="fay")]
    entry = story.session.entries[ana]
    assert (entry.person, entry.substituted, entry.organisation) == ("fay", "ana", "acity")
    assert entry.readiness is Readiness.SILENT
    assert story.names() == ["fay", "bob"]


def test_Q4_who_was_registered_stays_the_same_through_further_substitutions() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.ask(c.Substitute(entry=ana, person="fay"), SAM)
    story.ask(c.Substitute(entry=ana, person="amy"), SAM)
    assert story.session.entries[ana].substituted == "ana"
    story.ask(c.Substitute(entry=ana, person="ana"), SAM)
    assert (story.session.entries[ana].person, story.session.entries[ana].substituted) == ("ana", None)


def test_Q4_who_has_an_open_request_cannot_be_a_substitute() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    refusal = story.refused("already_waiting", c.Substitute(entry=ana, person="bob"), SAM)
    assert (refusal.message, refusal.detail) == ("Bob is on the list already", {"person": "bob", "name": "Bob"})
    story.ask(c.Withdraw(entry=bob, status=WAITING), speaker("bob"))
    story.ask(c.RequestFloor(segment="one", kind=EntryKind.POINT_OF_ORDER), speaker("bob"))
    story.ask(c.Substitute(entry=ana, person="bob"), SAM)


def test_Q4_a_substitute_is_registered_and_another_person() -> None:
    story = live()
    [ana] = story.wait("ana")
    assert story.refused("unknown_person", c.Substitute(entry=ana, person="zoe"), SAM).detail == {"person": "zoe"}
    assert story.refused("no_change", c.Substitute(entry=ana, person="ana"), SAM).detail == {"person": "ana"}


def test_Q4_the_late_are_substituted_too_and_those_who_speak_or_spoke_are_not() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.ask(c.CloseList())
    bob = story.request("bob")
    story.ask(c.Substitute(entry=bob, person="fay"), SAM)
    turn = story.give(ana)
    refusal = story.refused("stale", c.Substitute(entry=ana, person="dan"), SAM)
    assert refusal.detail == {"entry": ana, "status": "speaking"}
    story.ask(c.EndTurn(turn=turn))
    story.refused("stale", c.Substitute(entry=ana, person="dan"), SAM)


# --- Q5: absence ---------------------------------------------------------------------------------


def test_Q5_the_repeat_call_waits_20_s_for_an_answer() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.ask(c.Ready(entry=ana), speaker("ana"))
    assert story.ask(c.CallSpeaker(entry=ana, status=WAITING)) == [e.SpeakerCalled(entry=ana, at=NOON)]
    entry = story.session.entries[ana]
    assert (entry.status, entry.called_at, entry.readiness) == (CALLED, NOON, Readiness.SILENT)
    refusal = story.after(19.999).refused("too_early", c.MarkAbsent(entry=ana, status=CALLED))
    assert refusal.detail == {"at": NOON + 20 * S}
    assert story.after(0.001).ask(c.MarkAbsent(entry=ana, status=CALLED)) == [
        e.SpeakerAbsent(entry=ana, before=None, at=NOON + 20 * S)
    ]


def test_Q5_nobody_is_absent_without_a_repeat_call() -> None:
    story = live()
    [ana] = story.wait("ana")
    assert story.refused("too_early", c.MarkAbsent(entry=ana, status=WAITING)).detail == {"entry": ana}
    story, ana = absent()
    story.after(60).refused("too_early", c.MarkAbsent(entry=ana, status=ABSENT))


def test_Q5_who_is_called_is_not_called_again() -> None:
    story, ana = called()
    assert story.after(5).refused("no_change", c.CallSpeaker(entry=ana, status=CALLED)).detail == {"at": NOON}


def test_Q5_only_one_who_is_listed_is_called() -> None:
    story, ana = called()
    story.give(ana)
    refusal = story.refused("stale", c.CallSpeaker(entry=ana, status=EntryStatus.SPEAKING))
    assert refusal.detail == {"entry": ana, "status": "speaking"}


def test_Q5_the_absent_come_once_more_at_the_end_of_the_segment() -> None:
    story, ana = absent()
    entry = story.session.entries[ana]
    assert (entry.status, entry.absences, entry.readiness) == (ABSENT, 1, Readiness.SILENT)
    assert story.names() == ["bob", "ana", "cat"]


def test_Q5_or_of_the_running_one_if_theirs_is_over() -> None:
    story, ana = called()
    story.wait("dan", segment="three")
    story.ask(c.StartSegment(segment="two", after="one"))
    story.after(20).ask(c.MarkAbsent(entry=ana, status=CALLED))
    assert story.names() == ["bob", "cat", "ana", "dan"]


def test_Q5_a_second_absence_is_not_heard() -> None:
    story, ana = absent()
    story.ask(c.CallSpeaker(entry=ana, status=ABSENT))
    at = story.after(20).now
    assert story.ask(c.MarkAbsent(entry=ana, status=CALLED)) == [e.SpeakerNotHeard(entry=ana, at=at)]
    entry = story.session.entries[ana]
    assert (entry.status, entry.absences) == (EntryStatus.NOT_HEARD, 2)
    assert story.names() == ["bob", "cat"]


def test_Q5_T9_but_a_part_that_was_delivered_has_been_heard() -> None:
    story, ana = interrupted()
    for status in (EntryStatus.INTERRUPTED, ABSENT):
        story.ask(c.CallSpeaker(entry=ana, status=status))
        story.after(20).ask(c.MarkAbsent(entry=ana, status=CALLED))
    entry = story.session.entries[ana]
    assert (entry.status, entry.absences) == (EntryStatus.HEARD, 2)


@pytest.mark.parametrize("command", [c.Ready, c.NeedMoment])
def test_Q5_whoever_answers_in_between_waits_as_before(command: type[c.Ready | c.NeedMoment]) -> None:
    for story, ana in (called(), absent()):
        story.ask(command(entry=ana), speaker("ana"))
        assert story.session.entries[ana].status is WAITING
        story.after(20).refused("stale", c.MarkAbsent(entry=ana, status=CALLED))


def test_Q5_an_absence_is_remembered_though_one_answers() -> None:
    story, ana = absent()
    story.ask(c.Ready(entry=ana), speaker("ana"))
    story.ask(c.CallSpeaker(entry=ana, status=WAITING))
    story.after(20).ask(c.MarkAbsent(entry=ana, status=CALLED))
    assert story.session.entries[ana].status is EntryStatus.NOT_HEARD


# --- Q9: answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [speaker("ana"), MIA, SAM])
def test_Q9_a_speaker_or_the_team_for_them_says_ready(by: Actor) -> None:
    story = live()
    [ana] = story.wait("ana")
    assert story.ask(c.Ready(entry=ana), by) == [e.ReadinessTold(entry=ana, readiness=Readiness.READY)]
    assert story.session.entries[ana].readiness is Readiness.READY
    assert story.refused("no_change", c.Ready(entry=ana), by).detail == {"entry": ana}


def test_Q9_a_speaker_needs_a_moment_and_is_ready_after_all() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.ask(c.NeedMoment(entry=ana), speaker("ana"))
    assert story.session.entries[ana].readiness is Readiness.MOMENT
    story.refused("no_change", c.NeedMoment(entry=ana), speaker("ana"))
    story.ask(c.Ready(entry=ana), speaker("ana"))
    assert story.session.entries[ana].readiness is Readiness.READY


def test_Q9_nobody_answers_for_another_speaker() -> None:
    story = live()
    [ana] = story.wait("ana")
    assert story.refused("not_yours", c.Ready(entry=ana), speaker("bob")).detail == {"entry": ana}
    story.refused("unknown_entry", c.Ready(entry="e99"), speaker("bob"))


def test_Q9_only_one_who_is_listed_answers() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.give(ana)
    assert story.refused("stale", c.Ready(entry=ana), speaker("ana")).detail == {"entry": ana, "status": "speaking"}


def test_Q9_T9_an_interrupted_turn_stays_one_when_its_speaker_is_ready() -> None:
    story, ana = interrupted()
    story.ask(c.Ready(entry=ana), speaker("ana"))
    entry = story.session.entries[ana]
    assert (entry.status, entry.readiness, entry.remaining) == (EntryStatus.INTERRUPTED, Readiness.READY, 160 * S)


def test_Q9_an_interruption_takes_the_answer_back() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.ask(c.Ready(entry=ana), speaker("ana"))
    turn = story.give(ana)
    assert story.session.entries[ana].readiness is Readiness.READY
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.after(60).ask(c.InterruptTurn(turn=turn))
    assert story.session.entries[ana].readiness is Readiness.SILENT


# --- T7: allowances ------------------------------------------------------------------------------


def test_T7_an_allowance_is_of_somebody_registered_and_can_be_taken_back() -> None:
    story = live()
    assert story.refused("unknown_person", c.SetAllowance(person="zoe", allowance=S), SAM).detail == {"person": "zoe"}
    assert story.ask(c.SetAllowance(person="ana", allowance=60 * S), SAM) == [
        e.AllowanceSet(person="ana", allowance=60 * S)
    ]
    story.ask(c.SetAllowance(person="ana", allowance=0), SAM)
    assert story.session.allowances == {"ana": 0}
    story.refused("no_change", c.SetAllowance(person="ana", allowance=0), SAM)


@pytest.mark.parametrize("allowance", [-1, 1_800_001])
def test_T7_an_allowance_is_at_most_half_an_hour(allowance: int) -> None:
    with pytest.raises(ValidationError):
        c.SetAllowance(person="ana", allowance=allowance)


def test_T7_an_allowance_counts_for_the_substitute_who_has_it_and_not_for_the_rest_of_a_turn() -> None:
    story, ana = interrupted()
    story.ask(c.SetAllowance(person="ana", allowance=60 * S), SAM)
    story.give(ana)
    assert story.session.turn
    assert story.session.turn.limit == 160 * S
