"""A consultation whose speakers chose differently, to make transcripts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from isegoria.domain.captions import CaptionSegment
from isegoria.domain.people import CaptionTrack, Organisation, People, Person
from isegoria.domain.values import Attribution, Tier
from isegoria.report import as_srt, as_txt, as_vtt
from isegoria.report.transcript import Transcript, transcript
from tests.domain.story import NOON, S, Story, live
from tests.report.journals import KNOWN, finish, said

PUBLISHABLE, INTERNAL = Tier.PUBLISHABLE, Tier.INTERNAL
SECRET = "Zoë Müller-Núñez"
CHOICES = {
    "ana": Attribution.NAMED,
    "bob": Attribution.ORGANISATION,
    "cat": Attribution.CONSTITUENCY_REGION,
    "dan": Attribution.NOT_FOR_REPORT,
}
CITIES = {"bob": ("Nairobi", "KE"), "cat": ("Puerto Escondido", "MX"), "dan": ("Tunis", "TN"), "eve": ("Lund", "SE")}


def roster(**changed: dict[str, object]) -> People:
    """Ana is named, Bob's organisation is, Cat is protected, Dan is not for the report; `changed`: by their ids."""
    persons = dict(KNOWN.persons)
    for name, (city, country) in CITIES.items():
        details = {"city": city, "country": country, "attribution": CHOICES.get(name)}
        persons[name] = persons[name].model_copy(update=details)
    cat = {"display_name": SECRET, "given_name": "Zoë", "family_name": "Müller-Núñez", "email": "zoe@puerto.example"}
    persons["cat"] = persons["cat"].model_copy(update=cat)
    for name, fields in changed.items():
        persons[name] = Person.model_validate({**dict(persons[name]), **fields})
    organisations = {**KNOWN.organisations, "ccity": Organisation(id="ccity", name="Red de Ciudades (RCX)")}
    tracks = tuple(CaptionTrack(track=one, language=one, feed=one) for one in ("en", "es", "ar", "zh"))
    about = KNOWN.about.model_copy(update={"tracks": tracks})
    return replace(KNOWN, persons=persons, organisations=organisations, about=about)


def heard(*names: str, minutes: float = 2, between_s: float = 0) -> Story:
    """These speak one after the other, from the session's start on, each for so many minutes."""
    story = live()
    for entry in story.wait(*names):
        story.after(between_s).give(entry)
        finish(story, minutes * 60)
    return story


def at(minutes: float, text: str, position: int, **more: object) -> CaptionSegment:
    """A final caption so many minutes after the session's start."""
    return said(text, NOON + round(minutes * 60 * S), position, **more)


def made(
    story: Story,
    captions: Sequence[CaptionSegment],
    tier: Tier = PUBLISHABLE,
    people: People | None = None,
    track: str = "en",
) -> Transcript:
    return transcript(story.session, people or roster(), track, captions, tier)


def words(found: Transcript) -> list[str]:
    return [cue.text for block in found.blocks for cue in block.cues]


def every_format(found: Transcript) -> list[str]:
    return [export(found).decode() for export in (as_vtt.export, as_srt.export, as_txt.export)]
