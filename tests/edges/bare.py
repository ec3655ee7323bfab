"""The server of the product's own factory with an echo instead of the product, and raw HTTP and WebSockets to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

from isegoria.edges.bounds import Bounds
from isegoria.edges.protocol import Server
from isegoria.edges.reception import Runner
from isegoria.edges.socket import server

PING_INTERVAL_S, PING_TIMEOUT_S = 0.3, 0.2
PATIENCE_S = 3.0
POLLING, WEBSOCKET = "EIO=4&transport=polling", "EIO=4&transport=websocket"


@dataclass
class Bare:
    """`/engine.io/` echoes Engine.IO messages, `/socket.io/` Socket.IO events."""

    root: str
    http: ClientSession
    servers: dict[str, Server]
    """By path."""
    endings: asyncio.Queue[tuple[str, str]] = field(default_factory=asyncio.Queue)
    """(sid, reason) of connections that came to their end."""
    path: str = "engine.io"

    @property
    def sio(self) -> Server:
        return self.servers[self.path]

    def url(self, query: str, sid: str | None = None) -> str:
        return f"{self.root}/{self.path}/?{query}" + (f"&sid={sid}" if sid else "")

    async def ask(self, method: str, query: str, sid: str | None = None, **more: Any) -> tuple[int, str]:
        """The status and text of an answer."""
        async with asyncio.timeout(PATIENCE_S), self.http.request(method, self.url(query, sid), **more) as response:
            return response.status, await response.text()

    async def poll(self, sid: str) -> tuple[int, str]:
        return await self.ask("GET", POLLING, sid)

    async def pending_poll(self, sid: str) -> asyncio.Task[tuple[int, str]]:
        """A poll that has reached the server and waits there."""
        task = asyncio.create_task(self.poll(sid))
        async with asyncio.timeout(PATIENCE_S):
            while self.sio.eio.sockets[sid].outbox._reader is None:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.001)
        return task

    async def post(self, sid: str, body: str | bytes) -> tuple[int, str]:
        return await self.ask("POST", POLLING, sid, data=body)

    async def handshake(self) -> str:
        """A new session by long polling."""
        status, text = await self.ask("GET", POLLING)
        assert status == 200, text
        return str(json.loads(text[1:])["sid"])

    async def joined_by_polling(self) -> str:
        sid = await self.handshake()
        assert await self.post(sid, "40") == (200, "ok")
        assert (await self.poll(sid))[1].startswith("40")
        return sid

    @asynccontextmanager
    async def socket(self, query: str = WEBSOCKET, sid: str | None = None) -> AsyncIterator[Line]:
        async with self.http.ws_connect(self.url(query, sid), autoclose=True) as ws:
            yield Line(ws)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Line]:
        """A WebSocket, after its handshake."""
        async with self.socket() as line:
            assert (await line.hear()).startswith("0")
            yield line

    @asynccontextmanager
    async def joined(self) -> AsyncIterator[Line]:
        """A WebSocket that is in the main namespace."""
        async with self.opened() as line:
            await line.say("40")
            assert (await line.hear()).startswith("40")
            assert await line.hear() == '42["auth",{}]'
            yield line


@dataclass
class Line:
    """One WebSocket."""

    ws: ClientWebSocketResponse

    async def say(self, *messages: str | bytes) -> None:
        for message in messages:
            await (self.ws.send_bytes(message) if isinstance(message, bytes) else self.ws.send_str(message))

    async def hear(self) -> Any:
        async with asyncio.timeout(PATIENCE_S):
            message = await self.ws.receive()
        assert message.type in {WSMsgType.TEXT, WSMsgType.BINARY}, message
        return message.data

    async def ends(self, within_s: float = 1.0) -> None:
        """Waits for the end, whatever is said before it; pings are answered."""
        async with asyncio.timeout(within_s):
            async for message in self.ws:
                if message.data == "2":
                    await self.ws.send_str("3")
        assert self.ws.closed


@asynccontextmanager
async def bare(bounds: Bounds | None = None, **options: Any) -> AsyncIterator[Bare]:
    options = {"ping_interval": PING_INTERVAL_S, "ping_timeout": PING_TIMEOUT_S, **options}
    events, engine = server(["https://ours.example"], bounds, **options), server([], bounds, **options)
    app = web.Application()
    events.attach(app)
    engine.eio.attach(app)
    runner = Runner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as http:
        servers = {"engine.io": engine, "socket.io": events}
        started = Bare(f"http://127.0.0.1:{runner.addresses[0][1]}", http, servers)
        _echo_packets(engine, started)
        for namespace in ("/", "/custom"):
            _echo_events(events, started, namespace)
        try:
            yield started
        finally:
            await engine.shutdown()
            await events.shutdown()
            await runner.cleanup()


def _echo_packets(sio: Server, bare: Bare) -> None:
    async def back(sid: str, data: object) -> None:
        await sio.eio.send(sid, data)

    async def gone(sid: str, reason: str) -> None:
        bare.endings.put_nowait((sid, reason))

    sio.eio.on("connect", lambda *_: None)
    sio.eio.on("message", back)
    sio.eio.on("disconnect", gone)


def _echo_events(sio: Server, bare: Bare, namespace: str) -> None:
    async def came(sid: str, _: object, auth: object = None) -> None:
        await sio.emit("auth", auth or {}, to=sid, namespace=namespace)

    async def back(sid: str, *said: object) -> None:
        await sio.emit("message-back", said, to=sid, namespace=namespace)

    async def acknowledged(_: str, *said: object) -> tuple[object, ...]:
        return said

    async def gone(sid: str, reason: str) -> None:
        bare.endings.put_nowait((sid, reason))

    sio.on("connect", came, namespace=namespace)
    sio.on("message", back, namespace=namespace)
    sio.on("message-with-ack", acknowledged, namespace=namespace)
    sio.on("disconnect", gone, namespace=namespace)
