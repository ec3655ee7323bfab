"""What was not captioned: outages, and what was said off the record. Rules C11 to C13.

Receipts are real time, turns are session time; ten seconds of silence are ten real seconds.
"""

from __future__ import annotations

from isegoria.domain.captions import CaptionSegment, CaptionStatus, Feed, GapReason
from isegoria.domain.revisions import FeedState
from isegoria.domain.session import Session
from isegoria.domain.values import SECOND, Instant, Millis

SILENCE: Millis = 10 * SECOND
"""How long somebody may speak before a feed that pushes and says nothing counts as interrupted; real time."""


def heard(state: FeedState, session: Session, now: Instant) -> FeedState:
    """The state after a sign of life at `now` (real time)."""
    speech = speech_by(session, session.clock.at(now))
    return state.model_copy(update={"heard_at": now, "speech": speech, "lost": False})


def outage(feed: Feed, state: FeedState, session: Session, now: Instant, *, held: bool) -> CaptionSegment | None:
    """The gap that ends with a receipt at `now` (real time), if there is one.

    `held`: we hold a connection to this feed, so that every loss of it counts (C11), and silence on a living one does
    not. A feed that pushes is missed only while somebody speaks (C12).
    """
    since, until = _last_heard(feed, state, session), session.clock.at(now - feed.lag)
    if session.closed_at is not None:
        until = min(until, session.closed_at)
    if since is None or until <= since:
        return None
    long = until - since >= SILENCE * session.clock.rate
    missed = state.lost if held else long and silent(state, session, now)
    return gap(feed, GapReason.INTERRUPTED, since, until, now) if missed else None


def silent(state: FeedState, session: Session, now: Instant) -> bool:
    """Whether SILENCE or more was spoken since the feed was heard; `now` is real time."""
    clock = session.clock
    return clock.rate > 0 and speech_by(session, clock.at(now)) - state.speech >= SILENCE * clock.rate


def speech_by(session: Session, at: Instant) -> Millis:
    """Speaking time of all turns until an instant of session time, without pauses (T5)."""
    return sum(turn.used for turn in session.turns) + (max(0, session.turn.used(at)) if session.turn else 0)


def gap(feed: Feed, reason: GapReason, since: Instant, until: Instant, now: Instant) -> CaptionSegment:
    """A segment that says that nothing was captioned from `since` to `until` (session time)."""
    return CaptionSegment(
        source=feed.id,
        segment_id=f"gap-{since}",
        status=CaptionStatus.GAP,
        language=feed.language,
        origin=feed.origin,
        is_translation=feed.is_translation,
        starts_at=since,
        ends_at=until,
        received_at=now,
        spoken_at=since,
        reason=reason,
    )


def _last_heard(feed: Feed, state: FeedState, session: Session) -> Instant | None:
    """The last sign of life in session time; nobody missed anything before the session was live, or the feed heard."""
    if session.started_at is None:
        return None
    chosen = session.sources.get(feed.track)
    since = max(session.started_at, chosen.since if chosen else 0)
    return max(since, session.clock.at((state.heard_at or 0) - feed.lag))
