"""How a person may be cited, by surface: the table of R9."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isegoria.domain import commands as c
from isegoria.domain.attribution import Shown, Surface, shown, under_chatham_house
from isegoria.domain.session import Entry, Session
from isegoria.domain.values import Attribution
from tests.domain.story import NOON, PEOPLE, SAM, S, Story, live

SCREEN, PUBLISHED, TEAM = Surface.SCREEN, Surface.PUBLISHED, Surface.TEAM
ENTRY = Entry("e1", "ana", "one", NOON, organisation="acity")


def chosen(**choices: Attribution) -> Session:
    return Session("s", attributions=choices)


@pytest.mark.parametrize(
    ("choice", "screen", "published"),
    [
        (Attribution.NAMED, Shown.IN_FULL, Shown.IN_FULL),
        (Attribution.ORGANISATION, Shown.IN_FULL, Shown.WITHOUT_NAME),
        (Attribution.CONSTITUENCY_REGION, Shown.ALIAS, Shown.ALIAS),
        (Attribution.NOT_FOR_REPORT, Shown.IN_FULL, Shown.COUNTED),
    ],
)
def test_R9_what_a_choice_means_on_each_surface(choice: Attribution, screen: Shown, published: Shown) -> None:
    session = chosen(ana=choice)
    told = [shown(session, PEOPLE, surface, "ana", ENTRY) for surface in (SCREEN, PUBLISHED, TEAM)]
    assert told == [screen, published, Shown.IN_FULL]


@pytest.mark.parametrize("choice", Attribution)
def test_R9_under_chatham_house_nobody_is_told_in_what_is_published(choice: Attribution) -> None:
    session = chosen(ana=choice)
    told = shown(session, PEOPLE, PUBLISHED, "ana", ENTRY, chatham_house=True)
    assert told is (Shown.COUNTED if choice is Attribution.NOT_FOR_REPORT else Shown.NOBODY)
    for surface in (SCREEN, TEAM):
        as_chosen = shown(session, PEOPLE, surface, "ana", ENTRY)
        assert shown(session, PEOPLE, surface, "ana", ENTRY, chatham_house=True) is as_chosen


def test_R9_words_are_in_a_transcript_only_with_who_or_for_whom_they_were_said() -> None:
    assert [told for told in Shown if told.with_words] == [Shown.IN_FULL, Shown.WITHOUT_NAME]


@pytest.mark.parametrize("own", [Attribution.NAMED, Attribution.NOT_FOR_REPORT])
def test_R5_a_substitute_of_a_protected_person_is_protected_too(own: Attribution) -> None:
    session = chosen(ana=Attribution.CONSTITUENCY_REGION, amy=own)
    entry = replace(ENTRY, person="amy", substituted="ana")
    assert shown(session, PEOPLE, SCREEN, "amy", entry) is Shown.ALIAS
    assert not shown(session, PEOPLE, PUBLISHED, "amy", entry).with_words
    assert shown(session, PEOPLE, TEAM, "amy", entry) is Shown.IN_FULL


@pytest.mark.parametrize("surface", Surface)
def test_R8_who_was_erased_is_nobody(surface: Surface) -> None:
    gone = replace(PEOPLE, persons={})
    assert shown(chosen(ana=Attribution.NAMED), gone, surface, "ana", ENTRY) is Shown.NOBODY


# --- Chatham House --------------------------------------------------------------------------------


def switched(*minutes: float) -> Story:
    """In "one", on at the first of these minutes, off at the second, and so on."""
    story = live()
    for number, minute in enumerate(minutes):
        story.at(NOON + round(minute * 60 * S)).ask(c.SwitchChathamHouse(segment="one", on=number % 2 == 0), SAM)
    return story


def confided(story: Story, began: float, ended: float | None, segment: str = "one") -> bool:
    until = None if ended is None else NOON + round(ended * 60 * S)
    return under_chatham_house(story.session, segment, NOON + round(began * 60 * S), until)


def test_R6_the_switch_as_it_stands_counts_for_the_whole_segment() -> None:
    story = switched(10)
    assert confided(story, 1, 2)
    assert confided(story, 11, None)
    assert not confided(story, 11, 12, "two")
    assert not confided(story, 11, 12, "unknown")


def test_R6_what_was_said_while_it_was_on_stays_under_it() -> None:
    story = switched(10, 20, 30, 40)
    assert [confided(story, m, m + 2) for m in (7, 9, 15, 19, 20, 25, 29, 35, 40)] == [
        False, True, True, True, False, False, True, True, False,
    ]  # fmt: skip
    assert confided(story, 5, None)
    assert not confided(story, 40, None)
