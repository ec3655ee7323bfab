"""What one connection, one address and one replica may take, and the bucket that counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter


class Asker(Protocol):
    """What is asked of a request to tell where it comes from."""

    @property
    def remote(self) -> str | None: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def _peer(request: Asker) -> str:
    return request.remote or "unknown"


@dataclass(frozen=True, slots=True)
class Bounds:
    """`message` and `queued` are bytes. `remote` tells a request's address behind proxies."""

    connections: int = 10_000
    connections_per_address: int = 500
    message: int = 65_536
    queued: int = 1_000_000
    """What may wait for one client: whoever reads slower is closed, comes back and resumes by position."""
    connect_within_s: float = 5.0
    """How long a transport may be open without a namespace."""
    upgrade_within_s: float = 10.0
    remote: Callable[[Asker], str] = _peer


class Allowance:
    """A bucket of `burst` events that fills at `per_s`."""

    __slots__ = ("_at", "_burst", "_left", "_now", "_per_s")

    def __init__(self, per_s: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._per_s, self._burst, self._now = per_s, burst, now
        self._left, self._at = burst, now()

    def take(self) -> bool:
        """Whether one more event is allowed now."""
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_s)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class WrongLinks:
    """Counts wrong links by address. Right ones are let in whatever the count: a town hall shares one address."""

    def __init__(self, most: RateLimitItem | None = None) -> None:
        self._most = most or RateLimitItemPerMinute(30)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    async def too_many(self, address: str) -> bool:
        """Counts one more."""
        return not await self._limiter.hit(self._most, address)
