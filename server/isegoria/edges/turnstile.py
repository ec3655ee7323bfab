"""Who comes goes in one after the other, few in each turn of the loop, so that thousands at once stop nobody else."""

from __future__ import annotations

import asyncio
from collections import deque

AT_ONCE = 16
"""How many are seated before whatever else is ready has its turn: some 3 ms."""


class Turnstile:
    """In the order of their coming. Nobody is turned away, and nobody waits when few come."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = self._left = at_once
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._turning = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    async def through(self) -> None:
        loop = asyncio.get_running_loop()
        if not self._turning:
            self._turning = True
            loop.call_soon(self._turn)
        if self._left:
            self._left -= 1
            return
        mine = loop.create_future()
        self._waiting.append(mine)
        await mine

    def _turn(self) -> None:
        self._left = self._at_once
        while self._left and self._waiting:
            first = self._waiting.popleft()
            # Whoever gave up meanwhile takes nobody's turn.
            if not first.done():
                first.set_result(None)
                self._left -= 1
        self._turning = bool(self._waiting)
        if self._turning:
            asyncio.get_running_loop().call_soon(self._turn)
