"""What rapporteurs note while people speak, what comes in writing, and what was exported. A part of the state.

Texts and files lie apart from the journal, under the ids that stand here (R8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from isegoria.domain.values import (
    AnnotationKind,
    ContributionKind,
    EntryId,
    Instant,
    PassageDecision,
    PersonId,
    SegmentId,
    TextId,
    Tier,
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A rapporteur's tag, note, gist or quote on an intervention (R2). A quote names caption positions of one track.

    `confirmed_by`: who heard a quote in the recording just as it stands (R7).
    """

    id: str
    entry: EntryId
    kind: AnnotationKind
    at: Instant
    by: PersonId | None
    tag: str | None = None
    text: TextId | None = None
    track: str | None = None
    first: int | None = None
    last: int | None = None
    confirmed_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Remarks:
    """What somebody said who was not on the list, such as opening remarks, in the rapporteur's words."""

    id: str
    person: PersonId
    segment: SegmentId
    text: TextId
    at: Instant
    by: PersonId | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """A text that came in writing, of a person: the statement of an intervention (`entry`), or one that was not heard.

    `size`, `digest` (SHA-256) and `media` are those of the file that it came as; of a text alone, of its UTF-8.
    """

    id: str
    person: PersonId
    kind: ContributionKind
    entry: EntryId | None
    language: str | None
    words: int
    size: int
    digest: str
    media: str
    at: Instant
    by: PersonId | None


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was given out, so that it can be recalled when somebody's attribution changes (R4).

    `entries`: how much of the log it was made from. `digest`: SHA-256 of its bytes.
    """

    id: str
    format: str
    tier: Tier
    track: str | None
    digest: str
    size: int
    entries: int
    at: Instant
    by: PersonId | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is to be done with a caption that may tell `persons`, who are protected (R10)."""

    decision: PassageDecision
    persons: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class Notebook:
    annotations: tuple[Annotation, ...] = ()
    topics: Mapping[str, TextId] = field(default_factory=dict)
    """Topics that were added during the session: tag -> its words. The file's are in `About`."""
    remarks: tuple[Remarks, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    passages: Mapping[tuple[str, int], Passage] = field(default_factory=dict)
    """By (track, position) of the revision of a caption that was read."""
    exports: tuple[Export, ...] = ()

    def gist_of(self, entry: EntryId) -> Annotation | None:
        """The newest: a gist replaces the one before it."""
        gists = (one for one in reversed(self.annotations) if one.entry == entry)
        return next((one for one in gists if one.kind is AnnotationKind.GIST), None)

    def annotation(self, annotation: str) -> Annotation | None:
        return next((one for one in self.annotations if one.id == annotation), None)
