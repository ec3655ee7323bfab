"""What leaves a room and when, by a clock that the tests move (C17)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import CaptionSegment, CaptionStatus
from isegoria.live.rooms import FRESH, HELD, MOST_TOLD, STALE, CaptionFrame, Room

PARTIAL, FINAL, RETRACTED = CaptionStatus.PARTIAL, CaptionStatus.FINAL, CaptionStatus.RETRACTED


def final(position: int, name: str | None = None, revision: int = 9) -> CaptionSegment:
    return segment(name or f"s{position}", FINAL, revision, position)


def partial(name: str, revision: int = 1) -> CaptionSegment:
    return segment(name, PARTIAL, revision)


def segment(name: str, status: CaptionStatus, revision: int, position: int | None = None) -> CaptionSegment:
    return CaptionSegment(
        source="f",
        segment_id=name,
        revision=revision,
        status=status,
        language="en",
        text=f"{name} {revision}",
        received_at=0,
        spoken_at=0,
        position=position,
    )


def told(room: Room, segments: Iterable[CaptionSegment], now: float, took: float = 0) -> list[str] | None:
    """The texts that leave at `now` when these came in; None if nothing may leave."""
    for one in segments:
        room.offer(one)
    due = room.due()
    if due is None or due > now:
        return None
    frame = room.collect(now)
    room.sent(now, now + took)
    return [one.text for one in frame.segments] if frame else None


def test_C17_the_first_news_leaves_at_once() -> None:
    assert told(Room("en"), [partial("a")], now=1_000) == ["a 1"]


def test_C17_what_comes_within_a_tick_leaves_together_at_its_end() -> None:
    room = Room("en")
    assert told(room, [final(1)], 1_000) == ["s1 9"]
    assert told(room, [final(2)], 1_010) is None
    assert told(room, [final(3), partial("p")], 1_039) is None
    assert told(room, [], 1_040) == ["s2 9", "s3 9", "p 1"]


def test_C17_newer_partials_replace_older_ones() -> None:
    room = Room("en")
    told(room, [final(1)], 1_000)
    assert told(room, [partial("a", number) for number in (1, 2, 3)], 1_040) == ["a 3"]


def test_C17_a_partial_of_the_same_segment_leaves_every_125_ms() -> None:
    room = Room("en")
    assert told(room, [partial("a", 1)], 1_000) == ["a 1"]
    assert told(room, [partial("a", 2)], 1_124) is None
    assert told(room, [partial("b", 1)], 1_124) == ["b 1"]
    assert room.due() == 1_164, "the tick of b's frame comes after the 125 ms of a"
    assert told(room, [], 1_164) == ["a 2"]


def test_C17_a_final_does_not_wait_for_its_partials_125_ms() -> None:
    room = Room("en")
    told(room, [partial("a", 1)], 1_000)
    assert told(room, [partial("a", 2), final(1, "a", 3)], 1_040) == ["a 3"]
    assert room.due() is None


@pytest.mark.parametrize(("took", "tick"), [(0, 40), (20, 40), (30, 60), (100, 200), (900, 250)])
def test_C17_a_tick_is_twice_what_the_last_round_took_within_bounds(took: float, tick: float) -> None:
    room = Room("en")
    told(room, [final(1)], 1_000, took)
    room.offer(final(2))
    assert room.due() == 1_000 + tick


def test_C5_a_partial_that_comes_after_its_final_is_not_shown() -> None:
    room = Room("en")
    told(room, [final(1, "a", 3)], 1_000)
    assert told(room, [partial("a", 2)], 2_000) is None
    assert told(room, [final(2, "b", 3), partial("b", 2)], 2_000) == ["b 3"]


def test_an_entry_that_comes_twice_leaves_once() -> None:
    room = Room("en")
    assert told(room, [final(1), final(1)], 1_000) == ["s1 9"]
    assert told(room, [final(1)], 2_000) is None


def test_a_partial_whose_owner_is_gone_is_taken_back() -> None:
    room = Room("en")
    told(room, [partial("a")], 1_000)
    assert room.due() == 1_000 + STALE
    frame = room.collect(1_000 + STALE)
    assert frame
    assert [(one.status, one.text, one.revision) for one in frame.segments] == [(RETRACTED, "", 2)]
    assert (room.due(), room.so_far(None).segments) == (None, ())


def test_a_frame_says_where_it_begins_and_ends() -> None:
    room = Room("en")
    room.load([final(7)])
    room.offer(final(8))
    room.offer(final(9))
    room.offer(partial("p"))
    frame = room.collect(0)
    assert frame
    assert (frame.after, frame.position, len(frame.segments)) == (7, 9, 3)


def test_off_the_record_a_final_leaves_without_a_position_and_ends_its_partial() -> None:
    room = Room("en")
    told(room, [partial("a", 1)], 1_000)
    assert told(room, [segment("a", FINAL, 2)], 1_040) == ["a 2"]
    assert (room.position, room.so_far(None).segments) == (0, ())


def test_a_joiner_gets_the_newest_the_open_ones_and_whether_there_are_more() -> None:
    room = Room("en")
    room.load(final(number) for number in range(1, 151))
    told(room, [partial("p")], 0)
    frame = room.so_far(None)
    assert (frame.after, frame.position, frame.more, len(frame.segments)) == (50, 150, True, FRESH + 1)
    assert frame.segments[-1].text == "p 1"


def test_a_joiner_gets_nothing_that_the_room_is_still_to_get() -> None:
    room = Room("en")
    told(room, [final(1)], 0)
    room.offer(final(2))
    room.offer(partial("p"))
    assert [one.position for one in room.so_far(None).segments] == [1]


def test_a_joiner_from_a_replica_that_is_ahead_stays_there() -> None:
    room = Room("en")
    room.load([final(1)])
    frame = room.so_far(5)
    assert (frame.after, frame.position, frame.segments) == (5, 5, ())


def test_what_a_room_holds_is_bounded() -> None:
    room = Room("en")
    for number in range(1, HELD + 51):
        told(room, [final(number)], number * 40)
    assert room.has_since(50)
    assert not room.has_since(49)


class Reader:
    """Reads as a browser does: ignores what it had, and notices what it missed."""

    def __init__(self, first: CaptionFrame) -> None:
        self.positions: list[int] = []
        self.position = first.after
        self.shown: dict[str, str] = {}
        self.get(first)

    def get(self, frame: CaptionFrame) -> None:
        assert frame.after == self.position, "neither gap nor repeat"
        self.position = frame.position
        for one in frame.segments:
            if one.position is not None:
                self.positions.append(one.position)
            if one.status is PARTIAL:
                self.shown[one.segment_id] = one.text
            else:
                self.shown.pop(one.segment_id, None)


COMING: st.SearchStrategy[str | float | tuple[str, int]] = st.one_of(
    st.just("final"),
    st.tuples(st.sampled_from("ab"), st.integers(1, 50)),
    st.integers(1, 400).map(float),
    st.just("join"),
)


@given(st.lists(COMING, max_size=80))
def test_C17_everyone_gets_every_final_once_and_in_order_whenever_they_come(
    steps: list[str | float | tuple[str, int]],
) -> None:
    room, now, last = Room("en"), 0.0, 0
    readers = [Reader(room.so_far(None))]
    frames: list[float] = []
    for step in [*steps, 10_000.0]:
        match step:
            case "final":
                last += 1
                room.offer(final(last))
            case str():
                readers.append(Reader(room.so_far(None)))
            case (str() as name, int() as revision):
                room.offer(partial(name, revision))
            case float() as later:
                now += later
        while (due := room.due()) is not None and due <= now:
            frame = room.collect(max(due, frames[-1] if frames else 0))
            frames.append(due)
            room.sent(due, due)
            for reader in readers:
                if frame:
                    reader.get(frame)
    assert all(later - earlier >= 40 for earlier, later in itertools.pairwise(frames))
    assert readers[0].positions == list(range(1, last + 1))
    assert all(
        reader.positions == list(range(last + 1))[-len(reader.positions) :] for reader in readers if reader.positions
    )
    assert all(reader.position == last and reader.shown == readers[0].shown for reader in readers)


def test_those_who_come_at_one_position_get_the_same_frame_until_there_is_news() -> None:
    room = Room("en")
    told(room, [final(1).model_copy(update={"speaker_label": "S1"})], 1_000)
    public = room.so_far(None, team=False)
    assert room.so_far(None, team=False) is public
    assert public.segments[0].speaker_label is None
    assert room.so_far(None).segments[0].speaker_label == "S1"
    told(room, [final(2), partial("p")], 1_040)
    assert [one.text for one in room.so_far(None, team=False).segments] == ["s1 9", "s2 9", "p 1"]
    assert [one.text for one in room.so_far(1).segments] == ["s2 9", "p 1"]
    room.load([final(3)])
    assert [one.position for one in room.so_far(1).segments] == [2, 3, None]


def test_whatever_positions_joiners_name_little_is_kept_for_them() -> None:
    room = Room("en")
    told(room, [final(1)], 1_000)
    for since in range(2, 10_000):
        assert room.so_far(since).position == since
    assert len(room._told) <= MOST_TOLD
