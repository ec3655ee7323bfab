"""TypeScript types from the wire's models, so that client and server cannot disagree unnoticed.

`python -m isegoria.edges.schema FILE` writes them, `--check FILE` exits 1 when the file is stale. What the client
sends has optional fields where the model has a default; what the server sends is always whole.
"""

from __future__ import annotations

import sys
import textwrap
import types
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from isegoria.domain.commands import Command
from isegoria.domain.errors import Code, Value
from isegoria.edges import wire
from isegoria.edges.shapes import ExportsOffered, HeldLines
from isegoria.report.model_statistics import Statistics

HEADER = "// Made by `python -m isegoria.edges.schema` from the server's models. Not to be edited.\n"
NAMED: Mapping[str, object] = {"Code": Code, "Value": Value, "Command": Command, "View": wire.View}
"""Aliases that keep their name; all other names are those of classes."""
ANSWERS: Sequence[type[BaseModel]] = (Statistics, ExportsOffered, HeldLines)
"""What HTTP answers with and the wire does not know."""
PRIMITIVES: Mapping[object, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


class Types:
    """Collects declarations while types are spelled out, each class once, dependencies first."""

    def __init__(self) -> None:
        self.declared: dict[str, str] = {}

    def spell(self, annotation: object, *, sent_by_client: bool) -> str:
        """The TypeScript for a Python annotation."""
        for name, alias in NAMED.items():
            if _bare(annotation) == _bare(alias):
                return self._alias(name, alias, sent_by_client)
        if annotation in PRIMITIVES:
            return PRIMITIVES[annotation]
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            self.declared.setdefault(annotation.__name__, _enum(annotation))
            return annotation.__name__
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self._model(annotation, sent_by_client)
        return self._composed(annotation, sent_by_client)

    def _composed(self, annotation: object, sent: bool) -> str:
        origin, args = get_origin(annotation), get_args(annotation)
        if origin is Literal:
            return _literal(args)
        if origin is Annotated:
            return self.spell(args[0], sent_by_client=sent)
        spelled = [self.spell(arg, sent_by_client=sent) for arg in args if arg is not Ellipsis]
        if origin in (Union, types.UnionType):
            return " | ".join(spelled)
        if origin is tuple and args[-1] is Ellipsis:
            return f"readonly {_bracketed(spelled[0])}[]"
        if origin is tuple:
            return f"readonly [{', '.join(spelled)}]"
        if origin in (dict, Mapping):
            return f"Readonly<Record<string, {spelled[1]}>>"
        raise TypeError(f"no TypeScript for {annotation!r}")

    def _alias(self, name: str, alias: object, sent: bool) -> str:
        if name not in self.declared:
            parts = self._composed(_bare(alias), sent)
            self.declared[name] = _alias(name, parts)
        return name

    def _model(self, model: type[BaseModel], sent: bool) -> str:
        name = model.__name__
        if name not in self.declared:
            parent = next((base for base in model.__bases__ if getattr(base, "model_fields", None)), None)
            extends = f" extends {self._model(parent, sent)}" if parent else ""
            own = [item for item in model.model_fields.items() if item[0] in model.__annotations__]
            body = "".join(f"  {self._field(field, info, sent)}\n" for field, info in own)
            self.declared[name] = f"{_comment(model.__doc__)}export interface {name}{extends} {{\n{body}}}\n"
        return name

    def _field(self, name: str, field: FieldInfo, sent: bool) -> str:
        discriminator = get_origin(field.annotation) is Literal
        optional = "?" if sent and not field.is_required() and not discriminator else ""
        return f"readonly {name}{optional}: {self.spell(field.annotation, sent_by_client=sent)};"


def generate() -> str:
    """The whole file."""
    made = Types()
    made.spell(wire.Auth, sent_by_client=True)
    client = [
        (event, made.spell(asked, sent_by_client=True), made.spell(done, sent_by_client=False))
        for event, (asked, done) in wire.CLIENT_EVENTS.items()
    ]
    made.spell(wire.Refusal, sent_by_client=False)
    server = [
        (event, made.spell(_adapted(adapter), sent_by_client=False)) for event, adapter in wire.SERVER_EVENTS.items()
    ]
    for answer in ANSWERS:
        made.spell(answer, sent_by_client=False)
    return "\n".join([HEADER, *made.declared.values(), _client_events(client), _server_events(server)])


def _client_events(events: list[tuple[str, str, str]]) -> str:
    lines = (
        f"  {event}: (request: {asked}, answer: (ack: {done} | Refusal) => void) => void;\n"
        for event, asked, done in events
    )
    return f"/** client -> server, always acknowledged. */\nexport interface ClientEvents {{\n{''.join(lines)}}}\n"


def _server_events(events: list[tuple[str, str]]) -> str:
    lines = (f"  {event}: (payload: {payload}) => void;\n" for event, payload in events)
    return f"/** server -> client. */\nexport interface ServerEvents {{\n{''.join(lines)}}}\n"


def _bare(annotation: object) -> object:
    """Without what pydantic keeps beside a field's type."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _adapted(adapter: Any) -> object:
    return adapter._type  # noqa: SLF001 - pydantic has no public name for what an adapter adapts


def _enum(enum: type[StrEnum]) -> str:
    return _comment(enum.__doc__) + _alias(enum.__name__, _literal(tuple(str(member) for member in enum)))


def _alias(name: str, spelled: str) -> str:
    if len(spelled) < 80:
        return f"export type {name} = {spelled};\n"
    return f"export type {name} =\n  | " + "\n  | ".join(spelled.split(" | ")) + ";\n"


def _literal(values: tuple[object, ...]) -> str:
    return " | ".join(_value(value) for value in values)


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case None:
            return "null"
        case _:
            return f'"{value}"'


def _bracketed(spelled: str) -> str:
    return f"({spelled})" if " | " in spelled or spelled.startswith("readonly ") else spelled


def _comment(doc: str | None) -> str:
    if not doc or doc.startswith("!!!"):
        return ""
    text = " ".join(textwrap.dedent(doc).split("\n\n")[0].split())
    return f"/** {text} */\n"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["--check", name]:
            path = Path(name)
            if path.exists() and path.read_text(encoding="utf-8") == generate():
                return 0
            sys.stderr.write(f"{name} is stale: run `python -m isegoria.edges.schema {name}`\n")
            return 1
        case [name]:
            Path(name).write_text(generate(), encoding="utf-8")
            return 0
        case _:
            sys.stderr.write("usage: python -m isegoria.edges.schema [--check] FILE\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
