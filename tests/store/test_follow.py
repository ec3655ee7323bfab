"""Following: everything once, in order, through kills and reconnects; and a lost tail is noticed."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from isegoria.store.engine import Engine
from isegoria.store.errors import EngineAway
from isegoria.store.follow import Follower, TailLost
from isegoria.store.journal import Journal, journal_key
from isegoria.store.partials import PartialsFollower, publish_partial
from isegoria.store.sessions import SESSIONS_KEY, Mark, SessionMark, Sessions
from isegoria.store.streams import Entry
from tests.store.conftest import signal_engine, within

KEY = journal_key("s")


class Reader:
    """One stream's reader, as a hall is one."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.lost: list[TailLost] = []

    def on_entries(self, entries: Sequence[Entry]) -> None:
        self.entries += entries

    def on_lost(self, lost: TailLost) -> None:
        self.lost.append(lost)

    async def has(self, count: int, within_s: float = 2) -> None:
        await within(within_s, lambda: len(self.entries) >= count)


@asynccontextmanager
async def following(engine: Engine) -> AsyncIterator[Follower]:
    follower = Follower(engine)
    task = asyncio.create_task(follower.run())
    try:
        await within(2, lambda: follower.connected)
        yield follower
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def drop_connections(engine: Engine) -> None:
    await engine.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


async def test_what_is_there_and_what_comes_arrive_in_order(engine: Engine) -> None:
    journal, reader = Journal(engine), Reader()
    await journal.append("s", 1, b"one")
    async with following(engine) as follower:
        follower.add(KEY, reader.on_entries, reader.on_lost)
        await reader.has(1)
        await journal.append("s", 2, b"two")
        await reader.has(2)
    assert reader.entries == [(1, b"one"), (2, b"two")]


async def test_a_stream_that_is_added_while_the_read_waits_is_heard_at_once(engine: Engine) -> None:
    journal, first, second = Journal(engine), Reader(), Reader()
    async with following(engine) as follower:
        follower.add(KEY, first.on_entries, first.on_lost)
        await asyncio.sleep(0.1)
        follower.add(journal_key("t"), second.on_entries, second.on_lost)
        await journal.append("t", 1, b"one")
        await second.has(1, within_s=0.3)


async def test_what_is_appended_arrives_in_milliseconds(engine: Engine) -> None:
    journal, reader, waits = Journal(engine), Reader(), list[float]()
    async with following(engine) as follower:
        follower.add(KEY, reader.on_entries, reader.on_lost)
        for version in range(1, 21):
            began = time.perf_counter()
            await journal.append("s", version, b"")
            while len(reader.entries) < version:  # noqa: ASYNC110
                await asyncio.sleep(0)
            waits.append(time.perf_counter() - began)
    assert sorted(waits)[len(waits) // 2] < 0.02


async def test_it_goes_on_from_a_position(engine: Engine) -> None:
    journal, reader = Journal(engine), Reader()
    await journal.append("s", 1, b"one")
    await journal.append("s", 2, b"two")
    async with following(engine) as follower:
        follower.add(KEY, reader.on_entries, reader.on_lost, after=1, newest=b"one")
        await reader.has(1)
    assert reader.entries == [(2, b"two")]


async def test_a_removed_stream_is_silent(engine: Engine) -> None:
    journal, gone, kept = Journal(engine), Reader(), Reader()
    async with following(engine) as follower:
        follower.add(KEY, gone.on_entries, gone.on_lost)
        follower.add(journal_key("t"), kept.on_entries, kept.on_lost)
        follower.remove(KEY)
        await journal.append("s", 1, b"")
        await journal.append("t", 1, b"")
        await kept.has(1)
    assert gone.entries == []


async def test_a_stream_that_another_readers_callback_removes_is_silent_at_once(engine: Engine) -> None:
    gone, kept = Reader(), Reader()
    await Journal(engine).append("s", 1, b"")
    await Journal(engine).append("t", 1, b"")
    async with following(engine) as follower:

        def on_entries(entries: Sequence[Entry]) -> None:
            kept.on_entries(entries)
            follower.remove(journal_key("t"))

        follower.add(KEY, on_entries, kept.on_lost)
        follower.add(journal_key("t"), gone.on_entries, gone.on_lost)
        await kept.has(1)
        await Journal(engine).append("s", 2, b"")
        await kept.has(2)
    assert gone.entries == []


async def test_a_hole_is_a_loss(engine: Engine) -> None:
    reader = Reader()
    async with following(engine) as follower:
        follower.add(KEY, reader.on_entries, reader.on_lost)
        await engine.ask("XADD", KEY, "2-0", "d", "two")
        await within(2, lambda: bool(reader.lost))
    assert (reader.entries, reader.lost) == ([], [TailLost(KEY, 0)])


async def test_nothing_acknowledged_is_missing_after_the_engine_was_killed(own_engine: Engine, tmp_path: Path) -> None:
    journal, reader = Journal(own_engine), Reader()
    acknowledged: list[int] = []

    async def write_on() -> None:
        version = 1
        while len(acknowledged) < 300:
            try:
                # Unknown outcomes are asked again; False then says that it was written.
                await journal.append("s", version, b"%d" % version)
            except EngineAway:
                await asyncio.sleep(0.01)
                continue
            acknowledged.append(version)
            version += 1

    async with following(own_engine) as follower:
        follower.add(KEY, reader.on_entries, reader.on_lost)
        writing = asyncio.create_task(write_on())
        await within(5, lambda: len(acknowledged) > 100)
        signal_engine(tmp_path, signal.SIGKILL)
        before = len(acknowledged)
        await within(2, lambda: len(acknowledged) > before + 1)
        await writing
        await reader.has(300)
    assert [version for version, _ in reader.entries] == acknowledged == list(range(1, 301))
    assert reader.lost == []


async def test_a_dropped_connection_loses_and_repeats_nothing(engine: Engine) -> None:
    journal, reader = Journal(engine), Reader()
    async with following(engine) as follower:
        follower.add(KEY, reader.on_entries, reader.on_lost)
        for version in range(1, 4):
            await journal.append("s", version, b"%d" % version)
            await reader.has(version)
            await drop_connections(engine)
        await journal.append("s", 4, b"4")
        await reader.has(4)
    assert reader.entries == [(1, b"1"), (2, b"2"), (3, b"3"), (4, b"4")]


LOSE = """
redis.call('DEL', KEYS[1])
for i, data in ipairs(ARGV) do redis.call('XADD', KEYS[1], i .. '-0', 'd', data) end
"""


async def lose_tail(engine: Engine, others: list[bytes]) -> None:
    """Ends all connections, and puts other entries in the journal's place before anybody can be back."""
    connection = engine.blocking()
    await connection.connect()
    await connection.send("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    await connection.send("EVAL", LOSE, 1, KEY, *others)
    await connection.hear()
    await connection.hear()
    await connection.close()


@pytest.mark.parametrize("others", [[], [b"x"], [b"x", b"y"], [b"x", b"y", b"z"]], ids=len)
async def test_a_tail_that_the_engine_lost_is_noticed_whatever_was_written_since(
    engine: Engine, others: list[bytes]
) -> None:
    journal, reader = Journal(engine), Reader()
    async with following(engine) as follower:
        follower.add(KEY, reader.on_entries, reader.on_lost)
        await journal.append("s", 1, b"one")
        await journal.append("s", 2, b"two")
        await reader.has(2)
        await lose_tail(engine, others)
        await within(2, lambda: bool(reader.lost))
    assert reader.lost == [TailLost(KEY, 2)]


async def test_a_reader_may_start_afresh_after_a_lost_tail(engine: Engine) -> None:
    journal, reader, afresh = Journal(engine), Reader(), Reader()
    await journal.append("s", 1, b"other")
    async with following(engine) as follower:
        follower.add(
            KEY,
            reader.on_entries,
            lambda _: follower.add(KEY, afresh.on_entries, afresh.on_lost),
            after=1,
            newest=b"what was read before",
        )
        await afresh.has(1)
    assert afresh.entries == [(1, b"other")]
    assert reader.entries == []


async def test_a_reader_that_raises_is_no_longer_fed_and_the_others_are(engine: Engine) -> None:
    journal, reader, fault = Journal(engine), Reader(), ValueError("an event that is not known")

    def raising(entries: Sequence[Entry]) -> None:
        raise fault

    async with following(engine) as follower:
        follower.add(KEY, raising, reader.on_lost)
        follower.add(journal_key("t"), reader.on_entries, reader.on_lost)
        await journal.append("s", 1, b"")
        await journal.append("t", 1, b"")
        await reader.has(1)
        assert follower.broken == {KEY: fault}


async def test_a_silent_engine_is_noticed(own_engine: Engine, tmp_path: Path) -> None:
    """As a server follows at least the list of sessions, the broken line is noticed at once."""
    reader = Reader()
    async with following(own_engine) as follower:
        follower.add(SESSIONS_KEY, reader.on_entries, reader.on_lost)
        await Sessions(own_engine).create("s")
        await reader.has(1)
        assert follower.silent_s() < 0.5
        signal_engine(tmp_path, signal.SIGKILL)
        await within(2, lambda: not follower.connected)
        await within(2, lambda: follower.connected)


async def test_who_gets_full_pages_is_behind_until_all_is_had(engine: Engine) -> None:
    """The engine answers all the while: that it does says nothing of how far this replica is."""
    await engine.run("for i = 1, 2500 do redis.call('XADD', KEYS[1], i .. '-0', 'd', 'x') end", [KEY])
    reader, since = Reader(), []
    async with following(engine) as follower:

        def on_entries(entries: Sequence[Entry]) -> None:
            since.append(follower._level)
            reader.on_entries(entries)

        follower.add(KEY, on_entries, reader.on_lost)
        await reader.has(2_500)
        assert len(since) == 3
        assert len(set(since)) == 1
        await within(2, lambda: follower._level > since[0])
        assert follower.behind_s() < 2


async def test_new_sessions_are_heard_of(engine: Engine) -> None:
    reader = Reader()
    async with following(engine) as follower:
        follower.add(SESSIONS_KEY, reader.on_entries, reader.on_lost)
        await Sessions(engine).create("s")
        await reader.has(1)
    assert SessionMark.from_bytes(reader.entries[0][1]) == SessionMark(session="s", mark=Mark.CREATED)


async def test_partials_of_all_sessions_are_heard_again_after_a_kill(own_engine: Engine, tmp_path: Path) -> None:
    heard: list[tuple[str, bytes]] = []
    follower = PartialsFollower(own_engine, lambda session, payload: heard.append((session, payload)))
    task = asyncio.create_task(follower.run())
    await asyncio.wait_for(follower.listening.wait(), 2)
    await publish_partial(own_engine, "a", b"\x00 Guten")
    await publish_partial(own_engine, "b", b"Bon")
    await within(2, lambda: len(heard) == 2)
    signal_engine(tmp_path, signal.SIGKILL)
    await within(2, lambda: not follower.listening.is_set())
    await asyncio.wait_for(follower.listening.wait(), 2)
    await publish_partial(own_engine, "a", b"Guten Tag")
    await within(2, lambda: len(heard) == 3)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert heard == [("a", b"\x00 Guten"), ("b", b"Bon"), ("a", b"Guten Tag")]
