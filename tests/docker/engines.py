"""Engines and Sentinels as plain processes, with the configuration that is shipped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from redis import exceptions as redis
from redis.asyncio import Redis

from isegoria.store.program import find_program
from tests.faults.processes import free_port

SHIPPED = Path(__file__).parents[2] / "docker"
PASSWORD = "a-password"
PATIENCE_S = 15.0


@dataclass
class Process:
    """One engine, or one Sentinel."""

    process: asyncio.subprocess.Process
    port: int
    password: str | None = None

    async def ask(self, *command: object) -> Any:
        """The raw reply."""
        async with Redis(port=self.port, password=self.password, protocol=2) as client:
            client.response_callbacks.clear()
            return await client.execute_command(*command)

    async def setting(self, name: str) -> str:
        _, value = await self.ask("CONFIG", "GET", name)
        return str(value.decode())

    async def killed(self) -> None:
        """As by a crash."""
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def engine(folder: Path, *lines: str, files: Sequence[str] = ("valkey.conf",)) -> AsyncIterator[Process]:
    """With a file of its own that includes what is shipped."""
    port = free_port()
    own = folder / f"engine-{port}"
    own.mkdir()
    said = [f"port {port}", f"dir {own}", f"requirepass {PASSWORD}", f"masterauth {PASSWORD}", *lines]
    config = own / "valkey.conf"
    config.write_text("\n".join([*(f"include {SHIPPED / name}" for name in files), *said]))
    async with _running(own, [str(config)], port, PASSWORD) as started:
        yield started


@asynccontextmanager
async def sentinel(folder: Path, primary: int) -> AsyncIterator[Process]:
    """With sentinel.conf, whose addresses are those of loopback here."""
    port = free_port()
    own = folder / f"sentinel-{port}"
    own.mkdir()
    shipped = (SHIPPED / "sentinel.conf").read_text()
    here = shipped.replace("port 26379", f"port {port}").replace("valkey-1 6379", f"127.0.0.1 {primary}")
    (own / "sentinel.conf").write_text(f"{here}\nsentinel auth-pass isegoria {PASSWORD}\n")
    async with _running(own, [str(own / "sentinel.conf"), "--sentinel"], port) as started:
        yield started


@dataclass
class Group:
    """A primary, its two replicas, and three Sentinels."""

    engines: list[Process]
    sentinels: list[Process]

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{one.port}" for one in self.sentinels)
        return f"redis+sentinel://:{PASSWORD}@{hosts}/isegoria"

    async def primary(self) -> int:
        """The port of the one that the first Sentinel names."""
        _, port = await self.sentinels[0].ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "isegoria")
        return int(port)


@asynccontextmanager
async def group(folder: Path) -> AsyncIterator[Group]:
    """All of them, each aware of the others."""
    async with AsyncExitStack() as stack:
        files = ("valkey.conf", "valkey-replicated.conf")
        first = await stack.enter_async_context(engine(folder, files=files))
        replica_of = f"replicaof 127.0.0.1 {first.port}"
        others = [await stack.enter_async_context(engine(folder, replica_of, files=files)) for _ in range(2)]
        await until(lambda: _tells(first, "INFO", "REPLICATION", wanted="connected_slaves:2"))
        sentinels = [await stack.enter_async_context(sentinel(folder, first.port)) for _ in range(3)]
        for one in sentinels:
            await until(partial(_knows_all, one))
        yield Group([first, *others], sentinels)


async def _tells(one: Process, *command: str, wanted: str) -> bool:
    return wanted in (await one.ask(*command)).decode()


async def _knows_all(one: Process) -> bool:
    flat = await one.ask("SENTINEL", "MASTER", "isegoria")
    state = dict(zip(flat[::2], flat[1::2], strict=True))
    return bool(state[b"num-slaves"] == b"2" and state[b"num-other-sentinels"] == b"2")


@asynccontextmanager
async def _running(
    folder: Path, words: Sequence[str], port: int, password: str | None = None
) -> AsyncIterator[Process]:
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(find_program().path, *words, stdout=log, stderr=log)
    started = Process(process, port, password)
    try:
        await until(lambda: _answers(started))
        yield started
    finally:
        if process.returncode is None:
            await started.killed()


async def _answers(one: Process) -> bool:
    assert one.process.returncode is None, "it did not start; see its log"
    with suppress(redis.RedisError, OSError):
        return bool(await one.ask("PING") == b"PONG")
    return False


async def until(holds: Callable[[], bool | Awaitable[bool]], within_s: float = PATIENCE_S) -> None:
    """Looks again and again until it holds."""
    async with asyncio.timeout(within_s):
        while True:
            answer = holds()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.02)
