"""The session and its agenda: S1, S2, T8, T10, R6, and who may ask what in which state."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide import decide, next_deadline, overdue
from isegoria.domain.errors import Refused
from isegoria.domain.roles import Actor
from isegoria.domain.session import Modalities, Segment, Session, SessionClock
from isegoria.domain.values import (
    Attribution,
    Ending,
    Enforcement,
    EntryStatus,
    Frozen,
    PauseReason,
    Role,
    SegmentKind,
    SessionState,
)
from tests.domain.examples import COMMANDS, EXAMPLES, session_in
from tests.domain.story import (
    DOORS,
    END,
    MIA,
    NOON,
    PEOPLE,
    RAY,
    SAM,
    SCHEDULE,
    SEGMENTS,
    SYSTEM,
    S,
    Story,
    live,
    scheduled,
    speaker,
)

M = 60 * S
SCHEDULED, OPEN, LIVE = SessionState.SCHEDULED, SessionState.OPEN, SessionState.LIVE
SUSPENDED, CLOSED = SessionState.SUSPENDED, SessionState.CLOSED


def refusal_of(story: Story, command: c.Command, by: Actor) -> str | None:
    """The code with which it is refused, if it is; the story does not go on."""
    try:
        decide(story.session, command, Context(by, story.now, PEOPLE))
    except Refused as refused:
        return refused.code
    return None


# --- who may ask what ----------------------------------------------------------------------------

TEAM, PERSON = {Role.MODERATOR, Role.SECRETARIAT}, {Role.SPEAKER}
ASKED_BY: dict[type[Frozen], set[Role]] = {
    c.Schedule: {Role.SYSTEM},
    c.ChangeRoster: {Role.SYSTEM},
    c.Settle: {Role.SYSTEM},
    c.ChangeFeeds: TEAM | {Role.SYSTEM},
    c.SetClock: TEAM | {Role.SYSTEM},
    c.ExtendSession: TEAM | {Role.SYSTEM},
    c.CloseSession: TEAM | {Role.SYSTEM},
    c.Inscribe: TEAM | {Role.SYSTEM},
    c.ChooseAttribution: TEAM | {Role.SYSTEM} | PERSON,
    c.RequestFloor: PERSON,
    c.NeedMoment: PERSON,
    c.YieldFloor: PERSON,
    c.Acknowledge: PERSON,
    c.Withdraw: TEAM | PERSON,
    c.Defer: TEAM | PERSON,
    c.Ready: TEAM | PERSON,
    c.TagIntervention: {Role.RAPPORTEUR},
    c.NoteIntervention: {Role.RAPPORTEUR},
    c.QuoteIntervention: {Role.RAPPORTEUR},
    **{key: {Role.RAPPORTEUR} for key in (c.WriteGist, c.ConfirmQuote, c.RemoveAnnotation, c.AddTopic)},
    **{key: {Role.RAPPORTEUR} for key in (c.LogRemarks, c.DecidePassage)},
    **dict.fromkeys((c.ReceiveContribution, c.WithdrawContribution), TEAM | {Role.RAPPORTEUR} | PERSON),
    c.ListExport: TEAM | {Role.RAPPORTEUR, Role.SYSTEM},
}
"""All that is not named is the team's."""


def test_each_command_has_an_example() -> None:
    assert sorted(c.COMMAND.dump_python(x)["type"] for x in EXAMPLES) == sorted(
        k.model_fields["type"].default for k in COMMANDS
    )


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: command.type)
def test_each_role_may_ask_what_is_theirs_and_nothing_else(command: c.Command) -> None:
    story = session_in(LIVE)
    codes = {role: refusal_of(story, command, Actor(role=role, person="ana")) for role in Role}
    assert {role for role, code in codes.items() if code != "forbidden"} == ASKED_BY.get(type(command), TEAM)


def test_who_may_not_ask_is_told_their_role() -> None:
    refusal = live().refused("forbidden", c.CloseList(), RAY)
    assert refusal.detail == {"role": "rapporteur"}


# --- S2: states ----------------------------------------------------------------------------------

NOT_CLOSED = {SCHEDULED, OPEN, LIVE, SUSPENDED}
ANY = NOT_CLOSED | {CLOSED}
ACCEPTED_IN: dict[type[Frozen], set[SessionState]] = {
    **dict.fromkeys((c.Schedule, c.SetClock, c.ChangeRoster, c.Settle, c.SendMessage, c.Acknowledge), ANY),
    **dict.fromkeys((c.ChooseAttribution, c.TagIntervention, c.NoteIntervention, c.QuoteIntervention), ANY),
    **dict.fromkeys((c.WriteGist, c.ConfirmQuote, c.RemoveAnnotation, c.AddTopic, c.LogRemarks), ANY),
    **dict.fromkeys((c.ReceiveContribution, c.WithdrawContribution, c.DecidePassage, c.ListExport), ANY),
    **{command: {LIVE} for command in (c.CallSpeaker, c.MarkAbsent, c.GiveFloor, c.PauseTurn, c.ResumeTurn)},
    **{command: {LIVE} for command in (c.ExtendTurn, c.InterruptTurn, c.SuspendSession, c.StartSegment)},
    c.YieldFloor: {LIVE, SUSPENDED},
    c.EndTurn: {LIVE, SUSPENDED},
    c.OpenDoors: {SCHEDULED},
    c.StartSession: {SCHEDULED, OPEN},
    c.ResumeSession: {SUSPENDED},
}
"""All that is not named is for any state but closed."""


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: command.type)
def test_S2_each_command_is_refused_in_the_wrong_state(command: c.Command) -> None:
    [role, *_] = ASKED_BY.get(type(command), TEAM)
    by = Actor(role=role, person="ana")
    codes = {state: refusal_of(session_in(state), command, by) for state in SessionState}
    right = {state for state, code in codes.items() if code != "wrong_state"}
    assert right == ACCEPTED_IN.get(type(command), NOT_CLOSED)


def test_S2_a_refusal_says_the_state_and_what_is_needed() -> None:
    refusal = live().refused("wrong_state", c.StartSession())
    assert refusal.message == "the session is live; this needs it scheduled or open"
    assert refusal.detail == {"state": "live"}


def test_S2_the_doors_open_by_themselves() -> None:
    story = scheduled()
    assert story.session.state is SCHEDULED
    assert next_deadline(story.session) == DOORS
    assert story.at(DOORS - 1).refused("too_early", c.Settle(), SYSTEM).detail == {"at": DOORS}
    assert overdue(story.session, DOORS, PEOPLE) == [e.DoorsOpened(at=DOORS)]
    story.at(DOORS + 7).ask(c.Settle(), SYSTEM)
    assert story.session.state is OPEN
    assert next_deadline(story.session) is None
    assert story.refused("too_early", c.Settle(), SYSTEM).detail == {"at": None}


def test_S2_a_session_that_is_not_scheduled_has_no_doors() -> None:
    assert next_deadline(Session(id="s")) is None


def test_S2_a_person_opens_the_doors_earlier() -> None:
    story = scheduled().at(DOORS - 5 * M)
    assert story.ask(c.OpenDoors()) == [e.DoorsOpened(at=DOORS - 5 * M)]
    assert story.session.state is OPEN


@pytest.mark.parametrize("doors", [True, False])
def test_S2_a_person_starts_the_session_with_its_first_segment(doors: bool) -> None:
    story = scheduled().at(NOON + 2 * M)
    if doors:
        story.ask(c.Settle(), SYSTEM)
    due = [] if doors else [e.DoorsOpened(at=DOORS)]
    assert story.session.segment is None
    assert story.ask(c.StartSession()) == [
        *due,
        e.SessionStarted(at=NOON + 2 * M),
        e.SegmentStarted(segment="opening", at=NOON + 2 * M),
    ]
    session = story.session
    assert (session.state, session.started_at, session.segment) == (LIVE, NOON + 2 * M, "opening")
    assert session.current_segment
    assert session.current_segment.began_at == NOON + 2 * M


def test_S2_suspending_pauses_the_running_turn_until_a_person_resumes_it() -> None:
    story = live()
    turn = story.give(story.request("ana"))
    assert story.after(20).ask(c.SuspendSession()) == [
        e.TurnPaused(turn=turn, reason=PauseReason.SUSPENDED, at=NOON + 20 * S),
        e.SessionSuspended(at=NOON + 20 * S),
    ]
    assert story.session.state is SUSPENDED
    assert story.after(600).ask(c.ResumeSession()) == [e.SessionResumed(at=NOON + 620 * S)]
    assert story.session.state is LIVE
    assert story.session.turn
    assert story.session.turn.used(story.now) == 20 * S
    assert next_deadline(story.session) is None
    story.ask(c.ResumeTurn(turn=turn))
    assert next_deadline(story.session) == NOON + 790 * S


def test_S2_a_turn_that_is_paused_already_keeps_its_reason() -> None:
    story = live()
    turn = story.give(story.request("ana"))
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    assert story.after(5).ask(c.SuspendSession()) == [e.SessionSuspended(at=NOON + 5 * S)]
    assert story.session.turn
    assert (story.session.turn.pause_reason, story.session.turn.paused_at) == (PauseReason.SOUND, NOON)


def test_S2_without_a_turn_nothing_is_paused() -> None:
    assert live().ask(c.SuspendSession()) == [e.SessionSuspended(at=NOON)]


@pytest.mark.parametrize("ending", [Ending.YIELDED, Ending.ENDED])
def test_S2_a_turn_can_end_while_the_session_is_suspended(ending: Ending) -> None:
    story = live()
    turn = story.give(story.request("ana"))
    story.after(30).ask(c.SuspendSession())
    story.after(60)
    if ending is Ending.ENDED:
        story.ask(c.EndTurn(turn=turn))
    else:
        story.ask(c.YieldFloor(turn=turn), speaker("ana"))
    spoken = story.session.turns[-1]
    assert (spoken.ending, spoken.used, spoken.paused) == (ending, 30 * S, 60 * S)


def test_S2_nothing_is_settled_while_suspended() -> None:
    story = live(list_closes_at=NOON + 60 * S)
    story.ask(c.SuspendSession())
    assert next_deadline(story.session) is None
    story.after(90).refused("too_early", c.Settle(), SYSTEM)
    story.ask(c.ResumeSession())
    assert story.ask(c.Settle(), SYSTEM) == [e.ListClosed(at=NOON + 60 * S)]


def test_S2_a_closed_session_has_no_deadline() -> None:
    story = live()
    story.ask(c.CloseSession())
    assert next_deadline(story.session) is None


# --- S1, S2: the schedule ------------------------------------------------------------------------


def test_S1_the_schedule_is_the_sessions_beginning() -> None:
    modalities = c.PlannedModalities(
        limit=150 * S, warnings=(45 * S,), grace=5 * S, enforcement=Enforcement.ASK, one_per_organisation=False
    )
    segment = c.PlannedSegment(id="one", kind=SegmentKind.TOPIC, planned=30 * M, limit=120 * S)
    story = scheduled(
        list_closes_at=NOON,
        segments=(segment,),
        modalities=modalities,
        default_attribution=Attribution.NAMED,
        rehearsal=True,
    )
    assert story.session == Session(
        id="s",
        version=1,
        last_at=story.now,
        rehearsal=True,
        timezone="Europe/Madrid",
        doors_at=DOORS,
        starts_at=NOON,
        ends_at=END,
        list_closes_at=NOON,
        segments=(Segment("one", SegmentKind.TOPIC, 30 * M, 120 * S),),
        modalities=Modalities(150 * S, (45 * S,), 5 * S, Enforcement.ASK, False),
        default_attribution=Attribution.NAMED,
    )


def test_S1_a_session_is_scheduled_once() -> None:
    scheduled().refused("no_change", SCHEDULE, SYSTEM)


@pytest.mark.parametrize(
    ("doors", "start", "end", "is_fine"),
    [(0, 0, 1, True), (0, 1, 2, True), (1, 0, 2, False), (0, 1, 1, False), (0, 2, 1, False)],
)
def test_S1_doors_start_and_end_come_in_this_order(doors: int, start: int, end: int, is_fine: bool) -> None:
    command = SCHEDULE.model_copy(update={"doors_at": doors, "starts_at": start, "ends_at": end})
    assert (refusal_of(Story(), command, SYSTEM) != "out_of_bounds") == is_fine


@pytest.mark.parametrize(
    "wrong",
    [
        {"segments": ()},
        {"modalities": {"limit": 14_999}},
        {"modalities": {"limit": 3_600_001}},
        {"modalities": {"grace": -1}},
        {"modalities": {"grace": 600_001}},
        {"modalities": {"warnings": (0,)}},
    ],
)
def test_S1_a_schedule_keeps_its_bounds(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        c.Schedule.model_validate({**SCHEDULE.model_dump(), **wrong})


def test_R8_a_new_roster_is_known_by_its_revision() -> None:
    story = scheduled()
    assert story.ask(c.ChangeRoster(revision=3), SYSTEM) == [e.RosterChanged(revision=3)]
    assert story.session.roster_revision == 3
    for revision in (3, 2):
        assert story.refused("no_change", c.ChangeRoster(revision=revision), SYSTEM).detail == {"revision": 3}
    with pytest.raises(ValidationError):
        c.ChangeRoster(revision=0)


# --- S2: a rehearsal's clock ---------------------------------------------------------------------


def test_S2_only_a_rehearsals_clock_can_be_set() -> None:
    live().refused("rehearsal_only", c.SetClock(real=NOON, session=NOON, rate=2))
    story = live(rehearsal=True)
    command = c.SetClock(real=NOON + 5, session=NOON, rate=60)
    assert story.ask(command) == [e.ClockSet(real=NOON + 5, session=NOON, rate=60)]
    assert story.session.clock == SessionClock(NOON + 5, NOON, 60)


def test_S2_it_is_never_set_back_behind_what_has_happened() -> None:
    story = live(rehearsal=True)
    command = c.SetClock(real=NOON, session=NOON - 1, rate=1)
    assert story.refused("out_of_bounds", command).detail == {"last_at": NOON}


@pytest.mark.parametrize("rate", [-0.1, 1_000.1])
def test_S2_its_rate_has_bounds(rate: float) -> None:
    with pytest.raises(ValidationError):
        c.SetClock(real=NOON, session=NOON, rate=rate)


# --- T10: the end --------------------------------------------------------------------------------


def test_T10_nothing_ends_by_itself_at_the_sessions_end() -> None:
    story = live()
    assert overdue(story.session, END + 3_600_000, PEOPLE) == []
    assert next_deadline(story.session) is None


def test_T10_the_end_is_moved_by_minutes() -> None:
    story = live()
    assert story.ask(c.ExtendSession(ends_at=END, minutes=10)) == [e.SessionExtended(ends_at=END + 10 * M)]
    assert story.session.ends_at == END + 10 * M
    refusal = story.refused("stale", c.ExtendSession(ends_at=END, minutes=10), SAM)
    assert refusal.detail == {"ends_at": END + 10 * M}
    refusal = story.refused("no_change", c.ExtendSession(ends_at=END + 10 * M, minutes=0))
    assert refusal.detail == {"ends_at": END + 10 * M}
    story.ask(c.ExtendSession(ends_at=END + 10 * M, minutes=-20))
    assert story.session.ends_at == END - 10 * M


def test_T10_the_new_end_is_to_come() -> None:
    story = live().at(END - 10 * M)
    story.refused("out_of_bounds", c.ExtendSession(ends_at=END, minutes=-10))
    story.ask(c.ExtendSession(ends_at=END, minutes=-9))
    story = scheduled(ends_at=NOON + 10 * M)
    story.refused("out_of_bounds", c.ExtendSession(ends_at=NOON + 10 * M, minutes=-10))
    story.ask(c.ExtendSession(ends_at=NOON + 10 * M, minutes=-9))


@pytest.mark.parametrize("minutes", [-241, 241])
def test_T10_it_is_moved_by_four_hours_at_most(minutes: int) -> None:
    with pytest.raises(ValidationError):
        c.ExtendSession(ends_at=END, minutes=minutes)


def test_T10_closing_is_refused_while_a_turn_runs() -> None:
    story = live()
    turn = story.give(story.request("ana"))
    refusal = story.refused("turn_running", c.CloseSession())
    assert refusal.message == "Ana has the floor; end the turn first"
    assert refusal.detail == {"turn": turn, "name": "Ana"}


def test_T10_all_who_have_an_open_request_are_not_heard() -> None:
    story = live(list_closes_at=NOON + 7_000 * S)
    ana, bob, cat, dan = story.wait("ana", "bob", "cat", "dan")
    story.ask(c.EndTurn(turn=story.give(ana)))
    story.ask(c.Withdraw(entry=bob, status=EntryStatus.WAITING), SAM)
    story.ask(c.CallSpeaker(entry=cat, status=EntryStatus.WAITING))
    story.after(20).ask(c.MarkAbsent(entry=cat, status=EntryStatus.CALLED))
    story.ask(c.CallSpeaker(entry=dan, status=EntryStatus.WAITING))
    story.ask(c.CloseList())
    eve = story.request("eve")
    assert story.ask(c.CloseSession()) == [e.SessionClosed(at=NOON + 20 * S, not_heard=(cat, dan, eve))]
    session = story.session
    assert [entry.status.value for entry in session.entries.values()] == [
        "heard",
        "withdrawn",
        "not_heard",
        "not_heard",
        "not_heard",
    ]
    assert (session.state, session.closed_at, session.order) == (CLOSED, NOON + 20 * S, ())


def test_T10_T9_but_for_those_of_whom_a_part_was_heard() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    turn = story.give(ana)
    story.ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.after(60).ask(c.InterruptTurn(turn=turn))
    assert story.ask(c.CloseSession()) == [e.SessionClosed(at=NOON + 60 * S, not_heard=(bob,))]
    assert story.session.entries[ana].status is EntryStatus.HEARD
    assert story.session.entries[bob].status is EntryStatus.NOT_HEARD


def test_T10_Q2_a_closed_sessions_list_is_closed() -> None:
    story = scheduled(list_closes_at=NOON)
    story.ask(c.CloseSession())
    assert (story.session.list_open, story.session.list_closes_at) == (False, None)


# --- the agenda ----------------------------------------------------------------------------------


def test_Q7_a_segment_starts_after_the_one_that_was_seen() -> None:
    story = live()
    refusal = story.refused("stale", c.StartSegment(segment="two", after="opening"))
    assert refusal.detail == {"segment": "one"}
    assert story.refused("no_change", c.StartSegment(segment="one", after="one")).detail == {"segment": "one"}
    assert story.refused("unknown_segment", c.StartSegment(segment="nine", after="one")).detail == {"segment": "nine"}
    assert story.after(9).ask(c.StartSegment(segment="two", after="one")) == [
        e.SegmentStarted(segment="two", at=NOON + 9 * S)
    ]
    assert story.session.segment == "two"
    assert story.session.agenda == (("opening", NOON), ("one", NOON), ("two", NOON + 9 * S))
    assert [segment.began_at for segment in story.session.segments] == [NOON, NOON, NOON + 9 * S, None, None]


def test_T8_a_general_limit_replaces_the_segments_own() -> None:
    segments = tuple(s.model_copy(update={"limit": 120 * S}) if s.id == "two" else s for s in SEGMENTS)
    story = live(segments=segments)
    story.wait("ana", segment="one")
    story.wait("bob", segment="two")
    ana, bob = story.session.entries.values()
    assert (story.session.limit_for(ana), story.session.limit_for(bob)) == (180 * S, 120 * S)
    assert story.ask(c.ChangeLimit(limit=180 * S)) == [e.LimitChanged(limit=180 * S)]
    assert (story.session.limit_for(ana), story.session.limit_for(bob)) == (180 * S, 180 * S)
    assert story.refused("no_change", c.ChangeLimit(limit=180 * S)).detail == {"limit": 180 * S}
    story.ask(c.ChangeLimit(limit=150 * S))
    assert (story.session.limit_for(ana), story.session.limit_for(bob)) == (150 * S, 150 * S)


@pytest.mark.parametrize("limit", [14_999, 3_600_001])
def test_T8_a_limit_is_between_15_s_and_an_hour(limit: int) -> None:
    with pytest.raises(ValidationError):
        c.ChangeLimit(limit=limit)


def test_R6_recording_is_a_switch_for_each_segment() -> None:
    story = live()
    assert story.after(4).ask(c.SwitchRecording(segment="two", on=False)) == [
        e.RecordingSwitched(segment="two", on=False, at=NOON + 4 * S)
    ]
    assert [segment.recording for segment in story.session.segments] == [True, True, False, True, True]
    refusal = story.refused("no_change", c.SwitchRecording(segment="two", on=False))
    assert (refusal.message, refusal.detail) == ("it is off already", {"segment": "two"})
    story.ask(c.SwitchRecording(segment="two", on=True))
    assert all(segment.recording for segment in story.session.segments)


def test_R6_Chatham_House_status_is_a_switch_for_each_segment() -> None:
    story = live()
    assert story.after(4).ask(c.SwitchChathamHouse(segment="three", on=True)) == [
        e.ChathamHouseSwitched(segment="three", on=True, at=NOON + 4 * S)
    ]
    assert [segment.chatham_house for segment in story.session.segments] == [False, False, False, True, False]
    assert story.refused("no_change", c.SwitchChathamHouse(segment="three", on=True)).message == "it is on already"
    story.refused("no_change", c.SwitchChathamHouse(segment="two", on=False))
    story.refused("unknown_segment", c.SwitchChathamHouse(segment="nine", on=True))


# --- undo and what is due ------------------------------------------------------------------------


def test_T11_what_the_server_did_meanwhile_is_taken_back_first() -> None:
    story = live(list_closes_at=NOON + 60 * S)
    story.give(story.request("ana"))
    given = story.session.version
    story.after(60).refused("superseded", c.Undo(version=given))
    story.ask(c.Settle(), SYSTEM)
    story.at(NOON + 190 * S).refused("superseded", c.Undo(version=story.session.version))


def test_T11_the_doors_stand_in_no_undos_way() -> None:
    story = scheduled()
    story.ask(c.CloseList())
    version = story.session.version
    opened, undone = story.at(DOORS).ask(c.Undo(version=version), MIA)
    assert opened == e.DoorsOpened(at=DOORS)
    assert isinstance(undone, e.Undone)
    assert story.session.list_open
    story.refused("nothing_to_undo", c.Undo(version=version))
