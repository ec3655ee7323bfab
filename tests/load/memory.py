"""What a connected reader costs the server's process: resident memory with readers less without them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tests.load import machine
from tests.load.readers import Guest, crowd
from tests.load.scale import Scale
from tests.load.scene import moderator, reader, stock_reader, unheard
from tests.load.serving import Server, consultations, folder, product, stock
from tests.load.table import Found, Row

LIMIT = 3_600_000
FIRST = 20
"""Readers who come and go before, so that what is made once is not counted."""
STILL_S = 2.0
LONGEST_S = 20.0


async def measure(scale: Scale) -> Found:
    async with folder() as data:
        (consultation,) = await consultations(data, ["s1"], LIMIT)
        async with product(data) as server:
            await moderator(server, consultation)
            ours = await _each(scale, server, lambda number: reader(server, consultation, number, unheard))
    async with stock() as server:
        theirs = await _each(scale, server, lambda _: stock_reader(server))
    return Found([Row("memory", f"KB a reader, of {scale.readers}", ours, theirs, "stock python-socketio")])


async def _each(scale: Scale, server: Server, come: Callable[[int], Awaitable[Guest]]) -> float:
    async with crowd(FIRST, come):
        pass
    without = await settled(server)
    async with crowd(scale.readers, come):
        return (await settled(server) - without) / scale.readers


async def settled(server: Server) -> float:
    """Kilobytes, when they have stayed the same for a while."""
    size, still = machine.resident_kb(server.pid), 0.0
    for _ in range(round(LONGEST_S / 0.5)):
        await asyncio.sleep(0.5)
        before, size = size, machine.resident_kb(server.pid)
        still = still + 0.5 if size == before else 0.0
        if still >= STILL_S:
            break
    return size
