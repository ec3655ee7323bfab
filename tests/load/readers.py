"""The light clients of a rehearsal, a thousand at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from isegoria.rehearsal.light import PATIENCE_S, WebSocket, accepted, enter, leave
from isegoria.rehearsal.light import Visitor as Guest

__all__ = ["PATIENCE_S", "Guest", "WebSocket", "accepted", "crowd", "enter", "leave"]

AT_ONCE = 50
"""How many handshakes are in flight."""


@asynccontextmanager
async def crowd(count: int, come: Callable[[int], Awaitable[Guest]]) -> AsyncIterator[list[Guest]]:
    """That many guests, each let in by `come(i)`."""
    door, guests = asyncio.Semaphore(AT_ONCE), list[Guest]()

    async def one(number: int) -> None:
        async with door:
            guests.append(await come(number))

    try:
        await asyncio.gather(*(one(number) for number in range(count)))
        yield guests
    finally:
        await leave(guests)
