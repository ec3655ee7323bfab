"""Given, when, then: a small consultation to tell the rules with.

Three topics between an opening and a closing; speakers ana, bob, cat, dan and eve of organisations of their own (ana
and amy share one); a moderator mia, a secretary sam. Captions of the floor have two feeds, those in Spanish one. The
doors open at DOORS, the session starts at NOON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide import decide
from isegoria.domain.errors import Refused
from isegoria.domain.evolve import apply
from isegoria.domain.people import About, CaptionTrack, Organisation, People, Person
from isegoria.domain.roles import Actor
from isegoria.domain.session import Session
from isegoria.domain.values import Instant, Role, SegmentKind

NOON: Instant = 1_751_371_200_000
DOORS: Instant = NOON - 1_800_000
END: Instant = NOON + 7_200_000
S = 1_000

SYSTEM = Actor(role=Role.SYSTEM)
MIA = Actor(role=Role.MODERATOR, person="mia")
SAM = Actor(role=Role.SECRETARIAT, person="sam")
RAY = Actor(role=Role.RAPPORTEUR, person="ray")


def speaker(name: str) -> Actor:
    return Actor(role=Role.SPEAKER, person=name)


ORGANISATION = {"ana": "acity", "amy": "acity", "bob": "bcity", "cat": "ccity", "dan": "dcity", "eve": "ecity"}
PEOPLE = People(
    revision=1,
    persons={
        name: Person(id=name, display_name=name.title(), organisation_id=ORGANISATION.get(name))
        for name in ["ana", "amy", "bob", "cat", "dan", "eve", "fay", "mia", "sam", "ray"]
    },
    organisations={o: Organisation(id=o, name=o.title()) for o in sorted({*ORGANISATION.values()})},
    about=About(
        languages=("en", "es"),
        tracks=(
            CaptionTrack(track="floor", language="en", feed="cart"),
            CaptionTrack(track="floor", language="en", feed="spare"),
            CaptionTrack(track="es", language="es", feed="es", is_translation=True),
        ),
    ),
)

SEGMENTS = tuple(
    c.PlannedSegment(id=name, kind=kind, planned=minutes * 60 * S)
    for name, kind, minutes in [
        ("opening", SegmentKind.OPENING, 10),
        ("one", SegmentKind.TOPIC, 30),
        ("two", SegmentKind.TOPIC, 30),
        ("three", SegmentKind.TOPIC, 40),
        ("closing", SegmentKind.CLOSING, 10),
    ]
)
SCHEDULE = c.Schedule(timezone="Europe/Madrid", doors_at=DOORS, starts_at=NOON, ends_at=END, segments=SEGMENTS)


@dataclass
class Story:
    """A session as it goes: each command is decided at `now`, and its events applied, as the journal would."""

    session: Session = field(default_factory=lambda: Session(id="s"))
    now: Instant = DOORS - 3_600_000
    people: People = PEOPLE
    decisions: list[tuple[Sequence[e.Event], Instant, Actor]] = field(default_factory=list)

    def at(self, instant: Instant) -> Story:
        self.now = instant
        return self

    def after(self, seconds: float) -> Story:
        self.now += round(seconds * S)
        return self

    def ask(self, command: c.Command, by: Actor = MIA, text: str | None = None) -> list[e.Event]:
        """The events of an accepted command, applied. Raises Refused."""
        now = max(self.now, self.session.last_at)
        events = decide(self.session, command, Context(by, now, self.people, text))
        self.session = apply(self.session, events, self.session.version + 1, now, by)
        self.decisions.append((events, now, by))
        return events

    def refused(self, code: str, command: c.Command, by: Actor = MIA) -> Refused:
        """The refusal; the state is as before."""
        before = self.session
        with pytest.raises(Refused) as caught:
            self.ask(command, by)
        assert caught.value.code == code, caught.value
        assert self.session == before
        return caught.value

    def wait(self, *names: str, segment: str = "one") -> list[str]:
        """These ask for the floor; their entries' ids."""
        return [self.request(name, segment) for name in names]

    def request(self, name: str, segment: str = "one") -> str:
        [*_, event] = self.ask(c.RequestFloor(segment=segment), speaker(name))
        assert isinstance(event, e.FloorRequested)
        return event.entry

    def give(self, entry: str) -> str:
        """The floor, after whatever turn was the newest; the turn's id."""
        [*_, event] = self.ask(c.GiveFloor(entry=entry, after=self.session.newest_turn))
        assert isinstance(event, e.TurnBegan)
        return event.turn

    def names(self) -> list[str]:
        """The order of the list, as names."""
        return [self.session.entries[entry].person for entry in self.session.order]

    def copy(self) -> Story:
        return replace(self, decisions=list(self.decisions))


def scheduled(**changes: object) -> Story:
    story = Story()
    story.ask(SCHEDULE.model_copy(update=changes), SYSTEM)
    return story


def live(**changes: object) -> Story:
    """The session has started and is in topic "one"."""
    story = scheduled(**changes).at(DOORS)
    story.ask(c.Settle(), SYSTEM)
    story.at(NOON).ask(c.StartSession())
    story.ask(c.StartSegment(segment="one", after="opening"))
    return story
