"""The journal: a chain of decisions (R1), from which the state comes again."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from isegoria.domain import commands as c
from isegoria.domain.events import DoorsOpened, RosterChanged
from isegoria.domain.history import FIRST, BrokenChain, Decision, History, digest_of, hash_of, replay
from isegoria.domain.session import Session
from isegoria.domain.values import Cue, SessionState
from tests.domain.story import DOORS, MIA, NOON, SAM, SYSTEM

Journal = list[bytes]


def journal(*commands: str | None) -> Journal:
    """One decision for each id of a command, each on a new revision of the roster."""
    written: Journal = []
    for version, command in enumerate(commands, 1):
        decision = Decision(
            version=version,
            at=NOON + version,
            written_at=NOON + version,
            by=SAM if command == "of sam" else MIA,
            command=command,
            digest=f"d{version}",
            prev=hash_of(written[-1]) if written else FIRST,
            events=(RosterChanged(revision=version),),
        )
        written.append(decision.to_bytes())
    return written


def test_R1_a_journal_is_folded_into_its_state() -> None:
    written = journal("a", "b", "c")
    history = replay("s", written)
    assert (history.session.version, history.session.roster_revision) == (3, 3)
    assert history.session.last_at == NOON + 3
    assert history.head == hash_of(written[-1])


def test_R1_an_empty_journal_is_a_new_session() -> None:
    assert replay("s", []) == History(Session(id="s"), FIRST, {})


def test_R1_a_decision_is_read_as_it_was_written() -> None:
    for data in journal("a", None):
        decision = Decision.from_bytes(data)
        assert decision.to_bytes() == data
        assert Decision.from_bytes(decision.to_bytes()) == decision


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        (lambda j: [j[0], j[2]], 3),
        (lambda j: [j[1], j[2]], 2),
        (lambda j: [j[0], j[2], j[1]], 3),
        (lambda j: [j[0], j[0]], 1),
        (lambda j: [j[0], j[1].replace(b'"revision":2', b'"revision":9'), j[2]], 3),
        (lambda j: [j[0], j[1] + b" ", j[2]], 3),
        (lambda j: [j[0], j[1].replace(b'"version":2', b'"version":3')], 3),
        (lambda j: [j[0].replace(b'"prev":""', b'"prev":"00"')], 1),
    ],
    ids=["dropped", "beheaded", "swapped", "repeated", "changed", "padded", "renumbered", "with a past"],
)
def test_R1_what_was_changed_dropped_or_swapped_shows(changed: object, at: int) -> None:
    assert callable(changed)
    with pytest.raises(BrokenChain) as caught:
        replay("s", changed(journal("a", "b", "c")))
    assert caught.value.version == at


def test_R1_a_broken_link_leaves_the_history_as_it_was() -> None:
    first, _, third = journal("a", "b", "c")
    history = replay("s", [first])
    before = (history.session, history.head, dict(history.effects))
    with pytest.raises(BrokenChain):
        history.add(third)
    assert (history.session, history.head, history.effects) == before


def test_R1_a_repeated_command_id_is_known_by_who_asked() -> None:
    assert replay("s", journal("a", None, "of sam")).effects == {(MIA, "a"): (1, "d1"), (SAM, "of sam"): (3, "d3")}


def test_R8_a_commands_digest_tells_its_content_but_not_its_text() -> None:
    first = c.SendMessage(to="ana", text="Slower, please.")
    assert digest_of(first) == digest_of(c.SendMessage(to="ana", text="Louder, please."))
    assert digest_of(first) != digest_of(c.SendMessage(to="bob", text="Slower, please."))
    assert digest_of(first) != digest_of(c.SendMessage(to="ana", cue=Cue.SLOWER, text="Slower, please."))
    assert digest_of(c.OpenDoors()) != digest_of(c.StartSession())
    assert len(digest_of(first)) == 16


@pytest.mark.parametrize(
    "event",
    [
        {"type": "fire_alarm", "at": NOON},
        {"type": "doors_opened", "at": NOON, "by": "mia"},
        {"type": "doors_opened"},
    ],
)
def test_R1_what_is_not_understood_is_not_passed_over(event: dict[str, object]) -> None:
    decision = Decision(version=1, at=NOON, written_at=NOON, by=SYSTEM, prev=FIRST, events=(DoorsOpened(at=DOORS),))
    data = json.dumps({**json.loads(decision.to_bytes()), "events": [event]}).encode()
    with pytest.raises(ValidationError):
        replay("s", [data])
    assert replay("s", [decision.to_bytes()]).session.state is SessionState.OPEN
