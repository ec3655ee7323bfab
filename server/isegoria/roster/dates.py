"""When somebody registered, as far as it tells which of two registrations is newer. No zone is ever given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from isegoria.domain.text import fold

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 60
_NUMBERS = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{2,4})")
_NAMED = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?\s?m\b)?")


def day_first(dates: Iterable[str]) -> bool | None:
    """Whether 03/04 is 3 April in a column of these dates. None when none of them tells, or they disagree."""
    told = {_tells(date) for date in dates} - {None}
    return told.pop() if len(told) == 1 else None


def is_ambiguous(date: str) -> bool:
    """Whether the date reads as two different days."""
    found = _slashed(date)
    return found is not None and found[0] <= 12 and found[1] <= 12 and found[0] != found[1]


def read_date(text: str, day_comes_first: bool | None) -> datetime | None:
    """The instant as written, without a zone; None when it cannot be read, or reads as two days and nothing tells."""
    if is_ambiguous(text) and day_comes_first is None:
        return None
    written = fold(text[:_LONGEST])
    day = _day(written, bool(day_comes_first))
    if day is None:
        return None
    try:
        return datetime(*day, *_time(written))  # noqa: DTZ001 - no export names its zone
    except ValueError:
        return None


def _tells(date: str) -> bool | None:
    found = _slashed(date)
    if found is None or (found[0] > 12) == (found[1] > 12):
        return None
    return found[0] > 12


def _slashed(date: str) -> tuple[int, int] | None:
    found = _NUMBERS.search(date[:_LONGEST])
    return (int(found[1]), int(found[2])) if found and len(found[1]) <= 2 else None


def _day(text: str, day_comes_first: bool) -> tuple[int, int, int] | None:
    if found := _NAMED.search(text):
        return (int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2])) if found[1] in _MONTHS else None
    found = _NUMBERS.search(text)
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) > 2:
        return first, second, third
    year = third + 2000 if third < 100 else third
    return (year, second, first) if day_comes_first or first > 12 else (year, first, second)


def _time(text: str) -> tuple[int, int, int]:
    found = _TIME.search(text)
    if found is None:
        return 0, 0, 0
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].startswith("p") else 0)
    return hour, int(found[2]), int(found[3] or 0)
