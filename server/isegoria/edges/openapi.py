"""The description of the HTTP API, OpenAPI 3.1, made from the same models that answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from isegoria import __version__
from isegoria.domain.values import ContributionKind, Tier
from isegoria.edges.shapes import (
    TAKEN,
    AmendedCaption,
    Amendment,
    Attending,
    ExportsOffered,
    HeldLines,
    OlderCaptions,
    ReceivedContribution,
    RosterPerson,
    WordlySession,
)
from isegoria.edges.wire import View
from isegoria.report.files import TYPES as TRANSCRIPTS
from isegoria.report.making import TYPES
from isegoria.report.model_statistics import Statistics

ANSWERS = (
    OlderCaptions,
    RosterPerson,
    AmendedCaption,
    Attending,
    ReceivedContribution,
    Statistics,
    ExportsOffered,
    HeldLines,
)

_REF = "#/components/schemas/{model}"
_SESSION = {"name": "session", "in": "path", "required": True, "schema": {"type": "string"}}
_TRACK = {"name": "track", "in": "path", "required": True, "schema": {"type": "string"}}
_POSITION = {"name": "position", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
_BEFORE = {"name": "before", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 1}}
_TIER, _TIER_OF_RECORD = (
    {
        "name": "tier",
        "in": "query",
        "schema": {"type": "string", "enum": list(Tier), "default": otherwise},
        "description": "internal: for the team",
    }
    for otherwise in (Tier.PUBLISHABLE, Tier.INTERNAL)
)
_MAKING = {
    "name": "making",
    "in": "query",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    "description": "by what name the team is told of it while it is made",
}
_NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "enum": ["record", "account"]}}
_NAMED = {"name": "contribution", "in": "path", "required": True, "schema": {"type": "string"}}
_CONTRIBUTION = [
    {"name": "kind", "in": "query", "schema": {"type": "string", "enum": list(ContributionKind)}},
    *({"name": name, "in": "query", "schema": {"type": "string"}} for name in ("person", "entry", "language")),
    {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
        "description": "asked again under the same key it is received once",
    },
]
_PROBLEM = {
    "description": "Refused, with what is true now (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["title", "status", "code", "values", "retry"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "values": {"type": "object"},
        "retry": {"type": "boolean"},
    },
}


@cache
def document() -> dict[str, Any]:
    refs, schemas = models_json_schema(
        [
            *((model, "serialization") for model in ANSWERS),
            *((model, "validation") for model in (Amendment, WordlySession)),
        ],
        ref_template=_REF,
    )
    view = TypeAdapter(View).json_schema(mode="serialization", ref_template=_REF)
    components = {**schemas.get("$defs", {}), **view.pop("$defs", {}), "View": view, "Problem": _PROBLEM_SCHEMA}
    shapes = {model: ref for (model, _), ref in refs.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Isegoria", "version": __version__, "license": {"name": "MIT", "identifier": "MIT"}},
        "components": {
            "schemas": components,
            "securitySchemes": {"link": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"link": []}],
        "paths": _paths(shapes),
    }


def _paths(shapes: Mapping[Any, dict[str, Any]]) -> dict[str, Any]:
    base = "/api/sessions/{session}"
    found = {**_live(shapes), **_captions(shapes), **_contributions(shapes), **_files(shapes)}
    return {
        **{base + path: what for path, what in found.items()},
        "/api/schemas/{name}.json": _get("JSON Schema of what is exported as JSON", {"type": "object"}, [_NAME]),
    }


def _live(shapes: Mapping[Any, dict[str, Any]]) -> dict[str, Any]:
    people = {"type": "array", "items": shapes[RosterPerson]}
    return {
        "": _get("What this link sees now", {"$ref": _REF.format(model="View")}, [_SESSION]),
        "/people": _get("The roster, for the team", people, [_SESSION]),
        "/statistics": _get("The figures so far, for the team", shapes[Statistics], [_SESSION, _TIER]),
    }


def _captions(shapes: Mapping[Any, dict[str, Any]]) -> dict[str, Any]:
    amend, attend = (shapes[Amendment], shapes[AmendedCaption]), (shapes[WordlySession], shapes[Attending])
    place = [_SESSION, _TRACK, _POSITION]
    return {
        "/captions/{track}": _get("Older captions", shapes[OlderCaptions], [_SESSION, _TRACK, _BEFORE]),
        "/captions/{track}/{position}": _ask("post", "Correct or retract a caption, for the team", *amend, place),
        "/wordly": _ask("put", "Attend a Wordly session, for the team", *attend, [_SESSION]),
        "/held": _get("Captions that name somebody protected, for the team", shapes[HeldLines], [_SESSION]),
    }


def _contributions(shapes: Mapping[Any, dict[str, Any]]) -> dict[str, Any]:
    return {
        "/contributions": {
            "post": {
                "summary": "Hand in a text or a file: a statement, or written input",
                "parameters": [_SESSION, *_CONTRIBUTION],
                "requestBody": {"required": True, "content": {media: {} for media in TAKEN}},
                "responses": {"200": _done(shapes[ReceivedContribution]), "default": _PROBLEM},
            }
        },
        "/contributions/{contribution}": {
            **_get("The file as it came", {"type": "string"}, [_SESSION, _NAMED], "application/octet-stream"),
            "delete": {
                "summary": "Withdraw it",
                "parameters": [_SESSION, _NAMED],
                "responses": {"204": {"description": "Done"}, "default": _PROBLEM},
            },
        },
    }


def _files(shapes: Mapping[Any, dict[str, Any]]) -> dict[str, Any]:
    return {
        "/exports": _get("Which files there are, for the team", shapes[ExportsOffered], [_SESSION]),
        **{
            f"/record.{kind}": _file("The record so far, for the team", media, [_SESSION, _TIER_OF_RECORD, _MAKING])
            for kind, media in TYPES.items()
            if kind not in TRANSCRIPTS
        },
        **{
            f"/transcript/{{track}}.{kind}": _file("A track's transcript so far", media, [_SESSION, _TRACK, _TIER])
            for kind, media in TRANSCRIPTS.items()
        },
    }


def _file(summary: str, media: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return _get(summary, {"type": "string"}, parameters, media.partition(";")[0])


def _done(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "Done", "content": {"application/json": {"schema": schema}}}


def _ask(
    method: str, summary: str, asked: dict[str, Any], answer: dict[str, Any], parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": asked}}}
    responses = {"200": _done(answer), "default": _PROBLEM}
    return {method: {"summary": summary, "parameters": parameters, "requestBody": body, "responses": responses}}


def _get(
    summary: str, schema: dict[str, Any], parameters: list[dict[str, Any]], kind: str = "application/json"
) -> dict[str, Any]:
    answer = {"description": "Done", "content": {kind: {"schema": schema}}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": {"200": answer, "default": _PROBLEM}}}
