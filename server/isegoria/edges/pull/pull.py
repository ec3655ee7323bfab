"""One feed that is fetched: who of the replicas fetches it, one attempt after the other, until it is told to end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import aiohttp
import structlog

from isegoria.domain.captions import FLOOR, Feed, StreamText, Wordly
from isegoria.domain.session import Session
from isegoria.domain.values import Instant
from isegoria.edges.pull import streamtext, wordly
from isegoria.edges.pull.hold import Hold
from isegoria.edges.pull.pace import Backoff, Pace, within
from isegoria.edges.pull.tap import NotOurs, Parting, Tap
from isegoria.live.intake import Intake, Link
from isegoria.store.leases import Leases

LOG = structlog.get_logger(__name__)

NAMES = 50
"""How many things that are not known are named in the log."""
LONGEST = 200
"""Of what a service tells, in the log."""
NEW: tuple[Link, str] = ("connecting", "")
FAULT = "Something is wrong with this feed here; the server's log says what."


@dataclass(frozen=True, slots=True)
class Services:
    """What all that is fetched shares. The addresses are the only ones that are ever called."""

    client: aiohttp.ClientSession
    leases: Leases
    holder: str
    wordly_url: str
    streamtext_url: str
    pace: Pace
    named: set[str] = field(default_factory=set)
    """What is not known of a service's protocol is told once."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session that is open on this replica. The functions tell what is true now; `now` is the session's own clock."""

    id: str
    intake: Intake
    session: Callable[[], Session]
    feeds: Callable[[], Sequence[Feed]]
    now: Callable[[], Instant]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be fetched; another one means to connect anew. `reconnects`: how often a person asked for that."""

    intake: Intake
    feed: Feed
    reconnects: int
    sitting: Sitting = field(compare=False)


class Pull:
    """`run` it in a task; `follow` another order, and `end` it."""

    def __init__(self, services: Services, order: Order) -> None:
        self._services, self.order = services, order
        self._backoff = Backoff(services.pace)
        self._moved = asyncio.Event()
        self._over = False
        self._known: tuple[Link, str] = NEW
        """How the last attempt ended, which stands until the next has done better."""
        self._hold = Hold(
            services.leases, order.sitting.id, order.feed.id, services.holder, services.pace, changed=self._moved.set
        )

    def follow(self, order: Order) -> None:
        """Connects anew if the order is another one. What was learnt of failures until then says nothing any more."""
        if order != self.order:
            self.order, self._backoff, self._known = order, Backoff(self._services.pace), NEW
            self._moved.set()

    def end(self) -> None:
        self._over = True
        self._moved.set()

    async def run(self) -> None:
        """Fetches whenever this replica has the lease, until `end`; gives the lease back."""
        try:
            async with asyncio.TaskGroup() as group:
                holding = group.create_task(self._hold.keep())
                await self._fetch_while_ours()
                holding.cancel()
        finally:
            self._link(None)
            await self._hold.release()

    async def _fetch_while_ours(self) -> None:
        while not self._over:
            self._moved.clear()
            if self._hold.ours:
                await within(await self._attempt(), self._moved)
            else:
                self._known = NEW
                self._link(None)
                await self._moved.wait()

    async def _attempt(self) -> float:
        """One connection from first to last. How long to wait before the next."""
        order, backoff = self.order, self._backoff
        tap = Tap(order.intake, order.feed, self._hold, self._services.pace, self._moved)
        self._link(*self._known)
        try:
            parting = await self._fetch(order.feed, tap)
        except NotOurs:
            return 0.0
        except Exception:
            LOG.exception("pull_failed", session=order.sitting.id, feed=order.feed.id)
            parting = Parting(FAULT, refused=True)
        finally:
            tap.disconnect()
        if not self._moved.is_set():
            self._known = "refused" if parting.refused else "connecting", parting.problem
            self._link(*self._known)
            LOG.info("pull_ended", session=order.sitting.id, feed=order.feed.id, reason=parting.problem[:LONGEST])
        return backoff.refused() if parting.refused else backoff.lost(parting.lasted)

    async def _fetch(self, feed: Feed, tap: Tap) -> Parting:
        services = self._services
        match feed.pulled:
            case Wordly() as session:
                return await wordly.attend(
                    services.client, services.wordly_url, session, lambda: self._language(session), tap, self._name
                )
            case StreamText() as event:
                return await streamtext.read(services.client, services.streamtext_url, event, tap)
            case None:
                return Parting()

    def _language(self, wordly: Wordly) -> str:
        """On the floor it is the one that is spoken now, once a person has told it."""
        if self.order.feed.track != FLOOR:
            return wordly.language
        sitting = self.order.sitting
        return sitting.session().spoken_language(sitting.now()) or wordly.language

    def _name(self, unknown: str) -> None:
        named = self._services.named
        if unknown not in named and len(named) < NAMES:
            named.add(unknown)
            LOG.info("pull_not_known", session=self.order.sitting.id, feed=self.order.feed.id, name=unknown)

    def _link(self, link: Link | None, problem: str = "") -> None:
        self.order.intake.link(self.order.feed, link, problem)


async def ended(pull: Pull, running: asyncio.Task[None], patience: float) -> None:
    """Ends a pull: what it is keeping is kept, if that takes no longer than `patience`."""
    pull.end()
    await asyncio.wait([running], timeout=patience)
    running.cancel()
    [fault] = await asyncio.gather(running, return_exceptions=True)
    if isinstance(fault, Exception):
        LOG.error("pull_failed", session=pull.order.sitting.id, feed=pull.order.feed.id, exc_info=fault)
