"""The figures of a session, and that they add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.balance import balance
from isegoria.domain.people import People, Person
from isegoria.domain.values import MINUTE, Constituency, PauseReason, Region, Tier
from isegoria.report.model_statistics import UNKNOWN, Row, Statistics
from isegoria.report.record import record
from isegoria.report.statistics import shares, statistics
from tests.domain.story import NOON, SYSTEM, S, Story, live, scheduled
from tests.domain.test_properties import PROPERTY, crowded, go
from tests.report.journals import finish, journal_of, lose
from tests.report.transcripts import INTERNAL, PUBLISHABLE, heard, roster

GROUPS = ["constituencies", "regions", "first_time"]


def figures(story: Story, tier: Tier = PUBLISHABLE, people: People | None = None) -> Statistics:
    people = people or story.people
    return statistics(record("s", journal_of(story), people, {}), story.session, people, tier)


def told(rows: Sequence[Row]) -> dict[str, tuple[int, int, float]]:
    """key -> interventions, those without a time, minutes."""
    return {row.key: (row.interventions, row.untimed, row.used / MINUTE) for row in rows}


def tables(found: Statistics) -> dict[str, tuple[Row, ...]]:
    return {name: getattr(found, name) for name in (*GROUPS, "countries", "segments")}


def members(count: int, prefix: str, **fields: object) -> dict[str, Person]:
    """So many people of the roster who are alike."""
    names = [f"{prefix}{number}" for number in range(count)]
    return {name: Person.model_validate({"id": name, "display_name": name, **fields}) for name in names}


def assembly(*persons: dict[str, Person]) -> Story:
    """The session is live, with only these in the roster."""
    story = live()
    story.people = People(revision=9, persons={name: one for some in persons for name, one in some.items()})
    return story


def speak(story: Story, name: str, minutes: float = 2, segment: str = "one") -> None:
    story.give(story.request(name, segment))
    finish(story, minutes * 60)


# --- sums ----------------------------------------------------------------------------------------


def test_internally_everybody_counts_by_every_group() -> None:
    people = roster(
        ana={"first_time": True},
        bob={"constituency": Constituency.CIVIL_SOCIETY, "regions": (Region.METROPOLIS, Region.AFRICA)},
        dan={"first_time": False},
    )
    found = figures(heard("ana", "bob", "cat", "dan", minutes=1.5), INTERNAL, people)
    assert told(found.constituencies) == {
        "unknown": (2, 0, 3),
        "civil_society": (1, 0, 1.5),
        "local_government": (1, 0, 1.5),
    }
    assert told(found.regions) == {"unknown": (2, 0, 3), "africa": (1, 0, 1.5), "latin_america": (1, 0, 1.5)}
    assert told(found.countries) == dict.fromkeys(("BR", "KE", "MX", "TN"), (1, 0, 1.5))
    assert told(found.segments) == {"one": (4, 0, 6)}
    assert told(found.first_time) == {"unknown": (2, 0, 3), "no": (1, 0, 1.5), "yes": (1, 0, 1.5)}
    assert [row.share_of_time for row in found.constituencies] == [50, 25, 25]
    assert [row.share_of_interventions for row in found.first_time] == [50, 25, 25]
    assert (found.counted, found.total.interventions, found.total.used) == (0, 4, 6 * MINUTE)


def test_Q3_who_was_erased_is_unknown_and_counted_internally() -> None:
    people = roster()
    people = replace(people, persons={name: one for name, one in people.persons.items() if name != "ana"})
    found = figures(heard("ana"), INTERNAL, people)
    for rows in (found.constituencies, found.regions, found.countries, found.first_time):
        assert told(rows) == {UNKNOWN: (1, 0, 2)}


def test_used_stands_against_allotted_and_overtime() -> None:
    story = live()
    story.people = roster()
    ana, bob = story.wait("ana", "bob")
    turn = story.give(ana)
    story.ask(c.ExtendTurn(turn=turn, by=-60 * S))
    finish(story, 125)
    story.give(bob)
    finish(story, 60)
    total = figures(story, INTERNAL).total
    assert (total.used, total.allotted, total.overtime, total.over) == (185 * S, 300 * S, 5 * S, 1)


def test_T9_an_intervention_in_two_parts_is_one_and_is_allotted_its_time_once() -> None:
    story = live()
    story.people = roster()
    [ana] = story.wait("ana")
    story.give(ana)
    lose(story, 100)
    story.ask(c.StartSegment(segment="two", after="one"))
    story.after(30).give(ana)
    finish(story, 60)
    found = figures(story)
    assert (found.total.interventions, found.total.used, found.total.allotted) == (1, 160 * S, 180 * S)
    assert [(row.key, row.interventions, row.used) for row in found.segments] == [
        ("one", 1, 100 * S),
        ("two", 0, 60 * S),
    ]


def test_segments_stand_in_the_agenda_s_order() -> None:
    story = live()
    story.people = roster()
    speak(story, "ana", 1)
    story.ask(c.StartSegment(segment="two", after="one"))
    speak(story, "bob", 2, "two")
    assert told(figures(story).segments) == {"one": (1, 0, 1), "two": (1, 0, 2)}


def test_handovers_are_the_gaps_between_turns_without_a_change_of_segment_or_a_long_break() -> None:
    story = live()
    story.people = roster()
    for entry, gap in zip(story.wait("ana", "bob", "eve", "fay", "cat"), (0, 20, 41, 120, 121), strict=True):
        story.after(gap).give(entry)
        finish(story, 60)
    story.ask(c.StartSegment(segment="two", after="one"))
    story.after(5)
    speak(story, "mia", 1, "two")
    found = figures(story, INTERNAL)
    assert (found.handovers, found.handover) == (3, 41 * S)
    assert (figures(heard("ana")).handovers, figures(heard("ana")).handover) == (0, None)


def test_a_handover_is_between_turns_that_follow_each_other_also_within_an_intervention_of_two_parts() -> None:
    story = live()
    story.people = roster()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    lose(story)
    for entry, gap in ((bob, 30), (ana, 40)):
        story.after(gap).give(entry)
        finish(story, 60)
    found = figures(story)
    ends = [turn.ended_at for turn in story.session.turns]
    begins = [turn.began_at for turn in story.session.turns]
    assert (found.handovers, found.handover) == (2, round((begins[1] - ends[0] + begins[2] - ends[1]) / 2))


def test_bins_begin_when_the_session_did() -> None:
    story = scheduled().at(NOON - 60 * S)
    story.people = roster()
    story.ask(c.Settle(), SYSTEM)
    story.at(NOON + 5 * MINUTE).ask(c.StartSession())
    story.ask(c.StartSegment(segment="one", after="opening"))
    speak(story, "ana", 2)
    assert [(one.began_at, one.used) for one in figures(story).bins] == [(NOON + 5 * MINUTE, 2 * MINUTE)]


def test_bins_of_ten_minutes_divide_turns_where_they_end() -> None:
    story = live()
    story.people = roster()
    story.after(9 * 60)
    speak(story, "ana", 3)
    story.after(20 * 60)
    speak(story, "bob", 2)
    bins = figures(story, INTERNAL).bins
    assert [(one.began_at - NOON, one.used, dict(one.by)) for one in bins] == [
        (0, MINUTE, {"local_government": MINUTE}),
        (10 * MINUTE, 2 * MINUTE, {"local_government": 2 * MINUTE}),
        (20 * MINUTE, 0, {}),
        (30 * MINUTE, 2 * MINUTE, {"unknown": 2 * MINUTE}),
    ]


def test_a_running_turn_counts_as_far_as_it_went_and_is_unfinished() -> None:
    story = live()
    story.people = roster()
    story.give(story.wait("ana")[0])
    story.after(50).wait("bob")
    found = figures(story)
    assert (found.total.used, found.unfinished, found.counts.heard) == (50 * S, 1, 0)
    assert [one.used for one in found.bins] == [50 * S]


def test_a_running_turn_that_was_paused_is_as_long_as_it_lasted() -> None:
    story = live()
    story.people = roster()
    story.after(8 * 60)
    turn = story.give(story.wait("ana")[0])
    story.after(60).ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    story.after(120).ask(c.ResumeTurn(turn=turn))
    story.after(60).wait("bob")
    assert [one.used for one in figures(story).bins] == [60 * S, 60 * S]


def test_without_an_intervention_there_is_nothing_to_tell() -> None:
    for tier in Tier:
        found = figures(live(), tier)
        assert found.total.interventions == found.handovers == 0
        assert found.bins == ()
        assert not any(tables(found).values())


@PROPERTY
@given(st.data())
def test_Q8_all_sums_agree_whatever_happens(data: st.DataObject) -> None:
    story = crowded()
    go(story, data, data.draw(st.integers(5, 30)))
    for tier in Tier:
        found = figures(story, tier, roster())
        counts, total = found.counts, found.total
        assert total.interventions + found.counted == counts.heard + counts.video + found.unfinished
        assert sum(one.used for one in found.bins) == total.used
        assert all(one.used == sum(one.by.values()) for one in found.bins)
        for rows in filter(None, tables(found).values()):
            assert sum(row.interventions for row in rows) == total.interventions
            assert sum(row.untimed for row in rows) == total.untimed
            assert sum(row.used for row in rows) == total.used
            assert sum(row.share_of_interventions for row in rows) == 100
            assert sum(row.share_of_time for row in rows) == (100 if total.used else 0)


@PROPERTY
@given(st.data())
def test_Q3_the_internal_tables_say_what_the_balance_said_live(data: st.DataObject) -> None:
    story = crowded()
    go(story, data, data.draw(st.integers(5, 30)))
    if any(entry.substituted for entry in story.session.entries.values()):
        return  # live, each turn is its speaker's; here, an intervention is one person's
    found = figures(story, INTERNAL)
    live_ = balance(story.session, story.people, story.session.last_at)
    for group, rows in zip(
        ("constituency", "region", "first_time"), map(tables(found).__getitem__, GROUPS), strict=True
    ):
        assert sorted((row.key, row.used) for row in rows) == sorted(
            (share.key, share.used) for share in live_ if share.group == group
        )


# --- shares --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "percents"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([1, 1, 1], [34, 33, 33]),
        ([2, 1], [67, 33]),
        ([1, 2, 2, 2], [14, 29, 29, 28]),
        ([999, 1], [100, 0]),
        ([1] * 200, [1] * 100 + [0] * 100),
    ],
)
def test_shares_are_whole_percents_by_largest_remainder(parts: list[int], percents: list[int]) -> None:
    assert shares(parts) == percents


@given(st.lists(st.integers(0, 10**8), min_size=1).filter(any))
def test_shares_add_up_to_100_and_are_less_than_one_off(parts: list[int]) -> None:
    percents = shares(parts)
    assert sum(percents) == 100
    assert all(abs(percent - part * 100 / sum(parts)) < 1 for percent, part in zip(percents, parts, strict=True))
