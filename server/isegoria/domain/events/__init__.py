"""What happened. Fields are only ever added, with defaults, so that every journal can be read for ever.

An event holds ids, closed lists, numbers and instants; no name, no address, no free text (R8). It records what is
true, with the instant at which it became so, which may be earlier than the decision that wrote it down.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from isegoria.domain.events.captions import FeedsChanged, ReconnectAsked, SourceChosen, SpokenLanguageSet
from isegoria.domain.events.floor import (
    PlaceFacts,
    TurnBegan,
    TurnEnded,
    TurnExtended,
    TurnFacts,
    TurnPaused,
    TurnResumed,
    Undone,
)
from isegoria.domain.events.record import (
    AnnotationRemoved,
    ContributionReceived,
    ContributionWithdrawn,
    ExportListed,
    InterventionAnnotated,
    PassageDecided,
    QuoteConfirmed,
    RemarksLogged,
    TopicAdded,
)
from isegoria.domain.events.session import (
    ChathamHouseSwitched,
    ClockSet,
    DoorsOpened,
    LimitChanged,
    RecordingSwitched,
    RosterChanged,
    Scheduled,
    SegmentStarted,
    SessionClosed,
    SessionExtended,
    SessionResumed,
    SessionStarted,
    SessionSuspended,
)
from isegoria.domain.events.speakers import (
    AllowanceSet,
    FloorRequested,
    ListClosed,
    ListReopened,
    OrderChanged,
    ReadinessTold,
    RequestAdmitted,
    RequestDeferred,
    RequestWithdrawn,
    SpeakerAbsent,
    SpeakerCalled,
    SpeakerNotHeard,
    SpeakerSubstituted,
)
from isegoria.domain.events.words import AliasFacts, AttributionChosen, MessageAcknowledged, MessageSent

SessionEvent: TypeAlias = (
    Scheduled
    | ClockSet
    | RosterChanged
    | DoorsOpened
    | SessionStarted
    | SessionSuspended
    | SessionResumed
    | SessionExtended
    | SessionClosed
)
AgendaEvent: TypeAlias = SegmentStarted | LimitChanged | RecordingSwitched | ChathamHouseSwitched
ListEvent: TypeAlias = (
    FloorRequested | RequestAdmitted | RequestWithdrawn | RequestDeferred | OrderChanged | ListClosed | ListReopened
)
SpeakerEvent: TypeAlias = (
    ReadinessTold | SpeakerCalled | SpeakerAbsent | SpeakerNotHeard | SpeakerSubstituted | AllowanceSet
)
FloorEvent: TypeAlias = TurnBegan | TurnPaused | TurnResumed | TurnExtended | TurnEnded | Undone
WordsEvent: TypeAlias = MessageSent | MessageAcknowledged | AttributionChosen
RecordEvent: TypeAlias = (
    AnnotationRemoved
    | ContributionReceived
    | ContributionWithdrawn
    | ExportListed
    | InterventionAnnotated
    | PassageDecided
    | QuoteConfirmed
    | RemarksLogged
    | TopicAdded
)
CaptionsEvent: TypeAlias = FeedsChanged | SourceChosen | ReconnectAsked | SpokenLanguageSet
Event: TypeAlias = Annotated[
    SessionEvent | AgendaEvent | ListEvent | SpeakerEvent | FloorEvent | WordsEvent | RecordEvent | CaptionsEvent,
    Field(discriminator="type"),
]

__all__ = [
    "AgendaEvent",
    "AliasFacts",
    "AllowanceSet",
    "AnnotationRemoved",
    "AttributionChosen",
    "CaptionsEvent",
    "ChathamHouseSwitched",
    "ClockSet",
    "ContributionReceived",
    "ContributionWithdrawn",
    "DoorsOpened",
    "Event",
    "ExportListed",
    "FeedsChanged",
    "FloorEvent",
    "FloorRequested",
    "InterventionAnnotated",
    "LimitChanged",
    "ListClosed",
    "ListEvent",
    "ListReopened",
    "MessageAcknowledged",
    "MessageSent",
    "OrderChanged",
    "PassageDecided",
    "PlaceFacts",
    "QuoteConfirmed",
    "ReadinessTold",
    "ReconnectAsked",
    "RecordEvent",
    "RecordingSwitched",
    "RemarksLogged",
    "RequestAdmitted",
    "RequestDeferred",
    "RequestWithdrawn",
    "RosterChanged",
    "Scheduled",
    "SegmentStarted",
    "SessionClosed",
    "SessionEvent",
    "SessionExtended",
    "SessionResumed",
    "SessionStarted",
    "SessionSuspended",
    "SourceChosen",
    "SpeakerAbsent",
    "SpeakerCalled",
    "SpeakerEvent",
    "SpeakerNotHeard",
    "SpeakerSubstituted",
    "SpokenLanguageSet",
    "TopicAdded",
    "TurnBegan",
    "TurnEnded",
    "TurnExtended",
    "TurnFacts",
    "TurnPaused",
    "TurnResumed",
    "Undone",
    "WordsEvent",
]
