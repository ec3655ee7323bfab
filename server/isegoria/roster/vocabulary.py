"""How the word tables of this folder are written: words between bars or on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from isegoria.domain.text import fold

Value = TypeVar("Value")


def words(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in re.split(r"[|\n]", text) if word.strip())


def by_word(table: Mapping[Value, str]) -> dict[str, Value]:
    """{value: "word | word"} turned around, to look a word up."""
    return {word: value for value, text in table.items() for word in words(text)}
