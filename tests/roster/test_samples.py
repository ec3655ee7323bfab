"""Every kind of export, read whole: what comes in, what is doubtful, what stays out."""

from typing import Any

from isegoria.domain.people import Person
from isegoria.domain.values import Region
from isegoria.roster import BadRow, Plan
from tests.roster.imports import codes, planned, sample

EVERY_FILE = {"no_consent", "region_from_country"}


def declared(person: Person) -> dict[str, Any]:
    """The fields that the file gave; ids, raw row and source apart."""
    apart = {"id", "organisation_id", "raw", "source", "source_id", "regions"}
    return person.model_dump(exclude=apart, exclude_defaults=True)


def organisation(made: Plan, person: Person) -> str:
    return next((found.name for found in made.organisations if found.id == person.organisation_id), "")


def doubts_on(made: Plan, line: int) -> set[str]:
    return {doubt.code for doubt in made.doubts if doubt.line == line}


def test_zoom_attendee_report() -> None:
    made = sample("zoom_attendee_2025.csv")
    assert (made.source, made.encoding, made.delimiter, made.rows) == ("zoom_webinar", "utf-8-sig", ",", 4)
    awa, nino = made.new
    assert declared(awa) == {
        "given_name": "Awa",
        "family_name": "Example-Ceesay",
        "display_name": "Awa Example-Ceesay",
        "email": "awa@city.example",
        "country": "GM",
    }
    assert organisation(made, awa) == "Municipality of Exampletown"
    assert awa.regions == (Region.AFRICA,)
    assert awa.raw["Registration Time"] == "Jun 20, 2025 09:11:12"
    assert awa.raw["Organisation, city and function"] == "Municipality of Exampletown, Mayor"
    assert declared(nino) == {
        "given_name": "Niño",
        "family_name": "de la Prueba Ñáñez",
        "display_name": "Niño de la Prueba Ñáñez",
        "email": "nino@muni.example",
    }
    assert organisation(made, nino) == "Ayuntamiento de Ejemplo"
    assert nino.regions == ()
    assert doubts_on(made, 0) == EVERY_FILE | {"combined_column", "hosts"}
    assert doubts_on(made, 10) == {"combined_answer"}
    assert doubts_on(made, 11) == {"rejoined"}
    assert doubts_on(made, 12) == {"combined_answer", "no_show"}
    assert made.refused == ()


def test_zoom_meeting_participants() -> None:
    made = sample("zoom_participants_meeting.csv")
    assert (made.source, made.rows) == ("zoom_meeting", 2)
    telephone, laptop = made.new
    assert declared(telephone) == {"display_name": "Awa Example"}
    assert declared(laptop) == {
        "display_name": "Awa Example",
        "email": "awa@city.example",
        "consent_recording": True,
    }
    assert doubts_on(made, 5) == {"device_name"}
    assert doubts_on(made, 6) == {"same_name"}
    [consent] = [doubt for doubt in made.doubts if doubt.code == "no_consent"]
    assert "by line: 5." in consent.message


def test_zoom_registration() -> None:
    made = sample("zoom_registration_UNVERIFIED_preamble.csv")
    assert (made.source, made.rows) == ("zoom_registration", 3)
    awa, kim = made.new
    assert declared(awa) == {
        "given_name": "Awa",
        "family_name": "Example-Ceesay",
        "display_name": "Awa Example-Ceesay",
        "function": "Mayor",
        "city": "Exampletown",
        "country": "GM",
        "email": "awa@city.example",
        "wants_floor": True,
    }
    assert declared(kim) == {
        "given_name": "KIM",
        "family_name": "Seo-yeon",
        "display_name": "KIM Seo-yeon",
        "function": "HR Officer",
        "city": "Sample-si",
        "country": "KR",
        "email": "seoyeon@city.example",
        "wants_floor": False,
    }
    assert (awa.regions, kim.regions) == ((Region.AFRICA,), (Region.ASIA_PACIFIC,))
    assert [found.name for found in made.organisations] == ["Municipality of Exampletown", "Sample-si"]
    assert doubts_on(made, 8) == {"name_order"}
    assert doubts_on(made, 9) == {"left_out"}


def test_google_forms_in_spanish() -> None:
    made = sample("google_forms_es.csv")
    assert (made.source, made.encoding) == ("google_forms", "utf-8")
    [nieves] = made.new
    assert declared(nieves) == {
        "given_name": "Nieves",
        "family_name": "de la Prueba",
        "display_name": "de la Prueba, Nieves",
        "function": "Alcaldesa",
        "country": "MX",
        "email": "awa@ciudad.example",
        "topics": ("Aplicación local", "Contratación pública"),
        "wants_floor": True,
    }
    assert organisation(made, nieves) == "Ayuntamiento de Ejemplo"
    assert nieves.regions == (Region.LATIN_AMERICA,)
    assert codes(made) == EVERY_FILE | {"name_order"}


def test_google_forms_in_french() -> None:
    made = sample("google_forms_fr.csv")
    assert made.source == "google_forms"
    [anais] = made.new
    assert declared(anais) == {
        "given_name": "Anaïs",
        "family_name": "DUPONT-TEST",
        "display_name": "DUPONT-TEST Anaïs",
        "function": "Adjointe à la maire",
        "country": "CI",
        "email": "a@ville.example",
        "topics": ("Marchés publics", "Mécanismes internationaux"),
        "wants_floor": True,
    }
    assert organisation(made, anais) == "Ville d'Exemple"
    assert codes(made) == EVERY_FILE | {"name_order"}


def test_microsoft_forms() -> None:
    made = sample("ms_forms_en.csv")
    assert made.source == "ms_forms"
    [speaker] = made.new
    assert declared(speaker) == {
        "display_name": "Ms. Test Speaker",
        "country": "TR",
        "topics": ("Local implementation", "Public procurement"),
    }
    assert (organisation(made, speaker), speaker.source_id) == ("City of Sample", "1")
    assert codes(made) == EVERY_FILE | {"two_columns"}


def test_indico_csv() -> None:
    made = sample("indico_registrations.csv")
    assert (made.source, made.encoding) == ("indico", "utf-8-sig")
    [awa] = made.new
    assert declared(awa) == {
        "given_name": "Awa",
        "family_name": "Example-Ceesay",
        "display_name": "Awa Example-Ceesay",
        "function": "Mayor",
        "country": "GM",
        "email": "awa@city.example",
        "topics": ("Public procurement", "International mechanisms"),
        "wants_floor": True,
    }
    assert (organisation(made, awa), awa.source_id) == ("Municipality of Exampletown", "17")
    assert codes(made) == EVERY_FILE


def test_indico_json_without_the_secret_of_its_door() -> None:
    made = sample("indico_registrants.json")
    assert (made.source, made.delimiter) == ("indico_json", "json")
    [awa] = made.new
    assert declared(awa) == {
        "given_name": "Awa",
        "family_name": "Example-Ceesay",
        "display_name": "Awa Example-Ceesay",
        "function": "Mayor",
        "country": "GM",
        "email": "awa@city.example",
    }
    assert (organisation(made, awa), awa.source_id) == ("Municipality of Exampletown", "17")
    assert "11111111-2222" not in made.model_dump_json()


def test_eventbrite() -> None:
    made = sample("eventbrite_attendees.csv")
    assert (made.source, made.rows) == ("eventbrite", 2)
    [awa] = made.new
    assert declared(awa) == {
        "given_name": "Awa",
        "family_name": "Example-Ceesay",
        "display_name": "Awa Example-Ceesay",
        "function": "Mayor",
        "email": "awa@city.example",
    }
    assert awa.source_id == "18400000001"
    assert doubts_on(made, 3) == {"left_out"}


def test_eventbrite_a_name_that_the_buyer_did_not_give_is_a_bad_row() -> None:
    header = "Order #,First Name,Last Name,Email,Attendee #,Attendee Status"
    text = f"{header}\n1,Info Requested,Info Requested,a@b.example,2,Attending\n"
    made = planned(text)
    assert made.new == ()
    assert made.refused == (BadRow(line=2, reason="it has no name"),)


def test_a_spanish_excel_list() -> None:
    made = sample("excel_resaved_es_cp1252_semicolon.csv")
    assert (made.source, made.encoding, made.delimiter) == ("table", "cp1252", ";")
    [inigo] = made.new
    assert declared(inigo) == {
        "given_name": "Íñigo",
        "family_name": "Ejemplo Muñoz",
        "display_name": "Íñigo Ejemplo Muñoz",
        "function": "Concejal",
        "country": "ES",
        "spoken_language": "es",
    }
    assert (organisation(made, inigo), inigo.regions) == ("Ayuntamiento de Ejemplo", (Region.EUROPE,))
