"""Captions while reports are made: a two-hour session in eight languages, its forty interventions told fast; then eight
languages of captions to many readers: by themselves; while one report after the other is made on the server's own core,
as on the smallest machine; and while the worker that makes them may compute wherever nobody else does.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import aiohttp

from isegoria.report.making import OFFERED
from tests.load.hearing import Ears, Reader
from tests.load.hours import finals_of, tell
from tests.load.languages import LANGUAGES, LIMIT, REVISIONS_A_SECOND, TO_A_FINAL, WARM_UP_S, language_of, speak
from tests.load.machine import GENERATOR_CORE, SERVER_CORE
from tests.load.readers import Guest, crowd
from tests.load.scale import Scale
from tests.load.scene import feed, feed_of, give_floor, moderator, reader
from tests.load.serving import Server, consultations, folder, product
from tests.load.speaking import Say, feed_into
from tests.load.table import Found, Row, percentile, spread
from tests.serving import SPEAKERS, Consultation

INTERVENTIONS = 40
RECORDS = [kind for kind in OFFERED if kind not in {"vtt", "srt", "txt", "jsonl"}]
ALONE = "the same without a report"


async def measure(scale: Scale) -> Found:
    told = finals_of(scale.minutes)
    more = (WARM_UP_S + scale.seconds) * REVISIONS_A_SECOND // TO_A_FINAL
    async with folder() as data:
        (consultation,) = await consultations(data, ["s1"], LIMIT, LANGUAGES)
        async with product(data) as server:
            chair = await moderator(server, consultation)
            voices = [feed_into(await feed(server, consultation, feed_of(one)), one) for one in LANGUAGES]
            await _session(chair, voices, told)
            made = Made(server, consultation)
            await made.all_kinds()  # the worker's start is no part of what is measured
            made.took.clear()
            ears = [Ears(), Ears(), Ears()]
            alone = await _heard(scale, server, consultation, ears[0], voices, range(told, told + more))
            working = asyncio.create_task(made.for_ever())
            beside = await _heard(scale, server, consultation, ears[1], voices, range(told + more, told + 2 * more))
            _let_go(server.pid)
            apart = await _heard(scale, server, consultation, ears[2], voices, range(told + 2 * more, told + 3 * more))
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
            memory = _worker_mb(server.pid)
    rows = spread("report", "ms from due to reader, reports made on any core", apart, alone, ALONE, (50, 95, 99, 100))
    rows += spread("report", "the same, made on the server's own", beside, alone, ALONE, (50, 95, 99, 100))
    return Found(rows + _rows(made, memory))


async def _session(chair: Guest, voices: Sequence[Say], finals: int) -> None:
    """Forty interventions, with what was said in each of them told fast."""
    turn = None
    each = finals // INTERVENTIONS
    for number in range(INTERVENTIONS):
        turn = await give_floor(chair, SPEAKERS[number % len(SPEAKERS)], turn, str(number))
        last = number == INTERVENTIONS - 1
        await tell(voices, range(number * each, finals if last else (number + 1) * each))


async def _heard(
    scale: Scale, server: Server, consultation: Consultation, ears: Ears, voices: Sequence[Say], segments: range
) -> Sequence[float]:
    """Milliseconds from due to reader."""
    readers = [Reader(ears) for _ in range(scale.readers)]
    async with crowd(scale.readers, lambda i: reader(server, consultation, i, readers[i].hear, language_of(i))):
        del ears.delays_ms[:]  # of what readers got when they came in
        await speak(voices, len(segments), segments.start)
        await asyncio.sleep(1)
    return ears.delays_ms


class Made:
    """The files that are asked for, one after the other."""

    def __init__(self, server: Server, consultation: Consultation) -> None:
        self._server, self._consultation = server, consultation
        self.took: defaultdict[str, list[float]] = defaultdict(list)

    async def for_ever(self) -> None:
        while True:
            await self.all_kinds()

    async def all_kinds(self) -> None:
        headers = {"Authorization": f"Bearer {self._consultation.tokens['mia']}"}
        async with aiohttp.ClientSession(self._server.url, headers=headers) as http:
            for kind in RECORDS:
                began = time.monotonic()
                path = f"/api/sessions/{self._consultation.id}/record.{kind}?tier=internal"
                async with http.get(path) as answer:
                    answer.raise_for_status()
                    await answer.read()
                self.took[kind].append(time.monotonic() - began)


def _worker_mb(server: int) -> float:
    """The most that the server's largest child has had."""
    return max(map(_most_kb, _children(server))) / 1_024


def _let_go(server: int) -> None:
    """The server's children may compute on the generator's core too, where nobody else wants it."""
    for child in _children(server):
        os.sched_setaffinity(child, {core for core in (SERVER_CORE, GENERATOR_CORE) if core is not None})


def _children(process: int) -> list[int]:
    """With all their threads' children."""
    found = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for one in found for child in one.read_text().split()]


def _most_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _rows(made: Made, memory: float) -> list[Row]:
    rows = list[Row]()
    for kind, seconds in made.took.items():
        rows.append(
            Row("report", f"s until {kind} is there, median of {len(seconds)}", percentile(seconds, 50), 0, "-")
        )
    rows.append(Row("report", "MB that the worker had at most", memory, 0, "-"))
    return rows
