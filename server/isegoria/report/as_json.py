"""The record for machines. The same record always gives the same bytes."""

from __future__ import annotations

import json

from isegoria.report.model import Record


def export(record: Record) -> bytes:
    """UTF-8, indented, in the order of the schema."""
    return record.model_dump_json(indent=2).encode() + b"\n"


def json_schema() -> bytes:
    """What a record looks like, as JSON Schema 2020-12."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Record.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False).encode() + b"\n"
