"""Files on the real engine: kept as they came, bounded, and gone when they are removed."""

from __future__ import annotations

import pytest

from isegoria.domain.errors import Refused
from isegoria.store.engine import Engine
from isegoria.store.files import LARGEST, Files
from isegoria.store.links import FeedSecrets
from isegoria.store.removal import remove_session


async def test_a_file_is_kept_as_it_came(engine: Engine) -> None:
    files = Files(engine)
    data = bytes(range(256)) * 4
    await files.put("s", "w1", data)
    assert await files.get("s", "w1") == data
    assert await files.get("s", "w2") is None


async def test_a_file_that_is_too_large_is_refused(engine: Engine) -> None:
    with pytest.raises(Refused) as caught:
        await Files(engine).put("s", "w1", b"x" * (LARGEST + 1))
    assert caught.value.code == "too_large"


async def test_a_session_has_a_ceiling_and_what_is_kept_again_counts_once(engine: Engine) -> None:
    files = Files(engine, ceiling=100)
    for _ in range(3):
        await files.put("s", "w1", b"x" * 60)
    with pytest.raises(Refused, match="full"):
        await files.put("s", "w2", b"x" * 41)
    await files.put("s", "w2", b"x" * 40)
    await files.put("other", "w1", b"x" * 100)
    assert await files.size("s") == 100


async def test_what_is_removed_makes_room(engine: Engine) -> None:
    files = Files(engine, ceiling=100)
    await files.put("s", "w1", b"x" * 100)
    await files.remove("s", ["w1", "never"])
    await files.remove("s", ["w1"])
    assert (await files.get("s", "w1"), await files.size("s")) == (None, 0)


async def test_nothing_of_a_session_that_is_removed_stays(engine: Engine) -> None:
    await Files(engine).put("s", "w1", b"x")
    await FeedSecrets(engine).create_feed("s", "es", {"id": "es"})
    await FeedSecrets(engine).configure("s", {"es": {"id": "es"}})
    await remove_session(engine, "s")
    assert await engine.ask("KEYS", "isegoria:s:*") == []
