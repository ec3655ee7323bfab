"""Captions as they stand in the end, and whose they are. Rules C3, C6, C9."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from isegoria.domain.captions import CaptionSegment, CaptionStatus, Key, Origin, Track, spans, turn_at
from isegoria.domain.session import Session
from isegoria.domain.values import SegmentId, TurnId
from isegoria.report.model import Line

Captions: TypeAlias = Mapping[Track, Sequence[CaptionSegment]]
Lines: TypeAlias = dict[Track, tuple[Line, ...]]


class Words:
    """The captions of a session, joined to its turns."""

    def __init__(self, session: Session, captions: Captions) -> None:
        self._session, self._spans = session, spans(session)
        self._captions = captions
        self._lines = {track: _lines(captions[track]) for track in sorted(captions)}

    def of(self, turns: Iterable[TurnId]) -> Lines:
        """The captions of an intervention's turns, by track, in the order in which they were spoken."""
        wanted = set(turns)
        return self._chosen(lambda line: bool(wanted & self._turns_of(line)))

    def between(self) -> dict[SegmentId | None, Lines]:
        """The captions that no turn holds, by the segment that ran."""
        agenda = [None, *(segment.id for segment in self._session.segments)]
        found = {segment: self._chosen(partial(self._is_procedure, segment)) for segment in agenda}
        return {segment: lines for segment, lines in found.items() if lines}

    def passage(self, track: Track, first: int, last: int) -> tuple[str, bool]:
        """(text, whether a machine wrote any of it) of the captions with a revision between two positions."""
        named = {one.key for one in self._captions.get(track, ()) if first <= (one.position or 0) <= last}
        chosen = _lines([one for one in self._captions.get(track, ()) if one.key in named])
        spoken = [line for line in chosen if line.gap is None]
        return " ".join(line.text for line in spoken), any(line.origin is Origin.MACHINE for line in spoken)

    def _chosen(self, wanted: Callable[[Line], bool]) -> Lines:
        chosen = {track: tuple(filter(wanted, lines)) for track, lines in self._lines.items()}
        return {track: lines for track, lines in chosen.items() if lines}

    def _is_procedure(self, segment: SegmentId | None, line: Line) -> bool:
        return not self._turns_of(line) and self._segment_at(line) == segment

    def _turns_of(self, line: Line) -> set[TurnId]:
        """One turn for what was said; of a gap all turns into which it reaches."""
        if line.gap is None or line.ends_at is None:
            turn = turn_at(self._spans, line.spoken_at)
            return set() if turn is None else {turn}
        return {
            turn
            for turn, began, ended in self._spans
            if began < line.ends_at and (ended is None or line.spoken_at < ended)
        }

    def _segment_at(self, line: Line) -> SegmentId | None:
        begun = [segment for segment, at in self._session.agenda if at <= line.spoken_at]
        return begun[-1] if begun else None


def _lines(segments: Iterable[CaptionSegment]) -> tuple[Line, ...]:
    """The newest revision of each segment, without what was taken back."""
    revisions: defaultdict[Key, list[CaptionSegment]] = defaultdict(list)
    for segment in segments:
        if segment.status is not CaptionStatus.PARTIAL:
            revisions[segment.key].append(segment)
    lines = [_line(group) for group in revisions.values() if _newest(group).status is not CaptionStatus.RETRACTED]
    return tuple(sorted(lines, key=lambda line: (line.spoken_at, line.position)))


def _newest(group: Sequence[CaptionSegment]) -> CaptionSegment:
    return max(group, key=lambda one: (one.revision, one.position or 0))


def _line(group: Sequence[CaptionSegment]) -> Line:
    first = min(group, key=lambda one: one.position or 0)
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
