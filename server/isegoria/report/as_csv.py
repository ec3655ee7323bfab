"""The record, or what is told of it in public, for sorting and statistics: one line an intervention.

UTF-8 with a byte order mark, so that spreadsheet programs read it as such. A text that they might run as a formula
(= + - @ or a line break first) gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypeAlias
from zoneinfo import ZoneInfo

from isegoria.domain.captions import Track
from isegoria.domain.values import Instant, SegmentId, Tier
from isegoria.report.legible import legible
from isegoria.report.model import Intervention, Line, OrganisationFacts, Quote, Record, Request
from isegoria.report.model_account import Account, Citation, CitedIntervention

FORMULA_STARTS = tuple("=+-@\n\t\r＝＋－＠")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Cell: TypeAlias = str | int | timedelta | datetime | None
Row: TypeAlias = dict[str, Cell]


def export(record: Record) -> bytes:
    """Interventions in the order in which they began; one column more for each track of captions."""
    return _file(headings(record), rows(record))


def export_account(account: Account) -> bytes:
    """Interventions in the order of the account; what their speakers did not allow is empty."""
    return _file(account_headings(account), account_rows(account))


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
        "quotes": "\n".join(map(_quote, one.quotes)),
        **{f"captions {track}": _words(one.captions.get(track, ())) for track in tracks},
    }


def _quote(quote: Quote) -> str:
    """R7: machine text is no quotation until somebody heard it in the recording, and says so."""
    open_ = " machine text, not confirmed" if quote.machine and quote.confirmed_by is None else ""
    return f"[{quote.track} {quote.first}-{quote.last}{open_}] {quote.text}"


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


def title(record: Record | Account, segment: SegmentId) -> str:
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


# --- of an account --------------------------------------------------------------------------------


def account_rows(account: Account) -> list[Row]:
    """The table itself, by its headings. Times are in the zone of their column."""
    return [_told(account, one) for one in account.interventions]


def account_headings(account: Account) -> list[str]:
    return [
        *("number", *cited_headings(account), "topic", "segment", "kind", "delivery"),
        *("began (UTC)", f"began ({account.session.timezone})", "used (s)", "tags", "gist", "quotes"),
    ]


def cited_headings(account: Account) -> list[str]:
    """Of `cited`; only the team is told what others may not know."""
    names = ["cited", "name", "organisation", "on behalf of", "constituency", "region", "city", "country"]
    return [*names, "marks"] if account.tier is Tier.INTERNAL else names


def cited(account: Account, who: Citation) -> Row:
    """As much of somebody as is told."""
    row: Row = {
        "cited": who.as_.replace("_", " "),
        "name": who.name,
        "organisation": who.organisation,
        "on behalf of": "; ".join(who.on_behalf_of),
        "constituency": who.constituency,
        "region": who.region,
        "city": who.city,
        "country": who.country,
        "marks": ", ".join(mark.replace("_", " ") for mark in who.marks),
    }
    return {name: row[name] for name in cited_headings(account)}


def _told(account: Account, one: CitedIntervention) -> Row:
    name = account.session.timezone
    return {
        "number": one.number,
        **cited(account, one.cited),
        "topic": title(account, one.topic),
        "segment": title(account, one.segment),
        "kind": one.kind,
        "delivery": one.delivery,
        "began (UTC)": local(one.began_at, UTC),
        f"began ({name})": local(one.began_at, ZoneInfo(name)),
        "used (s)": None if one.used is None else timedelta(milliseconds=one.used),
        "tags": ", ".join(account.topics.get(tag, tag) for tag in one.tags),
        "gist": one.gist,
        "quotes": "\n".join(f"[{quote.language}] {quote.text}" for quote in one.quotes),
    }


# --- as text --------------------------------------------------------------------------------------


def _file(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names)
    writer.writerow({name: _safe(name) for name in names})
    writer.writerows({name: _safe(_written(cell)) for name, cell in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


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
    kept = legible(cell)
    return f"'{kept}" if kept.startswith(FORMULA_STARTS) else kept
