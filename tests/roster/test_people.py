"""Who is who: importing again, what was edited by hand, and people who share an e-mail."""

from dataclasses import replace

import pytest

from isegoria.domain.people import Organisation, People, Person
from isegoria.domain.values import Region
from isegoria.roster import Mapping, Plan
from tests.roster.imports import DATA, accepted, codes, people_of, planned, sample

SAMPLES = sorted(path.name for path in DATA.iterdir() if path.suffix != ".md")
HEADER = "Name,Email,Organisation,City"


def shown(made: Plan) -> list[str]:
    return [person.display_name for person in made.to_keep]


@pytest.mark.parametrize("name", SAMPLES)
def test_importing_again_changes_nothing(name: str) -> None:
    first = sample(name)
    again = sample(name, accepted(first))
    assert (again.new, again.changed, again.organisations) == ((), (), ())
    assert again.unchanged == first.new


def test_all_samples_together_and_again_change_nothing_more() -> None:
    people = People()
    for name in SAMPLES:
        people = accepted(sample(name, people), people)
    for name in SAMPLES:
        people = accepted(sample(name, people), people)
    for name in SAMPLES:
        assert sample(name, people).to_keep == ()


def test_what_the_source_changed_is_changed() -> None:
    people = accepted(planned(f"{HEADER}\nAna,a@b.example,Council,Sample\n"))
    made = planned(f"{HEADER}\nAna,a@b.example,Council,Other\n", people)
    [change] = made.changed
    assert (change.person.city, change.fields, change.line) == ("Other", ("city", "raw"), 2)
    assert change.person.id in people.persons


def test_what_was_edited_by_hand_stays() -> None:
    people = accepted(planned(f"{HEADER}\nAna,a@b.example,Council,Sample\n"))
    [ana] = people.persons.values()
    edited = ana.model_copy(update={"city": "By hand", "edited": frozenset({"city", "organisation_id"})})
    made = planned(f"{HEADER}\nAna,a@b.example,New Council,Other\n", replace(people, persons={ana.id: edited}))
    [change] = made.changed
    assert (change.person.city, change.person.organisation_id) == ("By hand", ana.organisation_id)
    assert change.fields == ("raw",)
    assert made.organisations == ()


def test_a_name_edited_by_hand_is_still_the_same_registration() -> None:
    text = "ID,Name,Registration date,Registration state,Email\n17,Ana,2025-06-20,Completed,a@b.example\n"
    people = accepted(planned(text))
    [ana] = people.persons.values()
    edited = ana.model_copy(
        update={"display_name": "Ana R.", "email": "new@b.example", "edited": frozenset({"display_name", "email"})}
    )
    made = planned(text, people_of(edited))
    assert made.unchanged == (edited,)


def test_a_blank_cell_takes_nothing_away() -> None:
    people = accepted(planned(f"{HEADER}\nAna,a@b.example,Council,Sample\n"))
    made = planned(f"{HEADER}\nAna,a@b.example,,\n", people)
    assert made.changed[0].person.city == "Sample"


def test_one_number_in_two_forms_is_two_persons() -> None:
    form = "ID,Start time,Completion time,Email,Name\n1,6/20/25 9:10,6/20/25 9:11,{},{}\n"
    people = accepted(planned(form.format("a@b.example", "Ana")))
    made = planned(form.format("joe@b.example", "Joe"), people)
    assert shown(made) == ["Joe"]
    both = accepted(made, people)
    assert planned(form.format("a@b.example", "Ana"), both).to_keep == ()
    assert planned(form.format("joe@b.example", "Joe"), both).to_keep == ()


def test_an_email_alone_merges_nobody_and_is_proposed() -> None:
    made = planned(f"{HEADER}\nAna,Hall@b.example,,\nJoe,hall@b.example,,\n")
    assert shown(made) == ["Ana", "Joe"]
    [doubt] = [doubt for doubt in made.doubts if doubt.code == "shared_email"]
    assert (doubt.line, doubt.message) == (3, '"Joe" shares the e-mail hall@b.example with "Ana" (line 2).')


def test_an_email_that_somebody_in_the_roster_has_is_proposed() -> None:
    people = people_of(Person(id="p1", display_name="Ana", email="hall@b.example"))
    made = planned(f"{HEADER}\nJoe,hall@b.example,,\n", people)
    assert shown(made) == ["Joe"]
    assert "already in the roster" in next(doubt.message for doubt in made.doubts if doubt.code == "shared_email")


def test_a_name_alone_merges_nobody_and_is_proposed() -> None:
    made = planned(f"{HEADER}\nAna Ruiz,a@b.example,,\nRUIZ Ana,,,\n")
    assert shown(made) == ["Ana Ruiz", "RUIZ Ana"]
    assert "same_name" in codes(made)


def test_email_and_name_together_are_one_person_whatever_the_source() -> None:
    people = accepted(sample("zoom_registration_UNVERIFIED_preamble.csv"))
    made = sample("indico_registrations.csv", people)
    [change] = made.changed
    assert change.fields == ("topics",)
    assert change.person.source == "zoom_registration"


def test_of_two_registrations_the_newer_counts_and_is_told() -> None:
    made = planned(
        "Timestamp,Name,Email,City\n20/06/2025 10:00:00,Ana,a@b.example,New\n19/06/2025 10:00:00,Ana,a@b.example,Old\n"
    )
    assert [person.city for person in made.new] == ["New"]
    assert "registered_twice" in codes(made)


@pytest.mark.parametrize(("day_first", "city"), [(True, "First"), (False, "Last"), (None, "Last")])
def test_an_ambiguous_date_asks(day_first: bool | None, city: str) -> None:
    text = "Timestamp,Name,Email,City\n03/04/2025,Ana,a@b.example,First\n04/03/2025,Ana,a@b.example,Last\n"
    made = planned(text, mapping=Mapping(day_first=day_first))
    assert made.new[0].city == city
    assert ("ambiguous_date" in codes(made)) is (day_first is None)


def test_one_date_that_is_clear_tells_for_all() -> None:
    header = "Timestamp,Name,Email,City"
    rows = "03/04/2025,Ana,a@b.example,First\n04/03/2025,Ana,a@b.example,Last\n"
    made = planned(f"{header}\n{rows}20/06/2025,Joe,joe@b.example,x\n")
    assert made.new[0].city == "First"
    assert "ambiguous_date" not in codes(made)


def test_a_registration_that_was_cancelled_since_is_told_and_stays() -> None:
    text = "ID,Name,Registration date,Registration state,Email\n17,Ana,2025-06-20,{},a@b.example\n"
    people = accepted(planned(text.format("Completed")))
    made = planned(text.format("Withdrawn"), people)
    assert made.to_keep == ()
    assert {"left_out", "was_registered"} <= codes(made)


def test_an_unknown_state_comes_in_and_is_told() -> None:
    made = planned("ID,Name,Registration date,Registration state\n17,Ana,2025-06-20,Mystery\n")
    assert shown(made) == ["Ana"]
    assert "unknown_state" in codes(made)


def test_an_organisation_is_one_by_its_exact_name_but_for_case_and_space() -> None:
    people = People(organisations={"o1": Organisation(id="o1", name="City  of sample")})
    made = planned(f"{HEADER}\nAna,,CITY OF SAMPLE,\nJoe,,City of Sample Two,\nEva,,city of sample two,\n", people)
    assert [found.name for found in made.organisations] == ["City of Sample Two"]
    ana, joe, eva = made.new
    assert ana.organisation_id == "o1"
    assert joe.organisation_id == eva.organisation_id == made.organisations[0].id


def test_a_device_without_a_person_s_name_is_a_bad_row() -> None:
    made = planned("Name (Original Name),User Email,Join Time,Leave Time\niPad,,1,2\nAnn Pixel (Joe),,1,2\n")
    assert [bad.line for bad in made.refused] == [2]
    assert "iPad" in made.refused[0].reason


def test_a_region_that_followed_from_the_country_follows_again_and_a_declared_one_stays() -> None:
    people = accepted(planned("Name,Email,Country\nAna,a@b.example,Spain\n"))
    moved = planned("Name,Email,Country\nAna,a@b.example,Canada\n", people)
    assert moved.changed[0].person.regions == (Region.NORTH_AMERICA,)
    [ana] = people.persons.values()
    declared = people_of(ana.model_copy(update={"regions": (Region.METROPOLIS,)}))
    moved = planned("Name,Email,Country\nAna,a@b.example,Canada\n", declared)
    assert moved.changed[0].person.regions == (Region.METROPOLIS,)


def test_nobody_in_the_roster_is_taken_for_two_rows() -> None:
    form = "ID,Start time,Completion time,Email,Name\n1,6/20/25 9:10,6/20/25 9:11,a@b.example,{}\n"
    people = accepted(planned(form.format("Ana")))
    made = planned(form.format("Ana Maria") + "2,6/21/25 9:10,6/21/25 9:11,a@b.example,Ana\n", people)
    assert [change.person.display_name for change in made.changed] == ["Ana Maria"]
    assert [person.display_name for person in made.new] == ["Ana"]


def test_of_two_organisations_with_one_name_a_person_keeps_their_own() -> None:
    people = accepted(planned(f"{HEADER}\nAna,a@b.example,Council,Sample\n"))
    [ana] = people.persons.values()
    twin = Organisation(id="twin", name="council")
    made = planned(
        f"{HEADER}\nAna,a@b.example,Council,Sample\n",
        replace(people, organisations={**people.organisations, "twin": twin}),
    )
    assert made.unchanged == (ana,)


def test_a_country_set_by_hand_decides_the_region() -> None:
    text = "Name,Email,Country\nAna,a@b.example,Spain\n"
    [ana] = accepted(planned(text)).persons.values()
    edited = ana.model_copy(update={"country": "CA", "regions": (), "edited": frozenset({"country"})})
    made = planned(text, people_of(edited))
    assert made.changed[0].person.regions == (Region.NORTH_AMERICA,)
