"""Arithmetic on stored instants: a session's clock (S2), a turn's time (T2, T5); and what holds at first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.evolve import apply
from isegoria.domain.notebook import Annotation, Notebook
from isegoria.domain.session import (
    Entry,
    Message,
    Modalities,
    Segment,
    Session,
    SessionClock,
    Spoken,
    Turn,
)
from isegoria.domain.values import (
    AnnotationKind,
    Attribution,
    Delivery,
    Ending,
    Enforcement,
    EntryKind,
    EntryStatus,
    PauseReason,
    Readiness,
    SegmentKind,
    SessionState,
)
from tests.domain.story import NOON, SYSTEM, S

# --- the session's clock -------------------------------------------------------------------------


def test_S2_without_a_rehearsal_the_clock_is_the_engines() -> None:
    assert SessionClock().at(NOON) == NOON
    assert SessionClock().real_at(NOON) == NOON


@pytest.mark.parametrize(
    ("rate", "later"), [(0.0, 0), (0.5, 5 * S), (1.0, 10 * S), (60.0, 600 * S), (0.00005, 0), (0.00006, 1)]
)
def test_S2_a_rehearsals_clock_runs_at_its_rate(rate: float, later: int) -> None:
    clock = SessionClock(real=NOON, session=5 * S, rate=rate)
    assert clock.at(NOON) == 5 * S
    assert clock.at(NOON + 10 * S) == 5 * S + later


@pytest.mark.parametrize(("rate", "later"), [(0.5, 20 * S), (1.0, 10 * S), (60.0, 167), (3.0, 3_333)])
def test_S2_it_tells_when_an_instant_will_be_reached(rate: float, later: int) -> None:
    assert SessionClock(real=NOON, session=5 * S, rate=rate).real_at(15 * S) == NOON + later


def test_S2_a_clock_that_stands_still_reaches_nothing() -> None:
    assert SessionClock(real=NOON, session=NOON, rate=0).real_at(NOON + 1) is None


@given(st.sampled_from([0.5, 1.0, 2.0, 60.0]), st.integers(0, 10_000_000))
def test_S2_an_instant_is_shown_when_it_was_told(rate: float, ahead: int) -> None:
    clock = SessionClock(real=NOON, session=0, rate=rate)
    real = clock.real_at(ahead)
    assert real is not None
    assert abs(clock.at(real) - ahead) <= max(1, rate / 2)


# --- a turn's time -------------------------------------------------------------------------------


def turn(**changes: object) -> Turn:
    began = Turn(
        id="t1",
        entry="e1",
        person="ana",
        segment="one",
        limit=180 * S,
        grace=10 * S,
        enforcement=Enforcement.CLOSE,
        warnings=(60 * S, 30 * S),
        began_at=NOON,
    )
    return replace(began, **changes)  # type: ignore[arg-type]


def test_T2_a_turns_deadlines_are_sums_of_what_is_stored() -> None:
    extended = turn(extended=30 * S, held=7 * S)
    assert extended.allotted == 210 * S
    assert extended.zero_at == NOON + 217 * S
    assert extended.overrun_at == extended.closes_at == NOON + 227 * S
    asked = turn(enforcement=Enforcement.ASK)
    assert (asked.overrun_at, asked.closes_at) == (NOON + 190 * S, None)


def test_T5_a_paused_turn_has_no_deadline() -> None:
    paused = turn(paused_at=NOON + 20 * S, pause_reason=PauseReason.SOUND)
    assert (paused.zero_at, paused.overrun_at, paused.closes_at) == (None, None, None)


def test_T5_time_is_used_or_paused() -> None:
    running = turn(held=7 * S, extended=30 * S)
    assert (running.used(NOON + 50 * S), running.paused(NOON + 50 * S), running.left(NOON + 50 * S)) == (
        43 * S,
        7 * S,
        167 * S,
    )
    paused = turn(held=7 * S, paused_at=NOON + 20 * S)
    assert (paused.used(NOON + 50 * S), paused.paused(NOON + 50 * S), paused.left(NOON + 50 * S)) == (
        13 * S,
        37 * S,
        167 * S,
    )


@pytest.mark.parametrize(("used", "overtime"), [(100, 0), (210, 0), (211, 1)])
def test_T6_overtime_is_what_was_used_beyond_limit_and_extensions(used: int, overtime: int) -> None:
    spoken = Spoken("t1", "e1", "ana", "one", 1, NOON, NOON + 300 * S, 180 * S, 30 * S, 0, used * S, Ending.ENDED)
    assert spoken.overtime == overtime * S


# --- what is looked up ---------------------------------------------------------------------------

SEGMENTS = (
    Segment("opening", SegmentKind.OPENING, 0),
    Segment("one", SegmentKind.TOPIC, 0, limit=0),
    Segment("two", SegmentKind.TOPIC, 0),
)


def test_a_segments_place_in_the_agenda() -> None:
    session = Session(id="s", segments=SEGMENTS, segment="two")
    assert [session.segment_index(s) for s in ("opening", "two", "nine", None)] == [0, 2, -1, -1]
    assert session.current_segment is SEGMENTS[2]
    assert replace(session, segment=None).current_segment is None


def test_T7_T8_T9_what_a_turn_is_allotted() -> None:
    session = Session(id="s", segments=SEGMENTS, allowances={"ana": 60 * S})
    two, one, nine = (Entry("e1", "ana", segment, NOON) for segment in ("two", "one", "nine"))
    assert [session.limit_for(entry) for entry in (two, one, nine)] == [240 * S, 60 * S, 240 * S]
    assert session.limit_for(replace(two, person="bob")) == 180 * S
    assert session.limit_for(replace(two, video=95 * S)) == 95 * S
    assert session.limit_for(replace(two, video=95 * S, remaining=5 * S)) == 5 * S
    assert session.limit_for(replace(two, video=95 * S, remaining=0)) == 0


def test_Q7_the_newest_turn_is_the_running_one_or_the_last() -> None:
    spoken = [Spoken(t, "e1", "ana", "one", 1, NOON, NOON, 0, 0, 0, 0, Ending.ENDED) for t in ("t1", "t2")]
    assert Session(id="s").newest_turn is None
    assert Session(id="s", turns=tuple(spoken)).newest_turn == "t2"
    assert Session(id="s", turns=tuple(spoken), turn=turn(id="t3")).newest_turn == "t3"


def test_T2_the_sessions_time_never_goes_back() -> None:
    session = apply(Session(id="s", last_at=NOON), [], 2, NOON - 1, SYSTEM)
    assert session.last_at == NOON
    assert apply(session, [], 3, NOON + 1, SYSTEM).last_at == NOON + 1


def test_what_holds_before_anything_has_happened() -> None:
    """Journals are read for ever: what their first decision leaves out means what it meant when it was written."""
    assert Session(id="s") == Session(
        id="s",
        version=0,
        last_at=0,
        state=SessionState.SCHEDULED,
        rehearsal=False,
        clock=SessionClock(real=0, session=0, rate=1.0),
        timezone="UTC",
        doors_at=0,
        starts_at=0,
        ends_at=0,
        started_at=None,
        closed_at=None,
        modalities=Modalities(180 * S, (60 * S, 30 * S), 10 * S, Enforcement.CLOSE, True),
        segments=(),
        segment=None,
        agenda=(),
        list_open=True,
        list_closes_at=None,
        entries={},
        order=(),
        order_rev=0,
        turn=None,
        turns=(),
        allowances={},
        attributions={},
        default_attribution=Attribution.ORGANISATION,
        messages=(),
        notebook=Notebook(),
        roster_revision=0,
        undoable=(),
    )
    assert Segment("one", SegmentKind.TOPIC, 1) == Segment("one", SegmentKind.TOPIC, 1, None, True, False, None)
    assert turn() == turn(given_by=None, part=1, extended=0, held=0, paused_at=None, pause_reason=None)
    assert Message("m1", "ana", 1, "mia") == Message("m1", "ana", 1, "mia", None, None, False)
    assert Annotation("a1", "e1", AnnotationKind.TAG, 1, "ray") == Annotation(
        "a1", "e1", AnnotationKind.TAG, 1, "ray", None, None, None, None, None, None
    )
    assert Entry("e1", "ana", "one", 1) == Entry(
        id="e1",
        person="ana",
        segment="one",
        asked_at=1,
        organisation=None,
        on_behalf_of=(),
        kind=EntryKind.STATEMENT,
        delivery=Delivery.LIVE,
        video=None,
        status=EntryStatus.WAITING,
        readiness=Readiness.SILENT,
        substituted=None,
        absences=0,
        called_at=None,
        remaining=None,
        parts=0,
    )
