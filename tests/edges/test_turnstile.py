"""Thousands who come at once go in by and by, in order, and everybody else has a turn in between."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from isegoria.edges.turnstile import Turnstile


async def test_few_go_straight_in() -> None:
    gate, turned = Turnstile(3), list[bool]()
    asyncio.get_running_loop().call_soon(turned.append, True)
    for _ in range(3):
        await gate.through()
    assert not turned


async def test_many_go_in_in_order_and_few_in_each_turn_of_the_loop() -> None:
    gate, came = Turnstile(4), list[int]()

    async def come(number: int) -> None:
        await gate.through()
        came.append(number)

    coming = [asyncio.create_task(come(number)) for number in range(50)]
    steps = [0]
    while len(came) < len(coming):
        await asyncio.sleep(0)
        steps.append(len(came))
    assert came == list(range(50))
    assert max(after - before for before, after in pairwise(steps)) <= 4


async def test_whoever_comes_while_others_wait_is_behind_them() -> None:
    gate, came = Turnstile(1), list[str]()

    async def come(name: str) -> None:
        await gate.through()
        came.append(name)

    first = [asyncio.create_task(come(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(0)
    assert came == ["a"]
    await asyncio.gather(*first, come("late"))
    assert came == ["a", "b", "c", "late"]


async def test_whoever_gives_up_is_in_nobodys_way() -> None:
    gate = Turnstile(1)
    _, gone, there = (asyncio.create_task(gate.through()) for _ in range(3))
    await asyncio.sleep(0)
    gone.cancel()
    async with asyncio.timeout(5):
        await there
    assert gone.cancelled()
    async with asyncio.timeout(5):
        await gate.through()


async def test_calls_are_made_at_once_while_they_are_few_and_then_in_order_few_in_each_turn() -> None:
    line, called = Turnstile(4), list[int]()
    for number in range(50):
        line.do(lambda number=number: called.append(number))  # type: ignore[misc]
    steps = [0, len(called)]
    assert called == [0, 1, 2, 3]
    while len(called) < 50:
        await asyncio.sleep(0)
        steps.append(len(called))
    assert called == list(range(50))
    assert max(after - before for before, after in pairwise(steps)) <= 4
    await asyncio.sleep(0)
    line.do(lambda: called.append(50))
    assert called[-1] == 50


async def test_whoever_is_called_while_others_wait_is_behind_them_and_a_failure_stops_nobody() -> None:
    line, called = Turnstile(1), list[str]()
    asyncio.get_running_loop().set_exception_handler(lambda *_: called.append("failed"))
    line.do(lambda: called.append("a"))
    line.do(lambda: called.append("b"))
    line.do(lambda: called.append(str(int("no number"))))
    line.do(lambda: called.append("late"))
    for _ in range(6):
        await asyncio.sleep(0)
    assert called == ["a", "b", "failed", "late"]
