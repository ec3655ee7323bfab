"""The engine: at a given URL, or embedded. Everything else in this folder asks it through here.

Commands that answer at once go through `ask`: no retries and one deadline, then the outcome is unknown. (With the
client library's own retries, one append during a freeze was written twice.) Reads that wait for news have
connections of their own, from `blocking`. Replies are the engine's own, as bytes, integers and lists.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

from redis import exceptions as redis
from redis.asyncio import BlockingConnectionPool, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from isegoria.store import sentinel
from isegoria.store.errors import EngineAway, EngineUnusable

if sys.platform != "win32":
    from isegoria.store.embedded import Embedded

Word: TypeAlias = str | bytes | int

DEADLINE_S = 1.8
"""For everything that `ask` does, so that a command answers "unknown" within 2 s."""
BLOCK_MS = 2_000
"""How long a read may wait in the engine."""
SILENCE_S = 4.0
"""A read that waits this long without an answer means that the engine is gone."""
COPIED_MS = 1_000
"""How long a write may take to reach another engine, where it has to."""
REWRITE_DUE = "isegoria:rewrite_due"

AWAY = (EngineAway, redis.ConnectionError, redis.TimeoutError, OSError, TimeoutError)
"""How connections fail."""
_UNWILLING = ("READONLY", "MISCONF", "OOM", "NOREPLICAS", "MASTERDOWN", "You can't write against a read only")
_READING = frozenset({"GET", "HGET", "HGETALL", "HMGET", "SMEMBERS", "XRANGE", "XREVRANGE"})
_TALKING = frozenset({"BGREWRITEAOF", "CLIENT", "CONFIG", "INFO", "PING", "PUBLISH", "TIME"})
"""These write nothing."""
_CLEAR = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"


class Engine:
    """Connections to one engine. They survive its restart, each reconnecting to where it listens then.

    `copies`: how many other engines must have a write before it counts, so that a fail-over takes back nothing.
    """

    def __init__(
        self, pool: BlockingConnectionPool, embedded: Embedded | None = None, copies: int = 0, url: str = ""
    ) -> None:
        self.embedded = embedded
        self._url = url
        self._pool: Any = pool
        self._copies = copies
        self.on_answer: Callable[[float], None] = lambda _: None
        """Told the seconds that each command took which was answered."""

    @property
    def address(self) -> str:
        """Where another process finds it now, as `open_engine` takes it."""
        return f"unix://{self.embedded.socket()}" if self.embedded else self._url

    async def close(self) -> None:
        await self._pool.aclose()

    async def ask(self, *command: Word) -> Any:
        """The raw reply to one command. Raises EngineAway; redis.ResponseError only for a mistake of ours."""
        began = time.perf_counter()
        try:
            async with asyncio.timeout(DEADLINE_S):
                reply = await self._ask(command)
        except AWAY as error:
            raise EngineAway(f"the engine did not answer: {str(error) or repr(error)}") from error
        self.on_answer(time.perf_counter() - began)
        return reply

    async def run(self, script: str, keys: list[str], *arguments: Word) -> Any:
        """The raw reply to a script, which runs as one step. The text goes along: a restarted engine knows none."""
        return await self.ask("EVAL", script, len(keys), *keys, *arguments)

    async def _ask(self, command: tuple[Word, ...]) -> Any:
        connection = await self._pool.get_connection()
        try:
            await connection.send_command(*command)
            reply = await connection.read_response()
            if self._copies and command[0] not in _READING | _TALKING:
                await self._copied(connection)
            return reply
        except redis.ResponseError as error:
            if not str(error).startswith(_UNWILLING) and not isinstance(error, redis.ReadOnlyError):
                raise
            # The next connection may find the engine that has taken over.
            await connection.disconnect(nowait=True)
            raise EngineAway(f"the engine takes no writes: {error}") from error
        finally:
            await self._pool.release(connection)

    async def _copied(self, connection: Any) -> None:
        """Waits until other engines have what this connection wrote; on any other one, waiting would mean nothing."""
        await connection.send_command("WAIT", self._copies, COPIED_MS)
        if await connection.read_response() < self._copies:
            await connection.disconnect(nowait=True)
            raise EngineAway("it was written, but no other engine has it")

    def blocking(self) -> Waiting:
        """A connection for reads that wait for news."""
        return Waiting(self._pool.make_connection())

    async def time(self) -> int:
        """The engine's clock, in milliseconds. Raises EngineAway."""
        seconds, micros = await self.ask("TIME")
        return int(seconds) * 1_000 + int(micros) // 1_000

    async def write_probe(self) -> float:
        """Seconds that a small write took, fsync included where the engine waits for it. Raises EngineAway."""
        began = time.perf_counter()
        await self.ask("SET", "isegoria:probe", "", "PX", 60_000)
        return time.perf_counter() - began

    def free_space(self) -> int | None:
        """Bytes that are free on the embedded engine's disk; None if the engine is elsewhere."""
        return self.embedded.ballast.free() if self.embedded else None

    def low_on_space(self) -> bool:
        """Whether the staff should make room now, before the embedded engine's disk is full."""
        return self.embedded is not None and self.embedded.ballast.low()

    async def promise(self) -> str:
        """A sentence that says what "acknowledged" means here, from the engine's configuration. Raises EngineAway."""
        try:
            appendonly = await self._setting("appendonly")
            fsync = await self._setting("appendfsync")
            replicas = await self._setting("min-replicas-to-write")
        except redis.ResponseError:
            return "The engine does not tell its configuration: ask its operator what an acknowledged command survives."
        told = _promise(appendonly, fsync)
        if self._copies:
            return f"{told} Another engine has it too, so that one may be lost."
        return told + (f" At least {replicas} replicas take part." if replicas != "0" else "")

    async def rewrite(self) -> None:
        """Rewrites the append-only file, so that erased data are gone from it too. Takes seconds; not while live.

        Returns when it is done. Raises EngineAway.
        """
        due = await self.ask("GET", REWRITE_DUE)
        await self._rewritten()
        await self.ask("BGREWRITEAOF")
        if not await self._rewritten():
            raise EngineAway("the engine could not rewrite its append-only file; its log says why")
        # What was erased meanwhile may be in the new file: that stays due.
        await self.run(_CLEAR, [REWRITE_DUE], due or b"")

    async def rewrite_due(self) -> bool:
        """Whether something was erased that the append-only file still holds. Raises EngineAway."""
        return await self.ask("GET", REWRITE_DUE) is not None

    async def _rewritten(self) -> bool:
        """Waits until no rewriting goes on. Whether the last one succeeded."""
        while True:
            info = (await self.ask("INFO", "persistence")).decode()
            if "aof_rewrite_in_progress:0" in info and "aof_rewrite_scheduled:0" in info:
                return "aof_last_bgrewrite_status:ok" in info
            await asyncio.sleep(0.02)

    async def _setting(self, name: str) -> str:
        pair = await self.ask("CONFIG", "GET", name)
        return pair[1].decode() if pair else "0"


def _promise(appendonly: str, fsync: str) -> str:
    if appendonly != "yes":
        return "Acknowledged means in the engine's memory: a restart of the engine may lose it."
    if fsync == "always":
        return "Acknowledged means on disk."
    if fsync == "everysec":
        return "Acknowledged means on disk within about a second: a crash of the engine's machine may lose that much."
    return "Acknowledged means on disk when the engine's system chooses: a crash of its machine may lose half a minute."


class Waiting:
    """A connection of its own, for reads that wait in the engine, up to BLOCK_MS. It never reconnects by itself."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def connect(self) -> None:
        """Raises what AWAY lists, as all that follows."""
        async with asyncio.timeout(SILENCE_S):
            await self._connection.connect()

    async def ask(self, *command: Word) -> Any:
        """The raw reply to one command."""
        await self.send(*command)
        return await self.hear()

    async def send(self, *command: Word) -> None:
        if not self._connection.is_connected:
            raise EngineAway("the connection has ended")
        async with asyncio.timeout(SILENCE_S):
            await self._connection.send_command(*command)

    async def hear(self) -> Any:
        """The next reply, within SILENCE_S."""
        async with asyncio.timeout(SILENCE_S):
            return await self._connection.read_response()

    async def close(self) -> None:
        await self._connection.disconnect(nowait=True)


class _Here(UnixDomainSocketConnection):
    """A connection that asks for the embedded engine's place each time it connects."""

    def __init__(self, *, place: Callable[[], str], **settings: Any) -> None:
        super().__init__(**settings)
        self._place = place

    async def _connect(self) -> None:
        self.path = self._place()
        await super()._connect()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def open_engine(data: Path, url: str | None = None) -> AsyncIterator[Engine]:
    """The engine at `url` (redis://, rediss://, unix://, redis+sentinel://), or the one of the data folder.

    Raises EngineUnusable, EngineAway.
    """
    if url:
        watched = url.startswith(sentinel.SCHEMES)
        async with _connected(Engine(_pool_of(url), copies=1 if watched else 0, url=url)) as engine:
            yield engine
        return
    if sys.platform == "win32":
        raise EngineUnusable("There is no embedded engine for Windows. Name a running Redis or Valkey in REDIS_URL.")
    embedded = Embedded(data)
    await embedded.enter()
    try:
        pool = BlockingConnectionPool(connection_class=_Here, place=embedded.socket, **_settings())
        async with _connected(Engine(pool, embedded)) as engine:
            yield engine
    finally:
        await embedded.leave()


@asynccontextmanager
async def _connected(engine: Engine) -> AsyncIterator[Engine]:
    try:
        await engine.ask("PING")
        yield engine
    finally:
        await engine.close()


def _pool_of(url: str) -> BlockingConnectionPool:
    make = sentinel.pool_of if url.startswith(sentinel.SCHEMES) else BlockingConnectionPool.from_url
    try:
        return make(url, **_settings())
    except ValueError as error:
        raise EngineUnusable(f"REDIS_URL is not an address of an engine: {error}") from None


def _settings() -> dict[str, Any]:
    return {
        "max_connections": 32,
        "timeout": None,
        # Deadlines are ours: the client library's go through asyncio.wait_for, which loses cancellations (Python 3.11).
        "socket_timeout": None,
        "socket_connect_timeout": None,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
        "driver_info": None,
    }
