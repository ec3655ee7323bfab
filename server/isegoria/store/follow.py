"""Following streams: one waiting read for all of them, on a connection of its own.

After every reconnect, and before a new stream is read for the first time, the entry at one's own position must be
there with one's own bytes. A read from one's own id says nothing when the engine lost its tail and others have
written below it since.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

import structlog
from redis import exceptions as redis

from isegoria.store.engine import AWAY, BLOCK_MS, Engine, Waiting
from isegoria.store.errors import EngineAway
from isegoria.store.streams import PAGE, Entry, entries_of

LOG = structlog.get_logger(__name__)

RECONNECT_S = 0.05
WAKE_S = 0.005

OnEntries: TypeAlias = Callable[[Sequence[Entry]], None]
"""Called with what is new, oldest first, without holes. Must be quick: all streams wait meanwhile."""
OnLost: TypeAlias = Callable[["TailLost"], None]


@dataclass(frozen=True, slots=True)
class TailLost:
    """The engine no longer has what was read: its entry at `position` is missing or another one."""

    key: str
    position: int


@dataclass(slots=True)
class _Stream:
    key: str
    position: int
    newest: bytes | None
    """The bytes at `position`, if known."""
    on_entries: OnEntries
    on_lost: OnLost
    compared: bool = False
    """Whether the entry at `position` was found as it should be, on this connection."""


class Follower:
    """Follows many streams. `run` it in a task; `add` and `remove` at any time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._streams: dict[str, _Stream] = {}
        self._changed = asyncio.Event()
        self._heard = self._level = time.monotonic()
        self.connected = False
        self.broken: dict[str, Exception] = {}
        """Streams whose reader raised: they are no longer followed, and this replica is not ready."""

    def add(
        self, key: str, on_entries: OnEntries, on_lost: OnLost, after: int = 0, newest: bytes | None = None
    ) -> None:
        """Follows a stream from behind position `after`, within milliseconds; `newest` is the entry there, if read.

        Once `on_lost` was called the stream is no longer followed: read it afresh, and add it again.
        """
        self._streams[key] = _Stream(key, after, newest, on_entries, on_lost)
        self.broken.pop(key, None)
        self._changed.set()

    def remove(self, key: str) -> None:
        self._streams.pop(key, None)
        self.broken.pop(key, None)

    def silent_s(self) -> float:
        """Seconds since the engine last answered; above some 4 s this replica is behind."""
        return time.monotonic() - self._heard

    def behind_s(self) -> float:
        """Seconds since this replica last had all that the engine has; up to 2 s while nothing happens."""
        return time.monotonic() - self._level

    async def run(self) -> None:
        """Follows until cancelled. Outages are waited out."""
        while True:
            connection = self._engine.blocking()
            try:
                await self._follow(connection)
            except AWAY as error:
                if self.connected:
                    LOG.warning("follow_interrupted", reason=repr(error))
                self.connected = False
            finally:
                await connection.close()
            await asyncio.sleep(RECONNECT_S)

    async def _follow(self, connection: Waiting) -> None:
        await connection.connect()
        for stream in self._streams.values():
            stream.compared = False
        waking = asyncio.create_task(self._wake(await connection.ask("CLIENT", "ID")))
        self.connected = True
        try:
            while True:
                await self._read(connection)
                self._heard = time.monotonic()
        finally:
            waking.cancel()

    async def _read(self, connection: Waiting) -> None:
        self._changed.clear()
        for stream in list(self._streams.values()):
            await self._compare(connection, stream)
        asked = {stream.key.encode(): stream for stream in self._streams.values() if stream.compared}
        if not asked:
            await connection.ask("PING")
            with suppress(TimeoutError):
                async with asyncio.timeout(BLOCK_MS / 1_000):
                    await self._changed.wait()
            self._level = time.monotonic()
            return
        ids = [f"{stream.position}-0" for stream in asked.values()]
        reply = await connection.ask("XREAD", "COUNT", PAGE, "BLOCK", BLOCK_MS, "STREAMS", *asked, *ids)
        for key, entries in reply or ():
            self._deliver(asked[key], entries_of(entries))
        if all(len(entries) < PAGE for _, entries in reply or ()):
            self._level = time.monotonic()

    async def _compare(self, connection: Waiting, stream: _Stream) -> None:
        if stream.compared or stream.position == 0:
            stream.compared = True
            return
        own = f"{stream.position}-0"
        found = entries_of(await connection.ask("XRANGE", stream.key, own, own))
        if found and stream.newest in {None, found[0][1]}:
            stream.compared = True
        else:
            self._lose(stream)

    def _deliver(self, stream: _Stream, entries: list[Entry]) -> None:
        # It may have been removed, or added anew from elsewhere, while the read was waiting.
        if self._streams.get(stream.key) is not stream:
            return
        if entries[0][0] != stream.position + 1:
            self._lose(stream)
            return
        stream.position, stream.newest = entries[-1]
        try:
            stream.on_entries(entries)
        except Exception as error:
            LOG.exception("follow_broken", stream=stream.key)
            self.remove(stream.key)
            self.broken[stream.key] = error

    def _lose(self, stream: _Stream) -> None:
        if self._streams.get(stream.key) is not stream:
            return
        LOG.warning("tail_lost", stream=stream.key, position=stream.position)
        self.remove(stream.key)
        stream.on_lost(TailLost(stream.key, stream.position))

    async def _wake(self, client: int) -> None:
        """Ends the waiting of a read that does not know a new stream yet. Without it, that takes up to 2 s."""
        while True:
            await self._changed.wait()
            # The read may be on its way to the engine still: it is woken until it is seen to have begun anew.
            with suppress(EngineAway, redis.ResponseError):
                await self._engine.ask("CLIENT", "UNBLOCK", client)
            await asyncio.sleep(WAKE_S)
