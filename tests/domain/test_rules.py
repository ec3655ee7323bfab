"""Rules and tests do not part: each rule that the core holds is cited by a test, and each citation is a rule."""

from __future__ import annotations

import re
from pathlib import Path

import isegoria.domain

TESTS = Path(__file__).parent.parent
RULES = Path(isegoria.domain.__file__).with_name("RULES.md").read_text("utf-8")
RULE = re.compile(r"^- ([A-Z]\d+) (?:\[(\w+)\] )?\S", re.MULTILINE)
HELD_ELSEWHERE = re.compile(r"^- \[(\w+)\] ([\s\S]*?)(?=^- |\Z)", re.MULTILINE)
CITATION = re.compile(r"def test_((?:[A-Z]\d+_)+)")
NUMBER = re.compile(r"\b[A-Z]\d+\b")


def marks() -> dict[str, str | None]:
    """Rule -> the place that holds it, or what of it the core does not; None for the core alone."""
    return {number: mark or None for number, mark in RULE.findall(RULES)}


def cited() -> set[str]:
    names = (name for file in TESTS.rglob("test_*.py") for name in CITATION.findall(file.read_text("utf-8")))
    return {number for name in names for number in name.strip("_").split("_")}


def test_each_rule_stands_once_and_without_a_gap() -> None:
    numbers = [number for number, _ in RULE.findall(RULES)]
    last = {letter: max(int(n[1:]) for n in numbers if n[0] == letter) for letter in "QTFRSC"}
    assert sorted(numbers) == sorted(f"{letter}{n}" for letter in last for n in range(1, last[letter] + 1))


def test_each_rule_that_the_core_holds_is_cited_by_a_test() -> None:
    assert {number for number, mark in marks().items() if mark is None} - cited() == set()


def test_each_citation_is_a_rule() -> None:
    assert cited() - marks().keys() == set()


def test_what_the_core_does_not_hold_is_listed_with_who_does() -> None:
    listed = {n: place for place, text in HELD_ELSEWHERE.findall(RULES) for n in NUMBER.findall(text)}
    assert listed == {number: mark for number, mark in marks().items() if mark}
