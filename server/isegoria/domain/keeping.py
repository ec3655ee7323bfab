"""What of a feed's captions is kept, only shown, or dropped, by what is true of the session. Rules C11 to C15."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from isegoria.domain import gaps, revisions
from isegoria.domain.captions import Caption, CaptionSegment, Clear, Feed, GapReason, Mode, in_language, stamp
from isegoria.domain.revisions import FeedState, Merged
from isegoria.domain.session import Session
from isegoria.domain.values import Instant


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is true when something of a feed comes in. `now` is real time.

    `recorded_since`: session time from which on everything is on the record; None while recording is off.
    """

    feed: Feed
    session: Session
    now: Instant
    recorded_since: Instant | None = 0
    muted: bool = False
    held: bool = False


def receive(
    before: FeedState, after: FeedState, sent: Iterable[Caption | Clear], mode: Mode, at: Circumstances
) -> Merged:
    """What a receipt makes. `after` is what the adapter made of the feed's state `before`."""
    merged = Merged(after)
    for one in sent:
        merged = _then(merged, _merge(merged.state, one, mode, at))
    heard = gaps.heard(merged.state, at.session, at.now)
    kept = keep(replace(merged, state=heard), at)
    missed = None if at.muted else gaps.outage(at.feed, before, at.session, at.now, held=at.held)
    return replace(kept, kept=(missed, *kept.kept)) if missed else kept


def expire(state: FeedState, at: Circumstances) -> Merged:
    """What overdue partials make (C7)."""
    return keep(revisions.expire(state, at.now), at)


def close(state: FeedState, at: Circumstances) -> Merged:
    """What a feed leaves open at the session's end: what was off the record until then, and an outage (C11 to C13)."""
    closed_at = at.session.closed_at
    if closed_at is None or at.muted:
        return Merged(state)
    missed = gaps.outage(at.feed, state, at.session, at.now, held=at.held)
    off = _off_the_record(state, closed_at, at)
    ended = gaps.heard(state, at.session, at.now).model_copy(update={"off_since": None})
    return Merged(ended, tuple(gap for gap in (missed, off) if gap))


def unmuted(state: FeedState, at: Circumstances) -> Merged:
    """The gaps that the mutes of this feed have left and that are not told yet (C19)."""
    gone = [mute for mute in _mutes(at) if mute[1] > state.muted_until]
    missed = tuple(gaps.gap(at.feed, GapReason.MUTED, since, until, at.now) for since, until in gone)
    told = max((until for _, until in gone), default=state.muted_until)
    return Merged(state.model_copy(update={"muted_until": told}), missed)


def _mutes(at: Circumstances) -> list[tuple[Instant, Instant]]:
    """The times in which this feed was muted while the session was live, those that are over."""
    started_at, closed_at = at.session.started_at, at.session.closed_at
    if started_at is None:
        return []
    ended = [(mute.since, mute.until or closed_at) for mute in at.session.mutes if mute.feed == at.feed.id]
    return [(max(since, started_at), until) for since, until in ended if until is not None and until > started_at]


def keep(merged: Merged, at: Circumstances) -> Merged:
    """Of what was merged, what goes to the transcript, and what only to those who read now."""
    if at.muted:
        return Merged(merged.state, dropped=merged.dropped)
    if at.session.started_at is None:
        return replace(merged, kept=(), shown=merged.kept + merged.shown)
    result = replace(merged, kept=())
    for segment in merged.kept:
        result = _then(result, _place(result.state, segment, at))
    return result


def is_source(feed: Feed, feeds: Sequence[Feed], session: Session) -> bool:
    """Whether a feed is its track's active source: the one chosen, or the first that the session file names (C15)."""
    if feed.track in session.sources:
        return session.sources[feed.track].feed == feed.id
    first = next((one for one in feeds if one.track == feed.track), feed)
    return first.id == feed.id


def recording(session: Session) -> bool:
    return session.current_segment is None or session.current_segment.recording


def _place(state: FeedState, segment: CaptionSegment, at: Circumstances) -> Merged:
    """Where a finished segment goes (C13, C14)."""
    closed_at = at.session.closed_at
    if closed_at is not None and segment.spoken_at > closed_at:
        return Merged(state, dropped=1)
    if at.recorded_since is None or segment.spoken_at < at.recorded_since:
        since = segment.spoken_at if state.off_since is None else state.off_since
        return Merged(state.model_copy(update={"off_since": since}), shown=(segment,))
    off = _off_the_record(state, segment.spoken_at, at)
    return Merged(state.model_copy(update={"off_since": None}), (off, segment) if off else (segment,))


def _off_the_record(state: FeedState, until: Instant, at: Circumstances) -> CaptionSegment | None:
    if state.off_since is None:
        return None
    return gaps.gap(at.feed, GapReason.OFF_THE_RECORD, state.off_since, max(until, state.off_since), at.now)


def _merge(state: FeedState, one: Caption | Clear, mode: Mode, at: Circumstances) -> Merged:
    if isinstance(one, Clear):
        return revisions.clear(state)
    segment = stamp(at.feed, one, at.session.clock, at.now)
    if mode is Mode.APPEND:
        spoken = at.session.spoken_language(segment.spoken_at)
        return revisions.append(state, in_language(segment, at.feed, one, spoken))
    if revisions.has_restarted(state, segment):
        state = revisions.restart(state)
    segment = revisions.named(state, segment)
    begun_at = revisions.begun_at(state, segment.segment_id)
    spoken = at.session.spoken_language(segment.spoken_at if begun_at is None else begun_at)
    return revisions.accept(state, in_language(segment, at.feed, one, spoken))


def _then(first: Merged, then: Merged) -> Merged:
    return Merged(then.state, first.kept + then.kept, first.shown + then.shown, first.dropped + then.dropped)
