"""R8: what is left of captions and texts when somebody is erased, as a function of what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isegoria.domain.captions import CaptionSegment, CaptionStatus
from isegoria.domain.notebook import Passage
from isegoria.domain.people import People
from isegoria.domain.revisions import FeedState, Piece
from isegoria.domain.values import PassageDecision
from isegoria.report.striking import Striker
from tests.domain.story import Story
from tests.report.transcripts import SECRET, at, heard, roster

LATER = 15
"""Minutes: far from every turn."""


def struck(*captions: CaptionSegment, person: str = "cat", story: Story | None = None) -> list[str]:
    """The texts as they are to be, by position."""
    changed = striker(person, story=story).captions("en", captions)
    return [changed.get(one.position or 0, one).text for one in captions]


def striker(person: str = "cat", people: People | None = None, story: Story | None = None) -> Striker:
    return Striker((story or heard("cat", "ana")).session, people or roster(), person)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"I thank {SECRET} of Puerto Escondido", "I thank […] of […]"),
        ("Müller-Núñez said so", "[…] said so"),
        ("write to zoe@puerto.example", "write to […]"),
        ("Zoë is a given name, and Puerto a word", "Zoë is a given name, and Puerto a word"),
        ("Nothing of her", "Nothing of her"),
    ],
)
def test_R8_whole_names_are_masked_wherever_they_are_said(said: str, left: str) -> None:
    assert struck(at(LATER, said, 1)) == [left]


def test_R8_a_given_name_is_masked_around_their_turns_only() -> None:
    assert struck(at(1, "thank you zoë", 1), at(LATER, "thank you Zoë", 2)) == ["thank you […]", "thank you Zoë"]


def test_R8_of_who_is_not_protected_the_city_is_masked_around_their_turns_only() -> None:
    story = heard("bob")
    near, far = at(1, "We in Nairobi, says Bob", 1), at(LATER, "Bob of Nairobi is bob@nairobi.example", 2)
    name: dict[str, object] = {
        "given_name": "Bob",
        "family_name": "Okello",
        "display_name": "Bob Okello",
        "email": "bob@nairobi.example",
    }
    changed = striker("bob", roster(bob=name), story).captions("en", [near, far])
    assert [one.text for one in changed.values()] == ["We in […], says […]", "Bob of Nairobi is […]"]


def test_R8_every_revision_is_masked_and_a_name_over_the_end_of_a_line() -> None:
    first = at(LATER, f"{SECRET} said", 1)
    half = at(LATER + 0.1, "and so did Zoë", 2)
    rest = at(LATER + 0.2, "Müller-Núñez again", 3)
    corrected = at(LATER, f"{SECRET} says", 4, segment_id="1", revision=2, status=CaptionStatus.CORRECTED)
    assert struck(first, half, rest, corrected) == ["[…] said", "and so did […]", "[…] again", "[…] says"]


def test_R8_a_name_that_a_correction_brought_together_is_masked() -> None:
    misheard, rest = at(LATER, "and so did Joey", 1), at(LATER + 0.1, "Müller-Núñez again", 2)
    corrected = at(LATER, "and so did Zoë", 3, segment_id="1", revision=2, status=CaptionStatus.CORRECTED)
    assert struck(misheard, rest, corrected) == ["and so did Joey", "[…] again", "and so did […]"]


def test_R8_a_name_over_lines_that_came_late_is_masked() -> None:
    half, rest = at(LATER, "and so did Zoë", 2), at(LATER + 0.1, "Müller-Núñez again", 1)
    assert struck(rest, half) == ["[…] again", "and so did […]"]
    corrected = at(LATER, "and so did Joey", 3, segment_id="2", revision=2, status=CaptionStatus.CORRECTED)
    assert struck(rest, half, corrected) == ["[…] again", "and so did […]", "and so did Joey"]


def test_R8_the_feeds_word_for_who_speaks_is_masked_too() -> None:
    changed = striker().captions("en", [at(LATER, "Good morning", 1, speaker_label=SECRET)])
    assert changed[1].speaker_label == "[…]"


def test_R8_a_city_that_was_released_stays_and_a_name_does_not() -> None:
    story = heard("cat", "ana")
    book = replace(story.session.notebook, passages={("en", 1): Passage(PassageDecision.RELEASE, ("cat",))})
    story.session = replace(story.session, notebook=book)
    line = f"{SECRET} of Puerto Escondido"
    assert struck(at(LATER, line, 1), at(LATER, line, 2), story=story) == ["[…] of Puerto Escondido", "[…] of […]"]


def test_R8_what_is_struck_is_struck_once() -> None:
    line = at(LATER, f"I thank {SECRET}", 1)
    again = striker().captions("en", [line])[1]
    assert striker().captions("en", [again]) == {}


def test_R8_texts_registrations_and_titles_lose_the_name() -> None:
    people = roster(
        bob={"function": f"Assistant of {SECRET}", "raw": {"With whom?": SECRET, "Name": "Bob"}},
        ana={"display_name": SECRET, "raw": {"Name": SECRET}},
    )
    one = striker(people=people)
    assert one.texts({"x1": f"Agrees with {SECRET}", "x2": "Agrees"}) == {
        "x1": (f"Agrees with {SECRET}", "Agrees with […]")
    }
    [bob] = one.others(people)
    assert (bob.id, bob.function, bob.raw) == ("bob", "Assistant of […]", {"With whom?": "[…]", "Name": "Bob"})
    titled = people.about.model_copy(
        update={"title": f"An hour with {SECRET}", "segments": {"one": f"{SECRET}, again"}}
    )
    about = one.about(titled)
    assert (about.title, about.segments["one"]) == ("An hour with […]", "[…], again")


def test_R8_the_registration_of_who_is_erased_is_not_written_again() -> None:
    people = roster(cat={"display_name": "Zoë", "email": "", "raw": {"Name": SECRET}})
    assert striker(people=people).others(people) == []


def test_R8_a_feed_forgets_the_name() -> None:
    partial = at(LATER, f"now {SECRET}", 1, status=CaptionStatus.PARTIAL)
    state = FeedState(open=(partial,), pieces=(Piece(1, f"then {SECRET}"), Piece(2, "then others")))
    left = striker().feed(state)
    assert [one.text for one in left.open] == ["now […]"]
    assert [one.text for one in left.pieces] == ["then […]", "then others"]
