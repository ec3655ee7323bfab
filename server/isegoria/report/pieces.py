"""Lines of captions as a transcript tells them: each in its turn, and only what its readers may read (C3, R9, R10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from isegoria.domain.attribution import Surface
from isegoria.domain.captions import spans, turn_at
from isegoria.domain.notebook import Passage
from isegoria.domain.people import People
from isegoria.domain.session import Session, Spoken, Turn
from isegoria.domain.values import Instant, PassageDecision, SegmentId, TurnId
from isegoria.report.masking import Elsewhere, Words, search
from isegoria.report.model import Line
from isegoria.report.protection import protected
from isegoria.report.speaker import Speakers

Decided: TypeAlias = Mapping[int, Passage]
"""What was decided about lines, by their positions."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or that part of a gap that lies in one turn, or between two: `turn` None, procedure.

    `text` None: held back. A gap has none.
    """

    turn: Spoken | Turn | None
    segment: SegmentId | None
    at: Instant
    until: Instant | None
    line: Line
    text: str | None


def internal(session: Session, lines: Sequence[Line]) -> list[Piece]:
    """All pieces, in the order in which they were spoken."""
    splitter = _Splitter(session)
    pieces = [piece for line in lines for piece in splitter.pieces(line)]
    return sorted(pieces, key=lambda piece: (piece.at, piece.line.position))


class Concealed(NamedTuple):
    """What may be published, and which of it names somebody away from their turn (R10)."""

    pieces: list[Piece]
    elsewhere: list[tuple[Piece, Elsewhere]]


def publishable(session: Session, people: People, lines: Sequence[Line], decided: Decided) -> Concealed:
    """The pieces of the turns whose speakers allow it, without the names of those who are protected.

    Names are looked for twice: in all that was said, since half of one may stand in a line that is left out, and in
    what remains, since leaving out may bring two halves together. What was decided holds for what it was decided about:
    where nobody is named any more nothing is left out.
    """
    speakers, secret = Speakers(session, people, Surface.PUBLISHED, ""), protected(session, people)
    told = {turn.id for turn in _turns(session).values() if speakers.shown(turn).with_words}
    said = internal(session, lines)
    heard = [number for number, piece in enumerate(said) if piece.turn and piece.turn.id in told]
    everything, found = search([Words(piece.at, piece.text, _of(piece, decided)) for piece in said], secret)
    remaining, more = search([everything[number] for number in heard], secret)
    named = {number: found[number] for number in heard if number in found}
    named |= {heard[i]: named.get(heard[i], one) | one for i, one in more.items()}
    pieces = [replace(said[number], text=words.text) for number, words in zip(heard, remaining, strict=True)]
    return Concealed(
        [piece for piece in pieces if not _is_left_out(piece, decided)],
        [(said[number], named[number]) for number in sorted(named)],
    )


def _of(piece: Piece, decided: Decided) -> Passage | None:
    return decided.get(piece.line.position)


def _is_left_out(piece: Piece, decided: Decided) -> bool:
    of = _of(piece, decided)
    return piece.text is None and of is not None and of.decision is PassageDecision.LEAVE_OUT


def _turns(session: Session) -> dict[TurnId, Spoken | Turn]:
    turns: dict[TurnId, Spoken | Turn] = {turn.id: turn for turn in session.turns}
    return turns | {session.turn.id: session.turn} if session.turn else turns


class _Splitter:
    """Finds the turn of a line, and cuts a gap where turns begin and end."""

    def __init__(self, session: Session) -> None:
        self._session, self._spans, self._turns = session, spans(session), _turns(session)
        self._borders = sorted({at for _, began, ended in self._spans for at in (began, ended) if at is not None})

    def pieces(self, line: Line) -> Iterator[Piece]:
        if line.gap is None or line.ends_at is None:
            yield self._piece(line, line.spoken_at, line.ends_at)
            return
        inside = (at for at in self._borders if line.spoken_at < at < line.ends_at)
        for at, until in pairwise([line.spoken_at, *inside, line.ends_at]):
            yield self._piece(line, at, until)

    def _piece(self, line: Line, at: Instant, until: Instant | None) -> Piece:
        found = turn_at(self._spans, at)
        turn = None if found is None else self._turns[found]
        segment = self._segment_at(at) if turn is None else turn.segment
        return Piece(turn, segment, at, until, line, line.text)

    def _segment_at(self, at: Instant) -> SegmentId | None:
        return next((segment for segment, began in reversed(self._session.agenda) if began <= at), None)
