"""The record for sorting and statistics: one line an intervention.

UTF-8 with a byte order mark, so that spreadsheet programs read it as such. A text that they might run as a formula
(= + - @ TAB CR first) gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypeAlias
from zoneinfo import ZoneInfo

from isegoria.domain.captions import Track
from isegoria.domain.values import Instant, Millis
from isegoria.report.model import Intervention, Line, OrganisationFacts, Record

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Row: TypeAlias = dict[str, str]


def export(record: Record) -> bytes:
    """Interventions in the order in which they began; one column more for each track of captions."""
    tracks = sorted({track for one in record.interventions for track in one.captions})
    rows = [_row(record, number, one, tracks) for number, one in enumerate(record.interventions, 1)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _headings(record, tracks))
    writer.writeheader()
    writer.writerows({name: _safe(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _headings(record: Record, tracks: Sequence[Track]) -> list[str]:
    zone = record.session.timezone
    return [
        *("number", "id", "name", "substitute for", "function", "organisation", "on behalf of"),
        *("constituency", "regions", "city", "country", "topic", "segment", "kind", "delivery"),
        *("began (UTC)", "ended (UTC)", f"began ({zone})", f"ended ({zone})", "parts"),
        *("limit (s)", "used (s)", "paused (s)", "overtime (s)", "extended (s)", "shortened (s)", "ending"),
        *("attribution", "tags", "notes", "quotes"),
        *(f"captions {track}" for track in tracks),
    ]


def _row(record: Record, number: int, one: Intervention, tracks: Sequence[Track]) -> Row:
    return {
        "number": str(number),
        "id": one.id,
        **_who(one),
        **_what(record, one),
        **_when(record, one),
        **_times(one),
        "attribution": one.speaker.attribution,
        "tags": ", ".join(one.tags),
        "notes": "\n".join(note.text for note in one.notes if note.text),
        "quotes": "\n".join(f"[{quote.track} {quote.first}-{quote.last}] {quote.text}" for quote in one.quotes),
        **{f"captions {track}": _words(one.captions.get(track, ())) for track in tracks},
    }


def _who(one: Intervention) -> Row:
    speaker = one.speaker
    return {
        "name": speaker.name or "",
        "substitute for": (one.substitute_for.name or "") if one.substitute_for else "",
        "function": speaker.function,
        "organisation": _names([one.organisation] if one.organisation else []),
        "on behalf of": _names(one.on_behalf_of),
        "constituency": speaker.constituency,
        "regions": ", ".join(speaker.regions),
        "city": speaker.city,
        "country": speaker.country or "",
    }


def _what(record: Record, one: Intervention) -> Row:
    titles = {part.id: part.title or part.id for part in record.session.segments}
    return {
        "topic": titles.get(one.topic, one.topic),
        "segment": titles.get(one.parts[0].segment, one.parts[0].segment),
        "kind": one.kind,
        "delivery": one.delivery,
        "parts": str(len(one.parts)),
    }


def _when(record: Record, one: Intervention) -> Row:
    name, zone = record.session.timezone, ZoneInfo(record.session.timezone)
    began, ended = one.parts[0].began_at, one.parts[-1].ended_at
    return {
        "began (UTC)": _time(began, UTC),
        "ended (UTC)": _time(ended, UTC),
        f"began ({name})": _time(began, zone),
        f"ended ({name})": _time(ended, zone),
    }


def _times(one: Intervention) -> Row:
    """`limit` is the first part's: later parts get what was left of it. Nothing here is negative."""
    return {
        "limit (s)": _seconds(one.parts[0].limit),
        "used (s)": _seconds(one.used),
        "paused (s)": _seconds(one.paused),
        "overtime (s)": _seconds(one.overtime),
        "extended (s)": _seconds(max(0, one.extended)),
        "shortened (s)": _seconds(max(0, -one.extended)),
        "ending": one.parts[-1].ending or "",
    }


def _names(organisations: Iterable[OrganisationFacts]) -> str:
    return "; ".join(organisation.name or organisation.id for organisation in organisations)


def _words(lines: Iterable[Line]) -> str:
    return "\n".join("[not captioned]" if line.gap else line.text for line in lines)


def _seconds(millis: Millis) -> str:
    return f"{millis / 1_000:.3f}".rstrip("0").rstrip(".")


def _time(at: Instant | None, zone: tzinfo) -> str:
    """In a form that spreadsheet programs know: 2025-07-01 15:11:00."""
    if at is None:
        return ""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
