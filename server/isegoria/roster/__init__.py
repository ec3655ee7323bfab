"""Registration lists as organisers export them -> participants. Pure: bytes in, values out; knows the domain only.

sheet, workbook, indico: bytes -> rows. layout: where the table is. headings, columns: what a column means.
records: rows -> registrations. fields: answers -> values. matching, planning: what would change. export: the way out.
"""

from isegoria.roster.describe import describe
from isegoria.roster.export import export
from isegoria.roster.model import BadRow, Change, Doubt, Mapping, Plan, Target, read_mapping
from isegoria.roster.planning import plan

__all__ = [
    "BadRow",
    "Change",
    "Doubt",
    "Mapping",
    "Plan",
    "Target",
    "describe",
    "export",
    "plan",
    "read_mapping",
]
