"""Where files are made: a process of its own at a low priority, so that captions go on however long it takes.

It is started with the first file, makes one at a time in the order of asking, and ends with the server. Whoever goes
away leaves the queue; what was being made for them alone is given up.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import NamedTuple, TypeVar

import structlog

from isegoria.domain.errors import Code, Refused, Value

LOG = structlog.get_logger(__name__)

NICE = 19
LONGEST_S = 900.0
"""What takes seconds, and minutes where all else comes first, would never be done if it takes longer."""
WAITING = 20
"""So many may wait for their files; others are told to ask again."""

Made = TypeVar("Made")


class _No(NamedTuple):
    """A refusal on its way between processes."""

    code: Code
    message: str
    detail: Mapping[str, Value]


class Place:
    """In the queue."""

    def __init__(self, queue: list[Place]) -> None:
        self._queue = queue

    @property
    def ahead(self) -> int:
        """How many are before it; 0 from its turn on."""
        return self._queue.index(self) if self in self._queue else 0


class Workshop:
    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._pool: ProcessPoolExecutor | None = None
        self._queue: list[Place] = []
        self._bench = asyncio.Lock()

    def enter(self) -> Place:
        """At the end of the queue, to be left with `turn`. Raises Refused("too_many") while many others wait."""
        if len(self._queue) >= WAITING:
            raise Refused("too_many", "Many files are being made just now; ask again in some seconds.")
        place = Place(self._queue)
        self._queue.append(place)
        return place

    @asynccontextmanager
    async def turn(self, place: Place) -> AsyncIterator[None]:
        """Waits until nobody is before it, and has the workshop for itself until the block is left."""
        try:
            async with self._bench:
                yield
        finally:
            self._queue.remove(place)

    async def make(self, work: Callable[..., Made], *material: object) -> Made:
        """What `work` makes of it, in its turn. Raises Refused: its own, or "internal" if it died or was stuck."""
        try:
            async with asyncio.timeout(self._longest_s):
                made = await asyncio.get_running_loop().run_in_executor(self._open(), _work, work, *material)
        except asyncio.CancelledError:
            self.close()
            raise
        except (BrokenProcessPool, TimeoutError):
            LOG.exception("workshop_died", work=work.__name__)
            self.close()
            raise Refused("internal", "The file could not be made; it is in our log. Ask again.") from None
        if isinstance(made, _No):
            raise Refused(made.code, made.message, **made.detail)
        return made

    def close(self) -> None:
        """Whatever is being made is given up. Not waited for: where all else comes first, its end does too."""
        pool, self._pool = self._pool, None
        if pool:
            for process in list(pool._processes.values()):  # noqa: SLF001 - what it is at is of no use to anybody
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_step_back)
        return self._pool


def _step_back() -> None:
    """Computes only while nobody else wants to: on a server's own core, being nice alone still costs its readers."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _work(work: Callable[..., Made], *material: object) -> Made | _No:
    try:
        return work(*material)
    except Refused as refusal:
        return _No(refusal.code, refusal.message, refusal.detail)
