"""A caption program from the field against the running server: PyPI's zoom-narrator, as its users start it.

It plays a subtitle file in real time: the opening of a session of the Human Rights Council (see tests/feeds/data).
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from tests.interop.readers import ana_speaks, finals
from tests.interop.running import zoom_narrator
from tests.serving import connected, prepare, replica

GENEVA = Path(__file__).parents[1] / "feeds" / "data" / "geneva-original.srt"
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
            await zoom_narrator(f"{running.url}/closedcaption?{address}", GENEVA, tmp_path, LASTS_S)
            for reader in (first, second):
                assert await finals(reader, "en", len(sent)) == sent
            headers = {"Authorization": f"Bearer {session.tokens['mia']}"}
            async with http.get(f"{running.url}/api/sessions/s1/record.json", headers=headers) as answer:
                [intervention] = (await answer.json())["interventions"]
    assert intervention["speaker"]["name"] == "Ana Example"
    assert [line["text"] for line in intervention["captions"]["en"]] == sent
