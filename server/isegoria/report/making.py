"""Everything that can be made of a session, by its kind and its tier: one way for the server and the command line.

All that is needed is passed in and can be sent to another process; nothing here looks at a clock or at a store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from isegoria.domain.captions import CaptionSegment, Track
from isegoria.domain.errors import Refused
from isegoria.domain.history import replay
from isegoria.domain.people import People
from isegoria.domain.values import Tier
from isegoria.report import as_akn, as_csv, as_docx, as_json, as_pdf, as_xlsx, files, log
from isegoria.report.account import account
from isegoria.report.model import Record
from isegoria.report.model_account import Account
from isegoria.report.model_statistics import Statistics
from isegoria.report.outline import outline
from isegoria.report.paper import Paper
from isegoria.report.record import record
from isegoria.report.statistics import statistics

RECORDS: Mapping[str, Callable[[Record], bytes]] = {
    "xlsx": as_xlsx.export,
    "csv": as_csv.export,
    "json": as_json.export,
    "akn": as_akn.export,
}
"""Of the record, which holds everything: internal."""
ACCOUNTS: Mapping[str, Callable[[Account, Statistics], bytes]] = {
    "xlsx": as_xlsx.export_account,
    "csv": lambda told, _: as_csv.export_account(told),
    "json": lambda told, _: as_json.export_account(told),
    "akn": lambda told, _: as_akn.export_account(told),
}
"""The same kinds of what is told in public."""
PAPERS: Mapping[str, Callable[[Paper], bytes]] = {"docx": as_docx.export, "pdf": as_pdf.export}
"""Of the working paper, in both tiers."""

TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "akn": "application/akn+xml",
    **files.TYPES,
}
OFFERED: Mapping[str, frozenset[Tier]] = {
    kind: frozenset({Tier.INTERNAL} if kind == "jsonl" else Tier) for kind in TYPES
}
"""Kind -> the tiers that it is made for."""


@dataclass(frozen=True, slots=True)
class Material:
    """A session as it is kept: its decisions, its people, all revisions of its captions."""

    session: str
    journal: Sequence[bytes]
    people: People
    captions: Mapping[Track, Sequence[tuple[int, bytes]]]
    """(position, bytes): they are read where the file is made."""

    def of(self, track: Track) -> list[CaptionSegment]:
        return [CaptionSegment.kept(*entry) for entry in self.captions.get(track, ())]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`kind` is one of `TYPES`; `track` is that of a transcript."""

    kind: str
    tier: Tier
    track: Track | None = None

    @property
    def is_transcript(self) -> bool:
        return self.kind in files.TYPES

    @property
    def is_log(self) -> bool:
        """Its giving out is not listed: then no log would be the one that was given out."""
        return self.kind == "jsonl"

    def file_name(self, session: str) -> str:
        """What others may not have says so."""
        if self.track is not None:
            return files.file_name(session, self.track, self.tier, self.kind)
        return f"isegoria-{session}-{self.tier}.{self.kind}"


def make(wanted: Wanted, material: Material) -> bytes:
    """The bytes of a file; the same for the same. Raises Refused for what there is not, BrokenChain."""
    if wanted.is_transcript:
        return _transcript(wanted, material)
    if wanted.track is not None:
        raise Refused("malformed", "a record holds all languages; name one for vtt, srt and txt only", field="track")
    if wanted.is_log:
        if wanted.tier is Tier.PUBLISHABLE:
            raise Refused("malformed", "the log is internal: it tells who did what, and when", field="tier")
        return log.export(material.journal)
    captions = {track: material.of(track) for track in material.captions}
    made = record(material.session, material.journal, material.people, captions)
    if wanted.tier is Tier.INTERNAL and wanted.kind in RECORDS:
        return RECORDS[wanted.kind](made)
    session = replay(material.session, material.journal).session
    told = account(made, session, material.people, wanted.tier)
    figures = statistics(made, session, material.people, wanted.tier)
    if wanted.kind in PAPERS:
        return PAPERS[wanted.kind](outline(told, figures))
    return ACCOUNTS[wanted.kind](told, figures)


def _transcript(wanted: Wanted, material: Material) -> bytes:
    if wanted.track not in {track.track for track in material.people.about.tracks}:
        known = ", ".join(dict.fromkeys(track.track for track in material.people.about.tracks)) or "none"
        none = "A transcript is of one language" if wanted.track is None else f'There are no captions "{wanted.track}"'
        raise Refused("malformed", f"{none}; the session's tracks are: {known}.", field="track")
    session = replay(material.session, material.journal).session
    captions = material.of(wanted.track)
    return files.transcript_file(wanted.kind, session, material.people, wanted.track, captions, wanted.tier)
