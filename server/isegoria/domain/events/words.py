"""What happened: messages and attribution."""

from __future__ import annotations

from typing import Literal

from isegoria.domain.values import (
    Attribution,
    Constituency,
    Cue,
    Frozen,
    Instant,
    PersonId,
    Region,
    TextId,
)


class AliasFacts(Frozen):
    """What is told of a person who is protected (R5)."""

    person: PersonId
    constituency: Constituency
    region: Region | None


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
    at: Instant | None = None
    alias: AliasFacts | None = None
    """Fixed with the choice, if the doors are open already (R10)."""
