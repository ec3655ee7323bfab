"""Where others said or wrote who somebody is that is masked for good in all that is kept of a session (R8).

Doing it again is harmless, and goes on where it broke off. What comes in afterwards is kept as it comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass

from isegoria.domain import revisions
from isegoria.domain.captions import CaptionSegment, CaptionStatus, Key, Track
from isegoria.domain.errors import Refused
from isegoria.domain.people import People
from isegoria.domain.revisions import FeedState
from isegoria.domain.session import Session
from isegoria.domain.values import Instant, PersonId, SessionState
from isegoria.report.striking import Striker
from isegoria.store.engine import Engine
from isegoria.store.files import Files
from isegoria.store.links import FeedSecrets
from isegoria.store.people import PeopleStore
from isegoria.store.transcript import CEILING_BYTES, Transcript, bytes_of, segment_of

LIVE = frozenset({SessionState.LIVE, SessionState.SUSPENDED})
ATTEMPTS = 10
TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Masked:
    """`lines`: of captions, that named the person.

    Files that others handed in cannot be rewritten: `files` name the person, of `unread`, which are no plain text,
    nobody knows. Both: contribution -> whose it is.
    """

    lines: int
    files: Mapping[str, str]
    unread: Mapping[str, str]


async def mask(engine: Engine, session: Session, person: PersonId) -> Masked:
    """Raises Refused("busy") if captions came in at the same time each time, EngineAway."""
    people = await PeopleStore(engine).read(session.id)
    striker = Striker(session, people, person)
    # A correction goes to all who read now; it may well exceed the ceiling.
    captions = _Captions(Transcript(engine, 2 * CEILING_BYTES), session, striker)
    feeds = await FeedSecrets(engine).list_feeds(session.id)
    lines = 0
    for track in await captions.transcript.tracks(session.id):
        await captions.correct(track, feeds, await engine.time())
        lines += await captions.reword(track)
    if session.state not in LIVE:
        for feed in feeds:
            await captions.forget(feed)
    await _texts(engine, session.id, striker, people)
    return Masked(lines, *await _files(engine, session, striker, people, person))


@dataclass(frozen=True, slots=True)
class _Captions:
    transcript: Transcript
    session: Session
    striker: Striker

    async def correct(self, track: Track, feeds: Container[str], now: Instant) -> None:
        """What is read now is corrected, so that open pages change. Before older revisions are: else a second try,
        after a fault, would not know what was not told yet."""
        for _ in range(ATTEMPTS):
            kept = await self.transcript.read(self.session.id, track)
            corrected = self._corrected(track, kept, now)
            if not corrected:
                return
            for source, group in corrected.items():
                await self._tell(track, source if source in feeds else None, group, kept[-1].position or 0)
        raise Refused("busy", "Captions came in at the same time. Ask again.")

    def _corrected(self, track: Track, kept: list[CaptionSegment], now: Instant) -> dict[str, list[CaptionSegment]]:
        """By their feeds: the next revisions of the lines whose newest one names the person."""
        newest: dict[Key, CaptionSegment] = {}
        for one in kept:
            before = newest.get(one.key)
            newest[one.key] = one if before is None or one.revision >= before.revision else before
        struck, corrected = self.striker.captions(track, kept), defaultdict[str, list[CaptionSegment]](list)
        for one in newest.values():
            new = struck.get(one.position or 0)
            if new is not None and one.status is not CaptionStatus.RETRACTED:
                changes = {
                    "revision": one.revision + 1,
                    "status": CaptionStatus.CORRECTED,
                    "received_at": now,
                    "by": None,
                }
                corrected[one.source].append(new.model_copy(update={**changes, "position": None}))
        return corrected

    async def _tell(self, track: Track, feed: str | None, corrected: list[CaptionSegment], seen: int) -> None:
        """What has yet another revision after position `seen` is not told here. No feed: it says nothing any more."""
        if feed is None:
            await self.transcript.append(self.session.id, {track: corrected})
            return
        for _ in range(ATTEMPTS):
            revision, data = await self.transcript.feed_state(self.session.id, feed)
            since = {one.key for one in await self.transcript.read(self.session.id, track, seen)}
            mine, state = [one for one in corrected if one.key not in since], FeedState.from_bytes(data)
            for one in mine:
                state = revisions.amend(state, one)
            done = await self.transcript.accept(self.session.id, feed, revision, {track: mine}, state.to_bytes())
            if done is not None:
                return
        raise Refused("busy", "Captions came in at the same time. Ask again.")

    async def reword(self, track: Track) -> int:
        """Of how many lines revisions named the person. Read until none does, so what came in between is seen too."""
        lines: set[Key] = set()
        for _ in range(ATTEMPTS):
            entries = dict((await self.transcript.entries(self.session.id)).get(track, []))
            kept = [segment_of(entry) for entry in entries.items()]
            struck = self.striker.captions(track, kept)
            if not struck:
                return len(lines)
            lines |= {one.key for one in struck.values()}
            changes = {position: (entries[position], bytes_of(one)) for position, one in struck.items()}
            await self.transcript.reword(self.session.id, track, changes)
        raise Refused("busy", "Captions came in at the same time. Ask again.")

    async def forget(self, feed: str) -> None:
        """What a feed remembers of its newest lines. Not while it goes on: it would say them again."""
        for _ in range(ATTEMPTS):
            revision, data = await self.transcript.feed_state(self.session.id, feed)
            state = FeedState.from_bytes(data)
            struck = self.striker.feed(state)
            if struck == state:
                return
            await self.transcript.accept(self.session.id, feed, revision, {}, struck.to_bytes())
        raise Refused("busy", "Captions came in at the same time. Ask again.")


async def _texts(engine: Engine, session: str, striker: Striker, people: People) -> None:
    """Registrations of others and what the session's file says, too."""
    store = PeopleStore(engine)
    texts, others, about = striker.texts(people.texts), striker.others(people), striker.about(people.about)
    if texts:
        await store.reword(session, texts)
    if others:
        await store.save(session, others)
    if about != people.about:
        await store.set_about(session, about)


async def _files(
    engine: Engine, session: Session, striker: Striker, people: People, person: PersonId
) -> tuple[dict[str, str], dict[str, str]]:
    """What others handed in: (which names the person, which nobody can tell)."""
    named, unread = {}, {}
    for one in session.notebook.contributions:
        if one.person == person:
            continue
        author = people.persons.get(one.person)
        whose = author.display_name if author else "somebody who was erased"
        if one.media != TEXT:
            unread[one.id] = whose
        elif striker.names_them((await Files(engine).get(session.id, one.id) or b"").decode(errors="replace")):
            named[one.id] = whose
    return named, unread
