"""Fixtures of the edges' tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from isegoria.app import Running
from tests.engine import engine, engine_folder
from tests.serving import Consultation, prepare, replica

__all__ = ["engine", "engine_folder"]


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    async with replica(tmp_path) as started:
        yield started


@pytest.fixture
async def session(running: Running) -> Consultation:
    """One whose doors are open."""
    return await prepare(running.engine)


@pytest.fixture
async def client(running: Running, session: Consultation) -> AsyncIterator[ClientSession]:
    async with ClientSession(running.url) as client:
        yield client
