"""A person's name as given: what is shown is never rearranged or respelled, and a reading that may be wrong is told."""

from __future__ import annotations

import re
from typing import NamedTuple

from isegoria.domain.text import fold

_DEVICES = re.compile(
    r"(.* )?(iphone|ipad|android|galaxy|macbook|huawei|redmi|xiaomi|pixel|samsung|zoom user|guest)\b.*"
)
_RENAMED = re.compile(r"(?P<shown>[^()]+)\((?P<original>[^()]+)\)\s*")


class Name(NamedTuple):
    """`guess` says how an unclear name was read, "" where nothing is; `device` is a name that was no person's."""

    display: str
    given: str = ""
    family: str = ""
    guess: str = ""
    device: str = ""


def read_name(display: str, given: str, family: str, *, renames: bool) -> Name:
    """The name from its cells, each possibly blank. `renames`: the display may be "shown (original)", as in Zoom."""
    device = ""
    if renames:
        display, device = _shown(display)
    if not display:
        display = f"{given} {family}".strip()
    if given or family:
        return Name(display, given, family, _swapped(given, family), device)
    return _whole(display)._replace(device=device)


def name_key(display: str) -> str:
    """A name for comparison: without case, commas and order, so that "KIM Seo-yeon" and "Seo-yeon Kim" are equal."""
    return " ".join(sorted(fold(display.replace(",", " ")).split()))


def _shown(cell: str) -> tuple[str, str]:
    """(the name, the device that stood for it)."""
    found = _RENAMED.fullmatch(cell)
    shown, original = (found["shown"].strip(), found["original"].strip()) if found else (cell, "")
    if not _DEVICES.fullmatch(fold(shown)):
        return shown, ""
    return original, shown


def _swapped(given: str, family: str) -> str:
    if _capitals(given) and family and not _capitals(family):
        return f'Perhaps "{given}" is the family name and "{family}" the given name.'
    return ""


def _whole(display: str) -> Name:
    """A name in one cell is split only where its writer marked the family name: by a comma or by capitals."""
    family, comma, given = (part.strip() for part in display.partition(","))
    if not (comma and family and given and "," not in given):
        words = display.split()
        family = " ".join(word for word in words if _capitals(word))
        given = " ".join(word for word in words if not _capitals(word))
    if not (family and given):
        return Name(display)
    return Name(display, given, family, f'"{family}" is taken for the family name, "{given}" for the given name.')


def _capitals(word: str) -> bool:
    """Whether a word is in capitals, as family names are where order differs; initials such as "J.R." are not."""
    return word.isupper() and "." not in word and sum(map(str.isalpha, word)) > 1
