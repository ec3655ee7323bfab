"""Reading a StreamText event, about once a second. Its answers are read in feeds/streamtext_pull.py.

There is no connection to be lost: what a failed question would have brought comes with the next one. So the feed counts
as connected as long as answers do not fail for too long.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import aiohttp

from isegoria.domain.captions import Caption, StreamText
from isegoria.domain.revisions import FeedState
from isegoria.edges.pull.pace import Backoff, within
from isegoria.edges.pull.tap import Parting, Tap
from isegoria.feeds import streamtext_pull as pulled
from isegoria.feeds.streamtext_pull import Answer, Asked

AWAY = "StreamText cannot be reached."
UNREADABLE = "StreamText answers with something that is no caption."
FULL = 4
"""After an answer that is full the next is asked for so many times sooner."""
_OURS = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
"""Refusals that a little patience may end."""


class Refusal(Exception):
    """An answer that will hardly be another one soon."""


async def read(client: aiohttp.ClientSession, url: str, event: StreamText, tap: Tap) -> Parting:
    """Reads until `tap.moved`, or no answer comes for too long. Raises NotOurs."""
    return await _Reading(client, url, event, tap).run()


class _Reading:
    def __init__(self, client: aiohttp.ClientSession, url: str, event: StreamText, tap: Tap) -> None:
        self._client, self._url, self._event, self._tap = client, url, event, tap
        self._answered = tap.pace.clock()
        self._last: int | None = None

    async def run(self) -> Parting:
        self._last = (await self._tap.remembered()).seq
        backoff = Backoff(self._tap.pace)
        while True:
            try:
                wait = await self._ask()
            except Refusal as refusal:
                return Parting(str(refusal), refused=True, lasted=self._tap.lasted)
            except (aiohttp.ClientError, OSError, TimeoutError, pulled.Malformed) as error:
                told = self._told(error)
                if self._tap.pace.clock() - self._answered >= self._tap.pace.answer or not self._tap.connected:
                    return Parting(told, lasted=self._tap.lasted)
                wait = backoff.lost()
            else:
                backoff = Backoff(self._tap.pace)
            if await within(wait, self._tap.moved):
                return Parting(lasted=self._tap.lasted)

    async def _ask(self) -> float:
        """Asks for what is new, and keeps it. How long to wait before the next question."""
        asked = Asked(self._last)
        answer = await self._answer(asked)
        self._answered = self._tap.pace.clock()
        await self._tap.connect()
        if not answer.is_idle and (answer.content or answer.position != self._last):
            await self._take(asked, answer)
        self._tap.intake.alive(self._tap.feed)
        return self._tap.pace.poll / (FULL if len(answer.content) >= pulled.LENGTH else 1)

    async def _answer(self, asked: Asked) -> Answer:
        """Raises Refusal, Malformed, and how connections fail."""
        async with (
            asyncio.timeout(self._tap.pace.answer),
            self._client.get(self._url, params=asked.query(self._event), allow_redirects=False) as response,
        ):
            body = await _bounded(response)
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status in _OURS:
            raise aiohttp.ClientError(response.status)
        if response.status not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND):
            raise Refusal(f"StreamText answers with {response.status}. Check the name of the event.")
        return pulled.read(body)

    async def _take(self, asked: Asked, answer: Answer) -> None:
        at = self._last

        def step(state: FeedState) -> tuple[FeedState, list[Caption]]:
            nonlocal at
            state, captions = pulled.accept(state, asked, answer)
            at = state.seq
            return state, captions

        await self._tap.take(step, pulled.MODE)
        self._last = at

    def _told(self, error: Exception) -> str:
        if isinstance(error, pulled.Malformed):
            self._tap.intake.drop(self._tap.feed, str(error))
            return UNREADABLE
        return AWAY


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    """The body, of one that is too large a little more than is allowed."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > pulled.LARGEST:
            break
    return bytes(body)
