"""Transcripts by HTTP, from a real replica that goes on meanwhile."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace

import pytest
from aiohttp import ClientSession
from limits import RateLimitItemPerMinute

from isegoria.app import Running
from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment, CaptionStatus
from isegoria.domain.errors import Refused
from isegoria.domain.roles import Actor
from isegoria.domain.values import Attribution, Role, Tier
from isegoria.edges import openapi
from isegoria.edges.auth import Door
from isegoria.edges.transcripts import Transcripts, Wanted
from isegoria.live.direct import load
from isegoria.live.venue import Venue
from isegoria.store.engine import Engine
from isegoria.store.errors import EngineAway
from isegoria.store.links import Links
from isegoria.store.transcript import Transcript
from tests.serving import Consultation, connected, prepare

MIA = Actor(role=Role.MODERATOR, person="mia")
SAM = Actor(role=Role.SECRETARIAT, person="sam")


@pytest.fixture
async def session(running: Running) -> Consultation:
    """Ana has the floor and has said one thing in each language; nobody asked her how she may be cited."""
    made = await prepare(running.engine)
    async with connected(running.url, "s1", made.tokens["mia"]) as mia:
        await mia.until("view", lambda view: view["state"] == "open")
        await mia.command("1", "start_session")
        await mia.command("2", "inscribe", person="ana", segment="one")
        entry = (await mia.until("view", lambda view: view["order"]))["order"][0]
        await mia.command("3", "give_floor", entry=entry, after=None)
    await say(running.engine, "en", "Good morning")
    await say(running.engine, "es", "Buenos días")
    return made


async def say(engine: Engine, track: str, *texts: str) -> None:
    turn = (await load(engine, "s1")).session.turn
    assert turn
    segments = [
        CaptionSegment(
            source=f"{track}-feed",
            segment_id=f"{turn.began_at}-{time.monotonic_ns()}-{number}",
            status=CaptionStatus.FINAL,
            language=track,
            is_translation=track != "en",
            text=text,
            received_at=turn.began_at + 1_000,
            spoken_at=turn.began_at + 1_000 + number,
        )
        for number, text in enumerate(texts)
    ]
    await Transcript(engine).append("s1", {track: segments})


async def get(url: str, path: str, token: str) -> tuple[int, str, dict[str, str]]:
    async with (
        ClientSession(headers={"Authorization": f"Bearer {token}"}) as client,
        client.get(f"{url}/api/sessions/s1/transcript/{path}") as answer,
    ):
        return answer.status, await answer.text(), {name.lower(): value for name, value in answer.headers.items()}


@pytest.mark.parametrize(
    ("kind", "media"),
    [("vtt", "text/vtt"), ("srt", "application/x-subrip"), ("txt", "text/plain")],
)
async def test_R9_everybody_with_a_link_may_save_what_may_be_published(
    running: Running, session: Consultation, kind: str, media: str
) -> None:
    for who in ("attendee", "stage", "bob", "mia"):
        status, text, headers = await get(running.url, f"es.{kind}", session.tokens[who])
        assert status == 200
        assert "Porto Alegre" in text
        assert "Buenos días" in text
        assert "Ana Example" not in text
        assert "Good morning" not in text
        assert headers["content-type"] == f"{media}; charset=utf-8"
        assert headers["content-disposition"] == f'attachment; filename="isegoria-s1-es.{kind}"'
        assert headers["cache-control"] == "no-store"


async def test_R9_the_internal_one_is_for_the_team(running: Running, session: Consultation) -> None:
    status, text, headers = await get(running.url, "en.txt?tier=internal", session.tokens["sam"])
    assert status == 200
    assert "Ana Example" in text
    assert headers["content-disposition"] == 'attachment; filename="isegoria-s1-en-internal.txt"'
    for who in ("attendee", "stage", "ana"):
        status, text, _ = await get(running.url, "en.txt?tier=internal", session.tokens[who])
        assert (status, "this is for the team only" in text, "Ana" in text) == (403, True, False)


async def test_R4_a_choice_counts_at_once_though_a_copy_was_made(running: Running, session: Consultation) -> None:
    async def told() -> str:
        return (await get(running.url, "en.txt", session.tokens["attendee"]))[1]

    assert "Good morning" in await told()
    choice = c.ChooseAttribution(person="ana", attribution=Attribution.NOT_FOR_REPORT)
    await (await venue_of(running)).hall.handle(choice, SAM)
    assert "Good morning" not in await told()


async def test_R4_what_the_team_takes_is_listed_and_what_any_reader_saves_is_not(
    running: Running, session: Consultation
) -> None:
    for who, path in [("attendee", "en.txt"), ("mia", "en.vtt"), ("sam", "es.srt?tier=internal")]:
        assert (await get(running.url, path, session.tokens[who]))[0] == 200
    exports = (await venue_of(running)).hall.session.notebook.exports
    assert [(one.format, one.tier, one.track) for one in exports] == [
        ("vtt", "publishable", "en"),
        ("srt", "internal", "es"),
    ]


async def venue_of(running: Running) -> Venue:
    venue = await running.house.venue("s1")
    assert venue
    return venue


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("de.txt", 400, "no such track"),
        ("en.txt?tier=public", 400, "internal, publishable"),
        ("..%2Fen.txt", 400, "no such track"),
        ("en.exe", 404, ""),
    ],
)
async def test_what_is_not_there_is_refused(
    running: Running, session: Consultation, path: str, status: int, told: str
) -> None:
    answered, text, _ = await get(running.url, path, session.tokens["attendee"])
    assert (answered, told in text) == (status, True)


async def test_without_a_link_nothing_is_told(running: Running, session: Consultation) -> None:
    assert (await get(running.url, "en.txt", "x" * 43))[0] == 401


def test_the_description_has_them() -> None:
    paths = openapi.document()["paths"]
    for kind in ("vtt", "srt", "txt"):
        assert "get" in paths[f"/api/sessions/{{session}}/transcript/{{track}}.{kind}"]


# --- made once, and not too often -----------------------------------------------------------------


class Counted(Transcript):
    """Counts how often a track is read from its beginning."""

    readings = 0
    away = False

    async def read(self, session: str, track: str, after: int = 0, limit: int | None = None) -> list[CaptionSegment]:
        self.readings += after == 0
        if self.away:
            raise EngineAway("away")
        return await super().read(session, track, after, limit)


@dataclass
class Desk:
    """Asks one `Transcripts`, always from the same address unless another is said."""

    transcripts: Transcripts
    counted: Counted
    venue: Venue

    async def ask(self, kind: str = "txt", address: str = "here") -> str:
        wanted = Wanted("s1", "en", kind, Tier.PUBLISHABLE)
        return (await self.transcripts.copy(self.venue, wanted, address)).decode()


async def desk(running: Running, fresh_s: float = 5.0, a_minute: int = 60) -> Desk:
    counted = Counted(running.engine)
    door = Door(running.house, Links(running.engine))
    limit = RateLimitItemPerMinute(a_minute)
    made = Transcripts(door, counted, lambda _: "here", fresh_s=fresh_s, makings=limit)
    return Desk(made, counted, await venue_of(running))


async def test_R4_a_roster_that_is_read_later_than_its_event_makes_a_new_copy(
    running: Running, session: Consultation
) -> None:
    asked = await desk(running, fresh_s=60)
    assert "Good morning" in await asked.ask()
    hall = asked.venue.hall
    hidden = hall.people.persons["ana"].model_copy(update={"attribution": Attribution.NOT_FOR_REPORT})
    hall.people = replace(hall.people, revision=99, persons={**hall.people.persons, "ana": hidden})
    assert "Good morning" not in await asked.ask()


async def test_those_who_ask_together_get_one_copy(running: Running, session: Consultation) -> None:
    asked = await desk(running)
    copies = await asyncio.gather(*(asked.ask() for _ in range(50)))
    assert len(set(copies)) == 1
    assert "Good morning" in copies[0]
    assert asked.counted.readings == 1


async def test_a_copy_is_given_out_again_until_something_has_changed(running: Running, session: Consultation) -> None:
    asked = await desk(running, fresh_s=0)
    first = await asked.ask()
    assert (await asked.ask(), asked.counted.readings) == (first, 1)
    await say(running.engine, "en", "And this")
    assert "And this" in await asked.ask()
    assert asked.counted.readings == 2
    await (await venue_of(running)).hall.handle(c.Inscribe(person="bob", segment="one"), MIA)
    await asked.ask()
    assert asked.counted.readings == 3


async def test_new_captions_alone_make_no_new_copy_for_some_seconds(running: Running, session: Consultation) -> None:
    asked = await desk(running, fresh_s=60)
    first = await asked.ask()
    await say(running.engine, "en", "And this")
    assert (await asked.ask(), asked.counted.readings) == (first, 1)


async def test_who_wants_too_many_made_is_refused_and_others_are_not(running: Running, session: Consultation) -> None:
    asked = await desk(running, fresh_s=0, a_minute=2)
    await asked.ask("txt")
    await asked.ask("vtt")
    for _ in range(5):
        await asked.ask("vtt")
    with pytest.raises(Refused, match="too_many"):
        await asked.ask("srt")
    assert "Good morning" in await asked.ask("srt", address="elsewhere")
    assert "Good morning" in await asked.ask("srt")


async def test_who_goes_away_takes_it_from_nobody(running: Running, session: Consultation) -> None:
    asked = await desk(running)
    first = asyncio.create_task(asked.ask())
    await asyncio.sleep(0)
    other = asyncio.create_task(asked.ask())
    await asyncio.sleep(0)
    first.cancel()
    assert "Good morning" in await other
    assert asked.counted.readings == 1


async def test_a_failure_is_told_and_the_next_one_tries_again(running: Running, session: Consultation) -> None:
    asked = await desk(running)
    asked.counted.away = True
    with pytest.raises(EngineAway):
        await asked.ask()
    asked.counted.away = False
    assert "Good morning" in await asked.ask()


async def test_more_captions_than_a_page_are_all_there(running: Running, session: Consultation) -> None:
    await say(running.engine, "en", *(f"line {number}." for number in range(450)))
    text = await (await desk(running)).ask()
    assert all(f"line {number}." in text for number in range(450))


async def test_few_copies_are_kept(running: Running, session: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isegoria.edges.transcripts.COPIES", 2)
    asked = await desk(running)
    for kind in ("txt", "vtt", "srt"):
        await asked.ask(kind)
    assert [one.kind for one in asked.transcripts.copies] == ["vtt", "srt"]
