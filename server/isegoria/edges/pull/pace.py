"""How often and how patiently feeds are fetched. Numbers are seconds of real time."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from isegoria.store.leases import LEASE_MS


@dataclass(frozen=True, slots=True)
class Pace:
    """Bounds of all waiting here. `chance` gives numbers from 0 up to 1, `clock` seconds that only grow."""

    look: float = 0.5
    """How soon a change of feeds, sessions or the spoken language is seen."""
    lease_ms: int = LEASE_MS
    renew: float = 2.0
    knock: float = 0.5
    """How often a lease that another replica has is asked for."""
    first: float = 0.5
    longest: float = 30.0
    """Attempts that fail: the wait is anywhere from 0 to `first`, then twice that, and so on, up to `longest`."""
    steady: float = 10.0
    """A connection that lasted as long was one: after it the waits begin anew."""
    slowly: float = 15.0
    """What the service refuses is tried again after half of this to all of it."""
    answer: float = 10.0
    """How long the service may take to answer."""
    ping: float = 2.0
    """How often a connection is asked for a sign of life."""
    silence: float = 6.0
    """How long a connection may give none."""
    poll: float = 1.0
    retry: float = 0.5
    """How soon a caption is tried again while the engine is away."""
    goodbye: float = 1.0
    """How long a feed may take to end when this replica stops."""
    chance: Callable[[], float] = random.random
    clock: Callable[[], float] = time.monotonic


class Backoff:
    """How long to wait before the next attempt: exponential, with full jitter, so that replicas and feeds spread."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._failures = 0

    def lost(self, lasted: float = 0) -> float:
        """After a failure, or the loss of a connection that `lasted` so long."""
        if lasted >= self._pace.steady:
            self._failures = 0
        bound = min(self._pace.longest, self._pace.first * 2.0 ** min(self._failures, 30))
        self._failures += 1
        return self._pace.chance() * bound

    def refused(self) -> float:
        """After an answer that will hardly be another one soon."""
        return self._pace.slowly * (1 + self._pace.chance()) / 2


async def within(seconds: float | None, happened: asyncio.Event) -> bool:
    """Waits for something to happen, at most so long. Whether it did."""
    try:
        async with asyncio.timeout(seconds):
            return await happened.wait()
    except TimeoutError:
        return False
