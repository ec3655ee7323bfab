"""The record as tables: what stands on each sheet of a workbook, not how it looks.

Times are in the session's zone, and that of whoever is named is written by `as_csv.who` and `_name` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from isegoria.domain.captions import GapReason, Origin, Track
from isegoria.domain.values import EntryStatus, Instant, SegmentId, Tier
from isegoria.report.as_csv import Cell, Row, headings, local, rows, title, who
from isegoria.report.model import Announcement, Intervention, InterventionPart, Line, Participant, Record, Request
from isegoria.report.model_account import Account
from isegoria.report.phrases import ENGLISH

TIERS = {Tier.INTERNAL: ENGLISH.internal, Tier.PUBLISHABLE: "Publishable."}
_WHO = (
    *("name", "substitute for", "function", "organisation", "on behalf of"),
    *("constituency", "regions", "city", "country", "attribution"),
)
_LINE = ("position", "language", "text", "origin", "translation", "corrected", "gap")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` have the cells that `headings` name. `notice`: what must be known of its words. `dense`: rows are as high
    as each other, whatever is in them."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Row]
    notice: str = ""
    dense: bool = False


def sheets(record: Record) -> list[Sheet]:
    """All but the last, "Method", have a row for each thing that they hold."""
    clerk = _Clerk(record)
    return [
        Sheet("Interventions", headings(record), rows(record), _of_captions(record), dense=True),
        clerk.parts(),
        clerk.not_heard(),
        clerk.captions(),
        clerk.between(),
        clerk.announcements(),
        clerk.remarks(),
        clerk.in_writing(),
        Sheet("Method", ("what", "value"), list(_method(record))),
    ]


def _of_captions(record: Record) -> str:
    """R7: machine text is labelled."""
    held = [line for captions in _captions(record) for lines in captions.values() for line in lines if not line.gap]
    machine = [line.is_translation for line in held if line.origin is Origin.MACHINE]
    return (ENGLISH.translated if any(machine) else ENGLISH.machine) if machine else ""


def _captions(record: Record) -> list[Mapping[Track, Sequence[Line]]]:
    return [*(one.captions for one in record.interventions), *(one.captions for one in record.between)]


class _Clerk:
    """Writes tables of one record, whose times are in its zone."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._zone, self._name = ZoneInfo(record.session.timezone), record.session.timezone

    def parts(self) -> Sheet:
        names = (
            *("intervention", "part", "turn", "name", "segment", self._in_zone("began"), self._in_zone("ended")),
            *("limit (s)", "used (s)", "paused (s)", "overtime (s)", "extended (s)", "shortened (s)", "ending"),
        )
        found = [
            self._part(number, one, part)
            for number, one in enumerate(self._record.interventions, 1)
            for part in one.parts
        ]
        return Sheet("Parts", names, found)

    def not_heard(self) -> Sheet:
        """All requests that did not become an intervention; `status` tells why."""
        record = self._record
        requests = (*record.not_heard, *record.withdrawn, *record.waiting, *record.waiting_list)
        names = ("status", "id", *_WHO, "topic", "kind", "delivery", self._in_zone("asked"), "absences")
        found = [self._request(one) for one in requests if one.status is not EntryStatus.SPEAKING]
        return Sheet("Not heard", names, found)

    def captions(self) -> Sheet:
        names = ("intervention", "track", self._in_zone("spoken"), "from the start (s)", *_LINE)
        found = [
            {"intervention": number, **row}
            for number, one in enumerate(self._record.interventions, 1)
            for row in self._lines(one.captions)
        ]
        return Sheet("Captions", names, found, _of_captions(self._record))

    def between(self) -> Sheet:
        names = ("segment", "track", self._in_zone("spoken"), "from the start (s)", *_LINE)
        found = [
            {"segment": self._segment(one.segment), **row}
            for one in self._record.between
            for row in self._lines(one.captions)
        ]
        return Sheet("Between speakers", names, found, _of_captions(self._record))

    def announcements(self) -> Sheet:
        names = (self._in_zone("at"), "what", "by", "segment", "to")
        return Sheet("Announcements", names, [self._announcement(one) for one in self._record.announcements])

    def remarks(self) -> Sheet:
        names = (self._in_zone("at"), "name", "attribution", "segment", "in the rapporteur's words")
        found: list[Row] = [
            {
                self._in_zone("at"): self._at(one.at),
                **_by(one.speaker),
                "segment": self._segment(one.segment),
                "in the rapporteur's words": one.text,
            }
            for one in self._record.remarks
        ]
        return Sheet("Remarks", names, found)

    def in_writing(self) -> Sheet:
        numbers = {one.id: number for number, one in enumerate(self._record.interventions, 1)}
        received = self._in_zone("received")
        names = (received, "name", "attribution", "kind", "intervention", "language", "words", "SHA-256", "text")
        found: list[Row] = [
            {
                received: self._at(one.at),
                **_by(one.author),
                "kind": one.kind,
                "intervention": numbers.get(one.entry or ""),
                "language": one.language,
                "words": one.words,
                "SHA-256": one.digest,
                "text": one.text,
            }
            for one in self._record.contributions
        ]
        return Sheet("In writing", names, found, dense=True)

    # --- rows --------------------------------------------------------------------------------------

    def _part(self, number: int, one: Intervention, part: InterventionPart) -> Row:
        return {
            "intervention": number,
            "part": part.number,
            "turn": part.turn,
            "name": next(_name(found) for found in one.spoke if found.id == part.speaker),
            "segment": title(self._record, part.segment),
            self._in_zone("began"): self._at(part.began_at),
            self._in_zone("ended"): self._at(part.ended_at),
            "limit (s)": timedelta(milliseconds=part.limit),
            "used (s)": timedelta(milliseconds=part.used),
            "paused (s)": timedelta(milliseconds=part.paused),
            "overtime (s)": timedelta(milliseconds=part.overtime),
            "extended (s)": timedelta(milliseconds=max(0, part.extended)),
            "shortened (s)": timedelta(milliseconds=max(0, -part.extended)),
            "ending": part.ending,
        }

    def _request(self, one: Request) -> Row:
        return {
            "status": one.status.replace("_", " "),
            "id": one.id,
            **who(one),
            "attribution": one.speaker.attribution,
            "topic": title(self._record, one.topic),
            "kind": one.kind,
            "delivery": one.delivery,
            self._in_zone("asked"): self._at(one.asked_at),
            "absences": one.absences,
        }

    def _lines(self, captions: Mapping[Track, Sequence[Line]]) -> Iterator[Row]:
        session = self._record.session
        start = session.started_at or session.starts_at
        for track, lines in captions.items():
            for line in lines:
                yield {
                    "track": track,
                    self._in_zone("spoken"): self._at(line.spoken_at),
                    "from the start (s)": timedelta(milliseconds=max(0, line.spoken_at - start)),
                    **_line(line),
                }

    def _announcement(self, one: Announcement) -> Row:
        return {
            self._in_zone("at"): self._at(one.at),
            "what": one.what.replace("_", " "),
            "by": one.by,
            "segment": self._segment(one.segment),
            "to": self._value(one),
        }

    def _value(self, one: Announcement) -> Cell:
        if one.to is None or isinstance(one.to, bool):
            return {None: None, True: "on", False: "off"}[one.to]
        return self._at(one.to) if one.what == "session_extended" else timedelta(milliseconds=one.to)

    def _segment(self, segment: SegmentId | None) -> str:
        return "" if segment is None else title(self._record, segment)

    def _at(self, at: Instant | None) -> datetime | None:
        return local(at, self._zone)

    def _in_zone(self, heading: str) -> str:
        return f"{heading} ({self._name})"


def _by(person: Participant) -> Row:
    return {"name": _name(person), "attribution": person.attribution}


def _name(person: Participant) -> str:
    return person.name or ""


def _line(line: Line) -> Row:
    return {
        "position": line.position,
        "language": line.language,
        "text": _words(line),
        "origin": line.origin,
        "translation": _yes(line.is_translation),
        "corrected": _yes(line.corrected),
        "gap": line.gap,
    }


def _words(line: Line) -> str:
    if line.gap is GapReason.OFF_THE_RECORD:
        return ENGLISH.off_the_record
    return "[not captioned]" if line.gap else line.text


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""


# --- how the record was made ----------------------------------------------------------------------


def _method(record: Record) -> Iterator[Row]:
    told = (
        *session(record),
        *counts(record),
        ("interventions, with those that are not over", len(record.interventions)),
    )
    for what, value in (*told, *_tracks(record)):
        yield {"what": what, "value": value}


def session(record: Record | Account) -> Iterator[tuple[str, Cell]]:
    """What it was, and which log this was made from."""
    about, zone, tier = record.session, ZoneInfo(record.session.timezone), Tier(record.tier)
    yield "tier", f"{tier}: {TIERS[tier]}"
    yield "session", about.id
    yield "title", about.title
    if about.rehearsal:
        yield "rehearsal", ENGLISH.rehearsal
    yield "organisers", "; ".join(about.organisers)
    yield "state", about.state
    yield "time zone of all times, unless UTC is named", about.timezone
    yield "began", local(about.started_at, zone)
    yield "closed", local(about.closed_at, zone)
    yield "made from a log of so many entries", record.chain.entries
    yield "hash at the log's end, SHA-256", record.chain.head


def counts(record: Record | Account) -> Iterator[tuple[str, Cell]]:
    """Q8: the parts, and that they are the whole."""
    counted = record.counts.model_dump()
    requests = counted.pop("requests")
    yield "requests for the floor", requests
    for name, number in counted.items():
        yield f"of these: {name.replace('_', ' ')}", number
    yield "sum of these", sum(counted.values())


def _tracks(record: Record) -> Iterator[tuple[str, Cell]]:
    held = _captions(record)
    yield "captions", _of_captions(record)
    for track in sorted({track for captions in held for track in captions}):
        lines = {line.position: line for captions in held for line in captions.get(track, ())}
        for what, number in _kinds(lines.values()):
            yield f"captions {track}: {what}", number


def _kinds(lines: Iterable[Line]) -> Iterator[tuple[str, int]]:
    spoken, gaps = [line for line in lines if not line.gap], [line for line in lines if line.gap]
    yield "by a machine", sum(line.origin is Origin.MACHINE for line in spoken)
    yield "by a human", sum(line.origin is Origin.HUMAN for line in spoken)
    yield "translated", sum(line.is_translation for line in spoken)
    yield "corrected", sum(line.corrected for line in spoken)
    yield "gaps", len(gaps)
