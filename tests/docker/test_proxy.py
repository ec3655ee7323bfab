"""The shipped proxy as a plain process, before two replicas."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from isegoria.store.engine import Engine, open_engine
from isegoria.store.transcript import Transcript
from tests.docker.engines import SHIPPED, until
from tests.docker.proxied import HAPROXY, House, certificate, needs_the_proxy, proxied
from tests.faults.processes import engine_process
from tests.serving import connected, prepare

pytestmark = needs_the_proxy


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    async with open_engine(tmp_path) as opened:
        yield opened


@pytest.fixture
async def house(tmp_path: Path, engine: Engine) -> AsyncIterator[House]:
    async with proxied(tmp_path) as started:
        yield started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def visited(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One for all who only visit it."""
    data = tmp_path_factory.mktemp("visited")
    async with open_engine(data), proxied(data) as started:
        yield started


visiting = pytest.mark.asyncio(loop_scope="module")


def test_the_configuration_is_accepted_without_a_warning(tmp_path: Path) -> None:
    assert HAPROXY
    told = {**os.environ, "CERTIFICATE": str(certificate(tmp_path))}
    command = [HAPROXY, "-dW", "-c", "-f", str(SHIPPED / "haproxy.cfg")]
    checked = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


@visiting
async def test_all_is_by_TLS_and_what_is_for_the_operator_stays_inside(visited: House) -> None:
    async with visited.client() as http:
        async with http.get(f"{visited.plain_url}/s/x/attendee?a=b", allow_redirects=False) as answer:
            assert answer.status == HTTPStatus.PERMANENT_REDIRECT
            assert answer.headers["Location"].startswith("https://localhost")
        for path in ("/metrics", "/healthz", "/readyz"):
            async with http.get(f"{visited.url}{path}") as answer:
                assert answer.status == HTTPStatus.NOT_FOUND, path
        async with http.get(f"{visited.url}/api/openapi.json") as answer:
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
            assert "Set-Cookie" not in answer.headers


@visiting
async def test_long_polling_stays_where_it_began(visited: House) -> None:
    """By a cookie that no script reads and no other site sends, or by the address."""
    handshake = f"{visited.url}/socket.io/?EIO=4&transport=polling"
    async with visited.client(aiohttp.CookieJar()) as http, http.get(handshake) as answer:
        cookie = answer.headers["Set-Cookie"]
        assert {"HttpOnly", "Secure", "SameSite=Strict", "path=/"} <= set(cookie.split("; "))
        assert answer.headers["Cache-Control"].startswith("no-store") or "private" in answer.headers["Cache-Control"]
    for jar in (aiohttp.CookieJar, aiohttp.DummyCookieJar):
        for _ in range(6):
            async with visited.client(jar()) as http:
                async with http.get(handshake) as answer:
                    sid = (await answer.text()).split('"sid":"')[1].split('"')[0]
                async with http.post(f"{handshake}&sid={sid}", data='40{"session":"s1"}') as answer:
                    assert answer.status == HTTPStatus.OK, await answer.text()


@visiting
async def test_an_address_that_a_visitor_claims_counts_for_nothing(visited: House) -> None:
    async with open_engine(visited.replicas[0].data) as engine:
        session = await prepare(engine)
    query = {"id": session.id, "ns": "floor-feed", "expire": "1", "sparams": "id,ns,expire", "signature": "wrong"}
    answers = []
    async with visited.client() as http:
        for number in range(70):
            claimed = {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"}
            async with http.post(f"{visited.url}/closedcaption", params=query, headers=claimed, data="x") as answer:
                answers.append(answer.status)
    assert answers[0] == HTTPStatus.FORBIDDEN
    assert answers[-1] == HTTPStatus.TOO_MANY_REQUESTS


async def test_a_feed_whose_request_lasts_is_passed_on_as_it_comes(house: House, engine: Engine) -> None:
    session = await prepare(engine)
    async with connected(f"http://127.0.0.1:{house.replicas[0].port}", "s1", session.tokens["mia"]) as mia:
        await mia.until("view", lambda view: view["state"] == "open")
        assert (await mia.command("1", "start_session"))["ok"]
        await mia.until("view", lambda view: view["state"] == "live")

    async def cues() -> AsyncIterator[bytes]:
        """The second comes when the first is kept, and the request ends when both are."""
        yield b"WEBVTT\n\n00:01.000 --> 00:03.000\nThank you, Chair.\n\n00:04"
        await until(lambda: _kept(engine, "Thank you, Chair."))
        yield b".000 --> 00:05.000\nGood morning.\n\n"
        await until(lambda: _kept(engine, "Thank you, Chair.", "Good morning."))

    url = f"{house.url}/feeds/s1/floor-feed/webvtt?key={session.secrets['floor-feed']}"
    async with house.client() as http, http.post(url, data=cues()) as answer:
        assert answer.status == HTTPStatus.OK, await answer.text()


async def _kept(engine: Engine, *texts: str) -> bool:
    return [segment.text for segment in await Transcript(engine).read("s1", "en")] == list(texts)


async def test_pages_are_served_while_the_store_is_away(house: House, tmp_path: Path) -> None:
    def told(what: str) -> bool:
        return what in (tmp_path / "proxy.log").read_text()

    async def page() -> int:
        async with house.client() as http, http.get(f"{house.url}/api/openapi.json") as answer:
            return answer.status

    os.kill(engine_process(tmp_path), signal.SIGSTOP)
    try:
        await until(lambda: told("backend ready has no server available"))
        assert await page() == HTTPStatus.OK
    finally:
        os.kill(engine_process(tmp_path), signal.SIGCONT)
    await until(lambda: told("Server ready/a is UP"))
    assert await page() == HTTPStatus.OK


async def test_who_is_on_a_replica_that_dies_is_served_by_the_other(house: House) -> None:
    await house.replicas[0].killed()
    answers = []
    async with house.client() as http:
        for _ in range(20):
            async with http.get(f"{house.url}/api/openapi.json") as answer:
                answers.append(answer.status)
            await asyncio.sleep(0)
    assert set(answers) == {HTTPStatus.OK}
