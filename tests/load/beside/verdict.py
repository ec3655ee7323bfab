"""What must be reached, and whether it was: each row beside what was measured for it in the same results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

READERS = 5_000
"""Of whom the comparison is told."""
MUST_CORE = 19_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """`verdict` is aim, must or missed."""

    figure: str
    ours: str
    beside: str
    must: str
    aim: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Table:
    """The medians of the curves by readers."""

    rows: Sequence[Mapping[str, Any]]

    def median(self, scenario: str, figure: str, server: str = "isegoria", readers: int = READERS) -> float | None:
        for row in self.rows:
            place = (row["scenario"], row["figure"], row["server"], row["readers"], row["by"])
            if place == (scenario, figure, server, readers, "readers"):
                return float(row["median"])
        return None


def verdicts(rows: Sequence[Mapping[str, Any]]) -> Iterator[Verdict]:
    """A row for each demand that these results tell of."""
    table = Table(rows)
    yield from _deliveries(table)
    yield from _flood(table)
    yield from _core(table)
    yield from _at_least(table, "joins", 3_500, 7_000)
    for scenario, figure, what, must, aim in LESS:
        ours = table.median(scenario, figure)
        if ours is not None:
            yield Verdict(what, f"{ours:.1f}", "", f"{must}", f"{aim}", _judged(ours <= must, ours <= aim))
    yield from _second(rows)


LESS = (
    ("fanout", "memory", "KB of memory for a reader, 5,000", 20, 14),
    ("mixed", "flood_written", "ms until a turn's end is written, p99, flooded, 5,000 readers", 20, 5),
    ("mixed", "flood_seen", "ms until a turn's end is seen, p99, flooded, 5,000 readers", 20, 5),
    ("mixed", "flood_press", "ms until a press is acknowledged, p99, flooded, 5,000 readers", 50, 15),
)


def _deliveries(table: Table) -> Iterator[Verdict]:
    ours, limit = table.median("fanout", "deliveries"), table.median("fanout", "deliveries", "limit")
    node, nchan = (table.median("fanout", "deliveries", name) for name in ("node", "nchan"))
    if ours is None or not limit:
        return
    beside = ", ".join(f"{name} {value / limit:.2f}" for name, value in (("Node", node), ("nchan", nchan)) if value)
    share = ours / limit
    yield Verdict(
        "deliveries/s without ticks, 5,000 readers, of the limit",
        f"{share:.2f} ({ours:,.0f} of {limit:,.0f})",
        beside,
        "0.5, ahead of Node",
        "0.6",
        _judged(share >= 0.5 and ours > (node or 0), share >= 0.6 and ours > (node or 0)),
    )


def _flood(table: Table) -> Iterator[Verdict]:
    ours = table.median("flood", "deliveries")
    limit = table.median("flood", "deliveries", "limit") or table.median("fanout", "deliveries", "limit")
    if ours is None or not limit:
        return
    most = ours >= 1.5 * limit
    yield Verdict(
        "segments delivered a second in a flood, 5,000 readers",
        f"{ours:,.0f}",
        f"{ours / limit:.1f} of the limit without ticks",
        "700,000, 1.5 of the limit",
        "1,500,000",
        _judged(most and ours >= 700_000, most and ours >= 1_500_000),
    )


def _core(table: Table) -> Iterator[Verdict]:
    caption, share, joined, lost = (
        table.median("many", name, readers=MUST_CORE) for name in ("caption", "share", "joined", "lost")
    )
    if caption is None or share is None:
        return
    good = caption < 250 and joined == MUST_CORE and not lost
    ours = f"{joined:,.0f} at {caption:.0f} ms, {share:.0%} of the core, {lost:,.0f} lost"
    what = "readers on one core, 8 languages as spoken, p99 < 250 ms"
    yield Verdict(what, ours, "", "19,000", "the same at half of the core", _judged(good, good and share <= 0.5))


def _at_least(table: Table, figure: str, must: float, aim: float) -> Iterator[Verdict]:
    ours = table.median("fanout", figure)
    if ours is None:
        return
    others = {name: table.median("fanout", figure, server) for name, server in (("stock", "stock"), ("Node", "node"))}
    beside = ", ".join(f"{name} {value:,.0f}" for name, value in others.items() if value)
    what = "joins for a second of processor, 5,000"
    yield Verdict(what, f"{ours:,.0f}", beside, f"{must:,.0f}", f"{aim:,.0f}", _judged(ours >= must, ours >= aim))


NOISE = 1.1
"""What two runs of the same thing differ by on these machines."""


def _second(rows: Sequence[Mapping[str, Any]]) -> Iterator[Verdict]:
    found = {row["figure"]: float(row["median"]) for row in rows if row["scenario"] == "second"}
    if not found:
        return
    ratio = found["beside"] / found["alone"]
    told = f"{ratio:.2f} ({found['beside']:.1f} us a delivery, alone {found['alone']:.1f})"
    what = "cost of a second replica on the first, as a ratio"
    yield Verdict(what, told, "", f"none (up to {NOISE} is noise)", "", _judged(ratio <= NOISE, False))


def _judged(must: bool, aim: bool) -> str:
    return "aim" if aim else "must" if must else "missed"
