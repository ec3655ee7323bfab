"""Captions in the team's hands, over HTTP and the socket, with a real server and real clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from isegoria.app import Running
from isegoria.domain.captions import Wordly
from tests.serving import Consultation, connected, replica


@pytest.fixture
async def client(running: Running, session: Consultation) -> AsyncIterator[ClientSession]:
    async with ClientSession(running.url, headers={"Authorization": f"Bearer {session.tokens['sam']}"}) as client:
        yield client


async def feed(client: ClientSession, session: Consultation, name: str = "floor-feed") -> ClientWebSocketResponse:
    headers = {"Authorization": f"Bearer {session.secrets[name]}"}
    return await client.ws_connect(f"/feeds/{session.id}/{name}", headers=headers)


async def amend(client: ClientSession, position: int, body: object, token: str | None = None) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with client.post(f"/api/sessions/s1/captions/en/{position}", json=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_C21_a_correction_goes_out_to_everyone_and_stands_in_the_older_pages(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    async with (
        connected(running.url, "s1", session.tokens["mia"]) as mia,
        connected(running.url, "s1", session.tokens["attendee"], "tab2") as reader,
        await feed(client, session) as captioner,
    ):
        assert (await mia.command("c1", "start_session"))["ok"]
        await reader.ask("follow", {"tracks": ["en"]})
        await captioner.send_json({"segment_id": "1", "status": "final", "text": "The mare"})
        await reader.until("captions", lambda frame: frame["position"] == 1)
        assert await amend(client, 1, {"revision": 1, "text": "The mayor"}) == (200, {"track": "en", "position": 2})
        frame = await reader.until("captions", lambda frame: frame["position"] == 2)
        assert [(one["text"], one["revision"], one["by"]) for one in frame["segments"]] == [("The mayor", 2, None)]
        status, problem = await amend(client, 1, {"revision": 1, "text": "The Mayor"})
        assert (status, problem["code"], problem["values"]) == (409, "stale", {"revision": 2, "text": "The mayor"})
        assert (await amend(client, 1, {"revision": 2, "text": ""}))[0] == 200
        async with client.get("/api/sessions/s1/captions/en?before=4") as answer:
            trail = [(one["status"], one["by"]) for one in (await answer.json())["segments"]]
        assert trail == [("final", None), ("corrected", "sam"), ("retracted", "sam")]


@pytest.mark.parametrize(
    "body", [{}, {"revision": 0, "text": "x"}, {"revision": 1}, [], {"revision": 1, "text": "x" * 70_000}]
)
async def test_what_is_no_correction_is_refused(session: Consultation, client: ClientSession, body: object) -> None:
    status, problem = await amend(client, 1, body)
    assert (status, problem["code"]) in {(400, "malformed"), (413, "too_large")}


async def test_only_the_team_corrects(session: Consultation, client: ClientSession) -> None:
    status, _ = await amend(client, 1, {"revision": 1, "text": "x"}, session.tokens["attendee"])
    assert status == 403


async def test_C19_a_muted_track_says_so_and_is_silent_until_it_is_heard_again(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    async with (
        connected(running.url, "s1", session.tokens["mia"]) as mia,
        connected(running.url, "s1", session.tokens["attendee"], "tab2") as reader,
        await feed(client, session) as captioner,
    ):
        await mia.command("c1", "start_session")
        await reader.ask("follow", {"tracks": ["en"]})
        assert (await mia.command("c2", "mute_feed", feed="floor-feed"))["ok"]
        await reader.until("view", lambda view: [track["muted"] for track in view["tracks"]] == [True, False])
        await captioner.send_json({"segment_id": "1", "status": "final", "text": "noise"})
        await captioner.send_json({"segment_id": "2", "status": "nonsense"})
        await captioner.receive()  # the answer to what is no caption: the one before was taken
        assert (await mia.command("c3", "hear_feed", feed="floor-feed"))["ok"]
        await captioner.send_json({"segment_id": "3", "status": "final", "text": "heard"})
        await reader.until("captions", lambda frame: any(one["text"] == "heard" for one in frame["segments"]))
        told = await reader.until("captions", lambda frame: any(one["reason"] == "muted" for one in frame["segments"]))
        assert told
        assert not any(one["text"] == "noise" for frame in reader.all("captions") for one in frame["segments"])


async def test_C20_the_team_sees_and_sets_what_is_spoken(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        assert (mia.view["spoken_language"], mia.view["spoken_languages"]) == (None, [])
        await mia.command("c1", "set_spoken_language", language="es")
        view = await mia.until("view", lambda view: view["spoken_language"] == "es")
        [line] = [one for one in view["happenings"] if one["type"] == "spoken_language_set"]
        assert (line["reason"], line["by"]) == ("es", "Mia Moderator")


async def test_a_websocket_feed_that_is_asked_to_connect_anew_is_told_so(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    async with (
        connected(running.url, "s1", session.tokens["mia"]) as mia,
        await feed(client, session) as captioner,
    ):
        await captioner.send_json({})
        await captioner.receive()  # it is heard
        assert (await mia.command("c1", "reconnect_feed", feed="floor-feed"))["ok"]
        async with asyncio.timeout(10):
            await captioner.receive()
        assert captioner.close_code == 1012


async def test_a_wordly_session_is_named_for_all_tracks_on_every_replica(
    running: Running, session: Consultation, client: ClientSession, tmp_path: Path
) -> None:
    async with replica(tmp_path) as other:
        body = {"code": "abcd 1234", "passcode": "secret"}
        async with client.put("/api/sessions/s1/wordly", json=body) as answer:
            assert (answer.status, await answer.json()) == (200, {"feeds": ["floor-feed", "es-feed"]})
        for house in (running.house, other.house):
            venue = house.here("s1")
            assert venue
            async with asyncio.timeout(5):
                while not all(feed.pulled for feed in venue.feeds):  # noqa: ASYNC110 - what is awaited has no event
                    await asyncio.sleep(0.05)
            assert [feed.pulled for feed in venue.feeds] == [
                Wordly(code="ABCD-1234", passcode="secret", language=language) for language in ("en", "es")
            ]
    async with await feed(client, session):
        pass  # its secret is as before


@pytest.mark.parametrize(
    ("who", "body", "status"), [("sam", {"code": "1234"}, 400), ("attendee", {"code": "ABCD-1234"}, 403)]
)
async def test_a_wordly_session_that_cannot_be_is_refused(
    session: Consultation, client: ClientSession, who: str, body: object, status: int
) -> None:
    headers = {"Authorization": f"Bearer {session.tokens[who]}"}
    async with client.put("/api/sessions/s1/wordly", json=body, headers=headers) as answer:
        assert answer.status == status
