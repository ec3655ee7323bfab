"""One feed's lease, kept for as long as it can be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from isegoria.edges.pull.pace import Pace
from isegoria.store.errors import EngineAway
from isegoria.store.leases import Leases


class Hold:
    """`keep` it in a task. `changed` is called when `ours` became true or false."""

    def __init__(
        self, leases: Leases, session: str, feed: str, holder: str, pace: Pace, changed: Callable[[], None]
    ) -> None:
        self._leases, self._session, self._feed, self._holder = leases, session, feed, holder
        self._pace, self._changed = pace, changed
        self._renewed = 0.0
        self.ours = False

    async def keep(self) -> None:
        """Renews the lease, or asks for it while another replica has it; until cancelled."""
        while True:
            # Nobody else can take it while the engine is away: what is held stays so.
            with suppress(EngineAway):
                await self._renew()
            await asyncio.sleep(self._pace.renew if self.ours else self._pace.knock)

    async def certain(self) -> bool:
        """Whether the lease is ours though this process may have stood still. Raises EngineAway."""
        if self._pace.clock() - self._renewed >= self._pace.lease_ms / 1_000:
            await self._renew()
        return self.ours

    async def release(self) -> None:
        """Gives it back, so that another replica need not wait until it ends."""
        self.ours = False
        with suppress(EngineAway):
            await self._leases.release(self._session, self._feed, self._holder)

    async def _renew(self) -> None:
        asked = self._pace.clock()
        ours = await self._leases.lease(self._session, self._feed, self._holder, self._pace.lease_ms)
        self._renewed = asked
        if ours != self.ours:
            self.ours = ours
            self._changed()
