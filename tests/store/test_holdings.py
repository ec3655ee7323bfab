"""A session taken out of the store whole and put back whole, through its archive, on the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment
from isegoria.domain.errors import Refused
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.live.direct import ask, load
from isegoria.preparation import archive, restore
from isegoria.store.engine import Engine
from isegoria.store.files import Files
from isegoria.store.holdings import take
from isegoria.store.links import Links
from isegoria.store.people import PeopleStore
from isegoria.store.sessions import Mark, Sessions
from isegoria.store.transcript import Transcript
from tests.serving import SYSTEM, prepare

LINES = 250
"""More than goes into the store at once."""


def line(number: int) -> CaptionSegment:
    return CaptionSegment.model_validate(
        {
            "source": "floor-feed",
            "segment_id": str(number),
            "status": "final",
            "language": "en",
            "text": f"Line {number}\nدعونا نبدأ\u2028",
            "received_at": number,
            "spoken_at": number,
        }
    )


async def closed(engine: Engine) -> str:
    """A session with something of everything; the token of Mia's link."""
    consultation = await prepare(engine)
    await Transcript(engine).append("s1", {"en": [line(number) for number in range(LINES)], "es": [line(0)]})
    await PeopleStore(engine).put_text("s1", "x1", 'A "text"\nof two lines', "ana")
    await Files(engine).put("s1", "w1", bytes(range(256)))
    await ask(engine, "s1", c.StartSession(), MIA)
    await ask(engine, "s1", c.CloseSession(), SYSTEM)
    return consultation.tokens["mia"]


MIA = Actor(role=Role.MODERATOR, person="mia")


async def test_what_was_archived_comes_back_as_it_was(engine: Engine, tmp_path: Path) -> None:
    token = await closed(engine)
    before, history = await take(engine, "s1"), await load(engine, "s1")
    folder, manifest = await archive(engine, tmp_path, "s1")
    assert await engine.ask("KEYS", "isegoria:s1:*") == []
    assert (await Sessions(engine).list_sessions())["s1"] is Mark.ARCHIVED
    assert await restore(engine, folder, "s1") == manifest
    after = await take(engine, "s1")
    assert (after.journal, after.tracks, after.files) == (before.journal, before.tracks, before.files)
    assert (await load(engine, "s1")).head == history.head == manifest.head
    assert (await Links(engine).resolve("s1", token)) is not None
    people = await PeopleStore(engine).read("s1")
    assert people.texts == {"x1": 'A "text"\nof two lines'}
    assert people.persons["ana"].email == "ana@city.example"
    assert (await Sessions(engine).list_sessions())["s1"] is Mark.CLOSED


async def test_nothing_new_is_written_over_by_a_second_restoring(engine: Engine, tmp_path: Path) -> None:
    await closed(engine)
    folder, _ = await archive(engine, tmp_path, "s1")
    await restore(engine, folder, "s1")
    with pytest.raises(Refused, match="not archived"):
        await restore(engine, folder, "s1")


async def test_only_a_closed_session_is_archived(engine: Engine, tmp_path: Path) -> None:
    await prepare(engine)
    with pytest.raises(Refused, match="close it first"):
        await archive(engine, tmp_path, "s1")
    assert not (tmp_path / "archive" / "s1").exists()


async def test_the_archive_is_for_its_owner_alone(engine: Engine, tmp_path: Path) -> None:
    await closed(engine)
    folder, _ = await archive(engine, tmp_path, "s1")
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["log.jsonl", "captions/en.jsonl", "people.json", "access.json", "files/w1"])
async def test_an_archive_that_was_changed_is_refused_with_what_it_was(
    engine: Engine, tmp_path: Path, name: str
) -> None:
    await closed(engine)
    folder, _ = await archive(engine, tmp_path, "s1")
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(Refused, match=name):
        await restore(engine, folder, "s1")
    assert await engine.ask("KEYS", "isegoria:s1:*") == []


async def test_an_archive_that_lost_a_file_is_refused(engine: Engine, tmp_path: Path) -> None:
    await closed(engine)
    folder, _ = await archive(engine, tmp_path, "s1")
    (folder / "files" / "w1").unlink()
    with pytest.raises(Refused, match="has lost files/w1"):
        await restore(engine, folder, "s1")


async def test_an_archive_reaches_for_no_file_outside_of_it(engine: Engine, tmp_path: Path) -> None:
    await closed(engine)
    folder, _ = await archive(engine, tmp_path, "s1")
    manifest = json.loads((folder / "archive.json").read_bytes())
    manifest["files"]["../../secret"] = "0" * 64
    (folder / "archive.json").write_text(json.dumps(manifest))
    with pytest.raises(Refused, match="outside"):
        await restore(engine, folder, "s1")


async def test_an_archive_of_another_session_is_refused(engine: Engine, tmp_path: Path) -> None:
    await closed(engine)
    folder, _ = await archive(engine, tmp_path, "s1")
    with pytest.raises(Refused, match="that of the session s1"):
        await restore(engine, folder, "s2")
