"""What is told in public, as lines for a spreadsheet."""

from __future__ import annotations

import csv
import io
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain.values import Attribution, Tier
from isegoria.report import as_csv
from isegoria.report.legible import legible
from isegoria.report.model_account import Account
from tests.report import hostile
from tests.report.accounts import told
from tests.report.opened import in_lines
from tests.report.test_account import ALIAS, NAMED, NOT_FOR_REPORT, consultation
from tests.report.test_making import material


def told_of(choice: Attribution, tier: Tier = Tier.PUBLISHABLE) -> Account:
    return told(material(consultation(choice)), tier)[0]


def rows(account: Account) -> list[dict[str, str]]:
    data = as_csv.export_account(account)
    in_lines(data)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_who_is_named_is_told_in_full_with_times_gist_and_quotes() -> None:
    ana, bob = rows(told_of(NAMED))
    assert (ana["number"], ana["cited"], ana["name"], ana["city"]) == ("1", "in full", "Wanjiru Kamau", "Nairobi")
    assert (ana["began (UTC)"], ana["began (Europe/Madrid)"]) == ("2025-07-01 12:00:10", "2025-07-01 14:00:10")
    assert (ana["used (s)"], ana["tags"], ana["gist"]) == ("60", "practice", "Budgets are voted on in Nairobi.")
    assert (ana["quotes"], bob["quotes"]) == ("[en] We vote, here in Nairobi.", "")
    assert (bob["cited"], bob["name"], bob["organisation"]) == ("without name", "", "Bcity")


def test_R5_of_an_alias_there_is_no_time_and_no_quote() -> None:
    _, ana = rows(told_of(ALIAS))
    empty = ("name", "organisation", "city", "country", "began (UTC)", "began (Europe/Madrid)", "used (s)", "quotes")
    assert {ana[name] for name in empty} == {""}
    assert (ana["cited"], ana["constituency"], ana["gist"]) == (
        "alias",
        "local_government",
        "Budgets are voted on in […].",
    )


def test_R9_marks_are_for_the_team() -> None:
    assert "marks" not in rows(told_of(NOT_FOR_REPORT))[0]
    assert [row["marks"] for row in rows(told_of(NOT_FOR_REPORT, Tier.INTERNAL))] == ["not for report", ""]


def test_a_topic_is_told_in_words() -> None:
    account, _ = told(hostile.material())
    assert any("<r><t>a</t></r>" in row["tags"] for row in rows(account))


def test_a_session_in_which_nobody_spoke_has_headings() -> None:
    account = told_of(NAMED).model_copy(update={"interventions": ()})
    assert as_csv.export_account(account).decode("utf-8-sig") == (
        "number,cited,name,organisation,on behalf of,constituency,region,city,country,topic,segment,kind,delivery,"
        "began (UTC),began (Europe/Madrid),used (s),tags,gist,quotes\r\n"
    )


@cache
def an_account() -> Account:
    return told_of(NAMED)


@given(st.one_of(st.text(max_size=40), st.sampled_from(hostile.TEXTS), st.just("a\ud800b")))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_again_and_is_no_formula(text: str) -> None:
    account = an_account()
    [ana, *_] = account.interventions
    cited = ana.cited.model_copy(update={"name": text, "organisation": text, "city": text})
    changed = ana.model_copy(update={"cited": cited, "gist": text})
    [row] = rows(account.model_copy(update={"interventions": (changed,)}))
    kept = legible(text)
    assert row["name"] == row["gist"] == (f"'{kept}" if kept.startswith(as_csv.FORMULA_STARTS) else kept)


@pytest.mark.parametrize("tier", Tier)
def test_the_same_account_gives_the_same_bytes(tier: Tier) -> None:
    first, second = told(hostile.material(), tier)[0], told(hostile.material(), tier)[0]
    assert as_csv.export_account(first) == as_csv.export_account(second)
