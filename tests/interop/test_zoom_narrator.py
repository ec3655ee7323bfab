"""A caption program from the field against the running server: PyPI's zoom-narrator, as its users start it.

It plays a subtitle file in real time: the opening of a session of the Human Rights Council (see tests/feeds/data).
"""

from __future__ import annotations

import asyncio
import sys
import wave
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from tests.serving import Client, connected, prepare, replica

GENEVA = Path(__file__).parents[1] / "feeds" / "data" / "geneva-original.srt"
PROGRAM = Path(sys.executable).with_name("zoom-narrator")
LASTS_S = 29.0


async def test_zoom_narrator_feeds_two_readers_and_the_record(tmp_path: Path) -> None:
    # It sends a cue's lines as they stand in the file, with the names that the file gives to voices.
    sent = [cue.split("\n", 2)[2] for cue in GENEVA.read_text().strip().split("\n\n")]
    async with replica(tmp_path / "data") as running, aiohttp.ClientSession() as http:
        session = await prepare(running.engine)
        async with (
            connected(running.url, "s1", session.tokens["mia"]) as mia,
            connected(running.url, "s1", session.tokens["attendee"], client="one") as first,
            connected(running.url, "s1", session.tokens["attendee"], client="two", transports=("polling",)) as second,
        ):
            await ana_speaks(mia)
            for reader in (first, second):
                assert (await reader.ask("follow", {"tracks": ["en"]}))["ok"]
            address = urlencode({"id": "s1", "ns": "floor-feed", "signature": session.secrets["floor-feed"]})
            await narrate(f"{running.url}/closedcaption?{address}", tmp_path)
            for reader in (first, second):
                await reader.until("captions", lambda frame: frame["position"] == len(sent))
                assert finals(reader) == sent
            headers = {"Authorization": f"Bearer {session.tokens['mia']}"}
            async with http.get(f"{running.url}/api/sessions/s1/record.json", headers=headers) as answer:
                [intervention] = (await answer.json())["interventions"]
    assert intervention["speaker"]["name"] == "Ana Example"
    assert [line["text"] for line in intervention["captions"]["en"]] == sent


async def ana_speaks(mia: Client) -> None:
    await mia.until("view", lambda view: view["state"] == "open")
    await mia.command("1", "start_session")
    await mia.command("2", "inscribe", person="ana", segment="one")
    entry = (await mia.until("view", lambda view: view["order"]))["order"][0]
    assert (await mia.command("3", "give_floor", entry=entry, after=None))["ok"]


async def narrate(address: str, folder: Path) -> None:
    """Runs the program beside a silent recording; it needs a file of sound, and plays it where it can."""
    with wave.open(str(folder / "silence.wav"), "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", ""))
        sound.writeframes(b"\0\0" * round(8_000 * LASTS_S))
    command = [str(PROGRAM), "--captions", str(GENEVA), "--key", address, "silence.wav"]
    program = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, complaint = await asyncio.wait_for(program.communicate(), LASTS_S + 15)
    assert program.returncode == 0 or b"ffplay" in complaint, (said, complaint)


def finals(reader: Client) -> list[str]:
    kept = [segment for frame in reader.all("captions") for segment in frame["segments"] if segment["position"]]
    assert [segment["position"] for segment in kept] == list(range(1, len(kept) + 1))
    return [segment["text"] for segment in kept]
