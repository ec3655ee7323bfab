"""Roster, texts, what a session says of itself: all that can be erased. The journal holds their random ids only (R8).

A change comes here first and makes a new revision; the journal then tells the revision, and every replica reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from isegoria.domain.people import About, Organisation, People, Person
from isegoria.domain.values import PersonId, TextId
from isegoria.store.engine import REWRITE_DUE, Engine

PARTS = ("people-revision", "persons", "organisations", "texts", "about")
"""The last word of each key."""

_READ = """
return {redis.call('GET', KEYS[1]), redis.call('HVALS', KEYS[2]), redis.call('HVALS', KEYS[3]),
        redis.call('HGETALL', KEYS[4]), redis.call('GET', KEYS[5])}
"""
_SAVE = """
for i = 2, #ARGV, 2 do
  redis.call('HSET', i <= 2 * tonumber(ARGV[1]) and KEYS[2] or KEYS[3], ARGV[i], ARGV[i + 1])
end
return redis.call('INCR', KEYS[1])
"""
_SET_ABOUT = "redis.call('SET', KEYS[5], ARGV[1]) return redis.call('INCR', KEYS[1])"
_ERASE = """
local gone = redis.call('HDEL', KEYS[2], ARGV[1])
for i = 2, #ARGV do gone = gone + redis.call('HDEL', KEYS[4], ARGV[i]) end
local texts = redis.call('HGETALL', KEYS[4])
for i = 1, #texts, 2 do
  if cjson.decode(texts[i + 1])[1] == ARGV[1] then gone = gone + redis.call('HDEL', KEYS[4], texts[i]) end
end
if gone > 0 then redis.call('INCR', KEYS[6]) end
return redis.call('INCR', KEYS[1])
"""

_REWORD = """
local done = 0
for i = 1, #ARGV, 3 do
  local held = redis.call('HGET', KEYS[1], ARGV[i])
  local text = held and cjson.decode(held)
  if text and text[2] == ARGV[i + 1] then
    redis.call('HSET', KEYS[1], ARGV[i], cjson.encode({text[1], ARGV[i + 2]}))
    done = done + 1
  end
end
if done > 0 then redis.call('INCR', KEYS[2]) end
return done
"""


def people_of(
    revision: int,
    persons: Iterable[bytes],
    organisations: Iterable[bytes],
    texts: Mapping[TextId, bytes],
    about: bytes | None,
) -> People:
    """People as the store keeps them. Raises ValidationError for what a newer version wrote."""
    return People(
        revision=revision,
        persons={person.id: person for person in map(Person.model_validate_json, persons)},
        organisations={one.id: one for one in map(Organisation.model_validate_json, organisations)},
        texts={text_id: json.loads(text)[1] for text_id, text in texts.items()},
        about=About.model_validate_json(about) if about else About(),
    )


class PeopleStore:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def read(self, session: str) -> People:
        """Everything, as of one revision; empty for an unknown session. Raises EngineAway."""
        revision, persons, organisations, texts, about = await self._engine.run(_READ, people_keys(session))
        held = {text_id.decode(): text for text_id, text in zip(texts[::2], texts[1::2], strict=True)}
        return people_of(int(revision or 0), persons, organisations, held, about)

    async def save(
        self, session: str, persons: Sequence[Person] = (), organisations: Iterable[Organisation] = ()
    ) -> int:
        """Adds or replaces; the new revision, one for the batch. Raises EngineAway."""
        rows: list[Person | Organisation] = [*persons, *organisations]
        pairs = [word for row in rows for word in (row.id, row.model_dump_json(exclude_defaults=True))]
        return int(await self._engine.run(_SAVE, people_keys(session), len(persons), *pairs))

    async def set_about(self, session: str, about: About) -> int:
        """The new revision. Raises EngineAway."""
        return int(await self._engine.run(_SET_ABOUT, people_keys(session), about.model_dump_json()))

    async def put_text(self, session: str, text_id: TextId, text: str, person: PersonId | None = None) -> None:
        """Keeps a text; `person` is whose it is or whom it is about, so that it is erased with them.

        No new revision: the journal tells of a text by its id. Raises EngineAway.
        """
        await self._engine.ask("HSET", _key(session, "texts"), text_id, json.dumps([person, text], ensure_ascii=False))

    async def texts(self, session: str, text_ids: Sequence[TextId]) -> dict[TextId, str]:
        """Those of the texts that exist. Raises EngineAway."""
        if not text_ids:
            return {}
        held = await self._engine.ask("HMGET", _key(session, "texts"), *text_ids)
        return {text_id: json.loads(one)[1] for text_id, one in zip(text_ids, held, strict=True) if one}

    async def reword(self, session: str, texts: Mapping[TextId, tuple[str, str]]) -> int:
        """Puts other words in the place of a text's: (those that were read, the new ones). How many were changed.

        One that reads otherwise by now stays. Erased from the append-only file as with `erase`. Raises EngineAway.
        """
        words = [word for text_id, (old, new) in texts.items() for word in (text_id, old, new)]
        return int(await self._engine.run(_REWORD, [_key(session, "texts"), REWRITE_DUE], *words))

    async def erase(self, session: str, person: PersonId, texts: Iterable[TextId] = ()) -> int:
        """Removes a person, their texts and those named; the new revision. Their links are `Links.revoke_of`'s.

        The append-only file holds them until it is rewritten (`Engine.rewrite`, due from now on): only then are
        they erased. Raises EngineAway; doing it again is harmless.
        """
        return int(await self._engine.run(_ERASE, [*people_keys(session), REWRITE_DUE], person, *texts))


def people_keys(session: str) -> list[str]:
    return [_key(session, part) for part in PARTS]


def _key(session: str, part: str) -> str:
    return f"isegoria:{session}:{part}"
