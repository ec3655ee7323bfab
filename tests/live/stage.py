"""A session's captions on a real engine, with clocks that the tests move: two replicas, so that each rule is shared."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from isegoria.domain.captions import Caption, CaptionSegment, CaptionStatus, Clear, Feed, Mode, Track
from isegoria.domain.session import Segment, Session, Turn
from isegoria.domain.values import Enforcement, SegmentKind, SessionState
from isegoria.live.intake import Intake
from isegoria.live.relay import Relay
from isegoria.live.rooms import CaptionFrame
from isegoria.store.engine import Engine
from isegoria.store.follow import Follower
from isegoria.store.partials import PartialsFollower, publish_partial
from isegoria.store.transcript import Transcript

NOON = 1_751_371_200_000
FLOOR = Feed(id="cart", name="CART", track="floor", language="en", lag=4_000)
SPARE = Feed(id="spare", name="Spare", track="floor", language="en")
SPANISH = Feed(id="wordly-es", name="Wordly", track="es", language="es", is_translation=True)


@dataclass(order=True)
class Alarm:
    at: float
    number: int
    callback: Callable[[], None] = field(compare=False)
    live: bool = field(default=True, compare=False)

    def cancel(self) -> None:
        self.live = False


class HandPace:
    """Time that stands still until a test moves it."""

    def __init__(self) -> None:
        self._now = 0.0
        self._alarms: list[Alarm] = []

    def now(self) -> float:
        return self._now

    def call_at(self, at: float, callback: Callable[[], None]) -> Alarm:
        alarm = Alarm(at, len(self._alarms), callback)
        heapq.heappush(self._alarms, alarm)
        return alarm

    async def pass_by(self, millis: float) -> None:
        until = self._now + millis
        while self._alarms and self._alarms[0].at <= until:
            alarm = heapq.heappop(self._alarms)
            self._now = max(self._now, alarm.at)
            if alarm.live:
                alarm.callback()
            await let_run()
        self._now = until
        await let_run()


async def let_run() -> None:
    """Lets all that is ready to run do so; nothing here waits for the world outside."""
    for _ in range(10):
        await asyncio.sleep(0)


class Replica:
    """One server's intake and relay, and what it sent."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        transcript = Transcript(stage.engine)
        self.intake = Intake(
            session=lambda: stage.session,
            feeds=lambda: stage.feeds,
            transcript=transcript,
            announce=partial(publish_partial, stage.engine, stage.session.id),
            now=lambda: stage.now,
        )
        self.pace = HandPace()
        self.relay = Relay(stage.session.id, transcript, self._publish, self.pace, lambda: stage.now)
        self.public: list[CaptionFrame] = []
        self.team: list[CaptionFrame] = []
        self.announced = 0

    async def _publish(self, *, public: CaptionFrame | None, team: CaptionFrame) -> None:
        self.public += [public] if public else []
        self.team.append(team)

    def heard(self, payload: bytes) -> None:
        self.announced += 1
        self.relay.heard(payload)

    async def say(
        self, text: str, name: str = "1", status: CaptionStatus = CaptionStatus.FINAL, feed: Feed = FLOOR
    ) -> None:
        caption = Caption.model_validate({"segment_id": name, "text": text, "status": status})
        await self.send(caption, feed=feed)

    async def send(self, *sent: Caption | Clear, feed: Feed = FLOOR) -> None:
        await self.intake.take(feed, lambda state: (state, sent), Mode.REVISE)

    def texts(self) -> list[str]:
        return [one.text for frame in self.public for one in frame.segments]


@dataclass
class Stage:
    engine: Engine
    session: Session
    feeds: tuple[Feed, ...] = (FLOOR, SPARE, SPANISH)
    now: int = NOON
    replicas: tuple[Replica, ...] = ()

    def change(self, **changes: object) -> None:
        self.session = replace(self.session, **changes)  # type: ignore[arg-type]

    def record(self, on: bool) -> None:
        self.change(segments=tuple(replace(one, recording=on) for one in self.session.segments))

    async def kept(self, track: Track = "floor") -> list[CaptionSegment]:
        return await Transcript(self.engine).read(self.session.id, track)

    async def until(self, done: Callable[[], bool]) -> None:
        """Waits for what comes back from the engine; fails after 5 s."""
        async with asyncio.timeout(5):
            while not done():  # noqa: ASYNC110 - what is awaited has no event
                await asyncio.sleep(0.001)
        await let_run()


def live_session() -> Session:
    turn = Turn(
        id="t1",
        entry="e1",
        person="p1",
        segment="topic",
        limit=180_000,
        grace=10_000,
        enforcement=Enforcement.CLOSE,
        warnings=(),
        began_at=NOON,
    )
    topic = Segment(id="topic", kind=SegmentKind.TOPIC, planned=3_600_000)
    return Session(
        id="s",
        state=SessionState.LIVE,
        started_at=NOON - 600_000,
        segments=(topic,),
        segment="topic",
        turn=turn,
    )


@asynccontextmanager
async def staged(engine: Engine, session: Session | None = None) -> AsyncIterator[tuple[Stage, Replica, Replica]]:
    """Two replicas that follow one session."""
    stage = Stage(engine, session or live_session())
    one, two = Replica(stage), Replica(stage)
    lost: list[object] = []

    def heard(_: str, payload: bytes) -> None:
        one.heard(payload)
        two.heard(payload)

    partials = PartialsFollower(engine, heard)
    tasks = [asyncio.create_task(running) for running in (partials.run(), one.relay.run(), two.relay.run())]
    followers = [Follower(engine), Follower(engine)]
    for replica, its in zip((one, two), followers, strict=True):
        await replica.relay.follow(its, ["floor", "es"], lost.append)
    tasks += [asyncio.create_task(its.run()) for its in followers]
    await asyncio.wait_for(partials.listening.wait(), 5)
    await stage.until(lambda: all(its.connected for its in followers))
    try:
        yield stage, one, two
    finally:
        assert not any(task.done() for task in tasks), [task for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert not lost
