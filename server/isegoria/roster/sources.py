"""The exports that organisers really have, each with what is particular to it.

Headings were read in public documentation and code; the preamble of Zoom's registration report is unverified, so no
source is known by its preamble but by its columns.
"""

from __future__ import annotations

from dataclasses import dataclass

from isegoria.domain.text import fold
from isegoria.roster.headings import named
from isegoria.roster.model import Mapping, Target


@dataclass(frozen=True, slots=True)
class Source:
    """`columns` must all be there (folded). `lists` separates the choices of one cell. `own` are its fixed columns.

    `empty` are words that mean no answer. `renames` says that a name may be "shown (original)". `rejoins` says that
    one person has several rows, of which the first is whole. `ours` is our own export: lists stand on lines, an
    apostrophe guards a formula, and nothing is guessed.
    """

    name: str
    columns: frozenset[str] = frozenset()
    own: tuple[tuple[str, Target], ...] = ()
    lists: str = ";"
    empty: frozenset[str] = frozenset()
    renames: bool = False
    rejoins: bool = False
    ours: bool = False


_ZOOM_EMPTY = frozenset({"--"})

EXPORT_COLUMNS: tuple[tuple[str, Target], ...] = (
    ("Participant ID", Target.SOURCE_ID),
    ("Roles", Target.ROLES),
    ("Display name", Target.DISPLAY_NAME),
    ("Given name", Target.GIVEN_NAME),
    ("Family name", Target.FAMILY_NAME),
    ("Title", Target.TITLE),
    ("Function", Target.FUNCTION),
    ("Organisation", Target.ORGANISATION),
    ("Constituency", Target.CONSTITUENCY),
    ("City", Target.CITY),
    ("Country", Target.COUNTRY),
    ("Regions", Target.REGIONS),
    ("Time zone", Target.TIMEZONE),
    ("E-mail", Target.EMAIL),
    ("Spoken language", Target.SPOKEN_LANGUAGE),
    ("Caption language", Target.CAPTION_LANGUAGE),
    ("Topics", Target.TOPICS),
    ("Wants the floor", Target.WANTS_FLOOR),
    ("On behalf of", Target.ON_BEHALF_OF),
    ("Access needs", Target.ACCESS_NEEDS),
    ("First time", Target.FIRST_TIME),
    ("Attribution", Target.ATTRIBUTION),
    ("Consent to recording", Target.CONSENT_RECORDING),
)

ISEGORIA = Source(
    "isegoria",
    frozenset({"participant id", "display name", "consent to recording"}),
    EXPORT_COLUMNS,
    lists="\n",
    ours=True,
)
ZOOM_WEBINAR = Source(
    "zoom_webinar", frozenset({"attended", "user name (original name)"}), (), ";", _ZOOM_EMPTY, True, True
)
ZOOM_MEETING = Source(
    "zoom_meeting",
    frozenset({"name (original name)", "join time", "leave time"}),
    (("Name (Original Name)", Target.DISPLAY_NAME),),
    ";",
    _ZOOM_EMPTY,
    renames=True,
    rejoins=True,
)
ZOOM_REGISTRATION = Source(
    "zoom_registration",
    frozenset({"first name", "last name", "email", "registration time", "approval status"}),
    empty=_ZOOM_EMPTY,
)
INDICO = Source(
    "indico", frozenset({"id", "name", "registration date", "registration state"}), (("ID", Target.SOURCE_ID),)
)
INDICO_JSON = Source("indico_json", frozenset({"registrant_id", "full_name"}))
EVENTBRITE = Source("eventbrite", frozenset({"order #", "attendee #"}), empty=frozenset({"info requested"}))
GOOGLE_FORMS = Source("google_forms", lists=", ")
MS_FORMS = Source("ms_forms", empty=frozenset({"anonymous", "anónimo", "anonyme", "anônimo"}))
TABLE = Source("table")

_BY_COLUMNS = (ISEGORIA, ZOOM_WEBINAR, ZOOM_MEETING, ZOOM_REGISTRATION, INDICO, INDICO_JSON, EVENTBRITE)
_BY_NAME = {source.name: source for source in (*_BY_COLUMNS, GOOGLE_FORMS, MS_FORMS, TABLE)}


def recognise(headings: tuple[str, ...], mapping: Mapping | None) -> Source:
    """The source whose columns these are. What the mapping says counts only where the columns tell nothing."""
    known = {fold(heading) for heading in headings}
    by_columns = next((source for source in _BY_COLUMNS if source.columns <= known), None)
    return by_columns or _form(headings) or _BY_NAME.get((mapping and mapping.source) or "", TABLE)


def _form(headings: tuple[str, ...]) -> Source | None:
    """The two form tools translate their fixed columns, so those are known by place and meaning."""
    times = [named(heading) == (Target.REGISTERED_AT,) for heading in headings[:3]]
    if times[:1] == [True]:
        return GOOGLE_FORMS
    return MS_FORMS if fold(headings[0]) == "id" and times == [False, True, True] else None


def fixed_columns(source: Source, headings: tuple[str, ...]) -> dict[str, tuple[Target, ...]]:
    """What is known about columns from the source alone. Microsoft Forms: ID, start, end, e-mail, account name."""
    if source is MS_FORMS:
        own = [(headings[0], Target.SOURCE_ID), *((heading, Target.DISPLAY_NAME) for heading in headings[4:5])]
    else:
        own = list(source.own)
    known = {fold(heading): target for heading, target in own}
    return {heading: (known[fold(heading)],) for heading in headings if fold(heading) in known}
