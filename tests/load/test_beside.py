"""Does the comparison see what is wrong, and does its picture show what was found?"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from xml.etree import ElementTree

import pytest
from aiohttp import web

from tests.faults.processes import free_port
from tests.load.beside import scenarios
from tests.load.beside.native import program
from tests.load.beside.plan import points
from tests.load.beside.ruler import measured
from tests.load.beside.verdict import verdicts
from tests.load.picture import draw

READERS = 3
MESSAGES = 20
needs_compiler = pytest.mark.skipif(
    sys.platform != "linux" or program("lg") is None, reason="the generator needs Linux and a C compiler"
)


@asynccontextmanager
async def relay(copies: Callable[[int, int], int]) -> AsyncIterator[list[str]]:
    """A relay that sends the message `number` to the reader `reader` so many times; the generator's options for it."""
    readers: list[web.WebSocketResponse] = []
    count = 0

    async def follow(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        readers.append(socket)
        async for _ in socket:
            pass
        return socket

    async def publish(request: web.Request) -> web.Response:
        nonlocal count
        text = await request.text()
        for number, socket in enumerate(readers):
            for _ in range(copies(number, count)):
                await socket.send_str(text)
        count += 1
        return web.Response(status=204)

    app = web.Application()
    app.add_routes([web.get("/follow", follow), web.post("/publish", publish)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    here = f"127.0.0.1:{port}"
    yield [
        *("--url", f"ws://{here}/follow", "--publish", f"http://{here}/publish", "--readers", str(READERS)),
        *("--rate", str(MESSAGES), "--seconds", "0.9", "--warmup", "0.1", "--drain", "0.3"),
    ]
    await runner.cleanup()


async def stage(copies: Callable[[int, int], int], *options: str) -> dict[str, Any]:
    async with relay(copies) as told:
        found = await measured([*told, *options])
        (one,) = found["stages"]
        assert one["published"] == MESSAGES
        return dict(one)


@needs_compiler
async def test_what_arrives_once_is_neither_lost_nor_twice() -> None:
    found = await stage(lambda reader, number: 1)
    assert (found["deliveries"], found["lost"], found["duplicated"]) == (READERS * MESSAGES, 0, 0)


@needs_compiler
async def test_each_loss_is_counted_at_each_reader() -> None:
    found = await stage(lambda reader, number: int(not (reader == 0 and number in {3, 7}) and number != 11))
    assert found["lost"] == 2 + READERS


@needs_compiler
async def test_each_repeat_is_counted() -> None:
    found = await stage(lambda reader, number: 2 if (reader, number) == (1, 5) else 1)
    assert found["duplicated"] == 1


@needs_compiler
async def test_what_a_newer_message_replaces_is_not_lost_but_a_final_is() -> None:
    """Every fifth is a final: 4, 9, 14, 19."""
    conflated = ["--conflated", "--final-every", "5"]
    found = await stage(lambda reader, number: int(number not in {5, 6, 9}), *conflated)
    assert (found["lost"], found["replaced"]) == (READERS, 2 * READERS)


def run(server: str, readers: int, deliveries: float) -> dict[str, Any]:
    sustained = {"deliveries_per_s": deliveries, "p99_ms": 40.0, "cpu_us_per_delivery": 5.0}
    joins = {"per_cpu_second": 4_000, "rss_kb_per_connection": 0}
    found = {"sustained": sustained, "stages": [], "joins": joins}
    place = {"scenario": "fanout", "readers": readers, "by": "readers", "rooms": 1}
    return {**place, "server": server, "run": 0, "found": found}


def medians(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return scenarios.medians(runs, {name: one.figures for name, one in scenarios.SCENARIOS.items()})


RUNS = [run("isegoria", size, rate) for size in (1_000, 5_000) for rate in (90_000, 100_000, 300_000)]
RUNS += [run("limit", size, 200_000) for size in (1_000, 5_000)]


def test_a_row_is_the_median_and_its_share_of_the_limit() -> None:
    rows = medians(RUNS)
    row = next(one for one in rows if (one["server"], one["figure"]) == ("isegoria", "deliveries"))
    assert (row["median"], row["least"], row["most"], row["runs"]) == (100_000, 90_000, 300_000, 3)
    assert row["of_limit"] == 0.5


def test_what_the_processors_clock_could_not_tell_is_no_row() -> None:
    assert not [row for row in medians(RUNS) if row["figure"] == "memory"]


def results(lost: int = 0) -> dict[str, Any]:
    machine: dict[str, Any] = {"server_core": 0, "generator_core": 1, "system": "Linux <&>"} | dict.fromkeys(
        ("python", "aiohttp", "python-socketio", "uvloop"), "1"
    )
    found = {"ms from due to reader, p99 (1)": 40.0, "ms from due to reader, p99 (2)": 61.0, "lost (2)": lost}
    live = {"scenario": "replicas", "readers": 30_000, "seconds": 600, "found": found}
    return {"machine": machine, "table": medians(RUNS), "live": [live]}


def test_the_picture_is_a_document_with_each_figure_in_words() -> None:
    texts = [one.text for one in ElementTree.fromstring(draw(results())).iter("{http://www.w3.org/2000/svg}text")]
    assert {"Isegoria", "limit: C, send only", "100,000", "200,000", "1k", "5k"} <= set(texts)
    assert any(
        text and "30,000 readers on two replicas" in text and "10 minutes: 61 ms for 99 of 100, nothing lost" in text
        for text in texts
    )


def test_the_picture_does_not_hide_what_was_lost() -> None:
    assert "3 deliveries lost" in draw(results(lost=3))


def verdict_of(ours: float, **others: float) -> str:
    rows = medians([run(name, 5_000, most) for name, most in {"isegoria": ours, "limit": 200_000, **others}.items()])
    return next(one.verdict for one in verdicts(rows) if one.figure.startswith("deliveries"))


@pytest.mark.parametrize(("ours", "verdict"), [(99_000, "missed"), (101_000, "must"), (121_000, "aim")])
def test_the_verdict_is_by_the_share_of_the_limit(ours: float, verdict: str) -> None:
    assert verdict_of(ours, node=90_000) == verdict


def test_behind_node_the_demand_is_missed() -> None:
    assert verdict_of(121_000, node=130_000) == "missed"


def test_what_is_the_same_for_languages_and_sessions_is_measured_once() -> None:
    told = [(one.by, one.rooms, one.ours, one.others) for one in points("fanout", 100, (1, 4), (1, 4))]
    assert told == [
        ("rooms", 1, True, True),
        ("rooms", 4, False, True),
        ("languages", 4, True, False),
        ("sessions", 4, True, False),
    ]


def divided(by: str, rooms: int, server: str, most: float) -> dict[str, Any]:
    return {**run(server, 5_000, most), "by": by, "rooms": rooms}


def test_curves_by_languages_and_by_sessions_share_the_others() -> None:
    runs = [divided("rooms", 1, "isegoria", 80_000), divided("rooms", 1, "limit", 90_000)]
    runs += [divided("rooms", 4, "limit", 91_000)]
    runs += [divided("languages", 4, "isegoria", 70_000), divided("sessions", 4, "isegoria", 60_000)]
    drawn = draw({**results(), "table": medians(runs)})
    assert drawn.count('<polyline class="curve limit"') == drawn.count('<polyline class="curve isegoria"')
    texts = [one.text for one in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert {"70k", "60k"} <= set(texts)
