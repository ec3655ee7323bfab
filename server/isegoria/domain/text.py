"""Text from outside: made safe to keep and to show, and made comparable. Nothing here translates or corrects."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n?")
_UNWANTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls but the line break
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates can turn the rest of a line around
    "\ud800-\udfff]"  # lone surrogates: no encoding can write them
)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc\u2018\u00b4`", "'"))


def clean(text: str) -> str:
    r"""`text` without control characters, bidi embeddings, overrides and isolates; line breaks become `\n`.

    LRM, RLM, ALM, ZWJ and ZWNJ stay, because names and captions need them. Nothing is normalised or trimmed, so
    cleaning twice changes nothing more.
    """
    return _UNWANTED.sub("", _LINE_BREAKS.sub("\n", text))


def fold(text: str) -> str:
    """`text` for comparison only: case, white space, the kind of apostrophe and composition make no difference.

    Accents do make one: "Peru" and "Perú" are two words, and a table that wants both holds both.
    """
    composed = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    return unicodedata.normalize("NFC", " ".join(composed.casefold().split()))
