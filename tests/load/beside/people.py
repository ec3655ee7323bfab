"""Who presses and who speaks while thousands read: how long they wait, and how late turns end by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.load.beside.servers import Ours
from tests.load.scene import come, give_floor, moderator
from tests.load.table import percentile
from tests.load.turns import EngineTime, Watcher, written
from tests.serving import SPEAKERS, Consultation

PRESS_EVERY_S = 0.25


@dataclass(slots=True)
class People:
    """`run` until cancelled; `found` afterwards, while the server still runs."""

    ours: Ours
    presses_ms: list[float] = field(default_factory=list)
    watchers: list[Watcher] = field(default_factory=list)
    failures: int = 0
    """Presses that were refused or had no answer, turns whose end nobody saw."""

    async def run(self) -> None:
        clock = await EngineTime.read(self.ours.chair)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._press())
            for number, one in enumerate(self.ours.short):
                self.watchers.append(Watcher(clock.now))
                group.create_task(self._turns(one, self.watchers[-1], number / len(self.ours.short)))

    async def found(self) -> dict[str, Any]:
        seen = [late for watcher in self.watchers for late in watcher.seen.values()]
        late = [one for short in self.ours.short for one in await written(self.ours.data, short.id)]
        return {
            "presses": len(self.presses_ms),
            **_spread("ms until a press is acknowledged", self.presses_ms),
            "turns": len(late),
            "failures": self.failures,
            **_spread("ms until the end of a turn is written", late),
            **_spread("ms until the end of a turn is seen", seen),
        }

    async def _press(self) -> None:
        """The clock of a turn without end is stopped and goes on; each is timed from the moment it was due."""
        loop = asyncio.get_running_loop()
        chair = self.ours.chair
        turn = await give_floor(chair, SPEAKERS[0], None)
        began = loop.time()
        number = 0
        while True:
            at = began + number * PRESS_EVERY_S
            await asyncio.sleep(max(0.0, at - loop.time()))
            kind = "resume_turn" if number % 2 else "pause_turn"
            try:
                await chair.done(f"press-{number}", kind, turn=turn, **({} if number % 2 else {"reason": "sound"}))
                self.presses_ms.append((loop.time() - at) * 1_000)
            except (ConnectionError, TimeoutError):
                self.failures += 1
            number += 1

    async def _turns(self, consultation: Consultation, watcher: Watcher, share: float) -> None:
        """One after the other; those of different sessions do not end in the same moment."""
        server = self.ours.server
        chair = await moderator(server, consultation)
        await come(server, consultation, "attendee", watcher.hear)
        await asyncio.sleep(share * 2)
        turn, number = None, 0
        while True:
            number += 1
            try:
                turn = await give_floor(chair, SPEAKERS[number % len(SPEAKERS)], turn, str(number))
                await watcher.until_over(turn)
            except (ConnectionError, TimeoutError):
                self.failures += 1
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
