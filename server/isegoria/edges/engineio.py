"""Engine.IO 4 over aiohttp, answering what the reference server answers, within bounds.

python-engineio's server with its front replaced: which request is acceptable, and what is said of one that is not.
`tests/edges/test_protocol.py` holds the conformance; `test_replaced.py` notices when a new version moves what is here.
https://github.com/socketio/engine.io-protocol
"""

from __future__ import annotations

import asyncio
import secrets
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Coroutine, Mapping
from functools import partial
from http import HTTPStatus
from types import CoroutineType
from typing import Any, TypeAlias

import engineio
from aiohttp import hdrs, web
from engineio.packet import OPEN, Packet

from isegoria.edges import metrics
from isegoria.edges.asked import (
    BAD_METHOD,
    BAD_REQUEST,
    FORBIDDEN,
    FULL,
    UNKNOWN_SID,
    UNKNOWN_TRANSPORT,
    UNKNOWN_VERSION,
    Environ,
    Fault,
    Request,
    Unacceptable,
)
from isegoria.edges.bounds import Bounds
from isegoria.edges.outbox import InvalidPacket, encoded_payload
from isegoria.edges.packets import dumps
from isegoria.edges.pulse import Delay
from isegoria.edges.reception import GREETERS, Greeter, Handshake
from isegoria.edges.transport import EngineSocket, Reason
from isegoria.edges.turnstile import Turnstile
from isegoria.edges.websocket import TakenOver, accept

Answer: TypeAlias = dict[str, Any]

WELCOME = (None, True)
"""What the handler of new connections answers if it lets one in."""
ID_BYTES, IDS_AT_ONCE = 15, 256
BY_THIS_SIDE = {Reason.PING_TIMEOUT, Reason.INVALID_PACKET, Reason.TOO_SLOW, Reason.NO_CONNECT}


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
        self.leaving = Turnstile()
        self._by_address: Counter[str] = Counter()
        self._random: list[bytes] = []
        self._openings: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def attach(self, app: web.Application, engineio_path: str = "engine.io") -> None:
        """Every method comes here, as the reference refuses the unknown ones in its own words."""
        path = f"/{engineio_path.strip('/')}/"
        app.router.add_route("*", path, self.handle_request)
        known: Mapping[str, Greeter] = app.get(GREETERS, {})
        app[GREETERS] = {**known, path: self}

    def create_queue(self, *_: object, **__: object) -> None:
        """None: a connection has its outbox."""

    def generate_id(self) -> str:
        """120 random bits, asked of the operating system for many at once: each call of it is 2 us."""
        if not self._random:
            fresh = secrets.token_bytes(ID_BYTES * IDS_AT_ONCE)
            self._random = [fresh[at : at + ID_BYTES] for at in range(0, len(fresh), ID_BYTES)]
        return urlsafe_b64encode(self._random.pop()).decode()

    async def _trigger_event(self, event: str, *args: Any, **_: object) -> Any:
        """What the handler answers, without making a task or asking what kind of function it is. None if it failed."""
        try:
            answer = self.handlers[event](*args) if event in self.handlers else None
            return await answer if isinstance(answer, CoroutineType) else answer
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

    async def fetched(self) -> None:
        """Waits until all who poll have come for what waits for them, a second at most."""
        for _ in range(50):
            if not any(len(one.outbox) and not one.upgraded for one in self.sockets.values()):
                return
            await asyncio.sleep(0.02)

    async def shutdown(self) -> None:
        """Lets all go, and waits until they have gone, or their lines were cut."""
        lines = [socket.line for socket in self.sockets.values() if socket.line]
        await self.disconnect()
        await asyncio.gather(*(line.ended() for line in lines))
        await super().shutdown()

    # --- who comes by WebSocket ---

    def greet(self, asked: Handshake) -> bool:
        """As `handle_request`; it is left to that to say what is against it, and to count it."""
        address = self.bounds.remote(asked)
        if not self._may_come_from(asked.headers) or self._full(address):
            return False
        socket = self._enrol(address)
        if _at_once(self._trigger_event("connect", socket.sid, {"REMOTE_ADDR": address})) not in WELCOME:
            self.forget(socket)
            return False
        socket.schedule_ping()
        line = socket.converse(asked.accept)
        socket.put(self._opening(socket.sid, "websocket"))
        asked.go_on(line)
        return True

    def _may_come_from(self, headers: Mapping[str, str]) -> bool:
        if hdrs.ORIGIN not in headers:
            return True
        environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        environ["wsgi.url_scheme"] = environ.get("HTTP_X_FORWARDED_PROTO", "http")
        return self._is_allowed(environ)

    def _is_allowed(self, environ: Environ) -> bool:
        origin, allowed = environ.get("HTTP_ORIGIN"), self._cors_allowed_origins(environ)
        return not origin or allowed is None or origin in allowed

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
        if not self._is_allowed(environ):
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
        address = environ["REMOTE_ADDR"]
        if reason := self._full(address):
            metrics.TURNED_AWAY.labels(reason).inc()
            raise Unacceptable(FULL)
        socket = self._enrol(address)
        socket.outbox.put(self._opening(socket.sid, transport))
        if await self._trigger_event("connect", socket.sid, environ) not in WELCOME:
            await socket.close(abort=True)
            raise Unacceptable(FORBIDDEN)
        socket.schedule_ping()
        if transport == "websocket":
            return await self._converse(socket, environ)
        socket.connected = True
        return _ok(await socket.poll())

    def _full(self, address: str) -> str | None:
        """Why there is no room for one more from there, if so."""
        if len(self.sockets) >= self.bounds.connections:
            return "connections"
        return "connections_per_address" if self._by_address[address] >= self.bounds.connections_per_address else None

    def _enrol(self, address: str) -> EngineSocket:
        socket = EngineSocket(self, self.generate_id(), address)
        self.sockets[socket.sid] = socket
        self._by_address[address] += 1
        return socket

    def _opening(self, sid: str, transport: str) -> Packet:
        """All of it but the sid is the same for all."""
        if (rest := self._openings.get(transport)) is None:
            told = {
                "upgrades": ["websocket"] if transport == "polling" and self.allow_upgrades else [],
                "pingInterval": round(self.ping_interval * 1_000),
                "pingTimeout": round(self.ping_timeout * 1_000),
                "maxPayload": self.max_http_buffer_size,
            }
            rest = self._openings[transport] = dumps(told)[1:]
        return Packet(OPEN, f'{{"sid":"{sid}",{rest}')

    async def _converse(self, socket: EngineSocket, environ: Environ) -> web.StreamResponse:
        try:
            socket.converse(partial(accept, environ["aiohttp.request"]))
            return TakenOver()
        except web.HTTPException:
            raise Unacceptable(BAD_REQUEST) from None
        finally:
            if not socket.connected:
                await socket.close(abort=True, reason=Reason.TRANSPORT_ERROR)


def _at_once(answer: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine that waits for nothing returns."""
    try:
        answer.send(None)
    except StopIteration as end:
        return end.value
    answer.close()
    raise RuntimeError("whoever is told of a new connection must not wait")


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
