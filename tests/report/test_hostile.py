"""The hostile consultation in every format and tier: opened by others, and nothing publishable tells who may not be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest

from isegoria.domain.values import Attribution, Tier
from isegoria.report import files
from isegoria.report.making import OFFERED, Material, Wanted, make
from tests.report import hostile
from tests.report.hostile import CAT, DAN, FAY, LONG, MARKUP, NOT_OUR_WORDS, SECRETS, Secret, after
from tests.report.opened import READERS, opened

TRACKS = ("en", "ar", "zh")


def all_files(*tiers: Tier) -> Iterator[Wanted]:
    for kind, offered in OFFERED.items():
        for tier in sorted(offered & set(tiers)):
            yield from (Wanted(kind, tier, track) for track in (TRACKS if kind in files.TYPES else (None,)))


EVERY = list(all_files(*Tier))
PUBLISHABLE = list(all_files(Tier.PUBLISHABLE))


@cache
def material() -> Material:
    return hostile.material()


@cache
def made(wanted: Wanted) -> bytes:
    return make(wanted, material())


@cache
def read(wanted: Wanted) -> str:
    """As another maker's program reads it."""
    return READERS[wanted.kind](made(wanted))


def name(wanted: Wanted) -> str:
    return wanted.file_name("s")


def solid(text: str) -> str:
    """Without white space, and whatever lets a long word be broken."""
    return re.sub("[\\s\u200b\u2060\u00ad]", "", text)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


# --- opened ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", EVERY, ids=name)
def test_what_is_hostile_is_opened_and_stays_text(wanted: Wanted) -> None:
    found = solid(read(wanted))
    if wanted.kind == "jsonl":
        assert "<script>" not in found, "the log holds no text"
        return
    assert solid(MARKUP[0]) in found
    assert sum(map(len, re.findall("x{100,}", found))) >= len(LONG), "broken by lines and pages, and whole"


@pytest.mark.parametrize("wanted", [one for one in EVERY if one.kind not in ("json", "jsonl")], ids=name)
def test_no_control_is_in_what_people_read(wanted: Wanted) -> None:
    """JSON may hold them: it is for programs, which read what was written."""
    controls = {one for one in read(wanted) if unicodedata.category(one) in ("Cc", "Cs")} - set("\n\r\t\x0c")
    overrides = {one for one in read(wanted) if one in "\u202a\u202b\u202c\u202d\u202e"}
    assert controls | overrides == set()


@pytest.mark.parametrize("wanted", PUBLISHABLE, ids=name)
def test_the_same_consultation_gives_the_same_bytes(wanted: Wanted) -> None:
    assert make(wanted, hostile.material()) == made(wanted)


# --- what may not be told -------------------------------------------------------------------------


def told(wanted: Wanted, data: bytes) -> str:
    """All that can be found in a file, whoever looks and however it is kept, on one line."""
    found = f"{opened(data)}\n{READERS[wanted.kind](data)}"
    return on_one_line(unicodedata.normalize("NFC", found))


def telling(secret: Secret, found: str) -> list[str]:
    """What of somebody stands there: words, the id, minutes in which they began or ended to speak."""
    ids = (f'"{secret.id}"', f">{secret.id}<", f"/{secret.id}<", f"/{secret.id} ")
    return [word for word in (*secret.words, *ids) if word in found] + [
        minute for minute in secret.spoke if is_told(minute, found)
    ]


def is_told(minute: str, found: str) -> bool:
    """By the clock, here or in UTC; from the start on; in milliseconds."""
    stamps = {int(stamp) // 60_000 for stamp in re.findall(r"\b1[0-9]{12}\b", found)}
    return bool(re.search(rf"(?<![0-9:])(14|12|0?0):{minute}\b", found)) or after(f"{minute}:00") // 60_000 in stamps


@pytest.mark.parametrize("wanted", PUBLISHABLE, ids=name)
@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.id)
def test_R3_R5_R6_R9_R10_nothing_publishable_tells_of_who_did_not_allow_it(secret: Secret, wanted: Wanted) -> None:
    assert telling(secret, told(wanted, made(wanted))) == []


@pytest.mark.parametrize("wanted", PUBLISHABLE, ids=name)
def test_R3_R6_R9_nothing_publishable_holds_words_that_are_not_for_others(wanted: Wanted) -> None:
    found = told(wanted, made(wanted))
    assert [words for words in NOT_OUR_WORDS if words in found] == []


@pytest.mark.parametrize("wanted", PUBLISHABLE, ids=name)
def test_the_same_search_finds_those_who_allow_it(wanted: Wanted) -> None:
    """Or else it would find nothing anywhere."""
    data = make(wanted, hostile.as_if(Attribution.NAMED, "cat", "dan"))
    found = told(wanted, data)
    for secret in (CAT, DAN):
        assert secret.words[0] in telling(secret, found)
    if wanted.kind not in ("docx", "pdf"):  # these tell no times of day
        assert CAT.spoke[0] in telling(CAT, found)


@pytest.mark.parametrize("wanted", list(all_files(Tier.INTERNAL)), ids=name)
def test_the_team_is_told_of_all(wanted: Wanted) -> None:
    found = told(wanted, made(wanted))
    if wanted.kind == "jsonl":
        assert '"cat"' in found
        return
    assert [secret.id for secret in (CAT, DAN, FAY) if secret.words[0] not in found] == []


def test_every_kind_has_a_reader_of_another_make() -> None:
    assert set(OFFERED) <= set(READERS)
