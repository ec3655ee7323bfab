"""What is wrong with a TOML file, in words: the key, its line where that can be found, and what is wanted there.

What is wanted stands in the description of the model's field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

Path: TypeAlias = tuple[str | int, ...]

_TABLE = re.compile(r"\s*\[\s*([\w.\"' -]+?)\s*\]\s*(?:#.*)?")
_ARRAY = re.compile(r"\s*\[\[\s*([\w.\"' -]+?)\s*\]\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """`key` like "segments[2].minutes", the third segment's, or "" for the whole file; `line` counts from 1."""

    key: str
    line: int | None
    wanted: str

    def __str__(self) -> str:
        where = f" (line {self.line})" if self.line else ""
        return f"{self.key or 'The file'}{where}: {self.wanted}."


def broken(data: bytes, error: Exception) -> Problem:
    """A file that is no TOML at all."""
    if isinstance(error, UnicodeDecodeError):
        line = data[: error.start].count(b"\n") + 1
        return Problem("", line, "this is not UTF-8; save the file as UTF-8")
    if not isinstance(error, tomllib.TOMLDecodeError):
        return Problem("", None, "it is nested too deeply to be a session file")
    said = str(error)
    place = _PLACE.search(said)
    if place is None:
        return Problem("", data.count(b"\n") + 1, f"this is not TOML: {_lower(said)}")
    what = _lower(_PLACE.sub("", said))
    return Problem("", int(place[1]), f"this is not TOML, at column {place[2]}: {what}")


def problems(error: ValidationError, model: type[BaseModel], text: str) -> list[Problem]:
    """All that does not fit the model, in the order of the file's lines."""
    lines = _lines_of(text)
    found = [_problem(detail, model, lines) for detail in error.errors(include_url=False)]
    return sorted(found, key=lambda problem: problem.line or 0)


def _problem(detail: ErrorDetails, model: type[BaseModel], lines: Mapping[Path, int]) -> Problem:
    path: Path = tuple(detail["loc"])
    wanted = _wanted(detail, model)
    if not path and ": " in wanted:
        key, wanted = wanted.split(": ", 1)
        path = tuple(key.split("."))
    return Problem(_spelled(path), _line(path, lines), wanted)


def _wanted(detail: ErrorDetails, model: type[BaseModel]) -> str:
    path = tuple(detail["loc"])
    match detail["type"]:
        case "value_error":
            return str(detail.get("ctx", {})["error"])
        case "extra_forbidden":
            return _unknown(str(path[-1]), _table_at(model, path[:-1]))
        case "missing":
            return f"this is missing: {_description(model, path)}"
        case _:
            return f"{_description(model, path) or _lower(detail['msg'])}, not {_shown(detail['input'])}"


def _unknown(key: str, table: type[BaseModel]) -> str:
    known = list(table.model_fields)
    nearest = get_close_matches(key, known, 1, 0.6)
    if nearest:
        return f'there is no such key; the nearest is "{nearest[0]}"'
    return f"there is no such key; here are known: {', '.join(known)}"


# --- in the model --------------------------------------------------------------------------------


def _table_at(model: type[BaseModel], path: Path) -> type[BaseModel]:
    for step in path:
        if isinstance(step, str):
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _description(model: type[BaseModel], path: Path) -> str:
    """What is wanted at a path: of the items of an array, what one item is to be."""
    table, field = model, None
    for step in path:
        if isinstance(step, str) and step in table.model_fields:
            field = table.model_fields[step]
            table = _model_in(field.annotation) or table
    if field is None:
        return ""
    part = _description_of_part(field)
    if isinstance(path[-1], int) and part:
        return part
    return field.description or part


def _description_of_part(field: FieldInfo) -> str:
    """That of an array's items, or of what an optional field has when it is there."""
    extras = (extra for part in get_args(field.annotation) for extra in getattr(part, "__metadata__", ()))
    return next((extra.description for extra in extras if isinstance(extra, FieldInfo) and extra.description), "")


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation) if part is not Ellipsis)
    return next((model for model in found if model), None)


# --- in the text ---------------------------------------------------------------------------------


def _lines_of(text: str) -> dict[Path, int]:
    """Where each key and each table begins. Keys inside of inline tables are found as the key that holds them."""
    lines: dict[Path, int] = {}
    counts: dict[str, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if array := _ARRAY.fullmatch(line):
            name = _names(array[1])
            counts[array[1]] = counts.get(array[1], -1) + 1
            table = (*name, counts[array[1]])
            lines.setdefault(name, number)
            lines[table] = number
        elif header := _TABLE.fullmatch(line):
            table = _names(header[1])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_names(key[1])), number)
    return lines


def _names(dotted: str) -> Path:
    return tuple(part.strip(" \"'") for part in dotted.split("."))


def _line(path: Path, lines: Mapping[Path, int]) -> int | None:
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _spelled(path: Sequence[str | int]) -> str:
    spelled = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return spelled.removeprefix(".")


def _shown(value: object) -> str:
    """A value as the file has it, shortened."""
    text = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ..."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
