"""A session's journal, people and captions -> the record (R1, R2).

The journal is folded as the server folds it, so what was undone has not happened; the log of it stays (`log.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from isegoria.domain import events as e
from isegoria.domain.attribution import choice_of
from isegoria.domain.history import Decision, replay
from isegoria.domain.notebook import Annotation
from isegoria.domain.people import People
from isegoria.domain.session import LISTED, Entry, Session, Spoken, Turn
from isegoria.domain.text import clean
from isegoria.domain.values import AnnotationKind, EntryStatus, Instant, OrganisationId, PersonId, TextId, TurnId
from isegoria.report.facts import announcements, counts, facts
from isegoria.report.model import (
    Between,
    Chain,
    Contribution,
    Counts,
    Intervention,
    InterventionPart,
    Note,
    OrganisationFacts,
    Participant,
    Quote,
    Record,
    Remarks,
    Request,
    SessionFacts,
)
from isegoria.report.words import Captions, Words


def record(session_id: str, journal: Sequence[bytes], people: People, captions: Captions) -> Record:
    """The record of what these decisions made. `captions`: what each track keeps, all revisions.

    Raises BrokenChain if the journal is not whole, pydantic.ValidationError if a newer version wrote it.
    """
    journal = _before_its_exports(journal)
    history = replay(session_id, journal)
    session = history.session
    scribe = _Scribe(session, people, Words(session, captions))
    unanswered = LISTED | {EntryStatus.SPEAKING}
    return Record(
        session=facts(session, people),
        chain=Chain(entries=session.version, head=history.head),
        counts=counts(session),
        interventions=tuple(scribe.interventions()),
        not_heard=tuple(scribe.requests(EntryStatus.NOT_HEARD)),
        withdrawn=tuple(scribe.requests(EntryStatus.WITHDRAWN)),
        waiting=tuple(scribe.requests(*unanswered)),
        waiting_list=tuple(scribe.requests(EntryStatus.LATE)),
        between=tuple(scribe.between()),
        announcements=tuple(announcements(Decision.from_bytes(data) for data in journal)),
        topics=scribe.topics(),
        remarks=tuple(scribe.remarks()),
        contributions=tuple(scribe.contributions()),
    )


class Heard(NamedTuple):
    """What a record tells of who was heard, without what they said."""

    session: SessionFacts
    counts: Counts
    interventions: tuple[Intervention, ...]


def heard(session: Session, people: People) -> Heard:
    """The same as in the record of this session, but for captions, quoted or not."""
    scribe = _Scribe(session, people, Words(session, {}))
    return Heard(facts(session, people), counts(session), tuple(scribe.interventions()))


def _before_its_exports(journal: Sequence[bytes]) -> Sequence[bytes]:
    """Up to the last decision that was more than the listing of an export: a record that is exported twice is one."""
    end = len(journal)
    while end and all(isinstance(event, e.ExportListed) for event in Decision.from_bytes(journal[end - 1]).events):
        end -= 1
    return journal[:end]


class _Scribe:
    """Writes down entries of one state, with its people and captions."""

    def __init__(self, session: Session, people: People, words: Words) -> None:
        self._session, self._people, self._words = session, people, words

    def interventions(self) -> Iterator[Intervention]:
        """In the order in which they began."""
        parts = self._parts()
        for entry_id in dict.fromkeys(entry_id for entry_id, _ in parts):
            mine = tuple(part for of_entry, part in parts if of_entry == entry_id)
            yield self._intervention(self._session.entries[entry_id], mine)

    def requests(self, *statuses: EntryStatus) -> Iterator[Request]:
        """In the order of the list, and else of asking."""
        listed = list(self._session.order)
        entries = [entry for entry in self._session.entries.values() if entry.status in statuses]
        entries.sort(key=lambda entry: listed.index(entry.id) if entry.id in listed else -1)
        return (self._request(entry) for entry in entries)

    def between(self) -> Iterator[Between]:
        for segment, captions in self._words.between().items():
            yield Between(segment=segment, captions=captions)

    def topics(self) -> dict[str, str]:
        added = {tag: self._text(text) or "" for tag, text in self._session.notebook.topics.items()}
        return {**self._people.about.topics, **added}

    def remarks(self) -> Iterator[Remarks]:
        for one in self._session.notebook.remarks:
            yield Remarks(
                id=one.id,
                speaker=self._participant(one.person),
                segment=one.segment,
                text=self._text(one.text),
                at=one.at,
                by=one.by,
            )

    def contributions(self) -> Iterator[Contribution]:
        for one in self._session.notebook.contributions:
            yield Contribution(
                id=one.id,
                author=self._participant(one.person),
                kind=one.kind,
                entry=one.entry,
                language=one.language,
                words=one.words,
                size=one.size,
                digest=one.digest,
                media=one.media,
                at=one.at,
                text=self._text(one.id),
            )

    def _parts(self) -> list[tuple[str, InterventionPart]]:
        ended = [(turn.entry, _ended(turn)) for turn in self._session.turns]
        running = self._session.turn
        return ended if running is None else [*ended, (running.entry, _running(running, self._session.last_at))]

    def _request(self, entry: Entry) -> Request:
        return Request(
            id=entry.id,
            kind=entry.kind,
            delivery=entry.delivery,
            status=entry.status,
            asked_at=entry.asked_at,
            topic=entry.segment,
            speaker=self._participant(entry.person),
            substitute_for=None if entry.substituted is None else self._participant(entry.substituted),
            organisation=None if entry.organisation is None else self._organisation(entry.organisation),
            on_behalf_of=tuple(self._organisation(one) for one in entry.on_behalf_of),
            absences=entry.absences,
        )

    def _intervention(self, entry: Entry, parts: tuple[InterventionPart, ...]) -> Intervention:
        notes, gist = self._annotations(entry, AnnotationKind.NOTE), self._session.notebook.gist_of(entry.id)
        quotes = self._annotations(entry, AnnotationKind.QUOTE)
        tags = [annotation.tag or "" for annotation in self._annotations(entry, AnnotationKind.TAG)]
        registered = entry.substituted or entry.person
        spoke = dict.fromkeys(part.speaker for part in parts)
        last = parts[-1].speaker
        return Intervention(
            **{
                **dict(self._request(entry)),
                "speaker": self._participant(last),
                "substitute_for": None if last == registered else self._participant(registered),
            },
            spoke=tuple(self._participant(person) for person in spoke),
            parts=parts,
            used=sum(part.used for part in parts),
            paused=sum(part.paused for part in parts),
            overtime=sum(part.overtime for part in parts),
            extended=sum(part.extended for part in parts),
            captions=self._words.of([part.turn for part in parts]),
            tags=tuple(dict.fromkeys(tags)),
            notes=tuple(self._note(annotation) for annotation in notes),
            quotes=tuple(self._quote(annotation, [part.turn for part in parts]) for annotation in quotes),
            gist=self._note(gist) if gist else None,
        )

    def _participant(self, person_id: PersonId) -> Participant:
        attribution = choice_of(self._session, self._people, person_id)
        person = self._people.persons.get(person_id)
        if person is None:
            return Participant(id=person_id, attribution=attribution)
        return Participant(
            id=person_id,
            name=person.display_name,
            title=person.title,
            function=person.function,
            organisation=None if person.organisation_id is None else self._organisation(person.organisation_id),
            constituency=person.constituency,
            city=person.city,
            country=person.country,
            regions=person.regions,
            attribution=attribution,
        )

    def _organisation(self, organisation_id: OrganisationId) -> OrganisationFacts:
        found = self._people.organisations.get(organisation_id)
        return OrganisationFacts(id=organisation_id, name=found.name if found else None)

    def _annotations(self, entry: Entry, kind: AnnotationKind) -> list[Annotation]:
        return [one for one in self._session.notebook.annotations if one.entry == entry.id and one.kind is kind]

    def _note(self, annotation: Annotation) -> Note:
        return Note(id=annotation.id, at=annotation.at, by=annotation.by, text=self._text(annotation.text))

    def _text(self, text_id: TextId | None) -> str | None:
        text = self._people.texts.get(text_id) if text_id else None
        return None if text is None else clean(text)

    def _quote(self, annotation: Annotation, turns: Sequence[TurnId]) -> Quote:
        track, first, last = annotation.track or "", annotation.first or 0, annotation.last or 0
        text, machine = self._words.passage(track, first, last, turns)
        return Quote(
            id=annotation.id,
            at=annotation.at,
            by=annotation.by,
            track=track,
            first=first,
            last=last,
            text=text,
            machine=machine,
            confirmed_by=annotation.confirmed_by,
        )


def _ended(turn: Spoken) -> InterventionPart:
    return InterventionPart(
        turn=turn.id,
        number=turn.part,
        speaker=turn.person,
        segment=turn.segment,
        began_at=turn.began_at,
        ended_at=turn.ended_at,
        limit=turn.limit,
        used=turn.used,
        paused=turn.paused,
        overtime=turn.overtime,
        extended=turn.extended,
        ending=turn.ending,
    )


def _running(turn: Turn, now: Instant) -> InterventionPart:
    return InterventionPart(
        turn=turn.id,
        number=turn.part,
        speaker=turn.person,
        segment=turn.segment,
        began_at=turn.began_at,
        ended_at=None,
        limit=turn.limit,
        used=turn.used(now),
        paused=turn.paused(now),
        overtime=max(0, -turn.left(now)),
        extended=turn.extended,
        ending=None,
    )
