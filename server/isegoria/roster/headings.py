"""Column headings in the languages of the forms -> what the column is taken for.

A heading is compared whole, without case, remarks in brackets and punctuation at its ends; a question is known by one
of its phrases. What is found is a proposal: the mapping is shown and can be overridden.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from isegoria.domain.text import fold
from isegoria.roster.model import Target
from isegoria.roster.vocabulary import by_word, words

_WORDS: dict[Target, str] = {
    Target.DISPLAY_NAME: """
        name | full name | display name | user name | full_name | your name | name and surname | participant
        nombre completo | nombre y apellidos | nombre y apellido | apellidos y nombre | nombre del participante
        nom et prénom | nom et prénoms | prénom et nom | nom complet | nom prénom | nom, prénom
        nome completo | nome e sobrenome | nome e cognome | nom i cognoms | vollständiger name | vor- und nachname
        الاسم | الاسم الكامل | имя и фамилия | фио | полное имя | 姓名
    """,
    Target.GIVEN_NAME: """
        first name | given name | given names | firstname | given_name | forename
        nombre | nombres | nombre de pila | prénom | prénoms | primeiro nome | nome | vorname | имя | 名
    """,
    Target.FAMILY_NAME: """
        last name | family name | surname | lastname | family_name | second name
        apellido | apellidos | nom | nom de famille | sobrenome | apelido | cognome | cognoms | nachname | фамилия | 姓
    """,
    Target.TITLE: "title | salutation | honorific | tratamiento | título | civilité | titre | tratamento | anrede",
    Target.FUNCTION: """
        function | job title | position | role | your role | designation | job role
        cargo | función | puesto | cargo o función | fonction | poste | função | càrrec | funktion | funzione
        должность | 职务
    """,
    Target.ORGANISATION: """
        organisation | organization | company | affiliation | institution | entity | organisation name
        organization name | local government | local or regional government | municipality | organisation city
        name of organisation | organización | organizacion
        institución | entidad | empresa | ayuntamiento | gobierno local | municipio
        collectivité | collectivité territoriale | organisme | structure | organisation ou collectivité
        organização | instituição | organització | institució | ens local | organizzazione | ente | einrichtung
        المنظمة | المؤسسة | организация | 组织 | 机构
    """,
    Target.CONSTITUENCY: """
        constituency | type of organisation | type of organization | organisation type | organization type
        stakeholder group | category | sector | you represent
        tipo de organización | tipo de entidad | sector al que representa | categoría | grupo de interés
        type d'organisation | catégorie | type de structure | tipo de organização | tipus d'organització
    """,
    Target.CITY: """
        city | town | city name | ciudad | localidad | ville | cidade | ciutat | stadt | città | город | المدينة | 城市
    """,
    Target.COUNTRY: """
        country | country/region | country/region name | country or region | country_code | country code | nation
        país | pais | pays | land | paese | البلد | الدولة | страна | 国家
    """,
    Target.REGIONS: """
        region | regions | uclg section | uclg region | section | world region
        región | región del mundo | sección de cglu | région | région du monde | região | regió
    """,
    Target.TIMEZONE: "time zone | timezone | zona horaria | fuseau horaire | fuso horário",
    Target.EMAIL: """
        email | e-mail | email address | e-mail address | user email | your email | mail | work email
        correo electrónico | dirección de correo electrónico | correo | email de contacto
        adresse e-mail | adresse email | adresse électronique | courriel | adresse de messagerie | adresse mail
        endereço de e-mail | endereço de email | correu electrònic | adreça electrònica | e-mail-adresse
        indirizzo email | البريد الإلكتروني | электронная почта | адрес электронной почты | 电子邮件
    """,
    Target.SPOKEN_LANGUAGE: """
        language | spoken language | language of intervention | language you will speak | speaking language
        idioma | idioma de intervención | idioma de la intervención | lengua | langue | langue d'intervention
        língua | idioma da intervenção | llengua | sprache | lingua | язык | اللغة | 语言
    """,
    Target.CAPTION_LANGUAGE: """
        caption language | captions language | language of captions | subtitle language | reading language
        idioma de subtítulos | idioma de los subtítulos | langue des sous-titres | idioma das legendas
    """,
    Target.TOPICS: """
        topics | topic | themes | theme | thematic segment | thematic segments | segment
        temas | tema | segmento temático | thèmes | thème | thématiques | tópicos | temes | тема | темы | المواضيع
    """,
    Target.WANTS_FLOOR: """
        wants the floor | wants_floor | speaker request | floor | uso de la palabra | prise de parole | uso da palavra
    """,
    Target.ON_BEHALF_OF: "on behalf of | en nombre de | au nom de | em nome de | en nom de",
    Target.ACCESS_NEEDS: """
        access needs | accessibility needs | accessibility | accessibility requirements | special needs
        necesidades de accesibilidad | accesibilidad | besoins d'accessibilité | accessibilité | acessibilidade
    """,
    Target.FIRST_TIME: "first time | first time participant | primera vez | première fois | primeira vez",
    Target.ATTRIBUTION: "attribution | atribución | atribuição | attribution choice",
    Target.CONSENT_RECORDING: """
        consent to recording | recording consent | consent to be recorded | consent | consentimiento | consentement
    """,
    Target.SOURCE_ID: "registrant_id | participant id | attendee # | registration id",
    Target.STATUS: """
        approval status | registration state | attendee status | registration status | state of registration
        estado | estado de la inscripción | statut | état de l'inscription
    """,
    Target.REGISTERED_AT: """
        timestamp | registration time | registration date | order date | start time | completion time
        marca temporal | hora de inicio | hora de finalización | horodateur | heure de début | heure de fin
        carimbo de data/hora | marca de temps | zeitstempel | informazioni cronologiche | отметка времени | طابع زمني
    """,
    Target.ATTENDED: "attended | asistió",
    Target.ROLES: "",
}

_PHRASES: dict[Target, str] = {
    Target.WANTS_FLOOR: """
        take the floor | have the floor | request the floor | wish to speak | like to speak | tomar la palabra
        hacer uso de la palabra | desea intervenir | prendre la parole | demander la parole | usar da palavra
        tomar a palavra | prendre la paraula | das wort ergreifen | prendere la parola | взять слово
    """,
    Target.CAPTION_LANGUAGE: "captions in | subtitles in | language for captions | subtítulos en | sous-titres en",
    Target.SPOKEN_LANGUAGE: """
        language will you speak | which language do you | idioma hablará | idioma intervendrá | quelle langue
    """,
    Target.TOPICS: "topics you | which topics | which topic | qué temas | quels thèmes | quels sujets | quais temas",
    Target.ON_BEHALF_OF: "speaking on behalf | speak on behalf | hablará en nombre | parlez au nom | fala em nome",
    Target.ACCESS_NEEDS: """
        accessibility | access needs | reasonable accommodation | accesibilidad | accessibilité | acessibilidade
    """,
    Target.FIRST_TIME: "first time | primera vez | première fois | primeira vez",
    Target.ATTRIBUTION: """
        be cited | be quoted | be attributed | ser citad | ser mencionad | être cité | souhaitez-vous être mentionné
    """,
    Target.CONSENT_RECORDING: """
        recorded | consent to the recording | grabación | grabad | enregistré | l'enregistrement | gravação
    """,
    Target.CONSTITUENCY: "type of organisation | type of organization | tipo de organización | type d'organisation",
    Target.EMAIL: "your email | your e-mail | su correo | votre e-mail | votre adresse | seu e-mail",
    Target.COUNTRY: "which country | your country | qué país | su país | quel pays | votre pays",
    Target.DISPLAY_NAME: "your name | your full name | full name | su nombre | nombre completo | votre nom | seu nome",
    Target.ORGANISATION: """
        your organisation | your organization | your local government | your municipality | you work for
        su organización | su ayuntamiento | su municipio | votre organisation | votre collectivité
    """,
}

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_ENDS = " \t\n*:.?¿!¡؟？:…"
_LIST = re.compile(r",| and | y | et | e | i |&| und ")
_EITHER = re.compile(r"/| or | o | ou | oder ")


LONGEST = 300
"""Characters; a longer cell is a text, not a heading."""


def named(heading: str) -> tuple[Target, ...]:
    """What a column with this very heading is taken for; several when it asks for several ("City and function")."""
    word = bare(heading)
    if found := _table().get(word):
        return (found,)
    parts = _all_known(_LIST.split(word))
    if len(parts) > 1:
        return parts
    return _all_known(_EITHER.split(word))[:1]


def asked(heading: str) -> tuple[Target, ...]:
    """What a question is taken for, by the phrases in it."""
    word = bare(heading)
    return tuple(target for target, phrases in _phrases() if any(phrase in word for phrase in phrases))[:1]


@lru_cache(maxsize=4096)
def bare(heading: str) -> str:
    """The heading as it is compared. Nothing is left of one longer than LONGEST."""
    if len(heading) > LONGEST:
        return ""
    return fold(_BRACKETS.sub(" ", heading)).strip(_ENDS)


def _all_known(parts: list[str]) -> tuple[Target, ...]:
    """The targets of all parts, each once, or nothing when one of them is unknown."""
    found = tuple(_table().get(part.strip()) for part in parts)
    return () if None in found else tuple(dict.fromkeys(target for target in found if target))


@cache
def _table() -> dict[str, Target]:
    return by_word(_WORDS)


@cache
def _phrases() -> tuple[tuple[Target, tuple[str, ...]], ...]:
    return tuple((target, words(phrases)) for target, phrases in _PHRASES.items())
