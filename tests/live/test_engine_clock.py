"""The replica's clock: it carries on from the engine's time, and never steps."""

from __future__ import annotations

import time

import pytest

from isegoria.live.clock import READINGS, EngineClock, monotonic_ms

NOON = 1_751_371_200_000


class Machine:
    """A monotonic clock that goes when it is told to."""

    def __init__(self) -> None:
        self.at = 5_000.0

    def __call__(self) -> float:
        return self.at


class Engine:
    """Answers with its time, after as many milliseconds as each question is made to take."""

    def __init__(self, machine: Machine, *delays: float, late: float = 0.5) -> None:
        self.machine, self.delays, self.late = machine, iter(delays), late
        self.asked = 0

    async def time(self) -> int:
        self.asked += 1
        delay = next(self.delays)
        self.machine.at += delay * (1 - self.late)
        told = NOON + round(self.machine.at)
        self.machine.at += delay * self.late
        return told


def clock_at(machine: Machine, engine_time: int) -> EngineClock:
    clock = EngineClock(machine)
    clock.read(engine_time, machine.at, machine.at)
    return clock


def test_it_is_not_to_be_used_before_it_was_synchronised() -> None:
    clock = EngineClock(Machine())
    assert clock.behind() == 0
    with pytest.raises(AssertionError, match="synchronise first"):
        clock.now()


def test_T2_the_first_reading_sets_it_and_the_machine_carries_it_on() -> None:
    machine = Machine()
    clock = EngineClock(machine)
    machine.at += 40
    clock.read(NOON, asked_at=5_000.0, answered_at=5_040.0)
    assert clock.now() == NOON + 20
    machine.at += 1_000
    assert clock.now() == NOON + 1_020
    assert clock.behind() == 0


@pytest.mark.parametrize(("told", "ahead"), [(300, 1), (-300, -1)])
def test_T2_a_later_reading_makes_it_slew_by_a_hundredth_and_never_step(told: int, ahead: int) -> None:
    machine = Machine()
    clock = clock_at(machine, NOON)
    assert clock.now() == NOON
    clock.read(NOON + told, machine.at, machine.at)
    assert (clock.now(), clock.behind()) == (NOON, told)
    machine.at += 1_000
    assert (clock.now(), clock.behind()) == (NOON + 1_000 + 10 * ahead, told - 10 * ahead)
    machine.at += 28_000
    assert (clock.now(), clock.behind()) == (NOON + 29_000 + 290 * ahead, 10 * ahead)
    machine.at += 10_000
    assert (clock.now(), clock.behind()) == (NOON + 39_000 + told, 0)


def test_T2_time_that_passed_before_the_first_use_counts_for_slewing() -> None:
    machine = Machine()
    clock = clock_at(machine, NOON)
    machine.at += 1_000
    clock.read(NOON + 1_005, machine.at, machine.at)
    assert clock.now() == NOON + 1_005


def test_T2_it_never_goes_back_however_far_ahead_it_is() -> None:
    machine = Machine()
    clock = clock_at(machine, NOON)
    clock.read(NOON - 3_600_000, machine.at, machine.at)
    shown = []
    for _ in range(500):
        machine.at += 1.5
        shown.append(clock.now())
    assert shown == sorted(shown)


def test_it_tells_when_an_instant_will_be_shown() -> None:
    machine = Machine()
    clock = EngineClock(machine)
    assert clock.monotonic_at(250) == 250.0
    clock.read(NOON, machine.at, machine.at)
    assert clock.monotonic_at(NOON + 2_500) == 7_500.0


async def test_the_quickest_of_the_answers_is_believed() -> None:
    machine = Machine()
    engine = Engine(machine, 80, 40, 2, 60, 100, late=1.0)
    clock = EngineClock(machine)
    await clock.synchronise(engine.time)
    assert engine.asked == READINGS == 5
    # The answer took 2 ms, and was told at its beginning: it may be wrong by 1 ms, not by 20 or more.
    assert clock.now() - (NOON + machine.at) == -1


async def test_synchronising_again_keeps_it_from_stepping() -> None:
    machine = Machine()
    clock = clock_at(machine, NOON + 5_000 - 90)
    before = clock.now()
    await clock.synchronise(Engine(machine, *[0.0] * READINGS).time)
    assert clock.now() == before
    assert clock.behind() == 90


def test_T2_without_another_it_is_the_machines_monotonic_clock_in_milliseconds() -> None:
    before, shown, after = time.monotonic(), monotonic_ms(), time.monotonic()
    assert before * 1_000 <= shown <= after * 1_000
    clock = EngineClock()
    clock.read(NOON, shown, shown)
    assert NOON <= clock.now() <= NOON + 60_000
