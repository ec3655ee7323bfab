"""Does the ruler see what is wrong?"""

from __future__ import annotations

import pytest

from tests.load.hearing import Ears, Reader
from tests.load.table import percentile

FRAMES = [
    (0, 0, "@@p0:0@@ and"),
    (0, 1, "@@f0:0@@ and so"),
    (1, 1, "@@p1:7@@ the"),
    (1, 2, "@@f1:7@@ the city"),
]


def heard(frames: list[tuple[int, int, str]]) -> Reader:
    reader = Reader(Ears())
    for after, position, text in frames:
        place = f'"track":"en","after":{after},"position":{position}'
        reader.hear(f'42["captions",{{{place},"segments":[{{"text":"{text}"}}]}}]'.encode())
    return reader


def test_who_got_everything_once_is_complete() -> None:
    reader = heard(FRAMES)
    assert reader.complete(2)
    assert len(reader.ears.delays_ms) == 2


def test_a_partial_may_be_passed_over_by_its_final() -> None:
    assert heard(FRAMES[1:]).complete(2)


@pytest.mark.parametrize(
    "frames",
    [FRAMES[:-1], FRAMES[:1] + FRAMES[2:], [*FRAMES, FRAMES[-1]], [*FRAMES[:3], FRAMES[2], FRAMES[3]], FRAMES[::-1]],
    ids=["last_lost", "first_lost", "final_twice", "partial_twice", "backwards"],
)
def test_who_did_not_is_not(frames: list[tuple[int, int, str]]) -> None:
    assert not heard(frames).complete(2)


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(1, 101)]
    assert [percentile(values, percent) for percent in (50, 99, 100)] == [50, 99, 100]
    assert percentile([3.0], 50) == 3.0
