"""How each figure grows: small pictures side by side, over readers, languages and sessions, one scale a row."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.load.beside.plan import By
from tests.load.drawing import MARGIN, NAMES, WIDTH, Place, line, text

Row: TypeAlias = Mapping[str, Any]

COLUMNS: tuple[By, ...] = ("readers", "languages", "sessions")
AXIS = 52
"""Room for the scale's numbers."""
ROOM = (WIDTH - 2 * MARGIN) / len(COLUMNS)
"""Of one that stands alone, with its scale."""
PLOT = ROOM - AXIS - 50
HIGH, HEAD, FOOT = 112, 40, 48
TALL = HIGH + HEAD + FOOT
LEAST_MS = 1.0


@dataclass(frozen=True, slots=True)
class Band:
    """One figure in each column. `must` is a line to stay above or below; `borrowed` servers are of `fanout`."""

    scenario: str
    figure: str
    title: str
    better: str
    must: float | None = None
    logarithmic: bool = False
    left_out: frozenset[str] = frozenset()
    borrowed: tuple[str, ...] = ()


def _late(figure: str, title: str, must: float) -> Band:
    return Band("mixed", figure, title, "ms for 99 of 100; less is better", must, logarithmic=True)


NO_HANDSHAKE = frozenset({"nchan", "limit", "limit-40"})
BANDS = (
    Band("fanout", "deliveries", "Deliveries a second, a frame for each message", "at p99 < 250 ms; more is better"),
    Band(
        "flood", "deliveries", "The same in a flood, put together in ticks", "more is better", 700_000,
        left_out=frozenset({"limit-40"}), borrowed=("limit",),
    ),
    Band("fanout", "cost", "Processor time of a delivery", "microseconds; less is better", logarithmic=True),
    Band("fanout", "joins", "Joins for a second of processor", "more is better", 3_500, left_out=NO_HANDSHAKE),
    Band("fanout", "memory", "Memory for a reader", "KB; less is better", 20, left_out=NO_HANDSHAKE),
    Band(
        "storm", "back", "A storm: until all are back", "seconds; less is better",
        left_out=NO_HANDSHAKE,
    ),
    _late("caption", "A caption, as spoken", 250),
    Band("mixed", "share", "The core's share for that", "less is better"),
    _late("flood_caption", "A caption in the flood", 250),
    _late("press", "A press confirmed, as spoken", 50),
    _late("flood_press", "A press confirmed, in the flood", 50),
    _late("seen", "A turn's end seen, as spoken", 20),
    _late("flood_seen", "A turn's end seen, in the flood", 20),
)  # fmt: skip


def draw(parts: list[str], at: Place, rows: Sequence[Row]) -> float:
    """Their height; nothing is drawn of what was measured at one number only."""
    drawn = [(band, columns) for band in BANDS if (columns := _columns(band, rows))]
    if not drawn:
        return 0
    _legend(parts, at, sorted({row["server"] for _, columns in drawn for column in columns.values() for row in column}))
    y = at.y + 34
    alone = [(band, columns) for band, columns in drawn if len(columns) == 1]
    for band, columns in (one for one in drawn if len(one[1]) > 1):
        _band(parts, Place(at.x, y), band, columns)
        y += TALL
    for place, (band, columns) in enumerate(alone):
        row, column = divmod(place, len(COLUMNS))
        _band(parts, Place(at.x + column * ROOM, y + row * TALL), band, columns)
    return y - at.y + math.ceil(len(alone) / len(COLUMNS)) * TALL


def _columns(band: Band, rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each column that has more than one place."""
    here = [
        row
        for row in rows
        if row["figure"] == band.figure
        and (row["scenario"] == band.scenario or (row["scenario"] == "fanout" and row["server"] in band.borrowed))
        and row["server"] not in band.left_out
        # Nothing takes no time: that server broke.
        and (row["median"] or not band.logarithmic)
    ]
    own = {row["server"] for row in here if row["scenario"] == band.scenario}
    here = [row for row in here if row["scenario"] == band.scenario or row["server"] not in own]
    found = dict[str, list[Row]]()
    for by in COLUMNS:
        column = _rows(here, by)
        if len({_place(row, by) for row in column}) > 1:
            found[by] = column
    return found


def _rows(rows: Sequence[Row], by: By) -> list[Row]:
    """Undivided is the same for languages and sessions, and where it was measured for readers, taken from there."""
    if by == "readers":
        return [row for row in rows if row["by"] == by]
    column = [row for row in rows if row["by"] in {by, "rooms"}]
    undivided = {row["server"] for row in column if row["rooms"] == 1}
    sizes = {row["readers"] for row in column if row["scenario"] != "mixed"}
    return column + [
        row for row in rows if row["by"] == "readers" and row["readers"] in sizes and row["server"] not in undivided
    ]


def _place(row: Row, by: str) -> int:
    return int(row["readers"] if by == "readers" else row["rooms"])


def _legend(parts: list[str], at: Place, servers: Sequence[str]) -> None:
    parts.append(text(at.x, at.y + 12, "How it grows", "title"))
    x = at.x + 130.0
    for server in (name for name in NAMES if name in servers):
        parts += [
            f'<line class="curve {server}" x1="{x:.0f}" x2="{x + 26:.0f}" y1="{at.y + 8:.0f}" y2="{at.y + 8:.0f}"/>',
            text(x + 32, at.y + 12, NAMES[server], "ours" if server == "isegoria" else "faint"),
        ]
        x += 52 + 6.4 * len(NAMES[server])


@dataclass(frozen=True, slots=True)
class Scale:
    least: float
    most: float
    logarithmic: bool

    def height(self, value: float) -> float:
        """0 at the foot, 1 at the top."""
        if self.logarithmic:
            share = math.log(max(value, self.least) / self.least) / math.log(self.most / self.least)
        else:
            share = (value - self.least) / (self.most - self.least)
        return min(1.0, max(0.0, share))

    def marks(self) -> Iterator[float]:
        if self.logarithmic:
            yield from (10**power for power in range(round(math.log10(self.least)), round(math.log10(self.most)) + 1))
        else:
            yield from (self.least, (self.least + self.most) / 2, self.most)


def _scale(band: Band, columns: Mapping[str, Sequence[Row]]) -> Scale:
    values = [float(row["median"]) for column in columns.values() for row in column]
    most = max([*values, band.must or 0]) or 1.0
    if band.logarithmic:
        return Scale(LEAST_MS, 10.0 ** max(1, math.ceil(math.log10(most))), logarithmic=True)
    unit = 10.0 ** math.floor(math.log10(most))
    return Scale(0, next(unit * step for step in (1, 2, 3, 4, 5, 6, 8, 10) if unit * step >= most), logarithmic=False)


def _band(parts: list[str], at: Place, band: Band, columns: Mapping[str, Sequence[Row]]) -> None:
    """All on one scale."""
    scale = _scale(band, columns)
    parts += [text(at.x, at.y + 12, band.title, "title"), text(at.x, at.y + 28, band.better, "faint")]
    for column, by in enumerate(columns):
        x = at.x + AXIS + column * ROOM
        _cell(parts, Place(x, at.y + HEAD), scale, band.must, columns[by], by, numbers=column == 0)


def _cell(  # a small picture
    parts: list[str], at: Place, scale: Scale, must: float | None, rows: Sequence[Row], by: str,
    *, numbers: bool,
) -> None:  # fmt: skip
    sizes = sorted({_place(row, by) for row in rows})
    step = (PLOT) / (len(sizes) - 1)

    def y(value: float) -> float:
        return at.y + HIGH * (1 - scale.height(value))

    for mark in scale.marks():
        parts.append(line("axis", at.x, y(mark), at.x + PLOT))
        if numbers:
            parts.append(text(at.x - 8, y(mark) + 4, _short(mark), "faint", "end"))
    if must:
        parts.append(line("must", at.x, y(must), at.x + PLOT))
        parts.append(text(at.x + PLOT + 4, y(must) + 4, "must", "demand"))
    for place, size in enumerate(sizes):
        parts.append(text(at.x + place * step, at.y + HIGH + 15, _short(size), "faint", "middle"))
    parts.append(text(at.x, at.y + HIGH + 30, _over(rows, by), "faint"))
    for server in (name for name in reversed(NAMES) if any(row["server"] == name for row in rows)):
        here = sorted((row for row in rows if row["server"] == server), key=lambda row: _place(row, by))
        dots = [(at.x + sizes.index(_place(row, by)) * step, y(row["median"])) for row in here]
        _curve(parts, server, dots)
        if server == "isegoria":
            _ours(parts, dots, here[-1]["median"], y(must) if must else None)


def _over(rows: Sequence[Row], by: str) -> str:
    return by if by == "readers" else f"{by}, {rows[0]['readers']:,} readers in all"


def _curve(parts: list[str], server: str, dots: Sequence[tuple[float, float]]) -> None:
    if len(dots) == 1:
        parts.append(f'<circle class="dot {server}" cx="{dots[0][0]:.1f}" cy="{dots[0][1]:.1f}" r="3"/>')
        return
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
    parts.append(f'<polyline class="curve {server}" points="{joined}"/>')


def _ours(parts: list[str], dots: Sequence[tuple[float, float]], last: float, must: float | None) -> None:
    """Its dots, and its last value beside the end, clear of the word at the demand's line."""
    parts += [f'<circle class="dot isegoria" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in dots]
    x, y = dots[-1]
    if must is not None and abs(y - must) < 13:
        y = must + (13 if y >= must else -13)
    parts.append(text(x + 6, y + 4, _short(last), "ours small"))


def _short(value: float) -> str:
    """1,000 as 1k, 1,000,000 as 1M."""
    if value >= 999_500:
        return f"{value / 1_000_000:.3g}M"
    return f"{value / 1_000:.3g}k" if value >= 1_000 else f"{value:.2g}" if value < 100 else f"{value:.0f}"
