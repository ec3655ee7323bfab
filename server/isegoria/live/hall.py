"""One live session on one replica: its state, what may be asked of it, and what it learns from the journal.

Every replica, the writer included, learns what happened only by following the journal, so the order is the same
everywhere. An append at the expected version lets one writer win; the others look again and decide anew.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import TypeVar

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.errors import Refused
from isegoria.domain.history import Decision, History, replay
from isegoria.domain.people import People
from isegoria.domain.roles import Actor
from isegoria.domain.session import Session
from isegoria.domain.values import Instant, TextId
from isegoria.live.clock import EngineClock
from isegoria.live.draft import Request, about, answered, draft, text_of
from isegoria.store.errors import EngineAway
from isegoria.store.journal import Journal
from isegoria.store.people import PeopleStore
from isegoria.store.streams import Entry

T = TypeVar("T")

ATTEMPTS = 5
DEADLINE_S = 1.9
"""After that the outcome of a command is unknown; the same id asks for it again."""
RECENT = 500
AGAIN_S = 1.0


class Hall:
    """A session's state here. `load` it, then let the follower call `followed`. `on_change` is called after each."""

    def __init__(self, session_id: str, journal: Journal, store: PeopleStore, clock: EngineClock) -> None:
        self.id = session_id
        self._journal, self._store, self._clock = journal, store, clock
        self._asking = asyncio.Lock()
        self._moved = asyncio.Event()
        self._reading: set[asyncio.Task[None]] = set()
        self.history = History(Session(id=session_id))
        self.people = People()
        self.epoch = "0"
        self.newest: bytes | None = None
        """The bytes of the newest decision."""
        self.recent: deque[Decision] = deque(maxlen=RECENT)
        self.on_change: list[Callable[[], None]] = []
        self.on_decision: Callable[[Session, Decision], None] = lambda _session, _decision: None
        """Called with each decision that the journal brings, and the state after it."""

    @property
    def session(self) -> Session:
        return self.history.session

    def now(self) -> Instant:
        """The session's time, which never goes back behind what has happened."""
        return max(self.session.clock.at(self._clock.now()), self.session.last_at)

    async def load(self) -> None:
        """Reads journal and people as they are now. Raises EngineAway; ValidationError on an unknown event."""
        self.epoch = await self._journal.epoch(self.id)
        entries = await self._journal.read(self.id)
        self.history = replay(self.id, (data for _, data in entries))
        self.newest = entries[-1][1] if entries else None
        self.recent.extend(Decision.from_bytes(data) for _, data in entries[-RECENT:])
        self.people = await self._store.read(self.id)

    # --- what happened -------------------------------------------------------------------------------

    def followed(self, entries: Sequence[Entry]) -> None:
        """Folds what the journal brings. Raises on a decision that is not understood: this copy stops there."""
        for _, data in entries:
            decision = self.history.add(data)
            self.newest = data
            self.recent.append(decision)
            self.on_decision(self.session, decision)
            self._read_what_it_names(decision)
        self._moved.set()
        self._moved = asyncio.Event()
        self._changed()

    def _changed(self) -> None:
        for tell in self.on_change:
            tell()

    def _read_what_it_names(self, decision: Decision) -> None:
        """Names and texts lie apart from the journal: they are read when it tells of them."""
        named = (getattr(event, "text", None) for event in decision.events)
        texts = [text for text in named if text]
        if any(isinstance(event, e.RosterChanged) for event in decision.events):
            self._start(self._read_people())
        elif texts:
            self._start(self._read_texts(texts))

    def _start(self, reading: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(reading)
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _read_people(self) -> None:
        self.people = await self._patiently(lambda: self._store.read(self.id))
        self._changed()

    async def _read_texts(self, ids: Sequence[TextId]) -> None:
        found = await self._patiently(lambda: self._store.texts(self.id, ids))
        self.people = replace(self.people, texts={**self.people.texts, **found})
        self._changed()

    async def _patiently(self, read: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                return await read()
            except EngineAway:
                await asyncio.sleep(AGAIN_S)

    # --- what is asked -------------------------------------------------------------------------------

    async def handle(self, command: c.Command, actor: Actor, command_id: str | None = None) -> int:
        """The version that the command made, once it is on disk and this copy has it.

        Raises Refused: with "engine_away" the outcome is unknown, and the same id asks for it again; with "busy"
        others were faster each time.
        """
        request = Request.of(command, actor, command_id)
        try:
            async with asyncio.timeout(DEADLINE_S), self._asking:
                return await self._decide(request)
        except (TimeoutError, EngineAway):
            message = "it is not known whether this was done, as the store does not answer; ask again"
            raise Refused("engine_away", message) from None

    async def _decide(self, request: Request) -> int:
        for _ in range(ATTEMPTS):
            done = answered(self.history, request)
            if done is not None:
                return done
            version, data = draft(self.history, self.people, request, self._clock.now())
            await self._keep_text(request)
            won = await self._journal.append(self.id, version, data)
            await self._reach(version)
            if won:
                return version
        raise Refused("busy", "others changed the session each time; ask again")

    async def _keep_text(self, request: Request) -> None:
        text = text_of(request.command)
        if text is not None and request.text_id:
            await self._store.put_text(self.id, request.text_id, text, about(request, self.session))

    async def _reach(self, version: int) -> None:
        """Waits until this copy has followed the journal that far."""
        while self.session.version < version:
            await self._moved.wait()
