"""The feeds of a session as all replicas together see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from isegoria.views.models import FeedView

_BEST = ("muted", "ok", "silent", "never")


def together(parts: Iterable[Sequence[FeedView]]) -> tuple[FeedView, ...]:
    """The replicas' views of the same feeds as one: the best state, the newest receipt, all that was dropped.

    Of a connection that is held, or made anew, only who does so knows how it is.
    """
    joined: dict[str, FeedView] = {}
    for view in (view for part in parts for view in part):
        other = joined.setdefault(view.feed, view)
        if other is view:
            continue
        newest = max(view, other, key=lambda one: one.last_at or 0)
        held = next((one for one in (view, other) if one.link == "connected"), None)
        held = held or next((one for one in (view, other) if one.link), newest)
        joined[view.feed] = newest.model_copy(
            update={
                "state": held.state if held.link else min(view.state, other.state, key=_BEST.index),
                "dropped": view.dropped + other.dropped,
                "link": held.link,
                "problem": held.problem,
            }
        )
    return tuple(joined.values())
