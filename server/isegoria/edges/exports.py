"""The record over HTTP, while the session still runs: made elsewhere, and listed before it is given out (R4)."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import structlog
from aiohttp import hdrs, web

from isegoria.domain.errors import Refused
from isegoria.domain.values import Instant, Tier
from isegoria.edges.auth import Door, Entrance
from isegoria.edges.http import staff, tier_of
from isegoria.edges.listing import File, listed
from isegoria.edges.shapes import ExportKind, ExportsOffered, PaperWords
from isegoria.edges.workshop import Workshop
from isegoria.live.makings import Making
from isegoria.live.venue import Venue
from isegoria.preparation.material import material_at
from isegoria.report import files
from isegoria.report.face import LIMIT
from isegoria.report.glance import words_of_paper
from isegoria.report.making import OFFERED, TYPES, Wanted, make
from isegoria.store.engine import Engine
from isegoria.store.errors import EngineAway

LOG = structlog.get_logger(__name__)

KINDS = "|".join(kind for kind in TYPES if kind not in files.TYPES)
GONE_S = 0.2
"""How often it is looked whether they who asked are still there."""
NOT_THERE = 499
COUNTED = 64
_ID = re.compile("[A-Za-z0-9_-]{1,64}")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exports:
    """Files are made in `workshop`; `glances` is for what screens want to know, so that neither waits for the other.

    `now`: the engine's time.
    """

    door: Door
    engine: Engine
    workshop: Workshop
    glances: Workshop
    now: Callable[[], Instant]
    counts: dict[str, tuple[str, PaperWords]] = field(default_factory=dict)
    """By session: the head of the log that it was counted from, and how long the working paper was."""
    counting: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def made(self, wanted: Wanted, entrance: Entrance, name: str) -> File:
        """As things stand when its turn comes."""
        workshop, venue = self.workshop, entrance.venue
        place = workshop.enter()
        makings = venue.attendance.makings
        making = Making(
            name, entrance.actor.person, wanted.kind, wanted.tier, wanted.track, self.now(), lambda: place.ahead
        )
        makings.append(making)
        try:
            async with workshop.turn(place):
                making.began = self.now()
                return await workshop.make(make_there, self.engine.address, venue.id, wanted)
        finally:
            makings.remove(making)

    def words(self, venue: Venue) -> PaperWords:
        """As last counted. If that is not of now it is counted anew, for who asks again."""
        head, words = self.counts.get(venue.id, ("", PaperWords(publishable=None, internal=None)))
        if head != venue.hall.history.head and venue.id not in self.counting:
            counting = asyncio.create_task(self._count(venue))
            self.counting[venue.id] = counting
            counting.add_done_callback(lambda _: self.counting.pop(venue.id, None))
        return words

    async def _count(self, venue: Venue) -> None:
        try:
            async with self.glances.turn(self.glances.enter()):
                head = venue.hall.history.head
                counted = await self.glances.make(_counted, self.engine.address, venue.id)
        except (Refused, EngineAway) as problem:
            LOG.warning("not_counted", session=venue.id, reason=str(problem))
            return
        words = PaperWords(publishable=counted[Tier.PUBLISHABLE], internal=counted[Tier.INTERNAL])
        self.counts.pop(venue.id, None)
        self.counts[venue.id] = head, words
        while len(self.counts) > COUNTED:
            self.counts.pop(next(iter(self.counts)))

    async def close(self) -> None:
        """Nothing is made or counted any more."""
        for counting in list(self.counting.values()):
            counting.cancel()
        await asyncio.gather(*self.counting.values(), return_exceptions=True)
        self.workshop.close()
        self.glances.close()


def make_there(address: str, session: str, wanted: Wanted) -> File:
    """In the workshop's process, which reads for itself what it needs."""
    material = material_at(address, session)
    return File.of(make(wanted, material), len(material.journal))


def _counted(address: str, session: str) -> dict[Tier, int]:
    return words_of_paper(material_at(address, session))


def routes(exports: Exports) -> list[web.AbstractRouteDef]:
    base = "/api/sessions/{session}"
    return [
        web.get(f"{base}/exports", partial(_offered, exports), allow_head=False),
        web.get(f"{base}/record.{{kind:{KINDS}}}", partial(_record, exports), allow_head=False),
    ]


async def _offered(exports: Exports, request: web.Request) -> web.Response:
    """Which files there are for whom, and how long the working paper is."""
    entrance = await staff(exports.door, request)
    kinds = tuple(
        ExportKind(kind=kind, tiers=tuple(tier for tier in Tier if tier in tiers), of_track=kind in files.TYPES)
        for kind, tiers in OFFERED.items()
    )
    offered = ExportsOffered(kinds=kinds, words=exports.words(entrance.venue), limit=LIMIT)
    headers = {hdrs.CACHE_CONTROL: "no-store"}
    return web.Response(text=offered.model_dump_json(), content_type="application/json", headers=headers)


async def _record(exports: Exports, request: web.Request) -> web.Response:
    """The record so far, for the team: `?tier=publishable` as each person allows, else everything.

    `?making=ID` is what the team is told of it by while it is made.
    """
    entrance = await staff(exports.door, request)
    wanted = Wanted(request.match_info["kind"], tier_of(request, otherwise=Tier.INTERNAL))
    made = await _while_there(request, exports.made(wanted, entrance, _name(request)))
    if made is None:
        return web.Response(status=NOT_THERE)
    if not wanted.is_log:
        await listed(entrance, wanted.kind, wanted.tier, None, made)
    headers = {
        hdrs.CONTENT_TYPE: TYPES[wanted.kind],
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="{wanted.file_name(entrance.venue.id)}"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=made.body, headers=headers)


def _name(request: web.Request) -> str:
    name = request.query.get("making") or secrets.token_hex(8)
    if not _ID.fullmatch(name):
        raise Refused("malformed", "letters, digits, - and _ only, 64 at most", field="making")
    return name


async def _while_there(request: web.Request, work: Coroutine[Any, Any, T]) -> T | None:
    """What comes of the work; None if they who asked went away, for whom it is given up."""
    working = asyncio.create_task(work)
    try:
        # aiohttp would tell by cancelling the handler, and a decision must not be cut off in the middle.
        while not working.done() and request.transport is not None:
            await asyncio.wait([working], timeout=GONE_S)
        return await working if working.done() else None
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
