"""What a record tells in a tier: to the team everything, in public each person as they allow (R3 to R7, R9).

Instants are UTC milliseconds of the session's clock, durations milliseconds. No id of a person or of a request stands
here: interventions have numbers of their own, given after they were put in an order that tells no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from isegoria.domain.values import (
    Constituency,
    ContributionKind,
    Delivery,
    EntryKind,
    Frozen,
    Instant,
    Millis,
    Region,
    SegmentId,
    Tier,
)
from isegoria.report.model import Chain, Counts, SessionFacts

Mark: TypeAlias = Literal["protected", "not_for_report", "chatham_house"]


class Citation(Frozen):
    """Who is cited. `as_`: "in_full" has all; "without_name" no name; "alias" constituency and region only; "nobody"
    nothing at all: a participant.
    """

    as_: Literal["in_full", "without_name", "alias", "nobody"]
    name: str | None = None
    organisation: str | None = None
    city: str | None = None
    country: str | None = None
    constituency: Constituency | None = None
    region: Region | None = None
    on_behalf_of: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    """Internal tier only: what others may not know."""


class CitedQuote(Frozen):
    """A quotation: its words were heard in the recording, or typed by a human, and its speaker allows it (R7)."""

    text: str
    language: str


class CitedIntervention(Frozen):
    """Of who is an alias or nobody, `began_at` and `used` are None, and there are no quotes."""

    number: int
    cited: Citation
    topic: SegmentId
    segment: SegmentId
    kind: EntryKind
    delivery: Delivery
    began_at: Instant | None
    used: Millis | None
    tags: tuple[str, ...]
    gist: str | None
    quotes: tuple[CitedQuote, ...]


class CitedRemarks(Frozen):
    cited: Citation
    segment: SegmentId
    text: str


class CitedContribution(Frozen):
    """`heard`: it is the text of an intervention that was; a statement whose speaker was not heard is in writing."""

    cited: Citation
    kind: ContributionKind
    heard: bool
    language: str | None
    words: int
    text: str | None


class CitedTrack(Frozen):
    """The captions of a track, all together: how they came, and what of them is missing."""

    track: str
    language: str
    is_translation: bool
    lines: int
    by_machine: int
    corrected: int
    gaps: int
    missing: Millis


class Account(Frozen):
    """`heard` of `counts` holds those too who are counted and nothing else."""

    format: Literal["isegoria-account/1"] = "isegoria-account/1"
    tier: Tier
    session: SessionFacts
    chain: Chain
    counts: Counts
    topics: Mapping[str, str]
    interventions: tuple[CitedIntervention, ...]
    not_heard: tuple[Citation, ...]
    remarks: tuple[CitedRemarks, ...]
    contributions: tuple[CitedContribution, ...]
    tracks: tuple[CitedTrack, ...]
