"""A session file: what it says, and what is told when it does not fit."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import Origin, StreamText, Wordly
from isegoria.domain.context import Context
from isegoria.domain.decide import decide
from isegoria.domain.errors import Refused
from isegoria.domain.roles import Actor
from isegoria.domain.session import Session
from isegoria.domain.values import Attribution, Enforcement, Instant, Role, SegmentKind
from isegoria.session_file import EXAMPLE, SessionFile, about, feeds, moved_to, read_session_file, schedule

SYSTEM = Actor(role=Role.SYSTEM)
TEXT = """\
title = "Short"
timezone = "Europe/Madrid"
starts_at = 2025-07-01T15:00:00
ends_at = 2025-07-01T16:00:00
languages = ["en"]

[[segments]]
title = "One"
kind = "topic"
minutes = 50

[[segments]]
title = "Two"
kind = "topic"
minutes = 10
limit_s = 60

[[captions]]
track = "floor"
language = "en"
feed = { id = "main", name = "Captioner", lag_s = 2.5 }

[[staff]]
name = "Mia"
role = "moderator"
"""


def read(text: str = TEXT) -> SessionFile:
    return read_session_file(text.encode())


def utc(*parts: int) -> Instant:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000  # type: ignore[misc,arg-type]


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        read(text)
    assert caught.value.code == "malformed"
    return caught.value.message


# --- what it says --------------------------------------------------------------------------------


def test_the_example_is_the_consultation_of_1_july_2025() -> None:
    file = read_session_file(EXAMPLE.read_bytes())
    planned = schedule(file)
    assert (planned.timezone, planned.rehearsal) == ("Europe/Madrid", False)
    assert planned.starts_at == utc(2025, 7, 1, 13)
    assert planned.ends_at == utc(2025, 7, 1, 15)
    assert planned.doors_at == utc(2025, 7, 1, 12, 30)
    assert planned.modalities.limit == 180_000
    assert [segment.kind for segment in planned.segments].count(SegmentKind.TOPIC) == 4
    assert sum(segment.planned for segment in planned.segments) == 115 * 60_000
    assert {staff.role for staff in file.staff} == {Role.MODERATOR, Role.SECRETARIAT, Role.RAPPORTEUR}
    decide(Session(id="s"), planned, Context(SYSTEM, 0))


def test_S3_deadlines_are_data_with_their_source_and_a_date_means_its_end_there() -> None:
    deadlines = about(read_session_file(EXAMPLE.read_bytes())).written_input
    assert [deadline.at for deadline in deadlines] == [utc(2025, 6, 30, 21, 59, 59), utc(2025, 7, 15, 21, 59, 59)]
    assert all(deadline.source and deadline.timezone == "Europe/Madrid" for deadline in deadlines)


def test_what_is_left_out_has_the_usual_value() -> None:
    planned = schedule(read())
    assert planned.modalities.warnings == (60_000, 30_000)
    assert (planned.modalities.grace, planned.modalities.enforcement) == (10_000, Enforcement.CLOSE)
    assert planned.default_attribution is Attribution.ORGANISATION
    assert planned.list_closes_at is None
    assert planned.starts_at - planned.doors_at == 30 * 60_000


def test_R8_titles_are_apart_from_what_the_journal_gets() -> None:
    file = read()
    assert "Short" not in schedule(file).model_dump_json()
    assert [segment.id for segment in schedule(file).segments] == ["s1", "s2"]
    assert about(file).segments == {"s1": "One", "s2": "Two"}
    assert [segment.limit for segment in schedule(file).segments] == [None, 60_000]


def test_captions_are_tracks_for_readers_and_feeds_for_sources() -> None:
    file = read()
    [track], [feed] = about(file).tracks, feeds(file)
    assert (track.track, track.language, track.feed, track.machine) == ("floor", "en", "main", True)
    assert (feed.id, feed.name, feed.track, feed.lag, feed.origin) == (
        "main",
        "Captioner",
        "floor",
        2_500,
        Origin.MACHINE,
    )


def test_a_rehearsal_is_said_to_be_one() -> None:
    assert schedule(read(), rehearsal=True).rehearsal


@pytest.mark.parametrize("text", ["\ufeff" + TEXT, TEXT.replace("\n", "\r\n")], ids=["mark", "windows"])
def test_a_file_of_any_editor_reads_the_same(text: str) -> None:
    assert read(text) == read()


# --- times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", ["+02:00", ""])
def test_a_local_time_is_read_in_the_zone(offset: str) -> None:
    assert read(changed("T15:00:00", f"T15:00:00{offset}")).starts_at == utc(2025, 7, 1, 13)


@pytest.mark.parametrize("offset", ["+01:00", "Z"])
def test_an_offset_that_disagrees_is_refused(offset: str) -> None:
    message = refusal(changed("T15:00:00", f"T15:00:00{offset}"))
    assert message.startswith("starts_at (line 3): the offset ")
    assert "which is +02:00" in message


def test_a_local_time_that_does_not_exist_is_refused() -> None:
    message = refusal(changed("2025-07-01T15:00:00", "2025-03-30T02:30:00"))
    assert message == (
        "starts_at (line 3): 2025-03-30 02:30 does not exist in Europe/Madrid: the clocks are put forward then."
    )


def test_a_local_time_that_exists_twice_is_refused_until_its_offset_is_named() -> None:
    twice = changed("2025-07-01T15:00:00", "2024-10-27T02:30:00")
    assert "exists twice in Europe/Madrid, as the clocks are put back: add +02:00 or +01:00" in refusal(twice)
    first, second = (read(twice.replace("02:30:00", f"02:30:00{offset}")) for offset in ("+02:00", "+01:00"))
    assert (first.starts_at, second.starts_at) == (utc(2024, 10, 27, 0, 30), utc(2024, 10, 27, 1, 30))


@given(st.integers(0, 2_000_000_000_000))
def test_moving_adds_one_difference_to_all_instants(starts_at: Instant) -> None:
    file = read_session_file(EXAMPLE.read_bytes())
    moved = moved_to(file, starts_at)
    by = starts_at - file.starts_at
    old, new = schedule(file), schedule(moved)
    assert old.list_closes_at is not None
    assert (new.doors_at, new.starts_at, new.ends_at) == (old.doors_at + by, starts_at, old.ends_at + by)
    assert new.list_closes_at == old.list_closes_at + by
    assert [d.at for d in about(moved).written_input] == [d.at + by for d in about(file).written_input]


def test_moving_keeps_what_is_not_there() -> None:
    assert schedule(moved_to(read(), 0)).list_closes_at is None


# --- what is told when it does not fit ------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minutes = 10", 'minutes = "ten"', 'segments[1].minutes (line 15): whole minutes from 0 to 600 are wanted'),
        ("minutes = 10", "minutes = 10.5", "segments[1].minutes (line 15): whole minutes from 0 to 600 are wanted"),
        ("minutes = 10", "minutes = true", "segments[1].minutes (line 15): whole minutes from 0 to 600 are wanted"),
        ("minutes = 10", "minute = 10", 'segments[1].minute (line 15): there is no such key; the nearest is "minutes"'),
        ("minutes = 10", "", "segments[1].minutes (line 12): this is missing: whole minutes"),
        ('title = "Short"', "", "title: this is missing: a text in quotes is wanted"),
        ('title = "Short"', 'title = "  "', "title (line 1): a text in quotes is wanted"),
        ('"Europe/Madrid"', '"CET"', 'timezone (line 2): "CET" is no place: name one, like "Europe/Madrid"'),
        ('"Europe/Madrid"', '"Europe/Madird"', 'no zone "Europe/Madird"; the nearest is "Europe/Madrid"'),
        ('"Europe/Madrid"', '"../etc/passwd"', "timezone (line 2): the IANA list has no zone"),
        ("2025-07-01T15:00:00", '"2025-07-01T15:00:00"', "starts_at (line 3): a date and time without quotes"),
        ("2025-07-01T15:00:00", "2025-07-01", "starts_at (line 3): a date and time without quotes"),
        ("2025-07-01T16:00:00", "2025-07-01T15:00:00", "ends_at (line 4): a time after starts_at is wanted"),
        ('["en"]', '["English"]', 'languages[0] (line 5): a language tag in quotes, like "es" or "pt-BR", is wanted'),
        ('["en"]', '"en"', "languages (line 5): language tags in [ ]"),
        ('kind = "topic"', 'kind = "theme"', 'segments[0].kind (line 9): one of "opening", "topic", "reactions"'),
        ("limit_s = 60", "limit_s = 5", "segments[1].limit_s (line 16): whole seconds from 15 to 3600 are wanted"),
        ('"Captioner"', "7", "captions[0].feed.name (line 21): a text in quotes is wanted"),
        ('id = "main"', 'id = "Main feed"', "captions[0].feed.id (line 21): a short id of a-z"),
        ('"moderator"', '"speaker"', 'staff[0].role (line 25): one of "moderator", "secretariat", "rapporteur"'),
        ("[[staff]]", "[modalities]\nlimits_s = 3\n[[staff]]", 'modalities.limits_s (line 24): there is no such key'),
        ("[[staff]]", "[modalities]\nwarnings_s = [60, -1]\n[[staff]]", "modalities.warnings_s[1] (line 24): whole"),
        ("[[staff]]", "colour = 1\n[[staff]]", "captions[0].colour (line 23): there is no such key; here are known:"),
        (
            "[[staff]]",
            "[modalities]\nlist_closes_at = 2025-07-01T17:00:00\n[[staff]]",
            "modalities.list_closes_at (line 24): a time between the doors and the end is wanted",
        ),
        (
            "[[staff]]",
            '[[deadlines]]\nat = "end of day"\ntimezone = "Europe/Madrid"\nsource = "x"\n[[staff]]',
            "deadlines[0].at (line 24): a date, whose end is meant, or a date and time",
        ),
        (
            "[[staff]]",
            '[[deadlines]]\nat = 2025-07-15\nsource = "x"\n[[staff]]',
            "deadlines[0].timezone (line 23): this is missing: a zone of the IANA list",
        ),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_key_line_and_what_is_wanted(old: str, new: str, message: str) -> None:
    assert message in refusal(changed(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[staff]]", "[[staff]", "The file (line 23): this is not TOML, at column 8"),
        ("minutes = 10", "minutes = ten", "The file (line 15): this is not TOML, at column 11: invalid value"),
        ('"Short"', '"Short', "The file (line 1): this is not TOML, at column 15"),
    ],
)
def test_broken_toml_is_told_with_line_and_column(old: str, new: str, message: str) -> None:
    assert refusal(changed(old, new)).startswith(message)


def test_all_problems_are_told_in_the_order_of_the_lines() -> None:
    message = refusal(TEXT.replace("minutes = 10", "minute = 10").replace('["en"]', "[]\ncolour = 1"))
    assert [line.split(":")[0] for line in message.splitlines()] == [
        "languages (line 5)",
        "colour (line 6)",
        "segments[1].minutes (line 13)",
        "segments[1].minute (line 16)",
    ]


def test_a_refusal_holds_key_and_line_as_values() -> None:
    with pytest.raises(Refused) as caught:
        read(changed("minutes = 10", "minutes = -1"))
    assert caught.value.detail == {"key": "segments[1].minutes", "line": 15}


def test_without_a_zone_times_are_not_complained_about() -> None:
    assert refusal(changed('timezone = "Europe/Madrid"', "")).count("\n") == 0


def test_a_feed_has_one_track() -> None:
    again = '[[captions]]\ntrack = "es"\nlanguage = "es"\nfeed = { id = "main", name = "Other" }\n'
    assert 'captions (line 18): a feed has one track, and "main" is named twice' in refusal(TEXT + again)


def test_somebody_must_be_able_to_speak() -> None:
    message = refusal(TEXT.replace('kind = "topic"', 'kind = "opening"'))
    assert message.startswith('segments (line 7): at least one segment of the kind "topic" or "reactions" is wanted')


@pytest.mark.parametrize("data", [b"\xff\xfe", b"title = 1\n\xe9 = 2", b"a = " + b"[" * 5_000, b"x" * 100_001, b""])
def test_any_other_bytes_are_refused_and_never_raise(data: bytes) -> None:
    with pytest.raises(Refused):
        read_session_file(data)


@given(st.binary(max_size=200) | st.text(alphabet='[]="abc.\n 1-:T', max_size=200).map(str.encode))
def test_no_bytes_raise_anything_but_a_refusal(data: bytes) -> None:
    with pytest.raises(Refused):
        read_session_file(data)


@given(st.integers(0, len(TEXT) - 1), st.sampled_from(list('"[]={}\n#x9-')))
def test_no_slip_of_the_finger_raises_anything_but_a_refusal(place: int, character: str) -> None:
    try:
        read(TEXT[:place] + character + TEXT[place + 1 :])
    except Refused as refused:
        assert refused.message  # noqa: PT017


# --- feeds that are fetched ------------------------------------------------------------------------

FEED = 'feed = { id = "main", name = "Captioner", lag_s = 2.5 }'


def test_one_wordly_code_serves_all_feeds_of_that_service() -> None:
    text = changed(FEED, 'feed = { id = "main", name = "Wordly", service = "wordly" }')
    text += """
[[captions]]
track = "zh"
language = "zh"
is_translation = true
feed = { id = "zh", name = "Wordly", service = "wordly", service_language = "zh-HANS" }

[wordly]
code = "abcd 1234"
passcode = "pass"
"""
    assert [feed.pulled for feed in feeds(read(text))] == [
        Wordly(code="ABCD-1234", passcode="pass", language="en"),
        Wordly(code="ABCD-1234", passcode="pass", language="zh-HANS"),
    ]


def test_the_code_may_come_later() -> None:
    [feed] = feeds(read(changed(FEED, 'feed = { id = "main", name = "Wordly", service = "wordly" }')))
    assert feed.pulled == Wordly(code="", language="en")


def test_a_streamtext_event_is_read() -> None:
    text = changed(FEED, 'feed = { id = "main", name = "CART", service = "streamtext", event = "OHCHR" }')
    assert feeds(read(text))[0].pulled == StreamText(event="OHCHR", language="en")


def test_a_feed_that_pushes_is_not_fetched() -> None:
    [feed] = feeds(read())
    assert (feed.pulled, feed.rolls_up) == (None, False)
    assert feeds(read(changed(FEED, 'feed = { id = "main", name = "CART", rolls_up = true }')))[0].rolls_up


@pytest.mark.parametrize(
    ("feed", "told"),
    [
        ('service = "zoom"', 'one of "wordly", "streamtext" is wanted, not "zoom"'),
        ('service = "streamtext"', "the name of the StreamText event is wanted"),
        ('event = "OHCHR"', "the name of the StreamText event is wanted"),
    ],
)
def test_what_no_feed_is_fetched_from_is_told(feed: str, told: str) -> None:
    with pytest.raises(Refused) as caught:
        read(changed(FEED, f'feed = {{ id = "main", name = "Captioner", {feed} }}'))
    assert told in caught.value.message


def test_a_wrong_wordly_code_is_told() -> None:
    with pytest.raises(Refused) as caught:
        read(TEXT + '\n[wordly]\ncode = "1234"\n')
    assert 'the code of a Wordly session, like "ABCD-1234", is wanted' in caught.value.message
