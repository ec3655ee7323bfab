"""Transcripts over HTTP, while the session still runs: for all with a link what may be published, for the team all.

Made in a thread, one at a time, so that captions go on meanwhile, and once for all who ask at the same time: what has
been made is given out again while nothing that it was made from has changed, and for `fresh_s` when only captions have
come since. Making counts against the address that asked for it, and being given a copy does not.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeAlias

from aiohttp import hdrs, web
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from isegoria.domain.captions import CaptionSegment, Track
from isegoria.domain.errors import Refused
from isegoria.domain.roles import STAFF
from isegoria.domain.values import Tier
from isegoria.edges.auth import Door
from isegoria.edges.http import admitted, staff, tier_of
from isegoria.edges.listing import File, listed
from isegoria.live.venue import Venue
from isegoria.report.files import TYPES, file_name, transcript_file
from isegoria.store.transcript import Transcript

PAGE = 200
"""How many captions are read without a pause for others."""
COPIES = 64


class Wanted(NamedTuple):
    session: str
    track: Track
    kind: str
    tier: Tier


State: TypeAlias = tuple[int, int]
"""The session's version and the roster's revision: of these two the roster may be read a little later."""


class Copy(NamedTuple):
    """What was made at an instant, from a state and the captions up to a position."""

    state: State
    position: int
    at: float
    body: bytes


Making: TypeAlias = asyncio.Task[Copy]


@dataclass(frozen=True, slots=True)
class Transcripts:
    """`remote` tells a request's address behind proxies."""

    door: Door
    transcript: Transcript
    remote: Callable[[web.Request], str]
    fresh_s: float = 5.0
    makings: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(60))
    limiter: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    making: dict[tuple[Wanted, State], Making] = field(default_factory=dict)
    copies: OrderedDict[Wanted, Copy] = field(default_factory=OrderedDict)

    async def copy(self, venue: Venue, wanted: Wanted, address: str) -> bytes:
        """The transcript as it is now. Raises Refused("too_many"), EngineAway."""
        state = _state(venue)
        if (kept := await self._kept(wanted, state)) is not None:
            return kept.body
        making = self.making.get((wanted, state))
        if making is None:
            if not await self.limiter.hit(self.makings, address):
                raise Refused("too_many", "many transcripts were asked for from here; try again in a minute")
            making = self._make(venue, wanted, state)
        # Who goes away does not stop it: others wait for it, and the thread could not be stopped.
        return (await asyncio.shield(making)).body

    async def _kept(self, wanted: Wanted, state: State) -> Copy | None:
        """What was made before, if it still holds."""
        kept = self.copies.get(wanted)
        if kept is None or kept.state != state:
            return None
        if time.monotonic() - kept.at < self.fresh_s:
            return kept
        newest = await self.transcript.newest(wanted.session, wanted.track, 1)
        return kept if (newest[-1].position if newest else 0) == kept.position else None

    def _make(self, venue: Venue, wanted: Wanted, state: State) -> Making:
        making = asyncio.create_task(self._made(venue, wanted))
        self.making[wanted, state] = making
        making.add_done_callback(lambda _: self.making.pop((wanted, state), None))
        return making

    async def _made(self, venue: Venue, wanted: Wanted) -> Copy:
        async with self.one_at_a_time:
            began = time.monotonic()
            captions = await self._captions(wanted)
            state, session, people = _state(venue), venue.hall.session, venue.hall.people
            body = await asyncio.to_thread(
                transcript_file, wanted.kind, session, people, wanted.track, captions, wanted.tier
            )
        position = (captions[-1].position or 0) if captions else 0
        copy = Copy(state, position, began, body)
        self._keep(wanted, copy)
        return copy

    def _keep(self, wanted: Wanted, copy: Copy) -> None:
        self.copies[wanted] = copy
        self.copies.move_to_end(wanted)
        while len(self.copies) > COPIES:
            self.copies.popitem(last=False)

    async def _captions(self, wanted: Wanted) -> list[CaptionSegment]:
        captions: list[CaptionSegment] = []
        while True:
            after = (captions[-1].position or 0) if captions else 0
            page = await self.transcript.read(wanted.session, wanted.track, after, PAGE)
            captions += page
            if len(page) < PAGE:
                return captions


def _state(venue: Venue) -> State:
    return venue.hall.session.version, venue.hall.people.revision


def routes(transcripts: Transcripts) -> list[web.AbstractRouteDef]:
    path = "/api/sessions/{session}/transcript/{track}.{format:vtt|srt|txt}"
    return [web.get(path, partial(_transcript, transcripts))]


async def _transcript(transcripts: Transcripts, request: web.Request) -> web.Response:
    """The transcript of a track so far. What any reader may save is listed only if the team takes it."""
    tier = tier_of(request, otherwise=Tier.PUBLISHABLE)
    entrance = await (staff if tier is Tier.INTERNAL else admitted)(transcripts.door, request)
    venue, track, kind = entrance.venue, request.match_info["track"], request.match_info["format"]
    if track not in venue.tracks():
        raise Refused("malformed", "this session has no such track of captions", field="track")
    entries = venue.hall.session.version
    body = await transcripts.copy(venue, Wanted(venue.id, track, kind, tier), transcripts.remote(request))
    if entrance.actor.role in STAFF:
        await listed(entrance, kind, tier, track, File.of(body, entries))
    headers = {
        hdrs.CONTENT_TYPE: TYPES[kind],
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="{file_name(venue.id, track, tier, kind)}"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=body, headers=headers)
