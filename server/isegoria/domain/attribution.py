"""How a person allows to be cited (R3), and what that means where they are shown (R5, R6, R9): this one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from isegoria.domain.people import People
from isegoria.domain.session import Entry, Session, Spoken, Turn
from isegoria.domain.values import Attribution, Instant, PersonId, SegmentId


class Surface(StrEnum):
    """Where somebody is shown."""

    SCREEN = "screen"
    """Of the public."""
    PUBLISHED = "published"
    """A transcript that an attendee saves, and every other publishable export."""
    TEAM = "team"
    """Screens of the team, and internal exports."""


class Shown(IntEnum):
    """How much is told of who speaks; the higher, the less."""

    IN_FULL = 0
    """Name, organisation, city, country."""
    WITHOUT_NAME = 1
    ALIAS = 2
    """Constituency and region only (R5)."""
    NOBODY = 3
    """ "A participant"."""
    COUNTED = 4
    """Counted among those heard, and nothing else."""

    @property
    def with_words(self) -> bool:
        """Whether a transcript holds what they said."""
        return self <= Shown.WITHOUT_NAME


_MEANS: Mapping[Surface, Mapping[Attribution, Shown]] = {
    Surface.SCREEN: {
        Attribution.NAMED: Shown.IN_FULL,
        Attribution.ORGANISATION: Shown.IN_FULL,
        Attribution.CONSTITUENCY_REGION: Shown.ALIAS,
        Attribution.NOT_FOR_REPORT: Shown.IN_FULL,
    },
    Surface.PUBLISHED: {
        Attribution.NAMED: Shown.IN_FULL,
        Attribution.ORGANISATION: Shown.WITHOUT_NAME,
        Attribution.CONSTITUENCY_REGION: Shown.ALIAS,
        Attribution.NOT_FOR_REPORT: Shown.COUNTED,
    },
    Surface.TEAM: dict.fromkeys(Attribution, Shown.IN_FULL),
}


def choice_of(session: Session, people: People, person: PersonId) -> Attribution:
    """What was asked for at registration counts until another choice is made; without either, the default."""
    found = people.persons.get(person)
    asked = found.attribution if found else None
    return session.attributions.get(person, asked or session.default_attribution)


def is_protected(session: Session, people: People, person: PersonId, entry: Entry | None) -> bool:
    """Whether a person chose an alias, or speaks for one who did: the organisation is the same (R5)."""
    holders = {person, entry.substituted} if entry else {person}
    choices = {choice_of(session, people, holder) for holder in holders if holder}
    return Attribution.CONSTITUENCY_REGION in choices


def shown(
    session: Session,
    people: People,
    surface: Surface,
    person: PersonId,
    entry: Entry | None = None,
    *,
    chatham_house: bool = False,
) -> Shown:
    """How much of a person is told on a surface, as one who speaks, or is to, for an entry (R9).

    `chatham_house`: what they said was said under it. Who was erased, or never was in the roster, is nobody (R8).
    """
    if person not in people.persons:
        return Shown.NOBODY
    means = _MEANS[surface]
    told = means[choice_of(session, people, person)]
    if is_protected(session, people, person, entry):
        told = max(told, means[Attribution.CONSTITUENCY_REGION])
    if chatham_house and surface is Surface.PUBLISHED:
        told = max(told, Shown.NOBODY)
    return told


def shown_of(session: Session, people: People, surface: Surface, entry: Entry) -> Shown:
    """How much is told of what was said for an entry: the most careful of its turns counts for the whole.

    Otherwise one part would tell who spoke in another.
    """
    turns = [turn for turn in (*session.turns, session.turn) if turn and turn.entry == entry.id]
    told = (
        shown(session, people, surface, turn.person, entry, chatham_house=is_confided(session, turn)) for turn in turns
    )
    return max(told, default=Shown.IN_FULL)


def is_confided(session: Session, turn: Spoken | Turn) -> bool:
    """Whether a turn counts as one under Chatham House."""
    ended = turn.ended_at if isinstance(turn, Spoken) else None
    return under_chatham_house(session, turn.segment, turn.began_at, ended)


def under_chatham_house(session: Session, segment: SegmentId, began: Instant, ended: Instant | None) -> bool:
    """Whether what was said in a segment in this time counts as said under Chatham House (R6).

    The switch as it stands counts for the whole segment. What was said while it was on stays so after it is off.
    """
    found = next((part for part in session.segments if part.id == segment), None)
    if found is None:
        return False
    stretches = ((since, until) for since, until in found.confided if ended is None or since < ended)
    return found.chatham_house or any(until is None or began < until for _, until in stretches)
