"""The record over HTTP, while the session still runs: made off the event loop, so that captions go on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import hdrs, web

from isegoria.domain.captions import CaptionSegment, Track
from isegoria.domain.people import People
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


TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}


async def _record(exports: Exports, request: web.Request) -> web.Response:
    """The record so far, for the team."""
    venue = (await staff(exports.door, request)).venue
    kind = request.match_info["format"]
    journal = [data for _, data in await exports.journal.read(venue.id)]
    tracks = await exports.transcript.tracks(venue.id)
    captions = {track: await exports.transcript.read(venue.id, track) for track in tracks}
    body = await asyncio.to_thread(_made, kind, venue.id, journal, venue.hall.people, captions)
    headers = {
        hdrs.CONTENT_TYPE: TYPES[kind],
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="isegoria-{venue.id}-internal.{kind}"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=body, headers=headers)


def _made(
    kind: str,
    session: str,
    journal: Sequence[bytes],
    people: People,
    captions: Mapping[Track, Sequence[CaptionSegment]],
) -> bytes:
    if kind == "jsonl":
        return log.export(journal)
    export = {"json": as_json.export, "csv": as_csv.export}[kind]
    return export(record(session, journal, people, captions))
