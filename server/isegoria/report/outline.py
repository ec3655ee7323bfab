"""An account of a session -> the working paper, to the outline and the habits of United Nations reports.

Themes come first, what was said statement by statement stands apart in the annexes. What only a person can write
(cross-cutting observations) is left to them, and said to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from isegoria.domain.values import SegmentId, SegmentKind, Tier
from isegoria.report.annexes import annexes
from isegoria.report.citing import citation, who
from isegoria.report.model import AgendaPart
from isegoria.report.model_account import Account, CitedIntervention
from isegoria.report.model_statistics import Statistics
from isegoria.report.paper import (
    Block,
    Footnote,
    Name,
    Paper,
    Paragraph,
    Quotation,
    Run,
    Runs,
    Section,
    Table,
)
from isegoria.report.wording import count, day, language, listed, local, said, title

SORTS = {"practice": "Practices", "challenge": "Challenges", "request": "Requests"}
_RULES = {
    "named": "by name",
    "organisation": "by their organisation",
    "constituency_region": "by constituency and region only",
    "not_for_report": "not at all",
}
TOPICS = frozenset({SegmentKind.TOPIC, SegmentKind.REACTIONS})


def outline(account: Account, figures: Statistics) -> Paper:
    """The paper of an account and of the figures of the same tier. Nothing in it depends on when it was made."""
    sections = (
        Section(1, "Introduction", tuple(_introduction(account))),
        Section(1, "Opening remarks", tuple(_remarks(account))),
        *_interventions(account),
        Section(1, "Cross-cutting observations", (_left_to_the_rapporteur(),)),
        Section(1, "Written contributions", tuple(_contributions(account))),
        Section(1, "Follow-up", tuple(_follow_up(account))),
        *annexes(account, figures),
    )
    summary = tuple(_summary(account))
    facts = account.session
    return Paper(
        title=facts.title or "Consultation",
        subtitle="Working paper",
        tier=account.tier.value,
        language="en",
        session=facts.id,
        date=day(facts.started_at or facts.starts_at, facts.timezone),
        made_from=facts.closed_at or facts.started_at or facts.starts_at,
        head=account.chain.head,
        rehearsal=facts.rehearsal,
        summary=summary,
        sections=sections,
        words=_words(summary, sections),
    )


# --- the text ------------------------------------------------------------------------------------


def _summary(account: Account) -> Iterator[Runs]:
    counts = account.counts
    heard = count(counts.heard + counts.video, "intervention was", "interventions were")
    texts = len(account.contributions)
    written = count(texts, "written contribution was", "written contributions were") if texts else "none in writing was"
    yield (f"This paper gives an account of the consultation {_on(account)}. {heard} heard, and {written} received.",)
    if counts.not_heard:
        requests = count(counts.not_heard, "request", "requests")
        yield (f"{requests} for the floor could not be heard. Those concerned were invited to contribute in writing.",)


def _introduction(account: Account) -> Iterator[Block]:
    facts = account.session
    organisers: list[Run] = ["The consultation was held"]
    for number, organiser in enumerate(facts.organisers):
        organisers += [" by " if number == 0 else " and ", Name(organiser)]
    yield Paragraph((*organisers, f" {_on(account)}, from {_hours(account)}."))
    minutes = facts.modalities.limit / 60_000
    spoken = listed(language(one) for one in facts.languages)
    yield said(
        f"It was held online. Speakers had {minutes:g} minutes each, in the order of a list of speakers.",
        f"The languages spoken were: {spoken}.",
    )
    yield said(
        "Participants chose how they may be cited: by name, by their organisation, by constituency and region only,",
        f"or not at all. Where nothing was chosen, they are cited {_RULES[facts.default_attribution]}.",
        "Speaking is not taken as consent to be quoted by name.",
    )


def _remarks(account: Account) -> Iterator[Block]:
    for one in account.remarks:
        yield Paragraph((*who(one.cited), " said: ", one.text))
    if not account.remarks:
        yield Paragraph(("No remarks were noted.",))


def _interventions(account: Account) -> Iterator[Section]:
    """A chapter with a subhead for each topic, in which practices, challenges and requests stand together."""
    yield Section(1, "Summary of interventions", (_how_cited(account),))
    for part in _topics(account):
        told = [one for one in account.interventions if one.topic == part.id]
        yield Section(2, title(part), tuple(_topic(account, told)))


def _topic(account: Account, told: Sequence[CitedIntervention]) -> Iterator[Block]:
    if not told:
        yield Paragraph(("No intervention on this topic is cited.",))
    for tag, heading in SORTS.items():
        marked = [one for one in told if tag in one.tags]
        if marked:
            yield Paragraph((f"{heading}.",), items=tuple(_noted(account, one) for one in marked))
    rest = [one for one in told if not SORTS.keys() & set(one.tags)]
    for one in rest:
        yield Paragraph(_noted(account, one))
    for one in told:
        for quote in one.quotes:
            yield Quotation(quote.text, quote.language, who(one.cited))


def _noted(account: Account, one: CitedIntervention) -> Runs:
    topics = ", ".join(account.topics[tag] for tag in one.tags if tag in account.topics)
    said = one.gist or (f"spoke on {topics}" if topics else "took the floor")
    verb = " stated: " if one.gist else " "
    source = Footnote(f"Record of the session, intervention {one.number}.")
    return (*citation(one.cited), verb, said.rstrip(".") + ".", source)


def _how_cited(account: Account) -> Paragraph:
    left_out = account.counts.heard + account.counts.video - len(account.interventions)
    runs: list[Run] = ["Interventions are arranged by theme. They were noted by the rapporteurs while they were heard."]
    if left_out > 0 and account.tier is Tier.PUBLISHABLE:
        runs.append(f" {count(left_out, 'intervention is', 'interventions are')} not cited, as their speakers wished.")
    return Paragraph(tuple(runs))


def _left_to_the_rapporteur() -> Paragraph:
    return Paragraph(("[To be written by the rapporteur.]",))


def _contributions(account: Account) -> Iterator[Block]:
    if not account.contributions:
        yield Paragraph(("No written contribution was received.",))
    for one in account.contributions:
        kind = "the statement of an intervention" if one.heard else "a written contribution, not heard"
        yield Paragraph((*citation(one.cited), f" submitted {kind} ({count(one.words, 'word', 'words')})."))


def _follow_up(account: Account) -> Iterator[Block]:
    deadlines = account.session.written_input
    for one in deadlines:
        told = f"{day(one.at, one.timezone)}, {local(one.at, one.timezone):%H:%M} ({one.timezone})"
        yield Paragraph((f"Written input could be sent until {told}; source: ", Name(one.source), "."))
    if not deadlines:
        yield Paragraph(("No deadline for written input was set.",))


# --- words ---------------------------------------------------------------------------------------


def _topics(account: Account) -> list[AgendaPart]:
    told: set[SegmentId] = {one.topic for one in account.interventions}
    return [part for part in account.session.segments if part.kind in TOPICS or part.id in told]


def _on(account: Account) -> str:
    facts = account.session
    return f"on {day(facts.started_at or facts.starts_at, facts.timezone)}"


def _hours(account: Account) -> str:
    facts = account.session
    began, ended = facts.started_at or facts.starts_at, facts.closed_at or facts.ends_at
    here, utc = ([local(at, zone) for at in (began, ended)] for zone in (facts.timezone, "UTC"))
    return f"{here[0]:%H:%M} to {here[1]:%H:%M} {facts.timezone} time ({utc[0]:%H:%M} to {utc[1]:%H:%M} UTC)"


def _words(summary: Sequence[Runs], sections: Sequence[Section]) -> int:
    """Of all that a reader reads, footnotes included."""
    runs: list[Runs] = [*summary]
    for section in sections:
        runs.append((section.title,))
        for block in section.blocks:
            runs += _runs(block)
    return sum(len("".join(map(_text, line)).split()) for line in runs)


def _runs(block: Block) -> Iterator[Runs]:
    match block:
        case Paragraph(runs=runs, items=items):
            yield runs
            yield from items
        case Quotation(text=text, source=source):
            yield from ((text,), source)
        case Table(caption=caption, head=head, rows=rows):
            yield from ((words,) for words in (caption, *head))
            for row in rows:
                yield from row
        case _:
            yield (block.caption,)


def _text(run: Run) -> str:
    match run:
        case Footnote(text=text):
            return f" {text} "
        case Name(text=text):
            return text
        case _:
            return run
