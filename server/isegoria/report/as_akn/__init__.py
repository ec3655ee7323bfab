"""The record as a debate in Akoma Ntoso 3.0 (OASIS LegalDocML), for the archives of parliaments.

It holds what was said, in the language in which it was said, and who said it: not the rapporteur's notebook, and not
what was translated. What is told in public is a debate of gists and quotations. `export` and `export_account` are all
that others need. `body.py` writes the debate, `summary.py` that of gists, `words.py` its words, `names.py` whoever is
named in it, `meta.py` what the file says of itself, `nodes.py` elements.
"""

from __future__ import annotations

from lxml import etree

from isegoria.report.as_akn.body import Body
from isegoria.report.as_akn.meta import meta, preface
from isegoria.report.as_akn.names import Names
from isegoria.report.as_akn.nodes import element
from isegoria.report.as_akn.summary import Summary
from isegoria.report.model import Record
from isegoria.report.model_account import Account


def export(record: Record) -> bytes:
    """XML, valid by the strict schema of OASIS. The same record gives the same bytes."""
    names = Names(record.session.organisers)
    return _written(record, Body(record, names), names)


def export_account(account: Account) -> bytes:
    """The same of what is told in the account's tier: no speech as it was spoken."""
    names = Names(account.session.organisers)
    return _written(account, Summary(account, names), names)


def _written(told: Record | Account, body: Body | Summary, names: Names) -> bytes:
    sections = element("debateBody", {}, *body.sections())
    before = meta(told, names, body.languages()), preface(told.session, body.notices())
    root = element("akomaNtoso", {}, element("debate", {"name": "debate"}, *before, sections))
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written
