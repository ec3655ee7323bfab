"""Where what a fetched feed says goes: into its session's intake, while this replica is the one that fetches it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from isegoria.domain.captions import Feed, Mode
from isegoria.domain.errors import Refused
from isegoria.domain.revisions import FeedState
from isegoria.edges.pull.hold import Hold
from isegoria.edges.pull.pace import Pace
from isegoria.live.intake import Intake, Step
from isegoria.store.errors import EngineAway


@dataclass(frozen=True, slots=True)
class Parting:
    """How an attempt ended. `lasted`: how long it was a connection. `refused`: trying again soon would not help."""

    problem: str = ""
    refused: bool = False
    lasted: float = 0.0


class NotOurs(Exception):
    """Another replica fetches this feed now."""


class Tap:
    """One connection of a feed. `moved` is set when it should end: another setting, another holder, the end."""

    def __init__(self, intake: Intake, feed: Feed, hold: Hold, pace: Pace, moved: asyncio.Event) -> None:
        self.intake, self.feed, self.pace, self.moved = intake, feed, pace, moved
        self._hold = hold
        self._connected_at: float | None = None

    @property
    def connected(self) -> bool:
        return self._connected_at is not None

    @property
    def lasted(self) -> float:
        """For how long it has been connected."""
        return 0.0 if self._connected_at is None else self.pace.clock() - self._connected_at

    async def connect(self) -> None:
        """The service has let us in. Raises NotOurs."""
        if not self.connected:
            await self._persist(lambda: self.intake.connected(self.feed))
            self._connected_at = self.pace.clock()

    def disconnect(self) -> None:
        if self.connected:
            self.intake.disconnected(self.feed)
            self._connected_at = None

    async def take(self, step: Step, mode: Mode) -> None:
        """Reads no further until this is kept, so that an engine that is away loses nothing. Raises NotOurs."""
        await self._persist(lambda: self.intake.take(self.feed, step, mode))

    async def remembered(self) -> FeedState:
        """What the feed remembers. Raises NotOurs."""
        known = FeedState()

        async def ask() -> None:
            nonlocal known
            known = await self.intake.remembered(self.feed)

        await self._persist(ask)
        return known

    async def _persist(self, attempt: Callable[[], Awaitable[object]]) -> None:
        while True:
            try:
                if not await self._hold.certain():
                    raise NotOurs
                await attempt()
            except (EngineAway, Refused):
                await asyncio.sleep(self.pace.retry)
            else:
                return
