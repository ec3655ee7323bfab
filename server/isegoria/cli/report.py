"""`report` and `verify`: the record's files, and the log's verification."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from isegoria.cli.running import REFUSED, Data, File, Json, Session, note, refusals, tell, with_engine
from isegoria.domain.captions import Track
from isegoria.domain.errors import Refused
from isegoria.domain.history import replay
from isegoria.domain.people import People
from isegoria.domain.values import Tier
from isegoria.preparation import existing
from isegoria.report import as_csv, as_json, log
from isegoria.report.files import file_name, transcript_file
from isegoria.report.record import record
from isegoria.settings import Settings
from isegoria.store.engine import Engine
from isegoria.store.journal import Journal
from isegoria.store.people import PeopleStore
from isegoria.store.transcript import Transcript


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"
    """The log itself."""
    VTT = "vtt"
    SRT = "srt"
    TXT = "txt"

    @property
    def is_transcript(self) -> bool:
        return self in {Format.VTT, Format.SRT, Format.TXT}


Wanted: TypeAlias = Annotated[
    Format,
    typer.Option(help="json: the record; csv: its interventions; jsonl: the log; vtt, srt, txt: a transcript."),
]
Language: TypeAlias = Annotated[
    str | None, typer.Option(metavar="TRACK", help='Of a transcript: a track of the session, as "es" or "floor".')
]
ForWhom: TypeAlias = Annotated[
    Tier | None,
    typer.Option(help="publishable: what each speaker allows, as transcripts are without this; internal: all."),
]
Output: TypeAlias = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Or a folder.")]


def report(
    session: Session,
    format: Wanted,  # noqa: A002
    language: Language = None,
    tier: ForWhom = None,
    output: Output = None,
    data: Data = None,
) -> None:
    """Write a session's record, or the transcript of a language.

    What is internal names everybody, whatever they chose: it is not for others.
    """
    counts = tier or (Tier.PUBLISHABLE if format.is_transcript else Tier.INTERNAL)

    async def work(engine: Engine, _: Settings) -> tuple[str, bytes]:
        await existing(engine, session)
        if format.is_transcript:
            return await _transcript(engine, session, format, language, counts)
        _check(language, counts)
        return f"isegoria-{session}-internal.{format}", await _made(engine, session, format)

    name, written = with_engine(data, work)
    if output is None:
        typer.get_binary_stream("stdout").write(written)
        return
    target = output / name if output.is_dir() else output
    with refusals():
        target.write_bytes(written)
    note(f"Internal, not for others: {target}" if counts is Tier.INTERNAL else f"Publishable: {target}")


def _check(language: str | None, tier: Tier) -> None:
    """Raises Refused for what only transcripts have."""
    if language is not None:
        raise Refused("malformed", "a record holds all languages; --language is for vtt, srt and txt")
    if tier is Tier.PUBLISHABLE:
        raise Refused(
            "malformed", "json, csv and jsonl hold everything and are internal; vtt, srt and txt can be published"
        )


async def _made(engine: Engine, session: str, wanted: Format) -> bytes:
    journal = [data for _, data in await Journal(engine).read(session)]
    if wanted is Format.JSONL:
        return log.export(journal)
    transcript = Transcript(engine)
    captions = {track: await transcript.read(session, track) for track in await transcript.tracks(session)}
    made = record(session, journal, await PeopleStore(engine).read(session), captions)
    return as_json.export(made) if wanted is Format.JSON else as_csv.export(made)


async def _transcript(
    engine: Engine, session: str, wanted: Format, language: str | None, tier: Tier
) -> tuple[str, bytes]:
    people = await PeopleStore(engine).read(session)
    track = _track(people, language)
    journal = [data for _, data in await Journal(engine).read(session)]
    captions = await Transcript(engine).read(session, track)
    made = transcript_file(wanted, replay(session, journal).session, people, track, captions, tier)
    return file_name(session, track, tier, wanted), made


def _track(people: People, language: str | None) -> Track:
    """The one that is named, or the only one. Raises Refused."""
    known = list(dict.fromkeys(one.track for one in people.about.tracks))
    if language in known:
        return language
    if language is None and len(known) == 1:
        return known[0]
    told = ", ".join(known) or "none"
    asked = "A transcript is of one language" if language is None else f'The session has no captions "{language}"'
    raise Refused("malformed", f"{asked}; its tracks are: {told}. Name one with --language.")


def verify(
    file: File,
    head: Annotated[str | None, typer.Option(metavar="HEX", help="The head that was noted elsewhere.")] = None,
    json: Json = False,
) -> None:
    """Verify an exported log: the chain is whole, or the first bad entry is named."""
    verdict = log.verify(file.read_bytes(), head)
    tell(verdict.model_dump(), f"{verdict.message}\nhead {verdict.head}", as_json=json) if verdict.ok or json else None
    if not verdict.ok:
        note(verdict.message)
        raise typer.Exit(REFUSED)
