"""What may be asked: messages, attribution, the rapporteur's annotations."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from isegoria.domain.values import Attribution, Cue, EntryId, Frozen, PersonId

Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=2_000)]


class SendMessage(Frozen):
    """A cue or a text to a speaker. The server keeps the text apart from the journal."""

    type: Literal["send_message"] = "send_message"
    to: PersonId
    cue: Cue | None = None
    text: Text | None = None


class Acknowledge(Frozen):
    type: Literal["acknowledge"] = "acknowledge"
    message: str


class ChooseAttribution(Frozen):
    """R3: one's own choice, or by the secretariat for `person`."""

    type: Literal["choose_attribution"] = "choose_attribution"
    attribution: Attribution
    person: PersonId | None = None


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
    track: Annotated[str, Field(pattern="^[A-Za-z0-9-]{1,35}$")]
    first: Annotated[int, Field(ge=1)]
    last: Annotated[int, Field(ge=1)]
