"""The embedded engine: who starts it, who stops it, and what happens when somebody is killed."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import stat
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from isegoria.store import embedded
from isegoria.store.ballast import MEGABYTE, Ballast
from isegoria.store.engine import Engine, open_engine
from isegoria.store.errors import EngineAway, EngineUnusable
from isegoria.store.locks import FileLock
from tests.store.conftest import OtherProcess, noted, signal_engine, within

Start = Callable[[], Awaitable[OtherProcess]]


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def engines_in(data: Path) -> list[int]:
    """The processes that run in a data folder."""
    found = []
    for cwd in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if cwd.readlink() == data:
                found.append(int(cwd.parent.name))
    return found


async def eventually(engine: Engine, *command: str) -> object:
    while True:
        try:
            return await engine.ask(*command)
        except EngineAway:
            await asyncio.sleep(0.01)


async def test_what_was_acknowledged_is_there_at_the_next_start(tmp_path: Path) -> None:
    async with open_engine(tmp_path) as first:
        await first.ask("SET", "k", "v")
    async with open_engine(tmp_path) as second:
        assert await second.ask("GET", "k") == b"v"


async def test_the_last_to_leave_stops_it_and_clears_up(tmp_path: Path, other_process: Start) -> None:
    other = await other_process()
    pid, socket = noted(tmp_path)["pid"], Path(noted(tmp_path)["socket"])
    async with open_engine(tmp_path) as engine:
        await other.leave()
        assert await engine.ask("PING") == b"PONG"
    assert not alive(pid)
    assert not socket.parent.exists()
    assert not (tmp_path / "engine.json").exists()


async def test_the_first_to_leave_does_not_stop_it(tmp_path: Path, other_process: Start) -> None:
    async with open_engine(tmp_path):
        other = await other_process()
    assert await other.ask("PING") == "b'PONG'"


async def test_two_that_start_together_share_one(tmp_path: Path, other_process: Start) -> None:
    one, two = await asyncio.gather(other_process(), other_process())
    await one.ask("SET k v")
    assert await two.ask("GET k") == "b'v'"


async def test_a_killed_starter_leaves_an_orphan_that_the_next_start_adopts(
    tmp_path: Path, other_process: Start
) -> None:
    starter = await other_process()
    await starter.ask("SET k v")
    pid = noted(tmp_path)["pid"]
    await starter.kill()
    async with open_engine(tmp_path) as engine:
        assert noted(tmp_path)["pid"] == pid
        assert await engine.ask("GET", "k") == b"v"
    assert not alive(pid)


async def test_an_orphan_that_answers_nobody_is_ended(
    tmp_path: Path, other_process: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter = await other_process()
    await starter.ask("SET k v")
    await starter.kill()
    monkeypatch.setattr(embedded, "HUNG_S", 0.2)
    hung = signal_engine(tmp_path, signal.SIGSTOP)
    async with open_engine(tmp_path) as engine:
        assert await engine.ask("GET", "k") == b"v"
    assert not alive(hung)


async def test_a_hung_engine_that_others_wait_for_is_left_alone(
    tmp_path: Path, other_process: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await other_process()
    monkeypatch.setattr(embedded, "HUNG_S", 0.2)
    hung = signal_engine(tmp_path, signal.SIGSTOP)
    with pytest.raises(EngineAway, match="other processes wait"):
        async with open_engine(tmp_path):
            pass
    os.kill(hung, signal.SIGCONT)
    assert await other.ask("PING") == "b'PONG'"


async def test_a_killed_engine_is_back_within_two_seconds(tmp_path: Path, own_engine: Engine) -> None:
    await own_engine.ask("SET", "k", "v")
    began = time.monotonic()
    signal_engine(tmp_path, signal.SIGKILL)
    assert await eventually(own_engine, "GET", "k") == b"v"
    assert time.monotonic() - began < 2


async def test_of_several_processes_one_restarts_it_and_all_find_it(tmp_path: Path, other_process: Start) -> None:
    others = await asyncio.gather(other_process(), other_process())
    async with open_engine(tmp_path) as engine:
        killed = signal_engine(tmp_path, signal.SIGKILL)
        await eventually(engine, "SET", "k", "v")
        assert [await other.ask("GET k") for other in others] == ["b'v'", "b'v'"]
        assert noted(tmp_path)["pid"] != killed
        assert engines_in(tmp_path) == [noted(tmp_path)["pid"]]


async def test_it_is_found_again_at_another_socket(tmp_path: Path, own_engine: Engine) -> None:
    before = noted(tmp_path)["socket"]
    shutil.rmtree(Path(before).parent)
    signal_engine(tmp_path, signal.SIGKILL)
    assert await eventually(own_engine, "PING") == b"PONG"
    assert noted(tmp_path)["socket"] != before


async def test_the_socket_is_for_its_user_alone(tmp_path: Path, own_engine: Engine) -> None:
    socket = Path(noted(tmp_path)["socket"])
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    assert len(str(socket)) < 100


async def test_data_of_another_kind_of_engine_are_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "engine.mark").write_text('{"kind": "redis", "major": 8}')
    with pytest.raises(EngineUnusable, match="written by Redis 8, and this machine would run Valkey 9"):
        async with open_engine(tmp_path):
            pass
    assert os.listdir(tmp_path) == ["engine.mark"]  # noqa: PTH208


async def test_a_copied_folder_gets_an_engine_of_its_own(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    async with open_engine(original) as first:
        await first.ask("SET", "k", "v")
        shutil.copytree(original, copy)
        async with open_engine(copy) as second:
            await second.ask("SET", "k", "w")
            assert await first.ask("GET", "k") == b"v"


async def test_an_engine_that_cannot_start_says_why(tmp_path: Path) -> None:
    async with open_engine(tmp_path) as engine:
        await engine.ask("SET", "k", "v")
    [log] = (tmp_path / "appendonlydir").glob("*.incr.aof")
    log.write_bytes(b"spoilt" + log.read_bytes())
    with pytest.raises(EngineUnusable, match="Bad file format"):
        async with open_engine(tmp_path):
            pass


def test_whoever_holds_the_lock_file_holds_it_until_closed(tmp_path: Path) -> None:
    one, two = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.exclusive()
    assert not two.shared()
    one.close()
    assert two.exclusive()
    two.close()


async def test_the_embedded_engine_promises_the_disk(engine: Engine) -> None:
    assert await engine.promise() == "Acknowledged means on disk."


async def test_an_outside_engine_promises_what_its_configuration_does(own_engine: Engine, tmp_path: Path) -> None:
    await own_engine.ask("CONFIG", "SET", "appendfsync", "everysec")
    async with open_engine(tmp_path, f"unix://{noted(tmp_path)['socket']}") as outside:
        assert "may lose" in await outside.promise()


async def test_a_wrong_address_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(EngineUnusable, match="REDIS_URL"):
        async with open_engine(tmp_path, "http://example.org"):
            pass


async def test_nobody_at_an_address_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(EngineAway):
        async with open_engine(tmp_path, f"unix://{tmp_path}/nobody.sock"):
            pass


async def test_the_time_is_the_engines(engine: Engine) -> None:
    assert abs(await engine.time() - time.time() * 1_000) < 1_000


def test_the_ballast_is_taken_on_and_thrown_when_space_is_low(tmp_path: Path) -> None:
    class Disk(Ballast):
        bytes_free = 64 * MEGABYTE

        def free(self) -> int:
            return self.bytes_free

    disk = Disk(tmp_path, weight=2 * MEGABYTE)
    disk.take_on()
    assert (tmp_path / "engine.ballast").stat().st_blocks * 512 >= 2 * MEGABYTE
    assert not disk.low()
    assert not disk.throw()
    disk.bytes_free = MEGABYTE
    assert disk.low()
    assert disk.throw()
    assert not (tmp_path / "engine.ballast").exists()
    disk.take_on()
    assert not (tmp_path / "engine.ballast").exists()


async def test_a_watching_process_keeps_the_ballast(tmp_path: Path, own_engine: Engine) -> None:
    await within(2, (tmp_path / "engine.ballast").exists)


async def test_a_write_probe_tells_how_long_a_write_takes(engine: Engine) -> None:
    assert 0 < await engine.write_probe() < 1.8


async def test_free_space_is_known_of_the_embedded_engine_only(tmp_path: Path, own_engine: Engine) -> None:
    assert own_engine.free_space() == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.2)
    async with open_engine(tmp_path, f"unix://{noted(tmp_path)['socket']}") as outside:
        assert outside.free_space() is None
        assert not outside.low_on_space()


async def test_an_engine_that_still_reads_its_file_is_waited_for(tmp_path: Path) -> None:
    """It tells its configuration at once, and answers nothing about keys until it has read all."""
    fill = "for i = 1, 100000 do redis.call('SET', KEYS[1] .. i, string.rep('x', 100)) end"
    async with open_engine(tmp_path) as first:
        for part in "abcdef":
            await first.run(fill, [part])
    async with open_engine(tmp_path) as second:
        assert await second.ask("DBSIZE") == 600_000
