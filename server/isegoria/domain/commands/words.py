"""What may be asked: messages and attribution."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from isegoria.domain.values import Attribution, Cue, Frozen, PersonId

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
