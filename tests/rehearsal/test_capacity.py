"""Attendees of a test of capacity, on a real replica: what they hear is counted, and what they miss is noticed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from isegoria.cli.capacity import prepared_trial
from isegoria.rehearsal.audience import Attendee, Ledger
from isegoria.rehearsal.capacity import Crowd, Trial, levels
from isegoria.rehearsal.chair import Chair
from isegoria.rehearsal.interpreters import Interpreters, speaking
from isegoria.rehearsal.light import accepted
from tests.serving import replica

ATTENDEES = 16


@dataclass
class Hall:
    chair: Chair
    crowd: Crowd
    interpreters: Interpreters
    trial: Trial


@asynccontextmanager
async def tried(data: Path, **settings: Any) -> AsyncIterator[Hall]:
    """A session that is live, and nobody in it yet but the chair."""
    async with replica(data, **settings) as running:
        trial = await prepared_trial(running.engine, running.url, local=True)
        chair = Chair()
        ledger = Ledger(chair.now)
        crowd = Crowd(trial, ledger)
        await running.house.opened.wait()
        await chair.come(trial.url, trial.session, trial.moderator)
        await chair.open(trial.segment)
        async with speaking(trial.url, trial.session, trial.secrets, trial.tracks, ledger) as interpreters:
            yield Hall(chair, crowd, interpreters, trial)
        await crowd.leave()
        chair.leave()


async def test_attendees_hear_all_that_is_said_and_each_revision_is_timed(tmp_path: Path) -> None:
    async with tried(tmp_path) as hall:
        await hall.crowd.grow(ATTENDEES)
        hall.crowd.ledger.begin(await hall.chair.give_floor(hall.trial.person, hall.trial.segment))
        await asyncio.gather(hall.interpreters.speak(2), hall.chair.press(1))
        await hall.crowd.drained()
        heard = hall.crowd.ledger
        assert not hall.crowd.failures
        assert all(one.has_all and one.is_here for one in hall.crowd.here)
        assert len({one.track for one in hall.crowd.here}) == 8
        # Two attendees read each track: finals come whatever happens, a partial may be passed over.
        assert 2 * sum(heard.finals.values()) <= len(heard.captions_ms) <= 2 * len(heard.said)
        assert len(hall.chair.presses_ms) == 1


async def test_each_attendee_sees_the_end_of_a_turn_once(tmp_path: Path) -> None:
    async with tried(tmp_path) as hall:
        await hall.crowd.grow(ATTENDEES)
        hall.crowd.ledger.begin(await hall.chair.give_floor(hall.trial.person, hall.trial.segment))
        engine = (await accepted(hall.chair.visitor.ask("clock", {})))["t"]
        # The quarter of a minute that a turn lasts goes by in half a second.
        await hall.chair.visitor.done("fast", "set_clock", real=engine, session=round(hall.chair.now()), rate=30)
        turn = hall.crowd.ledger.turn
        await hall.chair.see(lambda view: any(one["id"] == turn and one["ended_at"] for one in view["turns"]))
        # What everybody sees next comes after what everybody saw then.
        await hall.chair.press(1)
        assert len(hall.crowd.ledger.ends_ms) == ATTENDEES


async def test_who_is_not_let_in_is_counted_with_the_servers_reason(tmp_path: Path) -> None:
    async with tried(tmp_path, connections_per_address=5) as hall:
        await hall.crowd.grow(ATTENDEES)
        assert len(hall.crowd.here) == 4  # and the chair
        ((reason, count),) = hall.crowd.failures.items()
        assert count == ATTENDEES - 4
        assert "503" in reason


async def test_who_loses_the_connection_is_noticed(tmp_path: Path) -> None:
    async with tried(tmp_path) as hall:
        await hall.crowd.grow(2)
        lost = hall.crowd.here[0]
        assert lost.visitor
        lost.visitor.socket.close()
        await lost.visitor.socket.closed
        assert [one.is_here for one in hall.crowd.here] == [False, True]


async def test_who_is_refused_the_captions_leaves(tmp_path: Path) -> None:
    async with tried(tmp_path) as hall:
        one = Attendee(hall.crowd.ledger, "Not a track")
        auth = {"session": hall.trial.session, "token": hall.trial.attendee, "client": "a0"}
        with pytest.raises(ConnectionError):
            await one.come(hall.trial.url, auth)
        assert one.visitor
        async with asyncio.timeout(5):
            await one.visitor.socket.closed


def frame(after: int, position: int) -> bytes:
    segment = {"id": f"floor:en:c{position}", "revision": 7, "text": "..."}
    payload = {"track": "floor", "after": after, "position": position, "segments": [segment]}
    return b"42" + json.dumps(["captions", payload], separators=(",", ":")).encode()


def listener(*frames: bytes) -> Attendee:
    """One who reads a track of which three captions have been said."""
    ledger = Ledger(lambda: 0.0)
    for number in (1, 2, 3):
        ledger.say(("floor", f"c{number}", 7), final=True)
    one = Attendee(ledger, "floor", position=0)
    for data in frames:
        one.hear(data)
    return one


def test_a_caption_that_is_missing_or_comes_twice_is_noticed() -> None:
    assert listener(frame(0, 1), frame(1, 2), frame(2, 3)).has_all
    assert not listener(frame(0, 1), frame(2, 3)).has_all
    assert not listener(frame(0, 1), frame(1, 2)).has_all
    assert not listener(frame(0, 1), frame(1, 2), frame(1, 2), frame(2, 3)).has_all


def test_the_curve_rises_to_what_was_asked_for() -> None:
    assert levels(2_000) == [250, 500, 1_000, 2_000]
    assert levels(3) == [1, 3]
    assert levels(0) == []
