"""A feed on a bad line, as Hypothesis makes it: whatever happens on the way, readers end with what was said.

The feed numbers nothing and has no history: a phrase comes again under its id until it is final. C5 to C7, C11, C18.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain import keeping, revisions
from isegoria.domain.captions import Caption, CaptionSegment, CaptionStatus, Feed, Key, Mode
from isegoria.domain.keeping import Circumstances
from isegoria.domain.revisions import FeedState, Merged
from isegoria.domain.session import Session
from isegoria.domain.values import Instant
from tests.domain.story import NOON, S, live

FEED = Feed(id="es", name="Wordly", track="es", language="es", is_translation=True)
PARTIAL, FINAL, GAP = CaptionStatus.PARTIAL, CaptionStatus.FINAL, CaptionStatus.GAP

Happening: TypeAlias = Literal["nothing", "line lost", "replica killed", "final again", "late partial", "ten seconds"]
TOLD_EVERY = 4 * S
"""How often a replica stores that it has heard a feed that it holds."""
HAPPENINGS: list[Happening] = ["nothing", "line lost", "replica killed", "final again", "late partial", "ten seconds"]


@dataclass
class Held:
    """A held connection, and what the replica that holds it keeps; `stored` outlives it."""

    session: Session = field(default_factory=lambda: live().session)
    now: Instant = NOON + 60 * S
    state: FeedState = field(default_factory=FeedState)
    stored: bytes = b""
    told: Instant = 0
    kept: list[CaptionSegment] = field(default_factory=list)

    def take(self, *captions: Caption) -> None:
        self.now += 100
        self._done(keeping.receive(self.state, self.state, captions, Mode.REVISE, self._at()))

    def wait(self, seconds: int) -> None:
        self.now += seconds * S
        self._done(keeping.expire(self.state, self._at()))

    def connect(self) -> None:
        self._done(Merged(revisions.connect(self.state)))

    def lose_line(self) -> None:
        self.wait(3)
        self.state = self.state.model_copy(update={"lost": self.state.heard_at is not None})
        self.connect()

    def be_killed(self) -> None:
        self.now += 6 * S
        self.state = FeedState.from_bytes(self.stored)
        self.connect()

    def _at(self) -> Circumstances:
        return Circumstances(FEED, self.session, self.now, held=True)

    def _done(self, merged: Merged) -> None:
        heard_at = merged.state.heard_at or 0
        if merged.kept or merged.state.lasting != self.state.lasting or heard_at - self.told >= TOLD_EVERY:
            self.stored, self.told = merged.state.to_bytes(), heard_at
        self.state = merged.state
        self.kept += merged.kept


def phrase(name: str, text: str, status: CaptionStatus = FINAL) -> Caption:
    return Caption.model_validate({"segment_id": name, "text": text, "status": status})


def tell(held: Held, texts: Sequence[str], happenings: Sequence[Happening]) -> None:
    """Each text as half a partial, a partial that is too long, and its final, with something in between each time."""
    happening = iter(happenings)
    before: Caption | None = None
    held.connect()
    for number, text in enumerate(texts):
        final = phrase(f"p{number}", text)
        for said in (
            phrase(final.segment_id, text[: len(text) // 2], PARTIAL),
            phrase(final.segment_id, text * 2, PARTIAL),
        ):
            held.take(said)
            befall(held, next(happening), before)
        held.take(final)
        before = final
        befall(held, next(happening), before)


def befall(held: Held, happening: Happening, before: Caption | None) -> None:
    match happening:
        case "line lost":
            held.lose_line()
        case "replica killed":
            held.be_killed()
        case "final again":
            held.take(*([before] if before else []))
        case "late partial":
            held.take(*([before.model_copy(update={"status": PARTIAL, "text": before.text[:3]})] if before else []))
        case "ten seconds":
            held.wait(10)
        case "nothing":
            pass


def read(kept: Sequence[CaptionSegment]) -> list[str]:
    """What a reader has in the end, in the order in which it came at first."""
    newest: dict[Key, CaptionSegment] = {}
    for segment in kept:
        known = newest.get(segment.key)
        assert known is None or segment.revision > known.revision, "revisions that are given on rise"
        newest[segment.key] = segment
    return [segment.text for segment in newest.values() if segment.status is not GAP]


@given(
    st.lists(
        st.text(min_size=2, max_size=12).filter(lambda text: text.isprintable() and text.strip()),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_C5_C6_C7_C18_readers_end_with_what_was_said_whatever_happened(texts: list[str], data: st.DataObject) -> None:
    times = 3 * len(texts)
    happenings = data.draw(st.lists(st.sampled_from(HAPPENINGS), min_size=times, max_size=times))
    held = Held()
    tell(held, texts, happenings)
    assert read(held.kept) == texts
    assert held.state.open == ()


@given(st.lists(st.sampled_from(HAPPENINGS), min_size=9, max_size=9))
def test_C11_each_loss_leaves_one_gap_and_nothing_else_leaves_any(happenings: list[Happening]) -> None:
    held = Held()
    tell(held, ["one", "two", "three"], [*happenings])
    held.take(phrase("p9", "the end"))
    losses = sum(happening in ("line lost", "replica killed") for happening in happenings)
    assert sum(segment.status is GAP for segment in held.kept) == losses
