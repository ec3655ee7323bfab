"""From the kill of the engine until a command is acknowledged; of the server, until another shows the same deadline."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

from isegoria.store.engine import open_engine
from tests.faults.processes import free_port, kill_engine
from tests.load.pace import since_ms
from tests.load.readers import PATIENCE_S, Guest, leave
from tests.load.scale import Scale
from tests.load.scene import come, give_floor, moderator, stock_reader
from tests.load.serving import Server, consultations, folder, product, stock
from tests.load.table import Found, Row, percentile
from tests.serving import Consultation

LIMIT = 3_600_000
AGAIN_S = 0.01
REST_S = 1.0


async def measure(scale: Scale) -> Found:
    engine, server = await _product(scale)
    bare = [await _bare_engine() for _ in range(scale.restarts)]
    plain = [await _plain_server() for _ in range(scale.restarts)]
    rows = [
        _row(
            "ms from kill of the engine to an acknowledged command", engine, bare, "the engine's start, nothing in it"
        ),
        _row("ms from kill of the server to the same deadline", server, plain, "stock python-socketio's start"),
    ]
    return Found(rows)


def _row(what: str, ours: list[float], reference: list[float], against: str) -> Row:
    return Row("restart", f"{what}, median of {len(ours)}", percentile(ours, 50), percentile(reference, 50), against)


async def _product(scale: Scale) -> tuple[list[float], list[float]]:
    async with folder() as data:
        (consultation,) = await consultations(data, ["s1"], LIMIT)
        async with product(data) as server:
            guest = await moderator(server, consultation)
            await give_floor(guest, "ana", None)
            engine = [await _without_engine(data, guest, number) for number in range(scale.restarts)]
        port = free_port()
        return engine, [await _without_server(data, consultation, port) for _ in range(scale.restarts)]


async def _without_engine(data: Path, guest: Guest, number: int) -> float:
    """The same command is asked until its outcome is known."""
    await asyncio.sleep(REST_S)
    kill_engine(data)
    killed = time.monotonic_ns()
    async with asyncio.timeout(PATIENCE_S):
        while True:
            answer = await guest.command(f"cue-{number}", "send_message", to="ana", cue="slower")
            if answer["ok"]:
                return since_ms(killed)
            assert answer["error"]["retry"], answer
            await asyncio.sleep(AGAIN_S)


async def _without_server(data: Path, consultation: Consultation, port: int) -> float:
    async with product(data, port) as server:
        before = await _deadline(server, consultation)
        server.process.kill()
        killed = time.monotonic_ns()
        server.process.wait()
        async with product(data, port) as another:
            after = await _deadline(another, consultation)
            took = since_ms(killed)
    assert before == after, "the deadline must be the same"
    return took


async def _deadline(server: Server, consultation: Consultation) -> int:
    """What someone who comes in is shown first."""
    shown: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def hear(data: bytes) -> None:
        if data.startswith(b'42["view"') and not shown.done():
            shown.set_result(json.loads(data[2:])[1]["floor"]["closes_at"])

    guest = await come(server, consultation, "attendee", hear)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await shown
    finally:
        await leave([guest])


async def _bare_engine() -> float:
    async with folder() as data:
        began = time.monotonic_ns()
        async with open_engine(data):
            return since_ms(began)


async def _plain_server() -> float:
    began = time.monotonic_ns()
    async with stock() as server:
        await stock_reader(server)
        return since_ms(began)
