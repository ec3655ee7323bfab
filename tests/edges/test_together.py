"""Who asks the same at the same time is answered together, and never with an older answer than the question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from isegoria.edges.together import Together


class Oracle:
    """Answers with the number of the question, when it is let."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = asyncio.Semaphore(0)
        self.answer: Callable[[int], int] = lambda number: number

    async def __call__(self, key: str) -> int:
        self.asked.append(key)
        number = len(self.asked)
        await self.may_answer.acquire()
        return self.answer(number)


async def turn() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_those_who_come_while_one_is_asked_share_the_next_and_other_questions_are_their_own() -> None:
    oracle = Oracle()
    together = Together(oracle, 0)
    first = asyncio.create_task(together("a"))
    await turn()
    others = [asyncio.create_task(together("a")) for _ in range(50)]
    await turn()
    assert oracle.asked == ["a"]
    oracle.may_answer.release()
    assert await first == 1
    await turn()
    latest = asyncio.create_task(together("a"))
    apart = asyncio.create_task(together("b"))
    await turn()
    # What the fifty share is under way by now: the latest waits for one more.
    assert oracle.asked == ["a", "a", "b"]
    for _ in range(3):
        oracle.may_answer.release()
    assert await asyncio.gather(*others) == [2] * 50
    assert (await apart, await latest) == (3, 4)
    assert (together._now, together._next) == ({}, {})


async def test_a_failure_is_of_those_who_asked_it_and_nobody_s_leaving_is_of_others() -> None:
    oracle = Oracle()
    together = Together(oracle, 0)

    def fails_at_first(number: int) -> int:
        if number == 1:
            raise LookupError
        return number

    oracle.answer = fails_at_first
    first = asyncio.create_task(together("a"))
    await turn()
    leaves, stays = (asyncio.create_task(together("a")) for _ in range(2))
    await turn()
    leaves.cancel()
    oracle.may_answer.release()
    with pytest.raises(LookupError):
        await first
    oracle.may_answer.release()
    assert await stays == 2
