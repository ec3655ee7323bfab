"""A suggested order, its reasons, and who has been heard: Q3."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.balance import Share, balance, region_of
from isegoria.domain.people import People, Person
from isegoria.domain.session import Entry, Segment, Session, Spoken, Turn
from isegoria.domain.suggest import Placed, suggest
from isegoria.domain.values import (
    Constituency,
    Ending,
    Enforcement,
    EntryKind,
    EntryStatus,
    Instant,
    Millis,
    Readiness,
    Region,
    SegmentKind,
    SessionState,
)

NOON: Instant = 1_751_371_200_000
S = 1_000
LG, CS, UNKNOWN = Constituency.LOCAL_GOVERNMENT, Constituency.CIVIL_SOCIETY, Constituency.UNKNOWN
AFRICA, EUROPE, LATIN = Region.AFRICA, Region.EUROPE, Region.LATIN_AMERICA
TOPICS = (Segment("1", SegmentKind.TOPIC, 0), Segment("2", SegmentKind.TOPIC, 0))


def someone(
    name: str,
    constituency: Constituency = UNKNOWN,
    *regions: Region,
    first_time: bool | None = None,
) -> Person:
    return Person(id=name, display_name=name, constituency=constituency, regions=regions, first_time=first_time)


def waiting(*persons: Person, segment: str = "1") -> tuple[Session, People]:
    """They wait in this order; a person's entry has their name."""
    entries = {person.id: Entry(person.id, person.id, segment, NOON) for person in persons}
    session = Session("s", state=SessionState.LIVE, segments=TOPICS, entries=entries, order=tuple(entries))
    return session, People(persons={person.id: person for person in persons})


def spoke(session: Session, person: str, used: Millis, part: int = 1) -> Session:
    turn = Spoken(
        f"t{len(session.turns)}", person, person, "1", part, NOON, NOON + used, used, 0, 0, used, Ending.ENDED
    )
    return replace(session, turns=(*session.turns, turn))


def but(session: Session, entry: str, **changes: Any) -> Session:
    return replace(session, entries={**session.entries, entry: replace(session.entries[entry], **changes)})


def order(session: Session, people: People) -> list[str]:
    """As suggested, or as it stands."""
    return [placed.entry for placed in suggest(session, people, NOON)] or list(session.order)


# --- the order -----------------------------------------------------------------------------------


def test_Q3_constituencies_take_turns() -> None:
    session, people = waiting(someone("a", LG), someone("b", LG), someone("c", CS), someone("d", CS))
    assert suggest(session, people, NOON) == (
        Placed("a", "asked_first"),
        Placed("c", "constituency", "civil_society"),
        Placed("b", "asked_first"),
        Placed("d", "asked_first"),
    )


def test_Q3_regions_take_turns() -> None:
    session, people = waiting(someone("a", LG, AFRICA), someone("b", LG, AFRICA), someone("c", LG, EUROPE))
    assert suggest(session, people, NOON)[1] == Placed("c", "region", "europe")


def test_Q3_who_speaks_for_the_first_time_comes_sooner_until_they_had_half() -> None:
    old, new = [someone(f"o{i}", first_time=False) for i in range(3)], someone("n1", first_time=True)
    session, people = waiting(*old, new, someone("n2", first_time=True))
    assert order(session, people) == ["o0", "n1", "o1", "n2", "o2"]
    assert suggest(session, people, NOON)[1] == Placed("n1", "first_time", "yes")


def test_Q3_those_who_have_spoken_before_never_move_ahead_for_it() -> None:
    session, people = waiting(someone("n", first_time=True), someone("o", first_time=False))
    people = replace(people, persons={**people.persons, "x": someone("x", first_time=True)})
    assert suggest(spoke(session, "x", 600 * S), people, NOON) == ()


def test_Q3_a_region_that_was_heard_little_comes_first() -> None:
    session, people = waiting(someone("a", LG, EUROPE), someone("b", LG, LATIN))
    people = replace(people, persons={**people.persons, "x": someone("x", LG, EUROPE)})
    assert suggest(session, people, NOON) == ()
    assert suggest(spoke(session, "x", 180 * S), people, NOON)[0] == Placed("b", "region", "latin_america")


def test_Q3_the_running_turn_counts() -> None:
    session, people = waiting(someone("a", LG, EUROPE), someone("b", LG, LATIN))
    people = replace(people, persons={**people.persons, "x": someone("x", LG, EUROPE)})
    turn = Turn("t1", "x", "x", "1", 180 * S, 10 * S, Enforcement.CLOSE, (), began_at=NOON)
    running = replace(session, turn=turn)
    assert suggest(running, people, NOON + 90 * S)[0].entry == "b"


def test_Q3_each_segment_is_ordered_for_itself() -> None:
    first, people = waiting(someone("a", LG), someone("b", LG))
    second, more = waiting(someone("c", CS), someone("d", LG), segment="2")
    session = replace(first, entries={**first.entries, **second.entries}, order=("a", "b", "c", "d"))
    everyone = People(persons={**people.persons, **more.persons})
    assert order(session, everyone) == ["a", "b", "c", "d"]
    assert order(replace(session, order=("a", "b", "d", "c")), everyone) == ["a", "b", "c", "d"]


def test_Q3_equals_keep_the_order_in_which_they_stand() -> None:
    session, people = waiting(*[someone(name, LG, EUROPE, first_time=True) for name in "dbca"])
    assert suggest(session, people, NOON) == ()


@pytest.mark.parametrize("declared", [LG, CS])
def test_Q3_what_is_not_declared_moves_nobody_ahead(declared: Constituency) -> None:
    session, people = waiting(someone("a", declared), someone("b", declared), someone("u"))
    people = replace(people, persons={**people.persons, "x": someone("x", declared, EUROPE)})
    assert suggest(spoke(session, "x", 180 * S), people, NOON) == ()


def test_Q3_the_time_of_the_undeclared_does_not_dilute_the_parts_of_the_others() -> None:
    session, people = waiting(someone("a", LG, AFRICA), someone("b", CS, EUROPE))
    others = [someone("x", UNKNOWN, EUROPE), someone("y", UNKNOWN, LATIN), someone("z", LG, LATIN)]
    people = replace(people, persons={**people.persons, **{person.id: person for person in others}})
    for name, used in [("x", 450 * S), ("y", 450 * S), ("z", 100 * S)]:
        session = spoke(session, name, used)
    assert suggest(session, people, NOON)[0] == Placed("b", "constituency", "civil_society")


def test_Q3_who_was_erased_counts_as_unknown() -> None:
    session, people = waiting(someone("a", LG), someone("b", LG), someone("u", CS))
    erased = replace(people, persons={name: p for name, p in people.persons.items() if name != "u"})
    assert suggest(session, erased, NOON) == ()


@pytest.mark.parametrize(
    "place",
    [
        {"status": EntryStatus.ABSENT, "absences": 1},
        {"status": EntryStatus.INTERRUPTED, "remaining": 60 * S},
        {"remaining": 60 * S},
        {"status": EntryStatus.CALLED},
        {"readiness": Readiness.READY},
        {"kind": EntryKind.RIGHT_OF_REPLY},
    ],
)
def test_Q3_who_has_a_place_by_another_rule_keeps_it(place: dict[str, object]) -> None:
    session, people = waiting(someone("a", LG), someone("b", LG), someone("c", CS))
    assert order(session, people) == ["a", "c", "b"]
    assert order(but(session, "c", **place), people) == ["a", "b", "c"]


def test_Q3_others_are_ordered_around_a_place_that_is_kept() -> None:
    session, people = waiting(someone("a", LG), someone("b", LG), someone("c", LG), someone("d", CS))
    called = but(session, "b", status=EntryStatus.CALLED)
    assert suggest(called, people, NOON)[1] == Placed("b", "asked_first")
    assert order(called, people) == ["a", "b", "d", "c"]


def test_Q3_T7_an_allowance_does_not_count_against_ones_group() -> None:
    session, people = waiting(*[someone(n, c) for n, c in zip("abcd", [LG, LG, CS, CS], strict=True)])
    allowed = replace(session, allowances={"a": 120 * S})
    assert suggest(allowed, people, NOON) == suggest(session, people, NOON)


DECLARED = st.builds(
    lambda c, r, f: (c, r, f),
    st.sampled_from([LG, CS, Constituency.UN, UNKNOWN]),
    st.sampled_from([(), (AFRICA,), (EUROPE,), (Region.METROPOLIS, LATIN)]),
    st.sampled_from([True, False, None]),
)


@given(st.lists(st.tuples(DECLARED, st.sampled_from(["1", "2"]), st.sampled_from(EntryStatus)), max_size=12))
def test_Q3_an_accepted_suggestion_leaves_nothing_to_suggest(
    rows: list[tuple[tuple[Constituency, tuple[Region, ...], bool | None], str, EntryStatus]],
) -> None:
    session, people = waiting(*[someone(f"p{i}", c, *r, first_time=f) for i, ((c, r, f), _, _) in enumerate(rows)])
    for i, (_, segment, status) in enumerate(rows):
        session = but(session, f"p{i}", segment=segment, status=status)
    listed = tuple(e for e in session.order if session.entries[e].status.value in {"waiting", "called", "absent"})
    session = replace(session, order=listed)
    accepted = replace(session, order=tuple(order(session, people)))
    assert sorted(accepted.order) == sorted(session.order)
    places = [session.entries[entry].segment for entry in session.order]
    assert [accepted.entries[entry].segment for entry in accepted.order] == places
    assert suggest(accepted, people, NOON) == ()


# --- who has been heard --------------------------------------------------------------------------


def test_Q3_balance_is_the_time_used_by_each_group_with_the_running_turn() -> None:
    session, people = waiting(someone("a", LG, AFRICA, first_time=True), someone("b", CS, AFRICA), someone("c", LG))
    session = spoke(spoke(spoke(session, "a", 100 * S), "b", 50 * S), "a", 30 * S, part=2)
    turn = Turn("t9", "c", "c", "1", 180 * S, 10 * S, Enforcement.CLOSE, (), began_at=NOON, held=5 * S)
    running = replace(session, turn=turn)
    assert balance(running, people, NOON + 45 * S) == (
        Share("constituency", "local_government", 170 * S, 2),
        Share("constituency", "civil_society", 50 * S, 1),
        Share("region", "africa", 180 * S, 2),
        Share("region", "unknown", 40 * S, 1),
        Share("first_time", "yes", 130 * S, 1),
        Share("first_time", "unknown", 90 * S, 2),
    )


def test_Q3_a_person_stands_for_one_region() -> None:
    assert region_of(someone("a", LG, Region.METROPOLIS, LATIN)) is LATIN
    assert region_of(someone("a", LG, Region.METROPOLIS)) is Region.METROPOLIS
    assert region_of(someone("a")) is None
    assert region_of(None) is None
