"""The composition root: the only file that knows everything. It wires one replica, and runs it until told to stop."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import socketio
import structlog
from aiohttp import web

from isegoria import garbage, logs
from isegoria.edges import (
    caption_control,
    contributions,
    exports,
    gauges,
    held,
    http,
    ingest,
    metrics,
    pages,
    problems,
    reception,
    socket,
    statistics,
    transcripts,
)
from isegoria.edges.auth import Door
from isegoria.edges.bounds import Asker, Bounds
from isegoria.edges.measured import Measured
from isegoria.edges.pull import Addresses, Pace, Pulls, Sitting
from isegoria.edges.workshop import Workshop
from isegoria.live.clock import EngineClock
from isegoria.live.house import House
from isegoria.live.intake import Intake
from isegoria.live.venue import Venue
from isegoria.settings import Network, Settings
from isegoria.store.engine import Engine, open_engine
from isegoria.store.files import Files
from isegoria.store.leases import Leases
from isegoria.store.links import FeedSecrets, Links
from isegoria.store.people import PeopleStore
from isegoria.store.transcript import Transcript

LOG = structlog.get_logger(__name__)

DRAIN_S = 3.0
STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class Running:
    """A replica that takes traffic at `url`."""

    url: str
    engine: Engine
    house: House
    stopped: asyncio.Event


async def serve(settings: Settings) -> None:
    """Runs one replica until SIGTERM or SIGINT."""
    async with running(settings) as replica:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, replica.stopped.set)
        garbage.spare_what_stays()
        LOG.info("serving", url=replica.url, promise=await replica.engine.promise())
        await replica.stopped.wait()
        LOG.info("stopping")


@asynccontextmanager
async def running(settings: Settings, pace: Pace | None = None) -> AsyncIterator[Running]:
    """One replica, taking traffic until the block is left. Raises EngineUnusable, EngineAway, OSError."""
    async with open_engine(settings.data, settings.engine_url) as engine:
        clock = EngineClock()
        sio = socket.server(list(settings.allowed_origins), _bounds(settings))
        sockets = socket.Sockets(sio, clock)
        house = House(engine, Measured(sockets, clock), clock)
        house.on_decision = lambda session, decision: metrics.decided(session, decision, clock.now())
        engine.on_answer = metrics.ENGINE.observe
        living, watching = asyncio.create_task(house.run()), asyncio.create_task(metrics.watch_loop())
        try:
            await _opened(house, living)
            door = Door(house, Links(engine))
            sockets.open(door)
            app = _application(settings, sio, engine, house, door, clock)
            async with _listening(app, settings.host, settings.port, sockets) as url:
                stopped = asyncio.Event()
                # Without its house a replica holds nothing live: it stops, and whoever runs it starts it again.
                living.add_done_callback(lambda _: stopped.set())
                async with _pulling(settings, house, engine, pace):
                    yield Running(url, engine, house, stopped)
        finally:
            watching.cancel()
            living.cancel()
            with suppress(asyncio.CancelledError):
                await living
            await sio.shutdown()


async def _opened(house: House, living: asyncio.Task[None]) -> None:
    """Waits until all sessions are open, or raises what kept them from it."""
    opened = asyncio.create_task(house.opened.wait())
    await asyncio.wait([opened, living], return_when=asyncio.FIRST_COMPLETED)
    opened.cancel()
    if living.done():
        await living


def _application(
    settings: Settings, sio: socketio.AsyncServer, engine: Engine, house: House, door: Door, clock: EngineClock
) -> web.Application:
    app = web.Application(middlewares=[pages.policy, problems.problems])

    def intakes(session: str) -> Intake | None:
        venue = house.here(session)
        return venue.intake if venue else None

    captions = ingest.Ingest(FeedSecrets(engine), intakes, clock.now, remote_of(settings.trusted_proxies))
    app.add_routes(http.routes(http.Api(house, door, Transcript(engine))))
    app.add_routes(gauges.routes(gauges.Gauges(house, sio.eio, engine)))
    app.add_routes(caption_control.routes(caption_control.Control(engine, door)))
    glances = Workshop()
    given = exports.Exports(door, engine, Workshop(), glances, clock.now)
    app.add_routes(exports.routes(given))
    app.add_routes(held.routes(held.Holding(door, Transcript(engine), engine, glances)))
    app.add_routes(statistics.routes(statistics.Figures(door)))
    handed_in = contributions.Contributions(door, Files(engine), PeopleStore(engine))
    app.add_routes(contributions.routes(handed_in))
    saved = transcripts.Transcripts(door, Transcript(engine), remote_of(settings.trusted_proxies))
    app.add_routes(transcripts.routes(saved))
    app.add_routes(ingest.routes(captions))
    app.add_routes(pages.routes())
    app.on_shutdown.append(captions.hang_up)
    app.on_cleanup.append(lambda _: given.close())
    sio.attach(app)
    return app


@asynccontextmanager
async def _pulling(settings: Settings, house: House, engine: Engine, pace: Pace | None) -> AsyncIterator[None]:
    """The feeds that are fetched; given up first of all, so that another replica takes them at once."""

    def sittings() -> Iterator[Sitting]:
        for venue in house.venues():
            yield _sitting(venue)

    addresses = Addresses(wordly=settings.wordly_url, streamtext=settings.streamtext_url)
    pulls = asyncio.create_task(Pulls(sittings, Leases(engine), addresses, secrets.token_hex(4), pace).run())
    try:
        yield
    finally:
        pulls.cancel()
        with suppress(asyncio.CancelledError):
            await pulls


def _sitting(venue: Venue) -> Sitting:
    return Sitting(venue.id, venue.intake, lambda: venue.hall.session, lambda: venue.feeds, venue.hall.now)


def _bounds(settings: Settings) -> Bounds:
    return Bounds(
        connections=settings.connections,
        connections_per_address=settings.connections_per_address,
        remote=remote_of(settings.trusted_proxies),
    )


def remote_of(trusted: Sequence[Network]) -> Callable[[Asker], str]:
    """Who sent a request: the nearest address that is not a trusted proxy's."""

    def is_trusted(address: str) -> bool:
        try:
            return any(ipaddress.ip_address(address) in network for network in trusted)
        except ValueError:
            return False

    def remote(request: Asker) -> str:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        nearest = request.remote or "unknown"
        while chain and is_trusted(nearest):
            nearest = chain.pop()
        return nearest

    return remote


@asynccontextmanager
async def _listening(app: web.Application, host: str, port: int, sockets: socket.Sockets) -> AsyncIterator[str]:
    """Takes traffic until the block is left; then who is here is told to go elsewhere, where who comes is sent."""
    runner = reception.Runner(
        app,
        access_log=logging.getLogger(logs.ACCESS),
        access_log_class=logs.AccessLog,
        shutdown_timeout=STOP_S,
        handle_signals=False,
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, backlog=4_096)
        await site.start()
        bound = runner.addresses[0][1]
        yield f"http://{'127.0.0.1' if host in ('0.0.0.0', '::', '') else host}:{bound}"  # noqa: S104
        await sockets.say_goodbye(DRAIN_S)
        await site.stop()
        await sockets.let_go()
    finally:
        await runner.cleanup()
