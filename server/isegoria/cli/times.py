"""Instants for people: in the session's zone, which is always named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from isegoria.domain.values import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local(at: Instant, zone: str) -> str:
    """Like "2025-07-01 15:00 Europe/Madrid"."""
    shown = (_EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(zone))
    return f"{shown:%Y-%m-%d %H:%M} {zone}"
