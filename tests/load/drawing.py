"""What the pictures are drawn with: the colours and the type of the pages, and the simplest of shapes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH, MARGIN, GAP = 880, 24, 40
NAMES = {
    "isegoria": "Isegoria",
    "nchan": "nchan (nginx, C)",
    "node": "Node socket.io",
    "stock": "python-socketio",
    "limit": "limit: C, send only",
    "limit-40": "limit: C, 40 ms ticks",
}
"""The product first; then as they are drawn."""
STYLE = """
svg{--paper:#faf9f6;--ink:#15202b;--ink-3:#636d77;--line:#dcd8ce;--other:#8a8577;--ours:#14588f;--stop:#a3231c;
--node:#17664a;--stock:#7c4f00;--limit:#46535f;
font:13px "Atkinson Hyperlegible Next","Noto Sans",system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--paper:#0e141a;--ink:#f0f3f6;--ink-3:#93a0ac;--line:#2b3742;--other:#7b8894;
--ours:#82bbee;--stop:#ff9d93;--node:#7fd3ae;--stock:#f3c566;--limit:#bcc6d0}}
text{fill:var(--ink)}.faint{fill:var(--ink-3);font-size:12px}.title{font-weight:600;font-size:14px}
.ours{font-weight:600}.small{fill:var(--ours);font-size:12px}.demand{fill:var(--stop);font-size:11px}
.ground{fill:var(--paper)}.axis{stroke:var(--line)}.must{stroke:var(--stop);stroke-dasharray:2 3}
rect.isegoria{fill:var(--ours)}rect.other{fill:var(--other)}
.curve{fill:none;stroke:var(--other);stroke-width:2;stroke-linejoin:round}
.curve.isegoria{stroke:var(--ours);stroke-width:3}.curve.node{stroke:var(--node);stroke-dasharray:7 4}
.curve.stock{stroke:var(--stock);stroke-dasharray:2 3}.curve.nchan{stroke-dasharray:12 3 3 3}
.curve.limit{stroke:var(--limit)}.curve.limit-40{stroke:var(--limit);stroke-dasharray:1 4}
.dot{fill:var(--other)}.dot.isegoria{fill:var(--ours)}.dot.node{fill:var(--node)}.dot.stock{fill:var(--stock)}
.dot.limit{fill:var(--limit)}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """The upper left corner of what is drawn."""

    x: float
    y: float


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'


def line(kind: str, x: float, y: float, to: float) -> str:
    """From left to right."""
    return f'<line class="{kind}" x1="{x:.1f}" x2="{to:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
