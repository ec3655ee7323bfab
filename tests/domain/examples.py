"""One of each command, and the session in each of its states."""

from __future__ import annotations

from typing import get_args

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.values import (
    Attribution,
    ContributionKind,
    EntryStatus,
    Frozen,
    PassageDecision,
    PauseReason,
    SessionState,
    Tier,
)
from tests.domain.story import DOORS, END, NOON, SCHEDULE, SYSTEM, S, Story, scheduled


def members(union: object) -> set[type[Frozen]]:
    """The classes of a union that stands in an Annotated."""
    return set(get_args(get_args(union)[0]))


COMMANDS = members(c.Command)
EVENTS = members(e.Event)

ENTRY = "e2"
"""Ana's, in each of the states below."""

EXAMPLES: list[c.Command] = [
    SCHEDULE,
    c.SetClock(real=NOON, session=NOON, rate=1),
    c.ChangeRoster(revision=2),
    c.OpenDoors(),
    c.StartSession(),
    c.SuspendSession(),
    c.ResumeSession(),
    c.ExtendSession(ends_at=END, minutes=10),
    c.CloseSession(),
    c.StartSegment(segment="one", after="opening"),
    c.ChangeLimit(limit=120 * S),
    c.SwitchRecording(segment="one", on=False),
    c.SwitchChathamHouse(segment="one", on=True),
    c.ChangeFeeds(revision=1),
    c.HearFeed(feed="spare"),
    c.MuteFeed(feed="cart"),
    c.ReconnectFeed(feed="cart"),
    c.SetSpokenLanguage(language="es"),
    c.Settle(),
    c.RequestFloor(segment="one"),
    c.Inscribe(person="bob", segment="one"),
    c.Withdraw(entry=ENTRY, status=EntryStatus.WAITING),
    c.Defer(entry=ENTRY, status=EntryStatus.WAITING),
    c.Ready(entry=ENTRY),
    c.NeedMoment(entry=ENTRY),
    c.CallSpeaker(entry=ENTRY, status=EntryStatus.WAITING),
    c.MarkAbsent(entry=ENTRY, status=EntryStatus.WAITING),
    c.Reorder(entry=ENTRY, before=None, order_rev=0),
    c.ApplyOrder(order=(ENTRY,), order_rev=0),
    c.Admit(entry=ENTRY),
    c.CloseList(),
    c.ReopenList(),
    c.Substitute(entry=ENTRY, person="fay"),
    c.SetAllowance(person="ana", allowance=60 * S),
    c.GiveFloor(entry=ENTRY, after=None),
    c.YieldFloor(turn="t4"),
    c.EndTurn(turn="t4"),
    c.PauseTurn(turn="t4", reason=PauseReason.SOUND),
    c.ResumeTurn(turn="t4"),
    c.ExtendTurn(turn="t4", by=30 * S),
    c.InterruptTurn(turn="t4"),
    c.Undo(version=1),
    c.SendMessage(to="ana", text="Two minutes, please."),
    c.Acknowledge(message="m3"),
    c.ChooseAttribution(attribution=Attribution.NAMED, person="ana"),
    c.TagIntervention(entry=ENTRY, tag="practice"),
    c.NoteIntervention(entry=ENTRY, text="A fund for tenants."),
    c.QuoteIntervention(entry=ENTRY, track="floor", first=3, last=4),
    c.WriteGist(entry=ENTRY, after=None, text="Budgets are voted on."),
    c.ConfirmQuote(annotation="a1"),
    c.RemoveAnnotation(annotation="a1"),
    c.AddTopic(text="Water"),
    c.LogRemarks(person="ana", segment="one", text="Welcomed all."),
    c.ReceiveContribution(
        contribution="w1",
        person="ana",
        kind=ContributionKind.WRITTEN,
        words=2,
        size=9,
        digest="0" * 64,
        media="text/plain",
    ),
    c.WithdrawContribution(contribution="w1"),
    c.DecidePassage(track="floor", position=1, decision=PassageDecision.MASK),
    c.ListExport(format="docx", tier=Tier.INTERNAL, digest="0" * 64, size=9, entries=1),
]


def session_in(state: SessionState) -> Story:
    """Ana waits for topic one; the session is as far as it was asked to be."""
    story = scheduled()
    story.request("ana")
    if state is SessionState.SCHEDULED:
        return story
    story.at(DOORS).ask(c.Settle(), SYSTEM)
    if state is SessionState.OPEN:
        return story
    story.at(NOON).ask(c.StartSession())
    if state is SessionState.SUSPENDED:
        story.ask(c.SuspendSession())
    if state is SessionState.CLOSED:
        story.ask(c.CloseSession())
    return story
