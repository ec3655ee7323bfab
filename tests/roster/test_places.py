"""Words of forms -> values: exact, in many languages, never near."""

import pytest

from isegoria.domain.values import Attribution, Constituency, Region
from isegoria.roster import answers, places
from isegoria.roster.languages import language

COUNTRIES = {
    "KR": ["South Korea", "Republic of Korea", "Corea del Sur", "Corée du Sud", "كوريا الجنوبية"],
    "KP": ["North Korea", "Democratic People's Republic of Korea"],
    "XK": ["Kosovo"],
    "GM": ["Gambia", "The Gambia", "Gambie"],
    "TR": ["Türkiye", "Turkey", "TURKEY", "Turquía", "Turquie"],
    "CI": ["Côte d'Ivoire", "Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast"],
    "MX": ["Mexico", "México", "Mexique", "Mèxic", "MEX", "MX"],
    "RU": ["Russia", "Russian Federation", "Россия"],
    "IR": ["Iran", "Iran (Islamic Republic of)", "Irán"],
    "PS": ["Palestine", "State of Palestine"],
    "BO": ["Bolivia", "Bolivia (Plurinational State of)"],
    "VE": ["Venezuela", "Bolivarian Republic of Venezuela"],
    "GB": ["UK", "United Kingdom", "Reino Unido", "Vereinigtes Königreich"],
    "US": ["USA", "US", "usa", "United States of America", "Estados Unidos", "EE. UU."],
    "CN": ["中国", "China"],
    "DE": ["Deutschland", "Germania", "  germany "],
}


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, names in COUNTRIES.items() for name in names])
def test_a_country_is_known_by_its_exact_name(code: str, name: str) -> None:
    assert places.country(name) == code


@pytest.mark.parametrize(
    "name", ["Korea", "Congo", "Germny", "Republic of", "EU", "UN", "ZZ", "in", "Europe", "Spain (Catalonia)", ""]
)
def test_what_is_no_country_s_exact_name_is_asked(name: str) -> None:
    assert places.country(name) is None


def test_a_section_follows_only_from_a_country_that_one_section_holds() -> None:
    assert places.section("GM") is Region.AFRICA
    assert places.section("KR") is Region.ASIA_PACIFIC
    assert places.section("MX") is Region.LATIN_AMERICA
    assert places.section("CA") is Region.NORTH_AMERICA
    assert {places.section(code) for code in ("EG", "UA", "AF", "JM", "CY")} == {None}


def test_no_country_is_in_two_sections() -> None:
    listed = [code for codes in places._SECTIONS.values() for code in codes.split()]
    assert len(listed) == len(set(listed))
    assert all(places.country(code) == code for code in listed)


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Español", "es"),
        ("espagnol", "es"),
        ("Castellano", "es"),
        ("English", "en"),
        ("Inglés", "en"),
        ("العربية", "ar"),
        ("中文", "zh"),
        ("Brazilian Portuguese", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("zh-Hans", "zh-Hans"),
        ("Euskara", "eu"),
        ("Kiswahili", "sw"),
        ("en", "en"),
        ("xx", None),
        ("Englsh", None),
        ("", None),
    ],
)
def test_a_language_is_known_by_its_exact_name_or_tag(name: str, tag: str | None) -> None:
    assert language(name) == tag


@pytest.mark.parametrize("answer", ["Yes", "yes!", "Sí", "SI", "Oui, 3 minutes", "Sim", "نعم", "TRUE", "Yes (if time)"])
def test_yes(answer: str) -> None:
    assert answers.yes_or_no(answer) is True


@pytest.mark.parametrize("answer", ["No", "non", "Não", "FALSE", "No, thank you"])
def test_no(answer: str) -> None:
    assert answers.yes_or_no(answer) is False


@pytest.mark.parametrize("answer", ["Maybe", "yesterday", "Quizás", "", "not sure"])
def test_neither(answer: str) -> None:
    assert answers.yes_or_no(answer) is None


def test_constituency_region_and_attribution_by_words_and_by_value() -> None:
    assert answers.constituency("Sociedad civil") is Constituency.CIVIL_SOCIETY
    assert answers.constituency("local_government") is Constituency.LOCAL_GOVERNMENT
    assert answers.constituency("A municipality, I think") is None
    assert answers.region("América Latina y el Caribe") is Region.LATIN_AMERICA
    assert answers.region("Asia") is None
    assert answers.attribution("Ne pas citer") is Attribution.NOT_FOR_REPORT
    assert answers.role("system") is None
