"""Which lines of the publishable transcripts name somebody who is protected, away from their turn, and what was decided
about them (R10). For the team alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from isegoria.domain.captions import CaptionSegment, Track
from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.values import EntryId, Frozen, Instant, PassageDecision, PersonId
from isegoria.report.masking import Elsewhere
from isegoria.report.pieces import Concealed, Decided, publishable
from isegoria.report.words import lines_of, newest_of


class HeldPart(Frozen):
    text: str
    is_name: bool


class ToldPerson(Frozen):
    """Whom the line may tell; `name` None: erased."""

    person: PersonId
    name: str | None


class HeldLine(Frozen):
    """`position` is that of the revision with this text: a correction is decided anew. `entry`: who was speaking.

    `decision` None: held back until somebody decides, as it is where a release was for others than it tells now.
    """

    track: Track
    position: int
    language: str
    at: Instant
    entry: EntryId
    parts: tuple[HeldPart, ...]
    persons: tuple[ToldPerson, ...]
    decision: PassageDecision | None


def decided(session: Session, track: Track, captions: Sequence[CaptionSegment]) -> Decided:
    """What was decided about the lines of a track as they read now."""
    passages = session.notebook.passages
    newest = newest_of(captions)
    return {line: passages[track, seen] for line, seen in newest.items() if (track, seen) in passages}


def publishable_of(session: Session, people: People, track: Track, captions: Sequence[CaptionSegment]) -> Concealed:
    """`captions`: what the track keeps, all revisions."""
    return publishable(session, people, lines_of(captions), decided(session, track, captions))


def held(session: Session, people: People, captions: Mapping[Track, Sequence[CaptionSegment]]) -> list[HeldLine]:
    """Of all tracks, in the order in which they were spoken, decided or not."""
    found = [line for track in captions for line in _of_track(session, people, track, captions[track])]
    return sorted(found, key=lambda line: (line.at, line.track, line.position))


def _of_track(session: Session, people: People, track: Track, captions: Sequence[CaptionSegment]) -> Iterator[HeldLine]:
    known, newest = decided(session, track, captions), newest_of(captions)
    for piece, told in publishable_of(session, people, track, captions).elsewhere:
        if piece.turn is None:
            continue
        of, persons = known.get(piece.line.position), sorted({hit.person for hit in told.hits})
        holds = of and (of.decision is not PassageDecision.RELEASE or set(persons) <= set(of.persons))
        yield HeldLine(
            track=track,
            position=newest[piece.line.position],
            language=piece.line.language,
            at=piece.at,
            entry=piece.turn.entry,
            parts=tuple(_parts(told)),
            persons=tuple(ToldPerson(person=person, name=_name(people, person)) for person in persons),
            decision=of.decision if of and holds else None,
        )


def _parts(told: Elsewhere) -> Iterator[HeldPart]:
    end = 0
    for start, until in _joined(told):
        if told.text[end:start]:
            yield HeldPart(text=told.text[end:start], is_name=False)
        yield HeldPart(text=told.text[start:until], is_name=True)
        end = until
    if told.text[end:]:
        yield HeldPart(text=told.text[end:], is_name=False)


def _joined(told: Elsewhere) -> list[tuple[int, int]]:
    """Where names overlap, or only white space is between them, they are one."""
    spans: list[tuple[int, int]] = []
    for start, until, _ in told.hits:
        if spans and not told.text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], max(spans[-1][1], until))
        else:
            spans.append((start, until))
    return spans


def _name(people: People, person: PersonId) -> str | None:
    found = people.persons.get(person)
    return found.display_name if found else None
