"""A suggested order of the list, with its reasons (Q3). It is never applied by itself: a person accepts it.

Within each segment the next place goes to the entry whose groups (constituency, region, first time) have had the
smallest part of the speaking time, those placed before it included. Among equals the present order stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from isegoria.domain.balance import GROUPS, UNKNOWN, Group, balance, profile_of
from isegoria.domain.forecast import listed
from isegoria.domain.people import People
from isegoria.domain.session import Entry, Session
from isegoria.domain.values import EntryId, EntryKind, EntryStatus, Instant, Millis, Readiness

Reason: TypeAlias = Literal["constituency", "region", "first_time", "asked_first"]
Profile: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry at its suggested place. `key` is the group that had little time; with "asked_first", which has none,
    the entry stands where the present order has it."""

    entry: EntryId
    reason: Reason
    key: str | None = None


def suggest(session: Session, people: People, now: Instant) -> tuple[Placed, ...]:
    """The whole order as suggested; empty when the present one is as good.

    Only those move who wait and have not been called, nor answered that they are ready. Points of order, replies, who
    was absent or interrupted: all keep the place that their own rules gave them.
    """
    # An allowance makes up for a disadvantage (T7); it must not count against one's group.
    session = replace(session, allowances={})
    heard = _Heard({(share.group, share.key): share.used for share in balance(session, people, now)})
    places = {entry: Placed(entry, "asked_first") for entry in session.order}
    for segment in session.segments:
        free = [e.id for e in listed(session) if e.segment == segment.id and _movable(e)]
        places |= zip(free, _interleaved(session, people, free, heard), strict=True)
    suggested = tuple(places.values())
    return () if tuple(p.entry for p in suggested) == session.order else suggested


def _movable(entry: Entry) -> bool:
    waits = entry.status is EntryStatus.WAITING and entry.readiness is Readiness.SILENT
    return waits and entry.kind is EntryKind.STATEMENT and entry.remaining is None


def _interleaved(session: Session, people: People, entries: Sequence[EntryId], heard: _Heard) -> Iterator[Placed]:
    """These entries in the suggested order. Those of one profile are equals and wait in one queue."""
    queues: dict[Profile, list[EntryId]] = {}
    for entry in entries:
        profile = profile_of(people.persons.get(session.entries[entry].person))
        queues.setdefault(profile, []).append(entry)
    stands = {entry: place for place, entry in enumerate(entries)}
    while queues:
        in_order = sorted(queues, key=lambda profile: stands[queues[profile][0]])
        parts = heard.parts(in_order)
        best = min(in_order, key=lambda profile: sum(parts[profile]))
        entry = queues[best].pop(0)
        yield _placed(entry, best, [a - b for a, b in zip(parts[in_order[0]], parts[best], strict=True)])
        heard.add(best, session.limit_for(session.entries[entry]))
        if not queues[best]:
            del queues[best]


def _placed(entry: EntryId, profile: Profile, ahead: Sequence[float]) -> Placed:
    """`ahead`: in each group, how much less time the entry's had than that of the entry that stands first now."""
    if max(ahead) <= 0:
        return Placed(entry, "asked_first")
    most = ahead.index(max(ahead))
    return Placed(entry, GROUPS[most], profile[most])


@dataclass(frozen=True, slots=True)
class _Heard:
    """Speaking time by group, of the turns so far and of those that the suggested order has placed."""

    used: dict[tuple[Group, str], Millis]

    def add(self, profile: Profile, time: Millis) -> None:
        for group in zip(GROUPS, profile, strict=True):
            self.used[group] = self.used.get(group, 0) + time

    def parts(self, profiles: Sequence[Profile]) -> dict[Profile, tuple[float, float, float]]:
        """The parts (0 to 1) of the time that each profile's groups have had; the smaller, the sooner its turn."""
        constituencies = self._of("constituency", {profile[0] for profile in profiles})
        regions = self._of("region", {profile[1] for profile in profiles})
        newcomers, others = self._first_time()
        return {
            (c, r, first): (constituencies[c], regions[r], newcomers if first == "yes" else others)
            for c, r, first in profiles
        }

    def _of(self, group: Group, keys: Set[str]) -> dict[str, float]:
        """Who did not declare a group counts as the one most heard: nobody moves ahead by what is unknown."""
        total = sum(time for (kind, key), time in self.used.items() if kind == group and key != UNKNOWN)
        parts = {key: self.used.get((group, key), 0) / total if total else 0.0 for key in keys - {UNKNOWN}}
        return {**parts, UNKNOWN: max(parts.values(), default=0.0)}

    def _first_time(self) -> tuple[float, float]:
        """Of those who speak for the first time, and of all others: the former come sooner while they have had less
        than half, the latter never."""
        first = self.used.get(("first_time", "yes"), 0)
        others = self.used.get(("first_time", "no"), 0) + self.used.get(("first_time", UNKNOWN), 0)
        total = max(1, first + others)
        return first / total, max(first, others) / total
