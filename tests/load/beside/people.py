"""Who presses and who speaks while thousands read: how long they wait, and how late turns end by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.load.beside.servers import Ours
from tests.load.beside.target import Target
from tests.load.readers import Guest, accepted, enter
from tests.load.scene import come, give_floor, moderator, unheard
from tests.load.table import percentile
from tests.load.turns import EngineTime, Watcher, written
from tests.serving import SPEAKERS

PRESS_EVERY_S = 0.25
SPREAD_S = 1.5
"""Within which the turns of different sessions begin, so that they do not all end in the same moment."""

Press: TypeAlias = Callable[[int], Awaitable[None]]


@dataclass(slots=True)
class Presses:
    """How long a person waits who presses again and again, each timed from the moment it was due."""

    every_s: float = PRESS_EVERY_S
    took_ms: list[float] = field(default_factory=list)
    failures: int = 0
    """Those that were refused or had no answer."""

    async def run(self, press: Press) -> None:
        loop = asyncio.get_running_loop()
        began, number = loop.time(), 0
        while True:
            at = began + number * self.every_s
            await asyncio.sleep(max(0.0, at - loop.time()))
            try:
                await press(number)
                self.took_ms.append((loop.time() - at) * 1_000)
            except (ConnectionError, TimeoutError):
                self.failures += 1
            number += 1

    def found(self) -> dict[str, Any]:
        waited = _spread("ms until a press is acknowledged", self.took_ms)
        return {"presses": len(self.took_ms), "presses that failed": self.failures, **waited}


@asynccontextmanager
async def noop(target: Target) -> AsyncIterator[Press]:
    """Presses at a stock server: an event that does nothing and is acknowledged."""
    guest = await enter("http" + target.url.removeprefix("ws").partition("/socket.io")[0], {}, unheard)

    async def press(_: int) -> None:
        await accepted(guest.ask("command", {}))

    yield press
    guest.socket.close()


@dataclass(slots=True)
class People:
    """`enter` before anything is measured, `run` until cancelled, `found` afterwards, while the server still runs."""

    ours: Ours
    presses: Presses = field(default_factory=Presses)
    watchers: list[Watcher] = field(default_factory=list)
    unseen: int = 0
    """Turns whose end nobody saw."""
    _chairs: list[Guest] = field(default_factory=list)

    async def enter(self) -> None:
        clock, server = await EngineTime.read(self.ours.chair), self.ours.server
        for one in self.ours.short:
            watcher = Watcher(clock.now)
            self._chairs.append(await moderator(server, one))
            await come(server, one, "attendee", watcher.hear)
            self.watchers.append(watcher)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._press())
            for number, (chair, watcher) in enumerate(zip(self._chairs, self.watchers, strict=True)):
                group.create_task(self._turns(chair, watcher, number / len(self._chairs)))

    async def found(self) -> dict[str, Any]:
        seen = [late for watcher in self.watchers for late in watcher.seen.values()]
        late = [one for short in self.ours.short for one in await written(self.ours.data, short.id)]
        return {
            **self.presses.found(),
            "turns": len(late),
            "turns whose end nobody saw": self.unseen,
            **_spread("ms until the end of a turn is written", late),
            **_spread("ms until the end of a turn is seen", seen),
        }

    async def _press(self) -> None:
        """The clock of a turn without end is stopped and goes on."""
        chair = self.ours.chair
        turn = await give_floor(chair, SPEAKERS[0], None)

        async def press(number: int) -> None:
            kind, why = ("resume_turn", {}) if number % 2 else ("pause_turn", {"reason": "sound"})
            await chair.done(f"press-{number}", kind, turn=turn, **why)

        await self.presses.run(press)

    async def _turns(self, chair: Guest, watcher: Watcher, share: float) -> None:
        """One after the other."""
        await asyncio.sleep(share * SPREAD_S)
        turn, number = None, 0
        while True:
            number += 1
            try:
                turn = await give_floor(chair, SPEAKERS[number % len(SPEAKERS)], turn, str(number))
                await watcher.until_over(turn)
            except (ConnectionError, TimeoutError):
                self.unseen += 1
                await asyncio.sleep(1)


def _spread(what: str, values: Sequence[float]) -> dict[str, float]:
    return {
        f"{what}, {name}": percentile(values, percent) for name, percent in (("median", 50), ("p99", 99), ("max", 100))
    }


async def ended(task: asyncio.Task[None]) -> None:
    """Cancels it; what went wrong before is raised."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
