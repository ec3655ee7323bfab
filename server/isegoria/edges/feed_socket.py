"""Our own feed's WebSocket: `/feeds/SESSION/FEED`, one JSON object per message.

Finals are kept before the next message is read, so that a client that is too fast, or an engine that is away, makes it
wait and loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus

import structlog
from aiohttp import WSCloseCode, WSMessage, WSMsgType, hdrs, web

from isegoria.domain.captions import Caption, Clear, Feed
from isegoria.domain.errors import Refused
from isegoria.edges.gate import AWAY, NOT_STARTED, Answer, Ingest, feed_of
from isegoria.feeds import jsonfeed
from isegoria.live.intake import Intake
from isegoria.store.errors import EngineAway

LOG = structlog.get_logger(__name__)

FIRST_MESSAGE_S = 5.0
SILENT_PINGS = 3
SILENT = b"No sign of life came for too long."
ERRORS_TOLD = 20
"""A client that does not read what is wrong must not make us wait for it."""


async def feed_socket(ingest: Ingest, request: web.Request) -> web.StreamResponse:
    """A feed's connection: its secret as a bearer token or in a first message, then one JSON object per message."""
    session, name = request.match_info["session"], request.match_info["feed"]
    bearer = request.headers.get(hdrs.AUTHORIZATION, "").removeprefix("Bearer ")
    try:
        feed = await feed_of(ingest, request, session, name, bearer) if bearer else None
    except Answer as answer:
        return answer.response()
    socket = web.WebSocketResponse(max_msg_size=jsonfeed.LARGEST, autoping=False, compress=False)
    await socket.prepare(request)
    ingest.sockets.add(socket)
    try:
        feed = feed or await feed_of(ingest, request, session, name, await _first_token(socket))
        intake = ingest.intakes(session)
        if intake is None:
            raise Answer(HTTPStatus.BAD_REQUEST, NOT_STARTED)
        await _Held(ingest, socket, session, intake, feed).run()
    except Answer as answer:
        await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=answer.text.encode())
    except ConnectionError:
        LOG.info("feed_connection_broke", session=session, feed=name)
    finally:
        ingest.sockets.discard(socket)
    return socket


async def _first_token(socket: web.WebSocketResponse) -> str:
    """The secret of a first message `{"token": "..."}`. Raises Answer."""
    try:
        message = await socket.receive(timeout=FIRST_MESSAGE_S)
        return jsonfeed.token(message.data if message.type is WSMsgType.TEXT else b"")
    except (TimeoutError, jsonfeed.Malformed):
        text = 'Send {"token": "..."} with the secret of the feed first.'
        raise Answer(HTTPStatus.FORBIDDEN, text) from None


class _Held:
    """One connection of a feed."""

    def __init__(self, ingest: Ingest, socket: web.WebSocketResponse, session: str, intake: Intake, feed: Feed) -> None:
        self._ingest, self._socket, self._session = ingest, socket, session
        self._intake, self._feed = intake, feed
        self._alive = asyncio.get_running_loop().time()
        self._longest_silence = SILENT_PINGS * ingest.ping_s
        self._number = 0
        self._errors = 0

    async def run(self) -> None:
        """Takes messages until either side ends the connection."""
        if not await self._persist(self._connect):
            return
        pinging = asyncio.create_task(self._ping())
        try:
            async for message in self._socket:
                silent_s, self._alive = self._silent_s(), asyncio.get_running_loop().time()
                if silent_s >= self._longest_silence and await self._is_overtaken():
                    await self._socket.close(code=WSCloseCode.GOING_AWAY, message=SILENT)
                    return
                if self._ingest.intakes(self._session) is not self._intake:
                    # The session was read afresh, or has gone to the archive.
                    await self._socket.close(code=WSCloseCode.SERVICE_RESTART, message=b"Connect again.")
                    return
                await self._hear(message)
        finally:
            pinging.cancel()
            self._intake.disconnected(self._feed)

    def _silent_s(self) -> float:
        return asyncio.get_running_loop().time() - self._alive

    async def _connect(self) -> None:
        self._number = await self._intake.connected(self._feed)

    async def _is_overtaken(self) -> bool:
        """Whether, while this server stood still, its feed went elsewhere, and said there what comes of this line."""
        with suppress(EngineAway):
            return (await self._intake.remembered(self._feed)).connection > self._number
        return False

    async def _hear(self, message: WSMessage) -> None:
        match message.type:
            case WSMsgType.PING:
                await self._socket.pong(message.data)
            case WSMsgType.PONG:
                self._intake.alive(self._feed)
            case WSMsgType.TEXT | WSMsgType.BINARY:
                await self._read(message.data)
            case WSMsgType.ERROR:
                self._intake.drop(self._feed, "too large, or no message of the protocol")
            case _:
                pass

    async def _read(self, data: str | bytes) -> None:
        try:
            said = jsonfeed.read(data)
        except jsonfeed.Malformed as wrong:
            self._intake.drop(self._feed, "malformed")
            self._errors += 1
            if self._errors <= ERRORS_TOLD:
                await self._socket.send_json({"ok": False, "error": {"code": "malformed", "message": str(wrong)}})
            return
        if not await self._ingest.limiter.hit(self._ingest.per_feed, self._session, self._feed.id):
            await asyncio.sleep(1)
        await self._persist(lambda: self._take(said))

    async def _take(self, said: Caption | Clear) -> None:
        await self._intake.take(self._feed, lambda state: (state, [said]), jsonfeed.MODE)

    async def _persist(self, attempt: Callable[[], Awaitable[None]]) -> bool:
        """Asks again while the engine is away, and reads no further meanwhile, so that nothing is lost.

        False, and the end of the connection, when patience runs out.
        """
        for _ in range(self._ingest.patience):
            try:
                await attempt()
            except (EngineAway, Refused):
                await asyncio.sleep(self._ingest.retry_s)
            else:
                return True
        self._intake.drop(self._feed, "engine away")
        await self._socket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=AWAY.encode())
        return False

    async def _ping(self) -> None:
        asked = self._intake.reconnects(self._feed)
        with suppress(ConnectionError):
            while self._silent_s() < self._longest_silence:
                await asyncio.sleep(self._ingest.ping_s)
                if self._intake.reconnects(self._feed) != asked:
                    await self._socket.close(code=WSCloseCode.SERVICE_RESTART, message=b"Connect again.")
                    return
                await self._socket.ping()
            await self._socket.close(code=WSCloseCode.GOING_AWAY, message=SILENT)
