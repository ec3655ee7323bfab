"""Exports over HTTP with a real server: made in a process of their own, listed, each tier as it should be."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from isegoria.app import Running
from isegoria.domain.errors import Refused
from isegoria.domain.people import People
from isegoria.domain.values import Tier
from isegoria.edges.workshop import Workshop
from isegoria.report import log
from isegoria.report.making import Material, Wanted
from tests.serving import Consultation, connected, prepare, replica


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    async with replica(tmp_path) as started:
        yield started


@pytest.fixture
async def session(running: Running) -> Consultation:
    return await prepare(running.engine)


@pytest.fixture
async def client(running: Running) -> AsyncIterator[ClientSession]:
    async with ClientSession(running.url) as client:
        yield client


async def get(client: ClientSession, token: str, name: str) -> tuple[int, bytes, str]:
    headers = {"Authorization": f"Bearer {token}"}
    async with client.get(f"/api/sessions/s1/{name}", headers=headers) as answer:
        return answer.status, await answer.read(), answer.headers.get("Content-Disposition", "")


async def test_R4_what_is_given_out_is_listed_with_who_made_it_and_its_hash(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        status, body, name = await get(client, session.tokens["sam"], "record.json?tier=publishable")
        assert (status, name) == (200, 'attachment; filename="isegoria-s1-publishable.json"')
        view = await mia.until("view", lambda view: view["notebook"]["exports"])
        [listed] = view["notebook"]["exports"]
        assert (listed["format"], listed["tier"], listed["by"]) == ("json", "publishable", "Sam Secretary")
        assert (listed["digest"], listed["size"]) == (hashlib.sha256(body).hexdigest(), len(body))


async def test_the_same_record_gives_the_same_bytes(session: Consultation, client: ClientSession) -> None:
    for name in ("record.json", "record.csv", "record.json?tier=publishable"):
        first, second = [await get(client, session.tokens["sam"], name) for _ in range(2)]
        assert first == second


async def test_the_log_that_is_given_out_verifies(session: Consultation, client: ClientSession) -> None:
    _, body, name = await get(client, session.tokens["sam"], "record.jsonl")
    assert log.verify(body).ok
    assert name == 'attachment; filename="isegoria-s1-internal.jsonl"'


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("attendee", "record.json", 403),
        ("ana", "record.json?tier=publishable", 403),
        ("sam", "record.jsonl?tier=publishable", 400),
        ("sam", "record.csv?tier=publishable", 400),
        ("sam", "record.json?tier=secret", 400),
        ("sam", "record.exe", 404),
    ],
)
async def test_what_is_not_given_out_is_refused_and_not_listed(
    running: Running, session: Consultation, client: ClientSession, who: str, name: str, status: int
) -> None:
    assert (await get(client, session.tokens[who], name))[0] == status
    venue = running.house.here("s1")
    assert venue
    assert venue.hall.session.notebook.exports == ()


async def test_a_workshop_that_died_is_opened_again() -> None:
    workshop = Workshop()
    wanted, material = Wanted("jsonl", Tier.INTERNAL), Material("s", [b"{}"], People(), {})
    try:
        assert await workshop.make(wanted, material)
        assert workshop._pool
        [child] = workshop._pool._processes
        os.kill(child, signal.SIGKILL)
        with pytest.raises(Refused, match="could not be made"):
            await workshop.make(wanted, material)
        assert await workshop.make(wanted, material)
    finally:
        workshop.close()


async def test_a_refusal_comes_back_from_the_workshop_as_it_was() -> None:
    workshop = Workshop()
    try:
        with pytest.raises(Refused) as caught:
            await workshop.make(Wanted("jsonl", Tier.PUBLISHABLE), Material("s", [], People(), {}))
        assert (caught.value.code, caught.value.detail) == ("malformed", {"field": "tier"})
    finally:
        workshop.close()
