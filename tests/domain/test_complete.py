"""One rehearsal in which every command is accepted and every event happens: none is without a test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.history import FIRST, Decision, hash_of, replay
from isegoria.domain.roles import Actor
from isegoria.domain.session import Session
from isegoria.domain.values import (
    Attribution,
    ContributionKind,
    Cue,
    EntryStatus,
    PassageDecision,
    PauseReason,
    SessionState,
    Tier,
)
from tests.domain.examples import COMMANDS, EVENTS
from tests.domain.story import DOORS, END, MIA, NOON, RAY, SAM, SCHEDULE, SYSTEM, S, Story, speaker

WAITING, CALLED, ABSENT = EntryStatus.WAITING, EntryStatus.CALLED, EntryStatus.ABSENT
ANA, BOB, CAT = speaker("ana"), speaker("bob"), speaker("cat")
Line = tuple[float, c.Command, Actor]
WRITTEN = c.ReceiveContribution(
    contribution="w1", kind=ContributionKind.WRITTEN, words=2, size=9, digest="0" * 64, media="text/plain"
)


def script() -> Iterator[Line]:
    """Seconds after the line before, what is asked, by whom. Entries: ana e5, bob e6, cat e7, dan e8, eve e12."""
    yield 0, SCHEDULE.model_copy(update={"rehearsal": True}), SYSTEM
    yield 0, c.ChangeRoster(revision=1), SYSTEM
    yield 0, c.SetClock(real=DOORS, session=DOORS, rate=60), SYSTEM
    yield 1, c.OpenDoors(), MIA
    yield 1, c.RequestFloor(segment="one"), ANA
    yield 1, c.RequestFloor(segment="one"), BOB
    yield 1, c.RequestFloor(segment="one"), CAT
    yield 1, c.Inscribe(person="dan", segment="two"), SAM
    yield 1, c.ChooseAttribution(attribution=Attribution.NAMED), ANA
    yield (NOON - DOORS) / S, c.StartSession(), MIA
    yield 1, c.CloseList(), MIA
    yield 1, c.RequestFloor(segment="two"), speaker("eve")
    yield 1, c.Admit(entry="e12"), SAM
    yield 1, c.ReopenList(), MIA
    yield 1, c.Reorder(entry="e6", before="e5", order_rev=0), SAM
    yield 1, c.ApplyOrder(order=("e5", "e6", "e7", "e8", "e12"), order_rev=1), MIA
    yield 1, c.Ready(entry="e5"), ANA
    yield 1, c.NeedMoment(entry="e6"), BOB
    yield 1, c.Defer(entry="e6", status=WAITING), BOB
    yield 1, c.SetAllowance(person="ana", allowance=60 * S), SAM
    yield 1, c.Substitute(entry="e8", person="fay"), SAM
    yield 1, c.SwitchChathamHouse(segment="two", on=True), SAM
    yield 1, c.SwitchRecording(segment="two", on=False), SAM
    yield 1, c.ChangeLimit(limit=150 * S), MIA
    yield 1, c.StartSegment(segment="one", after="opening"), MIA
    yield 1, c.GiveFloor(entry="e5", after=None), MIA
    yield 1, c.SendMessage(to="ana", cue=Cue.SLOWER), MIA
    yield 1, c.Acknowledge(message="m27"), ANA
    yield 1, c.ExtendTurn(turn="t26", by=30 * S), MIA
    yield 1, c.PauseTurn(turn="t26", reason=PauseReason.SOUND), MIA
    yield 1, c.ResumeTurn(turn="t26"), MIA
    yield 1, c.PauseTurn(turn="t26", reason=PauseReason.CONNECTION), MIA
    yield 60, c.InterruptTurn(turn="t26"), MIA
    yield 1, c.GiveFloor(entry="e5", after="t26"), MIA
    yield 1, c.YieldFloor(turn="t34"), ANA
    yield 1, c.TagIntervention(entry="e5", tag="practice"), RAY
    yield 1, c.NoteIntervention(entry="e5", text="A fund."), RAY
    yield 1, c.QuoteIntervention(entry="e5", track="floor", first=1, last=2), RAY
    yield 1, c.CallSpeaker(entry="e6", status=WAITING), MIA
    yield 20, c.MarkAbsent(entry="e6", status=CALLED), MIA
    yield 1, c.CallSpeaker(entry="e6", status=ABSENT), MIA
    yield 20, c.MarkAbsent(entry="e6", status=CALLED), MIA
    yield 1, c.GiveFloor(entry="e7", after="t34"), MIA
    yield 170, c.Settle(), SYSTEM
    yield 1, c.Undo(version=44), MIA
    yield 1, c.EndTurn(turn="t43"), MIA
    yield 1, c.Withdraw(entry="e8", status=WAITING), SAM
    yield 1, c.WriteGist(entry="e5", after=None, text="A fund for tenants."), RAY
    yield 1, c.ConfirmQuote(annotation="a38"), RAY
    yield 1, c.RemoveAnnotation(annotation="a37"), RAY
    yield 1, c.AddTopic(text="Housing"), RAY
    yield 1, c.LogRemarks(person="mia", segment="opening", text="Welcomed all."), RAY
    yield 1, WRITTEN, ANA
    yield 1, c.WithdrawContribution(contribution="w1"), ANA
    yield 1, c.DecidePassage(track="floor", position=1, decision=PassageDecision.MASK), RAY
    yield 1, c.ListExport(format="docx", tier=Tier.PUBLISHABLE, digest="0" * 64, size=9, entries=50), RAY
    yield 1, c.ChangeFeeds(revision=1), SAM
    yield 1, c.HearFeed(feed="spare"), SAM
    yield 1, c.MuteFeed(feed="es"), SAM
    yield 1, c.ReconnectFeed(feed="es"), SAM
    yield 1, c.SetSpokenLanguage(language="es"), SAM
    yield 1, c.SuspendSession(), MIA
    yield 1, c.ResumeSession(), MIA
    yield 1, c.ExtendSession(ends_at=END, minutes=5), MIA
    yield 1, c.CloseSession(), MIA


@pytest.fixture(scope="module")
def rehearsal() -> Story:
    story = Story()
    for seconds, command, by in script():
        story.after(seconds).ask(command, by, text="x1" if getattr(command, "text", None) else None)
    return story


def test_every_command_is_accepted() -> None:
    assert {type(command) for _, command, _ in script()} == COMMANDS


def test_every_event_happens(rehearsal: Story) -> None:
    assert {type(event) for events, _, _ in rehearsal.decisions for event in events} == EVENTS


def test_the_rehearsal_comes_to_its_end(rehearsal: Story) -> None:
    session = rehearsal.session
    assert session.state is SessionState.CLOSED
    assert [entry.status.value for entry in session.entries.values()] == [
        "heard",
        "not_heard",
        "heard",
        "withdrawn",
        "not_heard",
    ]


def test_R1_every_event_comes_back_from_the_journal(rehearsal: Story) -> None:
    journal: list[bytes] = []
    decisions: list[Decision] = []
    for version, (events, at, by) in enumerate(rehearsal.decisions, 1):
        prev = hash_of(journal[-1]) if journal else FIRST
        decisions.append(Decision(version=version, at=at, written_at=at, by=by, prev=prev, events=tuple(events)))
        journal.append(decisions[-1].to_bytes())
    assert [Decision.from_bytes(data) for data in journal] == decisions
    assert replay("s", journal).session == rehearsal.session


def test_R8_no_event_holds_a_text_or_a_name(rehearsal: Story) -> None:
    told = " ".join(event.model_dump_json() for event in _events(rehearsal.decisions))
    assert "A fund" not in told
    assert "Ana" not in told
    assert Session(id="s") != rehearsal.session


def _events(decisions: Sequence[tuple[Sequence[e.Event], int, Actor]]) -> Iterator[e.Event]:
    return (event for events, _, _ in decisions for event in events)
