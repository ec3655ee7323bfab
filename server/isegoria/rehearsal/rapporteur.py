"""A synthetic rapporteur: sorts what was said, tells its first sentence as its gist, and marks quotes."""

from __future__ import annotations

from typing import Any, NamedTuple

from isegoria.domain.captions import turn_at
from isegoria.rehearsal.guest import Guest, View

SORTS = ("practice", "challenge", "practice", "request")
LOOK_S = 6.0
AFTER_MS = 6_000
"""So long after a turn its captions are all there."""
QUOTED, CONFIRMED = 3, 2
"""One of so many interventions has a quote, and one of so many quotes is confirmed."""


class Line(NamedTuple):
    position: int
    text: str
    spoken_at: int


class Rapporteur:
    """`run` returns when somebody else writes in the notebook, or the session is closed."""

    def __init__(self, here: Guest, track: str) -> None:
        self._here, self._track = here, track
        self._lines: dict[int, Line] = {}
        self._noted: set[str] = set()
        here.on_captions(self._hear)

    async def run(self) -> None:
        await self._here.follow([self._track])
        while self._here.view["state"] != "closed" and not self._somebody_writes():
            await self._here.pause(LOOK_S)
            for spoken in self._here.view["spoken"]:
                if spoken["entry"] not in self._noted and (lines := self._said_in(spoken["turn"])):
                    self._noted.add(spoken["entry"])
                    await self._note(spoken["entry"], lines)

    def _hear(self, frame: View) -> None:
        for one in frame["segments"]:
            if one["position"] is not None and one["status"] == "final" and one["text"]:
                self._lines[one["position"]] = Line(one["position"], one["text"], one["spoken_at"])

    def _somebody_writes(self) -> bool:
        mine = self._here.view["me"]["name"]
        notes = self._here.view["notebook"]["notes"]
        written = [*(one["gist"] for one in notes if one["gist"]), *(quote for one in notes for quote in one["quotes"])]
        return any(one["by"] != mine for one in written)

    def _said_in(self, turn: str) -> list[Line]:
        """What was said in a turn that is over, once all of it is here."""
        turns = [(one["id"], one["began_at"], one["ended_at"]) for one in self._here.view["turns"]]
        ended = next((until for name, _, until in turns if name == turn), None)
        if ended is None or self._here.now() < ended + AFTER_MS:
            return []
        return [line for _, line in sorted(self._lines.items()) if turn_at(turns, line.spoken_at) == turn]

    async def _note(self, entry: str, lines: list[Line]) -> None:
        number = len(self._noted)
        await self._here.ask("tag_intervention", entry=entry, tag=SORTS[number % len(SORTS)])
        topics = [one["tag"] for one in self._here.view["notebook"]["topics"]]
        if topics:
            await self._here.ask("tag_intervention", entry=entry, tag=topics[number % len(topics)])
        await self._here.ask("write_gist", entry=entry, after=None, text=lines[0].text)
        if number % QUOTED == 0:
            chosen = lines[len(lines) // 2].position
            await self._here.ask("quote_intervention", entry=entry, track=self._track, first=chosen, last=chosen)
            await self._confirm(entry, number)

    async def _confirm(self, entry: str, number: int) -> None:
        notes: list[dict[str, Any]] = self._here.view["notebook"]["notes"]
        quotes = [quote["annotation"] for one in notes if one["entry"] == entry for quote in one["quotes"]]
        if number // QUOTED % CONFIRMED == 0:
            for annotation in quotes:
                await self._here.ask("confirm_quote", annotation=annotation)
