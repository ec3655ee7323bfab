"""What a record holds, in a shape that machines read too. Versioned: fields are only ever added to `isegoria-record/1`.

Instants are UTC milliseconds of the session's clock, durations milliseconds. Participants are named by their ids; who
was erased has an id and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from isegoria.domain.captions import GapReason, Origin, Track
from isegoria.domain.values import (
    Attribution,
    Constituency,
    ContributionKind,
    Delivery,
    Ending,
    Enforcement,
    EntryId,
    EntryKind,
    EntryStatus,
    Frozen,
    Instant,
    Millis,
    OrganisationId,
    PersonId,
    Region,
    Role,
    SegmentId,
    SegmentKind,
    SessionState,
    TurnId,
)


class Deadline(Frozen):
    """For written input; `source` says who circulated it (S3)."""

    at: Instant
    timezone: str
    source: str


class Modalities(Frozen):
    """The rules at the record's end; what changed before is in the announcements."""

    limit: Millis
    warnings: tuple[Millis, ...]
    grace: Millis
    enforcement: Enforcement
    one_per_organisation: bool


class AgendaPart(Frozen):
    """`began`: each time that it was started. `limit` where it has one of its own."""

    id: SegmentId
    title: str
    kind: SegmentKind
    planned: Millis
    limit: Millis | None
    recording: bool
    chatham_house: bool
    began: tuple[Instant, ...]


class SessionFacts(Frozen):
    """Times are instants; they are shown in `timezone`."""

    id: str
    title: str
    organisers: tuple[str, ...]
    languages: tuple[str, ...]
    rehearsal: bool
    state: SessionState
    timezone: str
    doors_at: Instant
    starts_at: Instant
    ends_at: Instant
    started_at: Instant | None
    closed_at: Instant | None
    modalities: Modalities
    default_attribution: Attribution
    segments: tuple[AgendaPart, ...]
    written_input: tuple[Deadline, ...]


class Counts(Frozen):
    """Q8: all but `requests` add up to it."""

    requests: int
    heard: int
    video: int
    not_heard: int
    withdrawn: int
    waiting: int
    late: int
    speaking: int


class Chain(Frozen):
    """The log that this record was made from: its length, and the hash by which it can be verified."""

    entries: int
    head: str


class OrganisationFacts(Frozen):
    id: OrganisationId
    name: str | None


class Participant(Frozen):
    """`attribution` is how this person may be cited (R3)."""

    id: PersonId
    name: str | None = None
    title: str = ""
    function: str = ""
    organisation: OrganisationFacts | None = None
    constituency: Constituency = Constituency.UNKNOWN
    city: str = ""
    country: str | None = None
    regions: tuple[Region, ...] = ()
    attribution: Attribution


class Line(Frozen):
    """A caption as it stands after corrections; `position` is that of its first revision on its track.

    A gap has no text: nothing was captioned from `spoken_at` to `ends_at`, for `gap` as the reason.
    """

    position: int
    language: str
    text: str
    spoken_at: Instant
    ends_at: Instant | None = None
    origin: Origin
    is_translation: bool = False
    corrected: bool = False
    gap: GapReason | None = None


class Note(Frozen):
    """`text` is None once it was erased."""

    id: str
    at: Instant
    by: PersonId | None
    text: str | None


class Quote(Frozen):
    """A passage of captions, from position `first` to `last`; `machine` unless all of it was typed by a human (R7)."""

    id: str
    at: Instant
    by: PersonId | None
    track: Track
    first: int
    last: int
    text: str
    machine: bool
    confirmed_by: PersonId | None = None
    """Who heard it in the recording, just as it stands."""


class InterventionPart(Frozen):
    """One turn. While it runs, `ended_at` and `ending` are None and the times are those of the log's last entry.

    `limit` is what was allotted at its start, `extended` what was added since (negative: taken away).
    """

    turn: TurnId
    number: int
    speaker: PersonId
    segment: SegmentId
    began_at: Instant
    ended_at: Instant | None
    limit: Millis
    used: Millis
    paused: Millis
    overtime: Millis
    extended: Millis
    ending: Ending | None


class Request(Frozen):
    """A request for the floor. `topic` is the segment that it is for, `substitute_for` who was registered (Q4)."""

    id: EntryId
    kind: EntryKind
    delivery: Delivery
    status: EntryStatus
    asked_at: Instant
    topic: SegmentId
    speaker: Participant
    substitute_for: Participant | None
    organisation: OrganisationFacts | None
    on_behalf_of: tuple[OrganisationFacts, ...]
    absences: int


class Intervention(Request):
    """What was delivered (R2): all turns of one request. Sums are over its parts.

    `speaker` is who spoke last: somebody who has the request now and has not spoken did not deliver it.
    """

    spoke: tuple[Participant, ...]
    """All who spoke, in the order in which they first did (Q4)."""
    parts: tuple[InterventionPart, ...]
    used: Millis
    paused: Millis
    overtime: Millis
    extended: Millis
    captions: Mapping[Track, tuple[Line, ...]]
    tags: tuple[str, ...]
    notes: tuple[Note, ...]
    quotes: tuple[Quote, ...]
    gist: Note | None = None
    """What was said, in the rapporteur's words; the newest."""


class Between(Frozen):
    """Captions that no turn holds, by the running segment (None: before the first): procedure."""

    segment: SegmentId | None
    captions: Mapping[Track, tuple[Line, ...]]


class Remarks(Frozen):
    """What somebody said who was not on the list, in the rapporteur's words; None once that was erased."""

    id: str
    speaker: Participant
    segment: SegmentId
    text: str | None
    at: Instant
    by: PersonId | None


class Contribution(Frozen):
    """A text that came in writing. `digest`: SHA-256 of what was handed in."""

    id: str
    author: Participant
    kind: ContributionKind
    entry: EntryId | None
    language: str | None
    words: int
    size: int
    digest: str
    media: str
    at: Instant
    text: str | None


class Announcement(Frozen):
    """What all were told. `segment` where it is about one, `to` the new value: an instant, a duration, on or off."""

    at: Instant
    what: str
    by: Role
    segment: SegmentId | None = None
    to: int | bool | None = None


class Record(Frozen):
    """A session as it went. This is the internal tier: it holds all, protected persons too, and is not for others."""

    format: Literal["isegoria-record/1"] = "isegoria-record/1"
    tier: Literal["internal"] = "internal"
    session: SessionFacts
    chain: Chain
    counts: Counts
    interventions: tuple[Intervention, ...]
    not_heard: tuple[Request, ...]
    withdrawn: tuple[Request, ...]
    waiting: tuple[Request, ...]
    waiting_list: tuple[Request, ...]
    between: tuple[Between, ...]
    announcements: tuple[Announcement, ...]
    topics: Mapping[str, str] = Field(default_factory=dict)
    """What interventions are tagged with, beside practice, challenge and request: tag -> its words."""
    remarks: tuple[Remarks, ...] = ()
    contributions: tuple[Contribution, ...] = ()
