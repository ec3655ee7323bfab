"""What a file says of itself: which work it is (FRBR), whoever is named in it, its tier and what it was made from.

Names of works follow the Akoma Ntoso Naming Convention 1.0: /akn/un/debate/2025-07-01/session/mul@2025-07-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote
from zoneinfo import ZoneInfo

from lxml import etree

from isegoria.report.as_akn.clock import Clock
from isegoria.report.as_akn.names import SOURCE, Names
from isegoria.report.as_akn.nodes import Node, element, language
from isegoria.report.model import Record, SessionFacts
from isegoria.report.model_account import Account

OURS = "urn:isegoria:record:1"
_JURISDICTION = "un"
"""Of no state: consultations of the United Nations."""
_SUMMARY = "summary"
"""What is told of a session is another work than its record: it holds no speech as it was spoken."""
_MANY, _UNKNOWN = "mul", "und"
_IN_THREE_LETTERS = {
    "ar": "ara",
    "ca": "cat",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "pt": "por",
    "ru": "rus",
    "zh": "zho",
}


def meta(told: Record | Account, names: Names, languages: Iterable[str]) -> Node:
    """When all else is written: what is referred to is known by then. `languages`: those of the words that are told."""
    return element("meta", {}, _identification(told, names, languages), names.references(), _proprietary(told))


def preface(session: SessionFacts, notices: Iterable[str]) -> Node:
    """What a reader must know before the rest."""
    clock = Clock(ZoneInfo(session.timezone))
    began = session.started_at or session.starts_at
    date = element("docDate", {"date": clock.date(began)}, clock.date(began))
    told = [element("docTitle", {}, session.title or session.id)], [date, f" ({session.timezone})"]
    lines = [element("p", {}, *line) for line in told]
    return element("preface", {}, *lines, *(element("p", {"class": "notice"}, one) for one in notices))


def _identification(told: Record | Account, names: Names, languages: Iterable[str]) -> Node:
    session = told.session
    subtype = _SUMMARY if isinstance(told, Account) else None
    kind = f"debate/{subtype}" if subtype else "debate"
    date = Clock(ZoneInfo(session.timezone)).date(session.started_at or session.starts_at)
    work = f"/akn/{_JURISDICTION}/{kind}/{date}/{quote(session.id, safe='', errors='replace')}"
    [one, *others] = tags = sorted(set(languages)) or [language(tag) for tag in session.languages] or [_UNKNOWN]
    expression = f"{work}/{_MANY if others else _IN_THREE_LETTERS.get(one, _UNKNOWN)}@{date}"
    described = (
        _value("FRBRcountry", _JURISDICTION),
        *([_value("FRBRsubtype", subtype)] if subtype else []),
        _value("FRBRnumber", session.id),
        _value("FRBRname", session.title or session.id),
        _value("FRBRprescriptive", "false"),
        _value("FRBRauthoritative", "false"),
    )
    spoken = [element("FRBRlanguage", {"language": tag}) for tag in tags]
    written = _value("FRBRformat", "application/akn+xml")
    return element(
        "identification",
        {"source": SOURCE},
        element("FRBRWork", {}, *_level(f"{work}/!main", work, "meeting", date, names.organisers()), *described),
        element("FRBRExpression", {}, *_level(f"{expression}/!main", expression, "record", date, [SOURCE]), *spoken),
        element(
            "FRBRManifestation",
            {},
            *_level(f"{expression}/!main.xml", f"{expression}.xml", "export", date, [SOURCE]),
            written,
        ),
    )


def _level(this: str, uri: str, what: str, date: str, authors: list[str]) -> Iterator[Node]:
    yield _value("FRBRthis", this)
    yield _value("FRBRuri", uri)
    yield element("FRBRdate", {"date": date, "name": what})
    yield from (element("FRBRauthor", {"href": author}) for author in authors)


def _value(name: str, value: str) -> Node:
    return element(name, {"value": value})


def _proprietary(record: Record | Account) -> Node:
    """The tier, by which log this can be verified, and Q8: what all requests became."""
    made = etree.Element(f"{{{OURS}}}record", nsmap={"record": OURS})
    told = {"tier": record.tier, "entries": record.chain.entries, "head": record.chain.head}
    for name, value in (told | record.counts.model_dump()).items():
        made.set(name, str(value))
    return element("proprietary", {"source": SOURCE}, made)
