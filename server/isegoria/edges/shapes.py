"""What the HTTP API answers with, besides views."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from isegoria.domain.values import Frozen, Role, Tier
from isegoria.edges.wire import WireCaption
from isegoria.report.holding import HeldLine

TEXT = "text/plain"
TAKEN = {
    TEXT: "txt",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
}
"""What may be handed in: media type -> the ending of its name."""


class RosterPerson(Frozen):
    """A person as the team's dialogs need them. `waiting`: has an open request."""

    id: str
    name: str
    organisation: str | None
    organisation_id: str | None
    city: str | None
    country: str | None
    topics: tuple[str, ...]
    wants_floor: bool | None
    waiting: bool
    roles: tuple[Role, ...]


class Amendment(Frozen):
    """The text that a caption should have instead of the one at `revision`; nothing retracts it."""

    revision: Annotated[int, Field(ge=1)]
    text: str


class WordlySession(Frozen):
    code: Annotated[str, Field(max_length=20)]
    passcode: Annotated[str, Field(max_length=100)] = ""
    connection_code: Annotated[str, Field(max_length=100)] = ""


class AmendedCaption(Frozen):
    """Where the correction, or retraction, stands."""

    track: str
    position: int


class Attending(Frozen):
    """The feeds that attend the Wordly session."""

    feeds: tuple[str, ...]


class ReceivedContribution(Frozen):
    """`version` is the journal's entry that tells of it."""

    contribution: str
    version: int


class ExportKind(Frozen):
    """`kind`: the ending of its name. `of_track`: a transcript, of one track of captions."""

    kind: str
    tiers: tuple[Tier, ...]
    of_track: bool


class PaperWords(Frozen):
    """None until they were counted."""

    publishable: int | None
    internal: int | None


class ExportsOffered(Frozen):
    """`words` is how long the working paper is, `limit` how long it may be."""

    kinds: tuple[ExportKind, ...]
    words: PaperWords
    limit: int


class HeldLines(Frozen):
    """In the order in which they were spoken."""

    lines: tuple[HeldLine, ...]


class OlderCaptions(Frozen):
    """Oldest first; fewer than a page when it reaches the first."""

    track: str
    segments: tuple[WireCaption, ...]
