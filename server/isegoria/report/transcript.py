"""The transcript of one track: what was said in which turn, by whom, in the words of its language. R6, R7, R9, R10.

A publishable transcript holds turns only, and of those only the ones whose speakers allow it; that something is left
out, or when, is not told. Between turns is procedure, for the team. A protected name that is spoken away from its turn
holds its line back. What the formats make of it is in as_vtt, as_srt and as_txt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from isegoria.domain.attribution import Surface
from isegoria.domain.captions import FLOOR, CaptionSegment, GapReason, Origin, Track
from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.text import clean
from isegoria.domain.values import Instant, Millis, SegmentId, Tier
from isegoria.report.holding import publishable_of
from isegoria.report.model import Line
from isegoria.report.phrases import Phrases, own_name, phrases
from isegoria.report.pieces import Piece, internal
from isegoria.report.reading import SHORTEST, ends, tidy
from isegoria.report.speaker import Speakers
from isegoria.report.words import lines_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cue:
    r"""What is read at once, in milliseconds from the session's start. `text` has no empty line, and `\n` between its
    lines. `remark`: our own words, in the place of what was said."""

    begins: Millis
    ends: Millis
    text: str
    remark: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A turn, or what was said between two. `label`: who speaks, in parts; none between turns. `title`: of a segment
    that is new here. `clock`: the time of day at which it begins, in the session's zone."""

    label: tuple[str, ...]
    title: str
    clock: str
    begins: Millis
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """`head`: title, date and language; `notices`: what must be known of it wherever it is shown."""

    head: tuple[str, ...]
    notices: tuple[str, ...]
    phrases: Phrases
    blocks: tuple[Block, ...]


def transcript(
    session: Session, people: People, track: Track, captions: Sequence[CaptionSegment], tier: Tier
) -> Transcript:
    """`captions`: what the track keeps, all revisions."""
    lines = lines_of(captions)
    language = _language(people, track, lines)
    told = (
        internal(session, lines) if tier is Tier.INTERNAL else publishable_of(session, people, track, captions).pieces
    )
    surface = Surface.TEAM if tier is Tier.INTERNAL else Surface.PUBLISHED
    clerk = _Clerk(session, people, Speakers(session, people, surface, language), phrases(language))
    title = _line(people.about.title) or session.id
    as_spoken = clerk.phrases.as_spoken if track == FLOOR else own_name(language)
    notices = _notices(clerk.phrases, session, lines, tier)
    return Transcript((title, _when(session), as_spoken), tuple(notices), clerk.phrases, tuple(clerk.blocks(told)))


def clock(time: Millis) -> str:
    """A time from the start, for people: 0:12:30."""
    seconds = time // 1_000
    return f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


# --- what stands at the top -----------------------------------------------------------------------


def _language(people: People, track: Track, lines: Sequence[Line]) -> str:
    announced = next((one.language for one in people.about.tracks if one.track == track), None)
    return announced or (lines[0].language if lines else track)


def _notices(words: Phrases, session: Session, lines: Iterable[Line], tier: Tier) -> Iterator[str]:
    """R7: machine text is labelled. The tier's notice is the same whether anything was left out or not."""
    translated = [line.is_translation for line in lines if line.origin is Origin.MACHINE]
    if session.rehearsal:
        yield words.rehearsal
    if translated:
        yield words.translated if any(translated) else words.machine
    yield words.internal if tier is Tier.INTERNAL else words.publishable


def _line(title: str) -> str:
    return " ".join(clean(title).split())


def _when(session: Session) -> str:
    """Date and times by the session's own zone, which is named and never abbreviated (S1)."""
    began, ended = session.started_at or session.starts_at, session.closed_at or session.ends_at
    return f"{_local(session, began):%Y-%m-%d, %H:%M}–{_local(session, ended):%H:%M} ({session.timezone})"


def _local(session: Session, at: Instant) -> datetime:
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(session.timezone))


# --- what was said --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Clerk:
    session: Session
    people: People
    speakers: Speakers
    phrases: Phrases

    def blocks(self, pieces: Sequence[Piece]) -> Iterator[Block]:
        titled: set[SegmentId | None] = {None}
        for _, group in groupby(self._told(pieces), key=lambda told: (told[0].turn, told[0].segment)):
            mine = list(group)
            segment = mine[0][0].segment
            title = "" if segment in titled else _line(self.people.about.segments.get(segment or "", ""))
            titled.add(segment)
            yield self._block(mine[0][0], title, tuple(cue for _, cue in mine))

    def _block(self, first: Piece, title: str, cues: tuple[Cue, ...]) -> Block:
        at = first.turn.began_at if first.turn else first.at
        label = self.speakers.label(first.turn) if first.turn else ()
        return Block(label, title, f"{_local(self.session, at):%H:%M}", self._since_start(at), cues)

    def _told(self, pieces: Sequence[Piece]) -> list[tuple[Piece, Cue]]:
        """The pieces with what is read of them, and until when: from the last to the first, to know what follows."""
        told: list[tuple[Piece, Cue]] = []
        following = later = None
        for piece in reversed(pieces):
            begins = self._since_start(piece.at)
            if following is not None and begins < following:
                later = following
            if text := self._text(piece):
                told.append((piece, self._cue(piece, begins, text, later)))
                following = begins
        return told[::-1]

    def _cue(self, piece: Piece, begins: Millis, text: str, following: Millis | None) -> Cue:
        own = None if piece.until is None else max(begins, self._since_start(piece.until))
        if piece.line.gap:
            return Cue(begins, max(begins + SHORTEST, own or 0), text, remark=True)
        return Cue(begins, ends(begins, own, following, text), text, remark=piece.text is None)

    def _text(self, piece: Piece) -> str:
        words = self.phrases
        if piece.line.gap is GapReason.OFF_THE_RECORD:
            return words.off_the_record
        if piece.line.gap:
            began, ended = piece.at, piece.at if piece.until is None else piece.until
            return words.not_captioned.format(
                began=clock(self._since_start(began)), ended=clock(self._since_start(ended))
            )
        return words.held_back if piece.text is None else tidy(piece.text)

    def _since_start(self, at: Instant) -> Millis:
        """What was said before the start, by a slow feed's clock, was said at it."""
        return max(0, at - (self.session.started_at or self.session.starts_at))
