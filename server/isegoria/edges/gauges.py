"""What `/metrics` tells of this moment: looked up when it is asked for, so that nothing is kept of what is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from isegoria.domain.values import SessionState
from isegoria.edges.engineio import EngineServer
from isegoria.live.house import House
from isegoria.live.venue import Venue
from isegoria.store.engine import Engine

FEED_STATES = ("ok", "silent", "muted", "never")
OVER = SessionState.CLOSED


@dataclass(frozen=True)
class Gauges(Collector):
    house: House
    sockets: EngineServer
    engine: Engine

    def collect(self) -> Iterator[GaugeMetricFamily]:
        house = self.house
        yield _one("isegoria_ready", "Whether this replica may take traffic", not house.unready())
        yield _one(
            "isegoria_stream_lag_seconds",
            "Since this replica last had all that the engine has; up to 2 s while nothing happens",
            house.follower.behind_s(),
        )
        yield _one(
            "isegoria_clock_behind_seconds",
            "How far this replica's clock is behind the engine's, by the last reading",
            house.clock.behind() / 1_000,
        )
        free = self.engine.free_space()
        if free is not None:
            yield _one("isegoria_engine_disk_free_bytes", "Free on the disk of the embedded engine", free)
        yield self._connections()
        yield from _sessions(house.venues())
        yield from _feeds([venue for venue in house.venues() if venue.hall.session.state is not OVER])

    def _connections(self) -> GaugeMetricFamily:
        found = Counter("websocket" if one.upgraded else "polling" for one in self.sockets.sockets.values())
        family = GaugeMetricFamily("isegoria_connections", "Open connections", labels=["transport"])
        for transport in ("websocket", "polling"):
            family.add_metric([transport], found[transport])
        return family


def _one(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


def _sessions(venues: list[Venue]) -> Iterator[GaugeMetricFamily]:
    states = Counter(venue.hall.session.state for venue in venues)
    family = GaugeMetricFamily("isegoria_sessions", "Sessions that this replica holds", labels=["state"])
    for state in SessionState:
        family.add_metric([state], states[state])
    yield family
    makings = [making for venue in venues for making in venue.attendance.makings]
    family = GaugeMetricFamily("isegoria_exports", "Files that are asked for just now", labels=["stage"])
    family.add_metric(["running"], sum(making.began is not None for making in makings))
    family.add_metric(["waiting"], sum(making.began is None for making in makings))
    yield family


def _feeds(venues: list[Venue]) -> Iterator[GaugeMetricFamily]:
    """As all replicas together see them, so that each replica tells the same."""
    which = ["session", "track", "feed"]
    state = GaugeMetricFamily("isegoria_feed_state", "1 for the state that a feed is in", labels=[*which, "state"])
    delay = GaugeMetricFamily("isegoria_feed_delay_seconds", "From its newest receipt to readers", labels=which)
    last = GaugeMetricFamily("isegoria_feed_last_received_timestamp_seconds", "Its newest receipt", labels=which)
    for venue in venues:
        for feed in venue.status.feeds if venue.status else ():
            for track in feed.tracks:
                labels = [venue.id, track, feed.feed]
                for one in FEED_STATES:
                    state.add_metric([*labels, one], one == feed.state)
                if feed.delay is not None:
                    delay.add_metric(labels, feed.delay / 1_000)
                if feed.last_at is not None:
                    last.add_metric(labels, feed.last_at / 1_000)
    yield from (state, delay, last)


def routes(gauges: Gauges) -> list[web.AbstractRouteDef]:
    registry = CollectorRegistry()
    registry.register(gauges)

    async def metrics(_: web.Request) -> web.Response:
        body = generate_latest(REGISTRY) + generate_latest(registry)
        return web.Response(body=body, headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})

    return [web.get("/metrics", metrics)]
