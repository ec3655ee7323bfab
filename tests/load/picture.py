"""Results of the comparison as one SVG picture, light or dark as the reader has it: bars, then curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH, MARGIN, GAP = 880, 24, 40
COLUMN = (WIDTH - 2 * MARGIN - GAP) // 2
LABEL, VALUE = 140, 86
BAR, ROW = 16, 26
CURVE = 190
NAMES = {
    "isegoria": "Isegoria",
    "nchan": "nchan (nginx, C)",
    "node": "Node socket.io",
    "stock": "python-socketio",
    "limit": "limit: C, send only",
    "limit-40": "limit: C, 40 ms ticks",
}
PANELS = (
    ("fanout", "deliveries", "Deliveries a second, a frame for each message", "more is better"),
    ("flood", "deliveries", "The same in a flood, put together in ticks", "more is better"),
    ("fanout", "joins", "Joins for a second of processor", "more is better"),
    ("fanout", "memory", "KB of memory for a reader", "less is better"),
)
LEFT_OUT = {"deliveries": {"limit-40"}, "joins": {"limit", "nchan"}, "memory": {"limit"}}
"""What cannot be compared: the limit in ticks copies memory, ten times as fast as any relay; nchan lets readers in
without a handshake of Socket.IO; and the limit lets in whoever comes and keeps nothing of them."""
STYLE = """
svg{--ink:#1b1f24;--faint:#5b6470;--line:#d5dae0;--ours:#0b57d0;--other:#98a2ae;--ground:#fff;
font:13px system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--ink:#e8eaed;--faint:#a5adb8;--line:#3b424b;--ours:#8ab4f8;--other:#6d7783;
--ground:#16191d}}
text{fill:var(--ink)}.faint{fill:var(--faint);font-size:12px}.title{font-weight:600;font-size:14px}
.isegoria{fill:var(--ours)}.other{fill:var(--other)}.ground{fill:var(--ground)}.axis{stroke:var(--line)}
.curve{fill:none;stroke:var(--other);stroke-width:2}.curve.isegoria{fill:none;stroke:var(--ours);stroke-width:3}
.node{stroke-dasharray:7 4}.nchan{stroke-dasharray:12 3 3 3}.stock{stroke-dasharray:2 4}
.ours{font-weight:600}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """The upper left corner of what is drawn."""

    x: float
    y: float


def draw(results: Mapping[str, Any]) -> str:
    """The file's text. `results` are as the comparison writes them."""
    rows: Sequence[Mapping[str, Any]] = results["table"]
    parts, y = [_text(MARGIN, 34, "One processor core for the server, one for its readers", "title")], 58.0
    for left, right in zip(PANELS[::2], PANELS[1::2], strict=True):
        heights = [
            _panel(parts, Place(x, y), rows, panel)
            for x, panel in ((MARGIN, left), (MARGIN + COLUMN + GAP, right))
        ]  # fmt: skip
        y += max(heights)
    y += _curves(parts, Place(MARGIN, y), rows)
    for line in (*map(_lived, results["live"]), _machine(results["machine"])):
        parts.append(_text(MARGIN, y + 14, line, "faint"))
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
    here = [row for row in rows if (row["scenario"], row["figure"]) == (scenario, figure)]
    here = [row for row in here if row["server"] not in LEFT_OUT[figure]]
    if not here:
        return 0
    readers = max(row["readers"] for row in here)
    here = sorted((row for row in here if row["readers"] == readers), key=lambda row: list(NAMES).index(row["server"]))
    parts += [
        _text(at.x, at.y + 12, title, "title"),
        _text(at.x, at.y + 29, f"{readers:,} readers; {better}", "faint"),
    ]
    widest = max(row["median"] for row in here) or 1
    for number, row in enumerate(here):
        room = COLUMN - LABEL - VALUE
        _bar(parts, Place(at.x, at.y + 40 + number * ROW), row, max(1.0, room * row["median"] / widest))
    return 40 + len(here) * ROW + 24


def _bar(parts: list[str], at: Place, row: Mapping[str, Any], width: float) -> None:
    server = row["server"]
    mark = "ours" if server == "isegoria" else "theirs"
    corner = f'x="{at.x + LABEL:.0f}" y="{at.y:.0f}"'
    parts += [
        _text(at.x, at.y + 13, NAMES[server], mark),
        f'<rect class="{_class(server)}" {corner} width="{width:.1f}" height="{BAR}" rx="2"/>',
        _text(at.x + LABEL + width + 8, at.y + 13, _number(row["median"]), mark),
    ]


# --- curves ----------------------------------------------------------------------------------------


def _curves(parts: list[str], at: Place, rows: Sequence[Mapping[str, Any]]) -> float:
    """Deliveries over readers, where more than one number was measured; its height."""
    here = [row for row in rows if (row["scenario"], row["figure"]) == ("fanout", "deliveries")]
    sizes = sorted({row["readers"] for row in here})
    if len(sizes) < 2:
        return 0
    highest = max(row["median"] for row in here) or 1
    left, right = at.x + 70, WIDTH - MARGIN - 130
    top, bottom = at.y + 40, at.y + 40 + CURVE
    step = (right - left) / (len(sizes) - 1)

    def point(row: Mapping[str, Any]) -> Place:
        return Place(left + sizes.index(row["readers"]) * step, bottom - CURVE * row["median"] / highest)

    parts.append(_text(at.x, at.y + 12, "How it grows: deliveries a second, a frame for each message", "title"))
    for share in (0, 0.5, 1):
        y = bottom - CURVE * share
        parts += [
            f'<line class="axis" x1="{left:.0f}" x2="{right:.0f}" y1="{y:.0f}" y2="{y:.0f}"/>',
            _text(left - 8, y + 4, _number(highest * share), "faint", anchor="end"),
        ]
    parts += [_text(left + i * step, bottom + 18, f"{size:,}", "faint", "middle") for i, size in enumerate(sizes)]
    parts.append(_text(at.x, bottom + 18, "readers", "faint"))
    _lines(parts, here, point, top)
    return CURVE + 84


def _lines(parts: list[str], rows: Sequence[Mapping[str, Any]], point: Any, top: float) -> None:
    """A line for each server, named at its end; names keep their distance."""
    last = top - ROW
    # Ours on top of the others.
    servers = [name for name in reversed(NAMES) if any(row["server"] == name for row in rows)]
    ends: list[tuple[float, float, str]] = []
    for server in servers:
        places = [point(row) for row in sorted(rows, key=lambda row: row["readers"]) if row["server"] == server]
        dots = " ".join(f"{one.x:.1f},{one.y:.1f}" for one in places)
        parts.append(f'<polyline class="curve {server}" points="{dots}"/>')
        ends.append((places[-1].y, places[-1].x, server))
    for y, x, server in sorted(ends):
        last = max(y + 4, last + 16)
        parts.append(_text(x + 10, last, NAMES[server], "ours" if server == "isegoria" else "faint"))


# --- words -----------------------------------------------------------------------------------------


def _lived(live: Mapping[str, Any]) -> str:
    """One line of a long run."""
    found = live["found"]
    where = {"many": "one process", "replicas": "two replicas"}.get(
        live["scenario"], "one process, with people who press"
    )
    late = max(value for name, value in found.items() if "ms from due to reader, p99" in name)
    lost = sum(value for name, value in found.items() if name.split(" (")[0].split(": ")[-1] == "lost")
    told = "nothing lost" if not lost else f"{lost:,} deliveries lost"
    minutes = live["seconds"] // 60
    lasted = f"{minutes} minutes" if minutes > 1 else f"{live['seconds']} s"
    who = f"{live['readers']:,} readers on {where}, eight languages at real speed for {lasted}"
    return f"{who}: {late:,.0f} ms for 99 of 100, {told}"


def _machine(told: Mapping[str, Any]) -> str:
    names = ("python", "aiohttp", "python-socketio", "uvloop")
    return ", ".join([f"{told['cores']} cores", str(told["system"]), *(f"{name} {told[name]}" for name in names)])


def _class(server: str) -> str:
    return "isegoria" if server == "isegoria" else "other"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
