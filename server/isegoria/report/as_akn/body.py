"""The debate itself: a section for each part of the agenda, and in it what happened, in the order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from isegoria.domain.captions import Origin
from isegoria.domain.values import EntryKind, Instant, SegmentId
from isegoria.report.as_akn.clock import Clock
from isegoria.report.as_akn.names import Agent, Names
from isegoria.report.as_akn.nodes import LANGUAGE, Node, element, language
from isegoria.report.as_akn.words import gap, how, in_speech, main_language, of_part, original, paragraphs, written
from isegoria.report.as_csv import title
from isegoria.report.legible import legible
from isegoria.report.model import Announcement, Contribution, Intervention, Line, Record
from isegoria.report.model_account import Account
from isegoria.report.phrases import ENGLISH

_SAID = {
    "doors_opened": "The doors were opened.",
    "session_started": "The session was opened.",
    "session_suspended": "The session was suspended.",
    "session_resumed": "The session was resumed.",
    "session_closed": "The session was closed.",
    "list_closed": "The list of speakers was closed.",
    "list_reopened": "The list of speakers was opened again.",
    "limit_changed": "The speaking time was set to {to}.",
    "session_extended": "The session was extended until {to}.",
    "segment_started": "{segment}: begun.",
    "recording_switched": "{segment}: recording was switched {to}.",
    "chatham_house_switched": "{segment}: the Chatham House Rule was switched {to}.",
}


class _Happened(NamedTuple):
    """Something in its section: what was announced comes before what was said at the same time."""

    at: Instant
    order: int
    what: Announcement | Line | tuple[Intervention, int]


class Body:
    """Writes the sections of one record."""

    def __init__(self, record: Record, names: Names) -> None:
        self._record, self._names = record, names
        self._clock = Clock(ZoneInfo(record.session.timezone))
        self._announced = list(_announced(record.announcements))
        self._numbers: Counter[str] = Counter()

    def sections(self) -> Iterator[Node]:
        """At least one: a body without any is not valid."""
        parts = [part.id for part in self._record.session.segments]
        told = {segment: sorted(self._happened(segment), key=attrgetter("at", "order")) for segment in (None, *parts)}
        for segment, happened in told.items():
            if happened or not any(told.values()):
                yield self._section(segment, happened)
        if self._record.contributions:
            yield self._in_writing(self._record.contributions)

    def notices(self) -> Iterator[str]:
        """What a reader must know before the rest."""
        if self._record.session.rehearsal:
            yield ENGLISH.rehearsal
        machine = [line.is_translation for line in self._lines() if line.origin is Origin.MACHINE and not line.gap]
        if machine:
            yield ENGLISH.translated if any(machine) else ENGLISH.machine
        yield ENGLISH.internal

    def languages(self) -> set[str]:
        """Those that were spoken."""
        return {language(line.language) for line in self._lines() if not line.gap}

    def _lines(self) -> list[Line]:
        """The captions that are in the file."""
        held = [*(one.captions for one in self._record.interventions), *(one.captions for one in self._record.between)]
        return [line for captions in held for line in original(captions)]

    def _happened(self, segment: SegmentId | None) -> Iterator[_Happened]:
        yield from (_Happened(said.at, 0, said) for running, said in self._announced if running == segment)
        for one in self._record.interventions:
            for number, part in enumerate(one.parts):
                if part.segment == segment:
                    yield _Happened(part.began_at, 1, (one, number))
        for between in self._record.between:
            if between.segment == segment:
                yield from (_Happened(line.spoken_at, 2, line) for line in original(between.captions))

    # --- sections ----------------------------------------------------------------------------------

    def _section(self, segment: SegmentId | None, happened: Sequence[_Happened]) -> Node:
        id_ = self._numbered("dbsect")
        return debate_section(self._record, segment, id_, self._events(id_, happened))

    def _events(self, section: str, happened: Iterable[_Happened]) -> Iterator[Node]:
        for procedural, group in groupby(happened, key=lambda one: isinstance(one.what, Line)):
            if procedural:
                yield from self._procedure(section, [one.what for one in group if isinstance(one.what, Line)])
                continue
            for one in group:
                if isinstance(one.what, Announcement):
                    yield self._announcement(section, one.what)
                elif isinstance(one.what, tuple):
                    yield self._speech(section, *one.what)

    def _in_writing(self, contributions: Iterable[Contribution]) -> Node:
        id_ = self._numbered("wrttn")
        return in_writing(id_, [self._text(id_, one) for one in contributions])

    # --- what stands in them -----------------------------------------------------------------------

    def _speech(self, section: str, one: Intervention, number: int) -> Node:
        part = one.parts[number]
        lines = of_part(original(one.captions), one.parts, number)
        spoken = main_language(lines)
        agent, line = self._names.speech(one, part.speaker)
        attributes = {
            **agent,
            "eId": self._numbered(f"{section}__speech"),
            "startTime": self._clock.stamp(part.began_at),
            "endTime": None if part.ended_at is None else self._clock.stamp(part.ended_at),
            LANGUAGE: spoken,
        }
        speech = element("speech", attributes, line, *in_speech(lines, spoken, self._clock))
        if one.kind is not EntryKind.POINT_OF_ORDER:
            return speech
        return element("pointOfOrder", {"eId": self._numbered(f"{section}__pntord")}, speech)

    def _text(self, section: str, one: Contribution) -> Node:
        agent, line = self._names.author(one)
        return statement(self._numbered(f"{section}__speech"), agent, line, one.language, one.text)

    def _procedure(self, section: str, lines: Sequence[Line]) -> Iterator[Node]:
        """What was said between speakers: nobody knows who said it."""
        for paragraph in paragraphs(lines):
            first = paragraph[0]
            if first.gap:
                yield element("scene", {"eId": self._numbered(f"{section}__scene")}, gap(first, self._clock))
            else:
                attributes = {"eId": self._numbered(f"{section}__narrative"), **how(paragraph)}
                yield element("narrative", attributes, written(paragraph))

    def _announcement(self, section: str, said: Announcement) -> Node:
        of = "" if said.segment is None else title(self._record, said.segment)
        text = _SAID.get(said.what, said.what.replace("_", " ")).format(segment=of, to=self._value(said))
        attributes = {"eId": self._numbered(f"{section}__narrative"), "class": "announcement"}
        return element("narrative", attributes, self._clock.node(said.at), f" {text}")

    def _value(self, said: Announcement) -> str:
        if said.to is None or isinstance(said.to, bool):
            return "on" if said.to else "off"
        if said.what == "session_extended":
            return self._clock.time(said.to)
        return f"{said.to // 60_000}:{said.to // 1_000 % 60:02} minutes"

    def _numbered(self, name: str) -> str:
        self._numbers[name] += 1
        return f"{name}_{self._numbers[name]}"


# --- of a record, and of what is told of one ------------------------------------------------------


def debate_section(told: Record | Account, segment: SegmentId | None, id_: str, inside: Iterable[Node]) -> Node:
    """`segment` None: what happened before the first."""
    kind = next((part.kind for part in told.session.segments if part.id == segment), "before")
    heading = "Before the first item of the agenda" if segment is None else title(told, segment)
    return element("debateSection", {"name": str(kind), "eId": id_}, element("heading", {}, heading), *inside)


def in_writing(id_: str, statements: Iterable[Node]) -> Node:
    return element("writtenStatements", {"eId": id_}, element("heading", {}, "In writing"), *statements)


def statement(id_: str, agent: Agent, line: Node, language_: str | None, text: str | None) -> Node:
    """One of them, with as many paragraphs as it has lines."""
    attributes = {**agent, "eId": id_, LANGUAGE: None if language_ is None else language(language_)}
    return element("speech", attributes, line, *(in_lines(text or "") or [element("p", {}, "[no text]")]))


def in_lines(text: str, attributes: Mapping[str, str | None] = MappingProxyType({})) -> list[Node]:
    """A paragraph for each line that is not blank."""
    return [element("p", attributes, line) for line in legible(text).splitlines() if line.strip()]


def _announced(announcements: Iterable[Announcement]) -> Iterator[tuple[SegmentId | None, Announcement]]:
    """With the segment that ran: by their order, since two may have begun at the same time."""
    running: SegmentId | None = None
    for said in announcements:
        running = said.segment if said.what == "segment_started" else running
        yield running, said
