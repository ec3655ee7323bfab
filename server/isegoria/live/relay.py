"""From the transcript to the readers of a session: follows it, paces it, and lets readers in without gap or repeat.

Every replica follows the same streams, the one that took a caption included. Two audiences read a track: the public,
and the team, whose frames carry the feeds' words for who speaks, and tests before the session.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import itemgetter
from typing import Protocol

import structlog
from pydantic import ValidationError

from isegoria.domain.captions import CaptionSegment, Track
from isegoria.domain.values import Frozen, Instant, Millis
from isegoria.live.rooms import FRESH, HELD, CaptionFrame, Room
from isegoria.store.follow import Follower, OnLost
from isegoria.store.streams import Entry
from isegoria.store.transcript import Transcript, segment_of, transcript_key

LOG = structlog.get_logger(__name__)


class Publish(Protocol):
    """Sends a frame to the readers of a track: `team` to the team, `public`, unless it is None, to all others.

    It must choose its recipients before its first await, so that whoever came in before is among them, and not raise.
    """

    async def __call__(self, *, public: CaptionFrame | None, team: CaptionFrame) -> None: ...


class Timer(Protocol):
    def cancel(self) -> None: ...


class Pace(Protocol):
    """A clock that only moves forward, in milliseconds, and its alarms."""

    def now(self) -> float: ...

    def call_at(self, at: float, callback: Callable[[], None]) -> Timer: ...


class LoopPace:
    """The pace of the running event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def now(self) -> float:
        return self._loop.time() * 1_000

    def call_at(self, at: float, callback: Callable[[], None]) -> Timer:
        return self._loop.call_at(at / 1_000, callback)


class Passing(Frozen):
    """What is published and not stored: partials, and captions off the record or before the session (`test`)."""

    track: Track
    test: bool
    segment: CaptionSegment


class Relay:
    """`now` is the engine's clock. `run` it in a task."""

    def __init__(
        self, session: str, transcript: Transcript, publish: Publish, pace: Pace, now: Callable[[], Instant]
    ) -> None:
        self._session, self._transcript = session, transcript
        self._publish, self._pace, self._now = publish, pace, now
        self._rooms: dict[tuple[Track, bool], Room] = {}
        self._news = asyncio.Event()
        self.delays: dict[str, Millis] = {}
        """Source -> how long its newest caption took from receipt to readers; for the team."""

    # --- what comes in -----------------------------------------------------------------------------

    async def follow(self, follower: Follower, tracks: Iterable[Track], on_lost: OnLost) -> None:
        """Loads what each track has and follows it from there. Raises EngineAway."""
        for track in tracks:
            room = self._room(track)
            room.load(await self._transcript.newest(self._session, track, HELD))
            key = transcript_key(self._session, track)
            follower.add(key, partial(self.stored, track), on_lost, after=room.position)

    def unfollow(self, follower: Follower) -> None:
        for track, test in self._rooms:
            if not test:
                follower.remove(transcript_key(self._session, track))

    def stored(self, track: Track, entries: Sequence[Entry]) -> None:
        """Takes what was appended to a track's stream; repeats are harmless."""
        for entry in entries:
            self._room(track).offer(segment_of(entry))
        self._news.set()

    def heard(self, payload: bytes) -> None:
        """Takes a `Passing` that a replica published. One that is not understood is dropped."""
        try:
            passing = Passing.model_validate_json(payload)
        except ValidationError:
            LOG.warning("passing_caption_not_understood", session=self._session, size=len(payload))
            return
        self._room(passing.track, passing.test).offer(passing.segment)
        self._news.set()

    # --- what goes out -----------------------------------------------------------------------------

    async def run(self) -> None:
        """Sends, until cancelled, each room's frame when it is due."""
        while True:
            await self._due()
            while room := self._next():
                await self._send(room)

    def _next(self) -> Room | None:
        """Of the rooms that are due: what is final before what may change still, then who waits longest.

        So where many languages fill a core partials become fewer, and no final waits for the rounds of other rooms.
        """
        now, ready = self._pace.now(), list[tuple[bool, float, Room]]()
        for room in self._rooms.values():
            due = room.due()
            if due is not None and due <= now:
                ready.append((not room.has_finals, due, room))
        return min(ready, key=itemgetter(0, 1))[2] if ready else None

    async def _due(self) -> None:
        """Waits until a room may have something to send."""
        due = min((at for room in self._rooms.values() if (at := room.due()) is not None), default=None)
        alarm = None if due is None else self._pace.call_at(due, self._news.set)
        await self._news.wait()
        self._news.clear()
        if alarm:
            alarm.cancel()

    async def _send(self, room: Room) -> None:
        began = self._pace.now()
        frame = room.collect(began)
        if frame is None:
            return
        await self._publish(public=None if frame.test else frame.for_public(), team=frame)
        room.sent(began, self._pace.now())
        now = self._now()
        for segment in frame.segments:
            self.delays[segment.source] = max(0, now - segment.received_at)

    # --- who comes in ------------------------------------------------------------------------------

    async def join(
        self, track: Track, since: int | None, enter: Callable[[], None], *, team: bool = False
    ) -> list[CaptionFrame]:
        """Lets a reader into a track's room: what it gets first, after which the room's frames follow seamlessly.

        With `since` everything after that position, else the newest and whether there are `more`. `enter` is called
        with no await between it and the last look at what there is; send the frames before anything is awaited.
        Raises EngineAway.
        """
        room = self._room(track)
        frames: list[CaptionFrame] = []
        while since is not None and not room.has_since(since):
            older = await self._transcript.read(self._session, track, since, FRESH)
            if not older:
                break
            frame = CaptionFrame(track, since, older[-1].position or since, tuple(older))
            frames.append(frame if team else frame.for_public())
            since = frame.position
        frames.append(room.so_far(since, team=team))
        enter()
        return frames

    def _room(self, track: Track, test: bool = False) -> Room:
        return self._rooms.setdefault((track, test), Room(track, test))
