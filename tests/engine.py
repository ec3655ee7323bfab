"""A real engine for tests. Import both fixtures into a folder's conftest.py:

    from tests.engine import engine, engine_folder

One engine lives as long as the test run; each test gets it empty. Tests that break it start their own, in tmp_path.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from isegoria.store.engine import Engine, open_engine
from isegoria.store.locks import FileLock


@pytest.fixture(scope="session")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose engine is used until the end, so that no test that leaves it stops it."""
    data = tmp_path_factory.mktemp("engine")
    user = FileLock(data / "users.lock")
    assert user.shared()
    yield data
    user.close()
    asyncio.run(_use_and_leave(data))


async def _use_and_leave(data: Path) -> None:
    async with open_engine(data):
        pass


@pytest.fixture
async def engine(engine_folder: Path) -> AsyncIterator[Engine]:
    """The engine, empty."""
    async with open_engine(engine_folder) as opened:
        await opened.ask("FLUSHALL")
        yield opened
