"""`report --format vtt|srt|txt`: the transcript of a language."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment, CaptionStatus
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.live.direct import ask, load
from isegoria.store.engine import open_engine
from isegoria.store.transcript import Transcript
from tests.cli.conftest import CommandLine

MIA = Actor(role=Role.MODERATOR)


@pytest.fixture
def session(isegoria: CommandLine, tmp_path: Path) -> str:
    """Ana has the floor and has said one thing, that was translated into Spanish."""
    made = isegoria.created("--now")
    roster = tmp_path / "roster.csv"
    roster.write_text("Display name,Organisation,Do you wish to take the floor?\nAna Lima,A City,Yes\n")
    isegoria("roster", "import", made, roster, "--inscribe")
    asyncio.run(_speak(isegoria.data, made))
    return made


async def _speak(data: Path, session: str) -> None:
    async with open_engine(data) as engine:
        await ask(engine, session, c.StartSession(), MIA)
        first = (await load(engine, session)).session.order[0]
        await ask(engine, session, c.GiveFloor(entry=first, after=None), MIA)
        turn = (await load(engine, session)).session.turn
        assert turn
        segment = CaptionSegment(
            source="es",
            segment_id="1",
            status=CaptionStatus.FINAL,
            language="es",
            is_translation=True,
            text="Buenos días",
            received_at=turn.began_at + 1_000,
            spoken_at=turn.began_at + 1_000,
        )
        await Transcript(engine).append(session, {"es": [segment]})


@pytest.mark.parametrize("kind", ["vtt", "srt", "txt"])
def test_a_transcript_is_publishable_unless_internal_is_said(isegoria: CommandLine, session: str, kind: str) -> None:
    public = isegoria("report", session, "--format", kind, "--language", "es")
    assert (public.code, public.err) == (0, "")
    assert "Buenos días" in public.out
    assert "A City" in public.out
    assert "Ana Lima" not in public.out
    internal = isegoria("report", session, "--format", kind, "--language", "es", "--tier", "internal")
    assert "Ana Lima" in internal.out


def test_the_files_name_says_who_it_is_for(isegoria: CommandLine, session: str, tmp_path: Path) -> None:
    asked = ("report", session, "--format", "vtt", "--language", "es", "-o", tmp_path)
    assert isegoria(*asked).err == f"Publishable: {tmp_path / f'isegoria-{session}-es.vtt'}\n"
    internal = tmp_path / f"isegoria-{session}-es-internal.vtt"
    assert isegoria(*asked, "--tier", "internal").err == f"Internal, not for others: {internal}\n"
    assert internal.read_bytes().startswith(b"WEBVTT\n\n")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--format", "vtt"], "A transcript is of one language; the session's tracks are: floor, "),
        (["--format", "vtt", "--language", "xx"], 'There are no captions "xx"; the session\'s tracks are: floor, '),
        (["--format", "json", "--language", "es"], "A record holds all languages"),
        (["--format", "jsonl", "--tier", "publishable"], "The log is internal"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(
    isegoria: CommandLine, session: str, tmp_path: Path, options: list[str], told: str
) -> None:
    answer = isegoria("report", session, *options, "-o", tmp_path / "file")
    assert (answer.code, answer.out, told in answer.err) == (1, "", True), answer.err
    assert not (tmp_path / "file").exists()


def test_a_language_without_captions_is_a_transcript_all_the_same(isegoria: CommandLine, session: str) -> None:
    answer = isegoria("report", session, "--format", "vtt", "--language", "fr")
    assert (answer.code, answer.out.startswith("WEBVTT\n\nNOTE\n")) == (0, True)
