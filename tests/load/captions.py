"""From the moment a caption was due at its feed until each reader has it, and that each reader has all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tests.load import machine
from tests.load.hearing import Ears, Reader
from tests.load.pace import Effort
from tests.load.readers import Guest, crowd
from tests.load.scale import Scale
from tests.load.scene import feed, moderator, reader, stock_reader
from tests.load.serving import Server, consultations, folder, product, stock
from tests.load.speaking import EVERY_S, WARM_UP, Say, feed_into, publish_by, speak
from tests.load.table import Found, Row, spread

DRAIN_S = 15.0
LIMIT = 3_600_000
STOCK = "stock python-socketio"


@dataclass(slots=True)
class Heard:
    delays_ms: Sequence[float]
    server_us: float
    """The server's processor time for each delivery."""
    incomplete: int
    """Readers who lack a final, have one twice, or were told a wrong position."""
    busy: list[str]


async def measure(scale: Scale) -> Found:
    ours, theirs = await _product(scale), await _stock(scale)
    rows = spread("captions", "ms from due to reader", ours.delays_ms, theirs.delays_ms, STOCK, (50, 95, 99, 100))
    rows.append(Row("captions", "us of server for a delivery", ours.server_us, theirs.server_us, STOCK))
    rows.append(Row("captions", "readers without exactly all", ours.incomplete, theirs.incomplete, STOCK))
    lost = [f"captions: {ours.incomplete} readers did not get exactly what was said."] if ours.incomplete else []
    return Found(rows, lost + ours.busy + theirs.busy)


async def _product(scale: Scale) -> Heard:
    async with folder() as data:
        (consultation,) = await consultations(data, ["s1"], LIMIT)
        async with product(data) as server:
            await moderator(server, consultation)
            say = feed_into(await feed(server, consultation))
            return await _hear(scale, server, say, lambda i, heard: reader(server, consultation, i, heard))


async def _stock(scale: Scale) -> Heard:
    async with stock() as server:
        say = publish_by(await stock_reader(server))
        return await _hear(scale, server, say, lambda _, heard: stock_reader(server, heard))


async def _hear(
    scale: Scale, server: Server, say: Say, come: Callable[[int, Callable[[bytes], None]], Awaitable[Guest]]
) -> Heard:
    ears = Ears()
    readers = [Reader(ears) for _ in range(scale.readers)]
    captions = WARM_UP + 2 * round(scale.seconds / EVERY_S / 2)
    async with crowd(scale.readers, lambda number: come(number, readers[number].hear)):
        effort, computed = Effort(), machine.processor_s(server.pid)
        await speak(say, captions)
        busy = effort.warnings("captions")
        await drained(readers, captions // 2)
        computed = machine.processor_s(server.pid) - computed
    incomplete = sum(not one.complete(captions // 2) for one in readers)
    return Heard(ears.delays_ms, computed * 1e6 / (captions * scale.readers), incomplete, busy)


async def drained(readers: list[Reader], finals: int) -> None:
    """Until all have come, or too long after."""
    for _ in range(round(DRAIN_S / EVERY_S)):
        if all(len(one.finals) >= finals for one in readers):
            return
        await asyncio.sleep(EVERY_S)
