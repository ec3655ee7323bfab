"""Who takes part: all that can be erased. The journal knows these by their random ids only (R8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import Field

from isegoria.domain.session import Session
from isegoria.domain.values import (
    Attribution,
    Constituency,
    Frozen,
    Instant,
    OrganisationId,
    PersonId,
    Region,
    Role,
    SegmentId,
    TextId,
)


class Organisation(Frozen):
    """An organisation, so that it has one waiting entry however many of its people come (Q1)."""

    id: OrganisationId
    name: str


class Person(Frozen):
    """One participant, as registered and as edited by the secretariat.

    `display_name` stays as given ("KIM Seo-yeon"). `edited` names the fields that a person changed by hand; an import
    never overwrites those. `raw` keeps the registration row, `source` and `source_id` say where it came from.
    """

    id: PersonId
    roles: tuple[Role, ...] = (Role.SPEAKER,)
    given_name: str = ""
    family_name: str = ""
    display_name: str
    title: str = ""
    function: str = ""
    organisation_id: OrganisationId | None = None
    constituency: Constituency = Constituency.UNKNOWN
    city: str = ""
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    """ISO 3166-1 alpha-2."""
    regions: tuple[Region, ...] = ()
    timezone: str | None = None
    email: str = ""
    spoken_language: str | None = None
    """BCP 47."""
    caption_language: str | None = None
    topics: tuple[str, ...] = ()
    """As answered; matched to segments when an entry is made."""
    wants_floor: bool | None = None
    on_behalf_of: tuple[OrganisationId, ...] = ()
    access_needs: str = ""
    first_time: bool | None = None
    attribution: Attribution | None = None
    """Asked at registration; None means not given, hence the default (R3)."""
    consent_recording: bool = False
    source: str = ""
    source_id: str = ""
    raw: Mapping[str, str] = Field(default_factory=dict)
    edited: frozenset[str] = frozenset()


class WrittenInput(Frozen):
    """A deadline for written contributions; deadlines are data with their source (S3)."""

    at: Instant
    timezone: str
    source: str


class CaptionTrack(Frozen):
    """A track of captions that readers can choose, as the session file announces it; its feed is named by `feed`."""

    track: str
    language: str
    feed: str
    machine: bool = True
    is_translation: bool = False


class About(Frozen):
    """What a session's file says in words, which the journal must not hold."""

    title: str = ""
    organisers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """Spoken, BCP 47."""
    segments: Mapping[SegmentId, str] = Field(default_factory=dict)
    """Their titles."""
    topics: Mapping[str, str] = Field(default_factory=dict)
    """What interventions are tagged with: tag -> its words."""
    tracks: tuple[CaptionTrack, ...] = ()
    written_input: tuple[WrittenInput, ...] = ()

    def source_of(self, track: str, session: Session) -> str | None:
        """The feed that a track is heard from: the one that was chosen, or the first of the file (C15)."""
        if track in session.sources:
            return session.sources[track].feed
        return next((one.feed for one in self.tracks if one.track == track), None)


@dataclass(frozen=True, slots=True)
class People:
    """Everything that can be erased, as read at one revision."""

    revision: int = 0
    persons: Mapping[PersonId, Person] = field(default_factory=dict)
    organisations: Mapping[OrganisationId, Organisation] = field(default_factory=dict)
    texts: Mapping[TextId, str] = field(default_factory=dict)
    about: About = field(default_factory=About)

    def organisation_of(self, person: PersonId) -> Organisation | None:
        found = self.persons.get(person)
        return self.organisations.get(found.organisation_id) if found and found.organisation_id else None
