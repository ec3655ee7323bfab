"""Random commands that make sense often enough to get far, for the properties."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.roles import Actor
from isegoria.domain.session import Session
from isegoria.domain.values import Attribution, Cue, Delivery, EntryKind, EntryStatus, PauseReason
from tests.domain.story import MIA, RAY, SAM, SYSTEM, S, speaker

Asked = tuple[c.Command, Actor]
SPEAKERS = ["ana", "amy", "bob", "cat", "dan", "eve", "fay"]


def _entry(draw: st.DrawFn, session: Session) -> str:
    """Mostly one that exists, and mostly one that is listed."""
    return draw(st.sampled_from([*session.order, *session.order, *session.entries, "e0"]))


def _turn(draw: st.DrawFn, session: Session) -> str:
    return draw(st.sampled_from([session.newest_turn or "t0"] * 9 + ["t0"]))


@st.composite
def quiet(draw: st.DrawFn, session: Session) -> Asked:
    """A command that neither changes floor or order nor stands in an undo's way."""
    name = draw(st.sampled_from(SPEAKERS))
    entry = _entry(draw, session)
    holder = speaker(session.entries[entry].person) if entry in session.entries else speaker(name)
    segment = draw(st.sampled_from(["one", "two", "three"]))
    status = session.entries[entry].status if entry in session.entries else EntryStatus.WAITING
    options: list[Callable[[], Asked]] = [
        lambda: (c.RequestFloor(segment=segment), speaker(name)),
        lambda: (
            c.RequestFloor(segment=session.segment or "one", kind=EntryKind.POINT_OF_ORDER),
            speaker(name),
        ),
        lambda: (
            c.RequestFloor(segment=session.segment or "one", kind=EntryKind.RIGHT_OF_REPLY),
            speaker(name),
        ),
        lambda: (c.Inscribe(person=name, segment=segment, delivery=Delivery.VIDEO, video=90 * S), SAM),
        lambda: (c.Withdraw(entry=entry, status=status), holder),
        lambda: (c.Ready(entry=entry), holder),
        lambda: (c.NeedMoment(entry=entry), holder),
        lambda: (c.SetAllowance(person=name, allowance=60 * S), SAM),
        lambda: (c.SendMessage(to=name, cue=Cue.CONCLUDE), MIA),
        lambda: (c.ChooseAttribution(attribution=Attribution.NAMED), speaker(name)),
        lambda: (c.TagIntervention(entry=entry, tag="practice"), RAY),
    ]
    return draw(st.sampled_from(options))()


@st.composite
def actions(draw: st.DrawFn, session: Session) -> Asked:
    """A command that changes floor or list, and can be undone."""
    entry, turn = _entry(draw, session), _turn(draw, session)
    other = draw(st.sampled_from([*session.order, None]))
    status = session.entries[entry].status if entry in session.entries else EntryStatus.WAITING
    holder = speaker(session.turn.person if session.turn else "ana")
    reason: c.AskedPause = draw(st.sampled_from([PauseReason.SOUND, PauseReason.CONNECTION, PauseReason.CONNECTION]))
    rev = session.order_rev
    by = draw(st.sampled_from([-30, 30, 60]))
    options: list[Callable[[], Asked]] = [
        lambda: (c.GiveFloor(entry=entry, after=session.newest_turn), MIA),
        lambda: (c.GiveFloor(entry=entry, after=session.newest_turn), SAM),
        lambda: (c.YieldFloor(turn=turn), holder),
        lambda: (c.EndTurn(turn=turn), MIA),
        lambda: (c.PauseTurn(turn=turn, reason=reason), MIA),
        lambda: (c.ResumeTurn(turn=turn), MIA),
        lambda: (c.InterruptTurn(turn=turn), MIA),
        lambda: (c.ExtendTurn(turn=turn, by=by * S), MIA),
        lambda: (c.CallSpeaker(entry=entry, status=status), MIA),
        lambda: (c.MarkAbsent(entry=entry, status=status), MIA),
        lambda: (c.Defer(entry=entry, status=status), SAM),
        lambda: (c.Reorder(entry=entry, before=other, order_rev=rev), SAM),
        lambda: (c.ApplyOrder(order=tuple(reversed(session.order)), order_rev=rev), MIA),
        lambda: (c.Admit(entry=entry), SAM),
        lambda: (c.CloseList(), MIA),
        lambda: (c.ReopenList(), MIA),
    ]
    return draw(st.sampled_from(options))()


@st.composite
def proceedings(draw: st.DrawFn, session: Session) -> Asked:
    """A command about the session and its agenda, or the alarm."""
    segment = draw(st.sampled_from([s.id for s in session.segments]))
    limit, on = draw(st.sampled_from([120, 150, 180])), draw(st.booleans())
    entry = _entry(draw, session)
    options: list[Callable[[], Asked]] = [
        lambda: (c.Settle(), SYSTEM),
        lambda: (c.Settle(), SYSTEM),
        lambda: (c.OpenDoors(), MIA),
        lambda: (c.StartSession(), MIA),
        lambda: (c.SuspendSession(), MIA),
        lambda: (c.ResumeSession(), MIA),
        lambda: (c.StartSegment(segment=segment, after=session.segment), MIA),
        lambda: (c.ChangeLimit(limit=limit * S), MIA),
        lambda: (c.ExtendSession(ends_at=session.ends_at, minutes=10), MIA),
        lambda: (c.SwitchRecording(segment=segment, on=on), SAM),
        lambda: (c.Substitute(entry=entry, person="fay"), SAM),
        lambda: (c.Undo(version=session.undoable[-1].version if session.undoable else 0), MIA),
        lambda: (c.Undo(version=session.version), MIA),
    ]
    return draw(st.sampled_from(options))()


def anything(session: Session) -> st.SearchStrategy[Asked]:
    return st.one_of(quiet(session), actions(session), actions(session), proceedings(session))
