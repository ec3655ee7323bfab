"""A session whose feeds are fetched by one or two replicas, at a pace that no test has to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from isegoria.domain.captions import CaptionSegment, CaptionStatus, Feed, Wordly
from isegoria.edges.pull import Addresses, Pace, Pulls, Sitting
from isegoria.store.engine import Engine
from isegoria.store.leases import Leases
from isegoria.views.models import FeedView
from tests.live.stage import Replica, Stage, staged

QUICK = Pace(look=0.005, renew=0.05, knock=0.01, first=0.01, longest=0.05, slowly=0.05, poll=0.01, retry=0.01)
CODE = "ABCD-1234"
PULL = str(Path("isegoria", "edges", "pull"))
"""Of what is there no task is left once all are stopped."""


def wordly_feed(language: str, *, track: str | None = None, code: str = CODE, passcode: str = "") -> Feed:
    return Feed(
        id=f"wordly-{track or language}",
        name="Wordly",
        track=track or language,
        language=language,
        pulled=Wordly(code=code, passcode=passcode, language=language),
    )


@dataclass
class Scene:
    """The pulls of each replica run until they are stopped."""

    stage: Stage
    replicas: tuple[Replica, Replica]
    addresses: Addresses
    pace: Pace
    tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    def start(self, number: int = 0) -> None:
        intake = self.replicas[number].intake
        sitting = Sitting(
            self.stage.session.id,
            intake,
            lambda: self.stage.session,
            lambda: self.stage.feeds,
            lambda: self.stage.session.clock.at(self.stage.now),
        )
        leases = Leases(self.stage.engine)
        pulls = Pulls(lambda: [sitting], leases, self.addresses, f"replica-{number}", self.pace)
        self.tasks[number] = asyncio.create_task(pulls.run())

    async def stop(self, number: int = 0) -> None:
        task = self.tasks.pop(number)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def looks(self) -> None:
        """Time for twenty looks at what is to be fetched."""
        await asyncio.sleep(20 * self.pace.look)

    def left(self) -> list[asyncio.Task[object]]:
        """The tasks of feeds that still run."""
        return [task for task in asyncio.all_tasks() if PULL in _file_of(task)]

    def view(self, feed: Feed, number: int = 0) -> FeedView:
        return next(one for one in self.replicas[number].intake.status({}) if one.feed == feed.id)

    async def kept(self, track: str) -> list[tuple[CaptionStatus, str]]:
        """What is kept of a track, but for gaps."""
        return [(one.status, one.text) for one in await self.stage.kept(track) if one.status is not CaptionStatus.GAP]

    async def gaps(self, track: str) -> list[CaptionSegment]:
        return [one for one in await self.stage.kept(track) if one.status is CaptionStatus.GAP]


@asynccontextmanager
async def scene(
    engine: Engine, *feeds: Feed, wordly: str = "ws://127.0.0.1:9", streamtext: str = "http://127.0.0.1:9"
) -> AsyncIterator[Scene]:
    async with staged(engine) as (stage, one, two):
        stage.feeds = feeds
        made = Scene(stage, (one, two), Addresses(wordly=wordly, streamtext=streamtext), QUICK)
        try:
            yield made
        finally:
            for number in list(made.tasks):
                await made.stop(number)
            assert made.left() == []


def _file_of(task: asyncio.Task[object]) -> str:
    """Where what a task runs is written."""
    code = getattr(task.get_coro(), "cr_code", None)
    return code.co_filename if code else ""
