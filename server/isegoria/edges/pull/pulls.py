"""All feeds that are fetched on one replica: each has a task of its own, so that one that breaks stops no other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import structlog

from isegoria.edges.pull.client import client
from isegoria.edges.pull.pace import Pace
from isegoria.edges.pull.pull import Order, Pull, Services, Sitting, ended
from isegoria.store.leases import Leases

LOG = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where services are called: the operator's word, and no other address ever."""

    wordly: str
    streamtext: str


class Pulls:
    """`run` it in a task. `holder` names this replica among those that share the engine."""

    def __init__(
        self,
        sittings: Callable[[], Iterable[Sitting]],
        leases: Leases,
        addresses: Addresses,
        holder: str,
        pace: Pace | None = None,
    ) -> None:
        self._sittings, self._leases, self._addresses, self._holder = sittings, leases, addresses, holder
        self._pace = pace or Pace()
        self._running: dict[tuple[str, str], tuple[Pull, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Fetches what is to be fetched, until cancelled; then all connections and leases are given up."""
        async with client() as calling:
            services = Services(
                calling, self._leases, self._holder, self._addresses.wordly, self._addresses.streamtext, self._pace
            )
            try:
                while True:
                    try:
                        await self._look(services)
                    except Exception:
                        LOG.exception("pulls_failed")
                    await asyncio.sleep(self._pace.look)
            finally:
                await self._end(list(self._running))

    async def _look(self, services: Services) -> None:
        wanted = dict(self._wanted())
        await self._end([key for key, (_, task) in self._running.items() if key not in wanted or task.done()])
        for key, order in wanted.items():
            if key in self._running:
                self._running[key][0].follow(order)
            else:
                pull = Pull(services, order)
                self._running[key] = pull, asyncio.create_task(pull.run())

    def _wanted(self) -> Iterator[tuple[tuple[str, str], Order]]:
        """Muted feeds too: whoever stands by is kept warm."""
        for sitting in self._sittings():
            reconnects = sitting.session().reconnects
            for feed in sitting.feeds():
                if feed.pulled and sitting.intake.is_open(feed):
                    yield (sitting.id, feed.id), Order(sitting.intake, feed, reconnects.get(feed.id, 0), sitting)

    async def _end(self, keys: Sequence[tuple[str, str]]) -> None:
        """Whoever is ended stays known until then, so that being cancelled meanwhile leaves no one behind."""
        await asyncio.gather(*(ended(*self._running[key], self._pace.goodbye) for key in keys))
        for key in keys:
            del self._running[key]
