"""All sessions on one replica. Turns end here though no browser is connected; any replica serves anyone."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress

import structlog
from pydantic import ValidationError

from isegoria.domain.errors import Refused
from isegoria.domain.history import Decision
from isegoria.domain.session import Session
from isegoria.domain.values import Millis, SessionState
from isegoria.live.attendance import Attendance
from isegoria.live.clock import EngineClock
from isegoria.live.venue import Publisher, Replica, Venue
from isegoria.store.engine import Engine
from isegoria.store.errors import EngineAway
from isegoria.store.follow import Follower, TailLost
from isegoria.store.journal import Journal
from isegoria.store.partials import PartialsFollower
from isegoria.store.sessions import SESSIONS_KEY, Mark, SessionMark, Sessions
from isegoria.store.streams import Entry

LOG = structlog.get_logger(__name__)

AGAIN_S = 0.5
SYNCHRONISE_S = 30.0
LAG_S = 6.0
LIVE = frozenset({SessionState.LIVE, SessionState.SUSPENDED})
DISAGREES: Millis = 1_000
"""By how much the clocks of two writers may differ."""


class House:
    """`run` it in a task, and wait for `opened`."""

    def __init__(self, engine: Engine, publisher: Publisher, clock: EngineClock) -> None:
        self._engine, self.clock = engine, clock
        self.follower = Follower(engine)
        self._replica = Replica(secrets.token_hex(4), engine, clock, self.follower, publisher)
        self._partials = PartialsFollower(engine, self._heard)
        self._sessions = Sessions(engine)
        self._venues: dict[str, Venue] = {}
        self._attendances: dict[str, Attendance] = {}
        self._opening: dict[str, asyncio.Lock] = {}
        self._foreign: set[str] = set()
        """Sessions that hold what this version does not know."""
        self._group: asyncio.TaskGroup | None = None
        self.opened = asyncio.Event()
        self.on_decision: Callable[[Session, Decision], None] = lambda _session, _decision: None
        """Called with each decision of any session that the journal brings here, and the state after it."""

    async def run(self) -> None:
        """Opens all sessions that are not over, and every new one; until cancelled. Raises EngineAway at the start."""
        await self.clock.synchronise(self._engine.time)
        try:
            async with asyncio.TaskGroup() as self._group:
                self._group.create_task(self.follower.run())
                self._group.create_task(self._partials.run())
                self._group.create_task(self._keep_time())
                self.follower.add(SESSIONS_KEY, self._marked, self._sessions_lost)
                marks = await self._sessions.list_sessions()
                for session, mark in marks.items():
                    if mark is Mark.CREATED:
                        await self._open(session)
                self.opened.set()
        finally:
            for venue in list(self._venues.values()):
                await venue.close()

    # --- which sessions ------------------------------------------------------------------------------

    async def venue(self, session: str) -> Venue | None:
        """A session's venue, opened if it is over and nobody looked since; None if there is no such session.

        Raises EngineAway.
        """
        if session not in self._venues:
            marks = await self._sessions.list_sessions()
            if marks.get(session) not in (Mark.CREATED, Mark.CLOSED):
                return None
            await self._open(session)
        return self._venues.get(session)

    def here(self, session: str) -> Venue | None:
        """A session's venue, if it is open here."""
        return self._venues.get(session)

    def venues(self) -> list[Venue]:
        return list(self._venues.values())

    async def _open(self, session: str) -> None:
        async with self._opening.setdefault(session, asyncio.Lock()):
            if session in self._venues:
                return
            venue = Venue(session, self._replica, self._attendances.setdefault(session, Attendance()))
            try:
                await venue.open(self._lost)
            except ValidationError:
                # A newer version wrote it: this replica must not guess, nor keep others from their sessions.
                LOG.exception("session_not_understood", session=session)
                self._foreign.add(session)
                return
            self._foreign.discard(session)
            venue.hall.on_change.append(lambda: self._mark_closed(venue))
            venue.hall.on_decision = self.on_decision
            self._venues[session] = venue
            LOG.info("session_opened", session=session, version=venue.hall.session.version)

    def _marked(self, entries: Sequence[Entry]) -> None:
        for _, data in entries:
            mark = SessionMark.from_bytes(data)
            if mark.mark is Mark.CREATED:
                self._start(self._open_patiently(mark.session))
            elif mark.mark is Mark.ARCHIVED:
                self._start(self._forget(mark.session))

    async def _open_patiently(self, session: str) -> None:
        """However often the engine is away meanwhile."""
        while True:
            with suppress(EngineAway):
                return await self._open(session)
            await asyncio.sleep(AGAIN_S)

    async def _forget(self, session: str) -> None:
        venue = self._venues.pop(session, None)
        if venue:
            await venue.close()

    def _mark_closed(self, venue: Venue) -> None:
        if venue.hall.session.state is SessionState.CLOSED:
            self._start(self._closed(venue.id))

    async def _closed(self, session: str) -> None:
        with suppress(EngineAway):
            await self._sessions.closed(session)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        assert self._group, "run first"
        self._group.create_task(work)

    # --- what was lost -------------------------------------------------------------------------------

    def _lost(self, lost: TailLost) -> None:
        session = lost.key.split(":")[1]
        LOG.error("engine_lost_its_tail", session=session, position=lost.position)
        self._start(self._reopen(session))

    async def _reopen(self, session: str) -> None:
        """All that this replica and its readers held is void: they start afresh in a new epoch."""
        venue = self._venues.pop(session, None)
        if venue is None:
            return
        await venue.close()
        while True:
            with suppress(EngineAway):
                await Journal(self._engine).begin_epoch(session)
                break
            await asyncio.sleep(AGAIN_S)
        await self._open_patiently(session)
        reopened = self._venues.get(session)
        if reopened:
            reopened.broadcast.refresh()

    def _sessions_lost(self, _: TailLost) -> None:
        self.follower.add(SESSIONS_KEY, self._marked, self._sessions_lost)

    def _heard(self, session: str, payload: bytes) -> None:
        venue = self._venues.get(session)
        if venue:
            venue.relay.heard(payload)

    # --- time and readiness --------------------------------------------------------------------------

    async def _keep_time(self) -> None:
        while True:
            await asyncio.sleep(SYNCHRONISE_S)
            with suppress(EngineAway):
                await self.clock.synchronise(self._engine.time)
                await self.tidy()

    async def tidy(self) -> None:
        """What was erased goes from the engine's file too, once no session is live (R8)."""
        live = any(venue.hall.session.state in LIVE for venue in self._venues.values())
        if not live and await self._engine.rewrite_due():
            await self._engine.rewrite()

    def unready(self) -> list[str]:
        """Why this replica should not take traffic; empty when it should."""
        reasons = [f"{key} is not understood" for key in (*self.follower.broken, *sorted(self._foreign))]
        if not self.opened.is_set():
            reasons.append("sessions are being opened")
        if not self.follower.connected or self.follower.silent_s() > LAG_S:
            reasons.append("the engine is away")
        elif self.follower.behind_s() > LAG_S:
            reasons.append(f"this server is {self.follower.behind_s():.0f} s behind what has happened")
        if any(self._disagrees(venue) for venue in self._venues.values()):
            reasons.append("this machine's clock and another writer's differ by more than 1 s")
        return reasons

    def _disagrees(self, venue: Venue) -> bool:
        newest = venue.hall.recent[-1] if venue.hall.recent else None
        return newest is not None and newest.written_at - self.clock.now() > DISAGREES

    async def writable(self) -> None:
        """A write probe. Raises Refused("engine_away")."""
        try:
            await self._engine.ask("SET", f"isegoria:probe:{self._replica.id}", 1, "PX", 10_000)
        except EngineAway:
            raise Refused("engine_away", "the store does not take writes") from None
