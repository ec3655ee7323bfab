"""Whoever spoke, in whatever order and under whatever choice: nothing publishable tells what was not allowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.people import CaptionTrack, Organisation, People, Person
from isegoria.domain.values import Attribution, Constituency, PauseReason, Region, Tier
from isegoria.report.making import OFFERED, Material, Wanted, make
from tests.domain.story import RAY, SAM, S, live
from tests.report.journals import KNOWN, journal_of, said
from tests.report.opened import opened

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
QUICK = [kind for kind, tiers in OFFERED.items() if Tier.PUBLISHABLE in tiers and kind != "pdf"]
"""The PDF is made of the same paper as the Word document."""


@dataclass(frozen=True)
class Who:
    given: str
    family: str
    organisation: str
    city: str

    @property
    def name(self) -> tuple[str, ...]:
        return self.given, self.family, self.family.lower() + "@"

    @property
    def place(self) -> tuple[str, ...]:
        return self.organisation, self.city


SPEAKERS = {
    "ana": Who("Wanjiru", "Kamau", "River Assembly", "Kisumu"),
    "bob": Who("Tadeusz", "Wolski", "Piotrkowska Council", "Zgierz"),
    "cat": Who("Yolanda", "Quispe", "Ayllu Federation", "Cusco"),
    "dan": Who("Bjarte", "Solheim", "Fjord Municipality", "Odda"),
}


def person_of(name: str, who: Who, choice: Attribution) -> Person:
    return Person(
        id=name,
        given_name=who.given,
        family_name=who.family,
        display_name=f"{who.given} {who.family}",
        email=f"{who.family.lower()}@example.org",
        organisation_id=f"{name}-of",
        constituency=Constituency.LOCAL_GOVERNMENT,
        city=who.city,
        country="KE",
        regions=(Region.AFRICA,),
        attribution=choice,
    )


@dataclass(frozen=True)
class Turn:
    """With an `heir` the line is lost; the heir has the request then, and never speaks."""

    person: str
    confided: bool
    heir: str | None


def turns() -> st.SearchStrategy[list[Turn]]:
    """Those in the first segment, which may be under Chatham House, come first."""
    one = st.builds(Turn, st.sampled_from([*SPEAKERS]), st.booleans(), st.sampled_from([None, "eve"]))
    return st.lists(one, min_size=1, max_size=4, unique_by=lambda turn: turn.person).map(
        lambda found: sorted(found, key=lambda turn: not turn.confided)
    )


def told(found: list[Turn], choices: dict[str, Attribution]) -> tuple[Material, list[int]]:
    """Everybody introduces themselves, and the next speaker thanks who spoke before by name; when each turn began."""
    story, captions, began = live(), [], []
    persons = {name: person_of(name, who, choices[name]) for name, who in SPEAKERS.items()}
    organisations = {
        f"{name}-of": Organisation(id=f"{name}-of", name=who.organisation) for name, who in SPEAKERS.items()
    }
    about = KNOWN.about.model_copy(update={"tracks": (CaptionTrack(track="en", language="en", feed="cart"),)})
    story.people = People(
        2, {**KNOWN.persons, **persons}, {**KNOWN.organisations, **organisations}, {"x": "Seen in the field."}, about
    )
    if any(turn.confided for turn in found):
        story.ask(c.SwitchChathamHouse(segment="one", on=True))
    before: Who | None = None
    for number, turn in enumerate(found):
        if not turn.confided and "two" not in {segment for segment, _ in story.session.agenda}:
            story.ask(c.StartSegment(segment="two", after="one"))
        who = SPEAKERS[turn.person]
        segment = "one" if turn.confided else "two"
        [entry] = story.after(13).wait(turn.person, segment=segment)
        running = story.give(entry)
        began.append(story.now)
        words = f"I am {who.given} {who.family} of {who.organisation} in {who.city}."
        thanks = f"Thank you, {before.given} {before.family}. " if before else ""
        captions.append(said(thanks + words, story.now + 2 * S, number + 1))
        story.ask(c.WriteGist(entry=entry, after=None, text="x"), RAY, text="x")
        if turn.heir:
            story.after(61).ask(c.PauseTurn(turn=running, reason=PauseReason.CONNECTION))
            story.after(61).ask(c.InterruptTurn(turn=running))
            story.ask(c.Substitute(entry=entry, person=turn.heir), SAM)
            story.ask(c.Withdraw(entry=entry, status=story.session.entries[entry].status), SAM)
        else:
            story.after(61).ask(c.EndTurn(turn=running))
        before = who
    kept = [(one.position or 0, one.model_dump_json(exclude={"position"}).encode()) for one in captions]
    return Material("s", journal_of(story), story.people, {"en": kept}), began


def allowed(turn: Turn, choice: Attribution) -> tuple[bool, bool, bool]:
    """Of a speaker: name, organisation and city, when they spoke."""
    if turn.confided:
        return False, False, False
    return (
        choice is Attribution.NAMED,
        choice in (Attribution.NAMED, Attribution.ORGANISATION),
        choice
        in (
            Attribution.NAMED,
            Attribution.ORGANISATION,
        ),
    )


def instants(at: int) -> list[str]:
    """An instant as files write it, to the second."""
    when = _EPOCH + timedelta(milliseconds=at)
    return [str(at), f"{when:%H:%M:%S}", f"{when + timedelta(hours=2):%H:%M:%S}"]


@settings(max_examples=40, deadline=None)
@given(turns(), st.fixed_dictionaries(dict.fromkeys(SPEAKERS, st.sampled_from([*Attribution]))))
def test_R3_R5_R6_R9_R10_nothing_publishable_tells_what_was_not_allowed(
    found: list[Turn], choices: dict[str, Attribution]
) -> None:
    material, began = told(found, choices)
    for kind in QUICK:
        track = "en" if kind in {"vtt", "srt", "txt"} else None
        text = opened(make(Wanted(kind, Tier.PUBLISHABLE, track), material))
        for turn, at in zip(found, began, strict=True):
            named, placed, timed = allowed(turn, choices[turn.person])
            who = SPEAKERS[turn.person]
            secret = [*(() if named else who.name), *(() if placed else who.place), *(() if timed else instants(at))]
            assert [word for word in secret if word in text] == [], (kind, turn, choices[turn.person])
        assert "Eve" not in text, "who never spoke is told nowhere"
