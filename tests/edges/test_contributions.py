"""What comes in writing, with a real server: kept as it came, for its author and the team only."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession

from isegoria.app import Running
from isegoria.edges.shapes import TAKEN, TEXT
from isegoria.store.files import CEILING, LARGEST, Files
from isegoria.store.people import PeopleStore
from tests.serving import Consultation, connected

PDF = {"Content-Type": "application/pdf"}
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


class Desk:
    """Somebody with a link."""

    def __init__(self, client: ClientSession, token: str) -> None:
        self._client, self._link = client, {"Authorization": f"Bearer {token}"}

    async def send(self, data: bytes, headers: dict[str, str] = PLAIN, **query: str) -> tuple[int, Any]:
        path = "/api/sessions/s1/contributions"
        async with self._client.post(
            path, data=BytesIO(data), params=query, headers={**headers, **self._link}
        ) as answer:
            return answer.status, await answer.json()

    async def get(self, name: str) -> tuple[ClientResponse, bytes]:
        async with self._client.get(f"/api/sessions/s1/contributions/{name}", headers=self._link) as answer:
            return answer, await answer.read()

    async def withdraw(self, name: str) -> int:
        async with self._client.delete(f"/api/sessions/s1/contributions/{name}", headers=self._link) as answer:
            return answer.status


async def test_a_speakers_text_is_kept_as_text_and_the_team_sees_it(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        status, received = await Desk(client, session.tokens["ana"]).send("Señora, دعونا نبدأ\x00.".encode())
        assert status == 200
        view = await mia.until("view", lambda view: view["notebook"]["contributions"])
        [seen] = view["notebook"]["contributions"]
        assert (seen["id"], seen["name"], seen["words"], seen["kind"]) == (
            received["contribution"],
            "Ana Example",
            3,
            "written",
        )
    people = await PeopleStore(running.engine).read("s1")
    assert people.texts[received["contribution"]] == "Señora, دعونا نبدأ."


async def test_a_file_comes_back_as_it_came_to_its_author_and_the_team_only(
    session: Consultation, client: ClientSession
) -> None:
    data = b"%PDF-1.7\x00\xff<script>"
    _, received = await Desk(client, session.tokens["ana"]).send(data, PDF)
    name = received["contribution"]
    for who in ("ana", "sam"):
        answer, body = await Desk(client, session.tokens[who]).get(name)
        assert (answer.status, body) == (200, data)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="isegoria-s1-{name}.pdf"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("bob", "attendee"):
        answer, _ = await Desk(client, session.tokens[who]).get(name)
        assert answer.status == 403


async def test_the_team_hands_in_for_anybody_and_a_speaker_for_nobody_else(
    session: Consultation, client: ClientSession
) -> None:
    assert (await Desk(client, session.tokens["sam"]).send(b"Text", person="bob"))[0] == 200
    status, problem = await Desk(client, session.tokens["ana"]).send(b"Text", person="bob")
    assert (status, problem["code"]) == (409, "not_yours")
    assert (await Desk(client, session.tokens["attendee"]).send(b"Text"))[0] == 403


async def test_asked_again_under_its_key_it_is_received_once(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    ana, keyed = Desk(client, session.tokens["ana"]), {**PLAIN, "Idempotency-Key": "tab1-1"}
    async with connected(running.url, "s1", session.tokens["mia"]) as mia:
        first = await ana.send(b"Text", keyed)
        assert first == await ana.send(b"Text", keyed)
        # Another's same key is another's, and the same key for something else is a mistake.
        status, other = await Desk(client, session.tokens["bob"]).send(b"Text", keyed)
        assert (status, other["contribution"] != first[1]["contribution"]) == (200, True)
        for data, more in [(b"Text, longer", {}), (b"Text", {"kind": "statement"})]:
            status, problem = await ana.send(data, keyed, **more)
            assert (status, problem["code"]) == (409, "id_reused")
        view = await mia.until("view", lambda view: len(view["notebook"]["contributions"]) == 2)
    assert [one["person"] for one in view["notebook"]["contributions"]] == ["ana", "bob"]
    assert await Files(running.engine).size("s1") == 8
    assert (await ana.get(first[1]["contribution"]))[1] == b"Text"


async def test_what_was_withdrawn_does_not_come_back_when_it_is_asked_again(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    ana, keyed = Desk(client, session.tokens["ana"]), {**PLAIN, "Idempotency-Key": "tab1-1"}
    _, received = await ana.send(b"Text", keyed)
    await ana.withdraw(received["contribution"])
    status, problem = await ana.send(b"Text", keyed)
    assert (status, problem["code"]) == (409, "stale")
    assert await Files(running.engine).size("s1") == 0


async def test_its_author_sees_it_and_nobody_else(
    running: Running, session: Consultation, client: ClientSession
) -> None:
    async with (
        connected(running.url, "s1", session.tokens["ana"]) as ana,
        connected(running.url, "s1", session.tokens["bob"]) as bob,
    ):
        _, received = await Desk(client, session.tokens["ana"]).send(b"My text", language="fr")
        _, other = await Desk(client, session.tokens["sam"]).send(b"%PDF", PDF, person="ana")
        view = await ana.until("view", lambda view: len(view["contributions"]) == 2)
        assert [(one["id"], one["words"], one["by_me"]) for one in view["contributions"]] == [
            (received["contribution"], 2, True),
            (other["contribution"], 0, False),
        ]
        told = await bob.until("view", lambda seen: seen["version"] >= view["version"])
        assert told["contributions"] == []


async def test_what_was_refused_is_not_kept(running: Running, session: Consultation, client: ClientSession) -> None:
    await Desk(client, session.tokens["ana"]).send(b"Text", person="bob")
    assert await Files(running.engine).size("s1") == 0
    assert (await PeopleStore(running.engine).read("s1")).texts == {}


@pytest.mark.parametrize(
    ("data", "headers", "query", "status"),
    [
        (b"x", {"Content-Type": "text/html"}, {}, 400),
        (b"x", {"Content-Type": "application/zip"}, {}, 400),
        (b" \n", PLAIN, {}, 400),
        (b"x" * (LARGEST + 1), PDF, {}, 413),
        (b"x", PLAIN, {"kind": "poem"}, 400),
        (b"x", PLAIN, {"entry": "e999"}, 409),
        (b"x", PLAIN, {"language": "English"}, 400),
        (b"x", {**PLAIN, "Idempotency-Key": "a key"}, {}, 400),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_the_reason(
    session: Consultation,
    client: ClientSession,
    data: bytes,
    headers: dict[str, str],
    query: dict[str, str],
    status: int,
) -> None:
    told, problem = await Desk(client, session.tokens["ana"]).send(data, headers, **query)
    assert (told, bool(problem["detail"])) == (status, True)


def test_the_pages_know_the_same_limits() -> None:
    told = (Path(__file__).parents[2] / "client/src/contributions.ts").read_text()
    assert f"LARGEST = {LARGEST:_};" in told
    assert f"CEILING = {CEILING:_};" in told
    kinds = told[told.index("const TAKEN") :].partition("};")[0]
    assert set(re.findall(r': "(\w+)"', kinds)) == set(TAKEN.values())
    assert set(re.findall(r'"(\S+/\S+)":', kinds)) == set(TAKEN) - {TEXT}


async def test_what_is_withdrawn_is_gone(running: Running, session: Consultation, client: ClientSession) -> None:
    ana = Desk(client, session.tokens["ana"])
    _, received = await ana.send(b"Text")
    assert await Desk(client, session.tokens["bob"]).withdraw(received["contribution"]) == 409
    assert await ana.withdraw(received["contribution"]) == 204
    assert (await ana.get(received["contribution"]))[0].status == 409
    assert await Files(running.engine).size("s1") == 0
