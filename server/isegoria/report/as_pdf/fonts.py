"""The fonts that come with the installation (SIL Open Font License), never those of the machine."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans_arabic
import manimgx_fonts
import noto_cjk_sans_jp_regular
import typst
from fontTools.ttLib import TTFont

_PACKAGES = (manimgx_fonts, fontpkg_ibm_plex_sans_arabic, noto_cjk_sans_jp_regular)
_FOLDERS = tuple(Path(package.__file__).parent for package in _PACKAGES)

_SCRIPTS = (
    "Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam Myanmar"
    " Oriya Sinhala Tamil Telugu Thai"
)
FAMILIES = (
    "Noto Sans",
    "IBM Plex Sans Arabic",
    *(f"Noto Sans {script}" for script in _SCRIPTS.split()),
    "Noto Sans CJK JP",
    "Noto Sans Symbols",
    "Noto Emoji",
)
"""In the order in which a letter is looked for. The Japanese font has all of Chinese and Korean, each in its forms.

Noto sets Arabic letters and their dots one by one, and readers then copy and say a letter twice: it comes second.
"""
_BYTE_ORDER_MARK = 0xFEFF
"""Refused by PDF/UA, as letters of private use are."""


@cache
def fonts() -> typst.Fonts:
    """Read once: the typesetter remembers what it made with each, and would keep them all."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(_FOLDERS))


@cache
def letters() -> frozenset[str]:
    """All that can be shown."""
    found: set[int] = set()
    for folder in _FOLDERS:
        for file in folder.rglob("*.[ot]tf"):
            with TTFont(file, lazy=True) as font:
                found |= font.getBestCmap().keys()
    found.discard(_BYTE_ORDER_MARK)
    return frozenset(char for char in map(chr, found) if unicodedata.category(char) != "Co")
