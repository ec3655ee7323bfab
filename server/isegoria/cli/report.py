"""`report` and `verify`: the record's files, and the log's verification."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from isegoria.cli.running import REFUSED, Data, File, Json, Session, note, refusals, tell, with_engine
from isegoria.preparation import existing
from isegoria.report import as_csv, as_json, log
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


def report(
    session: Session,
    format: Annotated[Format, typer.Option(help="json: the record; csv: its interventions; jsonl: the log.")],  # noqa: A002
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Or a folder.")] = None,
    data: Data = None,
) -> None:
    """Write a session's record. It is internal: it names everybody, whatever they chose."""

    async def work(engine: Engine, _: Settings) -> bytes:
        await existing(engine, session)
        return await _made(engine, session, format)

    written = with_engine(data, work)
    if output is None:
        typer.get_binary_stream("stdout").write(written)
        return
    target = output / f"isegoria-{session}-internal.{format}" if output.is_dir() else output
    with refusals():
        target.write_bytes(written)
    note(f"Internal, not for others: {target}")


async def _made(engine: Engine, session: str, wanted: Format) -> bytes:
    journal = [data for _, data in await Journal(engine).read(session)]
    if wanted is Format.JSONL:
        return log.export(journal)
    transcript = Transcript(engine)
    captions = {track: await transcript.read(session, track) for track in await transcript.tracks(session)}
    made = record(session, journal, await PeopleStore(engine).read(session), captions)
    return as_json.export(made) if wanted is Format.JSON else as_csv.export(made)


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
