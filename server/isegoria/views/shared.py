"""What everyone sees, and the public view made of it.

A public view tells instants and no limit of a turn. The times at which turns are expected leave allowances out, for
everyone but the team, so that nobody can work one out from how the times moved (T7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from isegoria.domain.forecast import Outlook, listed, outlook
from isegoria.domain.people import People
from isegoria.domain.session import Entry, Session, Spoken, Turn
from isegoria.domain.values import EntryStatus, Instant
from isegoria.views.labels import Labels
from isegoria.views.models import (
    ClockView,
    FloorView,
    ModalitiesView,
    NextView,
    PublicView,
    SegmentView,
    SharedView,
    TrackView,
    TurnView,
    WrittenInputView,
)

SOON = 3
"""How many of those who come next are shown (Q9)."""


def public(session: Session, people: People, now: Instant, epoch: str) -> PublicView:
    """For attendees, the stage, and whoever has no request of their own."""
    return Scene(session, people, now, epoch).public


@dataclass(frozen=True)
class Scene:
    """One instant of a session, of which the public view and each speaker's own are made; what they have in common is
    computed once."""

    session: Session
    people: People
    now: Instant
    epoch: str

    @cached_property
    def outlook(self) -> Outlook:
        return outlook(replace(self.session, allowances={}), self.now)

    @cached_property
    def shared(self) -> SharedView:
        return shared(self, Labels(self.session, self.people), self.outlook)

    @cached_property
    def public(self) -> PublicView:
        return PublicView.model_validate(dict(self.shared))


def shared(scene: Scene, labels: Labels, ahead: Outlook) -> SharedView:
    """What all views tell, with the labels and the expected times that the one who looks may see."""
    session, about = scene.session, scene.people.about
    return SharedView(
        session=session.id,
        version=session.version,
        at=scene.now,
        epoch=scene.epoch,
        clock=ClockView(real=session.clock.real, session=session.clock.session, rate=session.clock.rate),
        state=session.state,
        rehearsal=session.rehearsal,
        title=about.title,
        organisers=about.organisers,
        timezone=session.timezone,
        doors_at=session.doors_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        started_at=session.started_at,
        closed_at=session.closed_at,
        segments=tuple(_segments(scene)),
        segment=session.segment,
        modalities=_modalities(session),
        list_open=session.list_open,
        list_closes_at=session.list_closes_at,
        floor=_floor(session, session.turn, labels, scene.now) if session.turn else None,
        next=tuple(_next(entry, labels, ahead) for entry in listed(session)[:SOON]),
        waiting=len(listed(session)),
        heard=sum(entry.status is EntryStatus.HEARD for entry in session.entries.values()),
        turns=tuple(_turns(session, labels)),
        tracks=tuple(_tracks(scene)),
        written_input=tuple(_written_input(scene.people)),
    )


def _segments(scene: Scene) -> Iterator[SegmentView]:
    titles = scene.people.about.segments
    for segment in scene.session.segments:
        yield SegmentView(
            id=segment.id,
            kind=segment.kind,
            title=titles.get(segment.id, ""),
            planned=segment.planned,
            began_at=segment.began_at,
            recording=segment.recording,
            chatham_house=segment.chatham_house,
        )


def _modalities(session: Session) -> ModalitiesView:
    rules = session.modalities
    return ModalitiesView(
        limit=rules.limit,
        warnings=rules.warnings,
        grace=rules.grace,
        enforcement=rules.enforcement,
        one_per_organisation=rules.one_per_organisation,
    )


def _floor(session: Session, turn: Turn, labels: Labels, now: Instant) -> FloorView:
    return FloorView(
        turn=turn.id,
        entry=turn.entry,
        who=labels.of_turn(turn.person, session.entries.get(turn.entry)),
        segment=turn.segment,
        part=turn.part,
        began_at=turn.began_at,
        held=turn.held,
        zero_at=turn.zero_at,
        closes_at=turn.closes_at,
        paused_at=turn.paused_at,
        pause_reason=turn.pause_reason,
        left=None if turn.paused_at is None else turn.left(now),
        grace=turn.grace,
    )


def _next(entry: Entry, labels: Labels, ahead: Outlook) -> NextView:
    return NextView(
        entry=entry.id,
        who=labels.of_entry(entry),
        segment=entry.segment,
        expected_at=ahead.expected.get(entry.id),
    )


def _turns(session: Session, labels: Labels) -> Iterator[TurnView]:
    turns: list[Spoken | Turn] = [*session.turns, *([session.turn] if session.turn else [])]
    for turn in turns:
        yield TurnView(
            id=turn.id,
            who=labels.of_turn(turn.person, session.entries.get(turn.entry)),
            segment=turn.segment,
            part=turn.part,
            began_at=turn.began_at,
            ended_at=None if isinstance(turn, Turn) else turn.ended_at,
        )


def _tracks(scene: Scene) -> Iterator[TrackView]:
    """Each track once, as its first feed has it, however many feeds it has."""
    about = scene.people.about
    firsts = {one.track: one for one in reversed(about.tracks)}
    for track in reversed(firsts.values()):
        yield TrackView(
            track=track.track,
            language=track.language,
            machine=track.machine,
            is_translation=track.is_translation,
            muted=about.source_of(track.track, scene.session) is None,
        )


def _written_input(people: People) -> Iterator[WrittenInputView]:
    for deadline in people.about.written_input:
        yield WrittenInputView(at=deadline.at, timezone=deadline.timezone, source=deadline.source)
