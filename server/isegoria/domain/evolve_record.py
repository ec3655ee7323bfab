"""What events make of the notebook. A part of `evolve`."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from isegoria.domain import events as e
from isegoria.domain.notebook import Annotation, Contribution, Export, Notebook, Passage, Remarks
from isegoria.domain.session import Session


def evolve_record(session: Session, event: e.RecordEvent) -> Session:
    return replace(session, notebook=_notebook(session.notebook, event))


def _notebook(book: Notebook, event: e.RecordEvent) -> Notebook:
    match event:
        case e.InterventionAnnotated():
            fields = event.model_dump(exclude={"type", "annotation"})
            return replace(book, annotations=(*book.annotations, Annotation(id=event.annotation, **fields)))
        case e.QuoteConfirmed():
            return replace(book, annotations=tuple(_confirmed(one, event) for one in book.annotations))
        case e.AnnotationRemoved():
            return replace(book, annotations=tuple(one for one in book.annotations if one.id != event.annotation))
        case e.TopicAdded():
            return replace(book, topics={**book.topics, event.topic: event.text})
        case e.RemarksLogged():
            fields = event.model_dump(exclude={"type", "remarks"})
            return replace(book, remarks=(*book.remarks, Remarks(id=event.remarks, **fields)))
        case e.ContributionReceived():
            fields = event.model_dump(exclude={"type", "contribution"})
            received = Contribution(id=event.contribution, **fields)
            return replace(book, contributions=(*book.contributions, received))
        case e.ContributionWithdrawn():
            left = tuple(one for one in book.contributions if one.id != event.contribution)
            return replace(book, contributions=left)
        case e.PassageDecided():
            passage = Passage(event.decision, event.persons)
            return replace(book, passages={**book.passages, (event.track, event.position): passage})
        case e.ExportListed():
            fields = event.model_dump(exclude={"type", "export"})
            return replace(book, exports=(*book.exports, Export(id=event.export, **fields)))
        case _:
            assert_never(event)


def _confirmed(annotation: Annotation, event: e.QuoteConfirmed) -> Annotation:
    return replace(annotation, confirmed_by=event.by) if annotation.id == event.annotation else annotation
