"""Captions in the team's hands, over HTTP: what was kept is corrected, and a Wordly session is named.

What holds no words (to hear, mute or reconnect a feed; the language that is spoken) are commands of the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from aiohttp import hdrs, web
from pydantic import ValidationError

from isegoria import logs
from isegoria.domain.errors import Refused
from isegoria.domain.values import Frozen
from isegoria.edges.auth import Door
from isegoria.edges.http import staff
from isegoria.edges.problems import malformed
from isegoria.edges.shapes import AmendedCaption, Amendment, Attending, WordlySession
from isegoria.preparation import give_wordly
from isegoria.store.engine import Engine

LARGEST = 65_536

Asked = TypeVar("Asked", bound=Frozen)


@dataclass(frozen=True, slots=True)
class Control:
    engine: Engine
    door: Door


def routes(control: Control) -> list[web.AbstractRouteDef]:
    return [
        web.post("/api/sessions/{session}/captions/{track}/{position:[0-9]{1,9}}", partial(_amend, control)),
        web.put("/api/sessions/{session}/wordly", partial(_attend, control)),
    ]


async def _amend(control: Control, request: web.Request) -> web.Response:
    """Corrects or retracts the caption that was kept at a position (C21)."""
    entrance = await staff(control.door, request)
    asked = await _asked(request, Amendment)
    track, position = request.match_info["track"], int(request.match_info["position"])
    if track not in entrance.venue.tracks():
        raise Refused("malformed", "this session has no such track of captions", field="track")
    with logs.bound(entrance.venue.id, entrance.actor, "amend_caption"):
        by = entrance.actor.person
        at = await entrance.venue.intake.correct(track, position, asked.revision, asked.text, by)
    return _json(AmendedCaption(track=track, position=at))


async def _attend(control: Control, request: web.Request) -> web.Response:
    """Attends a Wordly session in every language at once."""
    entrance = await staff(control.door, request)
    asked = await _asked(request, WordlySession)
    with logs.bound(entrance.venue.id, entrance.actor, "attend_wordly"):
        feeds = await give_wordly(
            control.engine, entrance.venue.id, entrance.actor, asked.code, asked.passcode, asked.connection_code
        )
    return _json(Attending(feeds=tuple(feeds)))


async def _asked(request: web.Request, model: type[Asked]) -> Asked:
    """What the body asks for. Raises Refused."""
    if (request.content_length or 0) > LARGEST:
        raise Refused("too_large", f"A request may have {LARGEST} bytes.")
    body = await request.content.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Refused("too_large", f"A request may have {LARGEST} bytes.")
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise malformed(error) from None


def _json(answer: Frozen) -> web.Response:
    headers = {hdrs.CACHE_CONTROL: "no-store"}
    return web.Response(text=answer.model_dump_json(), content_type="application/json", headers=headers)
