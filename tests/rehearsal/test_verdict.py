"""What a test of capacity says to whoever organises a consultation."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from isegoria.rehearsal.verdict import Level, carried, described, table, verdict

GOOD = Level(
    attendees=2_000,
    failed=0,
    why="",
    joined_s=3.1,
    join_p99_ms=140.0,
    caption_p50_ms=12.0,
    caption_p99_ms=40.2,
    press_ms=12.0,
    end_p99_ms=9.0,
    dropped=0,
    missed=0,
    server_share=0.31,
    server_mb=140.0,
    own_share=0.2,
)
LATE = replace(GOOD, attendees=4_000, caption_p99_ms=612.0)


def test_what_is_carried_is_said_in_the_organisers_words() -> None:
    said = " ".join(verdict([GOOD], 2_000))
    assert "2,000 attendees: captions arrive within 40 ms for 99 of 100" in said
    assert "This server carries them." in said
    assert "31% of one core and 140 MB" in said


def test_what_is_not_carried_is_said_with_its_reason_and_what_to_do() -> None:
    said = " ".join(verdict([GOOD, LATE], 4_000))
    assert "At 4,000 attendees captions came later than 250 ms for 1 of 100 (612 ms)." in said
    assert "Start a second replica" in said
    assert "One carries 2,000." in said


@pytest.mark.parametrize(
    ("worse", "words"),
    [
        ({"failed": 3, "why": "no answer in time"}, "3 did not get in (no answer in time)"),
        ({"dropped": 2}, "2 lost their connection"),
        ({"missed": 1}, "1 did not get every caption exactly once"),
        ({"press_ms": 501.0}, "a moderator's press was confirmed later than 500 ms (501 ms)"),
        ({"end_p99_ms": 1_250.0}, "the end of a turn was seen later than 250 ms by 1 of 100 (1.2 s)"),
        ({"join_p99_ms": 5_001.0}, "coming in took longer than 5.0 s"),
        ({"caption_p99_ms": math.nan}, "no caption was heard"),
        ({"press_ms": math.nan}, "no press was confirmed"),
        ({"end_p99_ms": math.nan}, "nobody saw the end of a turn"),
    ],
    ids=["failed", "dropped", "missed", "press", "end", "join", "silence", "no press", "no end"],
)
def test_each_thing_that_people_would_complain_about_counts(worse: dict[str, Any], words: str) -> None:
    level = replace(GOOD, **worse)
    assert not carried(level)
    assert words in " ".join(verdict([level], 2_000))


@pytest.mark.parametrize(
    ("worse", "advice"),
    [
        ({"failed": 9, "why": "the server answered: 503 Service Unavailable"}, "ISEGORIA_CONNECTIONS_PER_ADDRESS"),
        ({"failed": 9, "why": "[Errno 24] Too many open files"}, "ulimit -n"),
        ({"caption_p99_ms": 900.0, "own_share": 0.97}, "--url"),
    ],
    ids=["connections", "files", "generator"],
)
def test_the_advice_fits_what_was_in_the_way(worse: dict[str, Any], advice: str) -> None:
    assert advice in " ".join(verdict([replace(GOOD, **worse)], 2_000))


def test_who_was_not_tried_is_not_said_to_be_carried() -> None:
    assert "More than 2,000 were not tried" in " ".join(verdict([GOOD], 30_000))


def test_the_curve_has_a_line_for_each_number_of_attendees() -> None:
    lines = table([replace(GOOD, attendees=500), GOOD]).splitlines()
    assert [line.split()[0] for line in lines] == ["attendees", "500", "2,000"]
    assert len({len(line) for line in lines}) == 1


def test_programs_get_null_where_nothing_was_heard() -> None:
    told = json.loads(json.dumps(described([GOOD, replace(LATE, end_p99_ms=math.nan)], 4_000, ["..."])))
    assert told["carried"] == 2_000
    assert [level["carried"] for level in told["levels"]] == [True, False]
    assert told["levels"][1]["end_p99_ms"] is None
