"""From the feeds to the transcript: asks the domain what is kept, and fences replicas off from each other.

What a feed must remember lies in the store under a revision of its own; kept segments and memory are written in one
step, which is refused if another replica was faster. Then everything is decided anew. So any replica takes any post,
and a crash duplicates nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import structlog

from isegoria.domain import corrections, gaps, keeping, revisions
from isegoria.domain.captions import Caption, CaptionSegment, CaptionStatus, Clear, Feed, Mode, Track, normal
from isegoria.domain.errors import Refused
from isegoria.domain.keeping import Circumstances
from isegoria.domain.revisions import FeedState, Merged
from isegoria.domain.session import Session
from isegoria.domain.text import clean
from isegoria.domain.values import SECOND, Instant, Millis, PersonId, SessionState
from isegoria.live.relay import Passing
from isegoria.store.errors import EngineAway
from isegoria.store.transcript import Transcript
from isegoria.views.models import FeedView

LOG = structlog.get_logger(__name__)

ATTEMPTS = 5
TOLD_EVERY: Millis = 4 * SECOND
"""How often signs of life are stored, so that no other replica takes a feed that is only quiet for one that is gone."""
LONGEST_PROBLEM = 200
TAKEN_OVER: Millis = 30_000
"""After that long no replica is taking any more what this one has only read; real time."""

Step: TypeAlias = Callable[[FeedState], tuple[FeedState, Sequence[Caption | Clear]]]
"""What a feed's adapter makes of what came in: pure, and asked again if another replica was faster."""
Announce: TypeAlias = Callable[[bytes], Awaitable[None]]
"""Publishes the bytes of a `Passing` to all replicas. Raises EngineAway."""

Link: TypeAlias = Literal["connecting", "connected", "refused"]


@dataclass(slots=True)
class Line:
    """This replica's copy of a feed: what was stored at `revision`, and what needs no storing since."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    known: bool = False
    revision: int = 0
    told: Instant = 0
    """The newest sign of life that is stored, and so known to other replicas."""
    state: FeedState = field(default_factory=FeedState)
    held: bool = False
    connections: int = 0
    closed: bool = False
    dropped: int = 0
    text: str = ""
    taking: bool = False
    """Whether this replica took something of it, and holds no connection of it that ended since."""
    speech_delay: Millis | None = None
    link: Link | None = None
    problem: str = ""


class Intake:
    """One session's feeds. `session` and `feeds` tell what is true now, `now` is the engine's clock.

    `feeds` come in the order of the session file: the first of a track is its source unless a person chose another
    (C15). What people correct comes through here too, since it must not collide with what the feed says.
    """

    def __init__(
        self,
        session: Callable[[], Session],
        feeds: Callable[[], Sequence[Feed]],
        transcript: Transcript,
        announce: Announce,
        now: Callable[[], Instant],
    ) -> None:
        self._session, self._feeds = session, feeds
        self._transcript, self._announce, self._now = transcript, announce, now
        self._lines: dict[str, Line] = {}
        self._recorded_since: Instant | None = 0

    # --- what feeds send ---------------------------------------------------------------------------

    async def take(self, feed: Feed, step: Step, mode: Mode) -> None:
        """Takes what a feed sent.

        Raises EngineAway when the outcome is unknown: ask again with the same, which changes nothing if it was done.
        Raises Refused("busy") when other replicas were faster each time.
        """
        line = self._line(feed)
        line.taking = True

        def receipt(state: FeedState, at: Circumstances) -> Merged:
            after, sent = step(state)
            line.text = next((normal(one.text) for one in reversed(sent) if isinstance(one, Caption)), line.text)
            return keeping.receive(state, after, sent, mode, at)

        await self._change(feed, receipt)

    async def remembered(self, feed: Feed) -> FeedState:
        """What a feed remembers, whichever replica took its last post. Raises EngineAway."""
        return FeedState.from_bytes((await self._transcript.feed_state(self._session().id, feed.id))[1])

    def is_open(self, feed: Feed) -> bool:
        """Whether the session takes captions: from its doors until what was spoken before its close has come."""
        session = self._session()
        if session.closed_at is not None:
            return session.clock.at(self._now() - feed.lag) <= session.closed_at
        return session.state is not SessionState.SCHEDULED

    def drop(self, feed: Feed, reason: str) -> None:
        """Counts input that could not be read; `reason` must not quote it."""
        self._line(feed).dropped += 1
        LOG.warning("caption_dropped", session=self._session().id, feed=feed.id, reason=reason)

    def reconnects(self, feed: Feed) -> int:
        """How often people asked that its connection be made anew: whoever holds one ends it when this changes."""
        return self._session().reconnects.get(feed.id, 0)

    # --- feeds whose connection we hold ------------------------------------------------------------

    async def connected(self, feed: Feed) -> int:
        """A connection began; its number (see FeedState). Raises EngineAway, Refused("busy")."""
        self.link(feed, "connected")
        line = self._line(feed)
        line.held = True
        if not line.connections:
            await self._change(feed, lambda state, _: Merged(revisions.connect(state)))
        line.connections += 1
        return line.state.connection

    def alive(self, feed: Feed) -> None:
        """An answered ping is a sign of life (C11); only captions end a gap."""
        line = self._line(feed)
        if line.known and not line.state.lost:
            line.state = gaps.heard(line.state, self._session(), self._now())

    def disconnected(self, feed: Feed) -> None:
        """A connection was lost or closed."""
        line = self._line(feed)
        line.connections -= 1
        if line.connections == 0:
            line.state = line.state.model_copy(update={"lost": line.state.heard_at is not None})
            line.link, line.taking = None, False

    def link(self, feed: Feed, link: Link | None, problem: str = "") -> None:
        """How a connection that is fetched is, for the team; `problem` as the service tells it. None: not ours now."""
        line = self._line(feed)
        line.link, line.problem = link, clean(problem)[:LONGEST_PROBLEM].strip()

    # --- what people correct -------------------------------------------------------------------------

    async def correct(self, track: Track, position: int, revision: int, text: str, by: PersonId | None) -> int:
        """Corrects the caption that was kept at a position, or retracts it with a text of nothing (C21).

        The position of the correction. Raises Refused("stale") if it was changed since `revision`, EngineAway.
        """
        source = (await self._newest(track, position)).source
        feed = next((one for one in self._feeds() if one.id == source), None)

        async def amended() -> CaptionSegment:
            newest = await self._newest(track, position)
            return corrections.amended(newest, revision, text, self._now(), by)

        if feed is None:
            # It says nothing any more, so nothing can come in between.
            positions = await self._transcript.append(self._session().id, {track: [await amended()]})
        else:
            positions = await self._amend(feed, track, amended)
        return positions[track][0]

    async def _newest(self, track: Track, position: int) -> CaptionSegment:
        """What is kept now of the caption at a position."""
        found = await self._transcript.read(self._session().id, track, position - 1)
        if not found or found[0].position != position:
            raise Refused("malformed", "there is no such caption", field="position")
        return next(one for one in reversed(found) if one.key == found[0].key)

    async def _amend(
        self, feed: Feed, track: Track, amended: Callable[[], Awaitable[CaptionSegment]]
    ) -> dict[Track, list[int]]:
        """What was kept is looked at under the feed's revision, so that whoever comes in between is noticed."""
        session, line = self._session().id, self._line(feed)
        async with line.lock:
            for _ in range(ATTEMPTS):
                await self._load(feed, line)
                segment = await amended()
                state = revisions.amend(line.state, segment)
                line.known = False
                done = await self._transcript.accept(
                    session, feed.id, line.revision, {track: [segment]}, state.to_bytes()
                )
                if done is not None:
                    line.state, line.revision, line.known = state, line.revision + 1, True
                    return done
            raise Refused("busy", "Captions of this feed came in at the same time. Ask again.")

    # --- time --------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Does what is due: ask once a second. Raises EngineAway, Refused("busy")."""
        self._watch_recording()
        for feed in self._feeds():
            line = self._line(feed)
            async with line.lock:
                await self._load(feed, line)
            if self._overdue(line):
                await self._change(feed, keeping.expire)
            if line.connections and self._untold(line, line.state):
                await self._change(feed, lambda state, _: Merged(state))
            if keeping.unmuted(line.state, self._circumstances(feed)).kept:
                await self._change(feed, keeping.unmuted)
            if self._session().closed_at is not None and not line.closed:
                await self._change(feed, keeping.close)
                line.closed = True

    def _overdue(self, line: Line) -> bool:
        """Whether partials wait for their final too long. Only who takes them has heard them all; others act late."""
        patience = 0 if line.taking else TAKEN_OVER
        return bool(revisions.due(line.state, self._now() - patience))

    def _untold(self, line: Line, state: FeedState) -> bool:
        return (state.heard_at or 0) - line.told >= TOLD_EVERY

    def status(self, delays: Mapping[str, Millis]) -> tuple[FeedView, ...]:
        """How this replica sees the feeds; `delays` are the relay's. `together` joins the replicas' views."""
        return tuple(self._view(feed, delays.get(feed.id)) for feed in self._feeds())

    # --- one change --------------------------------------------------------------------------------

    async def _change(self, feed: Feed, decide: Callable[[FeedState, Circumstances], Merged]) -> None:
        line = self._line(feed)
        async with line.lock:
            for _ in range(ATTEMPTS):
                await self._load(feed, line)
                merged = decide(line.state, self._circumstances(feed))
                if await self._store(feed, line, merged):
                    line.dropped += merged.dropped
                    return
            raise Refused("busy", "Other servers took captions of this feed at the same time. Send it again.")

    async def _load(self, feed: Feed, line: Line) -> None:
        if not line.known:
            line.revision, data = await self._transcript.feed_state(self._session().id, feed.id)
            stored = FeedState.from_bytes(data)
            line.state = revisions.recalled(stored, line.state) if line.taking else stored
            line.known, line.told = True, stored.heard_at or 0

    async def _store(self, feed: Feed, line: Line, merged: Merged) -> bool:
        """Whether the change took place; if not, this replica's copy of the feed was old."""
        if merged.kept or merged.state.lasting != line.state.lasting or self._untold(line, merged.state):
            line.known = False
            if not await self._accepted(feed, line, merged):
                return False
            line.revision, line.known, line.told = line.revision + 1, True, merged.state.heard_at or 0
        line.state = merged.state
        for segment in (*merged.kept, *merged.shown):
            if segment.starts_at is not None and segment.status is not CaptionStatus.GAP:
                line.speech_delay = self._speech_delay(segment)
        await self._show(feed, merged.shown)
        return True

    async def _accepted(self, feed: Feed, line: Line, merged: Merged) -> bool:
        session, state = self._session().id, merged.state.to_bytes()
        segments = {feed.track: merged.kept} if merged.kept else {}
        try:
            done = await self._transcript.accept(session, feed.id, line.revision, segments, state)
        except Refused as full:
            LOG.error("captions_not_kept", session=session, feed=feed.id, reason=full.message)
            await self._show(feed, merged.kept)
            done = await self._transcript.accept(session, feed.id, line.revision, {}, state)
        return done is not None

    async def _show(self, feed: Feed, segments: Iterable[CaptionSegment]) -> None:
        """What is not kept may be lost while the engine is away: it is out of date when the engine is back."""
        test = self._session().started_at is None
        for segment in segments:
            try:
                await self._announce(Passing(track=feed.track, test=test, segment=segment).model_dump_json().encode())
            except EngineAway:
                self._line(feed).dropped += 1

    def _speech_delay(self, segment: CaptionSegment) -> Millis | None:
        """How long after its end, or else its beginning, a caption came, where its feed tells when it was spoken."""
        until = segment.starts_at if segment.ends_at is None else segment.ends_at
        spoken = None if until is None else self._session().clock.real_at(until)
        return None if spoken is None else max(0, segment.received_at - spoken)

    # --- what is true now --------------------------------------------------------------------------

    def _circumstances(self, feed: Feed) -> Circumstances:
        self._watch_recording()
        return Circumstances(
            feed=feed,
            session=self._session(),
            now=self._now(),
            recorded_since=self._recorded_since,
            muted=not self._is_source(feed),
            held=self._line(feed).held,
        )

    def _watch_recording(self) -> None:
        """Recording has no instant in the state, so it counts from when this replica saw it on again (C13)."""
        session = self._session()
        if not keeping.recording(session):
            self._recorded_since = None
        elif self._recorded_since is None:
            self._recorded_since = session.clock.at(self._now())

    def _is_source(self, feed: Feed) -> bool:
        return keeping.is_source(feed, self._feeds(), self._session())

    def _line(self, feed: Feed) -> Line:
        return self._lines.setdefault(feed.id, Line())

    def _view(self, feed: Feed, delay: Millis | None) -> FeedView:
        line = self._line(feed)
        return FeedView(
            feed=feed.id,
            name=feed.name,
            tracks=(feed.track,),
            language=feed.language,
            source=self._is_source(feed),
            state=self._health(feed, line),
            last_at=line.state.heard_at,
            speech_delay=feed.lag or line.speech_delay,
            delay=delay,
            dropped=line.dropped,
            last_line=line.text,
            pulled=feed.pulled.type if feed.pulled else None,
            link=line.link,
            problem=line.problem,
        )

    def _health(self, feed: Feed, line: Line) -> Literal["ok", "silent", "muted", "never"]:
        session = self._session()
        if not self._is_source(feed):
            return "muted"
        if line.state.heard_at is None:
            return "never"
        speaking = session.turn is not None and session.turn.paused_at is None
        missed = line.state.lost if line.held else speaking and gaps.silent(line.state, session, self._now())
        return "silent" if missed else "ok"
