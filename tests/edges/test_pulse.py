"""One timer for many of the same delay."""

from __future__ import annotations

import asyncio
import time

from isegoria.edges.pulse import TOGETHER_S, Delay

SECONDS = 5 * TOGETHER_S


async def test_each_is_over_in_the_order_of_their_setting_and_who_was_unset_is_not() -> None:
    over: asyncio.Queue[str] = asyncio.Queue()
    delay: Delay[str] = Delay(SECONDS, over.put_nowait)
    began = time.monotonic()
    for name in ("set again", "unset", "first"):
        delay.set(name)
    await asyncio.sleep(2 * TOGETHER_S)
    delay.set("set again")
    delay.unset("unset")
    delay.unset("never set")
    assert [await over.get(), await over.get()] == ["first", "set again"]
    assert time.monotonic() - began >= SECONDS
    delay.set("later")
    assert await over.get() == "later"
    assert over.empty()


async def test_one_that_is_set_again_when_it_is_over_comes_round() -> None:
    rung = asyncio.Queue[int]()

    def over(key: int) -> None:
        rung.put_nowait(key)
        delay.set(key)

    delay = Delay(TOGETHER_S, over)
    delay.set(7)
    assert [await rung.get() for _ in range(3)] == [7, 7, 7]
