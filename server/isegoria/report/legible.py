"""Text as XML can hold it, for all that is written in XML."""

from __future__ import annotations

import re

from isegoria.domain.text import clean

_LINE_ENDS = re.compile("[\u2028\u2029]")
_NOT_XML = re.compile("[\ufffe\uffff]")


def legible(text: str) -> str:
    r"""Without control characters and controls of direction; every line break is `\n`."""
    return _NOT_XML.sub("", _LINE_ENDS.sub("\n", clean(text)))
