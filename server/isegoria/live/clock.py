"""Time for one replica: the engine's, taken once and then carried on by the machine's monotonic clock.

Later readings of the engine's time never make it step: it slews by at most a hundredth, so that no deadline is passed
over or met twice. Rates, deadlines and what a session's own clock shows are the domain's (`domain/session.py`).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from isegoria.domain.values import Instant, Millis

SLEW = 0.01
"""How much faster or slower than real the clock may run to come back to the engine's time."""
READINGS = 5


def monotonic_ms() -> float:
    return time.monotonic() * 1_000


class EngineClock:
    """The engine's time in UTC milliseconds. `synchronise` it once before the first use."""

    def __init__(self, monotonic: Callable[[], float] = monotonic_ms) -> None:
        self._monotonic = monotonic
        self._offset: float | None = None
        self._target = 0.0
        self._slewed_at = 0.0

    def now(self) -> Instant:
        at = self._monotonic()
        assert self._offset is not None, "synchronise first"
        room = (at - self._slewed_at) * SLEW
        self._offset += max(-room, min(room, self._target - self._offset))
        self._slewed_at = at
        return int(at + self._offset)

    def behind(self) -> Millis:
        """How much is still to be slewed; negative when this clock is ahead of the engine's."""
        return 0 if self._offset is None else round(self._target - self._offset)

    def monotonic_at(self, instant: Instant) -> float:
        """The monotonic milliseconds at which this clock will show an instant."""
        return instant - (self._offset or 0.0)

    def read(self, engine_time: Instant, asked_at: float, answered_at: float) -> None:
        """A reading of the engine's time, which was true somewhere between two monotonic instants."""
        self._target = engine_time - (asked_at + answered_at) / 2
        if self._offset is None:
            self._offset, self._slewed_at = self._target, answered_at

    async def synchronise(self, engine_time: Callable[[], Awaitable[Instant]]) -> None:
        """Reads the engine's time some times and believes the quickest answer. Raises EngineAway."""
        readings: list[tuple[float, Instant, float, float]] = []
        for _ in range(READINGS):
            asked_at = self._monotonic()
            read = await engine_time()
            answered_at = self._monotonic()
            readings.append((answered_at - asked_at, read, asked_at, answered_at))
        _, read, asked_at, answered_at = min(readings)
        self.read(read, asked_at, answered_at)
