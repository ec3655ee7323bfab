"""The servers that are compared, each as the generator must address it; started on the server's core."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.processes import free_port
from tests.load import machine
from tests.load.beside.native import node, program
from tests.load.beside.nchan import nchan
from tests.load.beside.target import Start, Target, socket_io
from tests.load.languages import LANGUAGES, LIMIT
from tests.load.readers import Guest
from tests.load.scene import moderator
from tests.load.serving import Server, consultations, folder, ready, started
from tests.load.serving import stock as stock_server
from tests.load.turns import LIMIT_S
from tests.serving import Consultation

ANSWERED = "430["
"""How an acknowledgement of the join begins."""


@dataclass(frozen=True, slots=True)
class Ours:
    """The product with its other door, and the session in it that is live."""

    server: Server
    sessions: Sequence[Consultation]
    """Those that are read; most often one."""
    door: str
    data: Path
    chair: Guest
    """Who moderates the first."""
    short: Sequence[Consultation]
    """Further sessions, whose turns are as short as the rules allow."""

    def target(self, way: str = "publish?seq={seq}", start: float = 64_000, tab: str = "tab") -> Target:
        """Its rooms are the tracks of the one session, or the same track of several."""
        names = tuple(one.id for one in self.sessions)
        tokens = self.data / "tokens"
        tokens.write_text("".join(f"{one.tokens['attendee']}\n" for one in self.sessions))
        session, track = ("{room}", "en") if len(names) > 1 else (names[0], "{room}")
        auth = f'{{"session":"{session}","token":"{{token}}","client":"{tab}{{i}}"}}'
        return Target(
            "isegoria",
            socket_io(self.server.url.rpartition(":")[2]),
            f"{self.door}/{way}&session={session}&room={track}",
            start,
            tuple(machine.family(self.server.pid)),
            f"40{auth}",
            f'420["follow",{{"tracks":["{track}"]}}]',
            '430[{"ok":true',
            names if len(names) > 1 else (),
            str(tokens),
        )


@asynccontextmanager
async def ours(turns: Sequence[str] = (), sessions: int = 1) -> AsyncIterator[Ours]:
    """One replica, with further sessions, whose turns are short, beside those that are read."""
    async with folder() as data:
        read = await consultations(data, [f"s{number + 1}" for number in range(sessions)], LIMIT, LANGUAGES)
        short = await consultations(data, list(turns), round(LIMIT_S * 1_000))
        async with replica(data) as (server, door):
            chairs = [await moderator(server, one) for one in read]
            yield Ours(server, read, door, data, chairs[0], short)
            for chair in chairs:
                chair.socket.close()


@asynccontextmanager
async def replica(data: Path) -> AsyncIterator[tuple[Server, str]]:
    """One more process on the data folder, and the address of its other door."""
    port, door = free_port(), free_port()
    command = [sys.executable, "-m", "tests.load.beside.door", str(data), str(port), str(door)]
    with started(command, data / f"server-{port}.log", port) as server:
        await ready(server, "/readyz", "200")
        yield server, f"http://127.0.0.1:{door}"


def isegoria(way: str, start: float, sessions: int) -> Start:
    """`way`: publish, or flood where what comes within a tick is put together."""

    @asynccontextmanager
    async def run() -> AsyncIterator[Target]:
        async with ours(sessions=sessions) as here:
            yield here.target(f"{way}?seq={{seq}}", start)

    return run


@asynccontextmanager
async def stock() -> AsyncIterator[Target]:
    async with stock_server() as server:
        url, publish = socket_io(server.url.rpartition(":")[2]), f"{server.url}/publish?room={{room}}"
        yield Target("stock", url, publish, 16_000, (server.pid,), "40", '420["join","{room}"]', ANSWERED)


def _other(name: str, command: Sequence[str], start: float, *options: str, up: str = "404") -> Start:
    """One that takes the port as its argument and `follow` as the join. `up`: how it answers what it does not know."""

    @asynccontextmanager
    async def run() -> AsyncIterator[Target]:
        port = free_port()
        with (
            tempfile.TemporaryDirectory(prefix="isegoria-load-") as folder_name,
            started([*command, str(port), *options], Path(folder_name) / "log", port) as server,
        ):
            await ready(server, "/nothing", up)
            join, publish = '420["follow",{"captions":["{room}"]}]', f"{server.url}/publish?room={{room}}"
            yield Target(name, socket_io(str(port)), publish, start, (server.pid,), "40", join, ANSWERED)

    return run


def others() -> tuple[dict[str, Start], list[str]]:
    """Those that this machine can run, and what is left out and why."""
    found: dict[str, Start] = {"stock": stock}
    missing = []
    if command := node():
        found["node"] = _other("node", command, 64_000)
    else:
        missing.append("Node's socket.io is left out: there is no node, or no npm.")
    if limit := program("limit"):
        found["limit"] = _other("limit", [str(limit)], 64_000, up="101")
        found["limit-40"] = _other("limit-40", [str(limit)], 1_000_000, "--coalesce", "40", up="101")
    if other := nchan():
        found["nchan"] = other
    else:
        missing.append("nchan is left out: there is no apt-get with its packages.")
    return found, missing
