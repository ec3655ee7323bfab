"""A record's answers -> fields of Person, with a doubt for each answer that is no known word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from isegoria.domain.text import fold
from isegoria.roster import answers, languages, places
from isegoria.roster.model import Doubt, Target
from isegoria.roster.records import Record, name_of
from isegoria.roster.sources import Source

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_LONGEST_TITLE = 12
"""Parts between commas in a segment's title, at most."""
_TEXTS = (Target.TITLE, Target.FUNCTION, Target.CITY)

Read = Callable[[str], Any]


class Fields(NamedTuple):
    """Fields of Person that were answered; a blank cell sets none. Organisations are still names here."""

    values: dict[str, Any]
    organisation: str
    on_behalf_of: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def read_fields(record: Record, source: Source, topics: Iterable[str]) -> Fields:
    """`topics` are the titles of the session's segments, so that a comma inside one does not split it."""
    doubts = list(record.doubts)
    values: dict[str, Any] = _name(record, source, doubts)
    values |= {target: _line(record.answer(target)) for target in _TEXTS}
    values |= {Target.ACCESS_NEEDS: "\n".join(record.answers.get(Target.ACCESS_NEEDS, ()))}
    values |= {target: _known(record, target, doubts) for target in _KNOWN}
    values |= {target: _all_known(record, target, doubts) for target in _LISTS}
    values |= {target: _language(record, target, doubts) for target in _LANGUAGES}
    values |= {Target.TOPICS: _topics(record, source, topics), Target.EMAIL: _email(record, doubts)}
    if answers.yes_or_no(record.answer(Target.ATTENDED)) is False:
        message = "The person registered and did not come."
        doubts.append(Doubt(line=record.line, code="no_show", message=message, proposal="The row comes in."))
    answered = {str(field): value for field, value in values.items() if value not in (None, "", ())}
    return Fields(answered, _line(record.answer(Target.ORGANISATION)), _represented(record, source), tuple(doubts))


def _line(text: str) -> str:
    return " ".join(text.split())


def _name(record: Record, source: Source, doubts: list[Doubt]) -> dict[str, Any]:
    name = name_of(record, source)
    if name.guess:
        message = f'It is not certain which part of "{name.display}" is the family name; it is shown as given.'
        doubts.append(Doubt(line=record.line, code="name_order", message=message, proposal=name.guess))
    if name.device:
        message = f'"{name.device}" is a device; the name in brackets is taken.'
        doubts.append(Doubt(line=record.line, code="device_name", message=message, proposal=f"Ask {name.display}."))
    return {"display_name": name.display, "given_name": name.given, "family_name": name.family}


def _time_zone(answer: str) -> str | None:
    try:
        return ZoneInfo(answer).key
    except (ValueError, OSError, KeyError):
        return None


_KNOWN: dict[Target, tuple[Read, str]] = {
    Target.COUNTRY: (places.country, "is no country's name that is known here"),
    Target.CONSTITUENCY: (answers.constituency, "is no known constituency"),
    Target.ATTRIBUTION: (answers.attribution, "is no known choice of attribution"),
    Target.WANTS_FLOOR: (answers.yes_or_no, "is neither yes nor no"),
    Target.FIRST_TIME: (answers.yes_or_no, "is neither yes nor no"),
    Target.CONSENT_RECORDING: (answers.yes_or_no, "is neither yes nor no"),
    Target.TIMEZONE: (_time_zone, "is no time zone's name, such as Europe/Madrid"),
}
_LISTS: dict[Target, tuple[Read, str]] = {
    Target.REGIONS: (answers.region, "is no known region"),
    Target.ROLES: (answers.role, "is no role"),
}
_LANGUAGES = (Target.SPOKEN_LANGUAGE, Target.CAPTION_LANGUAGE)


def _known(record: Record, target: Target, doubts: list[Doubt]) -> Any:
    read, what = _KNOWN[target]
    answer = _line(record.answer(target))
    value = read(answer) if answer else None
    if answer and value is None:
        doubts.append(_unknown(record, target, f'"{answer}" {what}.'))
    return value


def _unknown(record: Record, target: Target, message: str) -> Doubt:
    said = "not given" if target is Target.CONSENT_RECORDING else "left open"
    return Doubt(line=record.line, code=f"unknown_{target}", message=message, proposal=f"It is {said}; set it by hand.")


def _all_known(record: Record, target: Target, doubts: list[Doubt]) -> tuple[Any, ...]:
    read, what = _LISTS[target]
    values = []
    for answer in _choices(record.answers.get(target, ())):
        if (value := read(answer)) is None:
            doubts.append(_unknown(record, target, f'"{answer}" {what}.'))
        elif value not in values:
            values.append(value)
    return tuple(values)


def _choices(cells: Iterable[str]) -> list[str]:
    return [_line(part) for cell in cells for part in re.split("[;,\n]", cell) if part.strip()]


def _language(record: Record, target: Target, doubts: list[Doubt]) -> str | None:
    answer = _line(record.answer(target))
    if not answer or (whole := languages.language(answer)):
        return whole if answer else None
    several = [languages.language(part.strip()) for part in re.split(r"[,;/]", answer) if part.strip()]
    if not several or None in several:
        doubts.append(_unknown(record, target, f'"{answer}" is no language\'s name that is known here.'))
        return None
    message = f'"{answer}" names several languages.'
    proposal = f"The first, {several[0]}, is taken."
    doubts.append(Doubt(line=record.line, code="several_languages", message=message, proposal=proposal))
    return several[0]


def _email(record: Record, doubts: list[Doubt]) -> str:
    if not record.email or _EMAIL.fullmatch(record.email):
        return record.email
    message = f'"{record.answer(Target.EMAIL)}" is no e-mail address.'
    doubts.append(_unknown(record, Target.EMAIL, message))
    return ""


def _topics(record: Record, source: Source, titles: Iterable[str]) -> tuple[str, ...]:
    known = {fold(title) for title in titles}
    chosen = (topic for cell in record.answers.get(Target.TOPICS, ()) for topic in _split(cell, source.lists, known))
    return tuple(dict.fromkeys(chosen))


def _split(cell: str, separator: str, known: set[str]) -> list[str]:
    """The choices of a cell; parts that together are a known title stay together."""
    parts = cell.split(separator)
    chosen: list[str] = []
    while parts:
        size = next(
            (n for n in range(min(len(parts), _LONGEST_TITLE), 1, -1) if fold(separator.join(parts[:n])) in known), 1
        )
        chosen.append(_line(separator.join(parts[:size])))
        parts = parts[size:]
    return [topic for topic in chosen if topic]


def _represented(record: Record, source: Source) -> tuple[str, ...]:
    """Organisations, one a line or between semicolons; a comma may belong to a name."""
    cells = record.answers.get(Target.ON_BEHALF_OF, ())
    between = "\n" if source.ours else "[;\n]"
    return tuple(dict.fromkeys(_line(part) for cell in cells for part in re.split(between, cell) if part.strip()))
