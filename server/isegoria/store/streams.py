"""Streams with ids that are our own numbers, `<number>-0`, and one field that holds an entry's bytes.

Ids made from the clock are wrong after the clock jumps; numbers without holes show what is missing.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from isegoria.store.engine import Engine

Entry: TypeAlias = tuple[int, bytes]
"""(number, bytes)."""

PAGE = 1_000
FIELD = "d"

LAST = """
local function last(key)
  local newest = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1]
  return newest and tonumber(string.match(newest[1], '^%d+')) or 0
end
"""
"""Lua: the number of a stream's newest entry, 0 if there is none."""

_APPEND = (
    LAST
    + """
if last(KEYS[1]) ~= tonumber(ARGV[1]) - 1 then return 0 end
redis.call('XADD', KEYS[1], ARGV[1] .. '-0', 'd', ARGV[2])
return 1
"""
)


async def append(engine: Engine, key: str, number: int, data: bytes) -> bool:
    """Appends entry `number` if the newest one is the one before it. Raises EngineAway: then it may be appended."""
    return bool(await engine.run(_APPEND, [key], number, data))


async def read(engine: Engine, key: str, after: int = 0, limit: int | None = None) -> list[Entry]:
    """The entries after a number, oldest first: all, or the first `limit`. Raises EngineAway."""
    found: list[Entry] = []
    while limit is None or len(found) < limit:
        count = PAGE if limit is None else min(PAGE, limit - len(found))
        page = entries_of(await engine.ask("XRANGE", key, f"{after + 1}-0", "+", "COUNT", count))
        found += page
        if len(page) < count:
            break
        after = page[-1][0]
    return found


async def read_back(engine: Engine, key: str, before: int | None, limit: int) -> list[Entry]:
    """The last `limit` entries before a number, or of all; oldest first. Raises EngineAway."""
    if before is not None and before <= 1:
        return []
    end = "+" if before is None else f"{before - 1}-0"
    return entries_of(await engine.ask("XREVRANGE", key, end, "-", "COUNT", limit))[::-1]


def entries_of(reply: Any) -> list[Entry]:
    """The engine's own form of entries, `[[id, [field, value]], ...]`."""
    return [(int(entry_id.split(b"-")[0]), fields[1]) for entry_id, fields in reply or ()]
