"""Language tags as feeds write them."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_MEANT = {"jp": "ja"}
"""Codes of countries that programs send for languages."""


def language_tag(text: str | None) -> str | None:
    """The BCP 47 tag that `text` means, in its usual case ("jp_jp" is "ja-JP"); None if it is none."""
    tag = (text or "").strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return None
    first, *others = tag.split("-")
    return "-".join([_MEANT.get(first.lower(), first.lower()), *map(_cased, others)])


def _cased(subtag: str) -> str:
    """Regions in capitals, scripts with one, as RFC 5646 recommends (2.1.1)."""
    return subtag.upper() if len(subtag) == 2 else subtag.title() if len(subtag) == 4 else subtag.lower()
