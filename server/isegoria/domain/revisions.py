"""How the revisions of a feed's captions merge: what to keep, what only to show, what to drop. Rules C4 to C10, C18.

Everything that a feed must remember is one immutable `FeedState`; its bytes lie in the store, whose revision of them
is the fence between replicas. Nothing here raises: what does not fit is dropped, and counted in `Merged.dropped`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from isegoria.domain.captions import UNNUMBERED, CaptionSegment, CaptionStatus
from isegoria.domain.values import SECOND, Frozen, Instant, Millis

FINAL_TIMEOUT: Millis = 10 * SECOND
"""How long a partial may stay without news before it is taken as final (C7); real time."""
OPEN_AT_ONCE = 20
REMEMBERED = 64
"""How many finished segments a feed remembers, to know a repeat or a correction when it comes."""


class Finished(NamedTuple):
    """A segment that is no longer open. `number` is the feed's own revision, `revision` the one that was given on."""

    language: str
    segment_id: str
    number: int
    revision: int
    digest: str
    starts_at: Instant | None
    spoken_at: Instant
    kept: bool
    timed_out: bool
    connection: int


class Piece(NamedTuple):
    """A stretch of a stream of characters, or a line of a window that rolls up.

    `said`: was given on as a final, so that what changes now corrects it. `ended`: takes no more characters.
    """

    id: int
    text: str
    said: bool = False
    ended: bool = False
    language: str | None = None


class FeedState(Frozen):
    """What a feed must remember. `epoch`, `seq` and `seen` are its adapter's, `heard_at` is real time."""

    epoch: int = 0
    connection: int = 0
    """Counts the connections of a feed that is held."""
    seq: int | None = None
    seen: tuple[tuple[int, str], ...] = ()
    """Sequence numbers and hashes of the newest bodies."""
    heard_at: Instant | None = None
    speech: Millis = 0
    """How much of the session had been spoken by then."""
    lost: bool = False
    """A connection that we hold broke since `heard_at`."""
    off_since: Instant | None = None
    """Since when captions came off the record (session time)."""
    pieces: tuple[Piece, ...] = ()
    """The newest stretches of a feed that changes them after they were sent; its adapter's."""
    muted_until: Instant = 0
    """Up to when it is told that the track was muted (session time)."""
    open: tuple[CaptionSegment, ...] = ()
    finished: tuple[Finished, ...] = ()

    @property
    def lasting(self) -> tuple[object, ...]:
        """What must be stored even when no segment is kept."""
        return self.epoch, self.connection, self.seq, self.seen, self.off_since, self.pieces, self.muted_until

    def to_bytes(self) -> bytes:
        return self.model_dump_json(exclude_defaults=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> FeedState:
        """The state of a feed that was never heard, from no bytes."""
        return cls.model_validate_json(data) if data else cls()


@dataclass(frozen=True, slots=True)
class Merged:
    """`kept` goes to the transcript; `shown` (partials, and what takes them back) only to those who read now."""

    state: FeedState
    kept: tuple[CaptionSegment, ...] = ()
    shown: tuple[CaptionSegment, ...] = ()
    dropped: int = 0


def append(state: FeedState, segment: CaptionSegment) -> Merged:
    """What a newly stamped line of an appending feed changes."""
    return Merged(state, (_numbered(segment, 1),) if segment.text else ())


def accept(state: FeedState, segment: CaptionSegment) -> Merged:
    """What a newly stamped segment of a revising feed changes."""
    before = _open(state, segment)
    finished = _finished(state, segment)
    if segment.status is CaptionStatus.PARTIAL:
        return _partial(state, segment, before, finished)
    if finished and not _is_news(segment, finished):
        return Merged(state, dropped=1)
    if segment.status is CaptionStatus.RETRACTED or not segment.text:
        return _retract(state, segment, before, finished)
    return _final(state, segment, before, finished)


def named(state: FeedState, segment: CaptionSegment) -> CaptionSegment:
    """The segment under an id that does not collide with those of earlier epochs."""
    return segment.model_copy(update={"segment_id": _named(state, segment.segment_id)})


def is_open(state: FeedState, segment_id: str) -> bool:
    """Whether what its feed sends under this id is a partial now, so that it was not made final by time."""
    return any(partial.segment_id == _named(state, segment_id) for partial in state.open)


def is_finished(state: FeedState, segment_id: str) -> bool:
    """Whether what its feed sends under this id is final, or retracted."""
    return any(done.segment_id == _named(state, segment_id) for done in state.finished)


def recalled(stored: FeedState, memory: FeedState) -> FeedState:
    """What was stored, with what was heard here since and needs no storing: open partials, the last sign of life.

    Another replica may have stored without having heard that: a person's correction, a partial that was overdue.
    """
    over = {(one.language, one.segment_id) for one in stored.finished}
    opened = {partial.key: partial for partial in stored.open}
    for partial in memory.open:
        rival = opened.get(partial.key)
        if partial.key[1:] not in over and (rival is None or rival.revision < partial.revision):
            opened[partial.key] = partial
    changes: dict[str, object] = {"open": tuple(opened.values())}
    if (memory.heard_at or 0) > (stored.heard_at or 0):
        changes |= {"heard_at": memory.heard_at, "speech": memory.speech}
    return stored.model_copy(update=changes)


def begun_at(state: FeedState, segment_id: str) -> Instant | None:
    """When what comes again under this id was first spoken; None for what is new. Ids are those of `named`."""
    known: tuple[CaptionSegment | Finished, ...] = (*state.open, *state.finished)
    return next((one.spoken_at for one in known if one.segment_id == segment_id), None)


def amend(state: FeedState, segment: CaptionSegment) -> FeedState:
    """The state after a person corrected or retracted what this feed had said: later revisions count from there."""
    finished = tuple(
        one._replace(revision=segment.revision) if (one.language, one.segment_id) == segment.key[1:] else one
        for one in state.finished
    )
    return state.model_copy(update={"finished": finished})


def has_restarted(state: FeedState, segment: CaptionSegment) -> bool:
    """Whether a final's id was another segment's on an earlier connection: its sender counts from the start again."""
    finished = _finished(state, named(state, segment))
    if finished is None or segment.status is not CaptionStatus.FINAL or finished.connection == state.connection:
        return False
    newer = segment.revision > finished.number
    return not newer and not finished.timed_out and finished.digest != _digest(segment.text)


def restart(state: FeedState) -> FeedState:
    """A new epoch (C18)."""
    return state.model_copy(update={"epoch": state.epoch + 1, "finished": ()})


def connect(state: FeedState) -> FeedState:
    """A new connection of a feed that is held: if there was one before, it is lost."""
    update = {"connection": state.connection + 1, "lost": state.heard_at is not None}
    return state.model_copy(update=update)


def clear(state: FeedState) -> Merged:
    """Drops open partials, and no final (C8)."""
    gone = tuple(_taken_back(partial) for partial in state.open)
    return Merged(state.model_copy(update={"open": ()}), shown=gone)


def expire(state: FeedState, now: Instant) -> Merged:
    """Partials without news for FINAL_TIMEOUT become final (C7). `now` is real time."""
    kept: list[CaptionSegment] = []
    shown: list[CaptionSegment] = []
    for partial in due(state, now):
        number, said = partial.revision, bool(partial.text)
        final = partial.model_copy(update={"status": CaptionStatus.FINAL, "revision": number + 1})
        state = _finish(state, final, number, kept=said, timed_out=True)
        (kept if said else shown).append(final if said else _taken_back(partial))
    return Merged(state, tuple(kept), tuple(shown))


def due(state: FeedState, now: Instant) -> list[CaptionSegment]:
    """The open partials whose final is overdue."""
    return [partial for partial in state.open if now - partial.received_at >= FINAL_TIMEOUT]


# --- one function per status ---------------------------------------------------------------------


def _partial(
    state: FeedState, segment: CaptionSegment, before: CaptionSegment | None, finished: Finished | None
) -> Merged:
    """C4: a higher revision replaces, however short. C5: a late partial never overwrites a final."""
    number = segment.revision or (before.revision + 1 if before else 1)
    if finished or (before and number <= before.revision) or (not before and len(state.open) >= OPEN_AT_ONCE):
        return Merged(state, dropped=1)
    shown = _since(_numbered(segment, number), before, finished)
    others = tuple(partial for partial in state.open if partial.key != shown.key)
    return Merged(state.model_copy(update={"open": (*others, shown)}), shown=(shown,))


def _final(
    state: FeedState, segment: CaptionSegment, before: CaptionSegment | None, finished: Finished | None
) -> Merged:
    """C6: what comes after a final is a new revision, a correction; so is a final after its time-out (C7)."""
    number = _own_number(segment, before, finished)
    if finished and finished.digest == _digest(segment.text) and not finished.timed_out:
        return Merged(_remember(state, finished._replace(number=number)), dropped=1)
    final = _since(_numbered(segment, _next_revision(number, before, finished)), before, finished)
    if finished and finished.kept:
        final = final.model_copy(update={"status": CaptionStatus.CORRECTED})
    return Merged(_finish(state, final, number), kept=(final,))


def _retract(
    state: FeedState, segment: CaptionSegment, before: CaptionSegment | None, finished: Finished | None
) -> Merged:
    """C9: a final is retracted by a new revision that is kept; a partial just goes, and its final may not follow."""
    number = _own_number(segment, before, finished)
    revision = _next_revision(number, before, finished)
    gone = _taken_back(_since(_numbered(segment, revision), before, finished))
    if finished and finished.kept:
        return Merged(_finish(state, gone, number), kept=(gone,))
    return Merged(_finish(state, gone, number, kept=False), shown=(gone,) if before else ())


# --- revisions and times -------------------------------------------------------------------------


def _is_news(segment: CaptionSegment, finished: Finished) -> bool:
    """Whether a final, correction or retraction says more than what was finished (C6)."""
    if finished.timed_out:
        return True
    if segment.revision == UNNUMBERED:
        return finished.digest != _digest(segment.text)
    return segment.revision > finished.number


def _own_number(segment: CaptionSegment, before: CaptionSegment | None, finished: Finished | None) -> int:
    known = max(before.revision if before else 0, finished.number if finished else 0)
    return known + 1 if segment.revision == UNNUMBERED else segment.revision


def _next_revision(number: int, before: CaptionSegment | None, finished: Finished | None) -> int:
    """Revisions that are given on always rise, so that a reader needs one comparison, whatever the feed counts."""
    return max(number, before.revision + 1 if before else 0, finished.revision + 1 if finished else 0)


def _since(segment: CaptionSegment, before: CaptionSegment | None, finished: Finished | None) -> CaptionSegment:
    """C10: the first start and the first `spoken_at` never move."""
    first = finished or before
    if first is None:
        return segment
    starts_at = segment.starts_at if first.starts_at is None else first.starts_at
    return segment.model_copy(update={"starts_at": starts_at, "spoken_at": first.spoken_at})


def _numbered(segment: CaptionSegment, revision: int) -> CaptionSegment:
    return segment.model_copy(update={"revision": revision})


def _taken_back(segment: CaptionSegment) -> CaptionSegment:
    return segment.model_copy(update={"status": CaptionStatus.RETRACTED, "text": ""})


def _named(state: FeedState, segment_id: str) -> str:
    return segment_id if state.epoch == 0 else f"{segment_id}~{state.epoch}"


# --- memory --------------------------------------------------------------------------------------


def _open(state: FeedState, segment: CaptionSegment) -> CaptionSegment | None:
    return next((partial for partial in state.open if partial.key == segment.key), None)


def _finished(state: FeedState, segment: CaptionSegment) -> Finished | None:
    name = segment.language, segment.segment_id
    return next((done for done in state.finished if (done.language, done.segment_id) == name), None)


def _finish(
    state: FeedState, final: CaptionSegment, number: int, *, kept: bool = True, timed_out: bool = False
) -> FeedState:
    done = Finished(
        language=final.language,
        segment_id=final.segment_id,
        number=number,
        revision=final.revision,
        digest=_digest(final.text),
        starts_at=final.starts_at,
        spoken_at=final.spoken_at,
        kept=kept,
        timed_out=timed_out,
        connection=state.connection,
    )
    left = tuple(partial for partial in state.open if partial.key != final.key)
    return _remember(state.model_copy(update={"open": left}), done)


def _remember(state: FeedState, done: Finished) -> FeedState:
    others = [one for one in state.finished if (one.language, one.segment_id) != (done.language, done.segment_id)]
    return state.model_copy(update={"finished": (*others, done)[-REMEMBERED:]})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8] if text else ""
