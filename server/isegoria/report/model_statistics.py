"""The figures of a session. Instants are UTC milliseconds of the session's clock, durations milliseconds.

Shares are whole percents that add up to 100 within a table, or are all 0 where there is nothing to share.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from isegoria.domain.values import Frozen, Instant, Millis, Tier
from isegoria.report.model import Counts

UNKNOWN = "unknown"
"""The group of those who did not declare theirs; never inferred."""
TOGETHER = "together"
"""Publishable tier only: those who are not told apart. It is no constituency; `other` is one."""


class Row(Frozen):
    """A group: what it said, and for how long. Of the interventions, the time of `untimed` ones is not told and not in
    `used`."""

    key: str
    interventions: int
    untimed: int
    used: Millis
    share_of_interventions: int
    share_of_time: int


class Bin(Frozen):
    """What was heard in ten minutes of the session, from `began_at` on; `by` constituency, as `Row.key`."""

    began_at: Instant
    used: Millis
    by: Mapping[str, Millis]


class Total(Frozen):
    """`used`, `allotted`, `overtime` and `over` (how many took longer) are of interventions whose time is told."""

    interventions: int
    untimed: int
    used: Millis
    allotted: Millis
    overtime: Millis
    over: int


class Statistics(Frozen):
    """All interventions are told, or counted and nothing else (`counted`); begun and not heard to their end are
    `unfinished` ones (Q8): `total.interventions + counted == counts.heard + counts.video + unfinished`.

    `handover` is the median of so many `handovers` between two turns, None where there were none.
    """

    format: Literal["isegoria-statistics/1"] = "isegoria-statistics/1"
    tier: Tier
    counts: Counts
    counted: int
    unfinished: int
    total: Total
    constituencies: tuple[Row, ...]
    regions: tuple[Row, ...]
    countries: tuple[Row, ...]
    """Internal tier only; ISO 3166-1 alpha-2."""
    segments: tuple[Row, ...]
    first_time: tuple[Row, ...]
    """"yes", "no" or unknown."""
    bins: tuple[Bin, ...]
    handovers: int
    handover: Millis | None
