"""The publishable figures tell nothing of who did not allow it (R5, R6, R9)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.aliases import SMALLEST_CELL, alias_of
from isegoria.domain.attribution import choice_of
from isegoria.domain.balance import region_of
from isegoria.domain.people import People, Person
from isegoria.domain.values import MINUTE, Attribution, Constituency, Delivery, Region
from isegoria.report.account import account
from isegoria.report.model_statistics import TOGETHER, UNKNOWN
from isegoria.report.record import record
from isegoria.report.statistics import told_together
from tests.domain.story import NOON, SAM, S, Story, live
from tests.report.journals import finish, journal_of, lose
from tests.report.test_statistics import GROUPS, assembly, figures, members, speak, tables, told
from tests.report.transcripts import INTERNAL, PUBLISHABLE, heard, roster

ALIAS, COUNTED = Attribution.CONSTITUENCY_REGION, Attribution.NOT_FOR_REPORT

# --- small groups --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ({}, set()),
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9, "c": 8}, {"a", "c"}),
        ({"a": 1, "b": 2, "c": 7, "d": 8}, {"a", "b", "c"}),
        ({"a": 3, "b": 2, "c": 7}, {"a", "b"}),
        ({"a": 4, "b": 9}, {"a", "b"}),
        ({"a": 4}, {"a"}),
        ({"b": 6, "a": 6, "c": 1}, {"a", "c"}),
    ],
)
def test_R5_small_groups_are_told_together_with_enough_others(sizes: dict[str, int], together: set[str]) -> None:
    assert told_together(sizes) == together


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 12)))
def test_R5_nobody_gets_a_small_group_back_from_the_total(sizes: dict[str, int]) -> None:
    together = told_together(sizes)
    assert all(sizes[key] >= SMALLEST_CELL for key in sizes.keys() - together)
    if together != sizes.keys() and together:
        assert len(together) >= 2
        assert sum(sizes[key] for key in together) >= SMALLEST_CELL


def test_R5_a_group_of_fewer_than_five_in_the_roster_has_no_row() -> None:
    story = assembly(
        members(9, "state", constituency="state"),
        members(5, "city", constituency="local_government"),
        members(4, "un", constituency="un"),
    )
    for name, minutes in (("state1", 3), ("city1", 2), ("un1", 1)):
        speak(story, name, minutes)
    assert told(figures(story).constituencies) == {"state": (1, 0, 3), TOGETHER: (2, 0, 3)}
    assert told(figures(story, INTERNAL).constituencies)["un"] == (1, 0, 1)
    assert figures(story).bins[0].by == {"state": 3 * MINUTE, TOGETHER: 3 * MINUTE}


def test_the_constituency_other_is_not_those_who_are_told_together() -> None:
    story = assembly(members(5, "o", constituency="other"), members(6, "s", constituency="state"), members(2, "u"))
    for name in ("o0", "s0", "u0"):
        speak(story, name, 1)
    assert told(figures(story).constituencies) == {"state": (1, 0, 1), TOGETHER: (2, 0, 2)}
    assert [row.key for row in figures(story).constituencies] == ["state", TOGETHER]
    assert told(figures(story, INTERNAL).constituencies).keys() == {"other", "state", "unknown"}


# --- whom the publishable figures do not tell ----------------------------------------------------


def test_R9_who_is_not_for_the_report_is_counted_and_nothing_else() -> None:
    found = figures(heard("ana", "dan"), people=roster())
    assert (found.counted, found.counts.heard, found.total.interventions) == (1, 2, 1)
    alone = figures(heard("ana"), people=roster())
    assert found.model_dump(exclude={"counts", "counted"}) == alone.model_dump(exclude={"counts", "counted"})


def test_R5_an_alias_is_counted_in_its_groups_and_has_no_time() -> None:
    fields = {"constituency": "civil_society", "regions": ["africa"], "first_time": True}
    story = assembly(members(5, "x", **fields, attribution="constituency_region"), members(5, "y", **fields))
    speak(story, "x0", 3)
    speak(story, "y0", 2)
    found = figures(story)
    assert told(found.constituencies) == {"civil_society": (2, 1, 2)}
    assert told(found.regions) == {"africa": (2, 1, 2)}
    assert told(found.first_time) == {"yes": (1, 0, 2), TOGETHER: (1, 1, 0)}
    assert told(found.segments) == {"one": (2, 1, 2)}
    assert found.countries == ()
    assert (found.total.used, found.total.untimed, found.handovers) == (2 * MINUTE, 1, 0)


def test_R5_an_alias_without_a_region_is_told_together() -> None:
    fields = {"constituency": "civil_society", "attribution": "constituency_region"}
    story = assembly(members(4, "x", **fields, regions=["africa"]), members(5, "y", **fields, regions=["europe"]))
    speak(story, "x0")
    assert told(figures(story).constituencies) == {"civil_society": (1, 1, 0)}
    assert told(figures(story).regions) == {TOGETHER: (1, 1, 0)}


def test_R5_where_an_alias_went_on_is_not_told() -> None:
    story = live()
    story.people = roster()
    [cat] = story.wait("cat")
    story.give(cat)
    lose(story)
    story.ask(c.StartSegment(segment="two", after="one"))
    story.give(cat)
    finish(story, 60)
    assert told(figures(story).segments) == {"one": (1, 1, 0)}
    assert told(figures(story, INTERNAL).segments) == {"one": (1, 0, 1), "two": (0, 0, 1)}


def test_R5_a_substitute_of_a_protected_person_has_no_time_either() -> None:
    story = live()
    story.people = roster()
    [cat] = story.wait("cat")
    story.ask(c.Substitute(entry=cat, person="fay"), SAM)
    story.give(cat)
    finish(story)
    assert (figures(story).total.used, figures(story).total.untimed) == (0, 1)


def test_R9_who_took_over_and_did_not_speak_is_in_no_figure() -> None:
    story = live()
    story.people = roster()
    [ana] = story.wait("ana")
    story.give(ana)
    lose(story)
    story.ask(c.Substitute(entry=ana, person="dan"), SAM)
    found = figures(story)
    assert (found.counted, found.total.interventions, found.total.used) == (0, 1, 60 * S)
    story.give(ana)
    finish(story)
    assert (figures(story).counted, figures(story).total.interventions) == (1, 0)


def test_R6_under_chatham_house_all_are_participants_without_a_time() -> None:
    story = live()
    story.people = roster()
    story.ask(c.SwitchChathamHouse(segment="one", on=True))
    speak(story, "ana")
    found = figures(story)
    assert told(found.segments) == {"one": (1, 1, 0)}
    assert [told(getattr(found, name)) for name in GROUPS] == [{TOGETHER: (1, 1, 0)}] * 3


def test_R8_who_was_erased_is_a_participant_without_a_time() -> None:
    people = roster()
    people = replace(people, persons={name: one for name, one in people.persons.items() if name != "ana"})
    assert told(figures(heard("ana"), people=people).constituencies) == {TOGETHER: (1, 1, 0)}


def test_a_video_has_the_time_of_who_is_named() -> None:
    story = live()
    story.people = roster()
    story.ask(c.Inscribe(person="ana", segment="one", delivery=Delivery.VIDEO, video=90 * S), SAM)
    story.give(story.session.order[0])
    finish(story, 90)
    total = figures(story).total
    assert (total.used, total.allotted) == (90 * S, 90 * S)


# --- whoever speaks, and for how long ------------------------------------------------------------


class Slot(NamedTuple):
    """Somebody speaks in the n-th five minutes: from so many seconds on, for so long."""

    number: int
    person: str
    after_s: int
    seconds: int


SLOTS = 14
CHANGE_AT = 7
"""The slot before which segment two begins."""
LENGTHS = st.integers(0, 150)


@st.composite
def rosters(draw: st.DrawFn) -> People:
    """30 people in so few groups that several have the same alias."""
    persons = {}
    for number in range(30):
        persons[f"p{number}"] = Person(
            id=f"p{number}",
            display_name=f"P {number}",
            constituency=draw(st.sampled_from([Constituency.STATE, Constituency.UN, Constituency.UNKNOWN])),
            regions=draw(st.sampled_from([(), (Region.AFRICA,), (Region.EUROPE,)])),
            first_time=draw(st.sampled_from([None, True, False])),
            attribution=draw(st.sampled_from([*Attribution, ALIAS, COUNTED])),
        )
    return People(revision=9, persons=persons)


@st.composite
def speakers(draw: st.DrawFn, people: People) -> list[Slot]:
    names = draw(st.permutations(sorted(people.persons)))
    return [Slot(n, name, draw(LENGTHS), draw(LENGTHS)) for n, name in enumerate(names[: draw(st.integers(1, SLOTS))])]


def session_of(people: People, slots: Sequence[Slot]) -> Story:
    """All begin at instants of their own, so that no one's time moves another's."""
    story = live()
    story.people = people
    entries = {}
    for number in range(SLOTS * 2):
        for slot in (slot for slot in slots if slot.number == number):
            entries[slot] = story.request(slot.person, "one" if number < CHANGE_AT else "two")
    for slot in sorted(slots):
        began = NOON + slot.number * 5 * MINUTE
        if slot.number >= CHANGE_AT and story.session.segment == "one":
            story.at(NOON + CHANGE_AT * 5 * MINUTE).ask(c.StartSegment(segment="two", after="one"))
        story.at(began + slot.after_s * S).give(entries[slot])
        finish(story, slot.seconds)
    return story


def is_open(story: Story, person: str) -> bool:
    return choice_of(story.session, story.people, person) in {Attribution.NAMED, Attribution.ORGANISATION}


def others_alike(story: Story, person: str) -> list[str]:
    """All of whom the same is told in public, if they spoke instead of this person; themselves too."""
    people, choice = story.people, choice_of(story.session, story.people, person)
    alike = [one for one in people.persons if choice_of(story.session, people, one) is choice]
    if choice is COUNTED:
        return alike
    alias = alias_of(story.session, people, person)
    return [one for one in alike if alias_of(story.session, people, one) == alias]


@settings(deadline=None)
@given(st.data())
def test_R5_R9_the_figures_are_the_same_whoever_of_the_hidden_spoke_when_and_for_how_long(data: st.DataObject) -> None:
    """So nothing can be worked out from them, by subtracting one from another or from what else is published."""
    people = data.draw(rosters())
    slots = data.draw(speakers(people))
    first = session_of(people, slots)
    spoke = {slot.person for slot in slots}
    instead: list[Slot] = []
    for slot in slots:
        if is_open(first, slot.person):
            instead.append(slot)
            continue
        taken = (spoke - {slot.person}) | {one.person for one in instead}
        free = [one for one in others_alike(first, slot.person) if one not in taken]
        person = data.draw(st.sampled_from(sorted(free) or [slot.person]))
        instead.append(Slot(slot.number, person, data.draw(LENGTHS), data.draw(LENGTHS)))
    assert figures(session_of(people, instead)) == figures(first)


@settings(deadline=None)
@given(st.data())
def test_R9_the_figures_are_the_same_whether_who_is_not_for_the_report_spoke_or_not(data: st.DataObject) -> None:
    """But for how many were heard."""
    people = data.draw(rosters())
    slots = data.draw(speakers(people))
    story = session_of(people, slots)
    counted = {slot.person for slot in slots if choice_of(story.session, people, slot.person) is COUNTED}
    without = session_of(people, [slot for slot in slots if slot.person not in counted])
    apart = {"counts", "counted"}
    assert figures(story).model_dump(exclude=apart) == figures(without).model_dump(exclude=apart)
    assert figures(story).counted == len(counted)


@settings(deadline=None)
@given(st.data())
def test_R5_every_row_is_large_and_what_is_left_of_the_total_is_no_group(data: st.DataObject) -> None:
    people = data.draw(rosters())
    story = session_of(people, data.draw(speakers(people)))
    found = figures(story)
    sizes = {
        "constituencies": Counter(str(one.constituency) for one in people.persons.values()),
        "regions": Counter(str(region_of(one) or UNKNOWN) for one in people.persons.values()),
        "first_time": Counter(
            {None: UNKNOWN, True: "yes", False: "no"}[one.first_time] for one in people.persons.values()
        ),
    }
    for group in GROUPS:
        shown = [row.key for row in tables(found)[group] if row.key != TOGETHER]
        assert all(sizes[group][key] >= SMALLEST_CELL for key in shown)
    assert {key for one in found.bins for key in one.by} <= {row.key for row in found.constituencies}


@settings(deadline=None)
@given(st.data())
def test_the_figures_and_the_account_tell_the_same(data: st.DataObject) -> None:
    """No time and no intervention that the account would not tell, line by line."""
    people = data.draw(rosters())
    story = session_of(people, data.draw(speakers(people)))
    made = record("s", journal_of(story), people, {})
    lines = account(made, story.session, people, PUBLISHABLE).interventions
    found = figures(story)
    assert found.total.used == sum(line.used or 0 for line in lines)
    by_segment: defaultdict[str, list[int | None]] = defaultdict(list)
    for line in lines:
        by_segment[line.segment].append(line.used)
    assert {row.key: (row.interventions, row.untimed, row.used) for row in found.segments} == {
        key: (len(used), used.count(None), sum(one or 0 for one in used)) for key, used in by_segment.items()
    }
    counted = Counter(str(line.cited.constituency) for line in lines if line.cited.constituency)
    for row in found.constituencies:
        assert row.key == TOGETHER or row.interventions == counted[row.key]
