"""Whoever spoke, in whatever order and under whatever choice: nothing publishable tells what was not allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment
from isegoria.domain.people import CaptionTrack, Organisation, People, Person
from isegoria.domain.values import Attribution, Constituency, Region, Tier
from isegoria.report.making import OFFERED, Material, Wanted, make
from tests.domain.story import RAY, SAM, S, Story, live
from tests.report.journals import KNOWN, finish, handed_in, journal_of, lose, said
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
    """`then`, where the line is lost: an "heir" has the request, and never speaks; or they go on "again" in the second
    segment."""

    person: str
    confided: bool
    then: Literal["heir", "again"] | None


def turns() -> st.SearchStrategy[list[Turn]]:
    """Those in the first segment, which may be under Chatham House, come first."""
    one = st.builds(Turn, st.sampled_from([*SPEAKERS]), st.booleans(), st.sampled_from([None, "heir", "again"]))
    return st.lists(one, min_size=1, max_size=4, unique_by=lambda turn: turn.person).map(
        lambda found: sorted(found, key=lambda turn: not turn.confided)
    )


@dataclass
class Floor:
    """Everybody introduces themselves, and the next speaker thanks who spoke before by name."""

    story: Story
    captions: list[CaptionSegment] = field(default_factory=list)
    began: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Whose turns, and when."""
    before: Who | None = None

    def speak(self, person: str, entry: str, *, lost: bool = False) -> None:
        who, before = SPEAKERS[person], self.before
        self.story.after(13).give(entry)
        self.began[person].append(self.story.now)
        words = f"I am {who.given} {who.family} of {who.organisation} in {who.city}."
        thanks = f"Thank you, {before.given} {before.family}. " if before else ""
        self.captions.append(said(thanks + words, self.story.now + 2 * S, len(self.captions) + 1))
        self.before = who
        (lose if lost else finish)(self.story, 61)


def told(found: list[Turn], choices: dict[str, Attribution]) -> tuple[Material, Mapping[str, list[int]]]:
    """What is known of such a session; when the turns of each began."""
    floor = Floor(story := live())
    story.people = people(choices)
    if any(turn.confided for turn in found):
        story.ask(c.SwitchChathamHouse(segment="one", on=True))
    later = {}
    for turn in found:
        if not turn.confided and story.session.segment == "one":
            story.ask(c.StartSegment(segment="two", after="one"))
        entry = story.request(turn.person, "one" if turn.confided else "two")
        floor.speak(turn.person, entry, lost=turn.then is not None)
        story.ask(c.WriteGist(entry=entry, after=None, text="x"), RAY, text="x")
        if turn.then == "again":
            later[turn.person] = entry
        elif turn.then == "heir":
            story.ask(c.Substitute(entry=entry, person="eve"), SAM)
            story.ask(c.Withdraw(entry=entry, status=story.session.entries[entry].status), SAM)
    if later and story.session.segment == "one":
        story.ask(c.StartSegment(segment="two", after="one"))
    for person, entry in later.items():
        floor.speak(person, entry)
    texts = note(story, found)
    story.people = replace(story.people, texts={**story.people.texts, **texts})
    kept = [(one.position or 0, one.model_dump_json(exclude={"position"}).encode()) for one in floor.captions]
    return Material("s", journal_of(story), story.people, {"en": kept}), floor.began


def people(choices: dict[str, Attribution]) -> People:
    persons = {name: person_of(name, who, choices[name]) for name, who in SPEAKERS.items()}
    organisations = {
        f"{name}-of": Organisation(id=f"{name}-of", name=who.organisation) for name, who in SPEAKERS.items()
    }
    about = KNOWN.about.model_copy(update={"tracks": (CaptionTrack(track="en", language="en", feed="cart"),)})
    return People(
        2, {**KNOWN.persons, **persons}, {**KNOWN.organisations, **organisations}, {"x": "Seen in the field."}, about
    )


def note(story: Story, found: list[Turn]) -> dict[str, str]:
    """What the team writes after it: the texts by their ids. Quotes reach from the first line to the last."""
    texts = {}
    for entry in list(story.session.entries.values()):
        name = entry.substituted or entry.person
        who = SPEAKERS[name]
        texts[f"w-{name}"] = f"We of {who.organisation} in {who.city}. Signed, {who.given} {who.family}"
        story.ask(handed_in(f"w-{name}", name, entry.id), SAM)
        story.ask(c.QuoteIntervention(entry=entry.id, track="en", first=1, last=99), RAY)
        story.ask(c.ConfirmQuote(annotation=story.session.notebook.annotations[-1].id), RAY)
    first = SPEAKERS[found[0].person]
    texts["t"] = f"What {first.given} {first.family} asked"
    story.ask(c.AddTopic(text="t"), RAY, text="t")
    return texts


def secret(turn: Turn, choice: Attribution, began: list[int]) -> list[str]:
    """Of a speaker: name, organisation and city, when they spoke, as far as nobody may know."""
    named = not turn.confided and choice is Attribution.NAMED
    placed = named or (not turn.confided and choice is Attribution.ORGANISATION)
    who = SPEAKERS[turn.person]
    hidden = [] if placed else [*who.place, *(word for at in began for word in instants(at))]
    return [*hidden, *([] if named else who.name)]


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
    secrets = {turn: secret(turn, choices[turn.person], began[turn.person]) for turn in found}
    for kind in QUICK:
        track = "en" if kind in {"vtt", "srt", "txt"} else None
        text = opened(make(Wanted(kind, Tier.PUBLISHABLE, track), material))
        for turn, words in secrets.items():
            assert [word for word in words if word in text] == [], (kind, turn, choices[turn.person])
        assert "Eve" not in text, "who never spoke is told nowhere"
