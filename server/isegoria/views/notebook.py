"""The rapporteur's notebook as the team sees it."""

from __future__ import annotations

from collections.abc import Iterator

from isegoria.domain.notebook import Annotation, Export
from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.values import AnnotationKind, EntryId, PersonId, TextId, Tier
from isegoria.views.models.notebook import (
    ContributionView,
    ExportView,
    NotebookView,
    NotesView,
    PassageView,
    QuoteView,
    RemarksView,
    TagView,
    TopicView,
    WordsView,
)


def notebook(session: Session, people: People) -> NotebookView:
    book, reader = session.notebook, _Reader(session, people)
    noted = dict.fromkeys(one.entry for one in book.annotations)
    return NotebookView(
        notes=tuple(reader.notes(entry) for entry in session.entries if entry in noted),
        topics=tuple(reader.topics()),
        remarks=tuple(reader.remarks()),
        contributions=tuple(reader.contributions()),
        passages=tuple(
            PassageView(track=track, position=position, decision=passage.decision)
            for (track, position), passage in book.passages.items()
        ),
        exports=tuple(reader.export(one) for one in book.exports),
    )


class _Reader:
    def __init__(self, session: Session, people: People) -> None:
        self._session, self._people, self._book = session, people, session.notebook

    def notes(self, entry: EntryId) -> NotesView:
        mine = [one for one in self._book.annotations if one.entry == entry]
        kinds = {kind: [one for one in mine if one.kind is kind] for kind in AnnotationKind}
        gist = self._book.gist_of(entry)
        return NotesView(
            entry=entry,
            tags=tuple(TagView(annotation=one.id, tag=one.tag or "") for one in kinds[AnnotationKind.TAG]),
            gist=self._words(gist) if gist else None,
            notes=tuple(self._words(one) for one in kinds[AnnotationKind.NOTE]),
            quotes=tuple(self._quote(one) for one in kinds[AnnotationKind.QUOTE]),
        )

    def topics(self) -> Iterator[TopicView]:
        yield from (TopicView(tag=tag, text=text) for tag, text in self._people.about.topics.items())
        for tag, text in self._book.topics.items():
            yield TopicView(tag=tag, text=self._text(text) or "")

    def remarks(self) -> Iterator[RemarksView]:
        for one in self._book.remarks:
            yield RemarksView(
                id=one.id,
                person=one.person,
                name=self._name(one.person) or "",
                segment=one.segment,
                text=self._text(one.text),
                by=self._name(one.by),
                at=one.at,
            )

    def contributions(self) -> Iterator[ContributionView]:
        for one in self._book.contributions:
            yield ContributionView(
                id=one.id,
                person=one.person,
                name=self._name(one.person) or "",
                kind=one.kind,
                entry=one.entry,
                language=one.language,
                words=one.words,
                size=one.size,
                media=one.media,
                at=one.at,
            )

    def export(self, one: Export) -> ExportView:
        public = one.tier is Tier.PUBLISHABLE
        since = [person for person, at in self._session.attributed_at.items() if public and at > one.at]
        return ExportView(
            id=one.id,
            format=one.format,
            tier=one.tier,
            track=one.track,
            digest=one.digest,
            size=one.size,
            at=one.at,
            by=self._name(one.by),
            recall=bool(since),
            changed=tuple(filter(None, map(self._name, since))),
        )

    def _words(self, one: Annotation) -> WordsView:
        return WordsView(annotation=one.id, text=self._text(one.text), by=self._name(one.by), at=one.at)

    def _quote(self, one: Annotation) -> QuoteView:
        return QuoteView(
            annotation=one.id,
            track=one.track or "",
            first=one.first or 0,
            last=one.last or 0,
            by=self._name(one.by),
            at=one.at,
            confirmed_by=self._name(one.confirmed_by),
        )

    def _text(self, text: TextId | None) -> str | None:
        return self._people.texts.get(text) if text else None

    def _name(self, person: PersonId | None) -> str | None:
        found = self._people.persons.get(person) if person else None
        return found.display_name if found else None
