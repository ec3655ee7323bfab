"""One speaker's own page: Q1, Q2, Q9, T7, T9, R3."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from isegoria.domain import commands as c
from isegoria.domain.values import Attribution, Cue, EntryStatus, PauseReason, Readiness
from isegoria.views import Scene, personal, personal_of, public
from isegoria.views.models import PersonalView
from tests.domain.story import MIA, NOON, SAM, S, Story, live, scheduled, speaker
from tests.views.people import people


def seen(story: Story, name: str) -> PersonalView:
    return personal(story.session, story.people, story.now, "first", name)


def consultation() -> Story:
    story = live()
    story.people = people()
    return story


def test_Q9_a_speaker_sees_their_place_and_expected_time() -> None:
    story = consultation()
    _, bob = story.wait("ana", "bob")
    [own] = seen(story, "bob").entries
    assert (own.id, own.place, own.expected_at, own.allotted) == (bob, 2, NOON + 264 * S, 180 * S)
    story.ask(c.Ready(entry=bob), speaker("bob"))
    assert seen(story, "bob").entries[0].readiness is Readiness.READY


def test_T7_ones_own_allowance_is_told_and_counted() -> None:
    story = consultation()
    story.wait("ana")
    story.ask(c.SetAllowance(person="ana", allowance=60 * S), SAM)
    view = seen(story, "ana")
    assert (view.allowance, view.entries[0].allotted) == (60 * S, 240 * S)


def test_T1_who_has_the_floor_sees_it_as_their_own() -> None:
    story = consultation()
    ana, _ = story.wait("ana", "bob")
    turn = story.give(ana)
    story.ask(c.ExtendTurn(turn=turn, by=30 * S))
    assert (seen(story, "ana").own_turn, seen(story, "ana").allotted) == (True, 210 * S)
    assert (seen(story, "bob").own_turn, seen(story, "bob").allotted) == (False, None)
    story.after(60).ask(c.EndTurn(turn=turn))
    [spoken] = seen(story, "ana").turns_spoken
    assert (spoken.used, spoken.allotted) == (60 * S, 210 * S)


def test_T9_an_interrupted_speaker_sees_the_time_that_was_kept() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    story.after(100).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.after(60).ask(c.InterruptTurn(turn=turn))
    view = seen(story, "ana")
    [own], [spoken] = view.entries, view.turns_spoken
    assert (own.status, own.remaining, own.allotted) == (EntryStatus.INTERRUPTED, 80 * S, 80 * S)
    assert (spoken.used, spoken.allotted, spoken.ending) == (100 * S, 180 * S, "interrupted")


def test_Q2_on_the_waiting_list_there_is_no_place_and_no_time() -> None:
    story = consultation()
    story.ask(c.CloseList())
    assert seen(story, "ana").may_request
    story.wait("ana")
    [own] = seen(story, "ana").entries
    assert (own.status, own.place, own.expected_at) == (EntryStatus.LATE, None, None)


def test_Q2_open_requests_come_first() -> None:
    story = consultation()
    [first] = story.wait("ana")
    story.ask(c.Withdraw(entry=first, status=EntryStatus.WAITING), speaker("ana"))
    story.ask(c.CloseList())
    [second] = story.after(5).wait("ana")
    assert [entry.id for entry in seen(story, "ana").entries] == [second, first]


def test_Q1_one_may_request_when_nothing_of_ones_own_waits() -> None:
    story = consultation()
    assert seen(story, "ana").may_request
    [ana] = story.wait("ana")
    assert not seen(story, "ana").may_request
    story.give(ana)
    assert not seen(story, "ana").may_request
    story.after(60).ask(c.EndTurn(turn=story.session.newest_turn or ""))
    assert seen(story, "ana").may_request


def test_Q1_nor_of_ones_organisation() -> None:
    story = consultation()
    shared = story.people.persons["amy"].model_copy(update={"organisation_id": "o-ana"})
    story.people = replace(story.people, persons={**story.people.persons, "amy": shared})
    story.wait("ana")
    assert not seen(story, "amy").may_request
    assert seen(story, "bob").may_request


def test_Q1_nor_before_the_doors_nor_when_all_topics_are_over() -> None:
    early = scheduled()
    early.people = people()
    assert not seen(early, "ana").may_request
    story = consultation()
    story.ask(c.StartSegment(segment="two", after="one"))
    assert seen(story, "ana").may_request
    story.ask(c.StartSegment(segment="closing", after="two"))
    assert not seen(story, "ana").may_request


def test_messages_stay_until_they_are_acknowledged() -> None:
    story = consultation()
    story.wait("ana")
    story.ask(c.SendMessage(to="ana", cue=Cue.SLOWER), MIA)
    story.ask(c.SendMessage(to="ana", text="A little slower"), MIA, text="x1")
    cue, text = seen(story, "ana").messages
    assert (cue.cue, cue.text, text.cue, text.text) == ("slower", None, None, "A little slower")
    assert seen(story, "bob").messages == ()
    story.ask(c.Acknowledge(message=cue.id), speaker("ana"))
    assert seen(story, "ana").messages == (text,)


def test_R3_the_choice_is_shown_with_the_default_until_it_is_made() -> None:
    story = consultation()
    assert seen(story, "ana").attribution is Attribution.ORGANISATION
    story.ask(c.ChooseAttribution(attribution=Attribution.NAMED), speaker("ana"))
    assert seen(story, "ana").attribution is Attribution.NAMED


def test_S1_a_speakers_own_city_and_time_zone() -> None:
    view = seen(consultation(), "ana")
    assert (view.me.name, view.city, view.person_timezone) == ("NAME-ana", "CITY-ana", "America/Bahia")


def test_a_personal_view_stands_on_the_public_one() -> None:
    story = consultation()
    story.wait("ana", "bob")
    shared = dict(public(story.session, story.people, story.now, "first"))
    own = dict(seen(story, "ana"))
    assert {name: own[name] for name in shared if name != "scope"} == {
        name: value for name, value in shared.items() if name != "scope"
    }


def test_one_scene_gives_the_same_views() -> None:
    story = consultation()
    story.wait("ana", "bob")
    scene = Scene(story.session, story.people, story.now, "first")
    assert [personal_of(scene, name) for name in ("ana", "bob")] == [seen(story, "ana"), seen(story, "bob")]


def test_R2_ones_own_texts_are_told_to_nobody_else() -> None:
    story = consultation()
    [entry] = story.wait("ana")
    facts: Any = {"words": 0, "size": 8, "digest": "0" * 64, "media": "application/pdf", "kind": "statement"}
    story.ask(c.ReceiveContribution(contribution="w1", entry=entry, language="es", **facts), speaker("ana"))
    story.ask(c.ReceiveContribution(contribution="w2", person="ana", **facts), SAM)
    told = seen(story, "ana").contributions
    assert [(one.id, one.entry, one.language, one.by_me) for one in told] == [
        ("w1", entry, "es", True),
        ("w2", None, None, False),
    ]
    assert seen(story, "bob").contributions == ()
