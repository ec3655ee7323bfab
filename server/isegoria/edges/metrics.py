"""What `/metrics` counts as it happens on this replica; what is true at a moment is looked up in `gauges.py`.

Names as in https://prometheus.io/docs/practices/naming/. No label tells anything of a person, or a session's title.
"""

from __future__ import annotations

import asyncio

from prometheus_client import Counter, Gauge, Histogram

from isegoria.domain.events import TurnEnded
from isegoria.domain.history import Decision
from isegoria.domain.session import Session
from isegoria.domain.values import Ending, Instant

QUICK = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
LOOKED_S = 0.1

CONNECTED = Gauge("isegoria_connected", "Clients that came in by a link and are connected", ["role"])
COMMANDS = Counter("isegoria_commands", "Commands, by `accepted` or the code of their refusal", ["outcome"])
ANSWERED = Histogram(
    "isegoria_command_seconds",
    "From a command's arrival to its answer; an accepted one is on disk by then",
    buckets=(*QUICK, 5.0),
)
DROPPED = Counter("isegoria_dropped_connections", "Connections that this side closed", ["reason"])
TURNED_AWAY = Counter("isegoria_turned_away", "Connections refused before they began", ["reason"])
DELIVERED = Counter("isegoria_deliveries", "Events sent to a room, times those who were in it", ["event"])
CAPTION_LAG = Histogram(
    "isegoria_caption_lag_seconds",
    "From a caption's receipt, on any replica, until it is on its way to all of this one's readers",
    buckets=QUICK,
)
FANOUT = Histogram(
    "isegoria_fanout_seconds",
    "From the beginning of a frame of captions until it is on its way to all readers of its track",
    buckets=QUICK,
)
TURN_LATE = Histogram(
    "isegoria_turn_end_late_seconds",
    "From the deadline of a turn until this replica has its end from the journal",
    buckets=QUICK,
)
JOURNAL_LAG = Histogram(
    "isegoria_journal_lag_seconds",
    "From the writing of a decision, on any replica, until this one has it from the journal",
    buckets=QUICK,
)
ENGINE = Histogram(
    "isegoria_engine_seconds",
    "From a question to the engine to its answer, by all that does not wait for news",
    buckets=(0.0001, 0.0002, 0.0005, *QUICK),
)
LOOP_LAG = Histogram(
    "isegoria_event_loop_lag_seconds",
    "How much later than due the event loop comes to what is due",
    buckets=QUICK,
)


def decided(session: Session, decision: Decision, now: Instant) -> None:
    """A decision has come from the journal. `now` is the engine's time."""
    JOURNAL_LAG.observe(max(0, now - decision.written_at) / 1_000)
    for event in decision.events:
        if isinstance(event, TurnEnded) and event.ending is Ending.CLOSED:
            due = session.clock.real_at(event.at)
            if due is not None:
                TURN_LATE.observe(max(0, now - due) / 1_000)


async def watch_loop() -> None:
    """Until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOKED_S
        await asyncio.sleep(LOOKED_S)
        LOOP_LAG.observe(max(0.0, loop.time() - due))
