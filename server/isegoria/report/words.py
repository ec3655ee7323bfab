"""Captions as they stand in the end, and whose they are. Rules C3, C6, C9."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from isegoria.domain.captions import CaptionSegment, CaptionStatus, Key, Origin, Track, spans, turn_at
from isegoria.domain.session import Session
from isegoria.domain.values import SegmentId, TurnId
from isegoria.report.model import Line

Captions: TypeAlias = Mapping[Track, Sequence[CaptionSegment]]
Lines: TypeAlias = dict[Track, tuple[Line, ...]]


class Words:
    """The captions of a session, joined to its turns once and for all."""

    def __init__(self, session: Session, captions: Captions) -> None:
        self._session, self._spans, self._captions = session, spans(session), captions
        self._turns: defaultdict[tuple[TurnId, Track], list[Line]] = defaultdict(list)
        self._procedure: defaultdict[tuple[SegmentId | None, Track], list[Line]] = defaultdict(list)
        for track in captions:
            for line in lines_of(captions[track]):
                self._join(track, line)

    def of(self, turns: Sequence[TurnId]) -> Lines:
        """The captions of an intervention's turns, by track, in the order in which they were spoken."""
        found: Lines = {}
        for track in sorted(self._captions):
            # A gap may reach from one part of an intervention into the next.
            lines = dict.fromkeys(line for turn in turns for line in self._turns[turn, track])
            if lines:
                found[track] = tuple(lines)
        return found

    def between(self) -> dict[SegmentId | None, Lines]:
        """The captions that no turn holds, by the segment that ran, in the order of the agenda."""
        found: defaultdict[SegmentId | None, Lines] = defaultdict(dict)
        for segment in (None, *(segment.id for segment in self._session.segments)):
            for track in sorted(self._captions):
                if lines := self._procedure[segment, track]:
                    found[segment][track] = tuple(lines)
        return dict(found)

    def passage(self, track: Track, first: int, last: int, turns: Sequence[TurnId]) -> tuple[str, bool]:
        """(text, whether a machine wrote any of it) of the captions with a revision between two positions.

        Without what was said in other turns than these: an earlier line, corrected meanwhile, has a revision there too.
        """
        segments = self._captions.get(track, ())
        named = {one.key for one in segments if first <= (one.position or 0) <= last}
        lines = [line for line in lines_of(one for one in segments if one.key in named) if line.gap is None]
        spoken = [line for line in lines if set(self._turns_of(line)) <= set(turns)]
        return " ".join(line.text for line in spoken), any(line.origin is Origin.MACHINE for line in spoken)

    def _join(self, track: Track, line: Line) -> None:
        turns = self._turns_of(line)
        for turn in turns:
            self._turns[turn, track].append(line)
        if not turns:
            self._procedure[self._segment_at(line), track].append(line)

    def _turns_of(self, line: Line) -> list[TurnId]:
        """One turn for what was said; of a gap all turns into which it reaches."""
        if line.gap is None or line.ends_at is None:
            turn = turn_at(self._spans, line.spoken_at)
            return [] if turn is None else [turn]
        return [
            turn
            for turn, began, ended in self._spans
            if began < line.ends_at and (ended is None or line.spoken_at < ended)
        ]

    def _segment_at(self, line: Line) -> SegmentId | None:
        begun = [segment for segment, at in self._session.agenda if at <= line.spoken_at]
        return begun[-1] if begun else None


def lines_of(segments: Iterable[CaptionSegment]) -> list[Line]:
    """The newest revision of each segment, without what was taken back, in the order in which they were spoken."""
    lines = [_line(group) for group in _revisions(segments) if _newest(group).status is not CaptionStatus.RETRACTED]
    return sorted(lines, key=lambda line: (line.spoken_at, line.position))


def newest_of(segments: Iterable[CaptionSegment]) -> dict[int, int]:
    """The position of a line -> that of the revision whose text it has."""
    return {_first(group).position or 0: _newest(group).position or 0 for group in _revisions(segments)}


def _revisions(segments: Iterable[CaptionSegment]) -> Iterable[Sequence[CaptionSegment]]:
    revisions: defaultdict[Key, list[CaptionSegment]] = defaultdict(list)
    for segment in segments:
        if segment.status is not CaptionStatus.PARTIAL:
            revisions[segment.key].append(segment)
    return revisions.values()


def _first(group: Sequence[CaptionSegment]) -> CaptionSegment:
    return min(group, key=lambda one: one.position or 0)


def _newest(group: Sequence[CaptionSegment]) -> CaptionSegment:
    return max(group, key=lambda one: (one.revision, one.position or 0))


def _line(group: Sequence[CaptionSegment]) -> Line:
    first = _first(group)
    newest = _newest(group)
    return Line(
        position=first.position or 0,
        language=newest.language,
        text=newest.text,
        spoken_at=first.spoken_at,
        ends_at=newest.ends_at,
        origin=newest.origin,
        is_translation=newest.is_translation,
        corrected=newest.text != first.text,
        gap=newest.reason,
    )
