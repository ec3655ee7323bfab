"""`report` and `verify`: the record's files, and the log's verification."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from isegoria.cli.running import REFUSED, Data, Json, Session, note, refusals, tell, with_engine
from isegoria.domain import commands as c
from isegoria.domain.captions import Track
from isegoria.domain.people import People
from isegoria.domain.values import Tier
from isegoria.live.direct import ask
from isegoria.preparation import existing
from isegoria.preparation.archive import archived, folder_of, read
from isegoria.preparation.creation import SYSTEM
from isegoria.preparation.material import material_of
from isegoria.report import log
from isegoria.report.making import TYPES, Material, Wanted, make
from isegoria.settings import Settings
from isegoria.store.engine import Engine
from isegoria.store.sessions import Mark, Sessions

Format = StrEnum("Format", {kind.upper(): kind for kind in TYPES})  # type: ignore[misc]

Kind: TypeAlias = Annotated[
    Format,
    typer.Option(
        "--format",
        help="docx, pdf: the working paper; xlsx, csv, json, akn: the record; jsonl: the log; "
        "vtt, srt, txt: a transcript.",
    ),
]
Language: TypeAlias = Annotated[
    str | None, typer.Option(metavar="TRACK", help='Of a transcript: a track of the session, as "es" or "floor".')
]
ForWhom: TypeAlias = Annotated[
    Tier | None,
    typer.Option(help="publishable: what each speaker allows, as transcripts are without this; internal: all."),
]
Source: TypeAlias = Annotated[
    Path | None, typer.Option("--from", metavar="DIR", help="The session's archive, if it is not in the data folder.")
]
FileOrFolder: TypeAlias = Annotated[Path, typer.Argument(metavar="FILE", exists=True, readable=True)]
Output: TypeAlias = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Or a folder.")]


def report(
    session: Session,
    kind: Kind,
    language: Language = None,
    tier: ForWhom = None,
    output: Output = None,
    source: Source = None,
    data: Data = None,
) -> None:
    """Write a session's record, or the transcript of a language.

    What is internal names everybody, whatever they chose: it is not for others. What is made from an archive stands in
    no list of what was given out: an archive stays as it is.
    """
    asked = Wanted(kind.value, tier or Tier.INTERNAL, language)
    usual = Tier.PUBLISHABLE if asked.is_transcript else Tier.INTERNAL

    async def work(engine: Engine, settings: Settings) -> tuple[Wanted, bytes]:
        folder = source or await _archive(engine, settings, session)
        material = archived(folder, session) if folder else await _material(engine, session)
        wanted = replace(asked, tier=tier or usual, track=_track(asked, material.people))
        body = make(wanted, material)
        if folder:
            note("Made from the archive, and listed nowhere.")
        elif not wanted.is_log:
            await _list(engine, session, wanted, body, len(material.journal))
        return wanted, body

    wanted, written = with_engine(data, work)
    if output is None:
        typer.get_binary_stream("stdout").write(written)
        return
    target = output / wanted.file_name(session) if output.is_dir() else output
    with refusals():
        target.write_bytes(written)
    note(f"Internal, not for others: {target}" if wanted.tier is Tier.INTERNAL else f"Publishable: {target}")


async def _archive(engine: Engine, settings: Settings, session: str) -> Path | None:
    """Where the session is, if it is not in the store any more."""
    marks = await Sessions(engine).list_sessions()
    return folder_of(settings.data, session) if marks.get(session) is Mark.ARCHIVED else None


async def _material(engine: Engine, session: str) -> Material:
    await existing(engine, session)
    return await material_of(engine, session)


async def _list(engine: Engine, session: str, wanted: Wanted, body: bytes, entries: int) -> None:
    """So that it can be recalled when somebody's attribution changes (R4)."""
    listed = c.ListExport(
        format=wanted.kind,
        tier=wanted.tier,
        track=wanted.track,
        digest=hashlib.sha256(body).hexdigest(),
        size=len(body),
        entries=entries,
    )
    await ask(engine, session, listed, SYSTEM)


def _track(asked: Wanted, people: People) -> Track | None:
    """Of a transcript the one that is named, or the only one."""
    known = list(dict.fromkeys(one.track for one in people.about.tracks))
    return known[0] if asked.is_transcript and asked.track is None and len(known) == 1 else asked.track


def verify(
    file: FileOrFolder,
    head: Annotated[str | None, typer.Option(metavar="HEX", help="The head that was noted elsewhere.")] = None,
    json: Json = False,
) -> None:
    """Verify an exported log, or an archive: the chain is whole, or the first bad entry is named."""
    if file.is_dir():
        with refusals():
            read(file)
        file = file / "log.jsonl"
    verdict = log.verify(file.read_bytes(), head)
    tell(verdict.model_dump(), f"{verdict.message}\nhead {verdict.head}", as_json=json) if verdict.ok or json else None
    if not verdict.ok:
        note(verdict.message)
        raise typer.Exit(REFUSED)
