"""A synthetic speaker: asks for the floor, says "I'm ready", speaks, and has finished, or is closed by the server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from isegoria.rehearsal.guest import Guest, guest

SOON = 3
LOST_AFTER_S = 50.0
LOST_FOR_S = 90.0


Fate: TypeAlias = Literal["present", "absent", "lost"]


@dataclass(frozen=True, slots=True)
class Part:
    """What a speaker does. `topic` counts the topics of the agenda from 0; `speaks_s` is how long they want to talk."""

    topic: int
    asks_after_s: float
    speaks_s: float
    fate: Fate = "present"
    protected: bool = False


class Speaker:
    def __init__(self, url: str, session: str, token: str, part: Part) -> None:
        self._url, self._session, self._token, self._part = url, session, token, part
        self._was_lost = False

    async def run(self) -> None:
        """From the doors to having been heard."""
        async with self._come() as here:
            await here.see(lambda view: view["state"] in ("open", "live"))
            await here.pause(self._part.asks_after_s)
            await self._request(here)
        if self._part.fate == "absent":
            return
        over = False
        while not over:
            async with self._come() as here:
                over = await self._take_part(here)
            if not over:
                await self._stay_away()

    def _come(self) -> Any:
        return guest(self._url, self._session, self._token)

    async def _request(self, here: Guest) -> None:
        topics = [segment["id"] for segment in here.view["segments"] if segment["kind"] == "topic"]
        if self._part.protected:
            await here.ask("choose_attribution", attribution="constituency_region")
        await here.ask("request_floor", segment=topics[self._part.topic % len(topics)])

    async def _take_part(self, here: Guest) -> bool:
        """True when there is nothing left to do; False when the connection is to be lost now."""
        while await here.see(lambda view: _is_soon(view) or view["own_turn"] or _is_over(view)):
            if _is_over(here.view):
                return True
            if here.view["own_turn"]:
                if not await self._speak(here):
                    return False
            else:
                await self._get_ready(here)
        return True

    async def _get_ready(self, here: Guest) -> None:
        entry = here.view["entries"][0]
        await here.pause(4)
        await here.ask("ready", entry=entry["id"])
        await here.see(lambda view: not _is_soon(view))

    async def _speak(self, here: Guest) -> bool:
        turn = here.view["floor"]["turn"]
        lost = self._part.fate == "lost" and not self._was_lost
        if not await here.see(lambda view: not view["own_turn"], LOST_AFTER_S if lost else self._part.speaks_s):
            if lost:
                self._was_lost = True
                return False
            await here.ask("yield_floor", turn=turn)
            await here.see(lambda view: not view["own_turn"])
        return True

    async def _stay_away(self) -> None:
        """A line that is down shows nothing, so the time is kept here; at any rate, a second of it at least."""
        async with self._come() as here:
            rate = here.view["clock"]["rate"] or 1
        await asyncio.sleep(max(1.0, LOST_FOR_S / rate))


def _is_soon(view: dict[str, Any]) -> bool:
    own = view["entries"]
    if not own or own[0]["place"] is None:
        return False
    return bool(own[0]["place"] <= SOON and own[0]["readiness"] == "silent")


def _is_over(view: dict[str, Any]) -> bool:
    waiting = {"waiting", "called", "absent", "interrupted", "speaking", "late"}
    return view["state"] == "closed" or not any(entry["status"] in waiting for entry in view["entries"])
