"""What needs a server: commands beside one, a caption file through it, a rehearsal."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from isegoria.domain import commands as c
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.live.direct import ask
from isegoria.session_file import EXAMPLE
from isegoria.store.engine import open_engine
from isegoria.store.transcript import Transcript
from tests.cli.conftest import Answer, CommandLine
from tests.docker.engines import until
from tests.faults.processes import free_port, server

MIA = Actor(role=Role.MODERATOR)
CUES = "\n".join(
    f"{number}\n00:00:{number:02d},000 --> 00:00:{number:02d},900\nLine {number}\n" for number in range(1, 21)
)
PATIENCE_S = 30


@dataclass(frozen=True)
class Beside:
    """The command line in a thread of its own, while a server runs."""

    isegoria: CommandLine

    async def __call__(self, *arguments: object, **environment: str) -> Answer:
        async with asyncio.timeout(PATIENCE_S):
            return await asyncio.to_thread(self.isegoria, *arguments, **environment)


async def test_a_caption_file_goes_through_the_server_as_any_feed_does(isegoria: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "captions.srt"
    file.write_text(CUES)
    beside = Beside(isegoria)
    async with server(isegoria.data) as here, open_engine(isegoria.data) as engine:
        made = (await beside("session", "create", EXAMPLE, "--now", "--json")).json
        session = made["id"]
        await ask(engine, session, c.StartSession(), MIA)
        replay = ("captions", "replay", session, file, "--speed", "1000", "--server", here.url)
        answer = await beside(*replay, "--language", "es")
        assert (answer.code, answer.out) == (0, "20 captions were sent to the track es.\n")
        assert "The feed es has a new secret" in answer.err
        kept = await Transcript(engine).read(session, "es")
        assert [segment.text for segment in kept] == [f"Line {number}" for number in range(1, 21)]
        assert {segment.source for segment in kept} == {"es"}
        answer = await beside(*replay, "--language", "de")
        assert (answer.code, answer.out) == (1, "")
        assert answer.err == 'The session has no captions "de"; its tracks are: floor, es, fr, ar, zh, ru, pt, ca.\n'
        answer = await beside(*replay, "--language", "es", ISEGORIA_FEED_SECRET="wrong")
        assert (answer.code, "does not take these captions (403)" in answer.err) == (1, True)
        secret = {one["feed"]: one["secret"] for one in made["feeds"]}["fr"]
        answer = await beside(*replay, "--language", "fr", "--json", ISEGORIA_FEED_SECRET=secret)
        assert (answer.code, answer.json, answer.err) == (0, {"id": session, "sent": 20}, "")
        checked = (await beside("check", session, "--json")).json
        assert f"server {session}" not in {one["what"] for one in checked}


def test_without_a_server_a_replay_says_where_it_looked(isegoria: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "captions.srt"
    file.write_text(CUES)
    session = isegoria.created("--now")
    url = f"http://127.0.0.1:{free_port()}"
    answer = isegoria("captions", "replay", session, file, "--language", "es", "--server", url)
    assert answer.code == 1
    assert f"No server answers at ws{url.removeprefix('http')}/feeds/" in answer.err


@pytest.mark.parametrize("command", [["serve"], ["rehearse", "--speed", "1"]], ids=" ".join)
def test_a_port_that_is_taken_is_told_in_one_sentence(isegoria: CommandLine, command: list[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = isegoria(*command, "--port", port)
    assert (answer.code, answer.out) == (1, "")
    wanted = f"Port {port} of 127.0.0.1 is in use. Name another with --port, or end what uses it."
    assert answer.err.splitlines()[-1] == wanted


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_an_address_that_is_not_this_machines_is_told_in_one_sentence(isegoria: CommandLine, host: str) -> None:
    answer = isegoria("serve", "--host", host, "--port", free_port())
    assert answer.code == 1
    wanted = f"There is no address {host} on this machine. Name one of its own with --host."
    assert answer.err.splitlines()[-1] == wanted


async def test_a_server_that_is_told_to_stop_while_it_starts_leaves_no_engine(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "isegoria", "serve", "--data", str(tmp_path), "--port", str(free_port())),
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await until((tmp_path / "engine.json").exists, PATIENCE_S)
        for _ in range(2):
            process.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.01)
        async with asyncio.timeout(PATIENCE_S):
            await process.wait()
        assert not (tmp_path / "engine.json").exists()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        async with open_engine(tmp_path):
            pass


async def test_a_rehearsal_prints_its_links_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "isegoria", "rehearse", "--data", str(tmp_path), "--port", str(free_port())),
        *("--speakers", "3", "--attendees", "1", "--speed", "20"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    lines: list[str] = []
    try:
        async with asyncio.timeout(PATIENCE_S):
            while sum("/speaker#" in line for line in lines) < 3:
                line = await process.stdout.readline()
                assert line, await process.stderr.read() if process.stderr else ""
                lines.append(line.decode())
            process.send_signal(signal.SIGTERM)
            _, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert lines[0].startswith("A rehearsal, not a record: session ")
    assert sum("/moderator#" in line for line in lines) == 1
    assert process.returncode == 0, err.decode()
    assert not any(line.startswith(b"Traceback") for line in err.splitlines()), err.decode()
