"""The people of `tests.domain.story` with all that a roster tells, each word of it found nowhere else."""

from __future__ import annotations

from isegoria.domain.people import About, CaptionTrack, Organisation, People, Person, WrittenInput
from isegoria.domain.values import Attribution, Constituency, PersonId, Region
from tests.domain.story import NOON, PEOPLE

SPEAKERS = ("ana", "amy", "bob", "cat", "dan", "eve", "fay")


def person(name: str, **changes: object) -> Person:
    fields = {
        "id": name,
        "display_name": f"NAME-{name}",
        "organisation_id": f"o-{name}",
        "constituency": Constituency.LOCAL_GOVERNMENT,
        "city": f"CITY-{name}",
        "country": "BR",
        "regions": (Region.LATIN_AMERICA,),
        "timezone": "America/Bahia",
        "email": f"MAIL-{name}@example.org",
        "access_needs": f"NEEDS-{name}",
    }
    return Person.model_validate(fields | changes)


def people(**attributions: Attribution | None) -> People:
    """All of the story; `attributions` as chosen at registration."""
    speakers = {name: person(name, attribution=attributions.get(name)) for name in SPEAKERS}
    return People(
        revision=2,
        persons={**PEOPLE.persons, **speakers},
        organisations={f"o-{name}": Organisation(id=f"o-{name}", name=f"ORG-{name}") for name in SPEAKERS},
        texts={"x1": "A little slower"},
        about=About(
            title="Human rights at the local level",
            organisers=("OHCHR", "UCLG-CSIPDHR"),
            segments={"one": "Local implementation"},
            tracks=(CaptionTrack(track="floor", language="en", feed="wordly"),),
            written_input=(WrittenInput(at=NOON, timezone="Europe/Madrid", source="Invitation"),),
        ),
    )


def words_of(name: PersonId) -> list[str]:
    """What no public surface may tell of someone who is protected."""
    return [f"NAME-{name}", f"ORG-{name}", f"CITY-{name}", f"MAIL-{name}", f"NEEDS-{name}"]
