"""The HTTP API, with a personal link's token as bearer. Its description is in `openapi.py`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from aiohttp import hdrs, web

from isegoria.domain.captions import CaptionSegment
from isegoria.domain.errors import Refused
from isegoria.domain.roles import STAFF
from isegoria.domain.session import OPEN_REQUEST
from isegoria.domain.values import Tier
from isegoria.edges import openapi
from isegoria.edges.auth import UNKNOWN, Door, Entrance
from isegoria.edges.shapes import OlderCaptions, RosterPerson
from isegoria.edges.wire import WireCaption, wire_caption
from isegoria.live.house import House
from isegoria.report import as_json
from isegoria.store.transcript import Transcript

PAGE = 200
"""How many older captions come at once."""
FOR_EVER = "private, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Api:
    house: House
    door: Door
    transcript: Transcript


def routes(api: Api) -> list[web.AbstractRouteDef]:
    return [
        web.get("/healthz", _healthz),
        web.get("/readyz", partial(_readyz, api)),
        web.get("/api/openapi.json", _openapi),
        web.get(f"/api/schemas/{{name:{'|'.join(as_json.SCHEMAS)}}}.json", _schema),
        web.get("/api/sessions/{session}", partial(_session, api)),
        web.get("/api/sessions/{session}/people", partial(_people, api)),
        web.get("/api/sessions/{session}/captions/{track}", partial(_captions, api)),
    ]


# --- for whoever runs the server -------------------------------------------------------------------


async def _healthz(_: web.Request) -> web.Response:
    """The process answers."""
    return web.Response(text="ok\n")


async def _readyz(api: Api, _: web.Request) -> web.Response:
    """Whether this replica may take traffic, and why not."""
    reasons = api.house.unready()
    if not reasons:
        try:
            await api.house.writable()
        except Refused as refusal:
            reasons = [refusal.message]
    status = HTTPStatus.SERVICE_UNAVAILABLE if reasons else HTTPStatus.OK
    return web.Response(text="\n".join(reasons or ["ready"]) + "\n", status=status)


async def _openapi(_: web.Request) -> web.Response:
    return web.json_response(openapi.document())


async def _schema(request: web.Request) -> web.Response:
    """JSON Schema of what is exported as JSON; its `format` names its version."""
    body = as_json.json_schema(as_json.SCHEMAS[request.match_info["name"]])
    return web.Response(body=body, content_type="application/schema+json")


# --- for those who came by a link ------------------------------------------------------------------


async def admitted(door: Door, request: web.Request) -> Entrance:
    """Who asks, by the token of their link. Raises Refused."""
    scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused("unauthorised", UNKNOWN)
    return await door.admit(request.match_info["session"], token.strip())


async def staff(door: Door, request: web.Request) -> Entrance:
    """The same, for what only the team may have. Raises Refused."""
    entrance = await admitted(door, request)
    if entrance.actor.role not in STAFF:
        raise Refused("forbidden", "this is for the team only", role=entrance.actor.role)
    return entrance


def tier_of(request: web.Request, otherwise: Tier) -> Tier:
    """Which tier they ask for. Raises Refused."""
    try:
        return Tier(request.query.get("tier", otherwise))
    except ValueError:
        raise Refused("malformed", f"say one of these tiers: {', '.join(Tier)}", field="tier") from None


async def _session(api: Api, request: web.Request) -> web.Response:
    """The view that this link sees, as it is sent over the socket."""
    entrance = await admitted(api.door, request)
    return _json(entrance.venue.broadcast.view_for(entrance.actor).model_dump_json())


async def _people(api: Api, request: web.Request) -> web.Response:
    """The roster, for the dialogs of the team: who could be inscribed or substitute."""
    venue = (await staff(api.door, request)).venue
    session, people = venue.hall.session, venue.hall.people
    waiting = {entry.person for entry in session.entries.values() if entry.status in OPEN_REQUEST}
    rows = [
        RosterPerson(
            id=person.id,
            name=person.display_name,
            organisation=organisation.name if (organisation := people.organisation_of(person.id)) else None,
            organisation_id=person.organisation_id,
            city=person.city or None,
            country=person.country,
            topics=person.topics,
            wants_floor=person.wants_floor,
            waiting=person.id in waiting,
            roles=person.roles,
        ).model_dump(mode="json")
        for person in sorted(people.persons.values(), key=lambda one: one.display_name.casefold())
    ]
    return web.json_response(rows, headers={hdrs.CACHE_CONTROL: "no-store"})


async def _captions(api: Api, request: web.Request) -> web.Response:
    """The captions before a position, oldest first."""
    entrance = await admitted(api.door, request)
    track, before = request.match_info["track"], request.query.get("before", "")
    if track not in entrance.venue.tracks():
        raise Refused("malformed", "this session has no such track of captions", field="track")
    if not before.isascii() or not before.isdigit() or not 1 <= int(before) <= 10**9:
        raise Refused("malformed", "say before which position, as a whole number from 1 on", field="before")
    found = await api.transcript.before(entrance.venue.id, track, int(before), PAGE)
    team = entrance.actor.role in STAFF
    body = OlderCaptions(track=track, segments=tuple(_told(segment, team) for segment in found))
    # What is kept under a position never changes; a page that does not reach up to `before` may grow.
    final = bool(found) and found[-1].position == int(before) - 1
    return _json(body.model_dump_json(), cache=FOR_EVER if final else "no-store")


def _told(segment: CaptionSegment, team: bool) -> WireCaption:
    return wire_caption(segment if team else segment.for_public())


def _json(text: str, cache: str = "no-store") -> web.Response:
    return web.Response(text=text, content_type="application/json", headers={hdrs.CACHE_CONTROL: cache})
