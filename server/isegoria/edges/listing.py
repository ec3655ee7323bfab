"""What is given out to the team is listed first: what left and is not listed could not be recalled (R4)."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from isegoria import logs
from isegoria.domain import commands as c
from isegoria.domain.captions import Track
from isegoria.domain.values import Tier
from isegoria.edges.auth import Entrance


class File(NamedTuple):
    """`digest`: its SHA-256. `entries`: of the log that it was made from."""

    body: bytes
    digest: str
    entries: int

    @classmethod
    def of(cls, body: bytes, entries: int) -> File:
        return cls(body, hashlib.sha256(body).hexdigest(), entries)


async def listed(entrance: Entrance, kind: str, tier: Tier, track: Track | None, file: File) -> None:
    """Raises Refused, EngineAway."""
    command = c.ListExport(
        format=kind, tier=tier, track=track, digest=file.digest, size=len(file.body), entries=file.entries
    )
    with logs.bound(entrance.venue.id, entrance.actor, command.type):
        await entrance.venue.hall.handle(command, entrance.actor)
