"""Who takes part: a moderator, readers of a track, a feed."""

from __future__ import annotations

from collections.abc import Callable

from tests.load.readers import Guest, WebSocket, accepted, enter
from tests.load.serving import Server
from tests.load.speaking import FEED, TRACK
from tests.serving import Consultation


def unheard(_: bytes) -> None:
    """For those whose events nobody looks at."""


async def come(
    server: Server, consultation: Consultation, who: str, heard: Callable[[bytes], None] = unheard, tab: str = "tab"
) -> Guest:
    auth = {"session": consultation.id, "token": consultation.tokens[who], "client": tab}
    return await enter(server.url, auth, heard)


async def moderator(server: Server, consultation: Consultation) -> Guest:
    """One who has started the session."""
    guest = await come(server, consultation, "mia")
    await guest.done("start", "start_session")
    return guest


async def give_floor(guest: Guest, person: str, after: str | None, name: str = "one") -> str:
    """The turn that began. `name` tells these commands from others."""
    entry = await guest.done(f"inscribe-{name}", "inscribe", person=person, segment="one")
    return f"t{await guest.done(f'give-{name}', 'give_floor', entry=f'e{entry}', after=after)}"


async def reader(
    server: Server, consultation: Consultation, number: int, heard: Callable[[bytes], None], track: str = TRACK
) -> Guest:
    """An attendee who follows a track."""
    guest = await come(server, consultation, "attendee", heard, f"tab{number}")
    await accepted(guest.ask("follow", {"tracks": [track]}))
    return guest


async def feed(server: Server, consultation: Consultation, name: str = FEED) -> WebSocket:
    path = f"/feeds/{consultation.id}/{name}"
    socket = WebSocket(server.url, path, unheard, bearer=consultation.secrets[name])
    await socket.connect()
    return socket


def feed_of(language: str) -> str:
    """The feed of a language, as `prepare` names it."""
    return FEED if language == TRACK else f"{language}-feed"


async def stock_reader(server: Server, heard: Callable[[bytes], None] = unheard, room: str = TRACK) -> Guest:
    guest = await enter(server.url, {}, heard)
    await accepted(guest.ask("join", room))
    return guest
