"""Who pulls a feed now. A lease only saves pulling twice; the fence is the feed's revision (`transcript.py`)."""

from __future__ import annotations

from isegoria.store.engine import Engine

LEASE_MS = 6_000
"""Renewed every 2 s."""

_TAKE = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"


class Leases:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def lease(self, session: str, feed: str, holder: str, ttl_ms: int = LEASE_MS) -> bool:
        """Takes or renews the lease. Whether `holder` has it now, for `ttl_ms` of real time. Raises EngineAway."""
        return bool(await self._engine.run(_TAKE, [lease_key(session, feed)], holder, ttl_ms))

    async def release(self, session: str, feed: str, holder: str) -> None:
        """Gives the lease back, if `holder` has it. Raises EngineAway."""
        await self._engine.run(_RELEASE, [lease_key(session, feed)], holder)


def lease_key(session: str, feed: str) -> str:
    return f"isegoria:{session}:lease:{feed}"
