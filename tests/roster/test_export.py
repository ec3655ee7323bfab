"""The export: safe in a spreadsheet, and the same people when imported again."""

import csv
import io
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.people import Organisation, People, Person
from isegoria.domain.text import clean
from isegoria.domain.values import Attribution, Constituency, Region, Role
from isegoria.roster import export
from isegoria.roster.sources import EXPORT_COLUMNS
from tests.roster.imports import DATA, accepted, people_of, planned, sample

ANA = Person(
    id="p1",
    roles=(Role.MODERATOR, Role.SPEAKER),
    display_name="=Ana",
    given_name="'=x",
    title="Ms",
    function="+Mayor",
    organisation_id="o1",
    constituency=Constituency.NHRI,
    city='@Sample, "the" town',
    country="GM",
    regions=(Region.AFRICA, Region.METROPOLIS),
    timezone="Africa/Banjul",
    email="ana@b.example",
    spoken_language="en",
    caption_language="pt-BR",
    topics=("Housing, and more", "Water; air"),
    wants_floor=False,
    on_behalf_of=("o2", "o1"),
    access_needs="Ramp\nSign language",
    first_time=True,
    attribution=Attribution.CONSTITUENCY_REGION,
    consent_recording=True,
    source="indico",
    source_id="17",
    raw={"Name": "=Ana"},
    edited=frozenset({"title"}),
)
PEOPLE = replace(
    people_of(ANA, Person(id="p2", display_name="Joe", roles=(Role.ATTENDEE,))),
    organisations={"o1": Organisation(id="o1", name="-City"), "o2": Organisation(id="o2", name="Net; work")},
)


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_it_is_utf_8_with_its_mark_and_one_row_a_person() -> None:
    data = export(PEOPLE)
    assert data.startswith(b"\xef\xbb\xbf")
    header, *rows = cells(data)
    assert header == [heading for heading, _ in EXPORT_COLUMNS]
    assert [row[0] for row in rows] == ["p1", "p2"]


def test_no_cell_begins_like_a_formula() -> None:
    written = [cell for row in cells(export(PEOPLE)) for cell in row]
    assert not [cell for cell in written if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert {"'=Ana", "''=x", "'+Mayor", "'-City"} <= set(written)


def test_imported_again_it_changes_nothing() -> None:
    made = planned(export(PEOPLE), PEOPLE)
    assert made.source == "isegoria"
    assert (made.new, made.changed, made.organisations, made.refused) == ((), (), (), ())
    assert made.unchanged == tuple(PEOPLE.persons.values())


def test_imported_into_another_session_it_gives_the_same_people() -> None:
    made = planned(export(PEOPLE))
    ana, joe = made.new
    own = {"id", "organisation_id", "on_behalf_of", "source", "source_id", "raw", "edited"}
    assert ana.model_dump(exclude=own) == ANA.model_dump(exclude=own)
    assert joe.roles == (Role.ATTENDEE,)
    assert (ana.source, ana.source_id) == ("isegoria", "p1")
    people = accepted(made)
    assert planned(export(PEOPLE), people).to_keep == ()
    assert planned(export(people), people).to_keep == ()


def test_an_edit_in_the_spreadsheet_is_an_edit_of_that_person() -> None:
    data = export(PEOPLE).replace(b"Joe", b"Joseph")
    made = planned(data, PEOPLE)
    assert [(change.person.id, change.fields) for change in made.changed] == [("p2", ("display_name",))]


@pytest.mark.parametrize("saved_again", ["utf-8-sig", "utf-16"])
def test_saved_again_by_a_spreadsheet_it_is_still_the_same(saved_again: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(cells(export(PEOPLE)))
    made = planned(text.getvalue().encode(saved_again), PEOPLE)
    assert made.to_keep == ()


def test_everything_that_was_imported_comes_back_unchanged() -> None:
    names = sorted(path.name for path in DATA.iterdir() if path.suffix != ".md")
    people = reduce(lambda known, name: accepted(sample(name, known), known), names, People())
    made = planned(export(people), people)
    assert made.to_keep == ()
    assert len(made.unchanged) == len(people.persons)


LINE = st.text(max_size=20).map(lambda text: " ".join(clean(text.replace("\t", " ")).split()))
TOPIC = LINE.filter(bool)


@given(
    st.builds(
        Person,
        id=st.just("p1"),
        display_name=TOPIC,
        given_name=st.one_of(LINE, st.sampled_from(["=1", "'=1", "''@", "'", "-", "－1"])),
        function=LINE,
        city=LINE,
        country=st.sampled_from([None, "GM", "EG"]),
        email=st.sampled_from(["", "Ana@B.Example"]),
        topics=st.lists(TOPIC, max_size=3, unique=True).map(tuple),
        wants_floor=st.sampled_from([None, True, False]),
        regions=st.lists(st.sampled_from(Region), max_size=3, unique=True).map(tuple),
    )
)
def test_any_person_comes_back_unchanged(person: Person) -> None:
    people = people_of(person)
    made = planned(export(people), people)
    assert made.unchanged == (person,)
