"""A client of the server, as a browser is one: what it sees, what the session's clock shows, what it asks."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import socketio

View = dict[str, Any]
ANSWER_S = 5.0


class Guest:
    """`view` and `status` are the newest ones. Instants are milliseconds of the session's clock."""

    def __init__(self, sio: socketio.AsyncClient) -> None:
        self._sio = sio
        self._offset_ms = 0.0
        self._changed = asyncio.Event()
        self.view: View = {}
        self.status: View = {}
        sio.on("view", self._see)
        sio.on("status", self._hear)

    def _see(self, view: View) -> None:
        if (view["version"], view["at"]) >= (self.view.get("version", 0), self.view.get("at", 0)):
            self.view = view
        self._wake()

    def _hear(self, status: View) -> None:
        self.status = status
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    # --- time ----------------------------------------------------------------------------------------

    async def synchronise(self) -> None:
        """Learns the engine's time, to half of a round trip."""
        asked = time.monotonic()
        answer = await self._sio.call("clock", {}, timeout=ANSWER_S)
        self._offset_ms = answer["t"] - (asked + time.monotonic()) * 500

    def engine_now(self) -> float:
        return time.monotonic() * 1_000 + self._offset_ms

    def now(self) -> float:
        clock = self.view["clock"]
        return float(clock["session"] + (self.engine_now() - clock["real"]) * clock["rate"])

    async def until(self, instant: float) -> None:
        """Waits for an instant of the session's clock, whose rate may change meanwhile."""
        while (left := instant - self.now()) > 0:
            rate = self.view["clock"]["rate"]
            await self._news(left / rate / 1_000 if rate else None)

    async def pause(self, seconds: float) -> None:
        """Waits for so much of the session's time."""
        await self.until(self.now() + seconds * 1_000)

    async def see(self, wanted: Callable[[View], bool], within: float | None = None) -> bool:
        """Waits for a view that is as wanted; False if it did not come within seconds of the session's time."""
        ends = None if within is None else self.now() + within * 1_000
        while not (self.view and wanted(self.view)):
            left = None if ends is None else ends - self.now()
            if left is not None and left <= 0:
                return False
            rate = self.view["clock"]["rate"] if self.view else 1
            await self._news(None if left is None or not rate else left / rate / 1_000)
        return True

    async def _news(self, longest_s: float | None) -> None:
        try:
            async with asyncio.timeout(longest_s):
                await self._changed.wait()
        except TimeoutError:
            pass

    # --- asking --------------------------------------------------------------------------------------

    async def ask(self, kind: str, **fields: object) -> bool:
        """Whether the command was accepted; if so, what it did is in the view, as a person looks before the next."""
        request = {"id": secrets.token_hex(8), "command": {"type": kind, **fields}}
        answer = await self._sio.call("command", request, timeout=ANSWER_S)
        if answer["ok"]:
            await self.see(lambda view: view["version"] >= answer["version"])
        return bool(answer["ok"])

    def on_captions(self, hear: Callable[[View], None]) -> None:
        """`hear` gets each frame of the tracks that are followed."""
        self._sio.on("captions", hear)

    async def follow(self, tracks: list[str]) -> None:
        """Reads these tracks of captions from now on."""
        await self._sio.call("follow", {"tracks": tracks}, timeout=ANSWER_S)


@asynccontextmanager
async def guest(url: str, session: str, token: str) -> AsyncIterator[Guest]:
    """A connection with a personal link's token. Raises socketio.exceptions.ConnectionError."""
    sio = socketio.AsyncClient(reconnection_delay=0.2, reconnection_delay_max=2)
    here = Guest(sio)
    auth = {"session": session, "token": token, "client": secrets.token_hex(4)}
    try:
        await sio.connect(url, auth=auth, transports=["websocket"])
        await here.synchronise()
        await here.see(bool)
        yield here
    finally:
        await sio.disconnect()
