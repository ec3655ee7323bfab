"""Caption programs from the field, started as their users start them. Each raises if its program complains."""

from __future__ import annotations

import asyncio
import json
import sys
import wave
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import imageio_ffmpeg

DRIVERS = Path(__file__).with_name("programs")
NARRATOR = Path(sys.executable).with_name("zoom-narrator")
NODE = Path(sys.executable).with_name("node")
PATIENCE_S = 60.0
SPEAKS_S = 1
BATCH = 2


def subtitles(texts: Iterable[str]) -> str:
    """An SRT file, a cue a second."""
    return "".join(
        f"{number + 1}\n{_instant(number * SPEAKS_S)} --> {_instant((number + 1) * SPEAKS_S)}\n{text}\n\n"
        for number, text in enumerate(texts)
    )


def _instant(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%H:%M:%S,000")


async def zoom_narrator(address: str, captions: Path, folder: Path, lasts_s: float) -> None:
    """PyPI's zoom-narrator. It plays beside a recording, a silent one here; without a player it is quiet."""
    with wave.open(str(folder / "silence.wav"), "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", ""))
        sound.writeframes(b"\0\0" * round(8_000 * lasts_s))
    command = [NARRATOR, "--captions", captions, "--key", address, "silence.wav"]
    code, said, complaint = await _run(command, folder)
    assert code == 0 or "ffplay" in complaint, (said, complaint)


async def ffmpeg(address: str, captions: Path, folder: Path) -> None:
    """PyPI's imageio-ffmpeg, which carries ffmpeg: subtitles at their own pace into one request."""
    options = ["-hide_banner", "-nostdin", "-loglevel", "warning", "-re", "-i", captions, "-f", "webvtt"]
    code, _, complaint = await _run([imageio_ffmpeg.get_ffmpeg_exe(), *options, "-method", "POST", address], folder)
    assert (code, complaint) == (0, "")


async def lcyt_npm(address: str, texts: Sequence[str], folder: Path) -> None:
    """npm's lcyt, in batches."""
    await _lcyt([NODE, DRIVERS / "lcyt_npm.mjs", address], texts, folder)


async def lcyt_pypi(address: str, texts: Sequence[str], folder: Path) -> None:
    """PyPI's lcyt, in batches."""
    await _lcyt([sys.executable, DRIVERS / "lcyt_pypi.py", address], texts, folder)


async def _lcyt(command: Sequence[object], texts: Sequence[str], folder: Path) -> None:
    batches = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
    code, said, complaint = await _run(command, folder, "".join(json.dumps(batch) + "\n" for batch in batches))
    statuses = [line for line in said.splitlines() if line.isdigit()]
    assert (code, statuses) == (0, ["200"] * (1 + len(batches))), (said, complaint)


async def _run(command: Sequence[object], folder: Path, told: str = "") -> tuple[int, str, str]:
    """(exit code, what it said, what it complained of)."""
    pipe = asyncio.subprocess.PIPE
    program = await asyncio.create_subprocess_exec(*map(str, command), cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        async with asyncio.timeout(PATIENCE_S):
            said, complaint = await program.communicate(told.encode())
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()
    assert program.returncode is not None
    return program.returncode, said.decode(), complaint.decode()
