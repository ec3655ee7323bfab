"""Who reads what the programs send."""

from __future__ import annotations

from tests.serving import Client


async def ana_speaks(mia: Client) -> None:
    await mia.until("view", lambda view: view["state"] == "open")
    await mia.command("1", "start_session")
    await mia.command("2", "inscribe", person="ana", segment="one")
    entry = (await mia.until("view", lambda view: view["order"]))["order"][0]
    assert (await mia.command("3", "give_floor", entry=entry, after=None))["ok"]


async def finals(reader: Client, track: str, count: int) -> list[str]:
    """The texts that a reader has kept of a track, once the last of so many has come: each once, in order."""
    await reader.until("captions", lambda frame: frame["track"] == track and frame["position"] >= count)
    frames = [frame for frame in reader.all("captions") if frame["track"] == track]
    kept = [segment for frame in frames for segment in frame["segments"] if segment["position"]]
    assert [segment["position"] for segment in kept] == list(range(1, count + 1))
    assert {segment["language"] for segment in kept} == {track}
    return [segment["text"] for segment in kept]
