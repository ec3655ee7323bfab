"""What the HTTP API answers with, besides views."""

from __future__ import annotations

from isegoria.domain.values import Frozen, Role
from isegoria.edges.wire import WireCaption


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


class OlderCaptions(Frozen):
    """Oldest first; fewer than a page when it reaches the first."""

    track: str
    segments: tuple[WireCaption, ...]
