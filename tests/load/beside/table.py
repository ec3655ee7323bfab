"""What was found, as text: a table for each scenario, ours and the references side by side, and what was demanded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from tests.load.beside.plan import Point
from tests.load.beside.scenarios import SCENARIOS
from tests.load.beside.verdict import verdicts

HEADINGS = ("point", "figure", "server", "median", "least to most", "of the limit")
DEMANDED = ("demanded", "measured", "beside", "must", "aim", "verdict")
WHAT = {name: scenario.what for name, scenario in SCENARIOS.items()} | {
    "mixed": "people who press while captions are spoken, and in a flood; "
    "stock python-socketio: the same captions to rooms, and a command that does nothing",
    "many": "one process at real speed",
    "second": "what a second replica with as many readers costs the first",
}


def as_text(kept: Mapping[str, Any]) -> str:
    lines = ["", ", ".join(f"{name} {value}" for name, value in kept["machine"].items())]
    for scenario, rows in groupby(kept["table"], key=lambda row: row["scenario"]):
        lines += ["", f"{scenario}: {WHAT[scenario]}", *_aligned([HEADINGS, *map(_cells, rows)], (3, 4, 5))]
    for live in kept["live"]:
        lines += ["", str(_point(live))]
        lines += [f"  {name}: {_shown(value)}" for name, value in live["found"].items() if not isinstance(value, list)]
    judged = [
        (one.figure, one.ours, one.beside, one.must, one.aim, one.verdict) for one in verdicts(kept["table"])
    ]  # fmt: skip
    lines += ["", *_aligned([DEMANDED, *judged], ())] if judged else []
    return "\n".join([*lines, "", *kept["remarks"]])


def _point(row: Mapping[str, Any]) -> Point:
    return Point(row["scenario"], row["readers"], row["by"], row["rooms"])


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    spread = f"{_shown(row['least'])} to {_shown(row['most'])}" if row["runs"] > 1 else ""
    share = "" if row["of_limit"] is None else f"{row['of_limit']:.2f}"
    place = str(_point(row)).partition(", ")[2]
    return (place, row["unit"], row["server"], _shown(row["median"]), spread, share)


def _shown(value: Any) -> str:
    if isinstance(value, (int, float)):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
    return str(value)


def _aligned(table: Sequence[tuple[str, ...]], right: Sequence[int]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
