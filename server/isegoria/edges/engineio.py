"""Engine.IO 4 over aiohttp, answering what the reference server answers, within bounds.

python-engineio's server with its front replaced: which request is acceptable, and what is said of one that is not.
`tests/edges/test_protocol.py` holds the conformance; `test_replaced.py` notices when a new version moves what is here.
https://github.com/socketio/engine.io-protocol
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import parse_qs

import engineio
from aiohttp import web
from engineio.packet import OPEN, Packet

from isegoria.edges import metrics
from isegoria.edges.bounds import Bounds
from isegoria.edges.outbox import InvalidPacket, encoded_payload
from isegoria.edges.packets import dumps
from isegoria.edges.pulse import Delay
from isegoria.edges.transport import EngineSocket, Reason

Environ: TypeAlias = dict[str, Any]
Answer: TypeAlias = dict[str, Any]

BY_THIS_SIDE = {Reason.PING_TIMEOUT, Reason.INVALID_PACKET, Reason.TOO_SLOW, Reason.NO_CONNECT}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a request, in the reference's codes and words."""

    code: int
    message: str
    status: HTTPStatus = HTTPStatus.BAD_REQUEST


UNKNOWN_TRANSPORT = Fault(0, "Transport unknown")
UNKNOWN_SID = Fault(1, "Session ID unknown")
BAD_METHOD = Fault(2, "Bad handshake method")
BAD_REQUEST = Fault(3, "Bad request")
FORBIDDEN = Fault(4, "Forbidden", HTTPStatus.FORBIDDEN)
UNKNOWN_VERSION = Fault(5, "Unsupported protocol version")
FULL = Fault(4, "Too many connections", HTTPStatus.SERVICE_UNAVAILABLE)


class Unacceptable(Exception):
    """A request that is refused."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Request:
    """What a request's method and query say."""

    method: str
    transport: str
    sid: str | None
    version: str
    upgrades: bool
    """Whether it asks for a WebSocket."""

    @classmethod
    def of(cls, environ: Environ) -> Request:
        query = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        if "j" in query:
            raise Unacceptable(BAD_REQUEST)  # JSONP, which would lead around the check of origins
        return cls(
            method=environ["REQUEST_METHOD"],
            transport=query.get("transport", ""),
            sid=query.get("sid"),
            version=query.get("EIO", ""),
            upgrades=environ.get("HTTP_UPGRADE", "").lower() == "websocket",
        )


class EngineServer(engineio.AsyncServer):  # type: ignore[misc]
    """python-engineio's server. Its `sockets` are EngineSockets; a closed one is not among them."""

    reason = Reason
    sockets: dict[str, EngineSocket]
    _async: dict[str, Any]
    bounds: Bounds

    def __init__(self, bounds: Bounds, **options: Any) -> None:
        super().__init__(monitor_clients=False, **options)
        self.bounds = bounds
        self.idle = Delay(self.ping_interval, EngineSocket.ping)
        self.silent = Delay(self.ping_timeout, EngineSocket.fell_silent)
        self._by_address: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    def attach(self, app: web.Application, engineio_path: str = "engine.io") -> None:
        """Every method comes here, as the reference refuses the unknown ones in its own words."""
        app.router.add_route("*", f"/{engineio_path.strip('/')}/", self.handle_request)

    def create_queue(self, *_: object, **__: object) -> None:
        """None: a connection has its outbox."""

    async def _trigger_event(self, event: str, *args: Any, **_: object) -> Any:
        """What the handler answers, without making a task or asking what kind of function it is. None if it failed."""
        try:
            answer = self.handlers[event](*args) if event in self.handlers else None
            return await answer if isinstance(answer, Coroutine) else answer
        except Exception:
            self.logger.exception("the handler of %s failed", event)
            return False if event == "connect" else None

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Runs it on its own; the loop alone would let it be collected."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- ends ---

    async def drop(self, sid: str, reason: str) -> None:
        """Closes a connection for a reason of ours."""
        if socket := self.sockets.get(sid):
            await socket.close(reason=reason)

    def forget(self, socket: EngineSocket) -> None:
        """The socket has closed."""
        if self.sockets.pop(socket.sid, None) is None:
            return
        self._by_address[socket.address] -= 1
        if not self._by_address[socket.address]:
            del self._by_address[socket.address]
        if socket.why in BY_THIS_SIDE:
            metrics.DROPPED.labels(socket.why).inc()

    async def disconnect(self, sid: str | None = None) -> None:
        sockets = list(self.sockets.values()) if sid is None else [self.sockets[sid]] if sid in self.sockets else []
        await asyncio.gather(*(socket.close(reason=Reason.SERVER_DISCONNECT) for socket in sockets))

    async def shutdown(self) -> None:
        """Lets all go, and waits until they have gone, or their lines were cut."""
        lines = [socket.line for socket in self.sockets.values() if socket.line]
        await self.disconnect()
        await asyncio.gather(*(line.ended() for line in lines))
        await super().shutdown()

    # --- requests ---

    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        environ = self._async["translate_request"](request)
        environ["REMOTE_ADDR"] = self.bounds.remote(request)
        try:
            answer = await self._answer(environ)
        except Unacceptable as refusal:
            answer = _refused(refusal.fault)
        if isinstance(answer, web.StreamResponse):
            return answer
        response: web.StreamResponse = await self._make_response(answer, environ)
        return response

    async def _answer(self, environ: Environ) -> Answer | web.StreamResponse:
        """Raises Unacceptable."""
        origin, allowed = environ.get("HTTP_ORIGIN"), self._cors_allowed_origins(environ)
        if origin and allowed is not None and origin not in allowed:
            raise Unacceptable(FORBIDDEN)
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return _ok()
        asked = Request.of(environ)
        if asked.transport not in self.transports:
            raise Unacceptable(UNKNOWN_TRANSPORT)
        if asked.sid is None:
            self._check_handshake(asked)
            return await self._handle_connect(environ, asked.transport)
        return await self._continue(self._asked_for(asked), asked, environ)

    def _check_handshake(self, asked: Request) -> None:
        if asked.method != "GET":
            raise Unacceptable(BAD_METHOD)
        if asked.version != "4":
            raise Unacceptable(UNKNOWN_VERSION)
        if asked.upgrades != (asked.transport == "websocket"):
            raise Unacceptable(BAD_REQUEST)

    def _asked_for(self, asked: Request) -> EngineSocket:
        socket = self.sockets.get(asked.sid or "")
        if socket is None:
            raise Unacceptable(UNKNOWN_SID)
        transport = "websocket" if socket.upgraded or asked.upgrades else "polling"
        if not socket.connected or asked.transport != transport:
            raise Unacceptable(BAD_REQUEST)
        return socket

    async def _continue(self, socket: EngineSocket, asked: Request, environ: Environ) -> Answer | web.StreamResponse:
        if asked.upgrades:
            return await self._converse(socket, environ)
        try:
            if asked.method == "GET":
                return _ok(await socket.handle_get_request(environ))
            if asked.method == "POST":
                await socket.handle_post_request(environ)
        except InvalidPacket:
            await socket.close(reason=Reason.INVALID_PACKET)
        if asked.method != "POST" or socket.why == Reason.INVALID_PACKET:
            raise Unacceptable(BAD_REQUEST)
        return _ok()

    async def _handle_connect(
        self,
        environ: Environ,
        transport: str,
        jsonp_index: int | None = None,  # noqa: ARG002 - python-engineio's signature
    ) -> Answer | web.StreamResponse:
        """A new connection. Raises Unacceptable."""
        socket = self._admit(environ["REMOTE_ADDR"])
        socket.outbox.put(Packet(OPEN, self._handshake(socket.sid, transport)))
        verdict = await self._trigger_event("connect", socket.sid, environ, run_async=False)
        if verdict not in (None, True):
            await socket.close(abort=True)
            raise Unacceptable(FORBIDDEN)
        socket.schedule_ping()
        if transport == "websocket":
            return await self._converse(socket, environ)
        socket.connected = True
        return _ok(await socket.poll())

    def _admit(self, address: str) -> EngineSocket:
        for reason, count, most in (
            ("connections", len(self.sockets), self.bounds.connections),
            ("connections_per_address", self._by_address[address], self.bounds.connections_per_address),
        ):
            if count >= most:
                metrics.TURNED_AWAY.labels(reason).inc()
                raise Unacceptable(FULL)
        socket = EngineSocket(self, self.generate_id(), address)
        self.sockets[socket.sid] = socket
        self._by_address[address] += 1
        return socket

    def _handshake(self, sid: str, transport: str) -> dict[str, object]:
        return {
            "sid": sid,
            "upgrades": self._upgrades(sid, transport),
            "pingInterval": round(self.ping_interval * 1_000),
            "pingTimeout": round(self.ping_timeout * 1_000),
            "maxPayload": self.max_http_buffer_size,
        }

    async def _converse(self, socket: EngineSocket, environ: Environ) -> web.StreamResponse:
        try:
            return socket.converse(environ["aiohttp.request"])
        except web.HTTPException:
            raise Unacceptable(BAD_REQUEST) from None
        finally:
            if not socket.connected:
                await socket.close(abort=True, reason=Reason.TRANSPORT_ERROR)


# --- answers ---------------------------------------------------------------------------------------


def _ok(packets: list[Packet] | None = None) -> Answer:
    text = "ok" if packets is None else encoded_payload(packets)
    headers = [("Content-Type", "text/plain; charset=UTF-8"), ("Cache-Control", "no-store")]
    return {"status": "200 OK", "headers": headers, "response": text.encode()}


def _refused(fault: Fault) -> Answer:
    headers = [("Content-Type", "application/json")]
    if fault.status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "5"))
    body = dumps({"code": fault.code, "message": fault.message})
    return {"status": f"{fault.status.value} {fault.status.phrase}", "headers": headers, "response": body.encode()}
