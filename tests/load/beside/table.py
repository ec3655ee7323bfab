"""What was found, as text: a table for each scenario, ours and the references side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from tests.load.beside.scenarios import SCENARIOS

HEADINGS = ("readers", "figure", "server", "median", "least to most", "of the limit")


def as_text(kept: Mapping[str, Any]) -> str:
    lines = ["", ", ".join(f"{name} {value}" for name, value in kept["machine"].items())]
    for scenario, rows in groupby(kept["table"], key=lambda row: row["scenario"]):
        lines += ["", f"{scenario}: {SCENARIOS[scenario].what}"]
        lines += _aligned([HEADINGS, *map(_cells, rows)])
    for live in kept["live"]:
        lines += ["", f"{live['scenario']}, {live['readers']:,} readers"]
        lines += [f"  {name}: {_shown(value)}" for name, value in live["found"].items() if not isinstance(value, list)]
    return "\n".join([*lines, "", *kept["remarks"]])


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    spread = f"{_shown(row['least'])} to {_shown(row['most'])}" if row["runs"] > 1 else ""
    share = "" if row["of_limit"] is None else f"{row['of_limit']:.2f}"
    return (f"{row['readers']:,}", row["unit"], row["server"], _shown(row["median"]), spread, share)


def _shown(value: Any) -> str:
    if isinstance(value, (int, float)):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
    return str(value)


def _aligned(table: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    for row in table:
        cells = [
            cell.ljust(width) if column in (1, 2) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
