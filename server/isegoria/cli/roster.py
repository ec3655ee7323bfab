"""`roster`: import registrations, export people, erase one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from isegoria.cli.running import Data, File, Json, Session, note, tell, with_engine
from isegoria.domain.errors import Refused
from isegoria.domain.people import People
from isegoria.domain.session import Session as State
from isegoria.preparation import erase_everywhere, existing, new_id
from isegoria.preparation.erasure import Erased
from isegoria.preparation.joining import Joined, Wish, join, wishes
from isegoria.roster import Mapping, Plan, describe, export, plan, read_mapping
from isegoria.settings import Settings
from isegoria.store.engine import Engine
from isegoria.store.people import PeopleStore

app = typer.Typer(no_args_is_help=True, help="Import registrations, export people, erase one.")

MappingFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", dir_okay=False, help="Which column means what; written if it is not there yet."),
]


@app.command("import")
def import_roster(
    session: Session,
    file: File,
    preview: Annotated[bool, typer.Option(help="Show what would change, and change nothing.")] = False,
    mapping: MappingFile = None,
    inscribe: Annotated[bool, typer.Option(help="Put those who want the floor on the list.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Import a registration file: Zoom, Google or Microsoft Forms, Indico, Eventbrite, Excel, CSV."""

    async def work(engine: Engine, _: Settings) -> None:
        state = (await existing(engine, session)).session
        people = await PeopleStore(engine).read(session)
        planned = plan(file.read_bytes(), file.name, people, _given(mapping), new_id=new_id)
        _keep_mapping(mapping, planned)
        wanted = wishes(planned, state, people)
        joined = None if preview else await join(engine, session, planned, inscribe=inscribe)
        text = describe(planned) + "\n".join(_floor(wanted, people, state))
        tell(_told(planned, wanted, joined), text if preview else _done(planned, joined), as_json=json)
        for reason in joined.refused if joined else ():
            note(f"Not on the list: {reason}")

    with_engine(data, work)


def _given(mapping: Path | None) -> Mapping | None:
    return read_mapping(mapping.read_bytes(), mapping.name) if mapping and mapping.exists() else None


def _keep_mapping(mapping: Path | None, planned: Plan) -> None:
    """The mapping that was found, for a person to change and for the event's next import."""
    if mapping is None or mapping.exists():
        return
    if mapping.suffix != ".json":
        raise Refused("malformed", f"A mapping is written as JSON: name it {mapping.with_suffix('.json').name}.")
    mapping.write_text(planned.mapping.model_dump_json(indent=2, exclude_defaults=True) + "\n", encoding="utf-8")
    note(f"The mapping of columns is in {mapping}.")


def _floor(wanted: Sequence[Wish], people: People, state: State) -> Iterator[str]:
    """How many want the floor, by topic, and where that is doubtful."""
    yield from ("", f"{len(wanted)} want the floor; --inscribe puts them on the list")
    for segment in state.segments:
        count = sum(wish.segment == segment.id for wish in wanted)
        if count:
            yield f"  {count:>3}  {people.about.segments.get(segment.id, segment.id)}"
    yield from (f"  {wish.person.display_name}: {wish.doubt}" for wish in wanted if wish.doubt)


def _told(planned: Plan, wanted: Sequence[Wish], joined: Joined | None) -> dict[str, Any]:
    """For programs."""
    return {
        "file": planned.file,
        "source": planned.source,
        "rows": planned.rows,
        "new": len(planned.new),
        "changed": len(planned.changed),
        "unchanged": len(planned.unchanged),
        "doubts": [doubt.model_dump() for doubt in planned.doubts],
        "bad_rows": [bad.model_dump() for bad in planned.refused],
        "want_floor": len(wanted),
        "imported": joined is not None,
        "inscribed": joined.inscribed if joined else 0,
        "not_inscribed": list(joined.refused) if joined else [],
    }


def _done(planned: Plan, joined: Joined | None) -> str:
    counts = f"{len(planned.new)} new, {len(planned.changed)} changed, {len(planned.unchanged)} unchanged"
    looked = f"{len(planned.doubts)} to look at, {len(planned.refused)} bad rows (--preview shows them)"
    listed = f"; {joined.inscribed} put on the list" if joined and joined.inscribed else ""
    return f"{planned.file}: {counts}{listed}; {looked}."


@app.command("export")
def export_roster(
    session: Session,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", dir_okay=False)] = None,
    data: Data = None,
) -> None:
    """Export everybody as CSV, which can be edited and imported again. It holds e-mail addresses."""

    async def work(engine: Engine, _: Settings) -> bytes:
        await existing(engine, session)
        return export(await PeopleStore(engine).read(session))

    written = with_engine(data, work)
    if output is None:
        typer.get_binary_stream("stdout").write(written)
    else:
        output.write_bytes(written)
        note(f"Everybody is in {output}.")


def _masked(count: int) -> str:
    return "one line of captions was masked" if count == 1 else f"{count} lines of captions were masked"


@app.command("erase")
def erase_person(
    session: Session,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id, as `roster export` has it.")],
    data: Data = None,
    json: Json = False,
) -> None:
    """Erase a person: name, address, texts, files and links are gone; the log stays whole.

    Where others said or wrote the name it is masked for good.
    """

    async def work(engine: Engine, settings: Settings) -> Erased:
        return await erase_everywhere(engine, settings.data, session, person)

    erased = with_engine(data, work)
    masked = erased.masked
    told: dict[str, Any] = {"id": session, "person": person, "on_disk": erased.on_disk, "exports": erased.exports}
    told |= {"lines": masked.lines, "files": masked.files, "unread": masked.unread}
    tell(told, f"{erased.name} was erased from {session}; {_masked(masked.lines)}.", as_json=json)
    for contribution, whose in masked.files.items():
        note(f"The file {contribution} of {whose} has the name too: withdraw it, or have it replaced.")
    for contribution, whose in masked.unread.items():
        note(f"The file {contribution} of {whose} is no plain text: look whether it has the name.")
    if erased.live:
        note("The session is live: what is said or written of them from now on is kept as it comes.")
    if not erased.on_disk:
        note("The engine's file holds it until no session is live; the server removes it then.")
    if erased.exports:
        note(f"{erased.exports} publishable exports were given out before: recall them.")
