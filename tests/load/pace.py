"""Schedules that wait for nobody: what is measured counts from the moment it was due (no coordinated omission)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

BUSY = 0.9


async def due(count: int, every_s: float) -> AsyncIterator[tuple[int, int]]:
    """(number, the monotonic nanosecond at which it was due). One that is late is followed at once by the next."""
    began = time.monotonic_ns()
    for number in range(count):
        at = began + int(number * every_s * 1e9)
        await asyncio.sleep(max(0.0, (at - time.monotonic_ns()) / 1e9))
        yield number, at


def since_ms(at: int) -> float:
    return (time.monotonic_ns() - at) / 1e6


@dataclass(slots=True)
class Effort:
    """How busy the generator itself is from here on."""

    _computed: float = field(default_factory=time.process_time)
    _began: float = field(default_factory=time.monotonic)

    def warnings(self, figure: str) -> list[str]:
        share = (time.process_time() - self._computed) / (time.monotonic() - self._began)
        if share < BUSY:
            return []
        return [f"{figure}: the generator's own core was busy to {share:.0%}, so the server may be faster than shown."]
