"""One session's alarm on one replica. Every replica sets its own; the journal lets exactly one of them settle."""

from __future__ import annotations

import asyncio

import structlog

from isegoria.domain.commands import Settle
from isegoria.domain.decide import next_deadline
from isegoria.domain.errors import Refused
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.live.clock import EngineClock
from isegoria.live.hall import Hall

LOG = structlog.get_logger(__name__)

SYSTEM = Actor(role=Role.SYSTEM)
AGAIN_S = 0.2


class Alarm:
    """Asks `Settle` when the state's next deadline is reached. `run` it in a task, and `set` it after each change."""

    def __init__(self, hall: Hall, clock: EngineClock) -> None:
        self._hall, self._clock = hall, clock
        self._changed = asyncio.Event()
        hall.on_change.append(self.set)

    def set(self) -> None:
        self._changed.set()

    async def run(self) -> None:
        while True:
            self._changed.clear()
            if await self._reached():
                await self._settle()

    async def _reached(self) -> bool:
        """Waits for the deadline; False if the state changed before."""
        wait = self._until_due()
        try:
            async with asyncio.timeout(wait):
                await self._changed.wait()
        except TimeoutError:
            return True
        return False

    def _until_due(self) -> float | None:
        """Seconds of real time; None if nothing will be due by itself."""
        due = next_deadline(self._hall.session)
        real = None if due is None else self._hall.session.clock.real_at(due)
        return None if real is None else max(0.0, (real - self._clock.now()) / 1_000)

    async def _settle(self) -> None:
        try:
            await self._hall.handle(Settle(), SYSTEM)
        except Refused as refusal:
            # Another replica was faster, or the engine is away: what is due stays due.
            if refusal.code != "too_early":
                LOG.warning("settle_refused", session=self._hall.id, code=refusal.code)
            await asyncio.sleep(AGAIN_S if refusal.code != "too_early" else 0.001)
