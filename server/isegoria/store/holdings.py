"""Everything that the store holds of one session, taken out whole and put back whole: for its archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from isegoria.domain.captions import Track
from isegoria.store.engine import Engine
from isegoria.store.files import files_keys
from isegoria.store.journal import journal_key
from isegoria.store.links import feeds_key, links_keys
from isegoria.store.people import people_keys
from isegoria.store.streams import read
from isegoria.store.transcript import Transcript, size_key, tracks_key, transcript_key

AT_ONCE = 100
_PUT_ENTRIES = """
for i = 2, #ARGV do redis.call('XADD', KEYS[1], (ARGV[1] + i - 2) .. '-0', 'd', ARGV[i]) end
"""

Hash: TypeAlias = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Holdings:
    """As the store has it. `owners`: who has which of the links."""

    journal: Sequence[bytes] = ()
    tracks: Mapping[Track, Sequence[bytes]] = field(default_factory=dict)
    persons: Hash = field(default_factory=dict)
    organisations: Hash = field(default_factory=dict)
    texts: Hash = field(default_factory=dict)
    about: bytes = b""
    revision: int = 0
    links: Hash = field(default_factory=dict)
    owners: Hash = field(default_factory=dict)
    feeds: Hash = field(default_factory=dict)
    files: Hash = field(default_factory=dict)


async def take(engine: Engine, session: str) -> Holdings:
    """All of a session. Raises EngineAway."""
    revision, persons, organisations, texts, about = people_keys(session)
    links, owners = links_keys(session)
    tracks = await Transcript(engine).tracks(session)
    return Holdings(
        journal=[data for _, data in await read(engine, journal_key(session))],
        tracks={track: [data for _, data in await read(engine, transcript_key(session, track))] for track in tracks},
        persons=await _hash(engine, persons),
        organisations=await _hash(engine, organisations),
        texts=await _hash(engine, texts),
        about=await engine.ask("GET", about) or b"",
        revision=int(await engine.ask("GET", revision) or 0),
        links=await _hash(engine, links),
        owners=await _hash(engine, owners),
        feeds=await _hash(engine, feeds_key(session)),
        files=await _hash(engine, files_keys(session)[0]),
    )


async def put_back(engine: Engine, session: str, held: Holdings) -> None:
    """Into a store that has nothing of the session. Raises EngineAway."""
    revision, persons, organisations, texts, about = people_keys(session)
    links, owners = links_keys(session)
    for track, entries in held.tracks.items():
        await _stream(engine, transcript_key(session, track), entries)
        await engine.ask("SADD", tracks_key(session), transcript_key(session, track))
    await engine.ask("SET", size_key(session), sum(len(one) for entries in held.tracks.values() for one in entries))
    hashes = {persons: held.persons, organisations: held.organisations, texts: held.texts, links: held.links}
    hashes |= {owners: held.owners, feeds_key(session): held.feeds}
    for key, table in hashes.items():
        for command in _sets(key, table):
            await engine.ask(*command)
    for name, data in held.files.items():
        await engine.ask("HSET", files_keys(session)[0], name, data)
    await engine.ask("SET", files_keys(session)[1], sum(map(len, held.files.values())))
    await engine.ask("SET", about, held.about)
    await engine.ask("SET", revision, held.revision)
    # The journal comes last: a session that has one is there whole.
    await _stream(engine, journal_key(session), held.journal)


async def _hash(engine: Engine, key: str) -> dict[str, bytes]:
    flat = await engine.ask("HGETALL", key)
    return {name.decode(): value for name, value in zip(flat[::2], flat[1::2], strict=True)}


def _sets(key: str, table: Hash) -> Iterator[tuple[str | bytes, ...]]:
    pairs = list(table.items())
    for first in range(0, len(pairs), AT_ONCE):
        yield "HSET", key, *(word for pair in pairs[first : first + AT_ONCE] for word in pair)


async def _stream(engine: Engine, key: str, entries: Sequence[bytes]) -> None:
    for first in range(0, len(entries), AT_ONCE):
        await engine.run(_PUT_ENTRIES, [key], first + 1, *entries[first : first + AT_ONCE])
