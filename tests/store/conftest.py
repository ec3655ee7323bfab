"""Fixtures of the store's tests, and other processes that use the same data folder."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from isegoria.store.engine import Engine, open_engine
from tests.engine import engine, engine_folder

__all__ = ["engine", "engine_folder"]

PROGRAM = """
import asyncio, structlog, sys
from pathlib import Path
from isegoria.store.engine import open_engine
from isegoria.store.errors import EngineAway

async def main():
    async with open_engine(Path(sys.argv[1])) as engine:
        print("in", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            try:
                print(await engine.ask(*line.split()), flush=True)
            except EngineAway:
                print("away", flush=True)
    print("out", flush=True)

structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
asyncio.run(main())
"""


class OtherProcess:
    """Another process on a data folder. It asks the engine what it is told to."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin
        assert process.stdout
        self._process, self._in, self._out = process, process.stdin, process.stdout

    async def says(self) -> str:
        return (await asyncio.wait_for(self._out.readline(), 10)).decode().strip()

    async def ask(self, command: str) -> str:
        self._in.write(command.encode() + b"\n")
        return await self.says()

    async def leave(self) -> None:
        """Leaves, if it still runs."""
        if self._process.returncode is None:
            self._in.close()
            assert await self.says() == "out"
        await self._process.communicate()

    async def kill(self) -> None:
        self._process.kill()
        await self._process.communicate()


@pytest.fixture
async def other_process(tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[OtherProcess]]]:
    """Starts processes that use `tmp_path` as their data folder."""
    started: list[OtherProcess] = []

    async def start() -> OtherProcess:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", PROGRAM, str(tmp_path)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        started.append(OtherProcess(process))
        assert await started[-1].says() == "in"
        return started[-1]

    yield start
    for process in started:
        await process.leave()


@pytest.fixture
async def own_engine(tmp_path: Path) -> AsyncIterator[Engine]:
    """An engine that the test may break, in `tmp_path`."""
    async with open_engine(tmp_path) as opened:
        yield opened


def noted(data: Path) -> dict[str, Any]:
    note: dict[str, Any] = json.loads((data / "engine.json").read_bytes())
    return note


def signal_engine(data: Path, what: signal.Signals) -> int:
    """Sends a signal to a folder's engine. Its process id."""
    pid: int = noted(data)["pid"]
    os.kill(pid, what)
    return pid


async def within(seconds: float, holds: Callable[[], bool]) -> None:
    """Waits until something holds; fails when it takes longer."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
