"""A test of capacity from nothing: a server of its own, a session, its people, and the verdict.

The server is a process of its own, as on the day; this one holds the attendees.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from isegoria.cli.rehearsing import SYNTHETIC, example_roster, synthetic_token
from isegoria.cli.running import note
from isegoria.domain.commands import CloseSession
from isegoria.domain.errors import Refused
from isegoria.domain.values import Role, SegmentKind
from isegoria.live.direct import ask
from isegoria.preparation import create
from isegoria.preparation.creation import SYSTEM
from isegoria.preparation.joining import join
from isegoria.rehearsal.capacity import Gauge, Trial, levels, measured
from isegoria.rehearsal.chair import LIMIT_MS
from isegoria.rehearsal.verdict import Level, carried
from isegoria.session_file import EXAMPLE, moved_to, read_session_file
from isegoria.settings import Settings
from isegoria.store.engine import Engine, open_engine

READY_S = 30.0
LOOK_S = 0.1
END_S = 10.0
PR_SET_PDEATHSIG = 1
SPARE_FILES = 250
"""What a process opens beside the attendees' connections."""


@dataclass(frozen=True, slots=True)
class Outcome:
    levels: list[Level]
    wanted: int
    remark: str = ""
    """Why fewer were tried, if so."""

    @property
    def is_enough(self) -> bool:
        return any(carried(one) and one.attendees >= self.wanted for one in self.levels)


async def try_capacity(settings: Settings, attendees: int, url: str | None) -> Outcome:
    """With a server started for it on an empty folder; or, with a URL, in a rehearsal on a server elsewhere.

    Raises Refused, EngineUnusable, EngineAway, OSError.
    """
    most = _files() - SPARE_FILES
    counts = levels(min(attendees, most))
    remark = "" if most >= attendees else _few_files(most)
    if url:
        async with open_engine(settings.data, settings.engine_url) as engine:
            trial = await prepared_trial(engine, url, local=False)
            try:
                return Outcome(await measured(trial, counts, Elsewhere(), _tell), attendees, remark)
            finally:
                with suppress(Refused):  # somebody else has closed it
                    await ask(engine, trial.session, CloseSession(), SYSTEM)
    settings.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="capacity-", dir=settings.data) as name:
        data = Path(name).resolve()  # noqa: ASYNC240
        async with open_engine(data) as engine:
            trial = await prepared_trial(engine, f"http://127.0.0.1:{_free_port()}", local=True)
        # From here on the engine is the server's alone, which stops it even where this process has no time to.
        try:
            async with _server(data, trial.url, attendees) as gauge:
                return Outcome(await measured(trial, counts, gauge, _tell), attendees, remark)
        finally:
            # A server that had to be killed has left it.
            async with open_engine(data):
                pass


def _tell(level: Level) -> None:
    """That it goes on."""
    note(f"{level.attendees:,} {'attendee' if level.attendees == 1 else 'attendees'} tried")


# --- the session -----------------------------------------------------------------------------------


async def prepared_trial(engine: Engine, url: str, *, local: bool) -> Trial:
    """The example as a new session, starting now, with short turns. Raises Refused, EngineAway."""
    file = read_session_file(EXAMPLE.read_bytes())
    rules = file.modalities.model_copy(
        update={
            "limit_s": LIMIT_MS // 1_000,
            "warnings_s": (),
            "grace_s": 0,
            "list_closes_at": None,
            "one_per_organisation": False,
        }
    )
    staff = (*file.staff, SYNTHETIC[Role.MODERATOR])
    update = {"title": "Test of capacity", "modalities": rules, "staff": staff}
    moved = moved_to(file, await engine.time()).model_copy(update=update)
    prepared = await create(engine, moved, rehearsal=True)
    planned = await example_roster(engine, prepared.session, 1)
    await join(engine, prepared.session, planned, inscribe=False)
    topic = next(number for number, one in enumerate(file.segments, 1) if one.kind is SegmentKind.TOPIC)
    watching = next(link for link in prepared.links if link.holder.role is Role.ATTENDEE)
    note(f"To watch the test: {watching.url(url, prepared.session)}")
    return Trial(
        url=url,
        session=prepared.session,
        moderator=synthetic_token(prepared, Role.MODERATOR),
        attendee=watching.token,
        person=planned.new[0].id,
        segment=f"s{topic}",
        secrets={one.feed.id: one.secret for one in prepared.feeds},
        tracks={one.feed.id: one.feed.track for one in prepared.feeds},
        local=local,
    )


# --- the server ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfProcess:
    """What Linux tells of a process; other systems tell nothing."""

    pid: int

    def processor_s(self) -> float | None:
        with suppress(OSError):
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return None

    def memory_mb(self) -> float | None:
        with suppress(OSError):
            pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576
        return None


class Elsewhere:
    """A server of which nothing is known but what it answers."""

    def processor_s(self) -> float | None:
        return None

    def memory_mb(self) -> float | None:
        return None


@asynccontextmanager
async def _server(data: Path, url: str, attendees: int) -> AsyncIterator[Gauge]:
    with _process(data, url, attendees) as process:
        await _ready(process, url, data)
        yield OfProcess(process.pid)


@contextmanager
def _process(data: Path, url: str, attendees: int) -> Iterator[subprocess.Popen[bytes]]:
    """`isegoria serve` on the folder; with no word to an engine that the environment may name."""
    enough = str(attendees + SPARE_FILES)
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    environment |= {"ISEGORIA_CONNECTIONS": enough, "ISEGORIA_CONNECTIONS_PER_ADDRESS": enough}
    port = url.rpartition(":")[2]
    command = [sys.executable, "-m", "isegoria", "--data", str(data), "serve", "--host", "127.0.0.1", "--port", port]
    with _log(data).open("wb") as lines:
        # What is done before the child begins calls nothing that a thread could hold.
        process = subprocess.Popen(
            command,
            stdout=lines,
            stderr=lines,
            env=environment,
            preexec_fn=_ending_with_this_process(),  # noqa: PLW1509
        )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_S)
        process.kill()
        process.wait()


def _ending_with_this_process() -> Callable[[], None] | None:
    """For a child before it begins: Linux stops it when this process ends, even where it had no time to say so."""
    if sys.platform != "linux":
        return None
    tell = ctypes.CDLL(None).prctl
    return lambda: tell(PR_SET_PDEATHSIG, signal.SIGTERM)


async def _ready(process: subprocess.Popen[bytes], url: str, data: Path) -> None:
    async with aiohttp.ClientSession() as http, asyncio.timeout(READY_S):
        while process.poll() is None:
            with suppress(aiohttp.ClientError):
                async with http.get(f"{url}/readyz") as answer:
                    if answer.ok:
                        return
            await asyncio.sleep(LOOK_S)
    said = _log(data).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise Refused("internal", f"The server did not start. Its last words: {said[-1] if said else 'none'}")


def _log(data: Path) -> Path:
    return data / "server.log"


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


# --- what the machine allows -----------------------------------------------------------------------


def _files() -> int:
    """How many files this process may open, raised as far as it may; the server inherits it."""
    if sys.platform == "win32":
        return 8_000
    import resource  # noqa: PLC0415

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        most = 1_000_000
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def _few_files(most: int) -> str:
    return (
        f"A program may open {most + SPARE_FILES:,} files here, so {most:,} attendees were tried at most: "
        "raise it with `ulimit -n`, or LimitNOFILE= in the service's unit, for this test and for the server."
    )
