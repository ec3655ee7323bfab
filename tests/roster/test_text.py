"""`clean`: what text from outside may hold."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.text import clean, fold

ANY = st.text(st.characters())
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_controls_and_bidi_overrides_go() -> None:
    assert clean("a\0b\tc\u0085d\u202ee\u2067f\u007fg\ud800") == "abcdefg"


def test_marks_and_joiners_stay() -> None:
    kept = "\u200e\u200f\u061c\u200d\u200c"
    assert clean(kept) == kept


def test_line_breaks_become_one_kind() -> None:
    assert clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_nothing_is_normalised_or_trimmed() -> None:
    assert clean(" e\u0301 \ufb01 ") == " e\u0301 \ufb01 "


@given(ANY)
def test_no_control_and_no_override_is_left(text: str) -> None:
    left = set(clean(text))
    assert not left & BIDI
    assert {char for char in left if unicodedata.category(char) in {"Cc", "Cs"}} <= {"\n"}


@given(ANY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY)
def test_all_other_characters_stay_in_their_order(text: str) -> None:
    gone = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))} | BIDI
    assert clean(text).replace("\n", "") == "".join(char for char in text if char not in gone)


@given(ANY)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_fold_makes_case_space_apostrophe_and_composition_equal_and_keeps_accents() -> None:
    assert fold(" CÔTE  d\u2019Ivoire\n") == fold("Co\u0302te d'ivoire")
    assert fold("Perú") != fold("Peru")
