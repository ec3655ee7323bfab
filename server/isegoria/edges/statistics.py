"""The figures of a session as a screen of the team's, while it runs; what is given out as a file is in `exports.py`.

They are made from the session as it is held here, without its words: 3 ms for two hours with 300 people, where folding
the journal anew takes 100. So it is done in a thread, and once for all pages that ask before something has changed.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from aiohttp import hdrs, web

from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.values import Instant, Millis, Tier
from isegoria.edges.auth import Door
from isegoria.edges.http import staff, tier_of
from isegoria.live.hall import Hall
from isegoria.report.record import heard
from isegoria.report.statistics import statistics

STEP: Millis = 5_000
"""The figures of a running turn move on in such steps, and all pages see the same."""
KEPT = 64


class State(NamedTuple):
    """Whatever the figures depend on: the journal's head, the roster's revision, the instant while a turn runs."""

    head: str
    revision: int
    at: Instant


@dataclass(frozen=True, slots=True)
class Figures:
    door: Door
    making: asyncio.Lock = field(default_factory=asyncio.Lock)
    kept: dict[tuple[str, Tier], tuple[State, str]] = field(default_factory=dict)

    async def now(self, hall: Hall, tier: Tier) -> str:
        """The figures as JSON."""
        async with self.making:
            state = _state(hall)
            found = self.kept.pop((hall.id, tier), None)
            if found is None or found[0] != state:
                session = replace(hall.session, last_at=max(hall.session.last_at, state.at))
                found = state, await asyncio.to_thread(_made, session, hall.people, tier)
            self.kept[hall.id, tier] = found
            while len(self.kept) > KEPT:
                self.kept.pop(next(iter(self.kept)))
            return found[1]


def _state(hall: Hall) -> State:
    at = 0 if hall.session.turn is None else hall.now() // STEP * STEP
    return State(hall.history.head, hall.people.revision, at)


def _made(session: Session, people: People, tier: Tier) -> str:
    return statistics(heard(session, people), session, people, tier).model_dump_json()


def routes(figures: Figures) -> list[web.AbstractRouteDef]:
    return [web.get("/api/sessions/{session}/statistics", partial(_statistics, figures), allow_head=False)]


async def _statistics(figures: Figures, request: web.Request) -> web.Response:
    """The figures so far, for the team: `?tier=internal` of everybody, else what may be shown to others."""
    entrance = await staff(figures.door, request)
    body = await figures.now(entrance.venue.hall, tier_of(request, otherwise=Tier.PUBLISHABLE))
    return web.Response(text=body, content_type="application/json", headers={hdrs.CACHE_CONTROL: "no-store"})
