"""Answers of registration forms -> values of the domain, by exact words in the forms' languages. Never a guess."""

from __future__ import annotations

import re
from functools import cache

from isegoria.domain.text import fold
from isegoria.domain.values import Attribution, Constituency, Region, Role
from isegoria.roster.vocabulary import by_word

_YES_OR_NO = {
    True: """
        yes | y | true | 1 | sí | si | s | oui | o | vrai | sim | verdadeiro | verdadero | ja | да | نعم | 是 | x | ✓
        agree | i agree | acepto | de acuerdo | j'accepte | d'accord | aceito | hi accepto
    """,
    False: """
        no | n | false | 0 | non | faux | não | nao | falso | nein | нет | لا | 否
        i do not agree | no acepto | je refuse | não aceito
    """,
}

_CONSTITUENCIES = {
    Constituency.LOCAL_GOVERNMENT: """
        local government | local authority | municipality | city | city government | town
        gobierno local | ayuntamiento | municipio | municipalidad | ciudad
        gouvernement local | collectivité locale | commune | mairie | municipalité | ville | governo local | prefeitura
    """,
    Constituency.REGIONAL_GOVERNMENT: """
        regional government | regional authority | region | province | county | state or provincial government
        gobierno regional | gobierno provincial | provincia | diputación | gouvernement régional
        collectivité régionale | région | département | governo regional
    """,
    Constituency.ASSOCIATION: """
        association | local government association | association of local governments | association of municipalities
        association of local and regional governments | network of local governments | lga
        asociación de gobiernos locales | asociación de municipios | federación de municipios
        association de collectivités | association de collectivités locales | association de communes
    """,
    Constituency.CIVIL_SOCIETY: """
        civil society | civil society organisation | civil society organization | cso | ngo
        non-governmental organisation | non-governmental organization
        sociedad civil | organización de la sociedad civil | ong | osc
        société civile | organisation de la société civile | sociedade civil
    """,
    Constituency.NHRI: """
        nhri | national human rights institution | ombudsman | ombudsperson
        indh | institución nacional de derechos humanos | defensoría del pueblo
        inddh | institution nationale des droits de l'homme | institution nationale des droits humains
    """,
    Constituency.ACADEMIA: """
        academia | academic | academic institution | university | research | academia y universidad | universidad
        milieu universitaire | université | monde universitaire | universidade
    """,
    Constituency.STATE: """
        state | member state | national government | government | permanent mission | estado | gobierno nacional
        état | gouvernement national | governo nacional | estado miembro | état membre
    """,
    Constituency.UN: """
        un | united nations | un agency | un entity | un system | naciones unidas | agencia de las naciones unidas
        nations unies | agence des nations unies | nações unidas | onu
    """,
    Constituency.OTHER: "other | otro | otra | otros | autre | outro | outra",
}

_REGIONS = {
    Region.AFRICA: "africa | áfrica | afrique",
    Region.ASIA_PACIFIC: """
        asia-pacific | asia pacific | asia and the pacific | asia & pacific | aspac | asia-pacífico | asia pacífico
        asia y el pacífico | asia y pacífico | asie-pacifique | asie pacifique | asie et pacifique
    """,
    Region.EURASIA: "eurasia | eurasie",
    Region.EUROPE: "europe | europa | cemr | cemr-ccre",
    Region.LATIN_AMERICA: """
        latin america | latin america and the caribbean | latin america & the caribbean
        américa latina | latinoamérica | américa latina y el caribe | amérique latine | amérique latine et caraïbes
    """,
    Region.MIDDLE_EAST_WEST_ASIA: """
        middle east and west asia | middle east & west asia | middle east / west asia | mewa
        oriente medio y asia occidental | oriente medio y asia del oeste | moyen-orient et asie de l'ouest
        moyen-orient et asie occidentale
    """,
    Region.NORTH_AMERICA: "north america | américa del norte | norteamérica | amérique du nord | norama",
    Region.METROPOLIS: "metropolis | metrópolis | métropolis | metropolitan section",
    Region.REGIONS: """
        regions | forum of regions | uclg regions | regiones | foro de regiones | régions | forum des régions
    """,
}

_ATTRIBUTIONS = {
    Attribution.NAMED: """
        by name | named | with my name | with my name and organisation | name and organisation | con mi nombre
        por mi nombre | con nombre y organización | nommément | avec mon nom | par mon nom | com meu nome
    """,
    Attribution.ORGANISATION: """
        by organisation | organisation | organization | by organization | my organisation only | organisation only
        organización | por organización | solo mi organización | organisation seulement | par organisation | organização
    """,
    Attribution.CONSTITUENCY_REGION: """
        by constituency and region | constituency and region | constituency and region only | anonymous | anonymously
        anónimo | de forma anónima | sector y región | groupe et région | anonyme | de façon anonyme | anônimo
    """,
    Attribution.NOT_FOR_REPORT: """
        not for the report | not for report | not in the report | do not cite | do not quote
        no citar | no para el informe | ne pas citer | pas dans le rapport | não citar
    """,
}

ROLES = (Role.MODERATOR, Role.SECRETARIAT, Role.RAPPORTEUR, Role.SPEAKER, Role.ATTENDEE)
"""The roles that a list of persons may give: a stage is no person, and the system is nobody."""


def yes_or_no(answer: str) -> bool | None:
    """True or False for a whole word, or one followed by punctuation ("Yes, if time allows"); else None."""
    word = fold(answer).strip(" .!")
    return _yes_or_no().get(word, _yes_or_no().get(re.split(r"[,.;:(–—]", word)[0].strip()))


def constituency(answer: str) -> Constituency | None:
    return _constituencies().get(fold(answer))


def region(answer: str) -> Region | None:
    return _regions().get(fold(answer))


def attribution(answer: str) -> Attribution | None:
    return _attributions().get(fold(answer))


def role(answer: str) -> Role | None:
    return next((role for role in ROLES if role == fold(answer)), None)


@cache
def _yes_or_no() -> dict[str, bool]:
    return by_word(_YES_OR_NO)


@cache
def _constituencies() -> dict[str, Constituency]:
    return by_word(_CONSTITUENCIES) | {value: value for value in Constituency}


@cache
def _regions() -> dict[str, Region]:
    return by_word(_REGIONS) | {value: value for value in Region}


@cache
def _attributions() -> dict[str, Attribution]:
    return by_word(_ATTRIBUTIONS) | {value: value for value in Attribution}
