"""How late turns end by themselves: when the journal has it, and when a reader sees it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from isegoria.domain import events as e
from isegoria.domain.history import Decision
from isegoria.domain.values import Ending
from tests.load.pace import Effort
from tests.load.readers import PATIENCE_S, Guest
from tests.load.scale import Scale
from tests.load.scene import come, give_floor, moderator
from tests.load.serving import Server, consultations, folder, journal, product
from tests.load.table import Found, Row, spread
from tests.serving import SPEAKERS, Consultation

LIMIT_S = 15.0
"""The shortest that the rules allow."""
TURNS_EACH = 5
READINGS = 20
ALARM = "a bare alarm of an event loop"


@dataclass(slots=True)
class EngineTime:
    """The engine's time as a client knows it: from the quickest of some answers."""

    offset_ms: float = 0.0
    unsure_ms: float = 0.0

    @classmethod
    async def read(cls, guest: Guest) -> EngineTime:
        readings: list[tuple[float, float]] = []
        for _ in range(READINGS):
            asked = time.monotonic() * 1_000
            t = (await guest.ask("clock", {}))["t"]
            took = time.monotonic() * 1_000 - asked
            # What is told is cut to whole milliseconds.
            readings.append((took, t + 0.5 - asked - took / 2))
        took, offset = min(readings)
        return cls(offset, took / 2 + 0.5)

    def now(self) -> float:
        return time.monotonic() * 1_000 + self.offset_ms


@dataclass(slots=True)
class Watcher:
    """A reader of the public view, who notes when each turn was first seen to be over."""

    now: Callable[[], float]
    seen: dict[str, float] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, data: bytes) -> None:
        if not data.startswith(b'42["view"'):
            return
        at = self.now()
        for turn in json.loads(data[2:])[1]["turns"]:
            if turn["ended_at"]:
                self.seen.setdefault(turn["id"], at - turn["ended_at"])
        self.news.set()

    async def until_over(self, turn: str) -> None:
        async with asyncio.timeout(LIMIT_S + PATIENCE_S):
            while turn not in self.seen:
                self.news.clear()
                await self.news.wait()


async def measure(scale: Scale) -> Found:
    names = [f"s{number}" for number in range(max(1, scale.turns // TURNS_EACH))]
    async with folder() as data:
        held = await consultations(data, names, round(LIMIT_S * 1_000))
        async with product(data) as server:
            effort = Effort()
            seen, alarms, unsure = await _played(server, held)
            busy = effort.warnings("turns")
            written = [late for name in names for late in await written(data, name)]
    rows = spread("turns", "ms until the journal's entry is written", written, alarms, ALARM)
    rows += spread("turns", "ms until a reader sees the end", seen, alarms, ALARM)
    rows.append(Row("turns", "turns that ended", len(written), TURNS_EACH * len(names), "turns that began"))
    rows.append(Row("turns", "ms by which the reader's clock may be wrong", unsure, 0, "-"))
    return Found(rows, busy)


async def _played(server: Server, held: list[Consultation]) -> tuple[list[float], list[float], float]:
    """(how late readers saw the ends, how late bare alarms were meanwhile, how sure the clock is); milliseconds."""
    moderators = [await moderator(server, consultation) for consultation in held]
    clock = await EngineTime.read(moderators[0])
    watchers = [Watcher(clock.now) for _ in held]
    for consultation, watcher in zip(held, watchers, strict=True):
        await come(server, consultation, "attendee", watcher.hear)
    alarms: list[float] = []
    _ring(alarms, TURNS_EACH * len(held))
    # Not all at the same moment: each deadline is to be met by itself.
    starts = [LIMIT_S * number / len(held) for number in range(len(held))]
    await asyncio.gather(*map(_moderate, moderators, watchers, starts))
    return [late for watcher in watchers for late in watcher.seen.values()], alarms, clock.unsure_ms


async def _moderate(guest: Guest, watcher: Watcher, start_s: float) -> None:
    await asyncio.sleep(start_s)
    turn = None
    for number in range(TURNS_EACH):
        turn = await give_floor(guest, SPEAKERS[number % len(SPEAKERS)], turn, str(number))
        await watcher.until_over(turn)


def _ring(lates: list[float], count: int) -> None:
    """Alarms of this loop over the time that the turns take."""
    loop = asyncio.get_running_loop()

    def note(at: float) -> None:
        lates.append((time.monotonic() - at) * 1_000)

    for number in range(count):
        wait = (number + 1) * LIMIT_S * TURNS_EACH / count
        loop.call_later(wait, note, time.monotonic() + wait)


async def written(data: Path, session: str) -> list[float]:
    """How late the entries were written, by the engine's time, that closed a turn at its deadline."""
    decisions = [Decision.from_bytes(entry) for entry in await journal(data, session)]
    ends = [(one, event) for one in decisions for event in one.events if isinstance(event, e.TurnEnded)]
    return [float(one.written_at - end.at) for one, end in ends if end.ending is Ending.CLOSED]
