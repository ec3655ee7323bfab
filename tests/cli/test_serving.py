"""What needs a server: commands beside one, a caption file through it, a rehearsal."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from isegoria.domain import commands as c
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.live.direct import ask
from isegoria.session_file import EXAMPLE
from isegoria.store.engine import open_engine
from isegoria.store.transcript import Transcript
from tests.faults.processes import free_port, server

MIA = Actor(role=Role.MODERATOR)
CUES = "\n".join(
    f"{number}\n00:00:{number:02d},000 --> 00:00:{number:02d},900\nLine {number}\n" for number in range(1, 21)
)
PATIENCE_S = 30


async def isegoria(data: Path, *arguments: object, **environment: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "isegoria", *(str(one) for one in arguments), "--data", str(data)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **environment},
    )
    async with asyncio.timeout(PATIENCE_S):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_a_caption_file_goes_through_the_server_as_any_feed_does(tmp_path: Path) -> None:
    file = tmp_path / "captions.srt"
    file.write_text(CUES)
    async with server(tmp_path) as here, open_engine(tmp_path) as engine:
        _, out, _ = await isegoria(tmp_path, "session", "create", EXAMPLE, "--now", "--json")
        made = json.loads(out)
        session = made["id"]
        await ask(engine, session, c.StartSession(), MIA)
        replay = ("captions", "replay", session, file, "--speed", "1000", "--server", here.url)
        code, out, err = await isegoria(tmp_path, *replay, "--language", "es")
        assert (code, out) == (0, "20 captions were sent to the track es.\n")
        assert "The feed es has a new secret" in err
        kept = await Transcript(engine).read(session, "es")
        assert [segment.text for segment in kept] == [f"Line {number}" for number in range(1, 21)]
        assert {segment.source for segment in kept} == {"es"}
        code, out, err = await isegoria(tmp_path, *replay, "--language", "de")
        assert (code, out) == (1, "")
        assert err == 'The session has no captions "de"; its tracks are: floor, es, fr, ar, zh, ru, pt, ca.\n'
        wrong = {"ISEGORIA_FEED_SECRET": "wrong"}
        code, _, err = await isegoria(tmp_path, *replay, "--language", "es", **wrong)
        assert (code, "does not take these captions (403)" in err) == (1, True)
        secret = {one["feed"]: one["secret"] for one in made["feeds"]}["fr"]
        code, out, err = await isegoria(tmp_path, *replay, "--language", "fr", "--json", ISEGORIA_FEED_SECRET=secret)
        assert (code, json.loads(out), err) == (0, {"id": session, "sent": 20}, "")
        _, out, _ = await isegoria(tmp_path, "check", session, "--json")
        assert f"server {session}" not in {one["what"] for one in json.loads(out)}


async def test_without_a_server_a_replay_says_where_it_looked(tmp_path: Path) -> None:
    file = tmp_path / "captions.srt"
    file.write_text(CUES)
    _, out, _ = await isegoria(tmp_path, "session", "create", EXAMPLE, "--now", "--json")
    url = f"http://127.0.0.1:{free_port()}"
    code, _, err = await isegoria(
        tmp_path, "captions", "replay", json.loads(out)["id"], file, "--language", "es", "--server", url
    )
    assert code == 1
    assert f"No server answers at ws{url.removeprefix('http')}/feeds/" in err


async def test_a_port_that_is_taken_is_told_in_one_sentence(tmp_path: Path) -> None:
    async with server(tmp_path) as here:
        code, out, err = await isegoria(tmp_path, "serve", "--port", here.url.rpartition(":")[2])
    assert (code, out) == (1, "")
    assert "in use" in err.splitlines()[-1]
    assert "Traceback" not in err


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
