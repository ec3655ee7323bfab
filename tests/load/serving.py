"""The servers that are measured, each a process of its own on its own core; ended with the block that started it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from isegoria.store.engine import open_engine
from isegoria.store.journal import Journal
from tests.faults.processes import free_port
from tests.load import machine
from tests.serving import Consultation, prepare

READY_S = 30.0
END_S = 10.0
LOOK_S = 0.005
SHOWN = 3_000
NO_LIMITS = {"ISEGORIA_CONNECTIONS": "50000", "ISEGORIA_CONNECTIONS_PER_ADDRESS": "50000"}
"""All readers come from one address."""


@dataclass(slots=True)
class Server:
    process: subprocess.Popen[bytes]
    url: str

    @property
    def pid(self) -> int:
        return self.process.pid


@asynccontextmanager
async def folder() -> AsyncIterator[Path]:
    """A data folder. An engine that still runs on it at the end is stopped."""
    with tempfile.TemporaryDirectory(prefix="isegoria-load-") as name:
        data = Path(name).resolve()
        try:
            yield data
        finally:
            if (data / "engine.json").exists():
                # Whoever leaves last stops it, a server that was killed did not.
                async with open_engine(data):
                    pass


async def consultations(
    data: Path, names: list[str], limit: int, languages: Sequence[str] = ("en", "es")
) -> list[Consultation]:
    """Rehearsals at rate 1 whose turns last `limit` ms, without grace. Asked before the server starts its engine."""
    rules = {"limit": limit, "warnings": (), "grace": 0, "one_per_organisation": False}
    async with open_engine(data) as engine:
        return [await prepare(engine, name, languages, **rules) for name in names]


async def journal(data: Path, session: str) -> list[bytes]:
    """The bytes of the decisions, while the server runs."""
    async with open_engine(data) as engine:
        return [entry for _, entry in await Journal(engine).read(session)]


@asynccontextmanager
async def product(data: Path, port: int = 0, origins: Sequence[str] = ()) -> AsyncIterator[Server]:
    """`origins`: where else pages may come from."""
    port = port or free_port()
    command = [sys.executable, "-m", "isegoria", "--data", str(data), "serve", "--port", str(port)]
    with started(command, data / "server.log", port, {"ISEGORIA_ORIGINS": ",".join(origins)}) as server:
        await ready(server, "/readyz", "200")
        yield server


@asynccontextmanager
async def stock() -> AsyncIterator[Server]:
    port = free_port()
    with (
        tempfile.TemporaryDirectory(prefix="isegoria-load-") as name,
        started([sys.executable, "-m", "tests.load.reference", str(port)], Path(name) / "server.log", port) as server,
    ):
        await ready(server, "/", "404")
        yield server


@contextmanager
def started(
    command: Sequence[str], log: Path, port: int, settings: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """The program on the server's core, until the block is left."""
    with log.open("ab") as lines:
        process = subprocess.Popen(
            command, stdout=lines, stderr=lines, env={**os.environ, **NO_LIMITS, **(settings or {})}
        )
    machine.pin(process.pid, machine.SERVER_CORE)
    try:
        yield Server(process, f"http://127.0.0.1:{port}")
    except Exception as error:
        error.add_note(f"The server's log ends: {log.read_text()[-SHOWN:]}")
        raise
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_S)
        process.kill()
        process.wait()


async def ready(server: Server, path: str, status: str) -> None:
    """Waits until a request is answered with that status."""
    async with asyncio.timeout(READY_S):
        while await _status(server.url, path) != status:
            assert server.process.poll() is None, "the server did not start"
            await asyncio.sleep(LOOK_S)


async def _status(url: str, path: str) -> str:
    """A request's status; nothing while nobody listens."""
    port = int(url.rpartition(":")[2])
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return ""
    with suppress(OSError):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        line = await reader.readline()
        writer.close()
        return line.decode().split()[1] if line else ""
    return ""
