"""evolve: (state, event) -> state, for every event there is. Total: an event is a fact and is never refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, assert_never

from isegoria.domain import events as e
from isegoria.domain.evolve_floor import evolve_floor
from isegoria.domain.evolve_list import evolve_list, evolve_speaker
from isegoria.domain.evolve_record import evolve_record
from isegoria.domain.roles import Actor
from isegoria.domain.session import (
    OPEN_REQUEST,
    Alias,
    Message,
    Modalities,
    Mute,
    Segment,
    Session,
    SessionClock,
    Source,
)
from isegoria.domain.undo import remembered
from isegoria.domain.values import EntryStatus, Instant, SessionState

KEPT_MESSAGES = 100


def apply(session: Session, events: Sequence[e.Event], version: int, at: Instant, by: Actor) -> Session:
    """The state after a whole decision, which can be taken back as one."""
    after = reduce(evolve, events, session)
    after = replace(after, version=version, last_at=max(at, session.last_at))
    return replace(after, undoable=remembered(session, after, events, at, by))


def evolve(session: Session, event: e.Event) -> Session:
    """The state after `event`."""
    if isinstance(event, e.SessionEvent):
        return _session(session, event)
    if isinstance(event, e.AgendaEvent):
        return _agenda(session, event)
    if isinstance(event, e.ListEvent):
        return evolve_list(session, event)
    if isinstance(event, e.SpeakerEvent):
        return evolve_speaker(session, event)
    if isinstance(event, e.FloorEvent):
        return evolve_floor(session, event)
    if isinstance(event, e.WordsEvent):
        return _words(session, event)
    if isinstance(event, e.RecordEvent):
        return evolve_record(session, event)
    if isinstance(event, e.CaptionsEvent):
        return _captions(session, event)
    assert_never(event)


def _session(session: Session, event: e.SessionEvent) -> Session:
    match event:
        case e.Scheduled():
            return _scheduled(session, event)
        case e.ClockSet():
            return replace(session, clock=SessionClock(event.real, event.session, event.rate))
        case e.RosterChanged():
            return replace(session, roster_revision=event.revision)
        case e.DoorsOpened():
            return _with_aliases(replace(session, state=SessionState.OPEN), event.aliases)
        case e.SessionStarted():
            return replace(session, state=SessionState.LIVE, started_at=event.at)
        case e.SessionSuspended():
            return replace(session, state=SessionState.SUSPENDED)
        case e.SessionResumed():
            return replace(session, state=SessionState.LIVE)
        case e.SessionExtended():
            return replace(session, ends_at=event.ends_at)
        case e.SessionClosed():
            return _closed(session, event)
        case _:
            assert_never(event)


def _with_aliases(session: Session, fixed: Iterable[e.AliasFacts]) -> Session:
    aliases = {one.person: Alias(one.constituency, one.region) for one in fixed}
    return replace(session, aliases={**session.aliases, **aliases})


def _scheduled(session: Session, event: e.Scheduled) -> Session:
    m = event.modalities
    return replace(
        session,
        timezone=event.timezone,
        doors_at=event.doors_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        list_closes_at=event.list_closes_at,
        segments=tuple(Segment(s.id, s.kind, s.planned, s.limit) for s in event.segments),
        modalities=Modalities(m.limit, m.warnings, m.grace, m.enforcement, m.one_per_organisation),
        default_attribution=event.default_attribution,
        rehearsal=event.rehearsal,
    )


def _closed(session: Session, event: e.SessionClosed) -> Session:
    """Those who wait are not heard, unless a part of their intervention was (T9, T10)."""
    entries = dict(session.entries)
    for entry in session.entries.values():
        if entry.status in OPEN_REQUEST:
            status = EntryStatus.NOT_HEARD if entry.id in event.not_heard else EntryStatus.HEARD
            entries[entry.id] = replace(entry, status=status)
    return replace(
        session,
        state=SessionState.CLOSED,
        closed_at=event.at,
        list_open=False,
        list_closes_at=None,
        order=(),
        entries=entries,
    )


def _agenda(session: Session, event: e.AgendaEvent) -> Session:
    match event:
        case e.SegmentStarted():
            begun = _with_segment(session, event.segment, began_at=event.at)
            return replace(begun, segment=event.segment, agenda=(*session.agenda, (event.segment, event.at)))
        case e.LimitChanged():
            general = replace(session.modalities, limit=event.limit)
            segments = tuple(replace(s, limit=None) for s in session.segments)
            return replace(session, modalities=general, segments=segments)
        case e.RecordingSwitched():
            return _with_segment(session, event.segment, recording=event.on)
        case e.ChathamHouseSwitched():
            return _chatham_house(session, event)
        case _:
            assert_never(event)


def _chatham_house(session: Session, event: e.ChathamHouseSwitched) -> Session:
    """What was said while it was on stays under it."""
    before = next((s.confided for s in session.segments if s.id == event.segment), ())
    over = tuple((since, event.at if until is None else until) for since, until in before)
    confided = (*over, (event.at, None)) if event.on else over
    return _with_segment(session, event.segment, chatham_house=event.on, confided=confided)


def _with_segment(session: Session, segment: str, **changes: Any) -> Session:
    segments = tuple(replace(s, **changes) if s.id == segment else s for s in session.segments)
    return replace(session, segments=segments)


# --- words: messages, attribution ----------------------------------------------------------------


def _words(session: Session, event: e.WordsEvent) -> Session:
    match event:
        case e.MessageSent():
            message = Message(event.message, event.to, event.at, event.by, event.cue, event.text)
            return replace(session, messages=(*session.messages, message)[-KEPT_MESSAGES:])
        case e.MessageAcknowledged():
            messages = tuple(replace(m, acknowledged=True) if m.id == event.message else m for m in session.messages)
            return replace(session, messages=messages)
        case e.AttributionChosen():
            chosen = {**session.attributions, event.person: event.attribution}
            at = {**session.attributed_at, event.person: session.last_at if event.at is None else event.at}
            aliases = (event.alias,) if event.alias else ()
            return _with_aliases(replace(session, attributions=chosen, attributed_at=at), aliases)
        case _:
            assert_never(event)


# --- captions ------------------------------------------------------------------------------------


def _captions(session: Session, event: e.CaptionsEvent) -> Session:
    match event:
        case e.FeedsChanged():
            return replace(session, feeds_revision=event.revision)
        case e.SourceChosen():
            sources = {**session.sources, event.track: Source(event.feed, event.at)}
            return replace(session, sources=sources, mutes=_mutes(session.mutes, event))
        case e.ReconnectAsked():
            asked = session.reconnects.get(event.feed, 0) + 1
            return replace(session, reconnects={**session.reconnects, event.feed: asked})
        case e.SpokenLanguageSet():
            return replace(session, spoken=(*session.spoken, (event.language, event.at)))
        case _:
            assert_never(event)


def _mutes(mutes: tuple[Mute, ...], event: e.SourceChosen) -> tuple[Mute, ...]:
    """A track that is heard again ends its mute; one that is not any more begins one."""
    ended = tuple(
        replace(mute, until=event.at) if mute.track == event.track and mute.until is None else mute for mute in mutes
    )
    if event.feed is None and event.before is not None:
        return (*ended, Mute(event.track, event.before, event.at))
    return ended
