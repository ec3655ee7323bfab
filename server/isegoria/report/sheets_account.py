"""What is told of a session in a tier, as tables: who was heard, what they said in short, and the figures.

Of people there is what the account has, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from isegoria.domain.values import Millis, Tier
from isegoria.report.as_csv import Cell, Row, account_headings, account_rows, cited, cited_headings, local, title
from isegoria.report.model_account import Account
from isegoria.report.model_statistics import Row as Group
from isegoria.report.model_statistics import Statistics
from isegoria.report.phrases import ENGLISH
from isegoria.report.sheets import Sheet, counts, session
from isegoria.report.wording import group, language

_GISTS = "Gists are in the rapporteur's words."
_WORDS = f"{_GISTS} Quotes were heard in the recording or typed by a human. Only the original speech is authentic."
_TOGETHER = "Groups of fewer than five people are told together, so that a figure tells of nobody."


def account_sheets(account: Account, figures: Statistics) -> list[Sheet]:
    """All but the last, "Method", have a row for each thing that they hold."""
    return [
        Sheet("Interventions", account_headings(account), account_rows(account), _GISTS, dense=True),
        _not_heard(account),
        _remarks(account),
        _in_writing(account),
        _speaking_time(account, figures),
        _ten_minutes(account, figures),
        _captions(account),
        Sheet("Method", ("what", "value"), list(_method(account, figures))),
    ]


# --- who, and what --------------------------------------------------------------------------------


def _not_heard(account: Account) -> Sheet:
    return Sheet("Not heard", cited_headings(account), [cited(account, one) for one in account.not_heard])


def _remarks(account: Account) -> Sheet:
    names = ("segment", *cited_headings(account), "in the rapporteur's words")
    found: list[Row] = [
        {
            "segment": title(account, one.segment),
            **cited(account, one.cited),
            "in the rapporteur's words": one.text,
        }
        for one in account.remarks
    ]
    return Sheet("Remarks", names, found)


def _in_writing(account: Account) -> Sheet:
    names = (*cited_headings(account), "kind", "language", "words", "text")
    found: list[Row] = [
        {
            **cited(account, one.cited),
            "kind": one.kind,
            "language": one.language,
            "words": one.words,
            "text": one.text,
        }
        for one in account.contributions
    ]
    return Sheet("In writing", names, found, dense=True)


# --- figures --------------------------------------------------------------------------------------


def _speaking_time(account: Account, figures: Statistics) -> Sheet:
    """All tables in one, so that they can be sorted and filtered: `by` tells which."""
    names = (
        *("by", "group", "interventions", "without their time", "share of interventions (%)"),
        *("used (s)", "share of time (%)"),
    )
    tables: tuple[tuple[str, Sequence[Group], Callable[[str], str]], ...] = (
        ("constituency", figures.constituencies, group),
        ("region", figures.regions, group),
        ("country", figures.countries, group),
        ("part of the agenda", figures.segments, lambda key: title(account, key)),
        ("first time", figures.first_time, group),
    )
    found: list[Row] = [
        {
            "by": by,
            "group": name(one.key),
            "interventions": one.interventions,
            "without their time": one.untimed,
            "share of interventions (%)": one.share_of_interventions,
            "used (s)": _lasting(one.used),
            "share of time (%)": one.share_of_time,
        }
        for by, groups, name in tables
        for one in groups
    ]
    return Sheet("Speaking time", names, found, _careful(account))


def _ten_minutes(account: Account, figures: Statistics) -> Sheet:
    """What was heard in each ten minutes, with a column for each constituency."""
    zone = account.session.timezone
    began = f"from ({zone})"
    groups = [row.key for row in figures.constituencies]
    found: list[Row] = [
        {
            began: local(one.began_at, ZoneInfo(zone)),
            "used (s)": _lasting(one.used),
            **{f"{group(key)} (s)": _lasting(one.by.get(key, 0)) for key in groups},
        }
        for one in figures.bins
    ]
    return Sheet("Each ten minutes", (began, "used (s)", *(f"{group(key)} (s)" for key in groups)), found)


def _captions(account: Account) -> Sheet:
    names = (
        *("track", "language", "how", "lines", "by a machine", "by a human", "corrected"),
        *("gaps", "without captions (s)"),
    )
    found: list[Row] = [
        {
            "track": one.track,
            "language": language(one.language),
            "how": "interpretation" if one.is_translation else "as spoken",
            "lines": one.lines,
            "by a machine": one.by_machine,
            "by a human": one.lines - one.by_machine,
            "corrected": one.corrected,
            "gaps": one.gaps,
            "without captions (s)": _lasting(one.missing),
        }
        for one in account.tracks
    ]
    return Sheet("Captions by language", names, found)


# --- how it was made ------------------------------------------------------------------------------


def _method(account: Account, figures: Statistics) -> Iterator[Row]:
    for what, value in (*session(account), *counts(account), *_totals(figures), *_notes(account)):
        yield {"what": what, "value": value}


def _totals(figures: Statistics) -> Iterator[tuple[str, Cell]]:
    """Q8: `heard`, `video` and what was not heard to its end are what is told of, and what is counted only."""
    total = figures.total
    yield "begun, and not heard to their end", figures.unfinished
    yield "interventions that are told of", total.interventions
    yield "interventions that are counted, and nothing else", figures.counted
    yield "of those that are told of: without their time", total.untimed
    yield "of those with their time: used", _lasting(total.used)
    yield "of those with their time: allotted", _lasting(total.allotted)
    yield "of those with their time: took longer", total.over
    yield "of those with their time: longer by, together", _lasting(total.overtime)
    yield "hand-overs between two of them", figures.handovers
    yield "time of a hand-over, median", None if figures.handover is None else _lasting(figures.handover)


def _notes(account: Account) -> Iterator[tuple[str, Cell]]:
    yield "words", _WORDS
    if account.tier is Tier.PUBLISHABLE:
        yield "left out", ENGLISH.publishable
        yield "figures", _TOGETHER


def _careful(account: Account) -> str:
    return _TOGETHER if account.tier is Tier.PUBLISHABLE else ""


def _lasting(used: Millis) -> timedelta:
    return timedelta(milliseconds=used)
