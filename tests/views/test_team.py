"""What the team sees: Q2, Q3, Q8, T7, T9, T11, F2, R9."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.history import Decision
from isegoria.domain.values import Attribution, Cue, Delivery, EntryStatus, PauseReason
from isegoria.views import team
from isegoria.views.models import TeamView
from isegoria.views.team import counts
from tests.domain.story import END, MIA, NOON, SAM, SYSTEM, S, Story, live, speaker
from tests.domain.test_properties import PROPERTY, go
from tests.views.people import people


def decisions(story: Story) -> list[Decision]:
    return [
        Decision(version=version, at=at, written_at=at, by=by, prev="", events=tuple(events))
        for version, (events, at, by) in enumerate(story.decisions, 1)
    ]


def seen(story: Story) -> TeamView:
    return team(story.session, story.people, story.now, "first", MIA, decisions(story), "abc")


def consultation() -> Story:
    story = live()
    story.people = people()
    return story


def lines(story: Story) -> list[tuple[str, str | None, str | None]]:
    return [(line.type, line.by, line.who) for line in seen(story).happenings]


# --- the list ------------------------------------------------------------------------------------


@PROPERTY
@given(st.data())
def test_Q8_the_counts_add_up_to_the_requests(data: st.DataObject) -> None:
    story = consultation()
    go(story, data, data.draw(st.integers(0, 40)))
    view = seen(story)
    numbers = view.counts.model_dump()
    assert numbers.pop("requests") == len(view.entries) == sum(numbers.values())
    assert (view.counts.waiting, view.counts.late) == (len(view.order), len(view.late))
    assert view.counts.heard + view.counts.video == view.heard


def test_Q8_T10_heard_video_not_heard_and_withdrawn_are_distinct() -> None:
    story = consultation()
    ana, _, cat = story.wait("ana", "bob", "cat")
    story.ask(c.Inscribe(person="dan", segment="one", delivery=Delivery.VIDEO, video=90 * S), SAM)
    dan = story.session.order[-1]
    for entry in (ana, dan):
        story.give(entry)
        story.after(30).ask(c.EndTurn(turn=story.session.newest_turn or ""))
    story.ask(c.Withdraw(entry=cat, status=EntryStatus.WAITING), speaker("cat"))
    assert counts(story.session).model_dump() == {
        "requests": 4,
        "late": 0,
        "waiting": 1,
        "speaking": 0,
        "heard": 1,
        "video": 1,
        "not_heard": 0,
        "withdrawn": 1,
    }
    story.ask(c.CloseSession())
    assert (counts(story.session).waiting, counts(story.session).not_heard) == (0, 1)


def test_R9_the_team_sees_who_is_protected_in_full() -> None:
    story = consultation()
    ana, _ = story.wait("ana", "bob")
    story.ask(c.ChooseAttribution(attribution=Attribution.CONSTITUENCY_REGION, person="ana"), SAM)
    view = seen(story)
    assert [(entry.who.name, entry.protected) for entry in view.entries] == [
        ("NAME-ana", True),
        ("NAME-bob", False),
    ]
    assert (view.next[0].entry, view.next[0].who.name) == (ana, "NAME-ana")
    assert (view.entries[0].access_needs, view.entries[0].organisation) == ("NEEDS-ana", "ORG-ana")


def test_T7_the_team_knows_allowances_and_counts_them() -> None:
    story = consultation()
    story.wait("ana", "bob")
    before = seen(story).next[1].expected_at or 0
    story.ask(c.SetAllowance(person="ana", allowance=60 * S), SAM)
    view = seen(story)
    assert (view.entries[0].allowance, view.entries[0].allotted) == (60 * S, 240 * S)
    assert view.next[1].expected_at == view.entries[1].expected_at == before + 60 * S


def test_Q2_the_waiting_list_stands_apart() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    story.ask(c.CloseList())
    bob, cat = story.wait("bob", "cat")
    view = seen(story)
    assert (view.order, view.late) == ((ana,), (bob, cat))
    assert view.order_rev == story.session.order_rev


def test_Q3_a_suggestion_and_the_balance_come_with_reasons() -> None:
    story = consultation()
    heard = {"ana": {"regions": ("africa",)}, "cat": {"regions": ("africa",)}, "dan": {"regions": ("europe",)}}
    told = {name: story.people.persons[name].model_copy(update=change) for name, change in heard.items()}
    story.people = type(story.people)(1, {**story.people.persons, **told}, story.people.organisations)
    ana, cat, dan = story.wait("ana", "cat", "dan")
    assert [(item.entry, item.reason, item.key) for item in seen(story).suggestion] == [
        (ana, "asked_first", None),
        (dan, "region", "europe"),
        (cat, "asked_first", None),
    ]
    story.give(ana)
    balance = [(item.group, item.key, item.used, item.turns) for item in seen(story.after(60)).balance]
    assert ("region", "africa", 60 * S, 1) in balance


# --- the floor and the forecast ------------------------------------------------------------------


def test_T9_a_turn_paused_for_its_connection_can_be_interrupted_after_a_minute() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    story.after(10).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    paused = seen(story).team_turn
    assert paused
    assert (paused.person, paused.interruptible_at) == ("ana", NOON + 70 * S)
    story.ask(c.ResumeTurn(turn=turn))
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    running = seen(story).team_turn
    assert running
    assert running.interruptible_at is None


def test_T6_the_team_sees_limit_and_extensions() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    story.ask(c.ExtendTurn(turn=story.give(ana), by=30 * S))
    turn = seen(story).team_turn
    assert turn
    assert (turn.limit, turn.extended, turn.allotted, turn.given_by) == (180 * S, 30 * S, 210 * S, "Mia")
    assert seen(story).newest_turn == story.session.newest_turn


def test_T5_a_turn_that_is_over_tells_what_it_used_without_its_pauses() -> None:
    story = consultation()
    ana, bob = story.wait("ana", "bob")
    first = story.give(ana)
    story.after(60).ask(c.PauseTurn(turn=first, reason=PauseReason.SOUND))
    story.after(45).ask(c.ResumeTurn(turn=first))
    story.after(124).ask(c.EndTurn(turn=first))
    assert seen(story).spoken[0].model_dump() == {"turn": first, "entry": ana, "used": 184 * S, "overtime": 4 * S}
    story.give(bob)
    assert [one.turn for one in seen(story).spoken] == [first]


def test_F2_the_forecast_tells_the_choices() -> None:
    story = consultation()
    story.wait("ana", "bob", "cat", segment="three")
    calm = seen(story).forecast
    assert [option.code for option in calm.options] == ["leave"]
    assert (calm.handover, calm.overrun, calm.slot) == (38 * S, 8 * S, 226 * S)
    story.ask(c.ExtendSession(ends_at=END, minutes=-101))
    tight = seen(story).forecast
    assert [option.code for option in tight.options] == ["leave", "limit", "close_list", "extend"]
    assert tight.surplus == tight.ends_at - story.session.ends_at > 0
    assert (tight.waiting, tight.fits) == (3, tight.options[0].heard)


# --- just now ------------------------------------------------------------------------------------


def test_R1_happenings_tell_the_newest_first_who_did_what_to_whom() -> None:
    story = consultation()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.after(184).give(bob)
    assert lines(story)[:4] == [
        ("turn_began", "Mia", "NAME-bob"),
        ("turn_ended", "Mia", "NAME-ana"),
        ("turn_began", "Mia", "NAME-ana"),
        ("floor_requested", "NAME-bob", "NAME-bob"),
    ]
    ended = seen(story).happenings[1]
    assert (ended.used, ended.reason, ended.at) == (184 * S, "ended", NOON + 184 * S)


def test_T4_what_the_server_did_is_nobodys_doing_whatever_command_settled_it() -> None:
    story = consultation()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.after(200).give(bob)
    began, ended = seen(story).happenings[:2]
    assert (began.by, began.by_role, began.at) == ("Mia", "moderator", NOON + 200 * S)
    assert (ended.by, ended.by_role, ended.at) == (None, "system", NOON + 190 * S)
    assert (ended.reason, ended.used) == ("closed", 190 * S)


def test_T4_nor_if_it_was_settled_at_its_very_instant() -> None:
    story = consultation()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.after(190).give(bob)
    ended = seen(story).happenings[1]
    assert (ended.by, ended.by_role, ended.reason) == (None, "system", "closed")


def test_Q2_a_list_that_closed_by_itself_was_closed_by_nobody() -> None:
    story = live(list_closes_at=NOON + 60 * S)
    story.people = people()
    story.after(61).ask(c.SendMessage(to="ana", cue=Cue.MICROPHONE))
    message, closed = seen(story).happenings[:2]
    assert (message.type, message.who, message.reason) == ("message_sent", "NAME-ana", "microphone")
    assert (closed.type, closed.by, closed.at) == ("list_closed", None, NOON + 60 * S)


def test_R1_a_turn_that_began_before_the_recent_decisions_has_a_name_still() -> None:
    story = consultation()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.after(9).ask(c.EndTurn(turn=story.session.newest_turn or ""))
    recent = decisions(story)[-1:]
    turn = story.give(bob)
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    recent += decisions(story)[-1:]
    happenings = team(story.session, story.people, story.now, "first", MIA, recent, "abc").happenings
    assert [(line.type, line.who) for line in happenings] == [
        ("turn_paused", "NAME-bob"),
        ("turn_ended", "NAME-ana"),
    ]


def test_R1_bookkeeping_is_left_out_and_twenty_lines_are_kept() -> None:
    story = consultation()
    story.ask(c.ChangeRoster(revision=7), SYSTEM)
    assert [line.type for line in seen(story).happenings] == [
        "segment_started",
        "segment_started",
        "session_started",
        "doors_opened",
    ]
    for _ in range(30):
        story.ask(c.SendMessage(to="ana", cue=Cue.SLOWER))
    happenings = seen(story).happenings
    assert len(happenings) == 20
    assert happenings[0].version == story.session.version


def test_R1_amounts_reasons_and_segments_are_told() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    story.after(9).ask(c.ResumeTurn(turn=turn))
    story.ask(c.ExtendTurn(turn=turn, by=-30 * S))
    story.ask(c.ChangeLimit(limit=120 * S))
    story.ask(c.SetAllowance(person="bob", allowance=60 * S))
    story.ask(c.SwitchRecording(segment="two", on=False), SAM)
    told = [(line.type, line.who, line.amount, line.reason, line.segment) for line in seen(story).happenings[:6]]
    assert told == [
        ("recording_switched", None, None, "off", "two"),
        ("allowance_set", "NAME-bob", 60 * S, None, None),
        ("limit_changed", None, 120 * S, None, None),
        ("turn_extended", "NAME-ana", -30 * S, None, None),
        ("turn_resumed", "NAME-ana", 9 * S, None, None),
        ("turn_paused", "NAME-ana", None, "sound", None),
    ]


# --- undo ----------------------------------------------------------------------------------------


def test_T11_undo_names_the_newest_action_whatever_came_after() -> None:
    story = consultation()
    assert seen(story).undo is None
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.after(9).give(bob)
    given = story.session.version
    story.wait("cat")
    undo = seen(story).undo
    assert undo
    assert (undo.version, undo.type, undo.who) == (given, "turn_began", "NAME-bob")


def test_T11_reopening_the_list_is_one_action() -> None:
    story = consultation()
    story.ask(c.CloseList())
    story.wait("ana")
    story.ask(c.ReopenList())
    undo = seen(story).undo
    assert undo
    assert (undo.type, undo.who) == ("list_reopened", None)


def test_T11_what_was_undone_is_told() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    story.give(ana)
    story.after(5).ask(c.EndTurn(turn=story.session.newest_turn or ""))
    story.ask(c.Undo(version=story.session.version), SAM)
    line = seen(story).happenings[0]
    assert (line.type, line.by, line.who, line.reason) == ("undone", "Sam", "NAME-ana", "turn_ended")


def test_T11_whose_floor_was_taken_back_is_told_though_nobody_has_it_now() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    story.give(ana)
    story.ask(c.Undo(version=story.session.version), SAM)
    line = seen(story).happenings[0]
    assert (line.type, line.who, line.reason) == ("undone", "NAME-ana", "turn_began")


def test_T11_an_action_that_is_not_recent_can_be_undone_still() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    story.give(ana)
    view = team(story.session, story.people, story.now, "first", MIA, [], "abc")
    assert view.undo
    assert (view.undo.version, view.undo.type, view.undo.who) == (story.session.version, "earlier_action", None)


def test_messages_tell_whether_they_were_acknowledged() -> None:
    story = consultation()
    story.ask(c.SendMessage(to="ana", text="A little slower"), text="x1")
    story.ask(c.Acknowledge(message=story.session.messages[0].id), speaker("ana"))
    [message] = seen(story).messages
    assert (message.to, message.text, message.acknowledged) == ("ana", "A little slower", True)
    assert (seen(story).me.name, seen(story).head) == ("Mia", "abc")
