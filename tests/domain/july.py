"""The consultation of July as states: two hours, four topics, and as many who wait as a test wants."""

from __future__ import annotations

from dataclasses import replace

from isegoria.domain.forecast import PRIOR
from isegoria.domain.session import Entry, Segment, Session, Spoken
from isegoria.domain.values import MINUTE, Ending, Instant, Millis, SegmentKind, SessionState
from tests.domain.story import NOON, S

SLOT = PRIOR.slot(180 * S)
JULY = tuple(
    Segment(name, kind, minutes * MINUTE)
    for name, kind, minutes in [
        ("opening", SegmentKind.OPENING, 11),
        ("1", SegmentKind.TOPIC, 25),
        ("2", SegmentKind.TOPIC, 25),
        ("3", SegmentKind.TOPIC, 25),
        ("4", SegmentKind.TOPIC, 17),
        ("reactions", SegmentKind.REACTIONS, 5),
        ("closing", SegmentKind.CLOSING, 7),
    ]
)


def consultation(waiting: int, *, limit: Millis = 180 * S, segments: tuple[Segment, ...] = JULY) -> Session:
    """Two hours, live since NOON, in its opening; all wait, as many for each topic as can be."""
    topics = [segment.id for segment in segments if segment.kind is SegmentKind.TOPIC]
    entries = [Entry(f"e{i}", f"p{i}", topics[i * len(topics) // waiting], NOON - MINUTE) for i in range(waiting)]
    session = Session(
        id="s",
        version=1,
        state=SessionState.LIVE,
        starts_at=NOON,
        ends_at=NOON + 120 * MINUTE,
        started_at=NOON,
        segments=segments,
        entries={entry.id: entry for entry in entries},
        order=tuple(entry.id for entry in entries),
    )
    session = replace(session, modalities=replace(session.modalities, limit=limit))
    return in_segment(session, segments[0].id, NOON)


def in_segment(session: Session, segment: str, at: Instant) -> Session:
    segments = tuple(replace(s, began_at=at) if s.id == segment else s for s in session.segments)
    agenda = (*session.agenda, (segment, at))
    return replace(session, segments=segments, segment=segment, agenda=agenda)


def spoke(session: Session, *slots: tuple[Millis, Millis]) -> Session:
    """Turns of entries that have left the list: (hand-over before it, overrun)."""
    turns = list(session.turns)
    at = turns[-1].ended_at if turns else NOON
    for handover, overrun in slots:
        began, limit = at + handover, session.modalities.limit
        at = began + limit + overrun
        turns.append(Spoken(f"t{len(turns)}", "x", "x", "1", 1, began, at, limit, 0, 0, limit + overrun, Ending.ENDED))
    return replace(session, turns=tuple(turns))
