"""The journal: one writer wins, what is unknown is said to be unknown, nothing is written twice."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from isegoria.domain.errors import Refused
from isegoria.store.engine import Engine
from isegoria.store.errors import EngineAway
from isegoria.store.journal import CEILING, Journal
from isegoria.store.sessions import Mark, Sessions
from tests.store.conftest import signal_engine


async def test_of_two_writers_of_one_version_one_wins(engine: Engine) -> None:
    one, two = Journal(engine), Journal(engine)
    won = await asyncio.gather(one.append("s", 1, b"one"), two.append("s", 1, b"two"))
    assert sorted(won) == [False, True]
    assert await one.read("s") == [(1, b"one" if won[0] else b"two")]


async def test_a_version_that_is_not_the_next_is_not_appended(engine: Engine) -> None:
    journal = Journal(engine)
    assert not await journal.append("s", 2, b"too early")
    assert await journal.append("s", 1, b"first")
    assert not await journal.append("s", 1, b"again")
    assert await journal.read("s") == [(1, b"first")]


async def test_it_is_read_from_any_version_bytes_unchanged(engine: Engine) -> None:
    journal = Journal(engine)
    entries = [(version, bytes([version, 0, 255])) for version in range(1, 6)]
    for version, data in entries:
        await journal.append("s", version, data)
    assert await journal.read("s") == entries
    assert await journal.read("s", after=3) == entries[3:]
    assert await journal.read("s", after=5) == []
    assert await journal.entry_at("s", 2) == entries[1][1]
    assert await journal.entry_at("s", 6) is None


async def test_a_long_journal_is_read_whole(engine: Engine) -> None:
    await engine.run("for i = 1, 2500 do redis.call('XADD', KEYS[1], i .. '-0', 'd', i) end", ["isegoria:s:journal"])
    assert await Journal(engine).read("s") == [(number, b"%d" % number) for number in range(1, 2_501)]


async def test_sessions_do_not_meet(engine: Engine) -> None:
    journal = Journal(engine)
    await journal.append("a", 1, b"of a")
    assert await journal.append("b", 1, b"of b")


async def test_beyond_the_ceiling_it_is_refused_with_the_reason(engine: Engine) -> None:
    with pytest.raises(Refused, match="full") as refused:
        await Journal(engine).append("s", CEILING + 1, b"")
    assert refused.value.detail == {"limit": CEILING}


async def test_a_hung_engine_answers_unknown_in_two_seconds_and_nothing_is_written_twice(
    own_engine: Engine, tmp_path: Path
) -> None:
    journal = Journal(own_engine)
    await journal.append("s", 1, b"before")
    pid = signal_engine(tmp_path, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(EngineAway):
        await journal.append("s", 2, b"unknown")
    assert time.monotonic() - began < 2
    os.kill(pid, signal.SIGCONT)
    again = await journal.append("s", 2, b"unknown")
    assert not again, "the engine wrote it when it woke up"
    assert await journal.read("s") == [(1, b"before"), (2, b"unknown")]


async def test_many_at_once_all_answer_in_time_when_it_hangs(own_engine: Engine, tmp_path: Path) -> None:
    pid = signal_engine(tmp_path, signal.SIGSTOP)
    began = time.monotonic()
    outcomes = await asyncio.gather(*(own_engine.ask("PING") for _ in range(100)), return_exceptions=True)
    os.kill(pid, signal.SIGCONT)
    assert {type(outcome) for outcome in outcomes} == {EngineAway}
    assert time.monotonic() - began < 2
    assert await own_engine.ask("PING") == b"PONG"


async def test_an_engine_that_refuses_writes_is_away(own_engine: Engine) -> None:
    await own_engine.ask("CONFIG", "SET", "min-replicas-to-write", "1")
    with pytest.raises(EngineAway, match="takes no writes"):
        await Journal(own_engine).append("s", 1, b"")


async def test_the_list_of_sessions_tells_where_each_stands(engine: Engine) -> None:
    sessions = Sessions(engine)
    assert await sessions.create("a")
    assert await sessions.create("b")
    assert not await sessions.create("a")
    assert await sessions.closed("a")
    assert not await sessions.closed("a")
    assert not await sessions.closed("unknown")
    assert await sessions.list_sessions() == {"a": Mark.CLOSED, "b": Mark.CREATED}
    assert await sessions.archived("a")
    assert not await sessions.create("a")
    assert await sessions.list_sessions() == {"a": Mark.ARCHIVED, "b": Mark.CREATED}


async def test_one_session_is_created_once_however_many_ask(engine: Engine) -> None:
    created = await asyncio.gather(*(Sessions(engine).create("a") for _ in range(5)))
    assert created.count(True) == 1
