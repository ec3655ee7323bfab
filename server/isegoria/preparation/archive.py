"""A session's archive: a folder with everything of it, readable without us, verified by its own list of hashes.

`log.jsonl` is the log as `isegoria verify` reads it, `captions/TRACK.jsonl` what each track kept, `people.json` and
`access.json` what can be erased, `files/` what was handed in as it came. `archive.json` names them all.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from isegoria.domain.errors import Refused
from isegoria.domain.values import Frozen, SessionState
from isegoria.preparation.creation import existing
from isegoria.report import log
from isegoria.report.making import Material
from isegoria.store.engine import Engine
from isegoria.store.holdings import Hash, Holdings, put_back, take
from isegoria.store.people import people_of
from isegoria.store.removal import remove_session
from isegoria.store.sessions import Mark, Sessions

MANIFEST = "archive.json"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Manifest(Frozen):
    """`files`: name -> SHA-256 of each file of the archive. `head` is that of the log."""

    format: Literal["isegoria-archive/1"] = "isegoria-archive/1"
    session: str
    entries: Annotated[int, Field(ge=1)]
    head: str
    files: Mapping[str, str]


def folder_of(data: Path, session: str) -> Path:
    return data / "archive" / session


async def archive(engine: Engine, data: Path, session: str) -> tuple[Path, Manifest]:
    """Writes a closed session to its folder, then takes it out of the store. Raises Refused, EngineAway, OSError.

    The folder is in place, on disk, before anything is removed; doing it again after a fault is harmless.
    """
    history = await existing(engine, session)
    if history.session.state is not SessionState.CLOSED:
        raise Refused("wrong_state", f"The session is {history.session.state}: close it first.")
    target = folder_of(data, session)
    manifest = _write(target, session, await take(engine, session))
    await Sessions(engine).archived(session)
    await remove_session(engine, session)
    return target, manifest


async def restore(engine: Engine, folder: Path, session: str) -> Manifest:
    """Puts an archived session back, whole. Raises Refused if the archive is not as it was written, EngineAway."""
    manifest, held = _of_session(folder, session)
    stands = (await Sessions(engine).list_sessions()).get(manifest.session)
    if stands in (Mark.CREATED, Mark.CLOSED):
        raise Refused("no_change", f"The session {manifest.session} is not archived.")
    # What a restoring that broke off has left would be in the way.
    await remove_session(engine, manifest.session)
    await put_back(engine, manifest.session, held)
    await Sessions(engine).restored(manifest.session)
    return manifest


def archived(folder: Path, session: str) -> Material:
    """What exports are made from, read from an archive, which stays as it is. Raises Refused as `restore` does."""
    held = _of_session(folder, session)[1]
    people = people_of(held.revision, held.persons.values(), held.organisations.values(), held.texts, held.about)
    captions = {track: list(enumerate(entries, 1)) for track, entries in held.tracks.items()}
    return Material(session, held.journal, people, captions)


def _of_session(folder: Path, session: str) -> tuple[Manifest, Holdings]:
    manifest, held = read(folder)
    if manifest.session != session:
        raise Refused("malformed", f"The archive in {folder} is that of the session {manifest.session}.")
    return manifest, held


# --- the folder ----------------------------------------------------------------------------------


def _write(target: Path, session: str, held: Holdings) -> Manifest:
    """In a folder beside it first, so that what stands under its name is whole."""
    draft = target.with_name(f".{target.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    hashes: dict[str, str] = {}
    for name, data in _files(held):
        path = draft / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _put(path, data)
        hashes[name] = hashlib.sha256(data).hexdigest()
    verdict = log.verify(log.export(held.journal))
    manifest = Manifest(session=session, entries=verdict.entries, head=verdict.head, files=hashes)
    _put(draft / MANIFEST, manifest.model_dump_json(indent=1).encode())
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    return manifest


def _put(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _files(held: Holdings) -> Iterator[tuple[str, bytes]]:
    yield "log.jsonl", log.export(held.journal)
    for track, entries in held.tracks.items():
        yield f"captions/{track}.jsonl", b"".join(entry + b"\n" for entry in entries)
    people = {"persons": held.persons, "organisations": held.organisations, "texts": held.texts}
    told = {name: {key: json.loads(value) for key, value in table.items()} for name, table in people.items()}
    about = json.loads(held.about or b"{}")
    yield "people.json", _json({"revision": held.revision, "about": about, **told})
    access = {"links": held.links, "owners": held.owners, "feeds": held.feeds}
    yield "access.json", _json({name: _encoded(table) for name, table in access.items()})
    for name, data in held.files.items():
        yield f"files/{name}", data


def read(folder: Path) -> tuple[Manifest, Holdings]:
    """What an archive holds, if it is as it was written. Raises Refused, which names what is not."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError):
        raise Refused("malformed", f"There is no archive in {folder}.") from None
    if not _NAME.fullmatch(manifest.session):
        raise Refused("malformed", "The archive names no session.")
    files = {name: _read(folder, name, digest) for name, digest in manifest.files.items()}
    verdict = log.verify(files["log.jsonl"], manifest.head)
    if not verdict.ok:
        raise Refused("malformed", verdict.message)
    return manifest, _holdings(files)


def _read(folder: Path, name: str, digest: str) -> bytes:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise Refused("malformed", f"The archive names a file outside of it: {name}.")
    try:
        data = path.read_bytes()
    except OSError:
        raise Refused("malformed", f"The archive has lost {name}.") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise Refused("malformed", f"The file {name} of the archive was changed since it was written.")
    return data


def _holdings(files: Mapping[str, bytes]) -> Holdings:
    people, access = json.loads(files["people.json"]), json.loads(files["access.json"])
    tracks = {
        name.removeprefix("captions/").removesuffix(".jsonl"): data.split(b"\n")[:-1]
        for name, data in files.items()
        if name.startswith("captions/")
    }
    kept = {name.removeprefix("files/"): data for name, data in files.items() if name.startswith("files/")}
    return Holdings(
        journal=files["log.jsonl"].split(b"\n")[:-2],
        tracks=tracks,
        **{name: _packed(people[name]) for name in ("persons", "organisations", "texts")},
        about=_json(people["about"]),
        revision=people["revision"],
        **{name: _decoded(access[name]) for name in ("links", "owners", "feeds")},
        files=kept,
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _packed(table: Mapping[str, object]) -> Hash:
    return {key: json.dumps(value, ensure_ascii=False).encode() for key, value in table.items()}


def _encoded(table: Hash) -> dict[str, str]:
    return {key: base64.b64encode(value).decode() for key, value in table.items()}


def _decoded(table: Mapping[str, str]) -> Hash:
    return {key: base64.b64decode(value) for key, value in table.items()}
