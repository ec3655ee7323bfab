"""Indico's JSON of registrants (its check-in interface) -> rows of text.

`{"registrants": [{"registrant_id", "full_name", "personal_data": {"firstName", "surname", "country_code", ...}}]}`.
`checkin_secret` opens the door at the venue: it is discarded here and reaches nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from isegoria.domain.errors import Refused
from isegoria.roster.sheet import Row, decode, within_limits

FULL_NAME = "full_name"


def is_json(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def rows(data: bytes) -> tuple[Row, ...]:
    """A row of headings (line 0), then one a registrant; their number in the list stands for the line.

    Raises Refused("malformed") for what is no such list.
    """
    registrants = [dict(_cells(entry)) for entry in _registrants(data)]
    headings = tuple(dict.fromkeys(heading for entry in registrants for heading in entry))
    if FULL_NAME not in headings:
        raise Refused("malformed", 'The JSON names no registrant: "full_name" is wanted for each of "registrants".')
    numbered = (Row(line, tuple(entry.get(h, "") for h in headings)) for line, entry in enumerate(registrants, 1))
    return (Row(0, headings), *within_limits(numbered))


def _registrants(data: bytes) -> list[Any]:
    text, _ = decode(data)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("malformed", "The file begins like JSON but is none. Export it again from Indico.") from error
    listed = found.get("registrants") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        raise Refused("malformed", 'The JSON has no list "registrants". Export the registrants from Indico.')
    return listed


def _cells(entry: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict):
        return
    for key, value in entry.items():
        if "secret" in key.casefold():
            continue
        if isinstance(value, dict):
            yield from ((inner, _text(part)) for inner, part in value.items() if "secret" not in inner.casefold())
        else:
            yield key, _text(value)


def _text(value: Any) -> str:
    match value:
        case None | dict():
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(_text(part) for part in value if not isinstance(part, list))
        case _:
            return str(value)
