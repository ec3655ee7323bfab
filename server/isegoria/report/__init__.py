"""A session's journal, people and captions -> the record, and its exports. Pure; knows the domain only.

record: history -> Record. model: what a record holds. words: captions joined to turns. One file for each format.
"""

from isegoria.report.as_csv import as_csv
from isegoria.report.as_json import as_json, json_schema
from isegoria.report.log import Verdict, as_jsonl, verify
from isegoria.report.model import Record
from isegoria.report.record import record

__all__ = ["Record", "Verdict", "as_csv", "as_json", "as_jsonl", "json_schema", "record", "verify"]
