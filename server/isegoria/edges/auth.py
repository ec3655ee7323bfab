"""A personal link's token becomes an actor, once, at the door. Nothing that comes later in a payload changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from isegoria.domain.errors import Refused
from isegoria.domain.roles import Actor
from isegoria.edges.together import Together
from isegoria.live.house import House
from isegoria.live.venue import Venue
from isegoria.store.errors import EngineAway
from isegoria.store.links import Links

UNKNOWN = "this link is not valid any more; ask the organisers for a new one"
APART_S = 0.01
"""Between two questions for the same link, while many come by it."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who came in, and where. `link` is the hash of their token, which names the link in logs."""

    actor: Actor
    venue: Venue
    link: str


class Known(NamedTuple):
    """Whose link it is, once for all who come by it together: who is the same is found without being compared."""

    actor: Actor
    hash: str


class Door:
    def __init__(self, house: House, links: Links) -> None:
        self._house = house
        self._links = links
        # A town hall comes by one link, in one minute.
        self._known = Together[tuple[str, str], Known | None](self._resolve, APART_S)

    async def _resolve(self, asked: tuple[str, str]) -> Known | None:
        link = await self._links.resolve(*asked)
        return Known(Actor(role=link.role, person=link.person), link.hash) if link else None

    async def admit(self, session: str, token: str) -> Entrance:
        """Raises Refused: the same for an unknown session as for an unknown token, so that nothing can be probed."""
        try:
            known = await self._known((session, token))
            venue = await self._house.venue(session) if known else None
        except EngineAway:
            raise Refused("engine_away", "the store does not answer just now; try again in a moment") from None
        if known is None or venue is None:
            raise Refused("unauthorised", UNKNOWN)
        return Entrance(known.actor, venue, known.hash)

    def venue(self, venue: Venue) -> Venue:
        """The venue that stands now where this one stood."""
        return self._house.here(venue.id) or venue
