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
from isegoria.domain.values import Instant, SegmentId
from isegoria.report.model import Intervention, Line, OrganisationFacts, Record, Request

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Cell: TypeAlias = str | int | timedelta | datetime | None
Row: TypeAlias = dict[str, Cell]


def export(record: Record) -> bytes:
    """Interventions in the order in which they began; one column more for each track of captions."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headings(record))
    writer.writeheader()
    writer.writerows({name: _safe(_written(cell)) for name, cell in row.items()} for row in rows(record))
    return text.getvalue().encode("utf-8-sig")


def rows(record: Record) -> list[Row]:
    """The table itself, by its headings. Times are in the zone of their column."""
    tracks = _tracks(record)
    return [_row(record, number, one, tracks) for number, one in enumerate(record.interventions, 1)]


def headings(record: Record) -> list[str]:
    zone = record.session.timezone
    return [
        *("number", "id", "name", "substitute for", "function", "organisation", "on behalf of"),
        *("constituency", "regions", "city", "country", "topic", "segment", "kind", "delivery"),
        *("began (UTC)", "ended (UTC)", f"began ({zone})", f"ended ({zone})", "parts"),
        *("limit (s)", "used (s)", "paused (s)", "overtime (s)", "extended (s)", "shortened (s)", "ending"),
        *("attribution", "tags", "gist", "notes", "quotes"),
        *(f"captions {track}" for track in _tracks(record)),
    ]


def _tracks(record: Record) -> list[Track]:
    return sorted({track for one in record.interventions for track in one.captions})


def _row(record: Record, number: int, one: Intervention, tracks: Sequence[Track]) -> Row:
    return {
        "number": number,
        "id": one.id,
        **who(one),
        **_what(record, one),
        **_when(record, one),
        **_times(one),
        "attribution": one.speaker.attribution,
        "tags": ", ".join(one.tags),
        "gist": (one.gist.text or "") if one.gist else "",
        "notes": "\n".join(note.text for note in one.notes if note.text),
        "quotes": "\n".join(f"[{quote.track} {quote.first}-{quote.last}] {quote.text}" for quote in one.quotes),
        **{f"captions {track}": _words(one.captions.get(track, ())) for track in tracks},
    }


def who(one: Request) -> Row:
    """Who asked for the floor, and for whom."""
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
    return {
        "topic": title(record, one.topic),
        "segment": title(record, one.parts[0].segment),
        "kind": one.kind,
        "delivery": one.delivery,
        "parts": len(one.parts),
    }


def title(record: Record, segment: SegmentId) -> str:
    """A segment's, or its id where it has none."""
    return next((part.title for part in record.session.segments if part.id == segment), "") or segment


def _when(record: Record, one: Intervention) -> Row:
    name, zone = record.session.timezone, ZoneInfo(record.session.timezone)
    began, ended = one.parts[0].began_at, one.parts[-1].ended_at
    return {
        "began (UTC)": local(began, UTC),
        "ended (UTC)": local(ended, UTC),
        f"began ({name})": local(began, zone),
        f"ended ({name})": local(ended, zone),
    }


def _times(one: Intervention) -> Row:
    """`limit` is the first part's: later parts get what was left of it. Nothing here is negative."""
    return {
        "limit (s)": timedelta(milliseconds=one.parts[0].limit),
        "used (s)": timedelta(milliseconds=one.used),
        "paused (s)": timedelta(milliseconds=one.paused),
        "overtime (s)": timedelta(milliseconds=one.overtime),
        "extended (s)": timedelta(milliseconds=max(0, one.extended)),
        "shortened (s)": timedelta(milliseconds=max(0, -one.extended)),
        "ending": one.parts[-1].ending or "",
    }


def _names(organisations: Iterable[OrganisationFacts]) -> str:
    return "; ".join(organisation.name or organisation.id for organisation in organisations)


def _words(lines: Iterable[Line]) -> str:
    return "\n".join("[not captioned]" if line.gap else line.text for line in lines)


def local(at: Instant | None, zone: tzinfo) -> datetime | None:
    return None if at is None else (_EPOCH + timedelta(milliseconds=at)).astimezone(zone)


def _written(cell: Cell) -> str:
    """A time in a form that spreadsheet programs know: 2025-07-01 15:11:00. A duration in seconds."""
    match cell:
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M:%S")
        case timedelta():
            return f"{cell / timedelta(seconds=1):.3f}".rstrip("0").rstrip(".")
        case None:
            return ""
        case _:
            return str(cell)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
