"""What is given out to the team is listed first: what left and is not listed could not be recalled (R4)."""

from __future__ import annotations

import hashlib

from isegoria import logs
from isegoria.domain import commands as c
from isegoria.domain.captions import Track
from isegoria.domain.values import Tier
from isegoria.edges.auth import Entrance


async def listed(entrance: Entrance, kind: str, tier: Tier, track: Track | None, body: bytes, entries: int) -> None:
    """`entries`: of the log that the file was made from. Raises Refused, EngineAway."""
    command = c.ListExport(
        format=kind, tier=tier, track=track, digest=hashlib.sha256(body).hexdigest(), size=len(body), entries=entries
    )
    with logs.bound(entrance.venue.id, entrance.actor, command.type):
        await entrance.venue.hall.handle(command, entrance.actor)
