"""Which captions are held back from publication until the rapporteur decides (R10), over HTTP for the team.

Found in a process of its own, once for all pages that ask before something has changed, and for `fresh_s` when only
captions have come since.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from aiohttp import hdrs, web

from isegoria.edges.auth import Door
from isegoria.edges.http import staff
from isegoria.edges.shapes import HeldLines
from isegoria.edges.workshop import Workshop
from isegoria.live.venue import Venue
from isegoria.preparation.material import material_at
from isegoria.report.glance import held_lines
from isegoria.report.holding import HeldLine
from isegoria.store.engine import Engine
from isegoria.store.transcript import Transcript

KEPT = 64


class State(NamedTuple):
    """Whatever the answer depends on, apart from captions."""

    head: str
    revision: int


class Found(NamedTuple):
    """From the captions up to these positions, at an instant."""

    state: State
    positions: tuple[int, ...]
    at: float
    body: str


@dataclass(frozen=True, slots=True)
class Holding:
    door: Door
    transcript: Transcript
    engine: Engine
    workshop: Workshop
    fresh_s: float = 10.0
    finding: asyncio.Lock = field(default_factory=asyncio.Lock)
    kept: dict[str, Found] = field(default_factory=dict)

    async def now(self, venue: Venue) -> str:
        """As JSON. Raises Refused, EngineAway."""
        async with self.finding:
            found = await self._known(venue) or await self._find(venue)
            self.kept.pop(venue.id, None)
            self.kept[venue.id] = found
            while len(self.kept) > KEPT:
                self.kept.pop(next(iter(self.kept)))
            return found.body

    async def _known(self, venue: Venue) -> Found | None:
        """What was found before, if it still holds."""
        found = self.kept.get(venue.id)
        if found is None or found.state != _state(venue):
            return None
        is_fresh = time.monotonic() - found.at < self.fresh_s
        return found if is_fresh or found.positions == await self._positions(venue) else None

    async def _find(self, venue: Venue) -> Found:
        state, positions, at = _state(venue), await self._positions(venue), time.monotonic()
        async with self.workshop.turn(self.workshop.enter()):
            lines = await self.workshop.make(_lines, self.engine.address, venue.id)
        return Found(state, positions, at, HeldLines(lines=tuple(lines)).model_dump_json())

    async def _positions(self, venue: Venue) -> tuple[int, ...]:
        newest = [await self.transcript.newest(venue.id, track, 1) for track in venue.tracks()]
        return tuple(one[-1].position or 0 if one else 0 for one in newest)


def _lines(address: str, session: str) -> list[HeldLine]:
    return held_lines(material_at(address, session))


def _state(venue: Venue) -> State:
    return State(venue.hall.history.head, venue.hall.people.revision)


def routes(holding: Holding) -> list[web.AbstractRouteDef]:
    return [web.get("/api/sessions/{session}/held", partial(_held, holding), allow_head=False)]


async def _held(holding: Holding, request: web.Request) -> web.Response:
    """The lines of the publishable transcripts that name somebody who is protected, decided or not."""
    entrance = await staff(holding.door, request)
    body = await holding.now(entrance.venue)
    return web.Response(text=body, content_type="application/json", headers={hdrs.CACHE_CONTROL: "no-store"})
