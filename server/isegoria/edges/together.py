"""The same question, asked by many at the same time, asked once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Together(Generic[K, V]):
    """`ask` for those who ask at once. No answer is older than the question: who comes while one is under way shares
    the next, which begins `apart_s` after that is over. So a thousand who come by one link cost a few questions, and a
    link that was revoked lets nobody in.
    """

    def __init__(self, ask: Callable[[K], Awaitable[V]], apart_s: float) -> None:
        self._ask, self._apart_s = ask, apart_s
        self._now: dict[K, asyncio.Future[V]] = {}
        self._next: dict[K, asyncio.Future[V]] = {}

    async def __call__(self, key: K) -> V:
        """Raises what `ask` raises."""
        return await asyncio.shield(self._answer(key))

    def _answer(self, key: K) -> asyncio.Future[V]:
        if (now := self._now.get(key)) is None:
            return self._begin(key, self._ask(key))
        if key not in self._next:
            self._next[key] = asyncio.ensure_future(self._after(now, key))
        return self._next[key]

    def _begin(self, key: K, asked: Awaitable[V]) -> asyncio.Future[V]:
        answer = self._now[key] = asyncio.ensure_future(asked)
        answer.add_done_callback(partial(self._over, key))
        return answer

    async def _after(self, one: asyncio.Future[V], key: K) -> V:
        await asyncio.wait([one])
        await asyncio.sleep(self._apart_s)
        return await self._ask(key)

    def _over(self, key: K, answered: asyncio.Future[V]) -> None:
        # Whoever asked may have gone: nobody is told then that it failed.
        answered.cancelled() or answered.exception()
        del self._now[key]
        if following := self._next.pop(key, None):
            self._begin(key, following)
