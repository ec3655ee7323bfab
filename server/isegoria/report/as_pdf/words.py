"""Text made fit to be shown: only letters that there are, each in its direction, no word wider than its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TypedDict

from isegoria.report.as_pdf.fonts import letters
from isegoria.report.direction import END, ISOLATE, runs_from_the_right
from isegoria.report.face import Script, script_of
from isegoria.report.legible import legible
from isegoria.report.paper import Footnote, Name, Run, Runs

MISSING = "\ufffd"
"""Stands for a letter that no font has."""
BREAK = "\u200b"
"""Where a line may end; `paper.typ` puts a break there that is no letter, so that what is copied is as it was."""
_LONG, _STEP = 24, 8
"""Letters of a word that is taken to be too long for its line, and how many stay together."""
_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}))?(?:-.*)?", re.DOTALL)
_WORDS_KNOWN = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts without spaces, which the typesetter breaks by itself."""
_TOO_LONG = re.compile(rf"[^\s{BREAK}{_WORDS_KNOWN}]{{{_LONG + 1},}}")


class Language(TypedDict):
    """As the typesetter takes it: ISO 639, ISO 3166-1."""

    lang: str
    region: str | None


class Written(TypedDict):
    """A run. `note`: it is a footnote. `language`: where it is known and not that of its paragraph."""

    text: str
    note: bool
    language: Language | None


def language_of(tag: str) -> Language | None:
    """None for what is no BCP 47 tag. A script is not told, but traditional Chinese has its region for it."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return None
    region = found[3] or ("TW" if found[2] == "Hant" else None)
    return {"lang": found[1].lower(), "region": region and region.upper()}


def shown(text: str) -> str:
    """`text` with letters that can be shown, and places to break in words that are too long."""
    there = letters()
    kept = (char if char in there or char == "\n" else _instead(char) for char in legible(text))
    return _TOO_LONG.sub(lambda word: BREAK.join(_pieces(word[0])), "".join(kept))


class Writer:
    """Writes runs into paragraphs of one direction."""

    def __init__(self, *, from_the_right: bool) -> None:
        self._from_the_right = from_the_right

    def runs(self, runs: Runs) -> list[Written]:
        return [self._run(run) for run in runs]

    def text(self, text: str) -> str:
        """Words of somebody's, in their own direction between those beside them."""
        return "\n".join(self._isolated(line) for line in shown(text).split("\n"))

    def _run(self, run: Run) -> Written:
        match run:
            case Footnote(text=text):
                return {"text": self.text(text), "note": True, "language": None}
            case Name(text=text, language=language):
                return {"text": self.text(text), "note": False, "language": _spoken(text, language)}
            case str():
                return {"text": self.text(run), "note": False, "language": None}

    def _isolated(self, line: str) -> str:
        words = line.strip()
        if not words or not self._turned(words):
            return line
        return line.replace(words, f"{ISOLATE}{words}{END}", 1)

    def _turned(self, words: str) -> bool:
        if self._from_the_right:
            return any(unicodedata.bidirectional(char) == "L" for char in words)
        return runs_from_the_right(words)


def _spoken(text: str, language: str | None) -> Language | None:
    """The language of a name, unless it is written in letters that run against it: then nobody reads it so."""
    if not language or runs_from_the_right(text) != (script_of(language) is Script.FROM_THE_RIGHT):
        return None
    return language_of(language)


def _instead(char: str) -> str:
    """Nothing for what is not seen anyway (marks of direction, of joining, of variants)."""
    unseen = unicodedata.category(char) == "Cf" or unicodedata.name(char, "").startswith("VARIATION SELECTOR")
    return "" if unseen else MISSING


def _pieces(word: str) -> Iterator[str]:
    """Of a few letters each, with the marks that belong to them."""
    start = 0
    for at, char in enumerate(word):
        if at - start >= _STEP and unicodedata.category(char)[0] not in "MC" and word[at - 1] != "\u200d":
            yield word[start:at]
            start = at
    yield word[start:]
