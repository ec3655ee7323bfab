"""The transcript: what was said in which turn, and what of it others may read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.attribution import choice_of
from isegoria.domain.captions import CaptionStatus, GapReason, Origin, spans, turn_at
from isegoria.domain.values import Attribution, Tier
from isegoria.report.transcript import Block, Cue
from tests.domain.story import MIA, NOON, SAM, S, live
from tests.domain.test_properties import PROPERTY, crowded, go
from tests.report.journals import finish, lose
from tests.report.transcripts import (
    INTERNAL,
    PUBLISHABLE,
    SECRET,
    at,
    every_format,
    heard,
    made,
    roster,
    words,
)

GAP = {"status": CaptionStatus.GAP, "reason": GapReason.INTERRUPTED}
ALL = ("ana", "bob", "cat", "dan")


# --- who ------------------------------------------------------------------------------------------


def test_R9_a_publishable_transcript_holds_the_turns_of_those_who_allow_it() -> None:
    captions = [at(0.5 + number * 2, f"words {number}", number + 1) for number in range(4)]
    found = made(heard(*ALL), captions)
    assert [block.label for block in found.blocks] == [
        ("Ana Lima", "Acity", "A City", "Brazil"),
        ("Bcity", "Nairobi", "Kenya"),
    ]
    assert words(found) == ["words 0", "words 1"]


def test_R9_the_internal_one_holds_all_of_them_with_marks() -> None:
    captions = [at(0.5 + number * 2, f"words {number}", number + 1) for number in range(4)]
    found = made(heard(*ALL), captions, INTERNAL)
    assert [block.label[0] for block in found.blocks] == ["Ana Lima", "Bob", SECRET, "Dan"]
    assert [block.label[-1] for block in found.blocks] == ["Brazil", "Kenya", "protected", "not for the report"]
    assert words(found) == ["words 0", "words 1", "words 2", "words 3"]


def test_R9_that_something_is_left_out_is_not_told() -> None:
    """Neither by a mark nor by the end of the line before."""
    story = heard("ana", "cat")
    before = at(1.99, "a line that takes longer to read than the time that is left", 1)
    with_secret = made(story, [before, at(2.01, "mine", 2), at(2.02, "", 3, ends_at=NOON + 150 * S, **GAP)])
    assert every_format(with_secret) == every_format(made(story, [before]))


def test_R9_a_choice_that_is_changed_counts_for_what_is_made_later() -> None:
    story, captions = heard("ana"), [at(0.5, "mine", 1)]
    assert words(made(story, captions)) == ["mine"]
    story.ask(c.ChooseAttribution(person="ana", attribution=Attribution.NOT_FOR_REPORT), SAM)
    assert words(made(story, captions)) == []


def test_R6_under_chatham_house_there_is_no_transcript_of_the_segment() -> None:
    story, captions = heard("ana"), [at(0.5, "mine", 1)]
    story.ask(c.SwitchChathamHouse(segment="one", on=True), SAM)
    assert words(made(story, captions)) == []
    internal = made(story, captions, INTERNAL)
    assert internal.blocks[0].label[-1] == "Chatham House Rule"
    assert words(internal) == ["mine"]


def test_R6_what_was_said_under_chatham_house_stays_out_when_it_is_off() -> None:
    story = live()
    story.ask(c.SwitchChathamHouse(segment="one", on=True), SAM)
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    finish(story, 60)
    story.ask(c.SwitchChathamHouse(segment="one", on=False), SAM)
    story.give(bob)
    finish(story, 60)
    assert words(made(story, [at(0.5, "confided", 1), at(1.5, "open", 2)])) == ["open"]


def test_R6_who_was_interrupted_under_chatham_house_is_not_told_when_going_on_elsewhere() -> None:
    """Or else the second part would tell whose the first one was, and so would who thanks them for it."""
    story = live()
    story.ask(c.SwitchChathamHouse(segment="one", on=True), SAM)
    ana, bob = story.request("ana", "one"), story.request("bob", "two")
    story.give(ana)
    lose(story)
    story.ask(c.StartSegment(segment="two", after="one"))
    for entry in (ana, bob):
        story.give(entry)
        finish(story, 120)
    captions = [at(0.5, "confided", 1), at(2.5, "mine", 2), at(4.5, "I thank Ana Lima", 3)]
    assert words(made(story, captions)) == ["I thank […]"]
    assert words(made(story, captions, INTERNAL)) == ["confided", "mine", "I thank Ana Lima"]


def test_R8_nothing_is_told_of_who_was_erased() -> None:
    story, captions = heard("ana", "bob"), [at(0.5, "mine", 1), at(2.5, "ours", 2)]
    people = roster()
    gone = replace(people, persons={name: one for name, one in people.persons.items() if name != "ana"})
    assert words(made(story, captions, people=gone)) == ["ours"]
    internal = made(story, captions, INTERNAL, gone)
    assert [block.label[0] for block in internal.blocks] == ["A participant", "Bob"]


def test_R9_without_a_name_an_organisation_and_a_place_it_is_a_participant() -> None:
    people = roster(fay={"attribution": Attribution.ORGANISATION})
    found = made(heard("fay"), [at(0.5, "mine", 1)], people=people)
    assert found.blocks[0].label == ("A participant",)


def test_Q4_both_names_of_a_substitution_are_kept_for_the_team() -> None:
    story = live()
    [entry] = story.wait("ana")
    story.ask(c.Substitute(entry=entry, person="amy"), SAM)
    story.give(entry)
    finish(story)
    people, captions = roster(amy={"attribution": Attribution.NAMED, "city": "Acity"}), [at(0.5, "mine", 1)]
    assert made(story, captions, people=people).blocks[0].label == ("Amy", "Acity")
    assert made(story, captions, INTERNAL, people).blocks[0].label == ("Amy, for Ana Lima", "Acity")


def test_Q4_a_substitute_speaks_for_the_organisation_of_the_entry() -> None:
    story = live()
    [entry] = story.wait("ana")
    story.ask(c.Substitute(entry=entry, person="fay"), SAM)
    story.give(entry)
    finish(story)
    assert made(story, [at(0.5, "mine", 1)]).blocks[0].label == ("Acity",)


def test_R5_a_substitute_of_a_protected_person_is_left_out() -> None:
    story = live()
    [entry] = story.wait("ana")
    story.ask(c.Substitute(entry=entry, person="amy"), SAM)
    story.give(entry)
    finish(story)
    people = roster(
        ana={"attribution": Attribution.CONSTITUENCY_REGION}, amy={"attribution": Attribution.NAMED, "city": "Lund"}
    )
    assert words(made(story, [at(0.5, "mine", 1)], people=people)) == []


def test_the_second_part_of_an_intervention_says_so() -> None:
    story = live()
    [entry] = story.wait("ana")
    story.give(entry)
    lose(story)
    story.give(entry)
    finish(story)
    labels = [block.label for block in made(story, [at(0.5, "one", 1), at(2.5, "two", 2)]).blocks]
    assert labels[1] == (*labels[0], "part 2")


# --- what -----------------------------------------------------------------------------------------


def test_between_turns_is_procedure_for_the_team() -> None:
    story = heard("ana", "bob", between_s=60)
    captions = [at(0.5, "Welcome", 1), at(1.5, "mine", 2), at(3.5, "Thank you", 3), at(4.5, "ours", 4)]
    assert words(made(story, captions)) == ["mine", "ours"]
    found = made(story, captions, INTERNAL)
    assert [(block.label[:1], words_of(block)) for block in found.blocks] == [
        ((), ["Welcome"]),
        (("Ana Lima",), ["mine"]),
        ((), ["Thank you"]),
        (("Bob",), ["ours"]),
    ]


def words_of(block: Block) -> list[str]:
    return [cue.text for cue in block.cues]


def test_C6_C9_corrected_text_stands_in_its_place_and_what_was_taken_back_is_gone() -> None:
    captions = [
        at(0.1, "frist", 1),
        at(0.2, "second", 2),
        at(0.3, "third", 3),
        at(0.9, "first", 4, segment_id="1", revision=2, status=CaptionStatus.CORRECTED),
        at(0.9, "", 5, segment_id="2", revision=2, status=CaptionStatus.RETRACTED),
    ]
    found = made(heard("ana"), captions)
    assert [(cue.begins, cue.text) for cue in found.blocks[0].cues] == [(6 * S, "first"), (18 * S, "third")]


def test_cues_stand_in_the_order_of_speaking() -> None:
    assert words(made(heard("ana"), [at(0.4, "b", 1), at(0.2, "a", 2)])) == ["a", "b"]


def test_the_running_turn_is_told_so_far() -> None:
    story = live()
    story.give(story.wait("ana")[0])
    assert words(made(story, [at(0.5, "so far", 1)])) == ["so far"]


def test_a_turn_that_was_undone_is_none() -> None:
    story = live()
    story.give(story.wait("ana")[0])
    story.after(5).ask(c.Undo(version=story.session.version), MIA)
    assert words(made(story, [at(0.05, "mine", 1)])) == []
    assert words(made(story, [at(0.05, "mine", 1)], INTERNAL)) == ["mine"]


@pytest.mark.parametrize("tier", [PUBLISHABLE, INTERNAL])
def test_a_gap_is_told_in_words_in_each_turn_that_it_reaches_into(tier: Tier) -> None:
    story = heard("ana", "bob")
    gap = at(1.5, "", 1, ends_at=NOON + 150 * S, **GAP)
    found = made(story, [at(0.5, "a", 2), gap, at(3, "b", 3)], tier)
    assert [words_of(block) for block in found.blocks] == [
        ["a", "[not captioned from 0:01:30 to 0:02:00]"],
        ["[not captioned from 0:02:00 to 0:02:30]", "b"],
    ]
    assert found.blocks[0].cues[1] == Cue(90 * S, 120 * S, "[not captioned from 0:01:30 to 0:02:00]", remark=True)


def test_C13_off_the_record_is_told_without_times() -> None:
    gap = at(0.5, "", 1, ends_at=NOON + 60 * S, status=CaptionStatus.GAP, reason=GapReason.OFF_THE_RECORD)
    assert words(made(heard("ana"), [gap])) == ["[off the record]"]


@pytest.mark.parametrize(
    ("track", "gap", "country"),
    [
        ("en", "[not captioned from 0:00:30 to 0:01:00]", "Brazil"),
        ("es", "[sin subtítulos de 0:00:30 a 0:01:00]", "Brasil"),
        ("ar", "[لا توجد ترجمة نصية من 0:00:30 إلى 0:01:00]", "البرازيل"),
        ("zh", "[0:00:30至0:01:00无字幕]", "巴西"),
    ],
)
def test_our_own_words_are_in_the_language_of_the_track(track: str, gap: str, country: str) -> None:
    found = made(heard("ana"), [at(0.5, "", 1, ends_at=NOON + 60 * S, language=track, **GAP)], track=track)
    assert words(found) == [gap]
    assert found.blocks[0].label[-1] == country


# --- when -----------------------------------------------------------------------------------------


def ends_after(text: str, *following: float, own: float | None = None) -> int:
    """How long a caption stands that is spoken 10 s after the start, others following it by so many seconds."""
    ends_at = None if own is None else NOON + 10 * S + round(own * S)
    captions = [at(1 / 6, text, 1, ends_at=ends_at)]
    captions += [at((10 + s) / 60, "next", number) for number, s in enumerate(following, 2)]
    cue = made(heard("ana"), captions).blocks[0].cues[0]
    assert cue.begins == 10 * S
    return cue.ends - cue.begins


def test_a_caption_stands_until_it_is_read_or_the_next_one_begins() -> None:
    assert ends_after("thirty letters and white space") == 2 * S
    assert ends_after("thirty letters and white space", 1.5) == 1.5 * S
    assert ends_after("人人生而自由在尊严和权利上一律") == 2 * S
    assert ends_after("x" * 300) == 20 * S


def test_a_feeds_own_end_counts_if_it_can_be() -> None:
    assert ends_after("thirty letters and white space", own=4) == 4 * S
    assert ends_after("thirty letters and white space", 3, own=4) == 3 * S
    assert ends_after("short", own=3000) == 10 * S
    assert ends_after("short", own=-5) == S


def test_no_caption_is_too_short_to_be_seen() -> None:
    assert ends_after("x") == S
    assert ends_after("x", 0.2) == S


def test_captions_of_one_instant_stand_together_until_what_follows() -> None:
    assert ends_after("thirty letters and white space", 0, 1.5) == 1.5 * S


def test_what_was_said_before_the_start_was_said_at_it() -> None:
    found = made(heard("ana"), [at(-0.1, "early", 1)], INTERNAL)
    assert found.blocks[0].cues[0].begins == 0


# --- the head -------------------------------------------------------------------------------------


def test_S1_the_head_tells_title_date_in_its_zone_and_language() -> None:
    found = made(heard("ana"), [], track="ca")
    assert found.head == ("Consultation", "2025-07-01, 14:00–16:00 (Europe/Madrid)", "català")
    assert "CEST" not in "".join(every_format(found))


def test_S1_a_session_that_is_over_ended_when_it_was_closed() -> None:
    story = heard("ana")
    story.at(NOON + 100 * 60 * S).ask(c.CloseSession())
    assert made(story, []).head[1] == "2025-07-01, 14:00–15:40 (Europe/Madrid)"


def test_R7_machine_text_is_labelled_and_only_it() -> None:
    story = heard("ana")
    machine, human = at(0.1, "a", 1), at(0.2, "b", 2, origin=Origin.HUMAN)
    translated = at(0.3, "c", 3, is_translation=True)
    labels = [made(story, captions).notices[0] for captions in ([human, machine], [human, translated])]
    assert labels == [
        "Automatic captions, not an official record.",
        "Machine interpretation, not an official record. Only the original speech is authentic.",
    ]
    assert made(story, [machine, translated]).notices[0] == labels[1]
    assert len(made(story, [human]).notices) == 1


def test_S2_a_rehearsal_says_so() -> None:
    story = heard("ana")
    story.session = replace(story.session, rehearsal=True)
    assert made(story, []).notices[0] == "Rehearsal. Nobody said this."
    assert all("Rehearsal." in text for text in every_format(made(story, [])))


@pytest.mark.parametrize(("tier", "notice"), [(PUBLISHABLE, "What was said between"), (INTERNAL, "Internal")])
def test_the_tier_stands_in_every_format(tier: Tier, notice: str) -> None:
    found = made(heard("ana"), [at(0.5, "a", 1)], tier)
    assert all(notice in text for text in every_format(found))


def test_the_same_session_gives_the_same_bytes() -> None:
    captions = [at(0.5 + number * 2, f"words {number}", number + 1) for number in range(4)]
    one, other = (made(heard(*ALL), c) for c in (captions, captions[::-1]))
    assert every_format(one) == every_format(other)


# --- whatever happens -----------------------------------------------------------------------------


@PROPERTY
@given(st.data())
def test_R9_whatever_happens_only_what_speakers_allow_is_published(data: st.DataObject) -> None:
    """Of every line that is told, who had the floor then allows it; the team's transcript holds each line once."""
    story = crowded()
    for name in story.people.persons:
        choice = data.draw(st.sampled_from([*Attribution, None]))
        if choice:
            story.ask(c.ChooseAttribution(person=name, attribution=choice), SAM)
    go(story, data, data.draw(st.integers(5, 30)))
    spoken = data.draw(st.lists(st.integers(-1, 60), max_size=8))
    captions = [at(minute, f"word {position}.", position) for position, minute in enumerate(spoken, 1)]
    found = made(story, captions, people=story.people)
    session = story.session
    owners = {turn.id: turn.person for turn in session.turns}
    owners |= {session.turn.id: session.turn.person} if session.turn else {}
    allowed = {Attribution.NAMED, Attribution.ORGANISATION}
    for one in captions:
        if one.text in words(found):
            turn = turn_at(spans(session), one.spoken_at)
            assert turn
            assert choice_of(session, story.people, owners[turn]) in allowed
    assert sorted(words(made(story, captions, INTERNAL, story.people))) == sorted(one.text for one in captions)
    assert all(every_format(found))
