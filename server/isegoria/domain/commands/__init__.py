"""What may be asked. A command names the thing that its asker saw, so that a stale one can be refused (Q7).

Undo (T11) takes back: give, yield, end, pause, resume, extend, interrupt; the server's closing of a turn or of the
list; call, mark absent, defer, reorder, apply an order, admit, close and reopen the list.
No obstacle to it, and not undone: request, inscribe, withdraw, ready, substitute, allowance, limits, segments,
messages, annotations, attribution, recording, captions, extending the session.
No way back behind these: suspend, close the session.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, TypeAdapter

from isegoria.domain.commands.captions import ChangeFeeds, HearFeed, MuteFeed, ReconnectFeed, SetSpokenLanguage
from isegoria.domain.commands.floor import (
    AskedPause,
    EndTurn,
    ExtendTurn,
    GiveFloor,
    InterruptTurn,
    PauseTurn,
    ResumeTurn,
    Undo,
    YieldFloor,
)
from isegoria.domain.commands.record import (
    AddTopic,
    ConfirmQuote,
    DecidePassage,
    ListExport,
    LogRemarks,
    NoteIntervention,
    QuoteIntervention,
    ReceiveContribution,
    RemoveAnnotation,
    TagIntervention,
    WithdrawContribution,
    WriteGist,
)
from isegoria.domain.commands.session import (
    ChangeLimit,
    ChangeRoster,
    CloseSession,
    ExtendSession,
    Limit,
    OpenDoors,
    PlannedModalities,
    PlannedSegment,
    ResumeSession,
    Schedule,
    SetClock,
    Settle,
    StartSegment,
    StartSession,
    SuspendSession,
    SwitchChathamHouse,
    SwitchRecording,
)
from isegoria.domain.commands.speakers import (
    Admit,
    ApplyOrder,
    CallSpeaker,
    CloseList,
    Defer,
    Inscribe,
    MarkAbsent,
    NeedMoment,
    Ready,
    ReopenList,
    Reorder,
    RequestFloor,
    SetAllowance,
    Substitute,
    Withdraw,
)
from isegoria.domain.commands.words import (
    Acknowledge,
    ChooseAttribution,
    SendMessage,
    Text,
)

SessionCommand: TypeAlias = (
    Schedule
    | SetClock
    | ChangeRoster
    | OpenDoors
    | StartSession
    | SuspendSession
    | ResumeSession
    | ExtendSession
    | CloseSession
)
AgendaCommand: TypeAlias = StartSegment | ChangeLimit | SwitchRecording | SwitchChathamHouse
ListCommand: TypeAlias = (
    RequestFloor | Inscribe | Withdraw | Defer | Reorder | ApplyOrder | Admit | CloseList | ReopenList
)
SpeakerCommand: TypeAlias = Ready | NeedMoment | CallSpeaker | MarkAbsent | Substitute | SetAllowance
FloorCommand: TypeAlias = GiveFloor | YieldFloor | EndTurn | PauseTurn | ResumeTurn | ExtendTurn | InterruptTurn
WordsCommand: TypeAlias = SendMessage | Acknowledge | ChooseAttribution
NotesCommand: TypeAlias = (
    TagIntervention
    | NoteIntervention
    | QuoteIntervention
    | WriteGist
    | ConfirmQuote
    | RemoveAnnotation
    | AddTopic
    | LogRemarks
)
RecordCommand: TypeAlias = ReceiveContribution | WithdrawContribution | DecidePassage | ListExport
CaptionsCommand: TypeAlias = ChangeFeeds | HearFeed | MuteFeed | ReconnectFeed | SetSpokenLanguage
Command: TypeAlias = Annotated[
    SessionCommand
    | AgendaCommand
    | ListCommand
    | SpeakerCommand
    | FloorCommand
    | WordsCommand
    | NotesCommand
    | RecordCommand
    | CaptionsCommand
    | Settle
    | Undo,
    Field(discriminator="type"),
]
COMMAND: TypeAdapter[Command] = TypeAdapter(Command)

__all__ = [
    "COMMAND",
    "Acknowledge",
    "AddTopic",
    "Admit",
    "AgendaCommand",
    "ApplyOrder",
    "AskedPause",
    "CallSpeaker",
    "CaptionsCommand",
    "ChangeFeeds",
    "ChangeLimit",
    "ChangeRoster",
    "ChooseAttribution",
    "CloseList",
    "CloseSession",
    "Command",
    "ConfirmQuote",
    "DecidePassage",
    "Defer",
    "EndTurn",
    "ExtendSession",
    "ExtendTurn",
    "FloorCommand",
    "GiveFloor",
    "HearFeed",
    "Inscribe",
    "InterruptTurn",
    "Limit",
    "ListCommand",
    "ListExport",
    "LogRemarks",
    "MarkAbsent",
    "MuteFeed",
    "NeedMoment",
    "NoteIntervention",
    "NotesCommand",
    "OpenDoors",
    "PauseTurn",
    "PlannedModalities",
    "PlannedSegment",
    "QuoteIntervention",
    "Ready",
    "ReceiveContribution",
    "ReconnectFeed",
    "RecordCommand",
    "RemoveAnnotation",
    "ReopenList",
    "Reorder",
    "RequestFloor",
    "ResumeSession",
    "ResumeTurn",
    "Schedule",
    "SendMessage",
    "SessionCommand",
    "SetAllowance",
    "SetClock",
    "SetSpokenLanguage",
    "Settle",
    "SpeakerCommand",
    "StartSegment",
    "StartSession",
    "Substitute",
    "SuspendSession",
    "SwitchChathamHouse",
    "SwitchRecording",
    "TagIntervention",
    "Text",
    "Undo",
    "Withdraw",
    "WithdrawContribution",
    "WordsCommand",
    "WriteGist",
    "YieldFloor",
]
