"""Local times -> instants. Nothing is guessed: a time that does not exist, or that exists twice, is a ValueError.

The zone's rules come from the system's list or from the package tzdata.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from isegoria.domain.values import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = timedelta(hours=23, minutes=59, seconds=59)


def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises ValueError for an unknown one, and for abbreviations, which are no places."""
    if "/" not in name and name != "UTC":
        raise ValueError(f'"{name}" is no place: name one, like "Europe/Madrid"{_nearest(name)}')
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'the IANA list has no zone "{name}"{_nearest(name)}') from None


def _nearest(name: str) -> str:
    places = {place.rpartition("/")[2].lower(): place for place in sorted(available_timezones()) if "/" in place}
    found = get_close_matches(name.rpartition("/")[2].lower(), places, 1, 0.75)
    return f'; the nearest is "{places[found[0]]}"' if found else ""


def instant(local: datetime, zone_name: str) -> Instant:
    """The instant of a local time; an offset, where one is written, must be one that the zone has then."""
    readings = _readings(local.replace(tzinfo=None), zone(zone_name))
    written = local.replace(tzinfo=None).isoformat(" ", "minutes")
    if not readings:
        raise ValueError(f"{written} does not exist in {zone_name}: the clocks are put forward then")
    if local.tzinfo is None and len(readings) > 1:
        offsets = " or ".join(_offset(reading) for reading in readings)
        raise ValueError(f"{written} exists twice in {zone_name}, as the clocks are put back: add {offsets}")
    if local.tzinfo is not None:
        return _with_offset(local, readings, zone_name)
    return _millis(readings[0])


def end_of_day(day: date, zone_name: str) -> Instant:
    """The last second of a day."""
    return instant(datetime(day.year, day.month, day.day) + _LAST_SECOND, zone_name)  # noqa: DTZ001


def _readings(local: datetime, place: ZoneInfo) -> list[datetime]:
    """The one time, or the two, that a clock in the zone shows like this; none if it skips it."""
    shown = [local.replace(tzinfo=place, fold=fold) for fold in (0, 1)]
    real = [time for time in shown if time.astimezone(UTC).astimezone(place).replace(tzinfo=None) == local]
    return [time for i, time in enumerate(real) if i == 0 or time.utcoffset() != real[0].utcoffset()]


def _with_offset(local: datetime, readings: list[datetime], zone_name: str) -> Instant:
    for reading in readings:
        if reading.utcoffset() == local.utcoffset():
            return _millis(reading)
    offsets = " or ".join(_offset(reading) for reading in readings)
    raise ValueError(f"the offset {_offset(local)} is not that of {zone_name} then, which is {offsets}; leave it out")


def _offset(time: datetime) -> str:
    return time.isoformat()[-6:]


def _millis(time: datetime) -> Instant:
    return (time.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)
