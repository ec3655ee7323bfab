"""`session`: create, list, show, extend, close, archive, restore."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from isegoria.cli.links import shown_feeds, shown_links, told_feeds, told_links
from isegoria.cli.running import Data, File, Json, Session, note, tell, with_engine
from isegoria.cli.times import local
from isegoria.domain import commands as c
from isegoria.domain.errors import Refused
from isegoria.domain.history import History
from isegoria.domain.people import About
from isegoria.domain.values import EntryStatus
from isegoria.live.direct import ask, load
from isegoria.preparation import Prepared, archive, create, existing, folder_of, restore
from isegoria.preparation.creation import SYSTEM
from isegoria.session_file import SessionFile, moved_to, read_session_file
from isegoria.settings import Settings
from isegoria.store.engine import Engine
from isegoria.store.people import PeopleStore
from isegoria.store.sessions import Mark, Sessions

app = typer.Typer(no_args_is_help=True, help="Create, list, show, extend, close, archive sessions.")


@app.command("create")
def create_session(
    file: File,
    now: Annotated[bool, typer.Option("--now", help="Move its times so that it starts now, to try it out.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Create a session from its file, and print its links and feed addresses."""

    async def work(engine: Engine, settings: Settings) -> None:
        told, at = _read(file), await engine.time()
        told = moved_to(told, at) if now else told
        _tell_created(await create(engine, told), told.title, settings.address, json)
        if told.ends_at <= at:
            note(f"Its end has passed, on {local(told.ends_at, told.timezone)}. To try a file out, add --now.")

    with_engine(data, work)


def _read(file: Path) -> SessionFile:
    try:
        return read_session_file(file.read_bytes())
    except Refused as refused:
        raise Refused(refused.code, f"The file {file.name} cannot be used as it is.\n{refused.message}") from None


def _tell_created(made: Prepared, title: str, address: str, json: bool) -> None:
    told = {
        "id": made.session,
        "title": title,
        "links": told_links(made.links, address, made.session),
        "feeds": told_feeds(made.feeds, address, made.session),
    }
    lines = [f"{made.session}  {title}", "", *shown_links(made.links, address, made.session)]
    lines += ["", *shown_feeds(made.feeds, address, made.session)] if made.feeds else []
    lines += ["", "Keep these: they cannot be shown again, only made anew by `isegoria links`."]
    tell(told, "\n".join(lines), as_json=json)


@app.command("list")
def list_sessions(data: Data = None, json: Json = False) -> None:
    """List all sessions, in the order in which they were created."""

    async def work(engine: Engine, _: Settings) -> list[dict[str, Any]]:
        marks = await Sessions(engine).list_sessions()
        return [await _listed(engine, session, mark) for session, mark in marks.items()]

    told = with_engine(data, work)
    text = "\n".join(map(_line, told)) or "There are no sessions yet. `isegoria session create FILE` makes one."
    tell(told, text, as_json=json)


async def _listed(engine: Engine, session_id: str, mark: Mark) -> dict[str, Any]:
    about = (await PeopleStore(engine).read(session_id)).about
    told = {"id": session_id, "title": about.title, "state": "archived" if mark is Mark.ARCHIVED else "unreadable"}
    try:
        session = (await existing(engine, session_id)).session
    except Refused:
        # One log that cannot be read, or is not here any more, must not hide all the others.
        return told
    return told | {
        "state": session.state,
        "rehearsal": session.rehearsal,
        "timezone": session.timezone,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
    }


def _line(told: Mapping[str, Any]) -> str:
    when = local(told["starts_at"], told["timezone"]) if "timezone" in told else ""
    return f"{told['id']}  {told['state']:<9}  {when}  {told['title']}".rstrip()


@app.command("show")
def show(session: Session, data: Data = None, json: Json = False) -> None:
    """Show what is true of a session now, and the head of its log."""

    async def work(engine: Engine, _: Settings) -> dict[str, Any]:
        people = await PeopleStore(engine).read(session)
        return _shown(await existing(engine, session), people.about) | {"people": len(people.persons)}

    told = with_engine(data, work)
    zone = told["timezone"]
    lines = [
        f"{told['title']} ({session}{', a rehearsal' if told['rehearsal'] else ''})",
        f"  state      {told['state']}, the list is {'open' if told['list_open'] else 'closed'}",
        f"  doors      {local(told['doors_at'], zone)}",
        f"  start      {local(told['starts_at'], zone)}",
        f"  end        {local(told['ends_at'], zone)}",
        f"  requests   {', '.join(f'{count} {status}' for status, count in told['requests'].items()) or 'none'}",
        f"  people     {told['people']}",
        f"  log        {told['entries']} entries, head {told['head']}",
    ]
    tell(told, "\n".join(lines), as_json=json)


def _shown(history: History, about: About) -> dict[str, Any]:
    session = history.session
    statuses = [entry.status for entry in session.entries.values()]
    return {
        "id": session.id,
        "title": about.title,
        "state": session.state,
        "rehearsal": session.rehearsal,
        "timezone": session.timezone,
        "doors_at": session.doors_at,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "list_open": session.list_open,
        "segments": [{"id": one.id, "title": about.segments.get(one.id, "")} for one in session.segments],
        "segment": session.segment,
        "requests": {str(one): statuses.count(one) for one in EntryStatus if one in statuses},
        "entries": session.version,
        "head": history.head,
    }


# A negative number is no option.
@app.command("extend", context_settings={"ignore_unknown_options": True})
def extend(
    session: Session,
    minutes: Annotated[int, typer.Argument(metavar="MIN", min=-240, max=240)],
    data: Data = None,
    json: Json = False,
) -> None:
    """Move the end of a session by some minutes."""

    async def work(engine: Engine, _: Settings) -> tuple[int, str]:
        state = (await existing(engine, session)).session
        await ask(engine, session, c.ExtendSession(ends_at=state.ends_at, minutes=minutes), SYSTEM)
        after = (await load(engine, session)).session
        return after.ends_at, after.timezone

    ends_at, zone = with_engine(data, work)
    tell({"id": session, "ends_at": ends_at}, f"{session} ends at {local(ends_at, zone)}.", as_json=json)


@app.command("close")
def close(session: Session, data: Data = None, json: Json = False) -> None:
    """Close a session. All who wait are not heard, and are invited to write."""

    async def work(engine: Engine, _: Settings) -> int:
        await existing(engine, session)
        await ask(engine, session, c.CloseSession(), SYSTEM)
        entries = (await load(engine, session)).session.entries.values()
        return sum(entry.status is EntryStatus.NOT_HEARD for entry in entries)

    not_heard = with_engine(data, work)
    tell({"id": session, "not_heard": not_heard}, f"{session} is closed; {not_heard} were not heard.", as_json=json)


@app.command("archive")
def archive_session(session: Session, data: Data = None, json: Json = False) -> None:
    """Write a closed session to a folder, verify that, and take it out of the store."""

    async def work(engine: Engine, settings: Settings) -> dict[str, Any]:
        folder, manifest = await archive(engine, settings.data, session)
        return {"id": session, "folder": str(folder), "entries": manifest.entries, "head": manifest.head}

    told = with_engine(data, work)
    text = f"{session} is in {told['folder']}: {told['entries']} entries, head {told['head']}."
    tell(told, text, as_json=json)
    note("It holds names and what people wrote. Keep it where only the team can read it.")


@app.command("restore")
def restore_session(
    session: Session,
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Where its archive is, if not in the data folder.")
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Put an archived session back into the store, if its archive is as it was written."""

    async def work(engine: Engine, settings: Settings) -> dict[str, Any]:
        manifest = await restore(engine, folder or folder_of(settings.data, session), session)
        return {"id": manifest.session, "entries": manifest.entries, "head": manifest.head}

    told = with_engine(data, work)
    tell(told, f"{session} is back: {told['entries']} entries, head {told['head']}.", as_json=json)
