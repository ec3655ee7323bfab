"""The rapporteur's notes, what comes in writing, exports, aliases: as given, when, then (R2, R4, R5, R7, R10)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.aliases import SMALLEST_CELL, alias_of
from isegoria.domain.notebook import Passage
from isegoria.domain.people import Person
from isegoria.domain.roles import Actor
from isegoria.domain.session import Alias
from isegoria.domain.values import (
    Attribution,
    Constituency,
    ContributionKind,
    PassageDecision,
    Region,
    Role,
    Tier,
)
from tests.domain.story import DOORS, PEOPLE, RAY, SAM, SYSTEM, Story, live, scheduled, speaker

ROSA = Actor(role=Role.RAPPORTEUR, person="sam")
DIGEST = "0" * 64


def spoken() -> tuple[Story, str]:
    """Ana has had the floor; her entry."""
    story = live()
    [entry] = story.wait("ana")
    turn = story.give(entry)
    story.after(60).ask(c.EndTurn(turn=turn))
    return story, entry


# --- notes ---------------------------------------------------------------------------------------


def test_R2_the_newest_gist_counts_and_two_who_write_at_once_do_not_overwrite_each_other() -> None:
    story, entry = spoken()
    story.ask(c.WriteGist(entry=entry, after=None, text="Budgets are voted on."), RAY, text="x1")
    first = story.session.notebook.gist_of(entry)
    assert first
    refusal = story.refused("stale", c.WriteGist(entry=entry, after=None, text="Another."), ROSA)
    assert refusal.detail == {"annotation": first.id, "name": "Ray"}
    story.ask(c.WriteGist(entry=entry, after=first.id, text="Budgets are voted on, ward by ward."), ROSA, text="x2")
    newest = story.session.notebook.gist_of(entry)
    assert newest
    assert (newest.text, newest.by) == ("x2", "sam")


def test_R2_a_tag_is_set_once_and_may_be_taken_off() -> None:
    story, entry = spoken()
    story.ask(c.TagIntervention(entry=entry, tag="practice"), RAY)
    story.refused("no_change", c.TagIntervention(entry=entry, tag="practice"), ROSA)
    [tag] = story.session.notebook.annotations
    story.ask(c.RemoveAnnotation(annotation=tag.id), ROSA)
    assert story.session.notebook.annotations == ()
    story.refused("stale", c.RemoveAnnotation(annotation=tag.id), RAY)


def test_R2_a_topic_that_is_added_is_a_tag_whose_words_lie_apart() -> None:
    story, entry = spoken()
    [added] = story.ask(c.AddTopic(text="Water"), RAY, text="x1")
    assert isinstance(added, e.TopicAdded)
    assert story.session.notebook.topics == {added.topic: "x1"}
    story.ask(c.TagIntervention(entry=entry, tag=added.topic), RAY)


def test_R7_a_quote_is_confirmed_once_by_who_heard_it() -> None:
    story, entry = spoken()
    story.ask(c.QuoteIntervention(entry=entry, track="floor", first=1, last=2), RAY)
    [quote] = story.session.notebook.annotations
    assert quote.confirmed_by is None
    story.ask(c.ConfirmQuote(annotation=quote.id), ROSA)
    assert story.session.notebook.annotations[0].confirmed_by == "sam"
    assert story.refused("no_change", c.ConfirmQuote(annotation=quote.id), RAY).detail["name"] == "Sam"


def test_R7_only_a_quote_is_confirmed() -> None:
    story, entry = spoken()
    story.ask(c.NoteIntervention(entry=entry, text="Loud."), RAY, text="x1")
    story.refused("malformed", c.ConfirmQuote(annotation=story.session.notebook.annotations[0].id), RAY)


def test_R2_remarks_are_of_somebody_in_a_segment() -> None:
    story = live()
    story.refused("unknown_person", c.LogRemarks(person="zoe", segment="opening", text="Hello."), RAY)
    story.refused("unknown_segment", c.LogRemarks(person="mia", segment="nine", text="Hello."), RAY)
    story.ask(c.LogRemarks(person="mia", segment="opening", text="Hello."), RAY, text="x1")
    [remarks] = story.session.notebook.remarks
    assert (remarks.person, remarks.segment, remarks.text, remarks.by) == ("mia", "opening", "x1", "ray")


# --- in writing ----------------------------------------------------------------------------------


def written(person: str | None = None, entry: str | None = None, name: str = "w1") -> c.ReceiveContribution:
    kind = ContributionKind.STATEMENT if entry else ContributionKind.WRITTEN
    return c.ReceiveContribution(
        contribution=name, person=person, kind=kind, entry=entry, words=2, size=9, digest=DIGEST, media="text/plain"
    )


def test_R2_a_speaker_hands_in_their_own_text_and_the_team_anybodys() -> None:
    story, entry = spoken()
    story.ask(written(entry=entry), speaker("ana"))
    story.refused("not_yours", written("ana", name="w2"), speaker("bob"))
    story.ask(written("bob", name="w3"), SAM)
    assert [(one.person, one.by) for one in story.session.notebook.contributions] == [("ana", "ana"), ("bob", "sam")]


def test_R2_a_statement_is_of_ones_own_intervention() -> None:
    story, entry = spoken()
    story.refused("malformed", written(entry=entry), speaker("bob"))


def test_R2_what_was_handed_in_is_withdrawn_by_its_author_or_the_team() -> None:
    story = live()
    story.ask(written(), speaker("ana"))
    story.refused("no_change", written(), speaker("ana"))
    story.refused("not_yours", c.WithdrawContribution(contribution="w1"), speaker("bob"))
    story.ask(c.WithdrawContribution(contribution="w1"), SAM)
    assert story.session.notebook.contributions == ()
    story.refused("stale", c.WithdrawContribution(contribution="w1"), SAM)


# --- what leaves the house -----------------------------------------------------------------------


def test_R4_exports_are_listed_with_who_made_them_of_what() -> None:
    story = live()
    story.ask(c.ListExport(format="docx", tier=Tier.PUBLISHABLE, digest=DIGEST, size=9, entries=3), RAY)
    [export] = story.session.notebook.exports
    assert (export.id, export.format, export.entries, export.by) == ("x5", "docx", 3, "ray")


def test_R10_a_passage_is_decided_and_may_be_decided_anew() -> None:
    story = live()
    mask = c.DecidePassage(track="es", position=7, decision=PassageDecision.MASK)
    release = mask.model_copy(update={"decision": PassageDecision.RELEASE})
    story.ask(mask, RAY)
    story.refused("no_change", mask, RAY)
    story.ask(release, RAY)
    assert story.session.notebook.passages == {("es", 7): Passage(PassageDecision.RELEASE)}
    of_others = release.model_copy(update={"persons": ("ana",)})
    story.ask(of_others, RAY)
    assert story.session.notebook.passages == {("es", 7): Passage(PassageDecision.RELEASE, ("ana",))}


# --- aliases -------------------------------------------------------------------------------------


def crowded(cities: int) -> Story:
    """Ana, who is protected, and so many cities in Africa, hers among them."""
    city = Person(id="", display_name="City", constituency=Constituency.LOCAL_GOVERNMENT, regions=(Region.AFRICA,))
    protected = {"id": "ana", "attribution": Attribution.CONSTITUENCY_REGION}
    others = {f"c{number}": city.model_copy(update={"id": f"c{number}"}) for number in range(cities - 1)}
    persons = {**PEOPLE.persons, **others, "ana": city.model_copy(update=protected)}
    story = scheduled()
    story.people = replace(PEOPLE, persons=persons)
    return story


@pytest.mark.parametrize(("cities", "region"), [(SMALLEST_CELL, Region.AFRICA), (SMALLEST_CELL - 1, None)])
def test_R5_R10_an_alias_is_fixed_when_the_doors_open(cities: int, region: Region | None) -> None:
    story = crowded(cities)
    story.at(DOORS).ask(c.Settle(), SYSTEM)
    assert story.session.aliases == {"ana": Alias(Constituency.LOCAL_GOVERNMENT, region)}


def test_R10_an_alias_does_not_become_more_specific_when_more_people_come() -> None:
    story = crowded(SMALLEST_CELL - 1)
    story.at(DOORS).ask(c.Settle(), SYSTEM)
    later = crowded(SMALLEST_CELL + 3).people
    assert alias_of(story.session, later, "ana").region is None


def test_R10_who_chooses_it_later_has_an_alias_from_then_on_and_keeps_it() -> None:
    story = crowded(SMALLEST_CELL)
    story.at(DOORS).ask(c.Settle(), SYSTEM)
    story.ask(c.ChooseAttribution(attribution=Attribution.CONSTITUENCY_REGION), speaker("bob"))
    assert story.session.aliases["bob"] == Alias(Constituency.UNKNOWN, None)
    story.ask(c.ChooseAttribution(attribution=Attribution.NAMED), speaker("bob"))
    [chosen] = story.ask(c.ChooseAttribution(attribution=Attribution.CONSTITUENCY_REGION), speaker("bob"))
    assert isinstance(chosen, e.AttributionChosen)
    assert chosen.alias is None


def test_R10_a_choice_before_the_doors_is_fixed_with_them() -> None:
    story = crowded(SMALLEST_CELL)
    [chosen] = story.ask(c.ChooseAttribution(attribution=Attribution.CONSTITUENCY_REGION), speaker("bob"))
    assert isinstance(chosen, e.AttributionChosen)
    assert chosen.alias is None
    story.at(DOORS).ask(c.Settle(), SYSTEM)
    assert story.session.aliases.keys() == {"ana", "bob"}
