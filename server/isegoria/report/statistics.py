"""A record -> its figures in a tier: who was heard, and for how long.

The internal tier counts everybody. In the publishable tier (R3, R5, R6, R9)

- a time is only ever that of interventions whose own time is published (`named`, `organisation`). Whatever else was
  said, by an alias, under Chatham House, not for the report, by somebody erased, is in no sum, median or bin, so that
  there is nothing to subtract it from, not even from an earlier export;
- an alias is counted in its constituency and region, as far as the account of the session names them, else together
  with others who are not told apart;
- who is not for the report is in `counted` and in `counts`, and in nothing else;
- a group with fewer than 5 people of the roster is told together with others, and these are at least two groups and
  five people (or else the whole table), so that what is left of the total is no group by itself. Which groups these
  are depends on the roster and on who is told of, never on a time;
- there is no table by country, and none by two groups at once.

Guaranteed: the figures stay the same, to the last byte, whatever those who are not told of in full said, when, for how
long, and which of several people with the same alias it was. Nobody can work out from them, together with the account,
how long or when one of these spoke; nor whether, beyond what the aliases of the account tell.

Not guaranteed: that the account itself, what was seen on screens during the session, or knowing who was there tells
nothing. Whether a group has five people in the roster shows. Times of who is named may be added up, as they may be from
the account, so that a row's time may tell who of these is in it, and so speaks for the first time. While a session runs
its counts tell that somebody speaks. What was given out before a choice was changed stays out (R4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from isegoria.domain.aliases import SMALLEST_CELL, alias_of
from isegoria.domain.attribution import Shown, Surface, shown_of
from isegoria.domain.balance import profile_of
from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.values import MINUTE, EntryStatus, Instant, Millis, SegmentId, Tier
from isegoria.report.model import Intervention, InterventionPart, Record
from isegoria.report.model_statistics import TOGETHER, UNKNOWN, Bin, Row, Statistics, Total
from isegoria.report.record import Heard

BIN: Millis = 10 * MINUTE
LONGEST_HANDOVER: Millis = 2 * MINUTE
"""Where no turn is told of for longer, the session was suspended or somebody else spoke."""


class _Profile(NamedTuple):
    """The groups that an intervention is counted in."""

    constituency: str
    region: str
    first_time: str
    country: str


_NOBODY = _Profile(TOGETHER, TOGETHER, TOGETHER, TOGETHER)


@dataclass(frozen=True, slots=True)
class _Told:
    """An intervention that is told of; `timed` if its time is."""

    one: Intervention
    timed: bool
    profile: _Profile

    @property
    def used(self) -> Millis:
        return self.one.used if self.timed else 0


class _Piece(NamedTuple):
    """What is added to a row."""

    key: str
    interventions: int
    untimed: int
    used: Millis


def statistics(record: Record | Heard, session: Session, people: People, tier: Tier) -> Statistics:
    """`session` and `people` are those that the record was made of; it need not tell what was said."""
    told = list(_told(record, session, people, tier))
    roster = [_Profile(*profile_of(one), one.country or UNKNOWN) for one in people.persons.values()]
    tables = _Tables(told, roster if tier is Tier.PUBLISHABLE else None)
    gaps = _handovers(told, record)
    finished = sum(one.status is EntryStatus.HEARD for one in record.interventions)
    return Statistics(
        tier=tier,
        counts=record.counts,
        counted=len(record.interventions) - len(told),
        unfinished=len(record.interventions) - finished,
        total=_total(told),
        constituencies=tables.of(lambda profile: profile.constituency),
        regions=tables.of(lambda profile: profile.region),
        countries=tables.of(lambda profile: profile.country) if tier is Tier.INTERNAL else (),
        segments=_segments(told, record),
        first_time=tables.of(lambda profile: profile.first_time),
        bins=tuple(_bins(told, record, tables.names(lambda profile: profile.constituency))),
        handovers=len(gaps),
        handover=round(median(gaps)) if gaps else None,
    )


# --- what is told --------------------------------------------------------------------------------


def _told(record: Record | Heard, session: Session, people: People, tier: Tier) -> Iterator[_Told]:
    """All but those who are counted and nothing else."""
    for one in record.interventions:
        if tier is Tier.INTERNAL:
            yield _Told(one, timed=True, profile=_in_full(one, people))
            continue
        means = shown_of(session, people, Surface.PUBLISHED, session.entries[one.id])
        if means is not Shown.COUNTED:
            yield _Told(one, timed=means.with_words, profile=_profile(one, session, people, means))


def _profile(one: Intervention, session: Session, people: People, means: Shown) -> _Profile:
    if means >= Shown.NOBODY:
        return _NOBODY
    if means is Shown.ALIAS:
        alias = alias_of(session, people, one.speaker.id)
        return _NOBODY._replace(constituency=alias.constituency, region=alias.region or TOGETHER)
    return _in_full(one, people)


def _in_full(one: Intervention, people: People) -> _Profile:
    """The groups of who spoke last; of a substitute, not of whom they stand in for."""
    person = people.persons.get(one.speaker.id)
    return _Profile(*profile_of(person), (person.country if person else None) or UNKNOWN)


# --- tables --------------------------------------------------------------------------------------


class _Tables:
    """By group. `roster`: all of it, where small groups are to be told together; else None."""

    def __init__(self, told: Sequence[_Told], roster: Sequence[_Profile] | None) -> None:
        self._told, self._roster = told, roster

    def names(self, group: Callable[[_Profile], str]) -> Mapping[str, str]:
        """Each group that was heard -> the row that tells it."""
        keys = {group(one.profile) for one in self._told}
        if self._roster is None:
            return {key: key for key in keys}
        sizes = Counter(map(group, self._roster))
        hidden = told_together({key: sizes[key] for key in keys - {TOGETHER}})
        return {key: TOGETHER if key in hidden else key for key in keys}

    def of(self, group: Callable[[_Profile], str]) -> tuple[Row, ...]:
        """Who had most time comes first, those who are told together last."""
        names = self.names(group)
        pieces = [_Piece(names[group(one.profile)], 1, not one.timed, one.used) for one in self._told]
        return _rows(pieces, lambda piece: (piece.key == TOGETHER, -piece.used, piece.key))


def told_together(sizes: Mapping[str, int]) -> Set[str]:
    """The groups of a table (-> people of the roster) that are not told apart (R5).

    All small ones, and then the smallest of the others, until they have five people: so there are two of them at least.
    """
    by_size = sorted(sizes, key=lambda key: (sizes[key], key))
    hidden = [key for key in by_size if sizes[key] < SMALLEST_CELL]
    for key in by_size[len(hidden) :]:
        if not hidden or sum(sizes[one] for one in hidden) >= SMALLEST_CELL:
            break
        hidden.append(key)
    return set(hidden)


def _segments(told: Iterable[_Told], record: Record | Heard) -> tuple[Row, ...]:
    """Where it was said; an intervention in two segments is counted in the first one. In the agenda's order."""
    agenda: list[SegmentId] = [segment.id for segment in record.session.segments]
    pieces = [
        _Piece(part.segment, number == 0, number == 0 and not one.timed, part.used if one.timed else 0)
        for one in told
        for number, part in enumerate(one.one.parts)
    ]
    kept = [piece for piece in pieces if piece.interventions or piece.used]  # where hidden ones went on is not told
    return _rows(kept, lambda piece: (agenda.index(piece.key),))


def _rows(pieces: Sequence[_Piece], place: Callable[[_Piece], tuple[object, ...]]) -> tuple[Row, ...]:
    """The sums by key."""
    sums: dict[str, _Piece] = {}
    for piece in pieces:
        so_far = sums.get(piece.key, _Piece(piece.key, 0, 0, 0))
        sums[piece.key] = _Piece(piece.key, *(a + b for a, b in zip(so_far[1:], piece[1:], strict=True)))
    ordered = sorted(sums.values(), key=place)
    of_interventions = shares([piece.interventions for piece in ordered])
    of_time = shares([piece.used for piece in ordered])
    return tuple(
        Row(**piece._asdict(), share_of_interventions=share, share_of_time=time)
        for piece, share, time in zip(ordered, of_interventions, of_time, strict=True)
    )


def shares(parts: Sequence[int]) -> list[int]:
    """Whole percents that add up to 100, by largest remainder; equal ones in order. All 0 if the parts are."""
    whole = sum(parts)
    if whole == 0:
        return [0] * len(parts)
    percents = [part * 100 // whole for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: -(parts[i] * 100 % whole))
    for i in by_remainder[: 100 - sum(percents)]:
        percents[i] += 1
    return percents


# --- time ----------------------------------------------------------------------------------------


def _total(told: Sequence[_Told]) -> Total:
    timed = [one.one for one in told if one.timed]
    return Total(
        interventions=len(told),
        untimed=len(told) - len(timed),
        used=sum(one.used for one in timed),
        allotted=sum(map(_allotted, timed)),
        overtime=sum(one.overtime for one in timed),
        over=sum(one.overtime > 0 for one in timed),
    )


def _allotted(one: Intervention) -> Millis:
    """A part that goes on after an interruption has what was left as its limit (T9)."""
    *before, last = one.parts
    return sum(part.used for part in before) + last.limit + last.extended


def _parts(told: Iterable[_Told]) -> list[tuple[_Told, InterventionPart]]:
    return [(one, part) for one in told if one.timed for part in one.one.parts]


def _end(part: InterventionPart) -> Instant:
    """Of a running turn, the instant that its times are told for."""
    return part.began_at + part.used + part.paused if part.ended_at is None else part.ended_at


def _handovers(told: Iterable[_Told], record: Record | Heard) -> list[Millis]:
    """The times between two turns without a change of segment (F1)."""
    turns = sorted((part.began_at, _end(part)) for _, part in _parts(told))
    changes = [at for segment in record.session.segments for at in segment.began]
    return [
        began - ended
        for (_, ended), (began, _) in pairwise(turns)
        if began - ended <= LONGEST_HANDOVER and not any(ended <= at <= began for at in changes)
    ]


def _bins(told: Iterable[_Told], record: Record | Heard, names: Mapping[str, str]) -> Iterator[Bin]:
    """From the session's start to the last turn; a pause counts as if it had been spread over its turn."""
    facts = record.session
    start = facts.starts_at if facts.started_at is None else facts.started_at
    heard: Counter[tuple[int, str]] = Counter()
    for one, part in _parts(told):
        for number, used in _spread(part, start):
            heard[number, names[one.profile.constituency]] += used
    keys = sorted({key for _, key in heard})
    for number in range(max((number for number, _ in heard), default=-1) + 1):
        by = {key: heard[number, key] for key in keys if heard[number, key]}
        yield Bin(began_at=start + number * BIN, used=sum(by.values()), by=by)


def _spread(part: InterventionPart, start: Instant) -> Iterator[tuple[int, Millis]]:
    """(number of a bin, what of the part was used in it); these add up to what the part used."""
    began, end = part.began_at, _end(part)
    edges = range((began - start) // BIN * BIN + start + BIN, end, BIN)
    for since, until in pairwise([began, *edges, end]):
        length = max(1, end - began)
        yield (since - start) // BIN, part.used * (until - began) // length - part.used * (since - began) // length
