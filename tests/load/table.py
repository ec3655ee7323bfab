"""What was found, as rows: ours and the reference of the same run, side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

HEADINGS = ("figure", "what", "isegoria", "reference", "ratio", "the reference is")


@dataclass(frozen=True, slots=True)
class Row:
    """`what` names the unit, too."""

    figure: str
    what: str
    ours: float
    reference: float
    against: str

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference > 0 else None

    def cells(self) -> tuple[str, ...]:
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        return (self.figure, self.what, f"{self.ours:.2f}", f"{self.reference:.2f}", ratio, self.against)


@dataclass(slots=True)
class Found:
    """What one figure brought. `warnings` say in whole sentences why a row may not be believed."""

    rows: list[Row] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that is not exceeded by `percent` of them (nearest rank); 100 is the greatest."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def spread(  # a row for each percentile
    figure: str,
    what: str,
    ours: Sequence[float],
    reference: Sequence[float],
    against: str,
    percents: Sequence[float] = (50, 99, 100),
) -> list[Row]:
    return [
        Row(figure, f"{what}, {_name(one)}", percentile(ours, one), percentile(reference, one), against)
        for one in percents
    ]


def _name(percent: float) -> str:
    if percent == 50:
        return "median"
    return "max" if percent == 100 else f"p{percent:g}"


def as_text(machine: dict[str, Any], found: Found) -> str:
    lines = [", ".join(f"{name} {value}" for name, value in machine.items()), ""]
    lines += _aligned([HEADINGS, *(row.cells() for row in found.rows)])
    lines += ["", *found.warnings] if found.warnings else []
    return "\n".join(lines)


def _aligned(table: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    for row in table:
        cells = [
            cell.rjust(width) if column in (2, 3, 4) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
