"""The record: what a session's journal, people and captions make."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionStatus, GapReason, Origin
from isegoria.domain.history import BrokenChain
from isegoria.domain.values import (
    Attribution,
    Cue,
    Delivery,
    Ending,
    EntryStatus,
    PauseReason,
    SessionState,
    Tier,
)
from isegoria.report import as_json
from isegoria.report.record import record
from tests.domain.story import END, NOON, RAY, SAM, S, live, speaker
from tests.domain.test_properties import PROPERTY, crowded, go
from tests.report.journals import KNOWN, finish, handed_in, journal_of, lose, only, record_of, said, texts


def test_R2_an_intervention_holds_who_when_and_how_long() -> None:
    story = live()
    [entry] = story.wait("ana")
    turn = story.after(10).give(entry)
    story.after(60).ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    story.after(20).ask(c.ResumeTurn(turn=turn))
    story.ask(c.ExtendTurn(turn=turn, by=-30 * S))
    story.after(95).ask(c.YieldFloor(turn=turn), speaker("ana"))
    found = only(record_of(story))
    [part] = found.parts
    assert (found.speaker.name, found.speaker.city, found.speaker.country) == ("Ana Lima", "A City", "BR")
    assert found.organisation
    assert found.organisation.name == "Acity"
    assert (part.turn, part.number, part.speaker, part.segment, found.topic) == (turn, 1, "ana", "one", "one")
    assert (part.began_at, part.ended_at) == (NOON + 10 * S, NOON + 185 * S)
    assert (part.limit, part.used, part.paused, part.extended) == (180 * S, 155 * S, 20 * S, -30 * S)
    assert (part.overtime, part.ending) == (5 * S, Ending.YIELDED)
    assert (found.used, found.paused, found.overtime, found.extended) == (155 * S, 20 * S, 5 * S, -30 * S)


def test_R2_on_behalf_of_names_all_organisations_of_a_joint_statement() -> None:
    story = live()
    story.people = KNOWN
    story.ask(c.Inscribe(person="ana", segment="two", on_behalf_of=("bcity", "net")), SAM)
    story.give(story.session.order[0])
    finish(story)
    found = only(record_of(story))
    assert [one.name for one in found.on_behalf_of] == ["Bcity", "Network of Cities"]
    assert (found.topic, found.parts[0].segment) == ("two", "one")


def test_T11_an_undone_turn_is_no_intervention_and_its_captions_are_procedure() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    story.after(10).give(ana)
    story.after(5).ask(c.Undo(version=story.session.version))
    story.after(5).give(bob)
    finish(story)
    found = record_of(story, {"en": [said("by mistake", NOON + 12 * S, 1), said("Thank you", NOON + 25 * S, 2)]})
    assert [one.speaker.id for one in found.interventions] == ["bob"]
    assert texts(found.interventions[0].captions["en"]) == ["Thank you"]
    assert [(one.segment, texts(one.captions["en"])) for one in found.between] == [("one", ["by mistake"])]
    assert [one.speaker.id for one in found.waiting] == ["ana"]


def test_T11_a_turn_whose_end_was_undone_runs_on_as_one() -> None:
    story = live()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    finish(story, 30)
    story.after(5).ask(c.Undo(version=story.session.version))
    finish(story, 25)
    [part] = only(record_of(story)).parts
    assert (part.turn, part.used, part.ended_at) == (turn, 60 * S, NOON + 60 * S)


def test_T9_an_interrupted_intervention_has_two_parts_of_one_request() -> None:
    story = live()
    [ana] = story.wait("ana")
    first = story.give(ana)
    lose(story, 100)
    second = story.after(30).give(ana)
    finish(story, 85)
    words = {
        "en": [said("part one", NOON + 10 * S, 1), said("lost", NOON + 170 * S, 2), said("part two", NOON + 200 * S, 3)]
    }
    found = record_of(story, words)
    intervention = only(found)
    assert [(part.turn, part.number, part.ending) for part in intervention.parts] == [
        (first, 1, Ending.INTERRUPTED),
        (second, 2, Ending.ENDED),
    ]
    assert [part.used for part in intervention.parts] == [100 * S, 85 * S]
    assert (intervention.parts[1].limit, intervention.overtime, intervention.used) == (80 * S, 5 * S, 185 * S)
    assert texts(intervention.captions["en"]) == ["part one", "part two"]
    assert texts(found.between[0].captions["en"]) == ["lost"]
    assert found.counts.heard == 1


def test_Q4_all_who_spoke_are_kept_and_who_did_not_is_not_the_speaker() -> None:
    story = live()
    [ana] = story.wait("ana")
    for person in ("ana", "amy"):
        if person != "ana":
            story.ask(c.Substitute(entry=ana, person=person), SAM)
        story.give(ana)
        lose(story, 20)
    story.ask(c.Substitute(entry=ana, person="fay"), SAM)
    found = only(record_of(story))
    assert [one.id for one in found.spoke] == ["ana", "amy"]
    assert (found.speaker.id, found.substitute_for and found.substitute_for.id) == ("amy", "ana")


def test_Q4_a_substitute_is_named_with_who_was_registered() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.ask(c.Substitute(entry=ana, person="amy"), SAM)
    story.give(ana)
    finish(story)
    found = only(record_of(story))
    assert found.speaker.name == "Amy"
    assert found.substitute_for
    assert found.substitute_for.name == "Ana Lima"
    assert found.substitute_for.attribution is Attribution.NAMED
    assert found.organisation
    assert found.organisation.id == "acity"


def test_Q5_who_was_absent_twice_is_not_heard() -> None:
    story = live()
    [ana] = story.wait("ana")
    for _ in range(2):
        status = story.session.entries[ana].status
        story.ask(c.CallSpeaker(entry=ana, status=status))
        story.after(20).ask(c.MarkAbsent(entry=ana, status=EntryStatus.CALLED))
    found = record_of(story)
    [request] = found.not_heard
    assert (request.speaker.id, request.absences) == ("ana", 2)
    assert found.interventions == ()


def test_Q2_Q6_late_withdrawn_and_waiting_stand_apart() -> None:
    story = live()
    [ana, bob] = story.wait("ana", "bob")
    story.ask(c.Withdraw(entry=ana, status=EntryStatus.WAITING), speaker("ana"))
    story.ask(c.CloseList())
    story.wait("cat")
    found = record_of(story)
    assert [one.speaker.id for one in found.withdrawn] == ["ana"]
    assert [one.id for one in found.waiting] == [bob]
    assert [one.speaker.id for one in found.waiting_list] == ["cat"]


def test_Q8_a_video_statement_is_counted_as_such() -> None:
    story = live()
    story.ask(c.Inscribe(person="bob", segment="one", delivery=Delivery.VIDEO, video=90 * S), SAM)
    story.give(story.session.order[0])
    finish(story, 90)
    found = record_of(story)
    assert only(found).delivery is Delivery.VIDEO
    assert (found.counts.video, found.counts.heard, found.counts.requests) == (1, 0, 1)


def test_R3_the_choice_is_the_last_one_made_or_that_of_registration_or_the_default() -> None:
    story = live()
    for entry in story.wait("ana", "bob", "cat"):
        story.give(entry)
    finish(story)
    story.ask(c.ChooseAttribution(attribution=Attribution.NOT_FOR_REPORT), speaker("cat"))
    chosen = [one.speaker.attribution for one in record_of(story).interventions]
    assert chosen == [Attribution.NAMED, Attribution.ORGANISATION, Attribution.NOT_FOR_REPORT]


def test_R8_who_was_erased_has_an_id_and_nothing_else() -> None:
    story = live()
    story.give(story.wait("ana")[0])
    finish(story)
    persons = {name: person for name, person in KNOWN.persons.items() if name != "ana"}
    found = only(record_of(story, people=replace(KNOWN, persons=persons, organisations={})))
    assert found.speaker.model_dump(exclude_defaults=True) == {"id": "ana", "attribution": Attribution.ORGANISATION}
    assert found.organisation
    assert found.organisation.name is None


def test_R2_tags_notes_and_quotes_are_the_rapporteurs() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.give(ana)
    finish(story)
    for tag in ("practice", "housing"):
        story.ask(c.TagIntervention(entry=ana, tag=tag), RAY)
    story.ask(c.NoteIntervention(entry=ana, text="see page 4"), RAY, text="x1")
    story.ask(c.NoteIntervention(entry=ana, text="gone"), RAY, text="x2")
    story.ask(c.QuoteIntervention(entry=ana, track="en", first=2, last=3), RAY)
    words = [said("One", NOON, 1), said("two", NOON + S, 2), said("three", NOON + 2 * S, 3, origin=Origin.HUMAN)]
    words.append(said("two indeed", NOON + 9 * S, 4, segment_id="2", revision=2, status=CaptionStatus.CORRECTED))
    found = only(record_of(story, {"en": words}, replace(KNOWN, texts={"x1": "see page 4"})))
    assert found.tags == ("practice", "housing")
    assert [note.text for note in found.notes] == ["see page 4", None]
    [quote] = found.quotes
    assert (quote.text, quote.machine, quote.by) == ("two indeed three", True, "ray")


def test_C6_C9_corrections_count_and_what_was_taken_back_is_gone() -> None:
    story = live()
    story.give(story.wait("ana")[0])
    finish(story)
    words = [
        said("Good moaning", NOON + 1 * S, 1),
        said("Shall not stand", NOON + 2 * S, 2),
        said("Thank you", NOON + 3 * S, 3),
        said("Good morning", NOON + 30 * S, 4, segment_id="1", revision=3, status=CaptionStatus.CORRECTED),
        said("", NOON + 30 * S, 5, segment_id="2", revision=2, status=CaptionStatus.RETRACTED),
        said("Good mourning", NOON + 40 * S, 6, segment_id="1", revision=2, status=CaptionStatus.CORRECTED),
        said("Most of you", NOON + 2_500, 7),
        said("And fin", NOON + 4 * S, 8, status=CaptionStatus.PARTIAL),
    ]
    lines = only(record_of(story, {"en": words})).captions["en"]
    assert [(line.position, line.text, line.corrected) for line in lines] == [
        (1, "Good morning", True),
        (7, "Most of you", False),
        (3, "Thank you", False),
    ]
    assert lines[0].spoken_at == NOON + 1 * S


def test_C3_captions_belong_to_the_turn_in_which_they_were_spoken_however_late_they_come() -> None:
    story = live()
    ana, bob = story.wait("ana", "bob")
    story.give(ana)
    story.after(60).give(bob)
    finish(story, 60)
    words = {
        "en": [said("mine", NOON + 61 * S, 1), said("late", NOON + 59 * S, 2)],
        "es": [said("tarde", NOON + 59 * S, 1, language="es", is_translation=True)],
    }
    first, second = record_of(story, words).interventions
    assert {track: texts(lines) for track, lines in first.captions.items()} == {"en": ["late"], "es": ["tarde"]}
    assert {track: texts(lines) for track, lines in second.captions.items()} == {"en": ["mine"]}


def test_a_gap_stands_in_every_turn_into_which_it_reaches() -> None:
    story = live()
    ana, bob, cat = story.wait("ana", "bob", "cat")
    story.give(ana)
    story.after(60).give(bob)
    story.after(60).give(cat)
    finish(story, 60)
    outage = {"status": CaptionStatus.GAP, "reason": GapReason.INTERRUPTED}
    long = said("", NOON + 50 * S, 1, ends_at=NOON + 70 * S, **outage)
    short = said("", NOON + 120 * S, 2, ends_at=NOON + 121 * S, **outage)
    found = record_of(story, {"en": [long, short]})
    gaps = [[line.position for line in one.captions.get("en", ())] for one in found.interventions]
    assert gaps == [[1], [1], [2]]
    assert found.between == ()


def test_a_gap_from_one_part_into_the_next_stands_once() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.give(ana)
    lose(story, 100)
    story.after(30).give(ana)
    finish(story, 60)
    gap = said("", NOON + 150 * S, 1, ends_at=NOON + 200 * S, status=CaptionStatus.GAP, reason=GapReason.INTERRUPTED)
    assert len(only(record_of(story, {"en": [gap]})).captions["en"]) == 1


def test_between_speakers_captions_go_to_the_segment_that_ran() -> None:
    story = live()
    story.after(60).ask(c.StartSegment(segment="two", after="one"))
    words = [said("before", NOON - S, 1), said("welcome", NOON + S, 2), said("next topic", NOON + 60 * S, 3)]
    between = record_of(story, {"en": words}).between
    assert [(one.segment, texts(one.captions["en"])) for one in between] == [
        (None, ["before"]),
        ("one", ["welcome"]),
        ("two", ["next topic"]),
    ]


def test_those_who_wait_stand_in_the_order_of_the_list() -> None:
    story = live()
    [ana, bob] = story.wait("ana", "bob")
    story.ask(c.Reorder(entry=bob, before=ana, order_rev=story.session.order_rev))
    assert [one.id for one in record_of(story).waiting] == [bob, ana]


def test_the_running_turn_is_a_part_without_an_end() -> None:
    story = live()
    turn = story.give(story.wait("ana")[0])
    story.after(30).ask(c.SendMessage(to="ana", cue=Cue.SLOWER))
    found = record_of(story, {"en": [said("now", NOON + S, 1)]})
    [part] = only(found).parts
    assert (part.turn, part.ended_at, part.ending, part.used) == (turn, None, None, 30 * S)
    assert texts(only(found).captions["en"]) == ["now"]
    assert found.counts.speaking == 1
    assert [one.speaker.id for one in found.waiting] == ["ana"]
    story.after(155).ask(c.SendMessage(to="ana", cue=Cue.CONCLUDE))
    assert only(record_of(story)).overtime == 5 * S


def test_the_session_is_told_with_its_words_and_the_head_of_its_chain() -> None:
    story = live()
    story.after(60).ask(c.ChangeLimit(limit=150 * S))
    story.ask(c.ExtendSession(ends_at=END, minutes=10))
    story.ask(c.SwitchChathamHouse(segment="two", on=True), SAM)
    found = record_of(story)
    facts = found.session
    assert (found.format, found.tier, facts.title, facts.timezone) == (
        "isegoria-record/1",
        "internal",
        "Consultation",
        "Europe/Madrid",
    )
    assert (facts.state, facts.started_at, facts.ends_at) == (SessionState.LIVE, NOON, END + 600 * S)
    assert facts.modalities.limit == 150 * S
    one, two = facts.segments[1:3]
    assert (one.title, one.began, one.chatham_house) == ("1. Local implementation", (NOON,), False)
    assert (two.began, two.chatham_house) == ((), True)
    assert facts.written_input[0].source == "Call"
    assert found.chain.entries == len(story.decisions)
    assert len(found.chain.head) == 64
    told = [(one.what, one.to) for one in found.announcements if one.at == NOON + 60 * S]
    assert told == [("limit_changed", 150 * S), ("session_extended", END + 600 * S), ("chatham_house_switched", True)]


def test_R1_a_journal_that_is_not_whole_makes_no_record() -> None:
    journal = journal_of(live())
    with pytest.raises(BrokenChain):
        record("s", [journal[0], *journal[2:]], KNOWN, {})


def test_the_same_session_gives_the_same_bytes() -> None:
    story = live()
    story.give(story.wait("ana")[0])
    finish(story)
    en, es = said("a", NOON, 1), said("b", NOON, 1, language="es")
    one, other = record_of(story, {"en": [en], "es": [es]}), record_of(story, {"es": [es], "en": [en]})
    assert as_json.export(one) == as_json.export(other)


# --- whatever happens ----------------------------------------------------------------------------


@PROPERTY
@given(st.data())
def test_Q8_counts_reconcile_and_times_are_those_of_the_turns(data: st.DataObject) -> None:
    story = crowded()
    go(story, data, data.draw(st.integers(5, 30)))
    spoken = data.draw(st.lists(st.integers(NOON - 60 * S, NOON + 3_600 * S), max_size=8))
    words = [said(f"word {position}", at, position) for position, at in enumerate(spoken, 1)]
    found = record_of(story, {"en": words})
    session, counts = story.session, found.counts
    counted = counts.model_dump(exclude={"requests"})
    assert sum(counted.values()) == counts.requests == len(session.entries)
    parts = [part for one in found.interventions for part in one.parts]
    turns = [(turn.id, turn.began_at, turn.ended_at, turn.used, turn.ending) for turn in session.turns]
    ended = [(p.turn, p.began_at, p.ended_at, p.used, p.ending) for p in parts if p.ended_at is not None]
    assert sorted(ended) == sorted(turns)
    assert sum(one.used for one in found.interventions) == sum(part.used for part in parts)
    heard = [one for one in found.interventions if one.status is EntryStatus.HEARD]
    assert len(heard) == counts.heard + counts.video
    assert (len(found.not_heard), len(found.withdrawn)) == (counts.not_heard, counts.withdrawn)
    assert (len(found.waiting), len(found.waiting_list)) == (counts.waiting + counts.speaking, counts.late)
    spoken_by = [one.captions for one in found.interventions] + [one.captions for one in found.between]
    lines = [line for captions in spoken_by for line in captions.get("en", ())]
    assert sorted(line.position for line in lines) == [segment.position for segment in words]


def test_R2_the_newest_gist_a_confirmed_quote_remarks_and_written_texts_are_in_the_record() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.give(ana)
    finish(story)
    story.ask(c.WriteGist(entry=ana, after=None, text="x"), RAY, text="x1")
    story.ask(c.WriteGist(entry=ana, after=story.session.notebook.annotations[-1].id, text="x"), RAY, text="x2")
    story.ask(c.QuoteIntervention(entry=ana, track="en", first=1, last=1), RAY)
    story.ask(c.ConfirmQuote(annotation=story.session.notebook.annotations[-1].id), RAY)
    story.ask(c.AddTopic(text="x"), RAY, text="x3")
    story.ask(c.LogRemarks(person="mia", segment="opening", text="x"), RAY, text="x4")
    story.ask(handed_in("w1", "ana", ana, words=2), SAM)
    words = {"x1": "First.", "x2": "Second.", "x3": "Water", "x4": "Welcomed all.", "w1": "As written."}
    found = record_of(story, {"en": [said("One", NOON, 1)]}, replace(KNOWN, texts=words))
    one = only(found)
    assert one.gist
    assert (one.gist.text, one.quotes[0].confirmed_by) == ("Second.", "ray")
    assert list(found.topics.values()) == ["Water"]
    assert [(remarks.speaker.name, remarks.text) for remarks in found.remarks] == [("Mia", "Welcomed all.")]
    assert [(text.author.name, text.entry, text.text) for text in found.contributions] == [
        ("Ana Lima", ana, "As written.")
    ]


def test_R2_a_quote_holds_nothing_that_was_said_in_the_turn_of_another() -> None:
    """Cat's line is corrected while Ana speaks: its new revision lies between two of hers."""
    story = live()
    for entry in (asked := story.wait("cat", "ana")):
        story.give(entry)
        finish(story)
    story.ask(c.QuoteIntervention(entry=asked[1], track="en", first=2, last=4), RAY)
    story.ask(c.QuoteIntervention(entry=asked[0], track="en", first=3, last=3), RAY)
    captions = [said("Not Ana's", NOON + S, 1), said("One", NOON + 61 * S, 2), said("two", NOON + 63 * S, 4)]
    corrected = said("Not hers", NOON + S, 3, segment_id="1", revision=1, origin=Origin.HUMAN)
    cat, ana = record_of(story, {"en": [*captions, corrected]}).interventions
    assert [(quote.text, quote.machine) for quote in ana.quotes] == [("One two", True)]
    assert [quote.text for quote in cat.quotes] == ["Not hers"]


def test_R4_that_it_was_exported_does_not_change_a_record() -> None:
    story = live()
    story.give(story.wait("ana")[0])
    finish(story)
    before = record_of(story)
    for _ in range(2):
        story.ask(c.ListExport(format="docx", tier=Tier.INTERNAL, digest="0" * 64, size=1, entries=1), RAY)
    assert record_of(story) == before
    story.ask(c.CloseSession())
    assert record_of(story).chain.entries == before.chain.entries + 3
