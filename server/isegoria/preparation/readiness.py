"""Is everything ready for the two hours? Each finding is one line: what was looked at, what is true, what to do."""

from __future__ import annotations

import platform
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from isegoria import __version__
from isegoria.domain.captions import Feed, Wordly
from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.values import Instant, Role, SessionState
from isegoria.live.attendance import Part
from isegoria.live.feeds import together
from isegoria.preparation.creation import existing
from isegoria.store.engine import Engine
from isegoria.store.links import FeedSecrets, Links
from isegoria.store.people import PeopleStore
from isegoria.store.presence import Presence
from isegoria.store.sessions import Mark, Sessions
from isegoria.views.models import FeedView

if sys.platform != "win32":
    import resource

WRITES = 50
SLOW_MS = 25.0
"""Of a write on disk, at the 95th percentile. A command and its answer should take less than 100 ms."""
ROOM = 512 * 1_048_576
OFF_MS = 1_000
"""By how much this machine's clock may differ from the engine's."""
DESCRIPTORS = 4_096
"""One for each socket, and some more."""
PROBE = "isegoria:check"
TAKING = frozenset({SessionState.OPEN, SessionState.LIVE, SessionState.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Finding:
    """`todo` is empty where all is well."""

    what: str
    told: str
    todo: str = ""

    @property
    def ok(self) -> bool:
        return not self.todo


async def readiness(engine: Engine, data: Path, session: str | None = None) -> list[Finding]:
    """Of the machine and the engine; and of one session, or of all that are not over. Raises Refused, EngineAway."""
    found = [versions(), pages(), disk(data), *descriptors(), await promise(engine)]
    found += [latency(await writes(engine)), clock(await engine.time(), round(time.time() * 1_000))]
    wanted = [session] if session else await _open_sessions(engine)
    for one in wanted:
        found += [finding async for finding in _session(engine, one)]
    return found


async def _open_sessions(engine: Engine) -> list[str]:
    marks = await Sessions(engine).list_sessions()
    return [session for session, mark in marks.items() if mark is Mark.CREATED]


# --- the machine and the engine --------------------------------------------------------------------


def versions() -> Finding:
    return Finding("versions", f"isegoria {__version__}, Python {platform.python_version()}, {platform.system()}")


def pages() -> Finding:
    if files("isegoria").joinpath("static", "index.html").is_file():
        return Finding("pages", "the browser client is built")
    return Finding("pages", "the browser client is not built", "Run `make setup`.")


def disk(data: Path) -> Finding:
    """Free space where the embedded engine writes."""
    folder = data if data.exists() else Path()
    free = shutil.disk_usage(folder).free
    told = f"{free // 1_048_576:,} MB are free"
    if free < ROOM:
        return Finding("disk", told, f"Make room: {ROOM // 1_048_576} MB are wanted where {data} lies.")
    return Finding("disk", told)


def descriptors() -> Iterator[Finding]:
    """Each connection takes one. Windows has no such limit."""
    if sys.platform == "win32":
        return
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    unlimited = limit == resource.RLIM_INFINITY
    told = "no limit of open files" if unlimited else f"{limit:,} open files are allowed"
    enough = unlimited or limit >= DESCRIPTORS
    yield Finding("descriptors", told, "" if enough else f"Raise it before `serve`: `ulimit -n {16 * DESCRIPTORS}`.")


async def promise(engine: Engine) -> Finding:
    """What an acknowledged command survives."""
    told = await engine.promise()
    if told.startswith("Acknowledged means on disk."):
        return Finding("append-only file", told)
    return Finding("append-only file", told, "Set appendonly yes and appendfsync always in the engine's configuration.")


async def writes(engine: Engine) -> list[float]:
    """How long acknowledged writes take, in milliseconds."""
    taken = []
    for number in range(WRITES):
        began = time.perf_counter()
        await engine.ask("SET", PROBE, number)
        taken.append((time.perf_counter() - began) * 1_000)
    await engine.ask("DEL", PROBE)
    return taken


def latency(taken: list[float]) -> Finding:
    slowest = sorted(taken)[int(len(taken) * 0.95)]
    told = f"{slowest:.1f} ms for a write on disk (95th percentile of {len(taken)})"
    if slowest > SLOW_MS:
        return Finding("latency", told, f"Use a faster disk: less than {SLOW_MS:.0f} ms is wanted.")
    return Finding("latency", told)


def clock(engine_now: Instant, here: Instant) -> Finding:
    """Both in UTC milliseconds."""
    off = here - engine_now
    told = f"{abs(off)} ms between this machine's clock and the engine's"
    if abs(off) > OFF_MS:
        return Finding("clock", told, "Set both by NTP.")
    return Finding("clock", told)


# --- a session -----------------------------------------------------------------------------------


async def _session(engine: Engine, session_id: str) -> AsyncIterator[Finding]:
    session, people = (await existing(engine, session_id)).session, await PeopleStore(engine).read(session_id)
    yield scheduled(session, people, await engine.time())
    for finding in peopled(session, people):
        yield finding
    linked = {(link.role, link.person) for link in await Links(engine).list_links(session_id)}
    yield reachable(session, people, linked)
    configured = await FeedSecrets(engine).list_feeds(session_id)
    names = [Feed.model_validate(config) for config in configured.values()]
    parts = [Part.from_bytes(part) for part in (await Presence(engine).read_all(session_id)).values()]
    for finding in captioned(session, people, names, bool(parts)):
        yield finding
    if session.state in TAKING:
        for feed in together(part.feeds for part in parts):
            yield heard(session, feed, await engine.time())


def scheduled(session: Session, people: People, now: Instant) -> Finding:
    what, title = f"session {session.id}", people.about.title or "without a title"
    told = f"{title}: {session.state}"
    if session.state is SessionState.CLOSED:
        return Finding(what, told, "It is over; create a new one.")
    if session.state in (SessionState.SCHEDULED, SessionState.OPEN) and session.clock.at(now) > session.ends_at:
        return Finding(what, told, "Its end has passed; extend it, or create it with other times.")
    return Finding(what, told)


def peopled(session: Session, people: People) -> Iterator[Finding]:
    what = f"roster {session.id}"
    speakers = sum(Role.SPEAKER in person.roles for person in people.persons.values())
    told = f"{speakers} speakers, {len(session.order)} on the list"
    todo = "" if speakers else f"Import the registrations: `isegoria roster import {session.id} FILE`."
    yield Finding(what, told, todo)
    if session.roster_revision < people.revision:
        yield Finding(what, "servers have not been told of the newest change", "Import the roster again.")


def reachable(session: Session, people: People, linked: set[tuple[Role, str | None]]) -> Finding:
    """Every moderator has a link, and there is one."""
    what = f"links {session.id}"
    roles = [(role, person) for person in people.persons.values() for role in person.roles]
    if not any(role is Role.MODERATOR for role, _ in roles):
        return Finding(what, "nobody is the moderator", "Name one under [[staff]] in the session file.")
    without = [person.display_name for role, person in roles if (role, person.id) not in linked]
    if without:
        told = f"{len(without)} people have no link yet, {without[0]} among them"
        return Finding(what, told, f"Make them: `isegoria links {session.id}`.")
    return Finding(what, f"{len(linked)} links are out")


def captioned(session: Session, people: People, feeds: list[Feed], served: bool) -> Iterator[Finding]:
    """Every track that is announced has a feed; and whether a server holds the session to take captions."""
    what = f"feeds {session.id}"
    configured = {feed.id for feed in feeds}
    missing = [track.track for track in people.about.tracks if track.feed not in configured]
    if missing:
        yield Finding(what, f"no feed for {', '.join(missing)}", f"`isegoria links {session.id} --renew` makes it.")
    elif not people.about.tracks:
        yield Finding(what, "no captions are announced", "Name tracks under [[captions]] in the session file.")
    else:
        yield Finding(what, f"{', '.join(track.track for track in people.about.tracks)}: addresses are made")
    nameless = [feed.id for feed in feeds if isinstance(feed.pulled, Wordly) and not feed.pulled.code]
    if nameless:
        told = f"Wordly's session code is not known to {', '.join(nameless)}"
        yield Finding(what, told, f"Give it: `isegoria captions wordly {session.id} CODE`, or on the moderator's page.")
    if not served:
        yield Finding(f"server {session.id}", "no server holds this session", "Start it: `isegoria serve`.")


def heard(session: Session, feed: FeedView, now: Instant) -> Finding:
    """How a feed does while captions are taken. `now` is real time."""
    return Finding(f"captions {session.id} {', '.join(feed.tracks)}", ", ".join(_figures(feed, now)), _advice(feed))


def _figures(feed: FeedView, now: Instant) -> Iterator[str]:
    yield f"{feed.feed} stands by" if feed.state == "muted" else f"from {feed.feed}"
    ago = None if feed.last_at is None else max(0, now - feed.last_at) / 1_000
    yield "nothing has come yet" if ago is None else f"last heard {ago:.0f} s ago"
    if feed.speech_delay is not None:
        yield f"{feed.speech_delay / 1_000:.1f} s after it was spoken"
    if feed.delay is not None:
        yield f"{feed.delay / 1_000:.1f} s from receipt to readers"
    if feed.dropped:
        yield f"{feed.dropped} not understood, or lost while the store was away"


def _advice(feed: FeedView) -> str:
    if feed.link == "refused":
        return f"The service refuses the connection ({feed.problem}): look at its code, then connect the feed anew."
    match feed.state:
        case "never":
            return "Have its program send a line now: before the session begins the team alone sees it."
        case "silent":
            return "Look at its program, or mute it on the moderator's page, so that the one which stands by is heard."
        case "ok" | "muted":
            return ""
