"""One feed of a live session without server or store: what its adapter makes goes through the rules of the domain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from isegoria.domain import keeping
from isegoria.domain.captions import Caption, CaptionSegment, CaptionStatus, Feed, Mode
from isegoria.domain.keeping import Circumstances
from isegoria.domain.revisions import FINAL_TIMEOUT, FeedState, Merged
from tests.live.stage import FLOOR, NOON, live_session

Adapted: TypeAlias = tuple[FeedState, Sequence[Caption]]


@dataclass
class Hearing:
    mode: Mode
    feed: Feed = FLOOR
    now: int = NOON
    state: FeedState = field(default_factory=FeedState)
    kept: list[CaptionSegment] = field(default_factory=list)
    shown: list[CaptionSegment] = field(default_factory=list)
    dropped: int = 0

    def take(self, step: Callable[[FeedState], Adapted]) -> list[Caption]:
        """What the adapter made of what came in, after all else was done with it."""
        after, sent = step(self.state)
        self._merged(keeping.receive(self.state, after, sent, self.mode, self._now()))
        return list(sent)

    def wait(self) -> None:
        """Nothing comes for so long that what is open becomes final."""
        self.now += FINAL_TIMEOUT
        self._merged(keeping.expire(self.state, self._now()))

    def finals(self) -> list[str]:
        """What a reader of the transcript reads: the newest of each segment, in the order of their beginning."""
        newest = {segment.key: segment for segment in self.kept if segment.status is not CaptionStatus.GAP}
        return [segment.text for segment in newest.values() if segment.text]

    def open(self) -> list[str]:
        return [partial.text for partial in self.state.open]

    def statuses(self) -> list[tuple[str, str]]:
        return [(one.status.value, one.text) for one in self.kept if one.status is not CaptionStatus.GAP]

    def _merged(self, merged: Merged) -> None:
        # As the store does: whoever goes on has only the bytes.
        self.state = FeedState.from_bytes(merged.state.to_bytes())
        self.kept += merged.kept
        self.shown += merged.shown
        self.dropped += merged.dropped

    def _now(self) -> Circumstances:
        return Circumstances(feed=self.feed, session=live_session(), now=self.now)
