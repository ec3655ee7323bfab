"""One connection to Wordly, for one language. What is said there is read in feeds/wordly.py."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

import aiohttp
from aiohttp import WSMessage, WSMsgType

from isegoria.domain.captions import Caption, Wordly
from isegoria.edges.pull.client import Redirected
from isegoria.edges.pull.pace import within
from isegoria.edges.pull.tap import Parting, Tap
from isegoria.feeds import wordly
from isegoria.feeds.wordly import Problem, SessionEnded, Status

LARGEST_FRAME = 8 * 1024 * 1024
"""Bytes that are taken in at once. A phrase that is spoken is long: wav bytes, written as numbers."""
CLOSE_S = 1.0

Named: TypeAlias = Callable[[str], None]

NO_CODE = "Give the code of the Wordly session: under Captions, or with isegoria captions wordly SESSION CODE."
AWAY = "Wordly cannot be reached."
NO_ANSWER = "Wordly does not answer."
LOST = "The connection to Wordly was lost."
ENDED = "The Wordly session has ended. Start it again, or give the code of another one."
REFUSED = "Wordly does not let us in. Check code and passcode."


async def attend(
    client: aiohttp.ClientSession, url: str, session: Wordly, language: Callable[[], str], tap: Tap, name: Named
) -> Parting:
    """Attends until the connection ends, or `tap.moved`. `language` tells in which one, and is followed.

    `name` is told what is not known of Wordly's protocol. Raises NotOurs.
    """
    if not session.code:
        tap.intake.link(tap.feed, "refused", NO_CODE)
        await tap.moved.wait()
        return Parting()
    try:
        async with asyncio.timeout(tap.pace.answer):
            socket = await client.ws_connect(
                url,
                autoping=False,
                max_msg_size=LARGEST_FRAME,
                timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_S),
            )
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return Parting(f"{AWAY} {_why(error)}")
    try:
        return await _Attending(socket, session, language, tap, name).run()
    except ConnectionError:
        return Parting(LOST, lasted=tap.lasted)
    finally:
        await socket.close()


def _why(error: Exception) -> str:
    if isinstance(error, aiohttp.WSServerHandshakeError):
        return f"It answers with {error.status}."
    return str(error) if isinstance(error, Redirected) else "We try again."


class _Attending:
    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        session: Wordly,
        language: Callable[[], str],
        tap: Tap,
        name: Named,
    ) -> None:
        self._socket, self._session, self._language = socket, session, language
        self._tap, self._name = tap, name
        self._asked = language()
        self._opened = self._heard = tap.pace.clock()
        self._busy = False
        """While something is being kept nothing is heard, which is no silence of Wordly's."""
        self._parting: Parting | None = None
        self._troubled = False

    async def run(self) -> Parting:
        tending = asyncio.create_task(self._tend())
        try:
            await self._socket.send_str(wordly.connect(self._session, self._asked))
            while self._parting is None:
                message = await self._socket.receive()
                if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
                    break
                await self._hear(message)
        finally:
            tending.cancel()
        return self._parting or Parting(LOST if self._tap.connected else NO_ANSWER, lasted=self._tap.lasted)

    # --- what is heard -------------------------------------------------------------------------------

    async def _hear(self, message: WSMessage) -> None:
        self._busy = True
        match message.type:
            case WSMsgType.PING:
                await self._socket.pong(message.data)
            case WSMsgType.TEXT | WSMsgType.BINARY:
                await self._read(message.data)
            case WSMsgType.ERROR:
                self._tap.intake.drop(self._tap.feed, "too large, or no message of the protocol")
            case _:
                pass
        if self._tap.connected:
            self._tap.intake.alive(self._tap.feed)
        self._busy, self._heard = False, self._tap.pace.clock()

    async def _read(self, data: str | bytes) -> None:
        try:
            read = wordly.read(data)
        except wordly.Malformed as wrong:
            self._tap.intake.drop(self._tap.feed, str(wrong))
            return
        for unknown in read.unknown:
            self._name(unknown)
        match read.said:
            case Caption() as caption:
                await self._take(caption)
            case Status(success=True):
                await self._tap.connect()
            case Status(message=why):
                self._parting = Parting(why or REFUSED, refused=True)
            case SessionEnded():
                self._parting = Parting(ENDED, refused=True)
            case Problem(message=what):
                self._trouble(what)
            case None:
                pass

    async def _take(self, caption: Caption) -> None:
        """A phrase says that we attend, whether a status came or not, and that what troubled Wordly is over."""
        await self._tap.connect()
        if self._troubled:
            self._troubled = False
            self._tap.intake.link(self._tap.feed, "connected")
        await self._tap.take(lambda state: (state, [caption]), wordly.MODE)

    def _trouble(self, what: str) -> None:
        if self._tap.connected:
            self._troubled = True
            self._tap.intake.link(self._tap.feed, "connected", what)
        else:
            self._parting = Parting(what or REFUSED, refused=True)

    # --- meanwhile -----------------------------------------------------------------------------------

    async def _tend(self) -> None:
        """Asks for signs of life, follows the language, and ends what should end."""
        pinged = self._opened
        with suppress(ConnectionError):
            while not await within(self._tap.pace.look, self._tap.moved):
                if self._is_dead():
                    await self._socket.close()
                    return
                if self._tap.connected:
                    await self._follow_language()
                if self._tap.pace.clock() - pinged >= self._tap.pace.ping:
                    pinged = self._tap.pace.clock()
                    await self._socket.ping()
            self._parting = Parting(lasted=self._tap.lasted)
            await self._socket.send_str(wordly.disconnect())
            await self._socket.close()

    def _is_dead(self) -> bool:
        now, pace = self._tap.pace.clock(), self._tap.pace
        if not self._tap.connected and now - self._opened >= pace.answer:
            return True
        return not self._busy and now - self._heard >= pace.silence

    async def _follow_language(self) -> None:
        language = self._language()
        if language != self._asked:
            self._asked = language
            await self._socket.send_str(wordly.change(language))
