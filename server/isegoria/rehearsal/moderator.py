"""A synthetic moderator: runs the session until a person acts on the moderator's page, and then steps aside."""

from __future__ import annotations

from typing import Any

from isegoria.rehearsal.guest import Guest

OPENING_S = 12.0
HANDOVER_S = 8.0
CALL_S = 20.0
LOST_S = 60.0
NOTICED_S = 4.0
CLOSING_S = 30.0
STEP_S = 1.0


class Moderator:
    """`run` returns when a person has taken over, or the session is closed."""

    def __init__(self, here: Guest) -> None:
        self._here = here
        self._free_since: float | None = None
        self._gone_since: float | None = None
        self._came_at = here.view["version"]

    async def run(self) -> bool:
        """True if a person took over."""
        while self._view["state"] != "closed":
            if self._somebody_acts():
                await self._step_aside()
                return True
            await self._step()
            await self._here.pause(STEP_S)
        return False

    @property
    def _view(self) -> dict[str, Any]:
        return self._here.view

    def _somebody_acts(self) -> bool:
        team = ("moderator", "secretariat")
        return any(
            line["by_role"] in team and line["by"] != self._view["me"]["name"] and line["version"] > self._came_at
            for line in self._view["happenings"]
        )

    async def _step_aside(self) -> None:
        """At the pace of people from now on, from the moment that the clock shows."""
        clock = self._view["clock"]
        if clock["rate"] != 1:
            now = round(self._here.engine_now())
            session = round(clock["session"] + (now - clock["real"]) * clock["rate"])
            await self._here.ask("set_clock", real=now, session=session, rate=1)

    # --- one step ------------------------------------------------------------------------------------

    async def _step(self) -> None:
        view, now = self._view, self._here.now()
        if view["state"] in ("scheduled", "open"):
            if now >= view["starts_at"]:
                await self._here.ask("start_session")
        elif view["state"] == "live" and view["floor"]:
            self._free_since = None
            await self._attend(view["floor"], now)
        elif view["state"] == "live":
            await self._hand_over(now)

    async def _attend(self, floor: dict[str, Any], now: float) -> None:
        """Rule T9: a lost speaker's turn is paused, and interrupted if they do not come back."""
        here = self._connected(self._view["team_turn"]["person"])
        if floor["paused_at"] is None:
            self._gone_since = None if here else self._gone_since or now
            if self._gone_since is not None and now - self._gone_since >= NOTICED_S * 1_000:
                await self._here.ask("pause_turn", turn=floor["turn"], reason="connection")
        elif here:
            await self._here.ask("resume_turn", turn=floor["turn"])
        elif now >= floor["paused_at"] + LOST_S * 1_000:
            await self._here.ask("interrupt_turn" if floor["left"] > 0 else "end_turn", turn=floor["turn"])

    async def _hand_over(self, now: float) -> None:
        self._free_since = self._free_since or now
        waited = now - self._free_since
        segment = self._current()
        if segment["kind"] == "closing":
            if waited >= CLOSING_S * 1_000:
                await self._here.ask("close_session")
        elif segment["kind"] == "opening":
            if waited >= OPENING_S * 1_000:
                await self._next_segment()
        elif waited >= HANDOVER_S * 1_000:
            await self._call_next(now)

    def _current(self) -> dict[str, Any]:
        segments: list[dict[str, Any]] = self._view["segments"]
        return next(segment for segment in segments if segment["id"] == self._view["segment"])

    async def _next_segment(self) -> None:
        ids = [segment["id"] for segment in self._view["segments"]]
        following = ids[ids.index(self._view["segment"]) + 1 :]
        if following:
            await self._here.ask("start_segment", segment=following[0], after=self._view["segment"])
        self._free_since = None

    async def _call_next(self, now: float) -> None:
        entries = {entry["id"]: entry for entry in self._view["entries"]}
        ids = [segment["id"] for segment in self._view["segments"]]
        order = self._view["order"]
        if not order or ids.index(entries[order[0]]["segment"]) > ids.index(self._view["segment"]):
            await self._next_segment()
            return
        entry = entries[order[0]]
        if self._connected(entry["person"]):
            await self._here.ask("give_floor", entry=entry["id"], after=self._view["newest_turn"])
        elif entry["status"] != "called":
            await self._here.ask("call_speaker", entry=entry["id"], status=entry["status"])
        elif now >= entry["called_at"] + CALL_S * 1_000:
            await self._here.ask("mark_absent", entry=entry["id"], status="called")

    def _connected(self, person: str) -> bool:
        return any(one["person"] == person for one in self._here.status.get("people", []))
