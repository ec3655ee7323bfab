"""Who somebody is on a screen: R3, R5, R9, Q4."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isegoria.domain.attribution import choice_of
from isegoria.domain.people import People
from isegoria.domain.session import Entry, Session
from isegoria.domain.values import Attribution, Constituency, Region
from isegoria.views.labels import Labels
from isegoria.views.models import Label
from tests.domain.story import NOON
from tests.views.people import people, person

PROTECTED = Attribution.CONSTITUENCY_REGION
ENTRY = Entry("e1", "ana", "one", NOON, organisation="o-ana")
IN_FULL = Label(
    name="NAME-ana",
    organisation="ORG-ana",
    city="CITY-ana",
    country="BR",
    constituency=Constituency.LOCAL_GOVERNMENT,
    region=Region.LATIN_AMERICA,
)


def chosen(**attributions: Attribution) -> Session:
    return Session("s", attributions=attributions)


@pytest.mark.parametrize("choice", [Attribution.NAMED, Attribution.ORGANISATION, Attribution.NOT_FOR_REPORT])
def test_R9_all_but_the_protected_are_shown_in_full_on_screens(choice: Attribution) -> None:
    assert Labels(chosen(ana=choice), people()).of_entry(ENTRY) == IN_FULL


def test_R9_a_protected_person_is_constituency_and_region() -> None:
    label = Labels(chosen(ana=PROTECTED), people()).of_entry(ENTRY)
    assert label == Label(constituency=Constituency.LOCAL_GOVERNMENT, region=Region.LATIN_AMERICA, alias=True)


def test_R9_the_team_sees_all() -> None:
    labels = Labels(chosen(ana=PROTECTED), people(), in_full=True)
    assert labels.of_entry(ENTRY) == IN_FULL
    assert labels.hidden("ana", ENTRY)


def but(roster: People, *names: str) -> People:
    return replace(roster, persons={name: p for name, p in roster.persons.items() if name not in names})


def test_R5_with_fewer_than_five_in_the_cell_the_region_is_dropped() -> None:
    five, four = but(people(), "bob", "cat"), but(people(), "bob", "cat", "dan")
    assert Labels(chosen(ana=PROTECTED), five).of_entry(ENTRY).region is Region.LATIN_AMERICA
    assert Labels(chosen(ana=PROTECTED), four).of_entry(ENTRY) == Label(
        constituency=Constituency.LOCAL_GOVERNMENT, alias=True
    )


def test_R5_a_cell_is_one_constituency_in_one_region() -> None:
    four = but(people(), "bob", "cat", "dan")
    others = {
        "x": person("x", constituency=Constituency.NHRI),
        "y": person("y", regions=(Region.AFRICA,)),
    }
    mixed = replace(four, persons={**four.persons, **others})
    assert Labels(chosen(ana=PROTECTED), mixed).of_entry(ENTRY).region is None


def test_R3_the_default_is_what_the_session_says_until_a_choice_is_made() -> None:
    assert choice_of(Session("s"), people(), "ana") is Attribution.ORGANISATION
    assert choice_of(Session("s", default_attribution=PROTECTED), people(), "ana") is PROTECTED


def test_R3_what_was_asked_at_registration_counts_until_another_choice() -> None:
    registered = people(ana=PROTECTED)
    assert Labels(Session("s"), registered).of_entry(ENTRY).alias
    assert not Labels(chosen(ana=Attribution.NAMED), registered).of_entry(ENTRY).alias


def test_Q4_a_substitute_speaks_for_the_organisation_and_both_names_are_kept() -> None:
    entry = replace(ENTRY, person="fay", substituted="ana")
    label = Labels(Session("s"), people()).of_entry(entry)
    assert (label.name, label.organisation, label.substitute_for) == ("NAME-fay", "ORG-ana", "NAME-ana")


def test_Q4_a_part_spoken_before_the_substitution_names_nobody_instead() -> None:
    entry = replace(ENTRY, person="fay", substituted="ana", parts=1)
    label = Labels(Session("s"), people()).of_turn("ana", entry)
    assert (label.name, label.substitute_for) == ("NAME-ana", None)


@pytest.mark.parametrize("protected", ["ana", "fay"])
def test_R5_one_protected_of_two_protects_both(protected: str) -> None:
    entry = replace(ENTRY, person="fay", substituted="ana")
    assert Labels(chosen(**{protected: PROTECTED}), people()).of_entry(entry).alias


def test_R5_every_part_of_a_protected_persons_entry_is_protected() -> None:
    """Eve spoke a first part for ana, and fay the second."""
    entry = replace(ENTRY, person="fay", substituted="ana")
    assert Labels(chosen(ana=PROTECTED), people()).of_turn("eve", entry).alias


@pytest.mark.parametrize("in_full", [True, False])
def test_R8_who_was_erased_is_a_participant(in_full: bool) -> None:
    assert Labels(Session("s"), but(people(), "ana"), in_full).of_entry(ENTRY) == Label(alias=True)
