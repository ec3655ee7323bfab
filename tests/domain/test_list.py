"""The list of speakers: Q1, Q2, Q6, Q7, the order (Q3), and where an entry goes."""

from __future__ import annotations

import pytest

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.decide import next_deadline
from isegoria.domain.roles import Actor
from isegoria.domain.values import Delivery, EntryKind, EntryStatus, PauseReason, Readiness, Role, SegmentKind
from tests.domain.story import DOORS, MIA, NOON, SAM, SEGMENTS, SYSTEM, S, Story, live, scheduled, speaker

POINT, REPLY = EntryKind.POINT_OF_ORDER, EntryKind.RIGHT_OF_REPLY
WAITING, LATE, HEARD = EntryStatus.WAITING, EntryStatus.LATE, EntryStatus.HEARD


def ask(story: Story, name: str, segment: str = "one", kind: EntryKind = EntryKind.STATEMENT) -> e.FloorRequested:
    [event] = story.ask(c.RequestFloor(segment=segment, kind=kind), speaker(name))
    assert isinstance(event, e.FloorRequested)
    return event


def joint(*organisations: str, segment: str = "one") -> c.RequestFloor:
    return c.RequestFloor(segment=segment, on_behalf_of=organisations)


def withdraw(story: Story, entry: str, by: Actor = SAM) -> list[e.Event]:
    return story.ask(c.Withdraw(entry=entry, status=story.session.entries[entry].status), by)


def defer(story: Story, entry: str, by: Actor = SAM) -> list[e.Event]:
    return story.ask(c.Defer(entry=entry, status=story.session.entries[entry].status), by)


# --- Q1: asking for the floor --------------------------------------------------------------------


def test_Q1_a_request_says_who_for_whom_and_for_what() -> None:
    story = live()
    assert ask(story.after(5), "ana", "two") == e.FloorRequested(
        entry="e5",
        person="ana",
        organisation="acity",
        segment="two",
        kind=EntryKind.STATEMENT,
        delivery=Delivery.LIVE,
        video=None,
        late=False,
        before=None,
        at=NOON + 5 * S,
    )
    entry = story.session.entries["e5"]
    assert (entry.status, entry.asked_at, entry.organisation) == (WAITING, NOON + 5 * S, "acity")


def test_Q1_a_person_has_one_open_request_of_a_kind() -> None:
    story = live()
    [ana] = story.wait("ana")
    refusal = story.refused("already_waiting", c.RequestFloor(segment="two"), speaker("ana"))
    assert (refusal.message, refusal.detail) == ("Ana is on the list already", {"person": "ana", "name": "Ana"})
    ask(story, "ana", kind=POINT)
    story.refused("already_waiting", c.RequestFloor(segment="one", kind=POINT), speaker("ana"))
    story.give(ana)
    story.refused("already_waiting", c.RequestFloor(segment="one"), speaker("ana"))


def test_Q1_who_has_been_heard_or_withdrew_may_ask_again() -> None:
    story = live()
    [ana] = story.wait("ana")
    withdraw(story, ana)
    turn = story.give(ask(story, "ana").entry)
    story.ask(c.EndTurn(turn=turn))
    ask(story, "ana")
    assert [entry.status for entry in story.session.entries.values()] == [EntryStatus.WITHDRAWN, HEARD, WAITING]


def test_Q1_an_organisation_has_one_waiting_statement() -> None:
    story = live()
    [ana] = story.wait("ana")
    refusal = story.refused("organisation_waiting", c.RequestFloor(segment="two"), speaker("amy"))
    assert refusal.message == "Ana is on the list for Acity already"
    assert refusal.detail == {
        "entry": ana,
        "organisation": "acity",
        "name": "Ana",
        "organisation_name": "Acity",
    }
    ask(story, "amy", kind=POINT)


def test_Q1_a_statement_that_is_being_delivered_stands_in_nobodys_way() -> None:
    story = live()
    story.give(story.request("ana"))
    ask(story, "amy")


@pytest.mark.parametrize("status", [LATE, EntryStatus.CALLED, EntryStatus.ABSENT])
def test_Q1_one_who_is_late_called_or_absent_stands_in_the_way(status: EntryStatus) -> None:
    story = live()
    if status is LATE:
        story.ask(c.CloseList())
    ana = story.request("ana")
    if status is not LATE:
        story.ask(c.CallSpeaker(entry=ana, status=WAITING))
    if status is EntryStatus.ABSENT:
        story.after(20).ask(c.MarkAbsent(entry=ana, status=EntryStatus.CALLED))
    assert story.session.entries[ana].status is status
    story.refused("organisation_waiting", c.RequestFloor(segment="one"), speaker("amy"))


def test_Q1_the_modalities_may_allow_more_of_an_organisation() -> None:
    story = live(modalities=c.PlannedModalities(one_per_organisation=False))
    story.wait("ana", "amy")
    assert story.names() == ["ana", "amy"]
    story.refused("already_waiting", c.RequestFloor(segment="one"), speaker("ana"))


def test_Q1_a_joint_statement_counts_for_all_that_it_names() -> None:
    story = live()
    [event] = story.ask(joint("acity", "ccity"), speaker("bob"))
    assert isinstance(event, e.FloorRequested)
    assert event.on_behalf_of == ("acity", "ccity")
    assert story.session.entries[event.entry].organisations == {"acity", "bcity", "ccity"}
    refusal = story.refused("organisation_waiting", joint("ecity", "ccity", "acity"), speaker("dan"))
    assert refusal.detail["organisation"] == "acity"
    story.refused("organisation_waiting", c.RequestFloor(segment="one"), speaker("cat"))
    ask(story, "dan")
    story.refused("organisation_waiting", joint("dcity"), speaker("eve"))


def test_Q1_all_that_a_joint_statement_names_are_in_the_roster() -> None:
    refusal = live().refused("malformed", joint("zz", "yy", "bcity"), speaker("ana"))
    assert refusal.detail == {"organisation": "yy"}


def test_Q1_two_of_an_organisation_may_raise_points_of_order() -> None:
    story = live()
    for name in ("ana", "amy"):
        ask(story, name, kind=POINT)
    assert story.names() == ["ana", "amy"]


def test_Q1_those_without_an_organisation_do_not_stand_in_each_others_way() -> None:
    story = live()
    story.ask(c.Inscribe(person="ray", segment="one"), SAM)
    assert ask(story, "fay").organisation is None
    assert story.session.entries[story.session.order[1]].organisations == frozenset()


def test_Q1_speakers_ask_for_topics_and_reactions() -> None:
    reactions = c.PlannedSegment(id="reactions", kind=SegmentKind.REACTIONS, planned=300 * S)
    story = live(segments=(*SEGMENTS, reactions))
    ask(story, "ana", "reactions")
    for segment in ("opening", "closing"):
        refusal = story.refused("unknown_segment", c.RequestFloor(segment=segment), speaker("bob"))
        assert refusal.detail == {"segment": segment}
    story.refused("unknown_segment", c.RequestFloor(segment="nine"), speaker("bob"))


def test_Q1_the_secretariat_inscribes_for_any_segment_that_is_not_over() -> None:
    story = live()
    story.ask(c.Inscribe(person="bob", segment="closing", on_behalf_of=("ccity",)), SAM)
    assert story.session.entries[story.session.order[0]].on_behalf_of == ("ccity",)
    story.refused("unknown_segment", c.Inscribe(person="cat", segment="opening"), SAM)
    story.refused("unknown_segment", c.Inscribe(person="cat", segment="nine"), SAM)


def test_Q1_nobody_asks_for_a_segment_that_is_over() -> None:
    story = live()
    story.ask(c.StartSegment(segment="two", after="one"))
    refusal = story.refused("unknown_segment", c.RequestFloor(segment="one"), speaker("ana"))
    assert refusal.detail == {"segment": "one"}
    ask(story, "ana", "two")


def test_Q1_points_of_order_and_replies_are_for_while_the_session_is_live() -> None:
    story = scheduled()
    for kind in (POINT, REPLY):
        story.refused("wrong_state", c.RequestFloor(segment="one", kind=kind), speaker("ana"))
    ask(story, "ana")
    ask(live(), "ana", kind=REPLY)


def test_Q1_who_asks_is_registered_and_has_a_personal_link() -> None:
    story = live()
    assert story.refused("unknown_person", c.RequestFloor(segment="one"), speaker("zoe")).detail == {"person": "zoe"}
    story.refused("unknown_person", c.RequestFloor(segment="one"), Actor(role=Role.SPEAKER))
    story.refused("unknown_person", c.Inscribe(person="zoe", segment="one"), SAM)


@pytest.mark.parametrize(("delivery", "video"), [("video", None), ("live", 60 * S)])
def test_Q8_a_video_statement_has_a_length_and_nothing_else_has(delivery: str, video: int | None) -> None:
    command = c.Inscribe(person="ana", segment="one", delivery=Delivery(delivery), video=video)
    assert live().refused("malformed", command, SAM).detail == {"field": "video"}


def test_Q8_a_video_statement_takes_its_length_whatever_the_limit() -> None:
    story = live()
    story.ask(c.SetAllowance(person="ana", allowance=60 * S), SAM)
    [event] = story.ask(c.Inscribe(person="ana", segment="one", delivery=Delivery.VIDEO, video=95 * S), SAM)
    assert isinstance(event, e.FloorRequested)
    assert (event.delivery, event.video) == (Delivery.VIDEO, 95 * S)
    assert story.session.entries[event.entry].delivery is Delivery.VIDEO
    story.give(event.entry)
    assert next_deadline(story.session) == NOON + 105 * S


def test_Q8_the_statuses_add_up_to_the_requests() -> None:
    story = live()
    ana, bob, cat, _ = story.wait("ana", "bob", "cat", "dan")
    story.ask(c.CloseList())
    story.wait("eve")
    story.ask(c.EndTurn(turn=story.give(ana)))
    story.give(bob)
    withdraw(story, cat)
    assert [entry.status.value for entry in story.session.entries.values()] == [
        "heard",
        "speaking",
        "withdrawn",
        "waiting",
        "late",
    ]


# --- Q2: closing and reopening the list ----------------------------------------------------------


def closed_list(*late: str) -> tuple[Story, list[str]]:
    story = live()
    story.wait("ana")
    story.ask(c.CloseList())
    return story, [ask(story, name).entry for name in late]


def test_Q2_later_statements_join_a_waiting_list_and_are_told_so() -> None:
    story = live()
    story.wait("ana")
    assert story.after(3).ask(c.CloseList()) == [e.ListClosed(at=NOON + 3 * S)]
    event = ask(story, "bob")
    assert (event.late, event.before) == (True, None)
    assert story.session.entries[event.entry].status is LATE
    assert story.names() == ["ana"]
    story.refused("no_change", c.CloseList())


def test_Q2_points_of_order_and_replies_are_taken_nevertheless() -> None:
    story, _ = closed_list()
    assert not ask(story, "bob", kind=POINT).late
    assert not ask(story, "cat", kind=REPLY).late
    assert story.names() == ["bob", "ana", "cat"]


def test_Q2_when_it_reopens_the_late_join_in_the_order_of_asking() -> None:
    story, [bob, cat] = closed_list("bob", "cat")
    assert story.after(9).ask(c.ReopenList()) == [
        e.ListReopened(at=NOON + 9 * S),
        e.RequestAdmitted(entry=bob, before=None),
        e.RequestAdmitted(entry=cat, before=None),
    ]
    assert story.names() == ["ana", "bob", "cat"]
    assert {entry.status for entry in story.session.entries.values()} == {WAITING}
    assert story.session.list_open
    story.refused("no_change", c.ReopenList())


def test_Q2_the_late_join_at_the_end_of_their_segment() -> None:
    story = live()
    story.wait("ana", segment="two")
    story.ask(c.CloseList())
    late = [ask(story, name).entry for name in ("bob", "cat")]
    _, *admitted = story.ask(c.ReopenList())
    assert admitted == [e.RequestAdmitted(entry=entry, before=story.session.order[2]) for entry in late]
    assert story.names() == ["bob", "cat", "ana"]


def test_Q2_one_alone_may_be_admitted_to_a_list_that_stays_closed() -> None:
    story, [bob, cat] = closed_list("bob", "cat")
    assert story.ask(c.Admit(entry=cat), SAM) == [e.RequestAdmitted(entry=cat, before=None)]
    assert (story.names(), story.session.list_open) == (["ana", "cat"], False)
    assert story.session.entries[cat].status is WAITING
    assert story.session.entries[bob].status is LATE
    refusal = story.refused("stale", c.Admit(entry=cat), SAM)
    assert refusal.detail == {"entry": cat, "status": "waiting"}


def test_Q2_who_is_admitted_after_their_segment_comes_at_the_end_of_the_running_one() -> None:
    story, _ = closed_list("bob")
    story.ask(c.ReopenList())
    story.wait("cat", segment="two")
    story.wait("dan", segment="three")
    story.ask(c.CloseList())
    eve = ask(story, "eve").entry
    story.ask(c.StartSegment(segment="two", after="one"))
    story.ask(c.Admit(entry=eve), SAM)
    assert story.names() == ["ana", "bob", "cat", "eve", "dan"]


def test_Q2_it_closes_by_itself_at_a_configured_time() -> None:
    story = live(list_closes_at=NOON + 60 * S)
    assert next_deadline(story.session) == NOON + 60 * S
    assert not ask(story.after(59.999), "ana").late
    closed, asked = story.after(0.001).ask(c.RequestFloor(segment="one"), speaker("bob"))
    assert closed == e.ListClosed(at=NOON + 60 * S)
    assert isinstance(asked, e.FloorRequested)
    assert asked.late
    assert next_deadline(story.session) is None
    story.after(60).ask(c.ReopenList())
    assert (story.session.list_open, next_deadline(story.session)) == (True, None)


def test_Q2_a_list_that_a_person_closed_has_no_deadline() -> None:
    story = live(list_closes_at=NOON + 60 * S)
    story.ask(c.CloseList())
    assert next_deadline(story.session) is None


def test_Q2_it_may_close_before_the_doors_open() -> None:
    story = scheduled(list_closes_at=DOORS - 60 * S)
    assert next_deadline(story.session) == DOORS - 60 * S
    assert story.at(DOORS).ask(c.Settle(), SYSTEM) == [e.ListClosed(at=DOORS - 60 * S), e.DoorsOpened(at=DOORS)]


# --- Q6: withdrawal ------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [speaker("ana"), SAM, MIA])
def test_Q6_a_request_is_withdrawn_by_its_speaker_or_the_team(by: Actor) -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    assert withdraw(story.after(2), ana, by) == [e.RequestWithdrawn(entry=ana, at=NOON + 2 * S)]
    assert story.session.entries[ana].status is EntryStatus.WITHDRAWN
    assert story.names() == ["bob"]


def test_Q6_nobody_withdraws_or_defers_for_another_speaker() -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    refusal = story.refused("not_yours", c.Withdraw(entry=ana, status=WAITING), speaker("bob"))
    assert refusal.detail == {"entry": ana}
    story.refused("not_yours", c.Defer(entry=ana, status=WAITING), speaker("bob"))
    story.refused("unknown_entry", c.Withdraw(entry="e99", status=WAITING), SAM)


def test_Q6_one_who_is_late_withdraws_too_and_one_who_speaks_or_spoke_does_not() -> None:
    story, [bob] = closed_list("bob")
    withdraw(story, bob, speaker("bob"))
    [ana] = story.session.order
    turn = story.give(ana)
    story.refused("stale", c.Withdraw(entry=ana, status=EntryStatus.SPEAKING), SAM)
    story.ask(c.EndTurn(turn=turn))
    refusal = story.refused("stale", c.Withdraw(entry=ana, status=HEARD), SAM)
    assert refusal.detail == {"entry": ana, "status": "heard"}


def interrupted() -> tuple[Story, str]:
    """Ana was interrupted after 20 s; bob waits for topic one, cat for topic two."""
    story = live()
    ana, _ = story.wait("ana", "bob")
    story.wait("cat", segment="two")
    turn = story.give(ana)
    story.after(20).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.after(60).ask(c.InterruptTurn(turn=turn))
    return story, ana


def test_Q6_who_withdraws_after_a_part_was_delivered_has_been_heard() -> None:
    story, ana = interrupted()
    assert story.names() == ["bob", "ana", "cat"]
    withdraw(story, ana, speaker("ana"))
    assert story.session.entries[ana].status is HEARD
    assert story.names() == ["bob", "cat"]


# --- Q7: what the asker saw ----------------------------------------------------------------------


@pytest.mark.parametrize("command", [c.Withdraw, c.Defer, c.CallSpeaker, c.MarkAbsent])
def test_Q7_a_press_on_an_entry_that_changed_is_refused_with_what_is_true(
    command: type[c.Withdraw | c.Defer | c.CallSpeaker | c.MarkAbsent],
) -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    refusal = story.refused("stale", command(entry=ana, status=EntryStatus.ABSENT))
    assert refusal.message == "Ana is waiting now"
    assert refusal.detail == {"entry": ana, "status": "waiting", "name": "Ana"}


def test_Q7_the_order_is_guarded_by_its_revision() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    rev = story.session.order_rev
    story.ask(c.Reorder(entry=bob, before=ana, order_rev=rev))
    assert story.session.order_rev == rev + 1
    stale = story.refused("stale", c.Reorder(entry=ana, before=bob, order_rev=rev))
    assert stale.detail == {"order_rev": rev + 1}
    story.refused("stale", c.ApplyOrder(order=(ana, bob), order_rev=rev))
    story.refused("stale", c.ApplyOrder(order=(ana, bob), order_rev=rev + 2))


def test_Q7_joining_and_leaving_do_not_change_the_orders_revision() -> None:
    story, [eve] = closed_list("eve")
    rev = story.session.order_rev
    [ana] = story.session.order
    story.ask(c.Admit(entry=eve), SAM)
    ask(story, "bob", kind=POINT)
    story.ask(c.Ready(entry=ana), speaker("ana"))
    story.ask(c.CallSpeaker(entry=eve, status=WAITING))
    withdraw(story, eve)
    story.ask(c.EndTurn(turn=story.give(ana)))
    assert story.session.order_rev == rev


def test_Q7_a_move_changes_the_orders_revision() -> None:
    story, ana = interrupted()
    assert story.session.order_rev == 1
    story.ask(c.CallSpeaker(entry=ana, status=EntryStatus.INTERRUPTED))
    story.after(20).ask(c.MarkAbsent(entry=ana, status=EntryStatus.CALLED))
    assert story.session.order_rev == 2
    defer(story, story.session.order[0])
    assert story.session.order_rev == 3
    story.ask(c.Undo(version=story.session.version))
    assert story.session.order_rev == 4


# --- where an entry goes -------------------------------------------------------------------------


def test_Q2_Q3_a_new_entry_goes_behind_the_last_that_comes_before_it() -> None:
    story = live()
    story.wait("ana", segment="two")
    story.wait("bob", segment="one")
    assert story.names() == ["bob", "ana"]
    ask(story, "cat", "one", REPLY)
    story.wait("dan", segment="one")
    assert story.names() == ["bob", "dan", "cat", "ana"]
    ask(story, "eve", "one", POINT)
    ask(story, "cat", "one", POINT)
    assert story.names() == ["eve", "cat", "bob", "dan", "cat", "ana"]
    ask(story, "bob", "two", REPLY)
    assert story.names() == ["eve", "cat", "bob", "dan", "cat", "ana", "bob"]


def test_Q3_what_a_person_has_reordered_stays() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    [cat] = story.wait("cat", segment="two")
    story.ask(c.Reorder(entry=cat, before=ana, order_rev=0))
    story.wait("dan", segment="one")
    assert story.names() == ["cat", "ana", "bob", "dan"]
    story.ask(c.Reorder(entry=cat, before=None, order_rev=1))
    story.ask(c.Reorder(entry=bob, before=None, order_rev=2))
    story.wait("eve", segment="one")
    assert story.names() == ["ana", "dan", "cat", "bob", "eve"]


def test_Q1_a_speaker_of_the_opening_goes_before_the_topics() -> None:
    story = scheduled()
    story.wait("ana", segment="one")
    story.ask(c.Inscribe(person="bob", segment="opening"), SAM)
    assert story.names() == ["bob", "ana"]


def test_Q3_an_order_is_changed_by_moving_one() -> None:
    story = live()
    ana, bob, cat = story.wait("ana", "bob", "cat")
    assert story.ask(c.Reorder(entry=cat, before=bob, order_rev=0)) == [e.OrderChanged(order=(ana, cat, bob))]
    assert story.ask(c.Reorder(entry=ana, before=None, order_rev=1)) == [e.OrderChanged(order=(cat, bob, ana))]
    story.refused("no_change", c.Reorder(entry=cat, before=bob, order_rev=2))
    story.refused("no_change", c.Reorder(entry=ana, before=None, order_rev=2))
    assert story.refused("no_change", c.Reorder(entry=bob, before=bob, order_rev=2)).detail == {"entry": bob}
    withdraw(story, bob)
    for entry, before in [(bob, ana), (ana, bob)]:
        assert story.refused("stale", c.Reorder(entry=entry, before=before, order_rev=2)).detail == {"entry": bob}


def test_Q3_an_accepted_order_leaves_out_those_who_left() -> None:
    story = live()
    ana, bob, cat = story.wait("ana", "bob", "cat")
    withdraw(story, bob)
    story.refused("no_change", c.ApplyOrder(order=(ana, bob, cat), order_rev=0))
    assert story.ask(c.ApplyOrder(order=(bob, cat, ana), order_rev=0)) == [e.OrderChanged(order=(cat, ana))]


def test_Q3_who_joined_after_the_suggestion_is_placed_by_their_own_rule() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    [cat] = story.wait("cat", segment="two")
    dan = ask(story, "dan", "one").entry
    eve = ask(story, "eve", "two", POINT).entry
    story.ask(c.ApplyOrder(order=(bob, ana, cat), order_rev=0))
    assert story.session.order == (eve, bob, ana, dan, cat)


def test_Q3_also_when_their_segment_is_over() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob", segment="two")
    story.wait("cat", segment="one")
    story.ask(c.StartSegment(segment="two", after="one"))
    story.ask(c.ApplyOrder(order=(bob, ana), order_rev=0))
    assert story.names() == ["cat", "bob", "ana"]


def test_Q3_an_order_names_each_once() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    refusal = story.refused("malformed", c.ApplyOrder(order=(bob, ana, bob), order_rev=0))
    assert refusal.detail == {"field": "order"}


# --- deferring -----------------------------------------------------------------------------------


def test_Q9_who_is_deferred_goes_to_the_end_of_the_segment() -> None:
    story = live()
    ana, _ = story.wait("ana", "bob")
    [cat] = story.wait("cat", segment="two")
    story.ask(c.Ready(entry=ana), speaker("ana"))
    assert defer(story, ana, speaker("ana")) == [e.RequestDeferred(entry=ana, before=cat)]
    assert story.names() == ["bob", "ana", "cat"]
    entry = story.session.entries[ana]
    assert (entry.status, entry.readiness) == (WAITING, Readiness.SILENT)
    assert story.refused("no_change", c.Defer(entry=ana, status=WAITING), SAM).detail == {"entry": ana}
    story.refused("no_change", c.Defer(entry=cat, status=WAITING), SAM)


def test_Q9_if_the_segment_is_over_to_the_end_of_the_running_one() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.wait("bob", segment="two")
    story.wait("cat", segment="three")
    story.ask(c.StartSegment(segment="two", after="one"))
    defer(story, ana)
    assert story.names() == ["bob", "ana", "cat"]


@pytest.mark.parametrize("answer", [EntryStatus.CALLED, EntryStatus.INTERRUPTED])
def test_Q5_T9_who_was_called_and_defers_waits_and_an_interrupted_turn_stays_one(answer: EntryStatus) -> None:
    story, ana = interrupted()
    entry = ana if answer is EntryStatus.INTERRUPTED else story.session.order[0]
    if answer is EntryStatus.CALLED:
        story.ask(c.CallSpeaker(entry=entry, status=WAITING))
    else:
        story.ask(c.Reorder(entry=ana, before=story.session.order[0], order_rev=story.session.order_rev))
    defer(story, entry)
    expected = WAITING if answer is EntryStatus.CALLED else EntryStatus.INTERRUPTED
    assert story.session.entries[entry].status is expected


def test_Q7_only_one_who_is_listed_is_deferred() -> None:
    story, [bob] = closed_list("bob")
    refusal = story.refused("stale", c.Defer(entry=bob, status=LATE), SAM)
    assert refusal.detail == {"entry": bob, "status": "late"}
