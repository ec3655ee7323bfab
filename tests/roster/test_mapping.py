"""Headings -> the mapping that is proposed, and the organiser's own mapping on top of it."""

import json

import pytest

from isegoria.domain.errors import Refused
from isegoria.domain.people import About, People
from isegoria.domain.values import Attribution, Constituency, Region
from isegoria.roster import Mapping, Plan, Target, read_mapping
from tests.roster.imports import DATA, codes, planned, sample


def targets(made: Plan) -> dict[str, str]:
    return {heading: "+".join(targets) for heading, targets in made.mapping.columns.items()}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Nom complet,Courriel,Langue", "display_name email spoken_language"),
        ("Nom,Prénom,Ville", "family_name given_name city"),
        ("Nom,Cognoms,Càrrec", "given_name family_name function"),
        ("Nome,Sobrenome,País", "given_name family_name country"),
        ("Nombre,Ayuntamiento", "display_name organisation"),
        ("الاسم,البلد,اللغة", "display_name country spoken_language"),
        ("Имя,Фамилия,Город", "given_name family_name city"),
        ("Name,City / Town,Country or region", "display_name city country"),
        ("Name,Function and organisation", "display_name function+organisation"),
        ("Name,Is this your first time?,Do you agree to be recorded?", "display_name first_time consent_recording"),
        ("¿Cuál es su nombre?,¿Cómo desea ser citado/a?", "display_name attribution"),
        ("Name,Organisation,Describe how your organisation works", "display_name organisation "),
    ],
)
def test_headings_in_the_language_of_the_form(header: str, expected: str) -> None:
    made = planned(f"{header}\n{'Ana,' * header.count(',')}Ana\n")
    assert list(targets(made).values()) == expected.split(" ")


@pytest.mark.parametrize(
    "name",
    [
        "Hora de inicio,Hora de finalización,Correo electrónico,Nombre",
        "Heure de début,Heure de fin,Adresse de messagerie,Nom",
    ],
)
def test_microsoft_forms_in_other_languages(name: str) -> None:
    made = planned(f"ID,{name},Organisation\n1,6/20/25 9:10,6/20/25 9:11,anonymous,Ana,Ciudad\n")
    assert made.source == "ms_forms"
    assert (made.new[0].display_name, made.new[0].email) == ("Ana", "")


def test_titles_that_occur_twice_are_two_columns() -> None:
    made = planned("Name,Country,Country,Country (2)\nAna,Spain,,France\n")
    assert list(targets(made)) == ["Name", "Country", "Country (2)", "Country (2) (2)"]
    assert made.new[0].country == "FR"
    assert "two_columns" in codes(made)


def test_answers_of_every_field() -> None:
    made = planned(
        "Name;Title;Type of organisation;Region;Time zone;Spoken language;Caption language;Topics;"
        "On behalf of;Access needs;First time;Attribution;Consent to recording\n"
        "Ana;Ms;NGO;Europe, Metropolis;Europe/Madrid;Catalan;English;Housing;"
        '"City A\nCity B, Inc";Sign language;yes;By name;Yes\n'
    )
    [ana] = made.new
    names = {found.id: found.name for found in made.organisations}
    assert (ana.title, ana.constituency, ana.timezone) == ("Ms", Constituency.CIVIL_SOCIETY, "Europe/Madrid")
    assert ana.regions == (Region.EUROPE, Region.METROPOLIS)
    assert (ana.spoken_language, ana.caption_language, ana.topics) == ("ca", "en", ("Housing",))
    assert [names[known] for known in ana.on_behalf_of] == ["City A", "City B, Inc"]
    assert (ana.access_needs, ana.first_time, ana.attribution) == ("Sign language", True, Attribution.NAMED)
    assert ana.consent_recording is True
    assert made.doubts == ()


def test_unknown_words_are_asked_and_left_open() -> None:
    made = planned(
        "Name,Email,Country,Type of organisation,Region,Time zone,Language,Wants the floor,Attribution,Consent\n"
        "Ana,ana,Korea,Band,Asia,CET/Nowhere,Dothraki?,Maybe,Whatever,Perhaps\n"
    )
    [ana] = made.new
    assert (ana.email, ana.country, ana.regions, ana.timezone) == ("", None, (), None)
    assert (ana.constituency, ana.spoken_language) == (Constituency.UNKNOWN, None)
    assert (ana.wants_floor, ana.attribution, ana.consent_recording) == (None, None, False)
    asked = ["email", "country", "constituency", "regions", "timezone", "spoken_language", "wants_floor"]
    assert codes(made) == {f"unknown_{field}" for field in [*asked, "attribution", "consent_recording"]}
    assert [doubt.line for doubt in made.doubts] == [2] * 9


def test_a_constituency_is_never_inferred() -> None:
    made = planned("Name,Organisation\nAna,Ministry of Housing\n")
    assert made.new[0].constituency is Constituency.UNKNOWN


def test_a_declared_region_is_not_changed_by_the_country() -> None:
    made = planned("Name,Country,Region\nAna,Spain,Metropolis\n")
    assert made.new[0].regions == (Region.METROPOLIS,)
    assert "region_from_country" not in codes(made)


def test_of_several_languages_the_first_is_taken_and_told() -> None:
    made = planned("Name;Language\nAna;English, Français\n")
    assert made.new[0].spoken_language == "en"
    assert "several_languages" in codes(made)


def test_a_combined_answer_with_all_its_parts_is_split_in_the_heading_s_order() -> None:
    made = planned('Name,"Organisation, city and function"\nAna,"Council; Sample; Mayor"\n')
    assert (made.organisations[0].name, made.new[0].city, made.new[0].function) == ("Council", "Sample", "Mayor")
    assert codes(made) == {"combined_column", "no_consent"}


def test_a_comma_inside_a_segment_s_title_does_not_split_it() -> None:
    title = "Public procurement, economic, social and cultural rights"
    people = People(about=About(segments={"s3": title}))
    made = planned(f'Timestamp,Name,Topics\n2025/06/20,Ana,"Challenges, {title}, Other"\n', people)
    assert made.new[0].topics == ("Challenges", title, "Other")


def test_a_mapping_overrides_what_is_proposed() -> None:
    mapping = Mapping(columns={"quién": (Target.DISPLAY_NAME,), "City": (), "Notas": (Target.ACCESS_NEEDS,)})
    made = planned("Quién,City,Notas\nAna,Sample,Ramp\n", mapping=mapping)
    assert (made.new[0].display_name, made.new[0].city, made.new[0].access_needs) == ("Ana", "", "Ramp")


def test_a_mapping_for_a_column_that_is_not_there_is_told() -> None:
    made = planned("Name\nAna\n", mapping=Mapping(columns={"Nobody": (Target.CITY,)}))
    assert "column_missing" in codes(made)


def test_accept_brings_in_rows_of_another_state() -> None:
    made = sample("zoom_registration_UNVERIFIED_preamble.csv", mapping=Mapping(accept=("Denied",)))
    assert [person.display_name for person in made.new][2:] == ["Duplicate Person"]
    assert {"shared_email", "unknown_wants_floor"} <= codes(made)


@pytest.mark.parametrize("path", sorted(path.name for path in DATA.iterdir() if path.suffix != ".md"))
def test_the_mapping_of_one_import_serves_the_next(path: str) -> None:
    made = sample(path)
    saved = read_mapping(made.mapping.model_dump_json().encode(), "mapping.json")
    again = sample(path, mapping=saved)
    assert again == made
    assert again.mapping == saved


def test_a_mapping_file_in_toml() -> None:
    text = """
    day_first = true
    accept = ["pending"]
    [columns]
    Cargo = "function"
    Notas = ""
    "Quién y dónde" = ["organisation", "city"]
    """
    assert read_mapping(text.encode(), "roster.toml") == Mapping(
        day_first=True,
        accept=("pending",),
        columns={
            "Cargo": (Target.FUNCTION,),
            "Notas": (),
            "Quién y dónde": (Target.ORGANISATION, Target.CITY),
        },
    )


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (json.dumps({"columns": {"Cargo": "job"}}), "m.json", "columns.Cargo.0"),
        (json.dumps({"colums": {}}), "m.json", "colums"),
        (json.dumps([1]), "m.json", "the file"),
        ("{", "m.json", "not JSON"),
        ("a = ", "m.toml", "not TOML"),
        ('columns = ["x"]', "m.toml", "columns"),
    ],
)
def test_a_mapping_file_that_is_wrong_says_where(content: str, name: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        read_mapping(content.encode(), name)
    assert refused.value.code == "malformed"
