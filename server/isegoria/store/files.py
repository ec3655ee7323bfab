"""The files of a session: what people handed in, as it came. Apart from the journal, to be erased with them (R8)."""

from __future__ import annotations

from collections.abc import Iterable

from isegoria.domain.errors import Refused
from isegoria.store.engine import Engine

LARGEST = 2_097_152
"""Bytes of one file."""
CEILING = 100 * 1_048_576
"""Bytes of all files of a session."""

_PUT = """
local held = redis.call('HGET', KEYS[1], ARGV[1])
local size = tonumber(redis.call('GET', KEYS[2]) or 0) - (held and #held or 0) + #ARGV[2]
if size > tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('SET', KEYS[2], size)
return 1
"""
_REMOVE = """
for i = 1, #ARGV do
  local held = redis.call('HGET', KEYS[1], ARGV[i])
  if held then
    redis.call('HDEL', KEYS[1], ARGV[i])
    redis.call('DECRBY', KEYS[2], #held)
  end
end
"""


class Files:
    def __init__(self, engine: Engine, ceiling: int = CEILING) -> None:
        self._engine, self._ceiling = engine, ceiling

    async def put(self, session: str, name: str, data: bytes) -> None:
        """Keeps a file, or keeps it again. Raises EngineAway, Refused: "too_large", or "full" above the ceiling."""
        if len(data) > LARGEST:
            raise Refused("too_large", f"A file may have {LARGEST} bytes.", limit=LARGEST)
        if not await self._engine.run(_PUT, files_keys(session), name, data, self._ceiling):
            raise Refused("full", "This session's files are full; withdraw one first.", limit=self._ceiling)

    async def get(self, session: str, name: str) -> bytes | None:
        """None if there is no such file, or no more. Raises EngineAway."""
        data: bytes | None = await self._engine.ask("HGET", files_keys(session)[0], name)
        return data

    async def remove(self, session: str, names: Iterable[str]) -> None:
        """Of those that are there. Raises EngineAway; doing it again is harmless.

        The append-only file holds them until it is rewritten.
        """
        await self._engine.run(_REMOVE, files_keys(session), *names)

    async def size(self, session: str) -> int:
        """Bytes of all files of a session. Raises EngineAway."""
        return int(await self._engine.ask("GET", files_keys(session)[1]) or 0)


def files_keys(session: str) -> list[str]:
    return [f"isegoria:{session}:files", f"isegoria:{session}:files-bytes"]
