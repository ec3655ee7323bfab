"""What the paper says of itself, and how, whichever program shows it: Word and PDF read alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum

from isegoria.report.paper import Footnote, Name, Paper, Runs, Section
from isegoria.report.phrases import ENGLISH, own_name

LIMIT = 8_500
"""Words, footnotes included, as the UN counts them."""
TIERS = {"internal": "Internal, not for others", "publishable": "Publishable"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHORT = 12
"""Digits of a head: enough to tell one log from another."""


class Script(Enum):
    """What is set in a way of its own."""

    WESTERN = "western"
    EAST_ASIAN = "east_asian"
    FROM_THE_RIGHT = "from_the_right"


_LANGUAGES = {
    **dict.fromkeys(("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"), Script.FROM_THE_RIGHT),
    **dict.fromkeys(("ja", "ko", "yue", "zh"), Script.EAST_ASIAN),
}


def script_of(language: str) -> Script:
    """Of a BCP 47 language, whatever its region."""
    return _LANGUAGES.get(primary(language), Script.WESTERN)


def primary(language: str) -> str:
    return language.partition("-")[0].lower()


def rehearsal(paper: Paper) -> str:
    """What is said of a rehearsal's; else nothing."""
    return ENGLISH.rehearsal.rstrip(".") if paper.rehearsal else ""


def access(paper: Paper) -> str:
    """For whom it is, on every page."""
    return ". ".join(filter(None, (TIERS[paper.tier], rehearsal(paper))))


def log(paper: Paper) -> str:
    """Which log it was made from, on every page."""
    return f"Log {paper.head[:_SHORT]}"


def facts(paper: Paper) -> dict[str, str]:
    """Beneath the title. What pages say at their edges is not read out to those who hear them: it is said here too."""
    until = _EPOCH + timedelta(milliseconds=paper.made_from)
    return {
        "Date": paper.date,
        "Original": own_name(paper.language),
        "Session": paper.session,
        "Record until": f"{until.day} {until:%B} {until.year}, {until:%H:%M} UTC",
        "Words": f"{paper.words:,} (limit {LIMIT:,})",
        "Access": access(paper),
    }


def alone(sections: Sequence[Section], at: int) -> bool:
    """Whether it is the only subhead of its chapter: an A needs a B."""
    levels = [section.level for section in sections]
    return levels[at] == 2 and 2 not in levels[at - 1 : at] + levels[at + 1 : at + 2]


def bare(runs: Runs) -> str:
    """What is read of them in their place, footnotes aside."""
    return "".join("" if isinstance(run, Footnote) else run.text if isinstance(run, Name) else run for run in runs)


def figure(value: float) -> str:
    """A value as it is read: at most one decimal, thousands apart."""
    return f"{value:,.1f}".removesuffix(".0")
