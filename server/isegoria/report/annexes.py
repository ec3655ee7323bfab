"""The annexes of the working paper: who spoke, who was not heard, figures with a table behind each picture, method."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from isegoria.domain.values import MINUTE, Millis, Tier
from isegoria.report.citing import place, who
from isegoria.report.model_account import Account, CitedIntervention, CitedTrack
from isegoria.report.model_statistics import Row, Statistics
from isegoria.report.paper import Block, Chart, Runs, Section, Table
from isegoria.report.wording import count, duration, group, language, local, said, title


def annexes(account: Account, figures: Statistics) -> Iterator[Section]:
    yield Section(1, "Speakers by constituency", (_speakers(account),), annex=True)
    yield Section(1, "Registered but not heard", (_unheard(account),), annex=True)
    yield Section(1, "Statistics", tuple(_statistics(account, figures)), annex=True)
    yield Section(1, "Method", tuple(_method(account)), annex=True)


# --- who -----------------------------------------------------------------------------------------


def _speakers(account: Account) -> Table:
    titles = {part.id: title(part) for part in account.session.segments}
    by_group = sorted(account.interventions, key=lambda one: (group(one.cited.constituency or ""), one.number))
    rows = tuple(_speaker(one, titles.get(one.topic, "")) for one in by_group)
    return Table("Interventions", ("Constituency", "No.", "Speaker", "Topic", "Time used"), rows, frozenset({1, 4}))


def _speaker(one: CitedIntervention, topic: str) -> tuple[Runs, ...]:
    used = "" if one.used is None else duration(one.used)
    return (group(one.cited.constituency or ""),), (str(one.number),), who(one.cited), (topic,), (used,)


def _unheard(account: Account) -> Block:
    rows = tuple((who(one), (place(one),)) for one in account.not_heard)
    if not rows:
        return said("All who asked for the floor were heard.", numbered=False)
    return Table("Registered but not heard", ("Speaker", "From"), rows)


# --- figures -------------------------------------------------------------------------------------


def _statistics(account: Account, figures: Statistics) -> Iterator[Block]:
    yield _requests(account)
    yield said(*_balance(figures), numbered=False)
    titles = {part.id: title(part) for part in account.session.segments}
    tables: tuple[tuple[str, Sequence[Row], Callable[[str], str]], ...] = (
        ("Speaking time by constituency", figures.constituencies, group),
        ("Speaking time by region", figures.regions, group),
        ("Speaking time by country", figures.countries, group),
        ("Speaking time by part of the agenda", figures.segments, lambda key: titles.get(key, key)),
        ("First-time speakers", figures.first_time, group),
    )
    for caption, rows, name in tables:
        if rows:
            yield from _by_group(caption, rows, name)
    if figures.bins:
        yield from _over_time(account, figures)


def _requests(account: Account) -> Table:
    """Q8: all but the first add up to it."""
    counts = account.counts
    figures = {
        "Requests for the floor": counts.requests,
        "Heard": counts.heard,
        "Heard by video": counts.video,
        "Not heard": counts.not_heard,
        "Withdrawn": counts.withdrawn,
        "Waiting still": counts.waiting + counts.late + counts.speaking,
    }
    rows: tuple[tuple[Runs, ...], ...] = tuple(((name,), (str(number),)) for name, number in figures.items())
    return Table("Requests", ("What", "Number"), rows, frozenset({1}))


def _balance(figures: Statistics) -> Iterator[str]:
    total = figures.total
    timed = total.interventions - total.untimed
    if timed:
        yield f"{count(timed, 'intervention', 'interventions')} took {duration(total.used)} minutes"
        yield f"of {duration(total.allotted)} allotted."
        if total.over:
            yield f"{total.over} took longer than allotted, by {duration(total.overtime)} together."
    if figures.handover is not None:
        yield f"Between speakers there passed {duration(figures.handover)} (the median)."
    if total.untimed:
        yield f"The time of {total.untimed} more is not told, as their speakers wished."
    if figures.tier is Tier.PUBLISHABLE:
        yield "Groups of fewer than five people are told together, so that a figure tells of nobody."


def _by_group(caption: str, rows: Sequence[Row], name: Callable[[str], str]) -> Iterator[Block]:
    yield Chart(caption, tuple((name(row.key), _minutes(row.used)) for row in rows), "minutes")
    head = ("Group", "Interventions", "Share", "Time used", "Share of time")
    cells: tuple[tuple[Runs, ...], ...] = tuple(
        (
            (name(row.key),),
            (str(row.interventions),),
            (f"{row.share_of_interventions}%",),
            (duration(row.used),),
            (f"{row.share_of_time}%",),
        )
        for row in rows
    )
    yield Table(caption, head, cells, frozenset({1, 2, 3, 4}))


def _over_time(account: Account, figures: Statistics) -> Iterator[Block]:
    """Minutes heard in each ten minutes of the session."""
    zone, caption = account.session.timezone, "Speaking time in each ten minutes"
    names = [f"{local(one.began_at, zone):%H:%M}" for one in figures.bins]
    yield Chart(
        caption, tuple((name, _minutes(one.used)) for name, one in zip(names, figures.bins, strict=True)), "minutes"
    )
    rows: tuple[tuple[Runs, ...], ...] = tuple(
        ((name,), (duration(one.used),), (_who_by(one.by),)) for name, one in zip(names, figures.bins, strict=True)
    )
    yield Table(f"{caption} ({zone} time)", ("From", "Time used", "By constituency"), rows, frozenset({1}))


def _who_by(by: Mapping[str, Millis]) -> str:
    return "; ".join(f"{group(key)} {duration(used)}" for key, used in by.items())


def _minutes(used: Millis) -> float:
    return round(used / MINUTE, 1)


# --- method --------------------------------------------------------------------------------------


def _method(account: Account) -> Iterator[Block]:
    yield said(
        "Captions were typed or made by machine, and interpreted by machine. Only the original speech is authentic.",
        "Machine text is quoted only where a rapporteur confirmed it against the recording.",
        numbered=False,
    )
    if account.tracks:
        yield _captions(account.tracks)
    chain = account.chain
    yield said(
        f"Made from the session's log of {chain.entries} entries. Its chain ends with {chain.head}.", numbered=False
    )


def _captions(tracks: Sequence[CitedTrack]) -> Table:
    """How the captions of each language came, and what of them is missing."""
    head = ("Captions", "Lines", "By machine", "Corrected", "Gaps", "Time without")
    rows: tuple[tuple[Runs, ...], ...] = tuple(
        (
            (f"{language(one.language)}, {'interpretation' if one.is_translation else 'as spoken'}",),
            *((str(number),) for number in (one.lines, one.by_machine, one.corrected, one.gaps)),
            (duration(one.missing),),
        )
        for one in tracks
    )
    return Table("Captions by language", head, rows, frozenset({1, 2, 3, 4, 5}))
