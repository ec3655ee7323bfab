"""Who asks, and one table of what each role may ask."""

from __future__ import annotations

from typing import TypeAlias

from isegoria.domain import commands as c
from isegoria.domain.values import Frozen, PersonId, Role


class Actor(Frozen):
    """Who asks: a role and, for all but the system and shared links, a person."""

    role: Role
    person: PersonId | None = None


Commands: TypeAlias = frozenset[type[Frozen]]

_FLOOR: Commands = frozenset(
    [
        *(c.GiveFloor, c.EndTurn, c.PauseTurn, c.ResumeTurn),
        *(c.ExtendTurn, c.InterruptTurn, c.CallSpeaker, c.MarkAbsent),
    ]
)
_LIST: Commands = frozenset(
    [
        *(c.Inscribe, c.Withdraw, c.Defer, c.Ready, c.Substitute, c.SetAllowance, c.ChooseAttribution),
        *(c.Reorder, c.ApplyOrder, c.Admit, c.CloseList, c.ReopenList, c.SendMessage),
    ]
)
_SESSION: Commands = frozenset(
    [
        *(c.OpenDoors, c.StartSession, c.SuspendSession, c.ResumeSession, c.ExtendSession, c.CloseSession),
        *(c.StartSegment, c.ChangeLimit, c.SwitchRecording, c.SwitchChathamHouse, c.SetClock),
    ]
)
_CAPTIONS: Commands = frozenset([c.ChangeFeeds, c.HearFeed, c.MuteFeed, c.ReconnectFeed, c.SetSpokenLanguage])
_RECORD: Commands = frozenset(
    [
        *(c.TagIntervention, c.NoteIntervention, c.QuoteIntervention, c.WriteGist, c.ConfirmQuote),
        *(c.RemoveAnnotation, c.AddTopic, c.LogRemarks, c.DecidePassage),
    ]
)
_WRITING: Commands = frozenset([c.ReceiveContribution, c.WithdrawContribution])
_EXPORTS: Commands = frozenset([c.ListExport])
_SYSTEM: Commands = frozenset(
    [
        *(c.Schedule, c.ChangeRoster, c.Settle, c.SetClock, c.Inscribe, c.ChooseAttribution),
        *(c.ExtendSession, c.CloseSession, c.ChangeFeeds, c.ListExport),
    ]
)
_SPEAKER: Commands = frozenset(
    [
        *(c.RequestFloor, c.Withdraw, c.Defer, c.Ready, c.NeedMoment, c.YieldFloor),
        *(c.Acknowledge, c.ChooseAttribution),
        *_WRITING,
    ]
)
_STAFF: Commands = _FLOOR | _LIST | _SESSION | _CAPTIONS | _WRITING | _EXPORTS | frozenset({c.Undo})

ALLOWED: dict[Role, Commands] = {
    Role.MODERATOR: _STAFF,
    Role.SECRETARIAT: _STAFF,
    Role.RAPPORTEUR: _RECORD | _WRITING | _EXPORTS,
    Role.SPEAKER: _SPEAKER,
    Role.ATTENDEE: frozenset(),
    Role.STAGE: frozenset(),
    Role.SYSTEM: _SYSTEM,
}
"""Speakers may ask these for themselves only; `decide` sees to that."""

STAFF = frozenset({Role.MODERATOR, Role.SECRETARIAT, Role.RAPPORTEUR})
"""Those who see the team's view."""


def may(actor: Actor, command: c.Command) -> bool:
    return type(command) in ALLOWED[actor.role]
