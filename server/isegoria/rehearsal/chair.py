"""Who moderates a test of capacity: gives the floor, presses something each second, and knows the session's time."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from isegoria.rehearsal.light import PATIENCE_S, Visitor, accepted, enter

LIMIT_MS = 15_000
"""The shortest turn that the rules allow."""
READINGS = 10
PRESS_EVERY_S = 1.0


class Chair:
    """`come` first, then `open`."""

    def __init__(self) -> None:
        self._visitor: Visitor | None = None
        self._view: dict[str, Any] = {}
        self._offset_ms = 0.0
        self._count = 0
        self._news = asyncio.Event()
        self.presses_ms: list[float] = []

    async def come(self, url: str, session: str, token: str) -> None:
        """Raises OSError, TimeoutError."""
        auth = {"session": session, "token": token, "client": "chair"}
        self._visitor = await enter(url, auth, self._hear)
        await self._read_clock()
        await self.see(bool)

    def leave(self) -> None:
        if self._visitor:
            self._visitor.socket.close()

    @property
    def visitor(self) -> Visitor:
        assert self._visitor, "comes first"
        return self._visitor

    def now(self) -> float:
        """Milliseconds of the session's clock."""
        clock = self._view["clock"]
        engine = time.monotonic() * 1_000 + self._offset_ms
        return float(clock["session"] + (engine - clock["real"]) * clock["rate"])

    async def open(self, segment: str) -> None:
        """Starts the session and the segment. Raises ConnectionError, TimeoutError."""
        await self._done("start_session")
        before: str | None = self._view["segment"]
        if before != segment:
            await self._done("start_segment", segment=segment, after=before)

    async def give_floor(self, person: str, segment: str) -> str:
        """The turn that began, after whatever turn there was. Raises ConnectionError, TimeoutError."""
        entry = await self._done("inscribe", person=person, segment=segment)
        return f"t{await self._done('give_floor', entry=f'e{entry}', after=self._view['newest_turn'])}"

    async def press(self, seconds: float) -> None:
        """Something that changes what everybody sees, each second: the speaking time of turns to come."""
        self.presses_ms = []
        for number in range(round(seconds / PRESS_EVERY_S)):
            began = time.monotonic()
            await self._asked("change_limit", limit=LIMIT_MS + 1_000 * (number % 2 == 0))
            self.presses_ms.append((time.monotonic() - began) * 1_000)
            await asyncio.sleep(max(0.0, PRESS_EVERY_S - (time.monotonic() - began)))

    async def _asked(self, kind: str, **fields: object) -> int:
        """The version that it made."""
        self._count += 1
        return await self.visitor.done(f"chair-{self._count}", kind, **fields)

    async def _done(self, kind: str, **fields: object) -> int:
        """The same, seen by then, as a person looks before the next press."""
        version = await self._asked(kind, **fields)
        await self.see(lambda view: view["version"] >= version)
        return version

    async def see(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        """Waits for a view that is as wanted. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_S):
            while not (self._view and wanted(self._view)):
                self._news.clear()
                await self._news.wait()

    def _hear(self, data: bytes) -> None:
        if data.startswith(b'42["view"'):
            view = json.loads(data[2:])[1]
            if (view["version"], view["at"]) >= (self._view.get("version", 0), self._view.get("at", 0)):
                self._view = view
            self._news.set()

    async def _read_clock(self) -> None:
        """The engine's time, from the quickest of some answers."""
        readings: list[tuple[float, float]] = []
        for _ in range(READINGS):
            asked = time.monotonic() * 1_000
            t = (await accepted(self.visitor.ask("clock", {})))["t"]
            took = time.monotonic() * 1_000 - asked
            # What is told is cut to whole milliseconds.
            readings.append((took, t + 0.5 - asked - took / 2))
        self._offset_ms = min(readings)[1]
