"""The shapes of the views. The client's types are generated from these.

Instants are UTC milliseconds of the session's clock, durations milliseconds. Public shapes carry no limit, so that an
allowance stays private (T7), and no name that a person protects (R9).
"""

from __future__ import annotations

from isegoria.views.models.personal import (
    OrganisationChoice,
    OwnContribution,
    OwnEntry,
    OwnMessage,
    OwnTurn,
    PersonalView,
)
from isegoria.views.models.shared import (
    ClockView,
    FloorView,
    Label,
    Me,
    ModalitiesView,
    NextView,
    PublicView,
    SegmentView,
    SharedView,
    TrackView,
    TurnView,
    WrittenInputView,
)
from isegoria.views.models.status import EngineView, FeedView, MakingView, PresenceView, StatusView
from isegoria.views.models.team import (
    BalanceItem,
    Counts,
    ForecastOption,
    ForecastView,
    Happening,
    SentMessage,
    SpokenTurn,
    SuggestionItem,
    TeamEntry,
    TeamTurn,
    TeamView,
    UndoView,
)

__all__ = [
    "BalanceItem",
    "ClockView",
    "Counts",
    "EngineView",
    "FeedView",
    "FloorView",
    "ForecastOption",
    "ForecastView",
    "Happening",
    "Label",
    "MakingView",
    "Me",
    "ModalitiesView",
    "NextView",
    "OrganisationChoice",
    "OwnContribution",
    "OwnEntry",
    "OwnMessage",
    "OwnTurn",
    "PersonalView",
    "PresenceView",
    "PublicView",
    "SegmentView",
    "SentMessage",
    "SharedView",
    "SpokenTurn",
    "StatusView",
    "SuggestionItem",
    "TeamEntry",
    "TeamTurn",
    "TeamView",
    "TrackView",
    "TurnView",
    "UndoView",
    "WrittenInputView",
]
