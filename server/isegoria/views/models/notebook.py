"""What the team sees of the record while it is written. Names are told as the team knows them."""

from __future__ import annotations

from isegoria.domain.values import ContributionKind, Frozen, Instant, PassageDecision, Tier


class TagView(Frozen):
    annotation: str
    tag: str
    """"practice", "challenge", "request", or a topic."""


class WordsView(Frozen):
    """A gist or a note. `text` is None until it was read, or once it was erased."""

    annotation: str
    text: str | None
    by: str | None
    at: Instant


class QuoteView(Frozen):
    """A passage of captions, by its positions on a track. Machine text is no quotation until it is confirmed (R7)."""

    annotation: str
    track: str
    first: int
    last: int
    by: str | None
    at: Instant
    confirmed_by: str | None


class NotesView(Frozen):
    """What was noted on one intervention."""

    entry: str
    tags: tuple[TagView, ...]
    gist: WordsView | None
    notes: tuple[WordsView, ...]
    quotes: tuple[QuoteView, ...]


class TopicView(Frozen):
    tag: str
    text: str


class RemarksView(Frozen):
    id: str
    person: str
    name: str
    segment: str
    text: str | None
    by: str | None
    at: Instant


class ContributionView(Frozen):
    """`size` in bytes; `entry`: whose statement it is. The text and the file come over HTTP."""

    id: str
    person: str
    name: str
    kind: ContributionKind
    entry: str | None
    language: str | None
    words: int
    size: int
    media: str
    at: Instant


class PassageView(Frozen):
    """What was decided about a caption that may name somebody who is protected (R10). Its text comes over HTTP."""

    track: str
    position: int
    decision: PassageDecision


class ExportView(Frozen):
    """`recall`: somebody's attribution has changed since it was given out (R4)."""

    id: str
    format: str
    tier: Tier
    track: str | None
    digest: str
    size: int
    at: Instant
    by: str | None
    recall: bool
    changed: tuple[str, ...]
    """Who chose otherwise since, by name: why it is to be called back."""


class NotebookView(Frozen):
    notes: tuple[NotesView, ...]
    """Of the interventions that have any, in the order of asking."""
    topics: tuple[TopicView, ...]
    """To tag interventions with: those of the session file, then those that were added."""
    remarks: tuple[RemarksView, ...]
    contributions: tuple[ContributionView, ...]
    passages: tuple[PassageView, ...]
    exports: tuple[ExportView, ...]
