"""What comes in writing, over HTTP: statements and written input, by their speakers or by the team for them.

A text is kept as text, any other file as it came: we open none, since whoever hands it in is not known to us.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import partial

from aiohttp import hdrs, web
from pydantic import ValidationError

from isegoria import logs
from isegoria.domain import commands as c
from isegoria.domain.errors import Refused
from isegoria.domain.roles import STAFF
from isegoria.domain.text import clean
from isegoria.edges.auth import Door, Entrance
from isegoria.edges.http import admitted
from isegoria.edges.problems import malformed
from isegoria.edges.shapes import TAKEN, TEXT, ReceivedContribution
from isegoria.store.files import LARGEST, Files
from isegoria.store.people import PeopleStore

LARGEST_TEXT = 100_000
"""Bytes of what is kept as text; a longer one is kept as a file."""
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Contributions:
    door: Door
    files: Files
    people: PeopleStore


def routes(contributions: Contributions) -> list[web.AbstractRouteDef]:
    base = "/api/sessions/{session}/contributions"
    return [
        web.post(base, partial(_receive, contributions)),
        web.get(f"{base}/{{contribution}}", partial(_get, contributions), allow_head=False),
        web.delete(f"{base}/{{contribution}}", partial(_withdraw, contributions)),
    ]


async def _receive(contributions: Contributions, request: web.Request) -> web.Response:
    """Keeps what was handed in, then tells the session. What is not told is removed again.

    Asked again under the same `Idempotency-Key`, because no answer came, it is received once.
    """
    entrance = await admitted(contributions.door, request)
    key = _key(request)
    media, data = await _handed_in(request)
    command = _command(request, media, data, _name(entrance, key, data))
    session, name = entrance.venue.id, command.contribution
    with logs.bound(session, entrance.actor, command.type):
        await contributions.files.put(session, name, data)
        try:
            version = await entrance.venue.hall.handle(command, entrance.actor, key)
            if not _is_received(entrance, name):
                raise Refused("stale", "it was received, and withdrawn since", contribution=name)
        except Refused as refusal:
            if not (refusal.retry or _is_received(entrance, name)):
                await contributions.files.remove(session, [name])
            raise
        if media == TEXT and len(data) <= LARGEST_TEXT:
            author = command.person or entrance.actor.person
            await contributions.people.put_text(session, name, _text(data), author)
    return web.Response(
        text=ReceivedContribution(contribution=name, version=version).model_dump_json(),
        content_type="application/json",
        headers={hdrs.CACHE_CONTROL: "no-store"},
    )


def _key(request: web.Request) -> str:
    """What makes asking again harmless: the client's, or one that nobody knows. Raises Refused."""
    key = request.headers.get("Idempotency-Key", secrets.token_hex(16))
    if not _KEY.fullmatch(key):
        raise Refused("malformed", "1 to 64 letters, digits, _ or -, please", field="Idempotency-Key")
    return key


def _name(entrance: Entrance, key: str, data: bytes) -> str:
    """The same for the same asked again, and no one else's: nobody can put a file in the place of another's."""
    actor = entrance.actor
    parts = [actor.role.value, actor.person or "", key, hashlib.sha256(data).hexdigest()]
    return f"w{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:16]}"


def _is_received(entrance: Entrance, name: str) -> bool:
    return any(one.id == name for one in entrance.venue.hall.session.notebook.contributions)


def _command(request: web.Request, media: str, data: bytes, name: str) -> c.ReceiveContribution:
    query = request.query
    try:
        return c.ReceiveContribution.model_validate(
            {
                "contribution": name,
                "person": query.get("person"),
                "kind": query.get("kind", "written"),
                "entry": query.get("entry"),
                "language": query.get("language"),
                "words": len(_text(data).split()) if media == TEXT else 0,
                "size": len(data),
                "digest": hashlib.sha256(data).hexdigest(),
                "media": media,
            }
        )
    except ValidationError as error:
        raise malformed(error) from None


async def _handed_in(request: web.Request) -> tuple[str, bytes]:
    """(media type, bytes). Of one that is too large no more than the limit is read. Raises Refused."""
    media = request.content_type
    if media not in TAKEN:
        raise Refused("malformed", f"Send one of these: {', '.join(TAKEN.values())}.", field="content-type")
    if (request.content_length or 0) > LARGEST:
        raise Refused("too_large", f"A file may have {LARGEST} bytes.", limit=LARGEST)
    data = bytearray()
    async for chunk in request.content.iter_any():
        data += chunk
        if len(data) > LARGEST:
            raise Refused("too_large", f"A file may have {LARGEST} bytes.", limit=LARGEST)
    if not bytes(data).strip():
        raise Refused("malformed", "There is nothing in it. Send the text, or the file.", field="body")
    return media, bytes(data)


def _text(data: bytes) -> str:
    return clean(data.decode("utf-8-sig", errors="replace"))


async def _get(contributions: Contributions, request: web.Request) -> web.Response:
    """The file as it came, for the team and its author. Browsers must save it, and not show it."""
    entrance, author, media = await _known(contributions, request)
    if entrance.actor.role not in STAFF and entrance.actor.person != author:
        raise Refused("forbidden", "this is for the team and its author", role=entrance.actor.role)
    name = request.match_info["contribution"]
    data = await contributions.files.get(entrance.venue.id, name)
    if data is None:
        raise Refused("stale", "it is not there any more", contribution=name)
    headers = {
        hdrs.CONTENT_TYPE: media,
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="isegoria-{entrance.venue.id}-{name}.{TAKEN[media]}"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=data, headers=headers)


async def _withdraw(contributions: Contributions, request: web.Request) -> web.Response:
    """Told first, removed then: whatever happens in between, nobody is told of a file that is not there."""
    entrance, _, _ = await _known(contributions, request)
    name, session = request.match_info["contribution"], entrance.venue.id
    with logs.bound(session, entrance.actor, "withdraw_contribution"):
        await entrance.venue.hall.handle(c.WithdrawContribution(contribution=name), entrance.actor)
        await contributions.files.remove(session, [name])
    return web.Response(status=204)


async def _known(contributions: Contributions, request: web.Request) -> tuple[Entrance, str, str]:
    """(who asks, the author, the media type) of a contribution that is in the notebook."""
    entrance = await admitted(contributions.door, request)
    name = request.match_info["contribution"]
    held = entrance.venue.hall.session.notebook.contributions
    found = next((one for one in held if one.id == name), None)
    if found is None:
        raise Refused("stale", "it is not there any more", contribution=name[:64])
    return entrance, found.person, found.media
