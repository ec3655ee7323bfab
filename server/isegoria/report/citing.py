"""How somebody is cited in the sentences of a paper: cities and organisations, not persons, unless they wish it."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale

from isegoria.domain.values import Constituency, Region
from isegoria.report.model_account import Citation
from isegoria.report.paper import Name, Run, Runs

_OF = {
    Constituency.LOCAL_GOVERNMENT: "local government",
    Constituency.REGIONAL_GOVERNMENT: "regional government",
    Constituency.ASSOCIATION: "association of local governments",
    Constituency.CIVIL_SOCIETY: "civil-society",
    Constituency.NHRI: "national human rights institution",
    Constituency.ACADEMIA: "academic",
    Constituency.STATE: "State",
    Constituency.UN: "United Nations",
}
_REGIONS = {
    Region.AFRICA: "Africa",
    Region.ASIA_PACIFIC: "Asia-Pacific",
    Region.EURASIA: "Eurasia",
    Region.EUROPE: "Europe",
    Region.LATIN_AMERICA: "Latin America and the Caribbean",
    Region.MIDDLE_EAST_WEST_ASIA: "the Middle East and West Asia",
    Region.NORTH_AMERICA: "North America",
    Region.METROPOLIS: "a metropolis",
    Region.REGIONS: "a region",
}
_MARKS = {"protected": "protected", "not_for_report": "not for the report", "chatham_house": "Chatham House Rule"}


def citation(cited: Citation) -> Runs:
    """The beginning of a sentence: "The representative of ..."."""
    if cited.as_ == "nobody":
        return ("A participant",)
    if cited.as_ == "alias":
        return (_alias(cited),)
    runs: list[Run] = []
    place_ = cited.organisation or cited.city
    if cited.as_ == "in_full" and cited.name:
        runs.append(Name(cited.name))
        runs += [" (", Name(place_), ")"] if place_ else []
    else:
        runs += ["The representative of ", Name(place_)] if place_ else ["A participant"]
    if cited.on_behalf_of:
        runs += [", on behalf of ", *_names(cited.on_behalf_of), ","]
    return (*runs, *_marks(cited))


def who(cited: Citation) -> Runs:
    """The same where no sentence goes on: name or organisation, city, country."""
    if cited.as_ == "nobody":
        return ("A participant",)
    if cited.as_ == "alias":
        return (_alias(cited),)
    parts = [cited.name if cited.as_ == "in_full" else None, cited.organisation, _city(cited)]
    runs: list[Run] = []
    for part in (part for part in parts if part):
        runs += [", " if runs else "", Name(part)]
    country = country_of(cited.country)
    runs += [f"{', ' if runs else ''}{country}"] if country else []
    if cited.on_behalf_of:
        runs += [" (on behalf of ", *_names(cited.on_behalf_of), ")"]
    return (*(runs or ["A participant"]), *_marks(cited))


def place(cited: Citation) -> str:
    """City and country, or the region of an alias."""
    if cited.as_ == "alias":
        return region_of(cited.region)
    return ", ".join(part for part in (cited.city, country_of(cited.country)) if part)


def country_of(code: str | None) -> str:
    return str(Locale("en").territories.get(code, code)) if code else ""


def region_of(region: Region | None) -> str:
    return _REGIONS[region] if region else ""


def _alias(cited: Citation) -> str:
    kind = _OF.get(cited.constituency or Constituency.UNKNOWN)
    article = "An" if kind and kind[0] in "aeiou" else "A"
    participant = f"{article} {kind} participant" if kind else "A participant"
    return f"{participant} from {region_of(cited.region)}" if cited.region else participant


def _names(names: Sequence[str]) -> list[Run]:
    runs: list[Run] = []
    for name in names:
        runs += [", ", Name(name)] if runs else [Name(name)]
    return runs


def _city(cited: Citation) -> str | None:
    return None if cited.city and cited.organisation and cited.city in cited.organisation else cited.city


def _marks(cited: Citation) -> Runs:
    return (f" [{', '.join(_MARKS[mark] for mark in cited.marks)}]",) if cited.marks else ()
