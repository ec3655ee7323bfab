"""Which points are measured, and how long that takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

By: TypeAlias = Literal["readers", "languages", "sessions", "rooms"]
"""What a curve runs over. Other servers know rooms only: theirs stand beside languages and sessions alike."""

STAGES = 7
"""Of a search, as a rule: one that holds, two that do not, four halvings."""
FEWER = {"stock": 4}
"""Where too few texts are left to halve."""
AFTER_STAGE_S = 0.5
LIVE_S = {"mixed": 20, "many": 600, "replicas": 600, "second": 10}
"""How long each of their parts is watched unless asked for otherwise."""
ALL_JOINS_A_SECOND = 2_500
START_S = {"isegoria": 3.5}


@dataclass(frozen=True, slots=True)
class Point:
    """One place on a curve: so many readers in all, in so many rooms (languages or sessions)."""

    scenario: str
    readers: int
    by: By = "readers"
    rooms: int = 1

    @property
    def ours(self) -> bool:
        return self.by != "rooms" or self.rooms == 1

    @property
    def others(self) -> bool:
        return self.by in {"readers", "rooms"}

    def __str__(self) -> str:
        name = self.by.removesuffix("s") if self.rooms == 1 else self.by
        parts = "" if self.by == "readers" else f", {self.rooms} {name}"
        return f"{self.scenario}, {self.readers:,} readers{parts}"

    @property
    def place(self) -> dict[str, str | int]:
        return {"scenario": self.scenario, "readers": self.readers, "by": self.by, "rooms": self.rooms}


def points(scenario: str, readers: int, languages: Sequence[int], sessions: Sequence[int]) -> Iterator[Point]:
    """One alone, or the curves by languages and by sessions; what is the same for both is measured once."""
    if not (languages or sessions):
        yield Point(scenario, readers)
    for rooms in sorted({*languages, *sessions}):
        yield Point(scenario, readers, "rooms", rooms)
        if rooms > 1 and rooms in languages:
            yield Point(scenario, readers, "languages", rooms)
        if rooms > 1 and rooms in sessions:
            yield Point(scenario, readers, "sessions", rooms)


def measurable(point: Point, only: Sequence[str]) -> bool:
    """Whether any server that is asked for has a part in it."""
    return not only or (point.ours and "isegoria" in only) or (point.others and set(only) != {"isegoria"})


def minutes(todo: Sequence[Point], servers: Mapping[str, Sequence[str]], stage_s: float, seconds: int) -> float:
    """A rough guess. `servers`: those of each scenario, others than ours included."""
    return sum(_seconds(point, servers.get(point.scenario, ()), stage_s, seconds) for point in todo) / 60


def _seconds(point: Point, servers: Sequence[str], stage_s: float, seconds: int) -> float:
    join = point.readers / ALL_JOINS_A_SECOND
    watched = seconds or LIVE_S.get(point.scenario, 0)
    if point.scenario == "mixed":
        return _mixed(point, join, watched)
    if point.scenario == "second":
        return 3 * join + 2 * watched + 12
    if point.scenario in LIVE_S:
        return join + watched + 14
    here = [name for name in servers if (point.ours if name == "isegoria" else point.others)]
    if point.scenario == "storm":
        return sum(START_S.get(name, 1) + 3 * join + 4 for name in here)
    stage = 1.25 * stage_s + AFTER_STAGE_S
    return sum(START_S.get(name, 1) + join + FEWER.get(name, STAGES) * stage for name in here)


def _mixed(point: Point, join: float, watched: float) -> float:
    """Ours as spoken and in the flood, stock as spoken."""
    parts = int(point.ours) * (2 if point.by == "readers" else 1)
    return parts * (join + watched + 12) + int(point.others) * (join + watched + 4)
