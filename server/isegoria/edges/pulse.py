"""The same delay for many: one timer for all of them, instead of one for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from itertools import takewhile
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

TOGETHER_S = 0.02
"""What is due within so little is done in one go."""


class Delay(Generic[K]):
    """Calls `over` with each key `seconds` after it was set last. By the loop's clock, which no step moves."""

    def __init__(self, seconds: float, over: Callable[[K], None]) -> None:
        self._seconds, self._over = seconds, over
        self._due: dict[K, float] = {}
        """In the order in which they are due, as all wait equally long."""
        self._timer: asyncio.TimerHandle | None = None

    def set(self, key: K) -> None:
        loop = asyncio.get_running_loop()
        self._due.pop(key, None)
        self._due[key] = at = loop.time() + self._seconds
        if self._timer is None:
            self._timer = loop.call_at(at, self._ring)

    def unset(self, key: K) -> None:
        self._due.pop(key, None)

    def all(self) -> list[K]:
        """Those that wait."""
        return list(self._due)

    def _ring(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        due = [key for key, _ in takewhile(lambda one: one[1] <= now + TOGETHER_S, self._due.items())]
        for key in due:
            del self._due[key]
        first = next(iter(self._due.values()), None)
        self._timer = None if first is None else loop.call_at(first, self._ring)
        for key in due:
            self._over(key)
