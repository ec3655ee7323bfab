"""Words of a paper's own sentences: counts, days, durations, what groups and languages are called in English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from isegoria.domain.values import Constituency, Instant, Millis, Region
from isegoria.report.citing import country_of, region_of
from isegoria.report.model import AgendaPart
from isegoria.report.model_statistics import TOGETHER, UNKNOWN
from isegoria.report.paper import Paragraph

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_GROUPS = {
    TOGETHER: "Not told apart",
    UNKNOWN: "Not declared",
    Constituency.LOCAL_GOVERNMENT: "Local governments",
    Constituency.REGIONAL_GOVERNMENT: "Regional governments",
    Constituency.ASSOCIATION: "Associations of local governments",
    Constituency.CIVIL_SOCIETY: "Civil society",
    Constituency.NHRI: "National human rights institutions",
    Constituency.ACADEMIA: "Academia",
    Constituency.STATE: "States",
    Constituency.UN: "United Nations",
    Constituency.OTHER: "Other",
    "yes": "For the first time",
    "no": "Not for the first time",
}


def said(*sentences: str, numbered: bool = True) -> Paragraph:
    return Paragraph((" ".join(sentences),), numbered)


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "not recorded"


def title(part: AgendaPart) -> str:
    return part.title or part.id


def local(at: Instant, zone: str) -> datetime:
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(zone))


def day(at: Instant, zone: str) -> str:
    """As "1 July 2025"."""
    here = local(at, zone)
    return f"{here.day} {here:%B} {here.year}"


def duration(used: Millis) -> str:
    """Minutes and seconds, as "3:04"."""
    return f"{used // 60_000}:{used // 1_000 % 60:02}"


def group(key: str) -> str:
    """A row of the statistics: a constituency, a region, a country by its code."""
    if key in _GROUPS:
        return _GROUPS[key]
    if key in set(Region):
        name = region_of(Region(key))
        return name[0].upper() + name[1:]
    return country_of(key)


def language(code: str) -> str:
    """A language by its English name, or by its code (BCP 47) where it has none."""
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code
