"""Who may feed captions in, and what the caption endpoints share: limits, answers, words."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import WSCloseCode, hdrs, web
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from isegoria.domain.captions import Feed
from isegoria.domain.values import Instant
from isegoria.live.intake import Intake
from isegoria.store.errors import EngineAway
from isegoria.store.links import FeedSecrets

NOT_STARTED = "The session takes captions from the opening of its doors until it is closed."
NOT_KNOWN = "This address is not known. Copy the whole caption address of the feed again."
STOPS = "This server stops. Connect again."
AWAY = "The caption could not be kept just now. Send the same again in some seconds."
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Ingest:
    """What the endpoints need. `intakes` gives a session's intake, None if this server holds no such session.

    `remote` tells a request's address behind proxies. `ping_s`: how often a silent WebSocket is asked for a sign of
    life; three without an answer end the connection. `retry_s`: how soon a caption is tried again while the engine
    is away.
    """

    secrets: FeedSecrets
    intakes: Callable[[str], Intake | None]
    now: Callable[[], Instant]
    remote: Callable[[web.Request], str]
    per_feed: RateLimitItem = field(default_factory=lambda: RateLimitItemPerSecond(50))
    wrong_secrets: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(30))
    limiter: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))
    ping_s: float = 5.0
    retry_s: float = 0.5
    patience: int = 60
    """How often a caption of a WebSocket is tried before the connection is closed."""
    sockets: set[web.WebSocketResponse] = field(default_factory=set)
    streams: dict[tuple[str, str], asyncio.Future[Answer]] = field(default_factory=dict)
    """(session, feed) -> what ends its request that lasts, with the answer to give."""

    async def hang_up(self, _: web.Application) -> None:
        """Ends all connections of feeds, for `on_shutdown`: they come back to another server, or to this one."""
        for ending in self.streams.values():
            ending.set_result(Answer(HTTPStatus.SERVICE_UNAVAILABLE, STOPS))
        self.streams.clear()
        for socket in list(self.sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY, message=STOPS.encode())


class Answer(Exception):
    """An answer other than 200, in words that its reader can act on."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text
        wait = status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
        self.headers = {hdrs.RETRY_AFTER: "2"} if wait else {}

    def response(self) -> web.Response:
        return web.Response(status=self.status, text=self.text, headers=self.headers)


async def feed_of(ingest: Ingest, request: web.Request, session: str, feed: str, secret: str) -> Feed:
    """The feed that a secret is for. Raises Answer; the same for an unknown session as for a wrong secret.

    A right secret is let in however many wrong ones come from the same address, which a whole town hall may share.
    """
    try:
        known = _ID.fullmatch(session) and _ID.fullmatch(feed)
        config = await ingest.secrets.resolve_feed(session, feed, secret) if known else None
    except EngineAway:
        raise Answer(HTTPStatus.SERVICE_UNAVAILABLE, AWAY) from None
    if config is not None:
        return Feed.model_validate({**config, "id": feed})
    if not await ingest.limiter.hit(ingest.wrong_secrets, ingest.remote(request)):
        raise Answer(HTTPStatus.TOO_MANY_REQUESTS, "Too many wrong addresses came from here. Wait a minute.")
    raise Answer(HTTPStatus.FORBIDDEN, NOT_KNOWN)
