"""What may be asked for the record: the rapporteur's annotations, what comes in writing, what was exported."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from isegoria.domain.commands.words import Text
from isegoria.domain.values import ContributionKind, EntryId, Frozen, PassageDecision, PersonId, SegmentId, Tier

TrackName: TypeAlias = Annotated[str, Field(pattern="^[A-Za-z0-9-]{1,35}$")]
Digest: TypeAlias = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""SHA-256, in hexadecimal."""


class TagIntervention(Frozen):
    """R2. A tag is a word of a fixed list (topic or sort), not free text."""

    type: Literal["tag_intervention"] = "tag_intervention"
    entry: EntryId
    tag: Annotated[str, Field(pattern="^[a-z0-9_.-]{1,40}$")]


class NoteIntervention(Frozen):
    type: Literal["note_intervention"] = "note_intervention"
    entry: EntryId
    text: Text


class QuoteIntervention(Frozen):
    """A passage worth quoting, by the positions of its captions on one track."""

    type: Literal["quote_intervention"] = "quote_intervention"
    entry: EntryId
    track: TrackName
    first: Annotated[int, Field(ge=1)]
    last: Annotated[int, Field(ge=1)]


class WriteGist(Frozen):
    """What an intervention said, in the rapporteur's words. `after` is the gist that the asker saw; None: none yet."""

    type: Literal["write_gist"] = "write_gist"
    entry: EntryId
    after: str | None
    text: Text


class ConfirmQuote(Frozen):
    """R7: the asker heard it in the recording, just as it stands."""

    type: Literal["confirm_quote"] = "confirm_quote"
    annotation: str


class RemoveAnnotation(Frozen):
    """A tag, note, gist or quote was a mistake."""

    type: Literal["remove_annotation"] = "remove_annotation"
    annotation: str


class AddTopic(Frozen):
    """A topic to tag interventions with, beside those of the session file."""

    type: Literal["add_topic"] = "add_topic"
    text: Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S")]


class LogRemarks(Frozen):
    """What somebody said who was not on the list, in the rapporteur's words."""

    type: Literal["log_remarks"] = "log_remarks"
    person: PersonId
    segment: SegmentId
    text: Text


class ReceiveContribution(Frozen):
    """A text came in writing and lies in its store under `contribution`; by its author, or by the team for `person`."""

    type: Literal["receive_contribution"] = "receive_contribution"
    contribution: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]
    person: PersonId | None = None
    kind: ContributionKind
    entry: EntryId | None = None
    language: Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")] | None = None
    words: Annotated[int, Field(ge=0)]
    size: Annotated[int, Field(ge=1, le=2_097_152)]
    digest: Digest
    media: Annotated[str, Field(pattern="^[a-z]+/[a-z0-9.+-]{1,80}$")]


class WithdrawContribution(Frozen):
    type: Literal["withdraw_contribution"] = "withdraw_contribution"
    contribution: str


class DecidePassage(Frozen):
    """R10: a caption that may name somebody who is protected, by the position of the revision that was read.

    `persons`: whom it may tell, for all the one who decides could see. A release is for these alone.
    """

    type: Literal["decide_passage"] = "decide_passage"
    track: TrackName
    position: Annotated[int, Field(ge=1)]
    decision: PassageDecision
    persons: Annotated[tuple[PersonId, ...], Field(max_length=100)] = ()


class ListExport(Frozen):
    """R4: a file of the record is given out."""

    type: Literal["list_export"] = "list_export"
    format: Annotated[str, Field(pattern="^[a-z]{2,8}$")]
    tier: Tier
    track: TrackName | None = None
    digest: Digest
    size: Annotated[int, Field(ge=0)]
    entries: Annotated[int, Field(ge=0)]
