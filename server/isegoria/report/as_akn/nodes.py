"""Elements of Akoma Ntoso, and the values that its schema allows in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from lxml import etree

from isegoria.report.legible import legible

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")

Node: TypeAlias = Any
"""Of lxml, which has no types."""


def element(name: str, attributes: Mapping[str, str | None], *inside: Node | str) -> Node:
    """With the attributes that are not None. No text can be more in it than text."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={None: NAMESPACE})
    for key, value in attributes.items():
        if value is not None:
            made.set(key, legible(value))
    for one in inside:
        if isinstance(one, str):
            _append(made, legible(one))
        else:
            made.append(one)
    return made


def language(tag: str) -> str:
    """BCP 47, or "und" for what is no tag."""
    return tag if _TAG.fullmatch(tag) else "und"


def _append(made: Node, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text
