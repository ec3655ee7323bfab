"""A session's journal: one stream, one entry a decision, and a script that compares the version and appends.

What a decision's bytes mean is the domain's matter (`domain/history.py`).
"""

from __future__ import annotations

from isegoria.domain.errors import Refused
from isegoria.store.engine import Engine
from isegoria.store.streams import Entry, append, read

CEILING = 20_000
"""Entries a session: far more than two hours bring, far less than what would slow a replay."""


def journal_key(session: str) -> str:
    return f"isegoria:{session}:journal"


class Journal:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def append(self, session: str, version: int, data: bytes) -> bool:
        """Appends the decision that makes `version`. False if another was first: read on, and decide again.

        Raises EngineAway when the outcome is unknown, Refused("full") above the ceiling.
        """
        if version > CEILING:
            raise Refused("full", f"This session's log has reached its {CEILING} entries.", limit=CEILING)
        return await append(self._engine, journal_key(session), version, data)

    async def read(self, session: str, after: int = 0) -> list[Entry]:
        """The decisions after a version as (version, bytes), oldest first. Raises EngineAway."""
        return await read(self._engine, journal_key(session), after)

    async def entry_at(self, session: str, version: int) -> bytes | None:
        """One decision's bytes; None if the journal does not reach that far. Raises EngineAway."""
        found = await read(self._engine, journal_key(session), version - 1, limit=1)
        return found[0][1] if found and found[0][0] == version else None

    async def epoch(self, session: str) -> str:
        """Which life of the journal this is: another one begins when the engine lost its tail. Raises EngineAway."""
        return (await self._engine.ask("GET", epoch_key(session)) or b"0").decode()

    async def begin_epoch(self, session: str) -> None:
        """The engine no longer has what was read: all that readers hold is void. Raises EngineAway."""
        await self._engine.ask("INCR", epoch_key(session))


def epoch_key(session: str) -> str:
    return f"isegoria:{session}:epoch"
