"""Countries by their exact names in ten languages (CLDR), and the UCLG section that follows from a country.

Never fuzzy: a near match put "Republic of Korea" at KP and "Kosovo" at RS. What is not found is asked.
"""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from isegoria.domain.text import fold
from isegoria.domain.values import Region
from isegoria.roster.vocabulary import by_word

LANGUAGES = ("en", "es", "fr", "pt", "ca", "ar", "ru", "zh", "de", "it")

_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""Two letters that CLDR names and ISO 3166-1 does not assign. XK stays: Kosovo has no other code."""

_TWO_COUNTRIES = frozenset({"congo"})
"""A name of one country in some language, and in another of two: it is asked."""

_ALIASES = {
    "BO": """
        bolivia | bolivia (plurinational state of) | plurinational state of bolivia
        estado plurinacional de bolivia
    """,
    "BN": "brunei darussalam",
    "CD": """
        drc | dr congo | democratic republic of the congo | república democrática del congo | rdc
        république démocratique du congo
    """,
    "CG": "republic of the congo | república del congo | république du congo",
    "CI": "côte d'ivoire | cote d'ivoire | ivory coast | costa de marfil",
    "CN": "people's republic of china | república popular china | prc",
    "CV": "cape verde | cabo verde | cap-vert",
    "CZ": "czech republic | república checa | république tchèque | czechia",
    "FM": "micronesia (federated states of) | federated states of micronesia",
    "GB": """
        uk | u.k. | united kingdom of great britain and northern ireland | great britain | england
        scotland | wales | northern ireland
    """,
    "GM": "gambia | the gambia | gambia (republic of the) | republic of the gambia",
    "HK": "hong kong | hong kong sar",
    "IR": "iran | iran (islamic republic of) | islamic republic of iran | república islámica del irán",
    "KP": "democratic people's republic of korea | dprk | north korea",
    "KR": """
        south korea | republic of korea | korea (republic of) | korea, republic of | rok
        república de corea | république de corée
    """,
    "LA": "lao people's democratic republic | lao pdr | laos",
    "MD": "republic of moldova | moldova (republic of) | república de moldova",
    "MK": "macedonia | republic of north macedonia | macedonia del norte",
    "MM": "myanmar | burma | birmania",
    "MO": "macao | macau",
    "MX": "mexico | méxico | mexique",
    "NL": "the netherlands | netherlands (kingdom of the) | kingdom of the netherlands | holland | holanda",
    "PH": "the philippines",
    "PS": """
        palestine | state of palestine | palestinian territories | palestina | estado de palestina
        état de palestine | occupied palestinian territory
    """,
    "RU": "russia | russian federation | federación de rusia | fédération de russie | rusia | russie",
    "ST": "sao tome and principe | são tomé and príncipe",
    "SY": "syrian arab republic | syria | república árabe siria",
    "SZ": "eswatini | swaziland",
    "TL": "timor-leste | east timor",
    "TR": "türkiye | turkiye | turkey | republic of türkiye",
    "TW": "taiwan, province of china",
    "TZ": "united republic of tanzania | tanzania (united republic of) | república unida de tanzania",
    "US": """
        usa | u.s.a. | us | u.s. | united states of america | the united states | ee. uu. | ee.uu.
        eeuu | états-unis d'amérique | estados unidos de américa
    """,
    "VA": "holy see | santa sede | saint-siège",
    "VE": """
        venezuela | venezuela (bolivarian republic of) | bolivarian republic of venezuela
        república bolivariana de venezuela
    """,
    "VN": "viet nam | vietnam",
}

_SECTIONS = {
    Region.AFRICA: """
        AO BF BI BJ BW CD CF CG CI CM CV DJ DZ ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG
        RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW
    """,
    Region.ASIA_PACIFIC: """
        AU BD BN BT CN FJ FM ID IN JP KH KI KR LA LK MH MM MV MY NP NR NZ PG PH PK PW SB SG TH TL TO TV VN VU WS
    """,
    Region.EURASIA: "BY KG KZ RU TJ UZ",
    Region.EUROPE: """
        AD AL AT BA BE BG CH CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC ME MK MT NL NO PL PT RO RS SE SI
        SK SM XK
    """,
    Region.LATIN_AMERICA: "AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PY SV UY VE",
    Region.MIDDLE_EAST_WEST_ASIA: "AE BH IQ IR JO KW LB OM PS QA SA SY TR YE",
    Region.NORTH_AMERICA: "CA US",
}
"""UCLG's sections by country. Left out, so that they are asked: countries that two sections' lists or none hold
(Afghanistan, Armenia, Azerbaijan, Cyprus, Egypt, Georgia, Israel, Moldova, Mongolia, Turkmenistan, Ukraine, the
Caribbean, Belize, Guyana, Suriname) and all territories."""


def country(answer: str) -> str | None:
    """The ISO 3166-1 alpha-2 code for a country's name in any of LANGUAGES, an alias, or an ISO code in capitals."""
    if re.fullmatch("[A-Z]{2}|[A-Z]{3}", answer):
        return _iso(answer) or _names().get(fold(answer))
    return _names().get(fold(answer))


def section(code: str) -> Region | None:
    """The UCLG section of a country, where there is exactly one."""
    return _sections().get(code)


def _iso(code: str) -> str | None:
    if len(code) == 2:
        return code if code in _codes() else None
    successors = [str(successor) for successor in get_global("territory_aliases").get(code, ())]
    return successors[0] if len(successors) == 1 and successors[0] in _codes() else None


@cache
def _codes() -> frozenset[str]:
    known = frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code))
    return known - _NO_COUNTRY


@cache
def _names() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in _codes():
                found.setdefault(fold(name), set()).add(code)
    named = {name: codes.pop() for name, codes in found.items() if len(codes) == 1 and name not in _TWO_COUNTRIES}
    return named | by_word(_ALIASES)


@cache
def _sections() -> dict[str, Region]:
    return {code: region for region, codes in _SECTIONS.items() for code in codes.split()}
