"""Messages, attribution (R3), the rapporteur's annotations (R2)."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.attribution import choice_of
from isegoria.domain.evolve import KEPT_MESSAGES
from isegoria.domain.notebook import Annotation
from isegoria.domain.roles import Actor
from isegoria.domain.session import Message
from isegoria.domain.values import AnnotationKind, Attribution, Cue, Role
from tests.domain.story import NOON, PEOPLE, RAY, SAM, SYSTEM, S, Story, live, scheduled, speaker

# --- messages ------------------------------------------------------------------------------------


def told() -> tuple[Story, str]:
    """Ana was told to slow down; the message's id."""
    story = live()
    story.after(5).ask(c.SendMessage(to="ana", cue=Cue.SLOWER))
    return story, story.session.messages[-1].id


def test_a_cue_reaches_one_speaker() -> None:
    story, _ = told()
    assert story.session.messages == (Message("m5", "ana", NOON + 5 * S, "mia", cue=Cue.SLOWER),)
    assert story.ask(c.SendMessage(to="bob", cue=Cue.CONCLUDE), SAM) == [
        e.MessageSent(message="m6", to="bob", cue=Cue.CONCLUDE, text=None, by="sam", at=NOON + 5 * S)
    ]


def test_R8_the_journal_holds_a_texts_id_and_not_the_text() -> None:
    story = live()
    [sent] = story.ask(c.SendMessage(to="ana", text="Your microphone hums."), text="x1")
    assert isinstance(sent, e.MessageSent)
    assert (sent.text, sent.cue) == ("x1", None)
    assert story.session.messages[-1].text == "x1"


@pytest.mark.parametrize("content", [{}, {"cue": "slower", "text": "Slower, please."}])
def test_a_message_is_either_a_cue_or_a_text(content: dict[str, str]) -> None:
    command = c.SendMessage.model_validate({"to": "ana", **content})
    assert live().refused("malformed", command).detail == {"field": "text"}


def test_a_message_is_to_somebody_registered() -> None:
    assert live().refused("unknown_person", c.SendMessage(to="zoe", cue=Cue.CAMERA)).detail == {"person": "zoe"}


def test_its_speaker_says_once_that_it_was_read() -> None:
    story, message = told()
    story.ask(c.SendMessage(to="ana", cue=Cue.CAMERA))
    assert story.after(2).ask(c.Acknowledge(message=message), speaker("ana")) == [
        e.MessageAcknowledged(message=message, at=NOON + 7 * S)
    ]
    assert [m.acknowledged for m in story.session.messages] == [True, False]
    refusal = story.refused("no_change", c.Acknowledge(message=message), speaker("ana"))
    assert refusal.detail == {"message_id": message}


@pytest.mark.parametrize(("message", "name"), [("m5", "bob"), ("m99", "ana")])
def test_nobody_acknowledges_what_was_not_told_to_them(message: str, name: str) -> None:
    story, _ = told()
    refusal = story.refused("not_yours", c.Acknowledge(message=message), speaker(name))
    assert refusal.detail == {"message_id": message}


def test_the_newest_messages_are_kept() -> None:
    story = live()
    for _ in range(KEPT_MESSAGES + 1):
        story.ask(c.SendMessage(to="ana", cue=Cue.SLOWER))
    assert [m.id for m in story.session.messages] == [f"m{i}" for i in range(6, 106)]


@pytest.mark.parametrize("text", ["", "x" * 2_001])
def test_a_text_has_between_1_and_2000_characters(text: str) -> None:
    with pytest.raises(ValidationError):
        c.SendMessage(to="ana", text=text)


# --- R3: attribution -----------------------------------------------------------------------------


def choose(attribution: Attribution, person: str | None = None) -> c.ChooseAttribution:
    return c.ChooseAttribution(attribution=attribution, person=person)


def test_R3_each_person_chooses_and_may_choose_again() -> None:
    story = live()
    assert choice_of(story.session, PEOPLE, "ana") is Attribution.ORGANISATION
    assert story.ask(choose(Attribution.NAMED), speaker("ana")) == [
        e.AttributionChosen(person="ana", attribution=Attribution.NAMED, at=story.now)
    ]
    assert story.refused("no_change", choose(Attribution.NAMED), speaker("ana")).detail == {"person": "ana"}
    story.ask(choose(Attribution.NOT_FOR_REPORT, "ana"), speaker("ana"))
    assert choice_of(story.session, PEOPLE, "ana") is Attribution.NOT_FOR_REPORT
    assert choice_of(story.session, PEOPLE, "bob") is Attribution.ORGANISATION


def test_R3_until_then_the_sessions_default_counts() -> None:
    story = scheduled(default_attribution=Attribution.CONSTITUENCY_REGION)
    assert choice_of(story.session, PEOPLE, "ana") is Attribution.CONSTITUENCY_REGION
    story.ask(choose(Attribution.CONSTITUENCY_REGION), speaker("ana"))


@pytest.mark.parametrize("by", [SAM, SYSTEM])
def test_R3_the_secretariat_writes_down_what_somebody_chose(by: Actor) -> None:
    story = live()
    story.ask(choose(Attribution.NAMED, "ana"), by)
    assert story.session.attributions == {"ana": Attribution.NAMED}


def test_R3_speakers_choose_for_themselves() -> None:
    refusal = live().refused("not_yours", choose(Attribution.NAMED, "bob"), speaker("ana"))
    assert refusal.detail == {"person": "bob"}


def test_R3_a_choice_is_somebodys() -> None:
    assert live().refused("malformed", choose(Attribution.NAMED), SYSTEM).detail == {"field": "person"}
    assert live().refused("unknown_person", choose(Attribution.NAMED, "zoe"), SAM).detail == {"person": "zoe"}
    live().refused("malformed", choose(Attribution.NAMED), Actor(role=Role.SPEAKER))


# --- R2: annotations -----------------------------------------------------------------------------


def test_R2_an_intervention_holds_tags_notes_and_quotes() -> None:
    story = live()
    [ana] = story.wait("ana")
    assert story.ask(c.TagIntervention(entry=ana, tag="practice"), RAY) == [
        e.InterventionAnnotated(annotation="a6", entry=ana, kind=AnnotationKind.TAG, tag="practice", by="ray", at=NOON)
    ]
    story.after(5).ask(c.NoteIntervention(entry=ana, text="A fund for tenants."), RAY, text="x2")
    story.after(5).ask(c.QuoteIntervention(entry=ana, track="floor", first=3, last=3), RAY)
    assert story.session.notebook.annotations == (
        Annotation("a6", ana, AnnotationKind.TAG, NOON, "ray", tag="practice"),
        Annotation("a7", ana, AnnotationKind.NOTE, NOON + 5 * S, "ray", text="x2"),
        Annotation("a8", ana, AnnotationKind.QUOTE, NOON + 10 * S, "ray", track="floor", first=3, last=3),
    )


def test_R2_a_quote_ends_where_it_begins_or_later() -> None:
    story = live()
    [ana] = story.wait("ana")
    command = c.QuoteIntervention(entry=ana, track="floor", first=4, last=3)
    assert story.refused("malformed", command, RAY).detail == {"field": "last"}


@pytest.mark.parametrize(
    "command",
    [
        c.TagIntervention(entry="e99", tag="practice"),
        c.NoteIntervention(entry="e99", text="?"),
        c.QuoteIntervention(entry="e99", track="floor", first=1, last=2),
    ],
    ids=lambda command: command.type,
)
def test_R2_what_is_annotated_is_on_record(command: c.Command) -> None:
    assert live().refused("unknown_entry", command, RAY).detail == {"entry": "e99"}


@pytest.mark.parametrize("tag", ["", "Two words", "x" * 41])
def test_R2_R8_a_tag_is_a_word_of_a_list(tag: str) -> None:
    with pytest.raises(ValidationError):
        c.TagIntervention(entry="e5", tag=tag)
