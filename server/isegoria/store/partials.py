"""Open phrases of captions: published to all replicas, stored nowhere. What nobody hears is lost, by design."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from isegoria.store.engine import AWAY, BLOCK_MS, Engine, Waiting

LOG = structlog.get_logger(__name__)

RECONNECT_S = 0.05
_PREFIX, _SUFFIX = "isegoria:", ":partials"


async def publish_partial(engine: Engine, session: str, payload: bytes) -> None:
    """Raises EngineAway."""
    await engine.ask("PUBLISH", f"{_PREFIX}{session}{_SUFFIX}", payload)


class PartialsFollower:
    """Hears the partials of all sessions on one connection. `run` it in a task; outages are waited out."""

    def __init__(self, engine: Engine, on_partial: Callable[[str, bytes], None]) -> None:
        """`on_partial(session, payload)` must be quick: everything else waits meanwhile."""
        self._engine, self._on_partial = engine, on_partial
        self.listening = asyncio.Event()

    async def run(self) -> None:
        while True:
            connection = self._engine.blocking()
            try:
                await self._listen(connection)
            except AWAY as error:
                if self.listening.is_set():
                    LOG.warning("partials_interrupted", reason=repr(error))
                self.listening.clear()
            finally:
                await connection.close()
            await asyncio.sleep(RECONNECT_S)

    async def _listen(self, connection: Waiting) -> None:
        await connection.connect()
        await connection.send("PSUBSCRIBE", f"{_PREFIX}*{_SUFFIX}")
        pinging = asyncio.create_task(_ping(connection))
        try:
            while True:
                self._hear(await connection.hear())
        finally:
            pinging.cancel()

    def _hear(self, message: list[Any]) -> None:
        if message[0] == b"psubscribe":
            self.listening.set()
        if message[0] == b"pmessage":
            _, _, channel, payload = message
            self._on_partial(channel.decode().removeprefix(_PREFIX).removesuffix(_SUFFIX), payload)


async def _ping(connection: Waiting) -> None:
    """Makes the engine say something now and then, so that silence means that it is gone."""
    while True:
        await asyncio.sleep(BLOCK_MS / 1_000)
        try:
            await connection.send("PING")
        except AWAY:
            return
