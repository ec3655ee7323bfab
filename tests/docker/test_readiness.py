"""`/readyz`, by which a proxy chooses: a replica that is behind what has happened gets no new readers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from isegoria.app import Running
from isegoria.store.follow import Follower
from tests.serving import replica


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    async with replica(tmp_path) as started:
        yield started


async def readiness(running: Running) -> tuple[int, str]:
    async with aiohttp.ClientSession() as http, http.get(f"{running.url}/readyz") as answer:
        return answer.status, await answer.text()


async def test_a_replica_that_has_all_is_ready(running: Running) -> None:
    assert await readiness(running) == (200, "ready\n")


async def test_a_replica_that_is_behind_says_by_how_much(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Follower, "behind_s", lambda _: 9.0)
    assert await readiness(running) == (503, "this server is 9 s behind what has happened\n")


async def test_a_replica_without_an_engine_is_not_ready(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Follower, "silent_s", lambda _: 9.0)
    assert await readiness(running) == (503, "the engine is away\n")
