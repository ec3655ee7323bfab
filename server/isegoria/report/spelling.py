"""Texts compared as they are heard: without case, accents, vowel signs, white space and punctuation.

`Stream` holds many texts one behind the other, so that what is looked for is found across the end of a text too.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

LONG = 5
ENDING = 3
"""How many more letters a word may have behind a long name ("Ивановым"), or before an Arabic or Hebrew one."""

_HAN_KANA = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SYLLABIC = re.compile(f"[{_HAN_KANA}\u1100-\u11ff]")
_UNSPACED = re.compile(f"[{_HAN_KANA}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_KOREAN = re.compile("[\u1100-\u11ff]")
_PREFIXED = re.compile("[\u0590-\u06ff]")
_TATWEEL = "\u0640"
_SPELT = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ٱ": "ا", "ک": "ك", "ی": "ي"}
)


class Place(NamedTuple):
    """Where something was found in one of the texts: from its character `start` up to, not including, `end`."""

    text: int
    start: int
    end: int


@cache
def _letters(char: str) -> str | None:
    """What is compared of a character; "" if it parts words; None if it is a mark on the letter before it."""
    category = unicodedata.category(char)
    if category[0] == "M" or category == "Cf" or char == _TATWEEL:
        return None
    bare = "".join(c for c in unicodedata.normalize("NFKD", char).casefold() if c.isalnum())
    return bare.translate(_SPELT)


class _Folding(dict[int, str]):
    """For `str.translate`: what is compared of each character that has come by."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _letters(chr(code)) or "")


_FOLDING = _Folding()


def letters(text: str) -> str:
    """What is compared of a text."""
    return text.translate(_FOLDING)


def is_syllabic(folded: str) -> bool:
    """Whether a sign is a syllable or a word, so that two of them are a name."""
    return bool(_SYLLABIC.match(folded))


class _Layout(NamedTuple):
    """Of each letter of a text: its character in it, and whether a word begins with it."""

    chars: list[int]
    starts: list[bool]


def _layout(text: str) -> _Layout:
    layout, fresh = _Layout([], []), True
    for index, char in enumerate(text):
        folded = _letters(char)
        if folded:
            layout.chars.extend([index] * len(folded))
            layout.starts.extend([fresh, *[False] * (len(folded) - 1)])
            fresh = False
        elif folded == "":
            fresh = True
    return layout


class Stream:
    """Several texts, ready to be searched. Where its letters stand is found out only of a text that has a hit."""

    def __init__(self, texts: Sequence[str]) -> None:
        folded = [letters(text) for text in texts]
        self._texts = texts
        self._letters = "".join(folded)
        self._firsts = list(accumulate(map(len, folded), initial=0))
        """Where each text begins among the letters, and where the last one ends."""
        self._layouts: dict[int, _Layout] = {}

    def find(self, term: str) -> Iterator[list[Place]]:
        """Each place at which a folded term stands as a word or words; over more than one text if it goes on."""
        at = self._letters.find(term)
        while at >= 0:
            start, end = self._word_start(at, term), self._word_end(at + len(term), term)
            if start is not None and end is not None:
                yield self._places(start, end)
            at = self._letters.find(term, at + 1)

    def _word_start(self, at: int, term: str) -> int | None:
        """Where the word begins; None if the term stands within another word."""
        if _UNSPACED.match(term):
            return at
        reach = ENDING if _PREFIXED.match(term) else 0
        return next((i for i in range(at, max(at - reach, 0) - 1, -1) if self._starts(i)), None)

    def _word_end(self, at: int, term: str) -> int | None:
        if _UNSPACED.match(term) or _KOREAN.match(term):
            return at
        reach = ENDING if len(term) >= LONG else 0
        return next((i for i in range(at, min(at + reach, len(self._letters)) + 1) if self._starts(i)), None)

    def _starts(self, letter: int) -> bool:
        """Whether a word begins with a letter, or the last one ends before it."""
        if letter == len(self._letters):
            return True
        text = self._text_of(letter)
        return self._layout(text).starts[letter - self._firsts[text]]

    def _places(self, start: int, end: int) -> list[Place]:
        places = []
        for text in range(self._text_of(start), self._text_of(end - 1) + 1):
            first, behind = self._firsts[text], self._firsts[text + 1]
            if first < behind:
                chars = self._layout(text).chars
                last = self._with_marks(text, chars[min(end, behind) - 1 - first])
                places.append(Place(text, chars[max(start, first) - first], last))
        return places

    def _text_of(self, letter: int) -> int:
        return bisect_right(self._firsts, letter) - 1

    def _layout(self, text: int) -> _Layout:
        if text not in self._layouts:
            self._layouts[text] = _layout(self._texts[text])
        return self._layouts[text]

    def _with_marks(self, text: int, index: int) -> int:
        """The end of a character with the marks on it."""
        said = self._texts[text]
        return next((i for i in range(index + 1, len(said)) if _letters(said[i]) is not None), len(said))
