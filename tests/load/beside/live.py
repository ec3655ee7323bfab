"""Which figures of the sessions with people in them are compared and drawn, and of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.load.beside.scenarios import Figure


def _told(name: str) -> Callable[[Mapping[str, Any]], float | None]:
    return lambda found: found.get(name)


CAPTION = "ms from due to reader, p99"
SHARE = "server's share of its core"
PRESS = "ms until a press is acknowledged, p99"
WRITTEN = "ms until the end of a turn is written, p99"
SEEN = "ms until the end of a turn is seen, p99"
FIRST = "us of the first for a delivery"

FIGURES: dict[str, Sequence[Figure]] = {
    "mixed": (
        Figure("caption", "ms p99 from due to reader, spoken", _told(f"spoken: {CAPTION}")),
        Figure("share", "of the server's core, spoken", _told(f"spoken: {SHARE}")),
        Figure("press", "ms p99 until a press is acknowledged, spoken", _told(f"spoken: {PRESS}")),
        Figure("written", "ms p99 until a turn's end is written, spoken", _told(f"spoken: {WRITTEN}")),
        Figure("seen", "ms p99 until a turn's end is seen, spoken", _told(f"spoken: {SEEN}")),
        Figure("flood_caption", "ms p99 from due to reader, flooded", _told(f"flooded: {CAPTION}")),
        Figure("flood_press", "ms p99 until a press is acknowledged, flooded", _told(f"flooded: {PRESS}")),
        Figure("flood_written", "ms p99 until a turn's end is written, flooded", _told(f"flooded: {WRITTEN}")),
        Figure("flood_seen", "ms p99 until a turn's end is seen, flooded", _told(f"flooded: {SEEN}")),
    ),
    "many": (
        Figure("caption", "ms p99 from due to reader", _told(CAPTION)),
        Figure("share", "of the server's core", _told(SHARE)),
        Figure("joined", "readers joined", _told("joined")),
        Figure("lost", "deliveries lost", _told("lost")),
        Figure("early_mb", "MB after a tenth", _told("MB of replica 1, after a tenth")),
        Figure("late_mb", "MB at the end", _told("MB of replica 1, at the end")),
    ),
    "replicas": (),
    "second": (
        Figure("alone", "us of the first for a delivery, alone", _told(f"{FIRST}, alone")),
        Figure("beside", "us of the first for a delivery, beside a second", _told(f"{FIRST}, beside a second")),
    ),
}
STOCK = "stock, "


def runs(live: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each as runs of the servers that it has figures of."""
    for one in live:
        theirs = {name.removeprefix(STOCK): value for name, value in one["found"].items() if name.startswith(STOCK)}
        ours = {name: value for name, value in one["found"].items() if not name.startswith(STOCK)}
        for server, found in (("isegoria", ours), ("stock", theirs)):
            if found:
                yield {**one, "server": server, "found": found}
