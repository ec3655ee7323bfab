"""The record over HTTP, while the session still runs: made off the event loop, so that captions go on meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from aiohttp import hdrs, web

from isegoria.edges.auth import Door
from isegoria.edges.http import staff
from isegoria.report import as_csv, as_json, log
from isegoria.report.record import record
from isegoria.store.journal import Journal
from isegoria.store.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Exports:
    door: Door
    journal: Journal
    transcript: Transcript


def routes(exports: Exports) -> list[web.AbstractRouteDef]:
    return [web.get("/api/sessions/{session}/record.{format:json|csv|jsonl}", partial(_record, exports))]


async def _record(exports: Exports, request: web.Request) -> web.Response:
    """The record so far, for the team."""
    venue = (await staff(exports.door, request)).venue
    journal = [data for _, data in await exports.journal.read(venue.id)]
    kind = request.match_info["format"]
    if kind == "jsonl":
        body = await asyncio.to_thread(log.export, journal)
    else:
        captions = {
            track: await exports.transcript.read(venue.id, track) for track in await exports.transcript.tracks(venue.id)
        }
        made = await asyncio.to_thread(record, venue.id, journal, venue.hall.people, captions)
        body = await asyncio.to_thread({"json": as_json.export, "csv": as_csv.export}[kind], made)
    types = {"json": "application/json", "csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
    name = f"isegoria-{venue.id}-internal.{kind}"
    headers = {
        hdrs.CONTENT_TYPE: types[kind],
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=body, headers=headers)
