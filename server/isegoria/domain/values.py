"""The words of the field as types: instants, durations, ids, and the closed lists that state and people share.

Instants are UTC milliseconds of the session's clock, durations milliseconds, unless a name says otherwise.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

Instant: TypeAlias = int
Millis: TypeAlias = int
PersonId: TypeAlias = str
OrganisationId: TypeAlias = str
TextId: TypeAlias = str
EntryId: TypeAlias = str
TurnId: TypeAlias = str
SegmentId: TypeAlias = str

SECOND: Millis = 1_000
MINUTE: Millis = 60_000


class Frozen(BaseModel):
    """What every command, event and fact is: immutable, and strict about fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    """What an actor may do; fixed by the link that they came with, never read from a payload."""

    MODERATOR = "moderator"
    SECRETARIAT = "secretariat"
    RAPPORTEUR = "rapporteur"
    SPEAKER = "speaker"
    ATTENDEE = "attendee"
    STAGE = "stage"
    SYSTEM = "system"
    """The server itself: alarms, imports, the command line."""


class SessionState(StrEnum):
    SCHEDULED = "scheduled"
    OPEN = "open"
    LIVE = "live"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Constituency(StrEnum):
    """The group that a participant speaks for; what is not declared is unknown, never inferred (Q3)."""

    LOCAL_GOVERNMENT = "local_government"
    REGIONAL_GOVERNMENT = "regional_government"
    ASSOCIATION = "association"
    CIVIL_SOCIETY = "civil_society"
    NHRI = "nhri"
    ACADEMIA = "academia"
    STATE = "state"
    UN = "un"
    OTHER = "other"
    UNKNOWN = "unknown"


class Region(StrEnum):
    """UCLG's sections, and the two that overlap with them."""

    AFRICA = "africa"
    ASIA_PACIFIC = "asia_pacific"
    EURASIA = "eurasia"
    EUROPE = "europe"
    LATIN_AMERICA = "latin_america"
    MIDDLE_EAST_WEST_ASIA = "middle_east_west_asia"
    NORTH_AMERICA = "north_america"
    METROPOLIS = "metropolis"
    REGIONS = "regions"


class Attribution(StrEnum):
    """How a person allows to be cited (R3)."""

    NAMED = "named"
    ORGANISATION = "organisation"
    CONSTITUENCY_REGION = "constituency_region"
    NOT_FOR_REPORT = "not_for_report"


class Enforcement(StrEnum):
    """What happens after the grace time (T4): the server closes the floor, or the moderator is asked."""

    CLOSE = "close"
    ASK = "ask"


class SegmentKind(StrEnum):
    """What an agenda part is. Requests belong to topics; the forecast plans the others around them."""

    OPENING = "opening"
    TOPIC = "topic"
    REACTIONS = "reactions"
    CLOSING = "closing"


class EntryKind(StrEnum):
    STATEMENT = "statement"
    POINT_OF_ORDER = "point_of_order"
    RIGHT_OF_REPLY = "right_of_reply"


class Delivery(StrEnum):
    LIVE = "live"
    VIDEO = "video"


class EntryStatus(StrEnum):
    """Where a request for the floor stands."""

    LATE = "late"
    """Asked after the list was closed: on the waiting list (Q2)."""
    WAITING = "waiting"
    CALLED = "called"
    """Called twice without an answer: 20 s until they may be marked absent (Q5)."""
    ABSENT = "absent"
    """Absent once, called again at the end of the segment (Q5)."""
    INTERRUPTED = "interrupted"
    """Lost in the middle of the turn, with time left (T9)."""
    SPEAKING = "speaking"
    HEARD = "heard"
    NOT_HEARD = "not_heard"
    WITHDRAWN = "withdrawn"


class Readiness(StrEnum):
    """What a speaker who is soon due has answered (Q9)."""

    SILENT = "silent"
    READY = "ready"
    MOMENT = "moment"


class PauseReason(StrEnum):
    SOUND = "sound"
    INTERPRETATION = "interpretation"
    DISORDER = "disorder"
    CONNECTION = "connection"
    OTHER = "other"
    SUSPENDED = "suspended"
    """The session was suspended; set by the server."""
    UNDO = "undo"
    """An undo brought the turn back after its deadline (T11); set by the server."""


class Ending(StrEnum):
    """How a turn ended."""

    YIELDED = "yielded"
    """By the speaker."""
    ENDED = "ended"
    """By the moderator."""
    CLOSED = "closed"
    """By the server, after the grace time."""
    INTERRUPTED = "interrupted"


class Cue(StrEnum):
    """What staff tells a speaker in one press."""

    SLOWER = "slower"
    CONCLUDE = "conclude"
    MICROPHONE = "microphone"
    CAMERA = "camera"
    CALLED = "called"


class AnnotationKind(StrEnum):
    TAG = "tag"
    NOTE = "note"
    QUOTE = "quote"
    GIST = "gist"
    """What an intervention said, in the rapporteur's words; the newest counts."""


class ContributionKind(StrEnum):
    STATEMENT = "statement"
    """The text of what was said, or was to be said."""
    WRITTEN = "written"
    """Written input of its own: not heard, in writing."""


class PassageDecision(StrEnum):
    """What the rapporteur decides about a caption that may name somebody who is protected (R10)."""

    LEAVE_OUT = "leave_out"
    MASK = "mask"
    RELEASE = "release"
    """It does not tell of them."""


class Tier(StrEnum):
    """Who an export is for."""

    INTERNAL = "internal"
    PUBLISHABLE = "publishable"
