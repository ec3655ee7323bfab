"""The record as a debate in Akoma Ntoso 3.0 (OASIS LegalDocML), for the archives of parliaments.

It holds what was said, in the language in which it was said, and who said it: not the rapporteur's notebook, and not
what was translated. `export` is all that others need. `body.py` writes the debate, `words.py` its words, `names.py`
whoever is named in it, `meta.py` what the file says of itself, `nodes.py` elements.
"""

from __future__ import annotations

from lxml import etree

from isegoria.report.as_akn.body import Body
from isegoria.report.as_akn.meta import meta, preface
from isegoria.report.as_akn.names import Names
from isegoria.report.as_akn.nodes import element
from isegoria.report.model import Record


def export(record: Record) -> bytes:
    """XML, valid by the strict schema of OASIS. The same record gives the same bytes."""
    names = Names(record)
    body = element("debateBody", {}, *Body(record, names).sections())
    debate = element("debate", {"name": "debate"}, meta(record, names), preface(record), body)
    root = element("akomaNtoso", {}, debate)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written
