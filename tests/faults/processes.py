"""Servers as processes of their own, so that they can be killed and frozen; ended by the test that started them."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from isegoria.store.engine import open_engine

READY_S = 20.0


@dataclass
class Server:
    process: asyncio.subprocess.Process
    url: str

    def send(self, what: signal.Signals) -> None:
        self.process.send_signal(what)

    async def killed(self) -> None:
        """As by a crash: nothing is said, nothing is put away."""
        self.process.kill()
        await self.process.wait()


def free_port() -> int:
    """Below those that systems give to whoever asks for any: nobody has it by chance until the server listens there."""
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port


@asynccontextmanager
async def server(data: Path) -> AsyncIterator[Server]:
    """A replica on the data folder, ready for traffic."""
    port = free_port()
    command = [sys.executable, "-m", "isegoria", "--data", str(data), "serve", "--port", str(port)]
    log = (data / f"server-{port}.log").open("wb")
    process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
    here = Server(process, f"http://127.0.0.1:{port}")
    try:
        await _ready(here)
        yield here
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
            await process.wait()
        log.close()
        await _engine_left(data)


async def _engine_left(data: Path) -> None:
    """Who leaves an engine last stops it; a server that was killed did not."""
    if (data / "engine.json").exists():
        async with open_engine(data):
            pass


async def _ready(here: Server) -> None:
    async with asyncio.timeout(READY_S), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"{here.url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                assert here.process.returncode is None, "the server did not start; see its log"
            await asyncio.sleep(0.05)


def engine_process(data: Path) -> int:
    """The engine's process id, as its data folder tells it."""
    pid: int = json.loads((data / "engine.json").read_text())["pid"]
    return pid


def kill_engine(data: Path) -> None:
    os.kill(engine_process(data), signal.SIGKILL)
