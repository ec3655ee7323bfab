"""The record for machines. The same record always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from isegoria.report.model import Record
from isegoria.report.model_account import Account

SCHEMAS: Mapping[str, type[Record | Account]] = {"record": Record, "account": Account}
"""By the name of what is exported: everything, and what is told in public."""


def export(record: Record) -> bytes:
    """UTF-8, indented, in the order of the schema."""
    return record.model_dump_json(indent=2).encode() + b"\n"


def export_account(account: Account) -> bytes:
    """The same for what is told in public."""
    return account.model_dump_json(indent=2).encode() + b"\n"


def json_schema(of: type[Record | Account]) -> bytes:
    """What it looks like, as JSON Schema 2020-12."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **of.model_json_schema(mode="serialization")}
    return json.dumps(schema, indent=2, ensure_ascii=False).encode() + b"\n"
