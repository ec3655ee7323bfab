"""What each replica knows of who is connected, kept for 6 s. No state: it is refreshed, and forgotten by itself."""

from __future__ import annotations

from isegoria.store.engine import Engine

ALIVE_MS = 6_000
"""Refreshed every 2 s or sooner."""

_NOW = "local time = redis.call('TIME'); local now = time[1] * 1000 + math.floor(time[2] / 1000)\n"
_PUT = (
    _NOW
    + """
local parts = redis.call('HGETALL', KEYS[1])
for i = 1, #parts, 2 do
  if tonumber(string.match(parts[i + 1], '^%d+')) <= now then redis.call('HDEL', KEYS[1], parts[i]) end
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%d ', now + ARGV[3]) .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
"""
)
_READ = (
    _NOW
    + """
local parts, alive = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #parts, 2 do
  local till, part = string.match(parts[i + 1], '^(%d+) (.*)$')
  if tonumber(till) > now then alive[#alive + 1] = parts[i]; alive[#alive + 1] = part end
end
return alive
"""
)


class Presence:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def put(self, session: str, replica: str, part: bytes, alive_ms: int = ALIVE_MS) -> None:
        """Replaces what a replica knows, for `alive_ms` of real time. Raises EngineAway."""
        await self._engine.run(_PUT, [presence_key(session)], replica, part, alive_ms)

    async def read_all(self, session: str) -> dict[str, bytes]:
        """Replica -> what it knows, of those that refreshed it in time. Raises EngineAway."""
        flat = await self._engine.run(_READ, [presence_key(session)])
        return {replica.decode(): part for replica, part in zip(flat[::2], flat[1::2], strict=True)}


def presence_key(session: str) -> str:
    return f"isegoria:{session}:presence"
