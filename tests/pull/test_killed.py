"""Two servers as processes that share the feeds: when the one that fetches them goes, the other goes on."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from isegoria.domain.captions import CaptionSegment, CaptionStatus
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.preparation import give_wordly
from isegoria.store.engine import Engine, open_engine
from isegoria.store.transcript import Transcript
from tests.fake_wordly import Attendee, FakeWordly, fake_wordly
from tests.faults.processes import kill_engine, server
from tests.pull.talk import TALK
from tests.serving import Consultation, connected, prepare

RELEASED_S = 3.0
"""Less than a lease lasts."""


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    async with open_engine(tmp_path) as opened:
        yield opened


@pytest.fixture
async def session(engine: Engine) -> Consultation:
    prepared = await prepare(engine, languages=list(TALK))
    await give_wordly(engine, prepared.id, Actor(role=Role.SYSTEM), "abcd 1234")
    return prepared


@pytest.fixture
async def wordly(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeWordly]:
    async with fake_wordly() as fake:
        monkeypatch.setenv("ISEGORIA_WORDLY_URL", fake.url)
        yield fake


async def started(url: str, session: Consultation) -> None:
    async with connected(url, session.id, session.tokens["mia"]) as mia:
        await mia.until("view", lambda view: view["state"] == "open")
        assert (await mia.command("start", "start_session"))["ok"]


async def all_attend(wordly: FakeWordly) -> list[Attendee]:
    return [await wordly.attendee(language) for language in TALK]


async def kept(engine: Engine, language: str) -> list[CaptionSegment]:
    return await Transcript(engine).read("s1", language)


def texts(segments: list[CaptionSegment]) -> list[str]:
    return [one.text if one.status is CaptionStatus.FINAL else one.status.value for one in segments]


async def test_C26_a_killed_server_loses_the_open_phrase_and_the_other_marks_a_gap(
    tmp_path: Path, engine: Engine, session: Consultation, wordly: FakeWordly
) -> None:
    async with server(tmp_path) as first:
        await all_attend(wordly)
        async with server(tmp_path):
            await started(first.url, session)
            for language, (begun, opened, _) in TALK.items():
                await wordly.phrase(language, "p0", begun, final=True)
                await wordly.phrase(language, "p1", opened[:3])
            assert wordly.attempts == len(TALK)
            await first.killed()
            await wordly.until(lambda: len(wordly.gone) == len(TALK))
            await all_attend(wordly)
            for language, (begun, _, last) in TALK.items():
                # As Wordly may, it says again what it said last.
                await wordly.phrase(language, "p0", begun, final=True)
                await wordly.phrase(language, "p2", last, final=True)
            for language, (begun, _, last) in TALK.items():
                segments = await kept(engine, language)
                assert texts(segments) == [begun, "gap", last]
                assert [one.position for one in segments] == [1, 2, 3]


async def test_C26_a_phrase_that_was_open_when_its_server_was_killed_is_whole_if_its_final_comes(
    tmp_path: Path, engine: Engine, session: Consultation, wordly: FakeWordly
) -> None:
    async with server(tmp_path) as first:
        await all_attend(wordly)
        async with server(tmp_path):
            await started(first.url, session)
            for language, (begun, _, _) in TALK.items():
                await wordly.phrase(language, "p0", begun[:3])
            await first.killed()
            await wordly.until(lambda: len(wordly.gone) == len(TALK))
            await all_attend(wordly)
            for language, (begun, _, _) in TALK.items():
                await wordly.phrase(language, "p0", begun, final=True)
                assert [one for one in texts(await kept(engine, language)) if one != "gap"] == [begun]


async def test_a_server_that_stops_gives_its_feeds_to_the_other_at_once(
    tmp_path: Path, engine: Engine, session: Consultation, wordly: FakeWordly
) -> None:
    async with server(tmp_path) as first:
        await all_attend(wordly)
        async with server(tmp_path):
            await started(first.url, session)
            for language, (begun, _, _) in TALK.items():
                await wordly.phrase(language, "p0", begun, final=True)
            first.send(signal.SIGTERM)
            await wordly.until(lambda: len(wordly.gone) == len(TALK))
            async with asyncio.timeout(RELEASED_S):
                await all_attend(wordly)
            assert {one.heard[-1]["type"] for one in wordly.gone} == {"disconnect"}
            for language, (begun, after, _) in TALK.items():
                await wordly.phrase(language, "p1", after, final=True)
                assert [one for one in texts(await kept(engine, language)) if one != "gap"] == [begun, after]
            await asyncio.wait_for(first.process.wait(), 10)


async def test_C26_a_frozen_server_that_wakes_up_says_nothing_twice(
    tmp_path: Path, engine: Engine, session: Consultation, wordly: FakeWordly
) -> None:
    async with server(tmp_path) as first:
        await all_attend(wordly)
        async with server(tmp_path):
            await started(first.url, session)
            for language, (begun, _, _) in TALK.items():
                await wordly.phrase(language, "p0", begun, final=True)
            first.send(signal.SIGSTOP)
            await wordly.until(lambda: all(len(wordly.of(language)) == 2 for language in TALK))
            both = [wordly.of(language) for language in TALK]
            for old, new in both:
                for one in (old, new):
                    text = TALK[one.language][1]
                    said = {"phraseId": "p1", "translatedText": text, "translatedLanguageCode": one.language}
                    await one.socket.send_json({"type": "phrase", "isFinal": True, **said})
                await wordly.settled(new)
            first.send(signal.SIGCONT)
            await wordly.until(lambda: all(old in wordly.gone for old, _ in both))
            for language, (begun, after, _) in TALK.items():
                assert texts(await kept(engine, language)) == [begun, "gap", after]


async def test_a_killed_engine_loses_no_phrase_and_no_connection(
    tmp_path: Path, engine: Engine, session: Consultation, wordly: FakeWordly
) -> None:
    async with server(tmp_path) as only:
        await all_attend(wordly)
        await started(only.url, session)
        for language, (begun, _, _) in TALK.items():
            await wordly.phrase(language, "p0", begun, final=True)
        kill_engine(tmp_path)
        for language, (_, after, _) in TALK.items():
            await wordly.phrase(language, "p1", after, final=True)
        assert wordly.attempts == len(TALK)
        for language, (begun, after, _) in TALK.items():
            assert texts(await kept(engine, language)) == [begun, after]
