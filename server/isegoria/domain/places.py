"""Where an entry belongs in the order: at the end of its segment, points of order before all, replies after.

A person may have reordered the list, so the place is behind the last entry that comes before this one by these rules.
"""

from __future__ import annotations

from isegoria.domain.session import Entry, Session
from isegoria.domain.values import EntryId, EntryKind

Rank = tuple[int, int, int]


def at_end_of_segment(session: Session, entry: Entry, *, not_before_now: bool = False) -> EntryId | None:
    """The entry before which `entry` is placed; None for the end of the list.

    With `not_before_now`, an entry whose segment is over goes to the end of the running one (Q5).
    """
    floor = session.segment_index(session.segment) if not_before_now else -1
    mine = _rank(session, entry, floor)
    others = [other for other in session.order if other != entry.id]
    ranks = [_rank(session, session.entries[other], floor) for other in others]
    behind = max((i + 1 for i, rank in enumerate(ranks) if rank <= mine), default=0)
    return others[behind] if behind < len(others) else None


def _rank(session: Session, entry: Entry, floor: int) -> Rank:
    segment = max(session.segment_index(entry.segment), floor)
    return (
        0 if entry.kind is EntryKind.POINT_OF_ORDER else 1,
        segment,
        1 if entry.kind is EntryKind.RIGHT_OF_REPLY else 0,
    )
