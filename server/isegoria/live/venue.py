"""Everything of one session on one replica, wired: state, alarm, views, captions, presence."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import structlog

from isegoria.domain.captions import Feed, Track
from isegoria.domain.errors import Refused
from isegoria.live.alarm import Alarm
from isegoria.live.attendance import Attendance, Part, status
from isegoria.live.broadcast import Audience, Broadcast, View
from isegoria.live.clock import EngineClock
from isegoria.live.hall import Hall
from isegoria.live.intake import Intake
from isegoria.live.relay import LoopPace, Relay
from isegoria.live.rooms import CaptionFrame
from isegoria.store.engine import Engine
from isegoria.store.errors import EngineAway
from isegoria.store.follow import Follower, OnLost
from isegoria.store.journal import Journal, journal_key
from isegoria.store.links import FeedSecrets
from isegoria.store.partials import publish_partial
from isegoria.store.people import PeopleStore
from isegoria.store.presence import Presence
from isegoria.store.transcript import Transcript
from isegoria.views.models import EngineView, StatusView

LOG = structlog.get_logger(__name__)

STATUS_S = 1.0
TELL_EVERY = 2
"""In how many of these seconds this replica tells its part: each is a write to disk."""


class Publisher(Protocol):
    """How what happens reaches those who are connected; an edge."""

    async def view(self, session: str, audience: Audience, view: View) -> None: ...

    async def status(self, session: str, status: StatusView) -> None: ...

    async def engine(self, session: str, engine: EngineView) -> None: ...

    async def captions(self, session: str, *, public: CaptionFrame | None, team: CaptionFrame) -> None: ...


@dataclass(frozen=True, slots=True)
class Replica:
    """What all venues of a replica share."""

    id: str
    engine: Engine
    clock: EngineClock
    follower: Follower
    publisher: Publisher


class Venue:
    """`open` it, and `close` it. `attendance` outlives a venue that is opened afresh."""

    def __init__(self, session_id: str, replica: Replica, attendance: Attendance) -> None:
        self.id, self._replica, self.attendance = session_id, replica, attendance
        engine, clock, publisher = replica.engine, replica.clock, replica.publisher
        self.hall = Hall(session_id, Journal(engine), PeopleStore(engine), clock)
        self.broadcast = Broadcast(
            self.hall, attendance, lambda audience, view: publisher.view(session_id, audience, view)
        )
        transcript = Transcript(engine)

        async def publish(*, public: CaptionFrame | None, team: CaptionFrame) -> None:
            await publisher.captions(session_id, public=public, team=team)

        self.relay = Relay(session_id, transcript, publish, LoopPace(), clock.now)
        self.intake = Intake(lambda: self.hall.session, lambda: self._feeds, transcript, self._announce, clock.now)
        self._alarm = Alarm(self.hall, clock)
        self._presence = Presence(engine)
        self._feeds: Sequence[Feed] = ()
        self._feeds_revision = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._status: StatusView | None = None
        self._seconds = 0
        self._engine: Literal["ok", "away"] | None = None
        """What everyone was told last."""

    async def open(self, on_lost: OnLost) -> None:
        """Reads what there is and follows it from there. Raises EngineAway."""
        await self.hall.load()
        await self._read_feeds()
        hall, follower = self.hall, self._replica.follower
        follower.add(journal_key(self.id), hall.followed, on_lost, after=hall.session.version, newest=hall.newest)
        await self.relay.follow(follower, self.tracks(), on_lost)
        for work in (self._alarm.run, self.broadcast.run, self.relay.run):
            self._start(work)
        self._start(lambda: self._each_second(self._tell))
        self._start(lambda: self._each_second(self.intake.settle))
        self._start(lambda: self._each_second(self._follow_feeds))

    def _start(self, work: Callable[[], Awaitable[None]]) -> None:
        self._tasks.append(asyncio.create_task(self._go_on(work)))

    async def _go_on(self, work: Callable[[], Awaitable[None]]) -> None:
        """A fault in one thing is seen in the log, and stops neither it nor others for the rest of the session."""
        while True:
            try:
                await work()
            except Exception:
                LOG.exception("venue_task_failed", session=self.id)
            await asyncio.sleep(STATUS_S)

    async def close(self) -> None:
        self._replica.follower.remove(journal_key(self.id))
        self.relay.unfollow(self._replica.follower)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def tracks(self) -> list[Track]:
        """Those that the session file names, in its order."""
        return list(dict.fromkeys(track.track for track in self.hall.people.about.tracks))

    @property
    def feeds(self) -> Sequence[Feed]:
        """As configured now, in the order of the session file."""
        return self._feeds

    @property
    def status(self) -> StatusView | None:
        """The newest, for a member of the team who just came."""
        return self._status

    async def _read_feeds(self) -> None:
        """Feeds in the order of the session file: the first of a track is its source."""
        configured = await FeedSecrets(self._replica.engine).list_feeds(self.id)
        order = [track.feed for track in self.hall.people.about.tracks]
        feeds = [Feed.model_validate(config) for config in configured.values()]
        self._feeds = sorted(feeds, key=lambda feed: order.index(feed.id) if feed.id in order else len(order))

    async def _follow_feeds(self) -> None:
        """Reads the feeds again when they were changed, whichever replica took the change."""
        revision = self.hall.session.feeds_revision
        if revision != self._feeds_revision:
            await self._read_feeds()
            self._feeds_revision = revision

    async def _announce(self, payload: bytes) -> None:
        await publish_partial(self._replica.engine, self.id, payload)

    # --- once a second -------------------------------------------------------------------------------

    async def _each_second(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except (EngineAway, Refused) as away:
                LOG.warning("not_done", session=self.id, reason=str(away))
            await asyncio.sleep(STATUS_S)

    async def _tell(self) -> None:
        """Tells this replica's part, and the team what all parts together are."""
        session, replica, now = self.id, self._replica, self._replica.clock.now()
        part = self.attendance.part(self.intake.status(self.relay.delays))
        try:
            if self._seconds % TELL_EVERY == 0:
                await self._presence.put(session, replica.id, part.to_bytes())
            self._seconds += 1
            parts = await self._presence.read_all(session)
        except EngineAway:
            away = status(session, self.hall.people, [part], now).model_copy(update={"engine": "away"})
            await replica.publisher.status(session, away)
            await self._tell_engine("away")
            raise
        await self._tell_engine("ok")
        others = [Part.from_bytes(data) for name, data in parts.items() if name != replica.id]
        self._status = status(session, self.hall.people, [part, *others], now)
        await replica.publisher.status(session, self._status)

    async def _tell_engine(self, engine: Literal["ok", "away"]) -> None:
        if engine != self._engine:
            self._engine = engine
            await self._replica.publisher.engine(self.id, EngineView(engine=engine))
