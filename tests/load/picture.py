"""Results of the comparison as one SVG picture, light or dark as the reader has it: bars, then curves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.load import curves
from tests.load.drawing import GAP, MARGIN, NAMES, STYLE, WIDTH, Place, number, text

COLUMN = (WIDTH - 2 * MARGIN - GAP) // 2
LABEL, VALUE = 140, 86
BAR, ROW = 16, 26
PANELS = (
    ("fanout", "deliveries", "Deliveries a second, a frame for each message", "more is better"),
    ("flood", "deliveries", "The same in a flood, put together in ticks", "more is better"),
    ("fanout", "joins", "Joins for a second of processor", "more is better"),
    ("fanout", "memory", "KB of memory for a reader", "less is better"),
)
LONG = {"many": "one process", "replicas": "two replicas"}
TOLD = 5_000
"""Readers of whom the bars tell, if so many were measured."""
LEFT_OUT = {"deliveries": {"limit-40"}, "joins": {"limit", "nchan"}, "memory": {"limit"}}
"""What cannot be compared: the limit in ticks copies memory, ten times as fast as any relay; nchan lets readers in
without a handshake of Socket.IO; and the limit lets in whoever comes and keeps nothing of them."""


def draw(results: Mapping[str, Any]) -> str:
    """The file's text. `results` are as the comparison writes them."""
    rows: Sequence[Mapping[str, Any]] = results["table"]
    parts, y = [text(MARGIN, 34, "One processor core for the server, one for its readers", "title")], 58.0
    for left, right in zip(PANELS[::2], PANELS[1::2], strict=True):
        heights = [
            _panel(parts, Place(x, y), rows, panel)
            for x, panel in ((MARGIN, left), (MARGIN + COLUMN + GAP, right))
        ]  # fmt: skip
        y += max(heights)
    y += curves.draw(parts, Place(MARGIN, y), rows)
    long = [one for one in results["live"] if one["scenario"] in LONG]
    for line in (*map(_lived, long), *_machine(results["machine"])):
        parts.append(text(MARGIN, y + 14, line, "faint"))
        y += 20
    height = round(y + 16)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    label = "Deliveries, joins and memory of Isegoria beside other servers; the figures stand beside the bars"
    ground = f'<rect class="ground" width="{WIDTH}" height="{height}"/>'
    return "\n".join(
        [f'{head} role="img" aria-label="{label}">', f"<style>{STYLE}</style>", ground, *parts, "</svg>\n"]
    )


# --- bars ------------------------------------------------------------------------------------------


def _panel(parts: list[str], at: Place, rows: Sequence[Mapping[str, Any]], panel: tuple[str, str, str, str]) -> float:
    """Its height; nothing is drawn where nothing was measured."""
    scenario, figure, title, better = panel
    here = [row for row in rows if (row["scenario"], row["figure"], row["by"]) == (scenario, figure, "readers")]
    here = [row for row in here if row["server"] not in LEFT_OUT[figure]]
    if not here:
        return 0
    sizes = {row["readers"] for row in here}
    readers = TOLD if TOLD in sizes else max(sizes)
    here = sorted((row for row in here if row["readers"] == readers), key=lambda row: list(NAMES).index(row["server"]))
    parts += [
        text(at.x, at.y + 12, title, "title"),
        text(at.x, at.y + 29, f"{readers:,} readers; {better}", "faint"),
    ]
    widest = max(row["median"] for row in here) or 1
    for place, row in enumerate(here):
        room = COLUMN - LABEL - VALUE
        _bar(parts, Place(at.x, at.y + 40 + place * ROW), row, max(1.0, room * row["median"] / widest))
    return 40 + len(here) * ROW + 24


def _bar(parts: list[str], at: Place, row: Mapping[str, Any], width: float) -> None:
    server = row["server"]
    mark, kind = ("ours", "isegoria") if server == "isegoria" else ("theirs", "other")
    corner = f'x="{at.x + LABEL:.0f}" y="{at.y:.0f}"'
    parts += [
        text(at.x, at.y + 13, NAMES[server], mark),
        f'<rect class="{kind}" {corner} width="{width:.1f}" height="{BAR}" rx="2"/>',
        text(at.x + LABEL + width + 8, at.y + 13, number(row["median"]), mark),
    ]


# --- words -----------------------------------------------------------------------------------------


def _lived(live: Mapping[str, Any]) -> str:
    """One line of a long run."""
    found = live["found"]
    late = max(value for name, value in found.items() if "ms from due to reader, p99" in name)
    lost = sum(value for name, value in found.items() if name.partition(" (")[0] == "lost")
    told = "nothing lost" if not lost else f"{lost:,} deliveries lost"
    minutes = live["seconds"] // 60
    lasted = f"{minutes} minutes" if minutes > 1 else f"{live['seconds']} s"
    who = f"{live['readers']:,} readers on {LONG[live['scenario']]}, eight languages at real speed for {lasted}"
    return f"{who}: {late:,.0f} ms for 99 of 100, {told}"


def _machine(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"Server and engine on core {told['server_core']}, generator and people on core {told['generator_core']}"
    names = ("python", "aiohttp", "python-socketio", "uvloop")
    yield ", ".join([str(told["system"]), *(f"{name} {told[name]}" for name in names)])
