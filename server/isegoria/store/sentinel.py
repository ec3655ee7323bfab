"""An engine under Sentinel: where it is, is asked anew with each connection.

    redis+sentinel://[[USER]:PASSWORD@]HOST[:PORT][,HOST[:PORT]...]/SERVICE[/DB][?sentinel_password=PASSWORD]

`rediss+sentinel` for TLS, to the Sentinels too. https://valkey.io/topics/sentinel-clients/
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit

from redis import exceptions as redis
from redis.asyncio import BlockingConnectionPool, Connection, SSLConnection
from redis.asyncio.sentinel import Sentinel

SCHEMES = ("redis+sentinel", "rediss+sentinel")
PORT = 26_379
PATIENCE_S = 0.4
"""For one Sentinel: three that hang leave time to ask a fourth before a command's own deadline."""

Address: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Watched:
    """What such an address says."""

    sentinels: tuple[Address, ...]
    service: str
    db: int
    login: dict[str, str]
    sentinel_login: dict[str, str]
    tls: bool

    @classmethod
    def of(cls, url: str) -> Watched:
        """Raises ValueError, with what is wrong."""
        parts = urlsplit(url)
        login, _, hosts = parts.netloc.rpartition("@")
        user, _, password = login.partition(":")
        service, _, db = parts.path.strip("/").partition("/")
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not hosts or not service or not (db or "0").isdecimal():
            raise ValueError("redis+sentinel://HOST:26379,HOST:26379/SERVICE is wanted")
        if unknown := asked.keys() - {"sentinel_username", "sentinel_password"}:
            raise ValueError(f"{', '.join(sorted(unknown))} is not known")
        return cls(
            sentinels=tuple(_address(host) for host in hosts.split(",")),
            service=unquote(service),
            db=int(db or 0),
            login=_login(unquote(user), unquote(password)),
            sentinel_login=_login(asked.get("sentinel_username", ""), asked.get("sentinel_password", "")),
            tls=parts.scheme == "rediss+sentinel",
        )


def _login(user: str, password: str) -> dict[str, str]:
    return {name: value for name, value in (("username", user), ("password", password)) if value}


def _address(host: str) -> Address:
    parts = urlsplit(f"//{host}")
    if not parts.hostname:
        raise ValueError(f"{host!r} is no address of a Sentinel")
    return parts.hostname, parts.port or PORT


class Primary(Connection):
    """A connection to whichever engine is the primary when it connects."""

    def __init__(self, *, where: Callable[[], Awaitable[Address]], **settings: Any) -> None:
        super().__init__(**settings)
        self._where = where

    async def _connect(self) -> None:
        self.host, self.port = await self._where()
        await super()._connect()  # type: ignore[no-untyped-call]

    async def on_connect_check_health(self, check_health: bool = True) -> None:
        """A Sentinel that was cut off names one that was demoted meanwhile; it knows itself that it was."""
        await super().on_connect_check_health(check_health)
        await self.send_command("ROLE")
        role, *_ = await self.read_response()
        if role != b"master":
            raise redis.ConnectionError(f"{self.host}:{self.port} is no primary any more")


class PrimaryByTLS(Primary, SSLConnection):
    pass


class Primaries(BlockingConnectionPool):
    """Connections to the primary, and to the Sentinels that know it."""

    def __init__(self, watched: Watched, sentinel: Any, **settings: Any) -> None:
        # redis-py moves whoever answered to the front: two at once would put it there twice, and lose another.
        one_at_a_time = asyncio.Lock()

        async def where() -> Address:
            async with one_at_a_time:
                host, port = await sentinel.discover_master(watched.service)
            return host, port

        kind = PrimaryByTLS if watched.tls else Primary
        super().__init__(connection_class=kind, where=where, **{"db": watched.db, **watched.login, **settings})
        self._sentinel = sentinel

    async def aclose(self) -> None:
        await super().aclose()
        await self._sentinel.aclose()


def pool_of(url: str, **settings: Any) -> Primaries:
    """Connections to the primary. Raises ValueError."""
    watched = Watched.of(url)
    asking = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S, "ssl": watched.tls}
    asking |= {name: value for name, value in settings.items() if name in ("retry", "protocol", "driver_info")}
    sentinel: Any = Sentinel(watched.sentinels, sentinel_kwargs=asking | watched.sentinel_login)  # type: ignore[no-untyped-call]
    return Primaries(watched, sentinel, **settings)
