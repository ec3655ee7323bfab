"""How long a caption stands, and how its lines join into a text to read."""

from __future__ import annotations

import re
import unicodedata

from isegoria.domain.values import SECOND, Millis

READ_IN_A_SECOND = 15
"""Signs, as in subtitles; a wide one (Chinese) counts twice."""
SHORTEST: Millis = SECOND
LONGEST: Millis = 10 * SECOND
"""Of a feed's own end that is far off; what takes longer to read stands longer."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)


def ends(begins: Millis, own: Millis | None, following: Millis | None, text: str) -> Millis:
    """When a caption that begins at `begins` goes: at its feed's own end, or when it can have been read, but not long
    after what follows it has begun."""
    reading = _width(text) * SECOND // READ_IN_A_SECOND
    until = begins + reading if own is None else min(own, begins + max(reading, LONGEST))
    return max(begins + SHORTEST, until if following is None else min(until, following))


def tidy(text: str) -> str:
    r"""Without empty lines and white space at the ends of lines. Every kind of line break is a `\n`."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def joint(before: str, after: str) -> str:
    """What stands between two captions that follow each other: nothing where a script has no spaces."""
    return "" if _UNSPACED.match(before[-1:]) or _UNSPACED.match(after[:1]) else " "


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
