"""A paragraph's runs in WordprocessingML, each in its direction, its script and its language.

Word takes the direction and the font of what has none of its own (spaces, digits, points) from the run it is in, and
not from its neighbours alone: a right-to-left run is marked `w:rtl` and holds no left-to-right letters (ISO/IEC
29500-1, annex I.7). So text is cut where its script changes.
"""

# ruff: noqa: SLF001 - what python-docx has no word for is done to its elements, which it keeps in `_p`, `_r`, ...

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from babel.core import get_global
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from isegoria.report.direction import END, ISOLATE, RLM, runs_from_the_right
from isegoria.report.face import Script, primary, script_of
from isegoria.report.legible import legible

LRM = "\u200e"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_AS_THE_UN_WRITES = {"en": "en-GB"}


LANG = {Script.WESTERN: "w:val", Script.EAST_ASIAN: "w:eastAsia", Script.FROM_THE_RIGHT: "w:bidi"}
"""What Word tells apart, by attributes of `w:lang`."""
_FONTS = {"ja": "Yu Gothic", "ko": "Malgun Gothic"}


def culture(language: str) -> str:
    """A language with the region that Word asks for: its likeliest (CLDR), if none is named. "und" if it is no tag."""
    if not _TAG.fullmatch(language):
        return "und"
    if "-" in language or language in _AS_THE_UN_WRITES:
        return _AS_THE_UN_WRITES.get(language, language)
    region = get_global("likely_subtags").get(language, "").rpartition("_")[2]
    return f"{language}-{region}" if region else language


def write(paragraph: Paragraph, text: str, base: Script, language: str | None = None, *, name: bool = False) -> None:
    """Adds text to a paragraph whose direction it has. A name is not looked up in any dictionary."""
    for script, part in _scripts(legible(text), base):
        _style(paragraph.add_run(part), script, language, name)


def place(paragraph: Paragraph, text: str, base: Script, language: str | None = None, *, name: bool = False) -> None:
    """Adds words of somebody's to a paragraph of script `base`, in their own direction, between its other words.

    Words of the other direction stand between two marks of the paragraph's, so that what is beside them stays there.
    Marks are known to every program; isolates, which some show as boxes, are for what marks cannot put in order.
    """
    words = legible(text)
    if not _turned(words, base):
        write(paragraph, words, base, language, name=name)
        return
    before, inside, after = _trimmed(words)
    mark = RLM if base is Script.FROM_THE_RIGHT else LRM
    own = _first_strong(inside)
    opening, closing = ("", "") if own is _side(base) or _letters_alone(inside) else (ISOLATE, END)
    paragraph.add_run(before + mark + opening)
    write(paragraph, inside, own, language, name=name)
    paragraph.add_run(closing + mark + after)


def turn(paragraph: Paragraph, base: Script) -> None:
    """Lets a paragraph run from the right, if its script does."""
    if base is Script.FROM_THE_RIGHT:
        after = (
            "w:adjustRightInd",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:jc",
            "w:outlineLvl",
        )
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(OxmlElement("w:bidi"), *after)


def _style(run: Run, script: Script, language: str | None, name: bool) -> None:
    if name:
        run.font.no_proof = True
    if script is Script.FROM_THE_RIGHT:
        run.font.rtl = True
    known = language if language and script_of(language) is script else None
    properties = run._r.get_or_add_rPr()
    if script is Script.EAST_ASIAN:
        fonts = properties.get_or_add_rFonts()
        fonts.set(qn("w:hint"), "eastAsia")
        if known and (font := _FONTS.get(primary(known))):
            fonts.set(qn("w:eastAsia"), font)
    if known:
        properties.append(OxmlElement("w:lang", {qn(LANG[script]): culture(known)}))


def _turned(text: str, base: Script) -> bool:
    """Whether any of it runs against a paragraph of this script."""
    if base is Script.FROM_THE_RIGHT:
        return any(unicodedata.bidirectional(char) == "L" for char in text)
    return runs_from_the_right(text)


def _first_strong(text: str) -> Script:
    """Of its first letter (Unicode annex 9, P2)."""
    strong = next(one for one in map(unicodedata.bidirectional, text) if one in ("L", "R", "AL"))
    return Script.WESTERN if strong == "L" else Script.FROM_THE_RIGHT


def _trimmed(text: str) -> tuple[str, str, str]:
    """(white space before, what is between, white space after)."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return text[:start], text[start:end], text[end:]


def _letters_alone(text: str) -> bool:
    """Whether it is letters of one direction with spaces between them."""
    directions = {unicodedata.bidirectional(char) for char in text}
    return directions <= {"L", "NSM", "WS"} or directions <= {"R", "AL", "NSM", "WS"}


def _scripts(text: str, base: Script) -> Iterator[tuple[Script, str]]:
    """Stretches of one script. What has none stands with both neighbours if they agree, else with the paragraph."""
    found = [(script, "".join(chars)) for script, chars in groupby(text, _script)]
    sided: list[tuple[Script, str]] = []
    for number, (script, part) in enumerate(found):
        before = found[number - 1][0] if number else None
        after = found[number + 1][0] if number + 1 < len(found) else None
        sided.append((script or (before if before and before is after else _side(base)), part))
    for side, parts in groupby(sided, lambda one: one[0]):
        yield side, "".join(part for _, part in parts)


def _side(base: Script) -> Script:
    return Script.FROM_THE_RIGHT if base is Script.FROM_THE_RIGHT else Script.WESTERN


def _script(char: str) -> Script | None:
    direction = unicodedata.bidirectional(char)
    if direction in ("R", "AL", "AN"):
        return Script.FROM_THE_RIGHT
    if unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char) != "So":
        return Script.EAST_ASIAN
    return Script.WESTERN if direction == "L" else None
