"""The record for machines. The same record always gives the same bytes."""

from __future__ import annotations

import json

from isegoria.report.model import Record
from isegoria.report.model_account import Account


def export(record: Record) -> bytes:
    """UTF-8, indented, in the order of the schema."""
    return record.model_dump_json(indent=2).encode() + b"\n"


def export_account(account: Account) -> bytes:
    """The same for what is told in public."""
    return account.model_dump_json(indent=2).encode() + b"\n"


def json_schema(of: type[Record | Account] = Record) -> bytes:
    """What a record, or an account, looks like, as JSON Schema 2020-12."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **of.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False).encode() + b"\n"
