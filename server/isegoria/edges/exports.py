"""The record over HTTP, while the session still runs: made elsewhere, and listed before it is given out (R4)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial

from aiohttp import hdrs, web

from isegoria import logs
from isegoria.domain import commands as c
from isegoria.domain.errors import Refused
from isegoria.domain.values import Tier
from isegoria.edges.auth import Door, Entrance
from isegoria.edges.http import staff
from isegoria.edges.workshop import Workshop
from isegoria.live.venue import Venue
from isegoria.report.making import TYPES, Material, Wanted
from isegoria.store.journal import Journal
from isegoria.store.transcript import Transcript

KINDS = "|".join(kind for kind in TYPES if kind not in {"vtt", "srt", "txt"})


@dataclass(frozen=True, slots=True)
class Exports:
    door: Door
    journal: Journal
    transcript: Transcript
    workshop: Workshop


def routes(exports: Exports) -> list[web.AbstractRouteDef]:
    return [web.get(f"/api/sessions/{{session}}/record.{{kind:{KINDS}}}", partial(_record, exports), allow_head=False)]


async def _record(exports: Exports, request: web.Request) -> web.Response:
    """The record so far, for the team: `?tier=publishable` as each person allows, else everything."""
    entrance = await staff(exports.door, request)
    wanted = Wanted(request.match_info["kind"], _tier(request))
    material = await _material(exports, entrance.venue)
    body = await exports.workshop.make(wanted, material)
    if not wanted.is_log:
        await _list(entrance, wanted, body, len(material.journal))
    headers = {
        hdrs.CONTENT_TYPE: TYPES[wanted.kind],
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="{wanted.file_name(entrance.venue.id)}"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=body, headers=headers)


def _tier(request: web.Request) -> Tier:
    asked = request.query.get("tier", Tier.INTERNAL)
    if asked not in list(Tier):
        raise Refused("malformed", f"say one of these tiers: {', '.join(Tier)}", field="tier")
    return Tier(asked)


async def _material(exports: Exports, venue: Venue) -> Material:
    journal = [data for _, data in await exports.journal.read(venue.id)]
    return Material(venue.id, journal, venue.hall.people, await exports.transcript.entries(venue.id))


async def _list(entrance: Entrance, wanted: Wanted, body: bytes, entries: int) -> None:
    """Listed before it leaves: what was given out and is not listed could not be recalled."""
    command = c.ListExport(
        format=wanted.kind,
        tier=wanted.tier,
        track=wanted.track,
        digest=hashlib.sha256(body).hexdigest(),
        size=len(body),
        entries=entries,
    )
    with logs.bound(entrance.venue.id, entrance.actor, command.type):
        await entrance.venue.hall.handle(command, entrance.actor)
