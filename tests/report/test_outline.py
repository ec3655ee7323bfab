"""The working paper: what stands where, and in whose words (R7, R9)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from isegoria.domain import commands as c
from isegoria.domain.values import Attribution, Constituency, Region, Tier
from isegoria.report.account import account
from isegoria.report.citing import citation, place, who
from isegoria.report.model_account import Citation
from isegoria.report.outline import outline
from isegoria.report.paper import Chart, Footnote, Name, Paper, Paragraph, Quotation, Run, Table
from isegoria.report.statistics import statistics
from isegoria.report.wording import language
from tests.domain.story import NOON, SAM, S, Story
from tests.report.journals import handed_in, record_of, said
from tests.report.test_account import ALIAS, NAMED, NOT_FOR_REPORT, ORGANISATION, TELLING, consultation


def paper(story: Story, tier: Tier = Tier.PUBLISHABLE) -> Paper:
    captions = [said("We vote, here in Nairobi.", NOON + 20 * S, 1), said("As Kamau said.", NOON + 90 * S, 2)]
    record = record_of(story, {"en": captions}, story.people)
    figures = statistics(record, story.session, story.people, tier)
    return outline(account(record, story.session, story.people, tier), figures)


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
    tables = [block for section in found.sections for block in section.blocks if isinstance(block, Table)]
    read = [*lines(found), *(words for table in tables for words in (table.caption, *table.head))]
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


def test_R5_figures_stand_in_a_chart_and_in_the_table_behind_it() -> None:
    found = paper(consultation(NAMED), Tier.INTERNAL)
    [annex] = [section for section in found.sections if section.title == "Statistics"]
    charts = {block.caption: block for block in annex.blocks if isinstance(block, Chart)}
    assert charts["Speaking time by region"].bars == (("Africa", 1.0), ("Not declared", 1.0))
    assert charts["Speaking time by country"].unit == "minutes"
    assert charts["Speaking time in each ten minutes"].bars == (("14:00", 2.0),)
    told = [line for line in lines(found) if line.startswith(("Africa |", "2 interventions took"))]
    assert told == [
        "2 interventions took 2:00 minutes of 6:00 allotted. Between speakers there passed 0:10 (the median).",
        "Africa | 1 | 50% | 1:00 | 50%",
    ]


def test_R5_small_groups_are_told_together_in_public() -> None:
    told = list(lines(paper(consultation(ORGANISATION))))
    assert "Not told apart | 2 | 100% | 2:00 | 100%" in told
    assert not [line for line in told if line.startswith("Africa |")]


def test_speakers_stand_by_their_constituency() -> None:
    rows = [line.split(" | ")[:2] for line in lines(paper(consultation(NAMED))) if line.endswith("| 1:00")]
    assert rows == [["Local governments", "1"], ["Not declared", "2"]]


def test_R7_how_captions_came_is_told_by_language() -> None:
    assert "English, as spoken | 2 | 2 | 0 | 0 | 0:00" in list(lines(paper(consultation(NAMED))))


@pytest.mark.parametrize(
    ("code", "name"),
    [("es", "Spanish"), ("zh-Hans", "Chinese (Simplified)"), ("pt-BR", "Portuguese (Brazil)"), ("x", "x")],
)
def test_languages_are_called_by_their_names(code: str, name: str) -> None:
    assert language(code) == name


def test_Q8_a_statement_that_was_not_delivered_is_in_writing() -> None:
    story = consultation(NAMED)
    [entry] = story.wait("cat")
    for number, (person, of) in enumerate([("cat", entry), ("bob", None)]):
        handed = handed_in(f"v{number}", person, of, words=9)
        story.ask(handed, SAM)
    submitted = [line for line in lines(paper(story)) if "submitted" in line and "(9 words)" in line]
    assert [line.partition("submitted ")[2] for line in submitted] == [
        "a written contribution, not heard (9 words)."
    ] * 2
    turn = story.give(entry)
    story.after(60).ask(c.EndTurn(turn=turn))
    assert any("submitted the statement of an intervention (9 words)" in line for line in lines(paper(story)))
