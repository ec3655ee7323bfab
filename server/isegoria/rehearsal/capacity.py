"""How many attendees are carried: a session as it will be, with more and more of them, and what each number felt like.

Each stage has all that a consultation has: captions in eight languages at the pace of speech, a turn that ends by
itself, a moderator who presses something each second. `verdict.py` says what it means.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from isegoria.garbage import spare_what_stays
from isegoria.rehearsal.audience import Attendee, Ledger
from isegoria.rehearsal.chair import LIMIT_MS, Chair
from isegoria.rehearsal.interpreters import Interpreters, speaking
from isegoria.rehearsal.light import leave
from isegoria.rehearsal.verdict import Level, carried

AT_ONCE = 50
"""How many come in at the same moment."""
SHARES = (8, 4, 2, 1)
SPEECH_S = LIMIT_MS / 1_000 + 3
DRAIN_S = 5.0
LOOK_S = 0.05
PER_ADDRESS = 20_000
"""Of the 28,000 connections that one address can have to another."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A prepared session: its tokens, who can be given the floor where, its feeds' secrets and tracks by feed."""

    url: str
    session: str
    moderator: str
    attendee: str
    person: str
    segment: str
    secrets: Mapping[str, str]
    tracks: Mapping[str, str]
    local: bool = True
    """Whether the server runs on this machine, which then has addresses enough."""


class Gauge(Protocol):
    """What the server's process has used: seconds of processor, megabytes. None where nobody can tell."""

    def processor_s(self) -> float | None: ...
    def memory_mb(self) -> float | None: ...


@dataclass(slots=True)
class Crowd:
    """The attendees who are there."""

    trial: Trial
    ledger: Ledger
    here: list[Attendee] = field(default_factory=list)
    joins_ms: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)

    async def grow(self, count: int) -> float:
        """Up to so many; the seconds that it took."""
        began, door = time.monotonic(), asyncio.Semaphore(AT_ONCE)
        self.joins_ms, self.failures = [], Counter()

        async def come(number: int) -> None:
            async with door:
                await self._come(number)

        await asyncio.gather(*(come(number) for number in range(len(self.here), count)))
        return time.monotonic() - began

    async def _come(self, number: int) -> None:
        tracks = sorted(set(self.trial.tracks.values()))
        one = Attendee(self.ledger, tracks[number % len(tracks)])
        auth = {"session": self.trial.session, "token": self.trial.attendee, "client": f"a{number}"}
        source = f"127.0.0.{2 + number // PER_ADDRESS}" if self.trial.local and number >= PER_ADDRESS else ""
        began = time.monotonic()
        try:
            await one.come(self.trial.url, auth, source)
        except OSError as error:
            self.failures[_reason(error)] += 1
        else:
            self.joins_ms.append((time.monotonic() - began) * 1_000)
            self.here.append(one)

    async def drained(self) -> None:
        """Until all have all, or too long after."""
        for _ in range(round(DRAIN_S / LOOK_S)):
            if all(one.has_all for one in self.here):
                return
            await asyncio.sleep(LOOK_S)

    async def leave(self) -> None:
        await leave([one.visitor for one in self.here if one.visitor])


def _reason(error: OSError) -> str:
    return "no answer in time" if isinstance(error, TimeoutError) else error.strerror or str(error)


def levels(most: int) -> list[int]:
    """An eighth, a quarter, a half, all."""
    return sorted({max(1, most // share) for share in SHARES} if most else ())


async def measured(trial: Trial, counts: Sequence[int], gauge: Gauge, tell: Callable[[Level], None]) -> list[Level]:
    """One level after the other, until one is not carried. Raises OSError, TimeoutError when nothing can be tried."""
    found: list[Level] = []
    async with _opened(trial) as (chair, crowd, interpreters):
        for count in counts:
            found.append(await _level(trial, count, gauge, chair, crowd, interpreters))
            tell(found[-1])
            if not carried(found[-1]):
                break
    return found


@asynccontextmanager
async def _opened(trial: Trial) -> AsyncIterator[tuple[Chair, Crowd, Interpreters]]:
    chair = Chair()
    ledger = Ledger(chair.now)
    crowd = Crowd(trial, ledger)
    try:
        try:
            await chair.come(trial.url, trial.session, trial.moderator)
        except OSError as error:
            raise ConnectionError(f"nobody is let in at {trial.url}: {_reason(error)}") from error
        await chair.open(trial.segment)
        async with speaking(trial.url, trial.session, trial.secrets, trial.tracks, ledger) as interpreters:
            yield chair, crowd, interpreters
    finally:
        await crowd.leave()
        chair.leave()


async def _level(
    trial: Trial, count: int, gauge: Gauge, chair: Chair, crowd: Crowd, interpreters: Interpreters
) -> Level:
    joined_s = await crowd.grow(count)
    # A look through all attendees for garbage would be measured as the server's delay.
    spare_what_stays()
    crowd.ledger.begin(await chair.give_floor(trial.person, trial.segment))
    effort, used, began = time.process_time(), gauge.processor_s(), time.monotonic()
    await asyncio.gather(interpreters.speak(SPEECH_S), chair.press(SPEECH_S))
    lasted, spent, after = time.monotonic() - began, time.process_time() - effort, gauge.processor_s()
    await crowd.drained()
    reasons = crowd.failures.most_common(1)
    return Level(
        attendees=count,
        failed=sum(crowd.failures.values()),
        why=reasons[0][0] if reasons else "",
        joined_s=joined_s,
        join_p99_ms=_p99(crowd.joins_ms),
        caption_p50_ms=_percentile(crowd.ledger.captions_ms, 50),
        caption_p99_ms=_p99(crowd.ledger.captions_ms),
        press_ms=max(chair.presses_ms, default=math.nan),
        end_p99_ms=_p99(crowd.ledger.ends_ms),
        dropped=sum(not one.is_here for one in crowd.here),
        missed=sum(one.is_here and not one.has_all for one in crowd.here),
        server_share=None if used is None or after is None else (after - used) / lasted,
        server_mb=gauge.memory_mb(),
        own_share=spent / lasted,
    )


def _p99(values: Sequence[float]) -> float:
    return _percentile(values, 99)


def _percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that is not exceeded by so many of a hundred; not a number where there is none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else math.nan
