"""Captions that are kept: one stream a track, numbered without holes, and what each feed must remember.

Final segments of a feed come in through one script that refuses unless the feed's revision is the expected one, then
appends them and stores the feed's new state. So any replica takes any post, and a crash duplicates nothing.
A segment's position is its entry's number; the stored bytes are the segment without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from isegoria.domain.captions import CaptionSegment, Track
from isegoria.domain.errors import Refused
from isegoria.store.engine import REWRITE_DUE, Engine, Word
from isegoria.store.streams import LAST, Entry, read, read_back

CEILING_BYTES = 50 * 1_048_576
"""Of captions a session, all tracks together."""

_APPEND = (
    LAST
    + """
local function add(first)
  local size = tonumber(redis.call('GET', KEYS[1]) or 0)
  for i = first, #ARGV, 2 do size = size + #ARGV[i + 1] end
  if size > tonumber(ARGV[1]) then return 'full' end
  local positions = {}
  for i = first, #ARGV, 2 do
    local key = KEYS[tonumber(ARGV[i])]
    local position = last(key) + 1
    redis.call('XADD', key, position .. '-0', 'd', ARGV[i + 1])
    redis.call('SADD', KEYS[2], key)
    positions[#positions + 1] = position
  end
  if #positions > 0 then redis.call('SET', KEYS[1], size) end
  return positions
end
"""
)
_ADD = _APPEND + "return add(2)"
_ACCEPT = (
    _APPEND
    + """
local feed = KEYS[#KEYS]
if tonumber(redis.call('HGET', feed, 'revision') or 0) ~= tonumber(ARGV[2]) then return false end
local positions = add(4)
if positions ~= 'full' then redis.call('HSET', feed, 'revision', ARGV[2] + 1, 'state', ARGV[3]) end
return positions
"""
)

_REWORD = """
local due, grown, done = {}, 0, 0
for i = 1, #ARGV, 3 do due[ARGV[i]] = {ARGV[i + 1], ARGV[i + 2]} end
redis.call('DEL', KEYS[3])
local from, page = '-', nil
repeat
  page = redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', 1000)
  for _, entry in ipairs(page) do
    local data, change = entry[2][2], due[string.match(entry[1], '^%d+')]
    if change and redis.sha1hex(data) == change[1] then
      grown, done, data = grown + #change[2] - #data, done + 1, change[2]
    end
    redis.call('XADD', KEYS[3], entry[1], 'd', data)
    from = '(' .. entry[1]
  end
until #page < 1000
if done == 0 then redis.call('DEL', KEYS[3]) return 0 end
redis.call('RENAME', KEYS[3], KEYS[2])
redis.call('INCRBY', KEYS[1], grown)
redis.call('INCR', KEYS[4])
return done
"""


def transcript_key(session: str, track: Track) -> str:
    return f"isegoria:{session}:transcript:{track}"


def feed_key(session: str, feed: str) -> str:
    return f"isegoria:{session}:feed:{feed}"


def segment_of(entry: Entry) -> CaptionSegment:
    """The segment that an entry of a track's stream holds, with its position."""
    return CaptionSegment.kept(*entry)


def bytes_of(segment: CaptionSegment) -> bytes:
    """What is kept of a segment."""
    return segment.model_dump_json(exclude={"position"}, exclude_none=True).encode()


class Transcript:
    def __init__(self, engine: Engine, ceiling: int = CEILING_BYTES) -> None:
        self._engine, self._ceiling = engine, ceiling

    async def accept(
        self,
        session: str,
        feed: str,
        revision: int,
        segments: Mapping[Track, Sequence[CaptionSegment]],
        state: bytes,
    ) -> dict[Track, list[int]] | None:
        """Appends a feed's final segments and stores what it remembers, making revision + 1; all or nothing.

        The positions, or None if the feed's revision is not `revision`: read it again. Raises EngineAway when the
        outcome is unknown (the revision tells), Refused("full") above the ceiling.
        """
        keys = [*_keys(session, segments), feed_key(session, feed)]
        reply = await self._engine.run(_ACCEPT, keys, self._ceiling, revision, state, *_packed(segments))
        return None if reply is None else self._positions(segments, reply)

    async def append(self, session: str, segments: Mapping[Track, Sequence[CaptionSegment]]) -> dict[Track, list[int]]:
        """Appends what comes from no feed: people's corrections and gaps. Raises EngineAway, Refused("full")."""
        reply = await self._engine.run(_ADD, _keys(session, segments), self._ceiling, *_packed(segments))
        return self._positions(segments, reply)

    async def reword(self, session: str, track: Track, changes: Mapping[int, tuple[bytes, bytes]]) -> int:
        """Puts other bytes in the place of an entry's: position -> (those that were read, the new ones).

        An entry that has other bytes by now stays; so does all that was appended since. How many were changed. Who
        follows the stream is told nothing. The append-only file holds the old ones until it is rewritten, which is
        due from now on. Raises EngineAway; doing it again is harmless.
        """
        words: list[Word] = []
        for position, (old, new) in changes.items():
            words += [position, hashlib.sha1(old, usedforsecurity=False).hexdigest(), new]
        key = transcript_key(session, track)
        return int(await self._engine.run(_REWORD, [size_key(session), key, f"{key}:draft", REWRITE_DUE], *words))

    async def feed_state(self, session: str, feed: str) -> tuple[int, bytes]:
        """(revision, what the feed remembers); (0, b"") before its first post. Raises EngineAway."""
        revision, state = await self._engine.ask("HMGET", feed_key(session, feed), "revision", "state")
        return int(revision or 0), state or b""

    async def read(self, session: str, track: Track, after: int = 0, limit: int | None = None) -> list[CaptionSegment]:
        """The segments after a position, oldest first. Raises EngineAway."""
        return [segment_of(entry) for entry in await read(self._engine, transcript_key(session, track), after, limit)]

    async def entries(self, session: str) -> dict[Track, list[Entry]]:
        """All that each track keeps, as (position, bytes), for who reads it elsewhere. Raises EngineAway."""
        tracks = await self.tracks(session)
        return {track: await read(self._engine, transcript_key(session, track)) for track in tracks}

    async def newest(self, session: str, track: Track, count: int) -> list[CaptionSegment]:
        """The last `count` segments, oldest first. Raises EngineAway."""
        return [
            segment_of(entry) for entry in await read_back(self._engine, transcript_key(session, track), None, count)
        ]

    async def before(self, session: str, track: Track, position: int, count: int) -> list[CaptionSegment]:
        """The last `count` segments before a position, oldest first. Raises EngineAway."""
        key = transcript_key(session, track)
        return [segment_of(entry) for entry in await read_back(self._engine, key, position, count)]

    async def tracks(self, session: str) -> list[Track]:
        """The tracks that hold anything, in alphabetical order. Raises EngineAway."""
        prefix = transcript_key(session, "")
        return sorted(
            key.decode().removeprefix(prefix) for key in await self._engine.ask("SMEMBERS", tracks_key(session))
        )

    async def size(self, session: str) -> int:
        """Bytes of captions kept for a session. Raises EngineAway."""
        return int(await self._engine.ask("GET", size_key(session)) or 0)

    def _positions(self, segments: Mapping[Track, Sequence[CaptionSegment]], reply: object) -> dict[Track, list[int]]:
        if not isinstance(reply, list):
            raise Refused(
                "full", "This session's transcript is full; captions go on but are not kept.", limit=self._ceiling
            )
        numbers = iter(reply)
        return {track: [next(numbers) for _ in group] for track, group in segments.items()}


def tracks_key(session: str) -> str:
    return f"isegoria:{session}:tracks"


def size_key(session: str) -> str:
    return f"isegoria:{session}:transcript-bytes"


def _keys(session: str, segments: Mapping[Track, Sequence[CaptionSegment]]) -> list[str]:
    return [size_key(session), tracks_key(session), *(transcript_key(session, track) for track in segments)]


def _packed(segments: Mapping[Track, Sequence[CaptionSegment]]) -> list[Word]:
    """Pairs for the scripts: the place of the track's key among KEYS, and the segment's bytes."""
    packed: list[Word] = []
    for place, group in enumerate(segments.values(), start=3):
        for segment in group:
            packed += [place, bytes_of(segment)]
    return packed
