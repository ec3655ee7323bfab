"""What happened: messages, attribution, the rapporteur's annotations."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import AnnotationKind, Attribution, Cue, EntryId, Frozen, Instant, PersonId, TextId


class MessageSent(Frozen):
    type: Literal["message_sent"] = "message_sent"
    message: str
    to: PersonId
    cue: Cue | None
    text: TextId | None
    by: PersonId | None
    at: Instant


class MessageAcknowledged(Frozen):
    type: Literal["message_acknowledged"] = "message_acknowledged"
    message: str
    at: Instant


class AttributionChosen(Frozen):
    type: Literal["attribution_chosen"] = "attribution_chosen"
    person: PersonId
    attribution: Attribution


class InterventionAnnotated(Frozen):
    """A tag, note or quote on an intervention (R2)."""

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
