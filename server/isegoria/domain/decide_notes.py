"""The rapporteur's notes: tags, gists, quotes, remarks. A part of `decide`. Rules R2, R7."""

from __future__ import annotations

from typing import Any, assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide_list import entry_of
from isegoria.domain.decide_session import segment_of
from isegoria.domain.errors import Refused
from isegoria.domain.notebook import Annotation
from isegoria.domain.session import Session
from isegoria.domain.values import AnnotationKind, PersonId, TextId


def decide_notes(session: Session, command: c.NotesCommand, context: Context) -> list[e.Event]:
    match command:
        case c.TagIntervention():
            return _tag(session, command, context)
        case c.NoteIntervention():
            return [_annotated(session, command.entry, AnnotationKind.NOTE, context, text=context.text)]
        case c.QuoteIntervention():
            return _quote(session, command, context)
        case c.WriteGist():
            return _gist(session, command, context)
        case c.ConfirmQuote():
            return _confirm(session, command, context)
        case c.RemoveAnnotation():
            return [e.AnnotationRemoved(annotation=_annotation(session, command.annotation).id, at=context.now)]
        case c.AddTopic():
            return [e.TopicAdded(topic=f"g{session.version + 1}", text=_text(context), at=context.now)]
        case c.LogRemarks():
            return _remarks(session, command, context)
        case _:
            assert_never(command)


def _tag(session: Session, command: c.TagIntervention, context: Context) -> list[e.Event]:
    tags = [one.tag for one in session.notebook.annotations if one.entry == command.entry]
    if command.tag in tags:
        raise Refused("no_change", "it has this tag already", tag=command.tag)
    return [_annotated(session, command.entry, AnnotationKind.TAG, context, tag=command.tag)]


def _quote(session: Session, command: c.QuoteIntervention, context: Context) -> list[e.Event]:
    if command.last < command.first:
        raise Refused("malformed", "a quote ends where it begins, or later", field="last")
    passage = {"track": command.track, "first": command.first, "last": command.last}
    return [_annotated(session, command.entry, AnnotationKind.QUOTE, context, **passage)]


def _gist(session: Session, command: c.WriteGist, context: Context) -> list[e.Event]:
    """Two who write at once do not overwrite each other (Q7)."""
    newest = session.notebook.gist_of(command.entry)
    if command.after != (newest.id if newest else None):
        by = context.name(newest.by) if newest else None
        raise Refused("stale", "somebody wrote it meanwhile", annotation=newest.id if newest else None, name=by)
    return [_annotated(session, command.entry, AnnotationKind.GIST, context, text=_text(context))]


def _confirm(session: Session, command: c.ConfirmQuote, context: Context) -> list[e.Event]:
    quote = _annotation(session, command.annotation)
    if quote.kind is not AnnotationKind.QUOTE:
        raise Refused("malformed", "only a quote is confirmed", field="annotation")
    if quote.confirmed_by is not None:
        name = context.name(quote.confirmed_by)
        raise Refused("no_change", f"{name} has confirmed it already", annotation=quote.id, name=name)
    return [e.QuoteConfirmed(annotation=quote.id, by=context.actor.person, at=context.now)]


def _annotation(session: Session, annotation: str) -> Annotation:
    found = session.notebook.annotation(annotation)
    if found is None:
        raise Refused("stale", "it is not there any more", annotation=annotation)
    return found


def _annotated(session: Session, entry: str, kind: AnnotationKind, context: Context, **what: Any) -> e.Event:
    return e.InterventionAnnotated(
        annotation=f"a{session.version + 1}",
        entry=entry_of(session, entry).id,
        kind=kind,
        by=context.actor.person,
        at=context.now,
        **what,
    )


def _remarks(session: Session, command: c.LogRemarks, context: Context) -> list[e.Event]:
    known(command.person, context)
    return [
        e.RemarksLogged(
            remarks=f"r{session.version + 1}",
            person=command.person,
            segment=segment_of(session, command.segment).id,
            text=_text(context),
            by=context.actor.person,
            at=context.now,
        )
    ]


def known(person: PersonId, context: Context) -> None:
    if person not in context.people.persons:
        raise Refused("unknown_person", "nobody of that id is registered", person=person)


def _text(context: Context) -> TextId:
    if context.text is None:
        raise Refused("malformed", "a text is wanted", field="text")
    return context.text
