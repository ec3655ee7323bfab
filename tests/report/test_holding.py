"""R10: lines that name somebody elsewhere wait for the rapporteur, and transcripts do what was decided."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment
from isegoria.domain.values import Attribution, PassageDecision
from isegoria.report.holding import HeldLine, held
from isegoria.report.spelling import letters
from tests.domain.story import RAY, SAM, Story
from tests.report.test_masking import NAMES, spoken
from tests.report.transcripts import SECRET, at, every_format, heard, made, roster, words

LEAVE_OUT, MASK, RELEASE = PassageDecision.LEAVE_OUT, PassageDecision.MASK, PassageDecision.RELEASE
CITY = "Puerto Escondido"
SAID = [at(0.5, "so", 1), at(0.6, f"as {SECRET} of {CITY} says", 2), at(0.7, "yes", 3)]


def lines(story: Story, captions: Sequence[CaptionSegment], **changed: dict[str, object]) -> list[HeldLine]:
    return held(story.session, roster(**changed), {"en": captions})


def decide(story: Story, decision: PassageDecision, position: int = 2, *persons: str) -> None:
    story.ask(c.DecidePassage(track="en", position=position, decision=decision, persons=persons), RAY)


def test_R10_the_line_is_told_with_what_it_says_of_whom() -> None:
    story = heard("ana", "cat")
    [line] = lines(story, [at(0.2, f"as {SECRET} of {CITY} says", 2), at(1.5, f"thank you {SECRET}", 3)])
    assert [(part.text, part.is_name) for part in line.parts] == [
        ("as ", False),
        (SECRET, True),
        (" of ", False),
        (CITY, True),
        (" says", False),
    ]
    assert [(one.person, one.name) for one in line.persons] == [("cat", SECRET)]
    assert (line.track, line.position, line.decision) == ("en", 2, None)
    assert line.entry == story.session.turns[0].entry


@pytest.mark.parametrize("who", ["cat", "dan"])
def test_R10_who_is_not_in_the_transcript_is_not_asked_about(who: str) -> None:
    assert lines(heard(who, "ana"), [at(0.5, CITY if who == "dan" else "Network of Cities", 1)]) == []


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (None, ["so", "[held back]", "yes"]),
        (LEAVE_OUT, ["so", "yes"]),
        (MASK, ["so", "as […] of […] says", "yes"]),
        (RELEASE, ["so", f"as {SECRET} of {CITY} says", "yes"]),
    ],
)
def test_R10_a_transcript_does_what_was_decided(decision: PassageDecision | None, told: list[str]) -> None:
    story = heard("ana")
    if decision:
        decide(story, decision, 2, "cat")
    assert words(made(story, SAID)) == told
    [line] = lines(story, SAID)
    assert line.decision is decision


def test_R10_a_release_is_for_those_who_were_seen_alone() -> None:
    story = heard("ana", "eve")
    said = [at(0.5, f"{CITY} and Lund", 2)]
    decide(story, RELEASE, 2, "cat")
    assert words(made(story, said)) == [f"{CITY} and Lund"]
    # Eve chooses to be protected afterwards.
    choice = Attribution.CONSTITUENCY_REGION
    story.ask(c.ChooseAttribution(person="eve", attribution=choice), SAM)
    assert words(made(story, said)) == ["[held back]"]
    [line] = lines(story, said)
    assert ([one.person for one in line.persons], line.decision) == (["cat", "eve"], None)
    decide(story, RELEASE, 2, "cat", "eve")
    assert words(made(story, said)) == [f"{CITY} and Lund"]


@pytest.mark.parametrize("decision", list(PassageDecision))
def test_R10_a_line_that_was_corrected_is_decided_anew(decision: PassageDecision) -> None:
    story = heard("ana")
    decide(story, decision, 2, "cat")
    said = [*SAID, at(0.6, f"as {SECRET} has said", 4, segment_id=SAID[1].segment_id, revision=2)]
    assert words(made(story, said)) == ["so", "[held back]", "yes"]
    [line] = lines(story, said)
    assert (line.position, line.decision) == (4, None)
    decide(story, MASK, 4)
    assert words(made(story, said)) == ["so", "as […] has said", "yes"]


def test_R10_what_names_nobody_any_more_is_not_left_out() -> None:
    story = heard("ana")
    decide(story, LEAVE_OUT)
    said = [*SAID, at(0.6, "as another says", 4, segment_id=SAID[1].segment_id, revision=2)]
    assert words(made(story, said)) == ["so", "as another says", "yes"]
    assert lines(story, said) == []


def test_R10_who_is_protected_no_longer_is_published_whatever_was_decided() -> None:
    story = heard("ana")
    decide(story, LEAVE_OUT)
    people = roster(cat={"attribution": Attribution.NAMED})
    assert words(made(story, SAID, people=people)) == ["so", f"as {SECRET} of {CITY} says", "yes"]


def test_R10_halves_that_come_together_where_a_turn_is_left_out_are_decided_as_well() -> None:
    story = heard("ana", "dan", "bob")
    said = [at(1.99, "we are Puerto", 1), at(3, "not for the report", 2), at(4.01, "Escondido is far", 3)]
    assert [line.position for line in lines(story, said)] == [1, 3]
    decide(story, RELEASE, 1, "cat")
    decide(story, MASK, 3)
    assert words(made(story, said)) == ["we are Puerto", "[…] is far"]


def test_R10_a_decision_is_of_one_language() -> None:
    story = heard("ana")
    decide(story, RELEASE, 2, "cat")
    found = held(story.session, roster(), {"es": SAID, "en": SAID})
    assert [(line.track, line.decision) for line in found] == [("en", RELEASE), ("es", None)]


def test_R10_a_name_over_two_lines_is_held_in_both_and_each_is_decided() -> None:
    story = heard("ana")
    said = [at(0.5, "in Puerto", 1), at(0.6, "Escondido, yes", 2)]
    assert [line.position for line in lines(story, said)] == [1, 2]
    decide(story, MASK, 1)
    assert words(made(story, said)) == ["in […]", "[held back]"]
    decide(story, LEAVE_OUT, 2)
    assert words(made(story, said)) == ["in […]"]


def test_R10_leaving_out_a_line_brings_no_two_halves_together() -> None:
    story = heard("ana")
    said = [at(0.5, "we are Puerto", 1), at(0.6, SECRET, 2), at(0.7, "Escondido is far", 3)]
    decide(story, LEAVE_OUT)
    assert words(made(story, said)) == ["[held back]", "[held back]"]
    assert [line.position for line in lines(story, said)] == [1, 2, 3]


def test_R10_near_the_turn_a_release_lets_nothing_out() -> None:
    story = heard("ana", "cat")
    decide(story, RELEASE, 1, "cat")
    assert words(made(story, [at(1.5, f"thank you {SECRET}", 1)])) == ["thank you […]"]


DECIDED = st.sampled_from([None, LEAVE_OUT, MASK, RELEASE])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 600), spoken(), DECIDED), max_size=10))
def test_R10_nothing_tells_but_what_was_released(said: list[tuple[int, str, PassageDecision | None]]) -> None:
    """A release that is for nobody is none."""
    story = heard("ana", "cat", "bob", "dan", between_s=5)
    captions = [at(second / 60, text, position) for position, (second, text, _) in enumerate(said, 1)]
    for position, (_, _, decision) in enumerate(said, 1):
        if decision:
            decide(story, decision, position)
    for text in every_format(made(story, captions)):
        assert not [name for name in NAMES if letters(name) in letters(text)]
    held_now = [line for line in lines(story, captions) if line.decision is None]
    assert words(made(story, captions)).count("[held back]") == len(held_now)
