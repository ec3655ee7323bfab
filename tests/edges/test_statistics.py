"""The figures over HTTP with a real server: for the team, in both tiers, made once for all who ask."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, get_type_hints

import pytest
from aiohttp import ClientSession

from isegoria.app import Running
from isegoria.domain.values import Attribution, Tier
from isegoria.edges import openapi, schema, statistics
from isegoria.report.model_statistics import Statistics
from isegoria.report.record import heard, record
from isegoria.report.statistics import statistics as figures
from isegoria.store.journal import Journal
from isegoria.views.models.team import Counts
from tests.domain.story import S
from tests.report.journals import record_of
from tests.report.transcripts import heard as spoke
from tests.report.transcripts import roster
from tests.serving import Client, Consultation, connected


@pytest.fixture
async def sam(running: Running, session: Consultation) -> AsyncIterator[Client]:
    """The session is live, its clock stands, and Ana has the floor."""
    async with connected(running.url, "s1", session.tokens["sam"]) as guest:
        await guest.until("view", lambda view: view["state"] == "open")
        await guest.done("start_session")
        await clock_stands(guest, 0)
        await guest.done("inscribe", person="ana", segment="one")
        await guest.done("give_floor", entry=guest.view["order"][0], after=None)
        yield guest


async def clock_stands(guest: Client, later_s: float) -> None:
    clock = guest.view["clock"]
    real = (await guest.ask("clock", {}))["t"]
    shown = clock["session"] + round((real - clock["real"]) * clock["rate"])
    await guest.done("set_clock", real=real, session=shown + round(later_s * S), rate=0)


async def get(client: ClientSession, token: str, query: str = "?tier=internal") -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}"}
    async with client.get(f"/api/sessions/s1/statistics{query}", headers=headers) as answer:
        assert answer.status != 200 or answer.headers["Cache-Control"] == "no-store"
        return answer.status, await answer.json()


async def test_they_are_those_of_the_record(
    running: Running, session: Consultation, client: ClientSession, sam: Client
) -> None:
    await clock_stands(sam, 70)
    await sam.done("end_turn", turn=sam.view["floor"]["turn"])
    venue = running.house.here("s1")
    assert venue
    hall, journal = venue.hall, [data for _, data in await Journal(running.engine).read("s1")]
    made = record("s1", journal, hall.people, {})
    for tier in Tier:
        status, found = await get(client, session.tokens["sam"], f"?tier={tier}")
        assert status == 200
        assert Statistics.model_validate(found) == figures(made, hall.session, hall.people, tier)
        assert found["total"]["interventions"] == 1


async def test_a_turn_that_runs_is_told_as_it_goes_on(
    session: Consultation, client: ClientSession, sam: Client
) -> None:
    for minute in (1, 2, 3):
        await clock_stands(sam, 60)
        _, found = await get(client, session.tokens["sam"])
        assert 0 <= minute * 60 * S - found["total"]["used"] < statistics.STEP


async def test_it_goes_on_without_a_decision(
    running: Running, session: Consultation, client: ClientSession, sam: Client
) -> None:
    clock = sam.view["clock"]
    real = (await sam.ask("clock", {}))["t"]
    await sam.done("set_clock", real=real, session=clock["session"] + S, rate=100)
    venue = running.house.here("s1")
    assert venue
    version, first = venue.hall.session.version, await used(client, session)
    async with asyncio.timeout(5):
        while await used(client, session) < first + statistics.STEP:
            pass
    assert venue.hall.session.version == version


async def used(client: ClientSession, session: Consultation) -> int:
    _, found = await get(client, session.tokens["sam"])
    told: int = found["total"]["used"]
    return told


async def test_R9_who_is_not_for_the_report_is_counted_and_nothing_else(
    session: Consultation, client: ClientSession, sam: Client
) -> None:
    await clock_stands(sam, 60)
    await sam.done("choose_attribution", person="ana", attribution=Attribution.NOT_FOR_REPORT)
    _, told = await get(client, session.tokens["sam"], "")
    assert (told["tier"], told["counted"], told["total"]["used"]) == ("publishable", 1, 0)
    assert (told["bins"], told["constituencies"]) == ([], [])
    assert 0 <= 60 * S - await used(client, session) < statistics.STEP


@pytest.mark.parametrize(
    ("who", "query", "status"),
    [
        ("attendee", "", 403),
        ("stage", "?tier=publishable", 403),
        ("ana", "?tier=internal", 403),
        ("sam", "?tier=secret", 400),
        ("mia", "?tier=internal", 200),
    ],
)
async def test_they_are_for_the_team_only(
    session: Consultation, client: ClientSession, who: str, query: str, status: int
) -> None:
    assert (await get(client, session.tokens[who], query))[0] == status


async def test_nothing_is_listed_as_given_out(
    running: Running, session: Consultation, client: ClientSession, sam: Client
) -> None:
    version = sam.view["version"]
    await get(client, session.tokens["sam"], "?tier=publishable")
    venue = running.house.here("s1")
    assert venue
    assert (venue.hall.session.version, venue.hall.session.notebook.exports) == (version, ())


async def test_they_are_made_once_for_all_pages_and_anew_after_each_change(
    session: Consultation, client: ClientSession, sam: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Tier] = []
    make = statistics._made

    def counted(*given: Any) -> str:
        made.append(given[2])
        return make(*given)

    monkeypatch.setattr(statistics, "_made", counted)
    both = [f"?tier={tier}" for tier in Tier]
    answers = await asyncio.gather(*(get(client, session.tokens["sam"], query) for query in both * 10))
    assert sorted(made) == sorted(Tier)
    assert len({str(found) for _, found in answers}) == 2
    await sam.done("inscribe", person="bob", segment="one")
    await get(client, session.tokens["sam"])
    assert made[2:] == [Tier.INTERNAL]


def test_what_was_said_makes_no_difference_to_who_was_heard() -> None:
    story = spoke("ana", "bob", "cat", minutes=1.5)
    story.people = roster()
    made, found = record_of(story, people=story.people), heard(story.session, story.people)
    assert found == (made.session, made.counts, made.interventions)


def test_one_name_stands_for_one_shape() -> None:
    """The client's types are told apart by their names."""
    assert get_type_hints(Counts).keys() == get_type_hints(Statistics.model_fields["counts"].annotation).keys()
    assert "export interface Statistics {" in schema.generate()
    assert "readonly by: Readonly<Record<string, number>>;" in schema.generate()


def test_the_description_tells_of_them() -> None:
    document = openapi.document()
    answer = document["paths"]["/api/sessions/{session}/statistics"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Statistics"}
    assert document["components"]["schemas"]["Statistics"]["properties"]["bins"]
