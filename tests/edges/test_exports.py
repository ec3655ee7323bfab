"""Exports over HTTP with a real server: made in a process of their own, listed, each tier as it should be."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from isegoria.app import Running
from isegoria.report import log
from tests.edges.unhurried import unhurried
from tests.serving import Consultation, connected, replica


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
        ("sam", "record.json?tier=secret", 400),
        ("sam", "record.exe", 404),
        ("sam", "record.json?making=a/b", 400),
    ],
)
async def test_what_is_not_given_out_is_refused_and_not_listed(
    running: Running, session: Consultation, client: ClientSession, who: str, name: str, status: int
) -> None:
    assert (await get(client, session.tokens[who], name))[0] == status
    venue = running.house.here("s1")
    assert venue
    assert venue.hall.session.notebook.exports == ()


# --- while it is made -----------------------------------------------------------------------------


@pytest.fixture
def allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return unhurried(monkeypatch, tmp_path)


def makings(status: Any) -> dict[str, Any]:
    return {one["id"]: one for one in status["making"]}


async def asked(client: ClientSession, token: str, name: str, making: str) -> int:
    return (await get(client, token, f"{name}&making={making}"))[0]


async def test_the_team_sees_what_is_being_made_and_what_waits(
    running: Running, session: Consultation, client: ClientSession, allowed: Path
) -> None:
    tokens = session.tokens
    async with connected(running.url, "s1", tokens["mia"]) as mia, connected(running.url, "s1", tokens["ana"]) as ana:
        first = asyncio.create_task(asked(client, tokens["sam"], "record.json?tier=internal", "first"))
        await mia.until("status", lambda status: "first" in makings(status))
        second = asyncio.create_task(asked(client, tokens["mia"], "record.json?tier=publishable", "second"))
        told = makings(await mia.until("status", lambda status: len(makings(status)) == 2))
        assert [(one["kind"], one["tier"], one["name"], one["ahead"]) for one in told.values()] == [
            ("json", "internal", "Sam Secretary", 0),
            ("json", "publishable", "Mia Moderator", 1),
        ]
        assert told["first"]["began"] >= told["first"]["since"]
        assert told["second"]["began"] is None
        allowed.touch()
        assert [await first, await second] == [200, 200]
        await mia.until("status", lambda status: not status["making"] and status["at"] > told["second"]["since"])
        assert ana.all("status") == []


async def test_who_closes_the_connection_leaves_the_queue_and_nothing_is_listed(
    running: Running, session: Consultation, client: ClientSession, allowed: Path
) -> None:
    token = session.tokens["sam"]
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        first, second, third = (
            asyncio.create_task(asked(client, token, "record.json?tier=publishable", name)) for name in "abc"
        )
        await mia.until("status", lambda status: len(makings(status)) == 3)
        second.cancel()
        left = await mia.until("status", lambda status: set(makings(status)) == {"a", "c"})
        assert makings(left)["c"]["ahead"] == 1
        # What is being made for one who goes away is given up, and the next one's turn has come.
        first.cancel()
        await mia.until("status", lambda status: set(makings(status)) == {"c"} and makings(status)["c"]["began"])
        allowed.touch()
        assert await third == 200
        view = await mia.until("view", lambda view: view["notebook"]["exports"])
        assert len(view["notebook"]["exports"]) == 1


async def test_another_replica_s_team_sees_it_too(
    running: Running, session: Consultation, client: ClientSession, allowed: Path, tmp_path: Path
) -> None:
    async with replica(tmp_path) as other, connected(other.url, "s1", session.tokens["mia"]) as mia:
        first = asyncio.create_task(asked(client, session.tokens["sam"], "record.json?tier=internal", "first"))
        await mia.until("status", lambda status: "first" in makings(status), within_s=10)
        allowed.touch()
        assert await first == 200
        after = makings(mia.all("status")[-1]).get("first", {}).get("since", 0)
        await mia.until("status", lambda status: not status["making"] and status["at"] > after, within_s=10)


# --- what there is --------------------------------------------------------------------------------


async def test_the_team_is_told_which_files_there_are_and_how_long_the_paper_is(
    session: Consultation, client: ClientSession
) -> None:
    async def offered() -> Any:
        status, body, _ = await get(client, session.tokens["sam"], "exports")
        assert status == 200
        return json.loads(body)

    first = await offered()
    kinds = {one["kind"]: one for one in first["kinds"]}
    assert kinds["docx"] == {"kind": "docx", "tiers": ["internal", "publishable"], "of_track": False}
    assert kinds["jsonl"]["tiers"] == ["internal"]
    assert {kind for kind, one in kinds.items() if one["of_track"]} == {"vtt", "srt", "txt"}
    assert first["limit"] == 8_500
    async with asyncio.timeout(20):
        while (told := await offered())["words"]["publishable"] is None:  # noqa: ASYNC110 - another process counts
            await asyncio.sleep(0.05)
    assert min(told["words"]["publishable"], told["words"]["internal"]) > 100
    assert (await get(client, session.tokens["ana"], "exports"))[0] == 403


async def test_each_file_that_is_offered_can_be_had(session: Consultation, client: ClientSession) -> None:
    _, body, _ = await get(client, session.tokens["sam"], "exports")
    for one in json.loads(body)["kinds"]:
        for tier in one["tiers"]:
            name = f"{'transcript/en' if one['of_track'] else 'record'}.{one['kind']}?tier={tier}"
            status, made, _ = await get(client, session.tokens["sam"], name)
            assert (name, status, bool(made)) == (name, 200, True)
