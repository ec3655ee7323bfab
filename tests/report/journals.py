"""A consultation as a journal, and captions for it, to make records from."""

from __future__ import annotations

from collections.abc import Sequence

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment, CaptionStatus, Origin
from isegoria.domain.history import FIRST, Decision, hash_of
from isegoria.domain.people import About, Organisation, People, Person, WrittenInput
from isegoria.domain.values import Attribution, Constituency, ContributionKind, Instant, PauseReason, Region, TextId
from isegoria.report.model import Intervention, Record
from isegoria.report.record import record
from isegoria.report.words import Captions
from tests.domain.story import NOON, PEOPLE, Story

ANA = Person(
    id="ana",
    display_name="Ana Lima",
    function="Mayor",
    organisation_id="acity",
    constituency=Constituency.LOCAL_GOVERNMENT,
    city="A City",
    country="BR",
    regions=(Region.LATIN_AMERICA,),
    attribution=Attribution.NAMED,
)
KNOWN = People(
    revision=2,
    persons={**PEOPLE.persons, "ana": ANA},
    organisations={**PEOPLE.organisations, "net": Organisation(id="net", name="Network of Cities")},
    about=About(
        title="Consultation",
        organisers=("OHCHR",),
        languages=("en",),
        segments={"opening": "Opening remarks", "one": "1. Local implementation"},
        written_input=(WrittenInput(at=NOON + 86_400_000, timezone="Europe/Madrid", source="Call"),),
    ),
)


def journal_of(story: Story) -> list[bytes]:
    """The story's decisions, as the store keeps them."""
    journal: list[bytes] = []
    head = FIRST
    for version, (events, at, by) in enumerate(story.decisions, 1):
        decision = Decision(version=version, at=at, written_at=at, by=by, prev=head, events=tuple(events))
        journal.append(decision.to_bytes())
        head = hash_of(journal[-1])
    return journal


def record_of(story: Story, captions: Captions | None = None, people: People = KNOWN) -> Record:
    return record("s", journal_of(story), people, captions or {})


def only(found: Record) -> Intervention:
    [intervention] = found.interventions
    return intervention


def said(text: str, at: Instant, position: int, **more: object) -> CaptionSegment:
    """A final caption on the track "en"; its id is its position unless given."""
    fields = {
        "source": "feed",
        "segment_id": str(position),
        "status": CaptionStatus.FINAL,
        "language": "en",
        "origin": Origin.MACHINE,
        "text": text,
        "received_at": at,
        "spoken_at": at,
        "position": position,
        **more,
    }
    return CaptionSegment.model_validate(fields)


def finish(story: Story, after_s: float = 60) -> None:
    """The running turn is ended."""
    assert story.session.turn
    story.after(after_s).ask(c.EndTurn(turn=story.session.turn.id))


def lose(story: Story, after_s: float = 60) -> None:
    """The line of the running turn is lost, and given up after a minute."""
    assert story.session.turn
    turn = story.session.turn.id
    story.after(after_s).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.after(60).ask(c.InterruptTurn(turn=turn))


def handed_in(text: TextId, person: str, entry: str | None = None, **more: object) -> c.ReceiveContribution:
    """A person's text: the statement of an intervention, or else written input."""
    fields = {
        "contribution": text,
        "person": person,
        "entry": entry,
        "kind": ContributionKind.STATEMENT if entry else ContributionKind.WRITTEN,
        "words": 4,
        "size": 9,
        "digest": "0" * 64,
        "media": "text/plain",
        **more,
    }
    return c.ReceiveContribution.model_validate(fields)


def texts(lines: Sequence[object]) -> list[str]:
    return [getattr(line, "text", "") for line in lines]
