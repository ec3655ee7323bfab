"""How long a moderator waits for an acknowledgement, which means on disk, while readers read and captions come."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from isegoria.store.note import read_note
from tests.load.pace import Effort, due, since_ms
from tests.load.readers import Guest, crowd
from tests.load.scale import Scale
from tests.load.scene import feed, give_floor, moderator, reader, unheard
from tests.load.serving import consultations, folder, journal, product
from tests.load.speaking import feed_into, speak
from tests.load.table import Found, spread

EVERY_S = 0.06
"""Half as often as one page may ask."""
LIMIT = 3_600_000
BARE = "a bare XADD of that size to the same engine"


async def measure(scale: Scale) -> Found:
    async with folder() as data:
        (consultation,) = await consultations(data, ["s1"], LIMIT)
        async with product(data) as server:
            guest = await moderator(server, consultation)
            turn = await give_floor(guest, "ana", None)
            size = len((await journal(data, "s1"))[-1])
            say = feed_into(await feed(server, consultation))
            async with crowd(scale.readers, lambda number: reader(server, consultation, number, unheard)):
                effort = Effort()
                speaking = asyncio.create_task(speak(say, 10 * scale.commands))
                ours = await _on_time(scale.commands, lambda number: _press(guest, turn, number))
                theirs = await _bare(data, scale.commands, size)
                speaking.cancel()
                with suppress(asyncio.CancelledError):
                    await speaking
                busy = effort.warnings("commands")
    return Found(spread("commands", f"ms until acknowledged, {scale.readers} readers", ours, theirs, BARE), busy)


async def _on_time(count: int, do: Callable[[int], Awaitable[None]]) -> list[float]:
    """Milliseconds that each took from the moment it was due, though the one before was not done."""
    took: list[float] = []

    async def timed(number: int, at: int) -> None:
        await do(number)
        took.append(since_ms(at))

    async with asyncio.TaskGroup() as group:
        async for number, at in due(count, EVERY_S):
            group.create_task(timed(number, at))
    return took


async def _press(guest: Guest, turn: str, number: int) -> None:
    """The clock is stopped and goes on, in turn."""
    if number % 2 == 0:
        await guest.done(f"press-{number}", "pause_turn", turn=turn, reason="sound")
    else:
        await guest.done(f"press-{number}", "resume_turn", turn=turn)


async def _bare(data: Path, count: int, size: int) -> list[float]:
    """The same schedule and bytes, with nothing between this process and the engine."""
    note = read_note(data)
    assert note, "the server runs"
    read, write = await asyncio.open_unix_connection(note.socket)
    words = [b"XADD", b"bare", b"*", b"d", b"x" * size]
    command = b"*5\r\n" + b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in words)
    in_turn = asyncio.Lock()

    async def add(_: int) -> None:
        async with in_turn:
            write.write(command)
            assert (await read.readline()).startswith(b"$")
            await read.readline()

    try:
        return await _on_time(count, add)
    finally:
        write.close()
