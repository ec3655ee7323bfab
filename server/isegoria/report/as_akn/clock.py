"""Times in a session's zone, as Akoma Ntoso writes them and as people do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from isegoria.domain.values import Instant
from isegoria.report.as_akn.nodes import Node, element
from isegoria.report.as_csv import local


@dataclass(frozen=True, slots=True)
class Clock:
    zone: ZoneInfo

    def stamp(self, at: Instant) -> str:
        """2025-07-01T14:11:00.000+02:00"""
        return self._at(at).isoformat(timespec="milliseconds")

    def date(self, at: Instant) -> str:
        return self._at(at).date().isoformat()

    def time(self, at: Instant) -> str:
        return f"{self._at(at):%H:%M:%S}"

    def node(self, at: Instant) -> Node:
        """The time of day, for people and for machines."""
        return element("time", {"time": self.stamp(at)}, self.time(at))

    def _at(self, at: Instant) -> datetime:
        found = local(at, self.zone)
        assert found is not None
        return found
