"""Personal links and the secrets of feeds: 32 random bytes each, of which only the SHA-256 is kept. Revocable."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from isegoria.domain.values import PersonId, Role
from isegoria.store.engine import Engine

_CREATE = """
if ARGV[3] ~= '' then
  local before = redis.call('HGET', KEYS[2], ARGV[3])
  if before then redis.call('HDEL', KEYS[1], before) end
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[1])
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
"""


@dataclass(frozen=True, slots=True)
class Link:
    """What a token stands for; `hash` names the link where it has to be named, in logs and to revoke it."""

    role: Role
    person: PersonId | None
    hash: str


class Links:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def create_link(self, session: str, role: Role, person: PersonId | None = None) -> str:
        """A new token. It replaces the person's earlier one for that role; links without a person stand side by side.

        It cannot be read again. Raises EngineAway.
        """
        token = secrets.token_urlsafe(32)
        owner = f"{role} {person}" if person else ""
        kept = json.dumps({"role": role, "person": person})
        await self._engine.run(_CREATE, links_keys(session), hash_of_token(token), kept, owner)
        return token

    async def resolve(self, session: str, token: str) -> Link | None:
        """What a token stands for; None if it is unknown or revoked. Raises EngineAway."""
        digest = hash_of_token(token)
        kept = await self._engine.ask("HGET", links_keys(session)[0], digest)
        return _link(digest, kept) if kept else None

    async def list_links(self, session: str) -> list[Link]:
        """All links, without their tokens. Raises EngineAway."""
        flat = await self._engine.ask("HGETALL", links_keys(session)[0])
        return [_link(digest.decode(), kept) for digest, kept in zip(flat[::2], flat[1::2], strict=True)]

    async def revoke(self, session: str, digest: str) -> bool:
        """Ends a link by its hash. Whether there was one. Raises EngineAway."""
        return bool(await self._engine.ask("HDEL", links_keys(session)[0], digest))

    async def revoke_of(self, session: str, person: PersonId) -> None:
        """Ends all links of a person. Raises EngineAway."""
        for link in await self.list_links(session):
            if link.person == person:
                await self.revoke(session, link.hash)


_CONFIGURE = """
for i = 1, #ARGV, 2 do
  local kept = redis.call('HGET', KEYS[1], ARGV[i])
  if kept then
    local secret = cjson.decode(kept).secret
    redis.call('HSET', KEYS[1], ARGV[i], '{"secret": "' .. secret .. '", "config": ' .. ARGV[i + 1] .. '}')
  end
end
return redis.call('INCR', KEYS[2])
"""


class FeedSecrets:
    """The caption feeds of a session: how each is configured, and the secret with which it may post."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def create_feed(self, session: str, feed: str, config: Mapping[str, Any]) -> str:
        """Adds or replaces a feed; `config` is JSON. Its new secret, which cannot be read again. Raises EngineAway."""
        secret = secrets.token_urlsafe(32)
        kept = json.dumps({"secret": hash_of_token(secret), "config": dict(config)})
        await self._engine.ask("HSET", feeds_key(session), feed, kept)
        return secret

    async def resolve_feed(self, session: str, feed: str, secret: str) -> dict[str, Any] | None:
        """The feed's configuration; None if feed or secret are unknown. Raises EngineAway."""
        kept = json.loads(await self._engine.ask("HGET", feeds_key(session), feed) or "null")
        if kept is None or not hmac.compare_digest(kept["secret"], hash_of_token(secret)):
            return None
        config: dict[str, Any] = kept["config"]
        return config

    async def list_feeds(self, session: str) -> dict[str, dict[str, Any]]:
        """Feed -> configuration, without the secrets. Raises EngineAway."""
        flat = await self._engine.ask("HGETALL", feeds_key(session))
        return {feed.decode(): json.loads(kept)["config"] for feed, kept in zip(flat[::2], flat[1::2], strict=True)}

    async def configure(self, session: str, configs: Mapping[str, Mapping[str, Any]]) -> int:
        """Feed -> its new configuration; each keeps its secret. The new revision, one for all. Raises EngineAway."""
        pairs = [word for feed, config in configs.items() for word in (feed, json.dumps(dict(config)))]
        return int(await self._engine.run(_CONFIGURE, [feeds_key(session), feeds_revision_key(session)], *pairs))

    async def revoke_feed(self, session: str, feed: str) -> bool:
        """Removes a feed. Whether there was one. Raises EngineAway."""
        return bool(await self._engine.ask("HDEL", feeds_key(session), feed))


def hash_of_token(token: str) -> str:
    """What stands for a token in store and logs: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def links_keys(session: str) -> list[str]:
    return [f"isegoria:{session}:links", f"isegoria:{session}:links-by-person"]


def feeds_key(session: str) -> str:
    return f"isegoria:{session}:feeds"


def feeds_revision_key(session: str) -> str:
    return f"isegoria:{session}:feeds-revision"


def _link(digest: str, kept: bytes) -> Link:
    held = json.loads(kept)
    return Link(Role(held["role"]), held["person"], digest)
