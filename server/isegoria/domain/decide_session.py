"""What may happen to the session and its agenda. A part of `decide`. Rules S2, T8, T10, R6, Q2."""

from __future__ import annotations

from typing import assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.aliases import fixed_at_doors
from isegoria.domain.context import Context
from isegoria.domain.errors import Refused
from isegoria.domain.people import People
from isegoria.domain.session import OPEN_REQUEST, Segment, Session
from isegoria.domain.values import MINUTE, Instant, PauseReason, SegmentId, SessionState


def decide_session(session: Session, command: c.SessionCommand, context: Context) -> list[e.Event]:
    match command:
        case c.Schedule():
            return _schedule(session, command)
        case c.SetClock():
            return _set_clock(session, command)
        case c.ChangeRoster():
            return _change_roster(session, command)
        case c.OpenDoors():
            require(session, SessionState.SCHEDULED)
            return [doors_opened(session, context.people, context.now)]
        case c.StartSession():
            require(session, SessionState.SCHEDULED, SessionState.OPEN)
            first = session.segments[0].id
            return [
                e.SessionStarted(at=context.now),
                e.SegmentStarted(segment=first, at=context.now),
            ]
        case c.SuspendSession():
            return _suspend(session, context)
        case c.ResumeSession():
            require(session, SessionState.SUSPENDED)
            return [e.SessionResumed(at=context.now)]
        case c.ExtendSession():
            return _extend(session, command, context)
        case c.CloseSession():
            return _close(session, context)
        case _:
            assert_never(command)


def doors_opened(session: Session, people: People, at: Instant) -> e.Event:
    """With the aliases of all who are protected, fixed from here on (R10)."""
    return e.DoorsOpened(at=at, aliases=tuple(fixed_at_doors(session, people)))


def require(session: Session, *states: SessionState) -> None:
    """Refuses unless the session is in one of these states."""
    if session.state not in states:
        wanted = " or ".join(states)
        raise Refused("wrong_state", f"the session is {session.state}; this needs it {wanted}", state=session.state)


def require_not_closed(session: Session) -> None:
    require(session, SessionState.SCHEDULED, SessionState.OPEN, SessionState.LIVE, SessionState.SUSPENDED)


def _schedule(session: Session, command: c.Schedule) -> list[e.Event]:
    if session.version:
        raise Refused("no_change", "the session is scheduled already")
    if not command.doors_at <= command.starts_at < command.ends_at:
        raise Refused("out_of_bounds", "the doors open before the start, and the end comes after it")
    return [e.Scheduled(**{**dict(command), "type": "scheduled"})]


def _set_clock(session: Session, command: c.SetClock) -> list[e.Event]:
    if not session.rehearsal:
        raise Refused("rehearsal_only", "only a rehearsal's clock can be set")
    if command.session < session.last_at:
        raise Refused("out_of_bounds", "the clock cannot go back behind what has happened", last_at=session.last_at)
    return [e.ClockSet(real=command.real, session=command.session, rate=command.rate)]


def _change_roster(session: Session, command: c.ChangeRoster) -> list[e.Event]:
    if command.revision <= session.roster_revision:
        raise Refused("no_change", "this roster is known", revision=session.roster_revision)
    return [e.RosterChanged(revision=command.revision)]


def _suspend(session: Session, context: Context) -> list[e.Event]:
    """The turn is paused, and stays so after resuming until a person resumes it too."""
    require(session, SessionState.LIVE)
    suspended = e.SessionSuspended(at=context.now)
    turn = session.turn
    if turn is None or turn.paused_at is not None:
        return [suspended]
    return [e.TurnPaused(turn=turn.id, reason=PauseReason.SUSPENDED, at=context.now), suspended]


def _extend(session: Session, command: c.ExtendSession, context: Context) -> list[e.Event]:
    require_not_closed(session)
    if command.ends_at != session.ends_at:
        raise Refused("stale", "the end was changed meanwhile", ends_at=session.ends_at)
    ends_at = session.ends_at + command.minutes * MINUTE
    if command.minutes == 0:
        raise Refused("no_change", "this is the end already", ends_at=session.ends_at)
    if ends_at <= max(session.starts_at, context.now):
        raise Refused("out_of_bounds", "the new end would be past; close the session instead")
    return [e.SessionExtended(ends_at=ends_at)]


def _close(session: Session, context: Context) -> list[e.Event]:
    """T10: never cuts a turn. All who wait become not heard, but for those of whom a part was heard."""
    require_not_closed(session)
    if session.turn:
        name = context.name(session.turn.person)
        raise Refused("turn_running", f"{name} has the floor; end the turn first", turn=session.turn.id, name=name)
    not_heard = tuple(
        entry.id for entry in session.entries.values() if entry.status in OPEN_REQUEST and not entry.parts
    )
    return [e.SessionClosed(at=context.now, not_heard=not_heard)]


# --- the agenda ----------------------------------------------------------------------------------


def decide_agenda(session: Session, command: c.AgendaCommand, context: Context) -> list[e.Event]:
    match command:
        case c.StartSegment():
            return _start_segment(session, command, context)
        case c.ChangeLimit():
            return _change_limit(session, command)
        case c.SwitchRecording():
            _switch(session, command.segment, "recording", command.on)
            return [e.RecordingSwitched(segment=command.segment, on=command.on, at=context.now)]
        case c.SwitchChathamHouse():
            _switch(session, command.segment, "chatham_house", command.on)
            return [e.ChathamHouseSwitched(segment=command.segment, on=command.on, at=context.now)]
        case _:
            assert_never(command)


def segment_of(session: Session, segment: SegmentId) -> Segment:
    found = next((s for s in session.segments if s.id == segment), None)
    if found is None:
        raise Refused("unknown_segment", "the agenda has no such segment", segment=segment)
    return found


def _start_segment(session: Session, command: c.StartSegment, context: Context) -> list[e.Event]:
    require(session, SessionState.LIVE)
    segment = segment_of(session, command.segment)
    if command.after != session.segment:
        raise Refused("stale", "another segment was started meanwhile", segment=session.segment)
    if segment.id == session.segment:
        raise Refused("no_change", "this segment is running", segment=segment.id)
    return [e.SegmentStarted(segment=segment.id, at=context.now)]


def _change_limit(session: Session, command: c.ChangeLimit) -> list[e.Event]:
    require_not_closed(session)
    own_limits = any(segment.limit is not None for segment in session.segments)
    if command.limit == session.modalities.limit and not own_limits:
        raise Refused("no_change", "this is the speaking time already", limit=command.limit)
    return [e.LimitChanged(limit=command.limit)]


def _switch(session: Session, segment: SegmentId, name: str, on: bool) -> None:
    require_not_closed(session)
    if getattr(segment_of(session, segment), name) is on:
        raise Refused("no_change", f"it is {'on' if on else 'off'} already", segment=segment)
