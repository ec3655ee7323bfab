"""Names beside words of another direction. Captions carry no isolates (C1); labels get them where they are needed.

Without them an Arabic name turns the times beside it around, and a Latin name before an Arabic caption makes the whole
line run from the left, because a line's direction is that of its first letter outside isolates (Unicode annex 9, P2).
Where all runs from the left there are none: old programs show them as boxes.
"""

from __future__ import annotations

import unicodedata

RLM = "\u200f"
ISOLATE, END = "\u2068", "\u2069"
_FROM_THE_RIGHT = frozenset({"R", "AL"})


def isolated(text: str, beside: str = "") -> str:
    """`text`, with a direction of its own if it, or what stands beside it, has letters that run from the right."""
    return f"{ISOLATE}{text}{END}" if text and runs_from_the_right(text + beside) else text


def runs_from_the_right(text: str) -> bool:
    """Whether any of it does."""
    return any(unicodedata.bidirectional(char) in _FROM_THE_RIGHT for char in text)
