"""What happened to the record: the rapporteur's annotations, what came in writing, what was exported."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import (
    AnnotationKind,
    ContributionKind,
    EntryId,
    Frozen,
    Instant,
    PassageDecision,
    PersonId,
    SegmentId,
    TextId,
    Tier,
)


class InterventionAnnotated(Frozen):
    """A tag, note, gist or quote on an intervention (R2)."""

    type: Literal["intervention_annotated"] = "intervention_annotated"
    annotation: str
    entry: EntryId
    kind: AnnotationKind
    tag: str | None = None
    text: TextId | None = None
    track: str | None = None
    first: int | None = None
    last: int | None = None
    by: PersonId | None
    at: Instant


class QuoteConfirmed(Frozen):
    type: Literal["quote_confirmed"] = "quote_confirmed"
    annotation: str
    by: PersonId | None
    at: Instant


class AnnotationRemoved(Frozen):
    type: Literal["annotation_removed"] = "annotation_removed"
    annotation: str
    at: Instant


class TopicAdded(Frozen):
    type: Literal["topic_added"] = "topic_added"
    topic: str
    text: TextId
    at: Instant


class RemarksLogged(Frozen):
    type: Literal["remarks_logged"] = "remarks_logged"
    remarks: str
    person: PersonId
    segment: SegmentId
    text: TextId
    by: PersonId | None
    at: Instant


class ContributionReceived(Frozen):
    type: Literal["contribution_received"] = "contribution_received"
    contribution: str
    person: PersonId
    kind: ContributionKind
    entry: EntryId | None
    language: str | None
    words: int
    size: int
    digest: str
    media: str
    by: PersonId | None
    at: Instant


class ContributionWithdrawn(Frozen):
    type: Literal["contribution_withdrawn"] = "contribution_withdrawn"
    contribution: str
    at: Instant


class PassageDecided(Frozen):
    type: Literal["passage_decided"] = "passage_decided"
    track: str
    position: int
    decision: PassageDecision
    persons: tuple[PersonId, ...] = ()
    by: PersonId | None
    at: Instant


class ExportListed(Frozen):
    type: Literal["export_listed"] = "export_listed"
    export: str
    format: str
    tier: Tier
    track: str | None
    digest: str
    size: int
    entries: int
    by: PersonId | None
    at: Instant
