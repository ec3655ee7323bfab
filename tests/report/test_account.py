"""What may be published of a record: each choice's row of R9, and nothing that tells more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.people import Organisation, People, Person
from isegoria.domain.values import Attribution, Constituency, Region, Tier
from isegoria.report.account import account
from isegoria.report.model_account import Account
from tests.domain.story import DOORS, NOON, PEOPLE, RAY, SAM, SYSTEM, S, Story, scheduled
from tests.report.journals import handed_in, lose, record_of, said

NAMED, ORGANISATION = Attribution.NAMED, Attribution.ORGANISATION
ALIAS, NOT_FOR_REPORT = Attribution.CONSTITUENCY_REGION, Attribution.NOT_FOR_REPORT

ANA = Person(
    id="ana",
    given_name="Wanjiru",
    family_name="Kamau",
    display_name="Wanjiru Kamau",
    email="wanjiru@nairobi.example",
    organisation_id="acity",
    constituency=Constituency.LOCAL_GOVERNMENT,
    city="Nairobi",
    country="KE",
    regions=(Region.AFRICA,),
)
TELLING = ("Wanjiru", "Kamau", "nairobi", "Nairobi", "City Hall of the River", "KE", '"ana"')


def with_choice(choice: Attribution) -> People:
    ana = ANA.model_copy(update={"attribution": choice})
    city = Organisation(id="acity", name="City Hall of the River")
    return replace(
        PEOPLE,
        persons={**PEOPLE.persons, "ana": ana},
        organisations={**PEOPLE.organisations, "acity": city},
        texts={"x1": "Budgets are voted on in Nairobi.", "x2": "Kamau opened.", "w1": "We, Nairobi, write."},
    )


def consultation(choice: Attribution, *, chatham_house: bool = False) -> Story:
    """Ana and Bob speak; a gist, a confirmed quote, remarks and a written text of Ana's."""
    story = scheduled()
    story.people = with_choice(choice)
    story.at(DOORS).ask(c.Settle(), SYSTEM)
    story.at(NOON).ask(c.StartSession())
    story.ask(c.StartSegment(segment="one", after="opening"))
    if chatham_house:
        story.ask(c.SwitchChathamHouse(segment="one", on=True))
    entries = story.wait("ana", "bob")
    for entry in entries:
        turn = story.after(10).give(entry)
        story.after(60).ask(c.EndTurn(turn=turn))
    story.ask(c.TagIntervention(entry=entries[0], tag="practice"), RAY)
    story.ask(c.WriteGist(entry=entries[0], after=None, text="x"), RAY, text="x1")
    story.ask(c.QuoteIntervention(entry=entries[0], track="en", first=1, last=1), RAY)
    story.ask(c.ConfirmQuote(annotation=story.session.notebook.annotations[-1].id), RAY)
    story.ask(c.QuoteIntervention(entry=entries[1], track="en", first=2, last=2), RAY)
    story.ask(c.LogRemarks(person="mia", segment="opening", text="x"), RAY, text="x2")
    story.ask(handed_in("w1", "ana"), SAM)
    return story


def published(story: Story) -> Account:
    captions = [said("We vote, here in Nairobi.", NOON + 20 * S, 1), said("As Kamau said.", NOON + 90 * S, 2)]
    return account(record_of(story, {"en": captions}, story.people), story.session, story.people, Tier.PUBLISHABLE)


def test_R9_who_is_named_is_told_in_full() -> None:
    found = published(consultation(NAMED))
    ana = found.interventions[0]
    assert (ana.cited.as_, ana.cited.name, ana.cited.organisation) == (
        "in_full",
        "Wanjiru Kamau",
        "City Hall of the River",
    )
    assert (ana.cited.city, ana.cited.country, ana.began_at, ana.used) == ("Nairobi", "KE", NOON + 10 * S, 60 * S)
    assert [quote.text for quote in ana.quotes] == ["We vote, here in Nairobi."]
    assert ana.gist == "Budgets are voted on in Nairobi."
    assert [one.text for one in found.contributions] == ["We, Nairobi, write."]


def test_R9_of_an_organisation_there_is_no_name() -> None:
    found = published(consultation(ORGANISATION))
    assert (found.interventions[0].cited.as_, found.interventions[0].cited.name) == ("without_name", None)
    assert found.interventions[0].cited.organisation == "City Hall of the River"


def test_R7_machine_text_that_nobody_heard_is_no_quotation() -> None:
    bob = published(consultation(NAMED)).interventions[1]
    assert bob.quotes == ()


def test_R5_R9_an_alias_has_no_time_no_words_and_no_place_in_the_order() -> None:
    found = published(consultation(ALIAS))
    assert [one.cited.as_ for one in found.interventions] == ["without_name", "alias"]
    alias = found.interventions[1]
    assert (alias.began_at, alias.used, alias.quotes) == (None, None, ())
    assert (alias.gist, alias.tags) == ("Budgets are voted on in […].", ("practice",))
    assert (alias.cited.constituency, alias.cited.region) == (Constituency.LOCAL_GOVERNMENT, None)
    assert [one.text for one in found.contributions] == [None]


def test_R9_who_is_not_for_the_report_is_counted_and_nothing_else() -> None:
    found = published(consultation(NOT_FOR_REPORT))
    assert len(found.interventions) == 1
    assert found.counts.heard == 2
    assert found.contributions == ()


def taken_over(choice: Attribution, *, has_spoken: bool) -> Story:
    """Cat, who is named, spoke for a minute and lost the line; Eve, who chose otherwise, has her request since (Q4)."""
    story = consultation(NAMED)
    choices = {"cat": NAMED, "eve": choice}
    chosen = {name: story.people.persons[name].model_copy(update={"attribution": one}) for name, one in choices.items()}
    story.people = replace(story.people, persons={**story.people.persons, **chosen})
    [entry] = story.wait("cat")
    story.give(entry)
    lose(story)
    story.ask(c.Substitute(entry=entry, person="eve"), SAM)
    if has_spoken:
        again = story.give(entry)
        story.after(30).ask(c.EndTurn(turn=again))
    return story


@pytest.mark.parametrize("choice", Attribution)
def test_R3_who_took_over_and_did_not_speak_is_not_told(choice: Attribution) -> None:
    story = taken_over(choice, has_spoken=False)
    assert "Eve" not in published(story).model_dump_json()
    assert published(story).interventions[-1].cited.name == "Cat"


@pytest.mark.parametrize(("choice", "told"), [(NAMED, "in_full"), (ORGANISATION, "without_name"), (ALIAS, "alias")])
def test_R3_the_most_careful_of_those_who_spoke_counts_for_the_whole(choice: Attribution, told: str) -> None:
    assert published(taken_over(choice, has_spoken=True)).interventions[-1].cited.as_ == told


def test_R9_who_spoke_together_with_one_who_is_not_for_the_report_is_left_out() -> None:
    assert len(published(taken_over(NOT_FOR_REPORT, has_spoken=True)).interventions) == 2


def test_R9_under_chatham_house_everybody_is_a_participant_and_nobody_is_quoted() -> None:
    found = published(consultation(NAMED, chatham_house=True))
    assert [one.cited.as_ for one in found.interventions] == ["nobody", "nobody"]
    assert not any(one.quotes or one.began_at for one in found.interventions)


def test_R5_nothing_that_is_published_tells_who_is_protected() -> None:
    found = published(consultation(ALIAS))
    assert [word for word in TELLING if word in found.model_dump_json()] == []


def test_R9_nothing_that_is_published_tells_of_who_is_not_for_the_report() -> None:
    story = consultation(NOT_FOR_REPORT)
    found = published(story).model_dump_json()
    assert [word for word in TELLING if word in found] == []


def with_texts(story: Story, **texts: str) -> Account:
    story.people = replace(story.people, texts={**story.people.texts, **texts})
    return published(story)


def lose_the_line(story: Story, person: str) -> str:
    """After a minute; the entry."""
    [entry] = story.wait(person)
    story.after(10).give(entry)
    lose(story)
    return entry


def test_R5_R10_a_topic_that_was_added_names_nobody_who_did_not_allow_it() -> None:
    story = consultation(ALIAS)
    about = story.people.about.model_copy(update={"topics": {"file": "The river at Nairobi"}})
    story.people = replace(story.people, about=about)
    [added] = story.ask(c.AddTopic(text="x"), RAY, text="t1")
    found = with_texts(story, t1="What Kamau of Nairobi asks")
    assert found.topics == {"file": "The river at Nairobi", getattr(added, "topic", ""): "What […] of […] asks"}


def test_R6_the_statement_of_who_spoke_under_chatham_house_is_a_participants_and_has_no_text() -> None:
    story = consultation(NAMED, chatham_house=True)
    story.ask(handed_in("w2", "ana", story.session.turns[0].entry), SAM)
    found = with_texts(story, w2="We, of Nairobi.")
    assert [(one.cited.as_, one.text) for one in found.contributions] == [
        ("nobody", None),
        ("in_full", "We, […], write."),
    ]


def test_R5_the_statement_of_a_substitute_of_who_is_protected_has_no_text() -> None:
    story = consultation(NAMED)
    story.people = with_choice(ALIAS)
    [entry] = story.wait("ana")
    story.ask(c.Substitute(entry=entry, person="fay"), SAM)
    story.ask(handed_in("w2", "fay", entry), SAM)
    assert with_texts(story, w2="We.").contributions[-1].text is None


def test_R6_remarks_noted_after_chatham_house_is_off_are_a_participants() -> None:
    story = consultation(NAMED)
    story.ask(c.SwitchChathamHouse(segment="one", on=True), SAM)
    story.after(60).ask(c.SwitchChathamHouse(segment="one", on=False), SAM)
    story.after(60).ask(c.LogRemarks(person="ana", segment="one", text="x"), RAY, text="x3")
    one = with_texts(story, x3="Kamau closed, for the City Hall of the River.").remarks[-1]
    assert (one.cited.as_, one.text) == ("nobody", "[…] closed, for the […].")


def test_R3_who_made_remarks_and_did_not_ask_for_the_floor_is_not_named_in_them() -> None:
    story = scheduled()
    story.people = replace(with_choice(ORGANISATION), texts={"x2": "Kamau opened, in Nairobi."})
    story.at(NOON).ask(c.StartSession())
    story.ask(c.LogRemarks(person="ana", segment="opening", text="x"), RAY, text="x2")
    assert [one.text for one in published(story).remarks] == ["[…] opened, in Nairobi."]


def test_R6_a_part_under_chatham_house_makes_the_whole_a_participants() -> None:
    story = consultation(NAMED, chatham_house=True)
    entry = lose_the_line(story, "ana")
    story.ask(c.StartSegment(segment="two", after="one"))
    turn = story.give(entry)
    story.after(60).ask(c.EndTurn(turn=turn))
    assert [one.cited.as_ for one in published(story).interventions] == ["nobody"] * 3


def test_R5_R9_sums_of_captions_do_not_tell_how_much_the_others_said() -> None:
    told = {choice: published(consultation(choice)).tracks[0].lines for choice in Attribution}
    assert told == {NAMED: 2, ORGANISATION: 2, ALIAS: 1, NOT_FOR_REPORT: 1}


@pytest.mark.parametrize("choice", Attribution)
def test_R3_a_name_is_told_only_of_who_chose_it(choice: Attribution) -> None:
    story = consultation(choice)
    assert ("Kamau" in published(story).model_dump_json()) is (choice is NAMED)


@settings(deadline=None)
@given(st.permutations(["ana", "bob", "cat", "dan"]))
def test_R5_the_order_of_those_who_are_hidden_does_not_tell_when_they_spoke(order: list[str]) -> None:
    """Two are protected: whichever of them spoke first, what is published of them is the same."""
    hidden = ("ana", "cat")
    persons = {
        name: person.model_copy(update={"attribution": ALIAS if name in hidden else ORGANISATION})
        for name, person in PEOPLE.persons.items()
    }
    story = scheduled()
    story.people = replace(PEOPLE, persons=persons)
    story.at(NOON).ask(c.StartSession())
    story.ask(c.StartSegment(segment="one", after="opening"))
    for entry in story.wait(*order):
        turn = story.after(10).give(entry)
        story.after(60).ask(c.EndTurn(turn=turn))
    [ana] = [entry.id for entry in story.session.entries.values() if entry.person == "ana"]
    story.ask(c.TagIntervention(entry=ana, tag="practice"), RAY)
    found = account(record_of(story, {}, story.people), story.session, story.people, Tier.PUBLISHABLE)
    assert [one.tags for one in found.interventions if one.cited.as_ == "alias"] == [(), ("practice",)]
    assert [one.cited.as_ for one in found.interventions] == ["without_name"] * 2 + ["alias"] * 2


def test_R9_the_team_is_told_everything_with_what_others_may_not_know() -> None:
    for choice, mark in [(ALIAS, "protected"), (NOT_FOR_REPORT, "not_for_report")]:
        story = consultation(choice, chatham_house=True)
        captions = [said("We vote, here in Nairobi.", NOON + 20 * S, 1), said("As Kamau said.", NOON + 90 * S, 2)]
        record = record_of(story, {"en": captions}, story.people)
        ana = account(record, story.session, story.people, Tier.INTERNAL).interventions[0]
        assert (ana.cited.name, ana.cited.marks) == ("Wanjiru Kamau", (mark, "chatham_house"))
        assert (ana.gist, len(ana.quotes)) == ("Budgets are voted on in Nairobi.", 1)
