"""R10 over HTTP: the team is told which captions wait for the rapporteur, who decides, and transcripts follow."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession

from isegoria.app import Running
from isegoria.domain import commands as c
from isegoria.domain.values import Attribution, Role
from isegoria.edges.auth import Door
from isegoria.edges.held import Holding
from isegoria.edges.workshop import Made, Workshop
from isegoria.live.direct import ask
from isegoria.store.links import Links
from isegoria.store.people import PeopleStore
from isegoria.store.transcript import Transcript
from tests.edges.test_transcripts import say
from tests.serving import SYSTEM, Client, Consultation, connected, prepare


@pytest.fixture
async def session(running: Running) -> Consultation:
    made = await prepare(running.engine)
    made.tokens["rosa"] = await Links(running.engine).create_link("s1", Role.RAPPORTEUR, "sam")
    return made


@pytest.fixture
async def sam(running: Running, session: Consultation) -> AsyncIterator[Client]:
    """Cat is protected and waits; Ana has the floor, and has named her."""
    async with connected(running.url, "s1", session.tokens["sam"]) as guest:
        await guest.until("view", lambda view: view["state"] == "open")
        await guest.done("start_session")
        await guest.done("choose_attribution", person="cat", attribution=Attribution.CONSTITUENCY_REGION)
        await guest.done("inscribe", person="ana", segment="one")
        await guest.done("give_floor", entry=guest.view["order"][0], after=None)
        await say(running.engine, "en", "Good morning", "I was in Barcelona", "It was warm")
        yield guest


async def get(client: ClientSession, token: str, name: str) -> tuple[int, str]:
    async with client.get(f"/api/sessions/s1/{name}", headers={"Authorization": f"Bearer {token}"}) as answer:
        return answer.status, await answer.text()


async def lines(client: ClientSession, token: str) -> Any:
    status, body = await get(client, token, "held")
    assert status == 200, body
    return json.loads(body)["lines"]


async def test_R10_a_line_waits_and_the_transcript_does_what_the_rapporteur_decides(
    running: Running, session: Consultation, client: ClientSession, sam: Client
) -> None:
    [line] = await lines(client, session.tokens["sam"])
    assert [(part["text"], part["is_name"]) for part in line["parts"]] == [("I was in ", False), ("Barcelona", True)]
    assert (line["track"], line["position"], line["decision"]) == ("en", 2, None)
    assert line["persons"] == [{"person": "cat", "name": "Cat Example"}]
    assert "[held back]" in (await get(client, session.tokens["attendee"], "transcript/en.txt"))[1]
    decide = {"track": "en", "position": 2, "persons": ["cat"]}
    async with connected(running.url, "s1", session.tokens["rosa"]) as rosa:
        for decision, told in [("mask", "I was in […]"), ("release", "I was in Barcelona"), ("leave_out", None)]:
            await rosa.done("decide_passage", decision=decision, **decide)
            [line] = await lines(client, session.tokens["sam"])
            assert line["decision"] == decision
            _, text = await get(client, session.tokens["attendee"], "transcript/en.txt")
            assert ("I was in" in text) == bool(told)
            assert told is None or told in text
            assert "[held back]" not in text
        refused = await rosa.command("again", "decide_passage", decision="leave_out", **decide)
        assert refused["error"]["code"] == "no_change"
    await sam.until("view", lambda view: view["notebook"]["passages"])
    assert sam.view["notebook"]["passages"] == [{"track": "en", "position": 2, "decision": "leave_out"}]


@pytest.mark.parametrize(("who", "status"), [("mia", 200), ("rosa", 200), ("ana", 403), ("attendee", 403)])
async def test_R5_it_is_for_the_team_alone(
    session: Consultation, client: ClientSession, sam: Client, who: str, status: int
) -> None:
    assert (await get(client, session.tokens[who], "held"))[0] == status


@pytest.fixture
async def workshop() -> AsyncIterator[Counted]:
    opened = Counted()
    yield opened
    opened.close()


class Counted(Workshop):
    """Knows how often it was used."""

    times = 0

    async def make(self, work: Callable[..., Made], *material: object) -> Made:
        self.times += 1
        return await super().make(work, *material)


def found(body: str) -> list[int]:
    return sorted(line["position"] for line in json.loads(body)["lines"])


async def test_it_is_found_anew_when_something_has_changed(
    running: Running, session: Consultation, sam: Client, workshop: Counted
) -> None:
    engine = running.engine
    venue = running.house.here("s1")
    assert venue
    holding = Holding(Door(running.house, Links(engine)), Transcript(engine), engine, workshop, fresh_s=0)
    bodies = await asyncio.gather(*(holding.now(venue) for _ in range(3)))
    assert [found(body) for body in bodies] == [[2]] * 3
    assert workshop.times == 1
    await say(engine, "en", "in Barcelona again")
    assert found(await holding.now(venue)) == [2, 4]
    # Captions alone may be told a little later; whatever was decided may not.
    slow = replace(holding, fresh_s=60)
    await say(engine, "en", "and in Barcelona again")
    assert found(await slow.now(venue)) == [2, 4]
    await sam.done("choose_attribution", person="cat", attribution=Attribution.NAMED)
    assert found(await slow.now(venue)) == []
    people = await PeopleStore(engine).read("s1")
    protected = {"attribution": Attribution.CONSTITUENCY_REGION, "city": "Good morning"}
    revision = await PeopleStore(engine).save("s1", [people.persons["dan"].model_copy(update=protected)], [])
    await ask(engine, "s1", c.ChangeRoster(revision=revision), SYSTEM)
    await sam.until("view", lambda view: view["roster_revision"] == revision)
    assert found(await slow.now(venue)) == [1]
    assert workshop.times == 4
