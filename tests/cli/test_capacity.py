"""`rehearse --attendees N`: a server of its own, a curve, a verdict."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from isegoria.rehearsal import verdict
from tests.cli.conftest import CommandLine
from tests.docker.engines import until

START_S = 40


def test_one_attendee_is_carried_and_nothing_is_left_behind(
    isegoria: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However busy the machine is that tests it."""
    for limit in ("CAPTION_MS", "PRESS_MS", "END_MS"):
        monkeypatch.setattr(verdict, limit, 5_000.0)
    before = sorted(path.name for path in isegoria.data.iterdir())
    answer = isegoria("rehearse", "--attendees", 1, "--json")
    told = answer.json
    assert answer.code == 0, told
    assert told["carried"] == 1
    assert [level["attendees"] for level in told["levels"]] == [1]
    assert told["levels"][0]["missed"] == 0
    assert "This server carries them." in " ".join(told["verdict"])
    assert sorted(path.name for path in isegoria.data.iterdir()) == before
    assert isegoria("session", "list", "--json").json == []


def test_an_address_without_attendees_is_asked_back(isegoria: CommandLine) -> None:
    answer = isegoria("rehearse", "--url", "http://127.0.0.1:1")
    assert answer.code == 2
    assert "--attendees" in answer.err


@pytest.mark.parametrize("url", ["ftp://x", "consultation.example.org", "http://x:99999", "http://x/path", ""])
def test_an_address_that_is_none_is_refused_before_anything_is_begun(isegoria: CommandLine, url: str) -> None:
    answer = isegoria("rehearse", "--attendees", 1, "--url", url)
    assert answer.code == 2
    assert "an address like https://" in answer.err
    assert isegoria("session", "list", "--json").json == []


def test_an_address_where_nobody_listens_is_told_and_no_session_stays_open(isegoria: CommandLine) -> None:
    answer = isegoria("rehearse", "--attendees", 1, "--url", "http://127.0.0.1:1")
    assert answer.code == 1
    assert answer.err.splitlines()[-1] == "Nobody is let in at http://127.0.0.1:1: Connection refused."
    [left] = isegoria("session", "list", "--json").json
    assert (left["title"], left["state"]) == ("Test of capacity", "closed")


def test_nobody_is_no_test(isegoria: CommandLine) -> None:
    answer = isegoria("rehearse", "--attendees", 0)
    assert answer.code == 2
    assert "add --speed 1" in answer.err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child")
async def test_a_test_that_is_killed_leaves_neither_server_nor_engine(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "isegoria", "--data", str(tmp_path), "rehearse", "--attendees", "1"),
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr
    try:
        said = (await process.stderr.readline()).decode()
        url = said.removeprefix("To watch the test: ").partition("/s/")[0]
        await until(lambda: _answers(url), START_S)
    finally:
        process.kill()
        await process.communicate()
    await until(lambda: _is_gone(url))
    await until(lambda: not list(tmp_path.glob("*/engine.json")))


async def _answers(url: str) -> bool:
    with suppress(aiohttp.ClientError):
        async with aiohttp.ClientSession() as http, http.get(f"{url}/readyz") as answer:
            return answer.status == 200
    return False


async def _is_gone(url: str) -> bool:
    try:
        async with aiohttp.ClientSession() as http, http.get(f"{url}/readyz"):
            return False
    except aiohttp.ClientConnectorError:
        return True
