"""The working paper: what stands where, and in whose words (R7, R9)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from isegoria.domain.values import Attribution, Constituency, Region, Tier
from isegoria.report.account import account
from isegoria.report.citing import citation, place, who
from isegoria.report.model_account import Citation
from isegoria.report.outline import outline
from isegoria.report.paper import Footnote, Name, Paper, Paragraph, Quotation, Run, Table
from tests.domain.story import NOON, S, Story
from tests.report.journals import record_of, said
from tests.report.test_account import ALIAS, NAMED, NOT_FOR_REPORT, TELLING, consultation


def paper(story: Story, tier: Tier = Tier.PUBLISHABLE) -> Paper:
    captions = [said("We vote, here in Nairobi.", NOON + 20 * S, 1), said("As Kamau said.", NOON + 90 * S, 2)]
    record = record_of(story, {"en": captions}, story.people)
    return outline(account(record, story.session, story.people, tier))


def written(*runs: Run) -> str:
    """A line as it is read, footnotes in brackets."""
    return "".join(
        f"[{run.text}]" if isinstance(run, Footnote) else run.text if isinstance(run, Name) else run for run in runs
    )


def lines(found: Paper) -> Iterator[str]:
    yield from (written(*runs) for runs in found.summary)
    for section in found.sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Paragraph(runs=runs, items=items):
                    yield written(*runs)
                    yield from (written(*item) for item in items)
                case Quotation(text=text, source=source):
                    yield f"“{text}” {written(*source)}"
                case Table(rows=rows):
                    yield from (" | ".join(written(*cell) for cell in row) for row in rows)
                case _:
                    yield block.caption


def test_the_outline_is_that_of_united_nations_reports() -> None:
    found = paper(consultation(NAMED))
    assert [section.title for section in found.sections if section.level == 1 and not section.annex] == [
        "Introduction",
        "Opening remarks",
        "Summary of interventions",
        "Cross-cutting observations",
        "Written contributions",
        "Follow-up",
    ]
    assert [section.title for section in found.sections if section.annex] == [
        "Speakers by constituency",
        "Registered but not heard",
        "Statistics",
        "Method",
    ]


def test_a_practice_is_told_under_its_topic_in_the_rapporteurs_words() -> None:
    told = list(lines(paper(consultation(NAMED))))
    at = told.index("Practices.")
    assert told[at + 1] == (
        "Wanjiru Kamau (City Hall of the River) stated: Budgets are voted on in Nairobi."
        "[Record of the session, intervention 1.]"
    )
    assert "“We vote, here in Nairobi.” Wanjiru Kamau, City Hall of the River, Nairobi, Kenya" in told


def test_who_is_not_for_the_report_is_counted_in_a_sentence() -> None:
    told = " ".join(lines(paper(consultation(NOT_FOR_REPORT))))
    assert "1 intervention is not cited, as their speakers wished." in told
    assert "2 interventions were heard" in told


@pytest.mark.parametrize("choice", [ALIAS, NOT_FOR_REPORT])
def test_R5_R9_nothing_in_the_paper_tells_who_it_was(choice: Attribution) -> None:
    told = " ".join(lines(paper(consultation(choice))))
    assert [word for word in TELLING if word in told] == []


def test_the_internal_paper_says_what_others_may_not_know() -> None:
    found = paper(consultation(ALIAS), Tier.INTERNAL)
    assert found.tier == "internal"
    assert any("Wanjiru Kamau" in line and "[protected]" in line for line in lines(found))


def test_words_are_counted_as_they_are_read() -> None:
    found = paper(consultation(NAMED))
    columns = [("No. Speaker Constituency Topic Time used", "Interventions"), ("What Number", "Requests")]
    read = [*lines(found), *(word for pair in columns for word in pair)]
    assert found.words == sum(len(line.replace(" | ", " ").replace("[", " [").split()) for line in read)


def test_the_same_account_makes_the_same_paper() -> None:
    assert paper(consultation(NAMED)) == paper(consultation(NAMED))


@pytest.mark.parametrize(
    ("cited", "sentence", "line"),
    [
        (Citation(as_="nobody"), "A participant", "A participant"),
        (
            Citation(as_="alias", constituency=Constituency.CIVIL_SOCIETY, region=Region.ASIA_PACIFIC),
            "A civil-society participant from Asia-Pacific",
            "A civil-society participant from Asia-Pacific",
        ),
        (
            Citation(as_="alias", constituency=Constituency.ACADEMIA),
            "An academic participant",
            "An academic participant",
        ),
        (
            Citation(as_="without_name", organisation="Nairobi City County", city="Nairobi", country="KE"),
            "The representative of Nairobi City County",
            "Nairobi City County, Kenya",
        ),
        (
            Citation(as_="in_full", name="Ana", city="Porto Alegre", country="BR", on_behalf_of=("A", "B")),
            "Ana (Porto Alegre), on behalf of A, B,",
            "Ana, Porto Alegre, Brazil (on behalf of A, B)",
        ),
        (Citation(as_="without_name"), "A participant", "A participant"),
    ],
)
def test_R9_how_somebody_is_cited(cited: Citation, sentence: str, line: str) -> None:
    assert (written(*citation(cited)), written(*who(cited))) == (sentence, line)


def test_a_place_is_a_city_or_the_region_of_an_alias() -> None:
    assert place(Citation(as_="without_name", city="Tunis", country="TN")) == "Tunis, Tunisia"
    assert place(Citation(as_="alias", region=Region.MIDDLE_EAST_WEST_ASIA)) == "the Middle East and West Asia"
