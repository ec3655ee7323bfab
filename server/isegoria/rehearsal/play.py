"""The play: who appears, and everybody at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import socketio.exceptions

from isegoria.rehearsal.captioner import Captioner, connected
from isegoria.rehearsal.guest import Guest, guest
from isegoria.rehearsal.moderator import Moderator
from isegoria.rehearsal.rapporteur import Rapporteur
from isegoria.rehearsal.speaker import Fate, Part, Speaker

SEED = 1_948
TOPICS = 4
ABSENT, LOST, PROTECTED = 5, 2, 7
"""Which of the speakers never comes back, loses the connection, and has an alias."""
AT_ONCE = 50
AGAIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Cast:
    """Links and feeds of a prepared session: tokens of the speakers in the order of the roster."""

    url: str
    session: str
    moderator: str
    rapporteur: str
    attendee: str
    speakers: Sequence[str]
    feeds: dict[str, str]
    speed: float = 1.0
    attendees: int = 0


async def play(cast: Cast, say: Callable[[str], None]) -> None:
    """Plays until the session is closed. `say` gets a line when something worth telling happens."""
    parts = _parts(len(cast.speakers))
    async with asyncio.TaskGroup() as group:
        for token, part in zip(cast.speakers, parts, strict=True):
            group.create_task(_persist(Speaker(cast.url, cast.session, token, part).run))
        group.create_task(_persist(lambda: _captions(cast)))
        group.create_task(_attend(cast, group))
        group.create_task(_persist(lambda: _write(cast)))
        await _persist(lambda: _moderate(cast, say))


async def _persist(part: Callable[[], Awaitable[None]]) -> None:
    """Whoever falls out comes in again, as people do."""
    while True:
        with suppress(socketio.exceptions.SocketIOError, aiohttp.ClientError):
            return await part()
        await asyncio.sleep(AGAIN_S)


def _parts(speakers: int) -> list[Part]:
    chance = random.Random(SEED)
    fates: dict[int, Fate] = {ABSENT: "absent", LOST: "lost"}
    return [
        Part(
            topic=speaker * TOPICS // speakers,
            asks_after_s=chance.uniform(0, 8),
            speaks_s=chance.uniform(150, 200),
            fate=fates.get(speaker, "present"),
            protected=speaker == PROTECTED,
        )
        for speaker in range(speakers)
    ]


async def _moderate(cast: Cast, say: Callable[[str], None]) -> None:
    async with guest(cast.url, cast.session, cast.moderator) as here:
        await _set_speed(here, cast.speed)
        if await Moderator(here).run():
            say("You have taken over: the synthetic moderator has stepped aside, and the clock runs as yours does.")
        await here.see(lambda view: view["state"] == "closed")
        say("The session is closed.")


async def _set_speed(here: Guest, speed: float) -> None:
    now = round(here.engine_now())
    session = round(max(here.now(), here.view["at"]))
    if speed != here.view["clock"]["rate"]:
        await here.ask("set_clock", real=now, session=session, rate=speed)


async def _captions(cast: Cast) -> None:
    async with (
        guest(cast.url, cast.session, cast.attendee) as here,
        connected(cast.url, cast.session, cast.feeds) as feeds,
    ):
        await Captioner(here, feeds).run()


async def _write(cast: Cast) -> None:
    async with guest(cast.url, cast.session, cast.rapporteur) as here:
        await Rapporteur(here, "floor").run()


async def _attend(cast: Cast, group: asyncio.TaskGroup) -> None:
    """Readers, some at a time, as people come."""
    for number in range(cast.attendees):
        group.create_task(_persist(lambda: _read(cast)))
        if number % AT_ONCE == AT_ONCE - 1:
            await asyncio.sleep(1)


async def _read(cast: Cast) -> None:
    async with guest(cast.url, cast.session, cast.attendee) as here:
        await here.follow(["floor"])
        await here.see(lambda view: view["state"] == "closed")
