"""Charts as inline SVG 1.1: text in, text out. Here live drawing and escaping; numbers come formatted.

Without scripts, style attributes, ids or links, so that they pass the strictest policy and many stand on one page.
Colour is the text's (`currentColor`); style sheets find the classes `chart`, `row`, `track`, `bar`, `label`, `value`,
`layer layer-0` and so on, `axis` and `tick`. To a screen reader a chart is one image, named by `title` and told by
`desc`; the figures should stand in a table too. Values are finite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

WIDTH = 640
TEXT = 14
ROW = 44
"""A label above its bar, so that labels in any language have the whole width."""
THICK = 12
FIGURES = 120
"""To the right of the longest bar, for its value."""
LONGEST = 72
"""Characters of a label; the whole one is in the row's title."""
PLOT = 160
TICKS = 12

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Bar(NamedTuple):
    """`value` decides the length, `text` stands beside it. Below 0 counts as 0."""

    label: str
    value: float
    text: str


class Layer(NamedTuple):
    """A part of a stacked area, with a value for each step. Below 0 counts as 0."""

    label: str
    values: Sequence[float]


def bars(rows: Sequence[Bar], *, title: str, desc: str) -> str:
    """A horizontal bar for each row, in this order; the longest takes the whole width."""
    longest = max((row.value for row in rows), default=0)
    drawn = [_bar(row, number * ROW, _part(row.value, longest)) for number, row in enumerate(rows)]
    return _chart(drawn, len(rows) * ROW, title, desc)


def area(layers: Sequence[Layer], ticks: Sequence[str], *, top: str, title: str, desc: str) -> str:
    """Layers on one another, the first at the bottom, in steps: a value is what happened between two ticks.

    `ticks`: what stands under the beginning of each step; of many some are left out. `top`: what stands at the highest.
    Layers have as many values as there are ticks; ValueError otherwise.
    """
    heights = [0.0] * len(ticks)
    outlines = []
    for layer in layers:
        below = heights
        heights = [low + max(0.0, value) for low, value in zip(below, layer.values, strict=True)]
        outlines.append((below, heights))
    highest = max(heights, default=0)
    drawn = [_layer(number, low, high, highest) for number, (low, high) in enumerate(outlines)]
    legend = [_legend(number, layer.label) for number, layer in enumerate(layers)]
    height = _baseline() + TEXT * 2 + len(layers) * (TEXT + 6)
    return _chart([*drawn, _axis(top), *_tick_labels(ticks), *legend], height, title, desc)


def _chart(drawn: Sequence[str], height: float, title: str, desc: str) -> str:
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {WIDTH} {_n(height)}"',
            f' fill="currentColor" font-size="{TEXT}">',
            f"<title>{_text(title)}</title><desc>{_text(desc)}</desc>",
            *drawn,
            "</svg>",
        ]
    )


def _text(text: str) -> str:
    """For an element, not for an attribute. Characters that no XML may hold become U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text), quote=False).replace("\r", "&#13;")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _n(number: float) -> str:
    """A coordinate, to a tenth."""
    return f"{number:.1f}".removesuffix(".0")


def _part(value: float, whole: float) -> float:
    return max(0.0, value) / whole if whole > 0 else 0.0


# --- bars ----------------------------------------------------------------------------------------


def _bar(row: Bar, top: float, part: float) -> str:
    longest = WIDTH - FIGURES
    y = _n(top + TEXT + 8)
    return "".join(
        [
            f'<g class="row"><title>{_text(row.label)}: {_text(row.text)}</title>',
            f'<text class="label" x="0" y="{_n(top + TEXT)}">{_text(_short(row.label))}</text>',
            f'<rect class="track" x="0" y="{y}" width="{longest}" height="{THICK}" fill-opacity=".12"/>',
            f'<rect class="bar" x="0" y="{y}" width="{_n(longest * part)}" height="{THICK}"/>',
            f'<text class="value" x="{longest + 8}" y="{_n(top + TEXT + 7 + THICK)}">{_text(_short(row.text))}</text>',
            "</g>",
        ]
    )


# --- areas ---------------------------------------------------------------------------------------


def _baseline() -> float:
    return TEXT + 8 + PLOT


def _layer(number: int, low: Sequence[float], high: Sequence[float], highest: float) -> str:
    """Along the top from the left, back along the bottom."""
    points = [*_steps(high, highest), *reversed(list(_steps(low, highest)))]
    drawn = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<polygon class="layer layer-{number}" points="{drawn}" fill-opacity="{_opacity(number)}"/>'


def _opacity(number: int) -> str:
    """Neighbours differ, without a style sheet and in black and white too."""
    return (".85", ".5", ".25")[number % 3]


def _steps(heights: Sequence[float], highest: float) -> Iterator[tuple[float, float]]:
    for number, height in enumerate(heights):
        y = _baseline() - PLOT * _part(height, highest)
        yield WIDTH * number / len(heights), y
        yield WIDTH * (number + 1) / len(heights), y


def _axis(top: str) -> str:
    y = _n(_baseline())
    return (
        f'<line class="axis" x1="0" y1="{y}" x2="{WIDTH}" y2="{y}" stroke="currentColor"/>'
        f'<text class="value" x="0" y="{TEXT}">{_text(_short(top))}</text>'
    )


def _tick_labels(ticks: Sequence[str]) -> Iterator[str]:
    every = -(-len(ticks) // TICKS) or 1
    for number in range(0, len(ticks), every):
        x = _n(WIDTH * number / len(ticks))
        yield f'<text class="tick" x="{x}" y="{_n(_baseline() + TEXT + 4)}">{_text(_short(ticks[number]))}</text>'


def _legend(number: int, label: str) -> str:
    y = _baseline() + TEXT * 2 + 2 + number * (TEXT + 6)
    return (
        f'<g class="row"><title>{_text(label)}</title>'
        f'<rect class="layer layer-{number}" x="0" y="{_n(y)}" width="{TEXT}" height="{TEXT}" '
        f'fill-opacity="{_opacity(number)}"/>'
        f'<text class="label" x="{TEXT + 8}" y="{_n(y + TEXT - 2)}">{_text(_short(label))}</text></g>'
    )
