"""The publisher, measured: how long what is said takes to reach those who are connected here."""

from __future__ import annotations

import time
from dataclasses import dataclass

from isegoria.domain.captions import CaptionStatus
from isegoria.edges import metrics
from isegoria.edges.socket import Sockets
from isegoria.live.broadcast import Audience, View
from isegoria.live.clock import EngineClock
from isegoria.live.rooms import CaptionFrame
from isegoria.views.models import EngineView, StatusView

SPOKEN = {CaptionStatus.PARTIAL, CaptionStatus.FINAL}
"""What is corrected, or taken back, was received long before."""


@dataclass(frozen=True, slots=True)
class Measured:
    sockets: Sockets
    clock: EngineClock

    async def view(self, session: str, audience: Audience, view: View) -> None:
        await self.sockets.view(session, audience, view)

    async def status(self, session: str, status: StatusView) -> None:
        await self.sockets.status(session, status)

    async def engine(self, session: str, engine: EngineView) -> None:
        await self.sockets.engine(session, engine)

    async def captions(self, session: str, *, public: CaptionFrame | None, team: CaptionFrame) -> None:
        began = time.perf_counter()
        await self.sockets.captions(session, public=public, team=team)
        metrics.FANOUT.observe(time.perf_counter() - began)
        now = self.clock.now()
        for segment in team.segments:
            if segment.status in SPOKEN and segment.by is None:
                metrics.CAPTION_LAG.observe(max(0, now - segment.received_at) / 1_000)
