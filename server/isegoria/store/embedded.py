"""The engine that comes with the package: a Valkey as a child process, with its append-only file in the data folder.

Several processes may use one folder. Each holds a shared lock on `users.lock`; whoever can make it exclusive when
leaving stops the engine. The engine itself holds `engine.lock`, inherited when it was started, so the lock lives as
long as the engine does, even when the process that started it was killed: the next start finds the orphan and
adopts it. Whoever gets `engine.lock` finds the engine dead, and starts it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any

import structlog
from redis import exceptions as redis
from redis.asyncio import UnixDomainSocketConnection

from isegoria.store.ballast import Ballast
from isegoria.store.errors import EngineAway, EngineUnusable
from isegoria.store.locks import FileLock
from isegoria.store.note import NAME, Note, place_for_socket, read_note, write_note
from isegoria.store.program import Program, claim, find_program

LOG = structlog.get_logger(__name__)

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "always",
    "aof-use-rdb-preamble": "no",
    "auto-aof-rewrite-percentage": "0",
    "save": "",
    "maxmemory-policy": "noeviction",
    "loglevel": "warning",
}
STEP_S = 0.01
WATCH_S = 0.1
SLOWEST_WATCH_S = 1.0
"""An engine that dies again and again is started at this distance: when it can live, it is back within 2 s."""
TEND_S = 5.0
ANSWER_S = 1.0
HUNG_S = 5.0
LOADING_S = 120.0

_children: list[subprocess.Popen[bytes]] = []
"""Engines that this process started. They may outlive their starter's use, and are reaped when the next one looks."""


class Answer(Enum):
    READY = "ready"
    LOADING = "loading"
    SILENT = "silent"


class Embedded:
    """One process's use of a data folder's engine. `enter`, then `leave`; in between it is kept alive."""

    def __init__(self, data: Path) -> None:
        self._data = data.resolve()
        self.ballast = Ballast(self._data)

    def socket(self) -> str:
        """The path of the engine's socket now; it may be another one after a restart. Raises OSError if unknown."""
        note = read_note(self._data)
        if note is None:
            raise FileNotFoundError(f"no engine is noted in {self._data / NAME}")
        return note.socket

    async def enter(self) -> None:
        """Finds, adopts or starts the engine, and watches it. Raises EngineUnusable, EngineAway, OSError."""
        self._program = await asyncio.to_thread(_prepare, self._data)
        self._users = FileLock(self._data / "users.lock")
        try:
            await self._bring_up(alone=await self._join())
            await _until(self._users.shared, HUNG_S)
        except asyncio.CancelledError:
            await self._let_go(begun=bool(_children))
            raise
        except BaseException:
            self._users.close()
            raise
        self._watching = asyncio.create_task(self._watch())

    async def leave(self) -> None:
        """Stops the engine if nobody else uses it."""
        self._watching.cancel()
        with suppress(asyncio.CancelledError):
            await self._watching
        await self._let_go(begun=True)

    async def _let_go(self, *, begun: bool) -> None:
        if begun and self._users.exclusive():
            await self._stop()
        self._users.close()

    async def _join(self) -> bool:
        """Waits while another process starts or stops the engine. Whether nobody else uses the folder."""
        began = time.monotonic()
        while time.monotonic() - began < LOADING_S:
            if self._users.exclusive():
                return True
            if self._users.shared():
                return False
            await asyncio.sleep(STEP_S)
        raise EngineAway(f"Another process has been starting or stopping the engine of {self._data} for too long.")

    async def _bring_up(self, alone: bool) -> None:
        """Returns when the engine answers. One that answers nobody is ended, if nobody else waits for it."""
        began = heard = time.monotonic()
        child: subprocess.Popen[bytes] | None = None
        while (answer := await self._look()) is not Answer.READY:
            if child and child.poll() is not None:
                raise EngineUnusable(f"The engine stopped while it started. It said: {self._last_words()}")
            child = self._start() or child
            now = time.monotonic()
            if answer is Answer.LOADING or child:
                heard = now
            if now - began > LOADING_S:
                raise EngineAway(f"The engine of {self._data} is not ready after {LOADING_S:.0f} s.")
            if now - heard > HUNG_S:
                self._end_orphan(alone)
                heard = now
            await asyncio.sleep(STEP_S)

    async def _watch(self) -> None:
        """Starts the engine when it is dead. Of several watching processes the one that gets the lock does it."""
        pause, tended = WATCH_S, 0.0
        while True:
            try:
                died = self._start() is not None
                if time.monotonic() - tended > TEND_S:
                    await asyncio.to_thread(self.ballast.take_on)
                    tended = time.monotonic()
            except OSError as error:
                LOG.error("engine_not_started", folder=str(self._data), reason=str(error))
                died = True
            pause = min(pause * 2, SLOWEST_WATCH_S) if died else max(pause * 0.9, WATCH_S)
            await asyncio.sleep(pause)

    def _start(self) -> subprocess.Popen[bytes] | None:
        """The engine's new process if it was dead; None if it lives. Raises OSError."""
        _children[:] = [child for child in _children if child.poll() is None]
        lock = FileLock(self._data / "engine.lock")
        try:
            if not lock.exclusive():
                return None
            if self.ballast.throw():
                LOG.warning("disk_full", folder=str(self._data), thrown="ballast")
            return self._spawn(lock)
        finally:
            lock.close()

    def _spawn(self, lock: FileLock) -> subprocess.Popen[bytes]:
        before = read_note(self._data)
        if before:
            LOG.warning("engine_was_dead", folder=str(self._data), last_words=self._last_words())
        socket = place_for_socket(before)
        # Noted before the start, so that the orphan of a process that is killed right here is found all the same.
        if before is None or before.socket != socket:
            write_note(self._data, Note(str(self._data), socket))
        child = _run(self._program, self._data, socket, lock)
        _children.append(child)
        # On a full disk an old number stays; it is not trusted anyway.
        with suppress(OSError):
            write_note(self._data, Note(str(self._data), socket, child.pid))
        return child

    async def _look(self) -> Answer:
        """How the noted engine answers. Raises EngineUnusable if it serves another folder."""
        try:
            [_, folder] = await _say(self.socket(), "CONFIG", "GET", "dir")
            # Its configuration it tells while it still reads its file; anything about keys it does not.
            await _say(self.socket(), "EXISTS", "isegoria:sessions")
        except redis.BusyLoadingError:
            return Answer.LOADING
        except (redis.ConnectionError, redis.TimeoutError, OSError):
            return Answer.SILENT
        if os.fsdecode(folder) != str(self._data):
            raise EngineUnusable(
                f"The engine noted in {self._data / NAME} serves {os.fsdecode(folder)}. Remove that file, start again."
            )
        return Answer.READY

    async def _stop(self) -> None:
        with suppress(redis.RedisError, OSError):
            await _say(self.socket(), "SHUTDOWN")
        lock = FileLock(self._data / "engine.lock")
        try:
            if not await _until(lock.exclusive, HUNG_S) and self._kill():
                await _until(lock.exclusive, HUNG_S)
            self._clear()
        finally:
            lock.close()
        _children[:] = [child for child in _children if child.poll() is None]

    def _clear(self) -> None:
        with suppress(OSError):
            shutil.rmtree(Path(self.socket()).parent)
        (self._data / NAME).unlink(missing_ok=True)

    def _end_orphan(self, alone: bool) -> None:
        if not alone:
            raise EngineAway(f"The engine of {self._data} does not answer, and other processes wait for it.")
        if not self._kill():
            raise EngineAway(f"A process holds {self._data / 'engine.lock'} and does not answer. End it, start again.")
        LOG.warning("engine_orphan_ended", folder=str(self._data))

    def _kill(self) -> bool:
        """Kills the engine; what it acknowledged is on disk. Not if the noted number may belong to another by now."""
        note = read_note(self._data)
        if not note or not note.pid or not _holds(note.pid, self._data / "engine.lock"):
            return False
        with suppress(ProcessLookupError):
            os.kill(note.pid, signal.SIGKILL)
        return True

    def _last_words(self) -> str:
        said = (self._data / "engine.log").read_text(errors="replace").splitlines()
        # It gives advice on the machine's settings at each start.
        lines = [line for line in said if "WARNING" not in line]
        return lines[-1] if lines else "nothing"


def _prepare(data: Path) -> Program:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    program = find_program()
    claim(data, program.kind)
    return program


def _run(program: Program, data: Path, socket: str, lock: FileLock) -> subprocess.Popen[bytes]:
    settings = SETTINGS | {"dir": str(data), "unixsocket": socket}
    with (data / "engine.log").open("ab") as log:
        return subprocess.Popen(
            [program.path, *(word for name, value in settings.items() for word in (f"--{name}", value))],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock.fd],
            # Ctrl-C in a terminal is meant for us: the engine has to outlive our last append.
            start_new_session=True,
            umask=0o077,
        )


async def _say(socket: str, *command: str) -> Any:
    """One command on a connection of its own, raw. Raises the client library's errors, OSError."""
    connection = UnixDomainSocketConnection(path=socket, socket_timeout=None, protocol=2, driver_info=None)
    try:
        async with asyncio.timeout(ANSWER_S):
            await connection.send_command(*command)
            return await connection.read_response()
    finally:
        await connection.disconnect(nowait=True)


async def _until(gained: Callable[[], bool], patience_s: float) -> bool:
    """Tries for a lock until it is gained. Whether it was."""
    began = time.monotonic()
    while not gained():
        if time.monotonic() - began > patience_s:
            return False
        await asyncio.sleep(STEP_S)
    return True


def _holds(pid: int, lock: Path) -> bool:
    """Whether a process has the lock file open. Only Linux tells; elsewhere the answer is no."""
    for descriptor in Path(f"/proc/{pid}/fd").glob("*"):
        with suppress(OSError):
            if descriptor.samefile(lock):
                return True
    return False
