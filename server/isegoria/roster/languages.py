"""Names of languages -> BCP 47, by exact names in ten languages and in the language itself (CLDR). Never fuzzy."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from isegoria.domain.text import fold
from isegoria.roster.places import LANGUAGES
from isegoria.roster.vocabulary import by_word

_ALIASES = {
    "es": "castilian | castellano | castellà | español (castellano)",
    "fa": "farsi",
    "zh": "mandarin | mandarin chinese | 中文 | 汉语 | 普通话",
    "ca": "valencian | valenciano | valencià",
    "fil": "tagalog (filipino)",
    "el": "modern greek",
}


def language(answer: str) -> str | None:
    """The BCP 47 tag for a language's name ("Español", "Brazilian Portuguese") or for a tag that CLDR knows."""
    word = fold(answer)
    return _names().get(word) or _own_names().get(word) or _tag(answer)


def _tag(answer: str) -> str | None:
    if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}", answer):
        return None
    try:
        known = Locale.parse(answer.replace("_", "-"), sep="-", resolve_likely_subtags=False)
    except (ValueError, UnknownLocaleError):
        return None
    return "-".join(part for part in (known.language, known.script, known.territory) if part)


@cache
def _names() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for locale in LANGUAGES:
        for code, name in Locale(locale).languages.items():
            found.setdefault(fold(name), set()).add(code.replace("_", "-"))
    named = {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
    return named | by_word(_ALIASES)


@cache
def _own_names() -> dict[str, str]:
    """Each language's name for itself. Two that share a name are left out, so that they are asked."""
    found: dict[str, set[str]] = {}
    for code in locale_identifiers():
        name = None if "_" in code else Locale(code).get_language_name(code)
        if name:
            found.setdefault(fold(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
