"""What holds whatever is asked, in whatever order, at whatever time."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.decide import next_deadline, overdue
from isegoria.domain.errors import Refused
from isegoria.domain.evolve import apply
from isegoria.domain.history import FIRST, Decision, History, hash_of, replay
from isegoria.domain.session import LISTED, OPEN_REQUEST, Session
from isegoria.domain.values import EntryStatus, SessionState
from tests.domain.commands import actions, anything, quiet
from tests.domain.story import MIA, PEOPLE, SYSTEM, Story, live

PROPERTY = settings(
    deadline=None,
    max_examples=settings().max_examples * 3 // 5,  # of a profile's, so that a quick one is quick here too
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def crowded() -> Story:
    """The session is live, and four wait."""
    story = live()
    story.wait("ana", "bob")
    story.wait("cat", "dan", segment="two")
    return story


def go(story: Story, data: st.DataObject, steps: int, longest: int = 90) -> None:
    """Random commands, some of them refused, with time passing between them."""
    for _ in range(steps):
        story.after(data.draw(st.integers(0, longest)))
        command, actor = data.draw(anything(story.session))
        attempt(story, command, actor)
        check(story.session, story.now)


def attempt(story: Story, command: c.Command, actor: object) -> bool:
    try:
        assert story.ask(command, actor)  # type: ignore[arg-type]
    except Refused as refusal:
        event(f"{command.type} refused: {refusal.code}")
        return False
    event(f"{command.type} accepted")
    return True


def check(session: Session, now: int) -> None:
    """The invariants."""
    entries = session.entries.values()
    speaking = [entry.id for entry in entries if entry.status is EntryStatus.SPEAKING]
    assert speaking == ([session.turn.entry] if session.turn else [])
    assert len(set(session.order)) == len(session.order)
    assert set(session.order) == {entry.id for entry in entries if entry.status in LISTED}
    heard = {entry.id for entry in entries if entry.status is EntryStatus.HEARD}
    assert heard <= {turn.entry for turn in session.turns}
    for turn in session.turns:
        assert 0 <= turn.used <= turn.ended_at - turn.began_at - turn.paused
    spans = [(turn.began_at, turn.ended_at) for turn in session.turns]
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))
    if session.state is SessionState.CLOSED:
        assert not session.turn
        assert not any(entry.status in OPEN_REQUEST for entry in entries)
    if session.state is SessionState.SUSPENDED and session.turn:
        assert session.turn.paused_at is not None
    deadline = next_deadline(session)
    if deadline is not None:
        assert not overdue(session, deadline - 1, PEOPLE)
        assert overdue(session, deadline, PEOPLE)
    if session.turn:
        assert session.turn.began_at <= now


@PROPERTY
@given(st.data())
def test_Q7_T4_no_invariant_breaks(data: st.DataObject) -> None:
    story = crowded()
    go(story, data, data.draw(st.integers(5, 30)))
    if story.session.turn:
        story.ask(c.EndTurn(turn=story.session.turn.id)) if attempt_settle(story) else None
    attempt(story, c.CloseSession(), MIA)
    check(story.session, story.now)
    if story.session.state is SessionState.CLOSED:
        statuses = [entry.status for entry in story.session.entries.values()]
        answered = (EntryStatus.HEARD, EntryStatus.NOT_HEARD, EntryStatus.WITHDRAWN)
        assert sum(statuses.count(status) for status in answered) == len(statuses)


def attempt_settle(story: Story) -> bool:
    """Whether the turn still runs after what was due."""
    attempt(story, c.Settle(), SYSTEM)
    return story.session.turn is not None


@PROPERTY
@given(st.data())
def test_R1_replaying_the_journal_gives_the_very_state_that_was_live(data: st.DataObject) -> None:
    story = crowded()
    go(story, data, 25)
    journal: list[bytes] = []
    head = FIRST
    for version, (events, at, by) in enumerate(story.decisions, 1):
        decision = Decision(version=version, at=at, written_at=at, by=by, prev=head, events=tuple(events))
        journal.append(decision.to_bytes())
        head = hash_of(journal[-1])
    history: History = replay("s", journal)
    assert history.session == story.session
    assert history.head == head


@PROPERTY
@given(st.data())
def test_T11_state_after_undo_is_the_state_without_the_action(data: st.DataObject) -> None:
    """For undos before the deadline, whatever requests, withdrawals, answers and messages came in between."""
    story = crowded()
    go(story, data, data.draw(st.integers(0, 12)))
    attempt(story, c.Settle(), SYSTEM)
    without = story.copy()
    for _ in range(8):
        command, actor = data.draw(actions(story.session))
        if attempt(story, command, actor):
            break
    else:
        return
    action = story.session.version
    # The other story goes on as if the action had been something that moves nothing.
    without.session = replace(without.session, version=action, last_at=story.session.last_at)
    for _ in range(data.draw(st.integers(0, 6))):
        asked, by = data.draw(quiet(without.session))
        if overdue(story.session, story.now, PEOPLE) or overdue(without.session, without.now, PEOPLE):
            break
        before = without.copy()
        if attempt(without, asked, by) and not attempt(story, asked, by):
            without = before  # it makes no sense after the action, so it did not happen
    if story.session.undoable[-1:] == () or story.session.undoable[-1].version != action:
        return
    story.ask(c.Undo(version=action))
    event("undone")
    assert comparable(story.session) == comparable(without.session)


def comparable(session: Session) -> Session:
    """But for bookkeeping: how often the journal grew, how often the order changed."""
    return replace(session, version=0, order_rev=0, last_at=0, undoable=())


@PROPERTY
@given(st.data())
def test_T2_applying_is_the_same_whole_or_in_parts(data: st.DataObject) -> None:
    story = crowded()
    go(story, data, 15)
    session = Session(id="s")
    for version, (events, at, by) in enumerate(story.decisions, 1):
        session = apply(session, events, version, at, by)
    assert session == story.session
