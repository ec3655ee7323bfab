"""The caption endpoints of two servers of one session, on a real engine, with a real client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, web
from aiohttp.test_utils import TestServer
from yarl import URL

from isegoria.domain.session import Session
from isegoria.edges.ingest import Ingest, routes
from isegoria.store.engine import Engine
from isegoria.store.errors import EngineAway
from isegoria.store.links import FeedSecrets
from isegoria.store.transcript import Transcript
from tests.live.stage import FLOOR, Replica, Stage, staged


@dataclass
class House:
    """Two servers of one session, a client, and the secret of the feed that is used."""

    stage: Stage
    replicas: list[Replica]
    servers: list[TestServer]
    client: ClientSession
    secret: str

    def address(self, query: dict[str, str] | None = None, server: int = 0) -> URL:
        """The caption address, as the organiser pastes it, on one of the servers."""
        parts = {"id": "s", "ns": FLOOR.id, "expire": "1", "sparams": "id,ns,expire", "signature": self.secret}
        return self.servers[server].make_url("/closedcaption").with_query({**parts, **(query or {})})

    async def post(self, seq: int | str, body: str | bytes, server: int = 0, **query: str) -> tuple[int, str]:
        async with self.client.post(self.address({"seq": str(seq), **query}, server), data=body) as answer:
            return answer.status, await answer.text()

    async def send(self, path: str, body: str | bytes, query: dict[str, str], server: int = 0) -> tuple[int, str]:
        """A post to any path of one of the servers."""
        async with self.client.post(self.servers[server].make_url(path).with_query(query), data=body) as answer:
            return answer.status, await answer.text()

    async def last(self) -> str:
        address = self.address()
        async with self.client.get(address.with_path("/closedcaption/seq").with_query(address.query)) as answer:
            assert answer.status == 200
            return await answer.text()

    async def texts(self) -> list[str]:
        return [segment.text for segment in await self.stage.kept() if segment.text]

    @asynccontextmanager
    async def socket(self, secret: str | None = None, server: int = 0) -> AsyncIterator[ClientWebSocketResponse]:
        url = self.servers[server].make_url(f"/feeds/s/{FLOOR.id}")
        headers = {"Authorization": f"Bearer {secret or self.secret}"} if secret != "" else {}
        async with self.client.ws_connect(url, headers=headers) as socket:
            yield socket


@asynccontextmanager
async def housed(
    engine: Engine, session: Session | None = None, kind: type[TestServer] = TestServer, **settings: object
) -> AsyncIterator[House]:
    async with staged(engine, session) as (stage, *replicas):
        secrets = FeedSecrets(engine)
        secret = await secrets.create_feed("s", FLOOR.id, FLOOR.model_dump(exclude={"id"}))
        servers = [await _served(secrets, stage, replica, kind, settings) for replica in replicas]
        try:
            async with ClientSession() as client:
                yield House(stage, replicas, servers, client, secret)
        finally:
            for server in servers:
                await server.close()


class Patient(TestServer):
    """As the running server: a request is not given up because its sender has gone."""

    async def _make_runner(self, **settings: Any) -> web.BaseRunner:
        return await super()._make_runner(**{**settings, "handler_cancellation": False})


async def _served(
    secrets: FeedSecrets, stage: Stage, replica: Replica, kind: type[TestServer], settings: dict[str, object]
) -> TestServer:
    def intake(session: str) -> object:
        return {stage.session.id: replica.intake}.get(session)

    app = web.Application()
    ingest = Ingest(secrets, intake, lambda: stage.now, lambda request: request.remote or "", **settings)  # type: ignore[arg-type]
    app.add_routes(routes(ingest))
    app.on_shutdown.append(ingest.hang_up)
    server = kind(app)
    await server.start_server()
    return server


class Away(Transcript):
    """A store whose answers get lost, some times, after it did what was asked."""

    def __init__(self, engine: Engine, times: int) -> None:
        super().__init__(engine)
        self.times = times

    async def accept(self, *asked: object) -> dict[str, list[int]] | None:
        done = await super().accept(*asked)  # type: ignore[arg-type]
        self.times -= 1
        if self.times >= 0:
            raise EngineAway("lost on the way")
        return done


class Gone(Transcript):
    """A store that answers nothing."""

    async def feed_state(self, *_: object) -> tuple[int, bytes]:
        raise EngineAway("gone")
