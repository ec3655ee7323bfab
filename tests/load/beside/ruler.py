"""Runs the generator in C on its core, and reads what it measured."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from tests.load.beside.native import program

BYTES = 300
STEPS = 4
"""Halvings of a search: what is found is right to a sixteenth."""
LATEST_MS = 250


class Run:
    """A generator that runs. `lines` come as it prints them."""

    def __init__(self, process: asyncio.subprocess.Process, told: Path) -> None:
        self.process, self._told = process, told
        self.lines: list[str] = []
        self._news = asyncio.Event()
        self.reading = asyncio.create_task(self._read())

    async def until(self, begins: str) -> str:
        """The first line that begins like that. Raises RuntimeError if the run ends without."""
        while True:
            for line in self.lines:
                if line.startswith(begins):
                    return line
            if self.reading.done():
                raise RuntimeError(f"the generator ended: {self.lines[-3:]}")
            self._news.clear()
            await self._news.wait()

    async def found(self) -> dict[str, Any]:
        """What it measured, when it has ended. Raises RuntimeError when that is nothing."""
        await self.reading
        if not self._told.exists():
            raise RuntimeError(f"the generator found nothing: {self.lines[-3:]}")
        found: dict[str, Any] = json.loads(self._told.read_text())
        return found

    async def _read(self) -> None:
        assert self.process.stdout
        try:
            async for line in self.process.stdout:
                self.lines.append(line.decode().rstrip())
                print(f"    {self.lines[-1]}", file=sys.stderr, flush=True)
                self._news.set()
            await self.process.wait()
        finally:
            asyncio.get_running_loop().call_soon(self._news.set)


def finding(stage_s: float, rate: float) -> list[str]:
    """Searches the most that holds, from so many texts a second on, in stages of that length."""
    lengths = ["--seconds", f"{stage_s:g}", "--warmup", f"{min(0.5, stage_s / 4):g}"]
    return ["--bisect", "--steps", str(STEPS), *lengths, "--p99", str(LATEST_MS), "--rate", f"{rate:.3f}"]


@asynccontextmanager
async def running(options: Sequence[str]) -> AsyncIterator[Run]:
    """The generator, ended with the block."""
    generator = program("lg")
    assert generator, "there is a compiler"
    with tempfile.TemporaryDirectory(prefix="isegoria-load-") as folder:
        told = Path(folder) / "found.json"
        command = [str(generator), *options, "--bytes", str(BYTES), "--json", str(told)]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=asyncio.subprocess.STDOUT)
        run = Run(process, told)
        try:
            yield run
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            await run.reading


async def measured(options: Sequence[str]) -> dict[str, Any]:
    """What a whole run found. Raises RuntimeError when that is nothing."""
    async with running(options) as run:
        return await run.found()
