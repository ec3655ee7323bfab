"""A real replica on a free port of loopback with one small consultation in it, and real Socket.IO clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import socketio

from isegoria.app import Running, running
from isegoria.domain import commands as c
from isegoria.domain.people import About, CaptionTrack, Organisation, Person
from isegoria.domain.roles import Actor
from isegoria.domain.values import Constituency, Role, SegmentKind
from isegoria.live.direct import ask
from isegoria.settings import Settings
from isegoria.store.engine import Engine
from isegoria.store.links import FeedSecrets, Links
from isegoria.store.people import PeopleStore
from isegoria.store.sessions import Sessions

SYSTEM = Actor(role=Role.SYSTEM)
SPEAKERS = ["ana", "bob", "cat", "dan"]
PLACES = {"ana": ("Porto Alegre", "BR"), "bob": ("Nairobi", "KE"), "cat": ("Barcelona", "ES"), "dan": ("Tunis", "TN")}
PATIENCE_S = 20.0


@dataclass
class Consultation:
    """The session's id, the tokens of its links by who they are for, and the secrets of its feeds."""

    id: str
    tokens: dict[str, str]
    secrets: dict[str, str]


async def prepare(
    engine: Engine, session: str = "s1", languages: Sequence[str] = ("en", "es"), **modalities: Any
) -> Consultation:
    """A rehearsal, so that its clock can be set, whose doors opened half an hour ago; each language has its feed."""
    now = await engine.time()
    feeds = {"floor-feed" if language == "en" else f"{language}-feed": language for language in languages}
    await _people(engine, session, feeds)
    links = Links(engine)
    roles = {"mia": Role.MODERATOR, "sam": Role.SECRETARIAT, **dict.fromkeys(SPEAKERS, Role.SPEAKER)}
    tokens = {name: await links.create_link(session, role, name) for name, role in roles.items()}
    tokens["attendee"] = await links.create_link(session, Role.ATTENDEE, None)
    tokens["stage"] = await links.create_link(session, Role.STAGE, None)
    secrets = {}
    for feed, language in feeds.items():
        config = {"id": feed, "name": feed, "track": language, "language": language, "is_translation": language != "en"}
        secrets[feed] = await FeedSecrets(engine).create_feed(session, feed, config)
    await Sessions(engine).create(session)
    segments = tuple(
        c.PlannedSegment(id=name, kind=kind, planned=1_200_000)
        for name, kind in [("one", SegmentKind.TOPIC), ("two", SegmentKind.TOPIC), ("end", SegmentKind.CLOSING)]
    )
    schedule = c.Schedule(
        timezone="Europe/Madrid",
        doors_at=now - 1_800_000,
        starts_at=now,
        ends_at=now + 7_200_000,
        segments=segments,
        modalities=c.PlannedModalities(**modalities),
        rehearsal=True,
    )
    await ask(engine, session, schedule, SYSTEM)
    await ask(engine, session, c.ChangeRoster(revision=2), SYSTEM)
    return Consultation(session, tokens, secrets)


async def _people(engine: Engine, session: str, feeds: dict[str, str]) -> None:
    store = PeopleStore(engine)
    organisations = [Organisation(id=f"{name}-city", name=PLACES[name][0]) for name in SPEAKERS]
    speakers = [
        Person(
            id=name,
            display_name=f"{name.title()} Example",
            organisation_id=f"{name}-city",
            constituency=Constituency.LOCAL_GOVERNMENT,
            city=PLACES[name][0],
            country=PLACES[name][1],
            email=f"{name}@city.example",
        )
        for name in SPEAKERS
    ]
    staff = [
        Person(id="mia", display_name="Mia Moderator", roles=(Role.MODERATOR,)),
        Person(id="sam", display_name="Sam Secretary", roles=(Role.SECRETARIAT,)),
    ]
    await store.save(session, [*speakers, *staff], organisations)
    about = About(
        title="A small consultation",
        segments={"one": "Implementation", "two": "Challenges", "end": "Closing"},
        tracks=tuple(
            CaptionTrack(track=language, language=language, feed=feed, is_translation=language != "en")
            for feed, language in feeds.items()
        ),
    )
    await store.set_about(session, about)


@dataclass
class Client:
    """A Socket.IO client as a browser's, that keeps what it was sent."""

    sio: socketio.AsyncClient
    heard: list[tuple[str, Any]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, event: str, payload: object) -> Any:
        return await self.sio.call(event, payload, timeout=PATIENCE_S)

    async def command(self, command_id: str, kind: str, **fields: object) -> Any:
        return await self.ask("command", {"id": command_id, "command": {"type": kind, **fields}})

    async def done(self, kind: str, **fields: object) -> None:
        """Commands it, and waits until that is seen here."""
        answer = await self.command(f"c{len(self.heard)}-{kind}", kind, **fields)
        assert answer["ok"], answer
        await self.until("view", lambda view: view["version"] >= answer["version"])

    def hear(self, event: str, payload: Any) -> None:
        self.heard.append((event, payload))
        self._news.set()

    def all(self, event: str) -> list[Any]:
        return [payload for name, payload in self.heard if name == event]

    @property
    def view(self) -> Any:
        """The newest."""
        return max(self.all("view"), key=lambda view: (view["version"], view["at"]))

    async def until(self, event: str, wanted: Callable[[Any], bool], within_s: float = PATIENCE_S) -> Any:
        """The first payload of that event that is as wanted, come or to come."""
        seen = 0
        async with asyncio.timeout(within_s):
            while True:
                for name, payload in self.heard[seen:]:
                    if name == event and wanted(payload):
                        return payload
                seen = len(self.heard)
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def connected(
    url: str, session: str, token: str, client: str = "tab1", transports: tuple[str, ...] = ("websocket",)
) -> AsyncIterator[Client]:
    """A client that came in and has seen its first view. Raises socketio.exceptions.ConnectionError if refused."""
    sio = socketio.AsyncClient(reconnection=False)
    guest = Client(sio)
    for event in ("view", "captions", "status", "time", "leaving"):
        sio.on(event, lambda payload, event=event: guest.hear(event, payload))
    auth = {"session": session, "token": token, "client": client}
    try:
        await sio.connect(url, auth=auth, transports=list(transports), wait_timeout=PATIENCE_S)
        await guest.until("view", bool)
        yield guest
    finally:
        await sio.disconnect()


@asynccontextmanager
async def replica(data: Path, **settings: Any) -> AsyncIterator[Running]:
    async with running(Settings(**{"data": data, "port": 0, **settings})) as started:
        yield started
