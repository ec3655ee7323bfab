"""Files that are being made for a session's team on this replica: facts of this moment, no state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from isegoria.domain.values import Frozen, Instant, PersonId, Tier


class MakingPart(Frozen):
    """What one replica knows of one file."""

    id: str
    person: PersonId | None
    kind: str
    tier: Tier
    track: str | None
    since: Instant
    began: Instant | None
    ahead: int


@dataclass(eq=False, slots=True)
class Making:
    """`id` is that of who asked; `since`, `began`: real time; `began` None: others are before it, `ahead` of them."""

    id: str
    person: PersonId | None
    kind: str
    tier: Tier
    track: str | None
    since: Instant
    ahead: Callable[[], int]
    began: Instant | None = None

    def part(self) -> MakingPart:
        return MakingPart(
            id=self.id,
            person=self.person,
            kind=self.kind,
            tier=self.tier,
            track=self.track,
            since=self.since,
            began=self.began,
            ahead=self.ahead(),
        )
