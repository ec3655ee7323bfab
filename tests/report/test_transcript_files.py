"""Transcripts as files: read again by programs of another make, and never broken by what was said."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import CaptionStatus, GapReason, normal
from isegoria.domain.people import People
from isegoria.domain.values import Tier
from isegoria.report import as_srt, as_txt, as_vtt
from isegoria.report.direction import END, ISOLATE
from isegoria.report.reading import joint
from isegoria.report.transcript import Transcript
from tests.domain.story import NOON, S
from tests.report.transcripts import INTERNAL, PUBLISHABLE, at, heard, made, roster

GOLDEN = Path(__file__).parent / "golden"
EXPORTS = {"vtt": as_vtt.export, "srt": as_srt.export, "txt": as_txt.export}
HOSTILE = [
    "00:00:01.000 --> 00:00:02.000",
    "a\n\n00:00:01.000 --> 00:00:02.000\nb",
    "a\n\nNOTE nothing\n\nSTYLE\n::cue { color: red }\n\n",
    "a\r\n\r\n7\r\n00:00:01,000 --> 00:00:02,000\r\nb",
    "a\u2028\u2028NOTE b\u2029\u2029c\x0b\x0cd\x85e",
    "<v Somebody Else>I said this</v> & <b>that</b> &lt;i&gt;",
    "<script>alert(1)</script> {\\an8}{y:i} <00:00:09.000>",
    "-->\n--->\n<!-- --> -->",
    "WEBVTT",
    "STYLE",
    "7",
]


def vtt(found: Transcript) -> webvtt.WebVTT:
    return webvtt.from_string(as_vtt.export(found).decode())


def plain(caption: webvtt.Caption) -> str:
    """A cue's text as a player shows it."""
    text = re.sub(r"<[^>]*>", "", caption.raw_text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def srts(found: Transcript) -> list[srt.Subtitle]:
    return list(srt.parse(as_srt.export(found).decode(), ignore_errors=False))


def tidied(text: str) -> str:
    """What is left of a caption's lines in a file that has no empty ones."""
    return "\n".join(line.strip() for line in normal(text).splitlines() if line.strip())


# --- what they look like --------------------------------------------------------------------------


SAID = {
    "en": ["Good morning from <A City> &", "dear friends --> all.", "Thank you. Ms Müller is next."],
    "ar": ["صباح الخير من A City،", "أيها الأصدقاء.", "شكرا."],
    "zh": ["早上好，", "各位朋友。", "谢谢 UCLG 的同事。"],
}


def golden(track: str, tier: Tier) -> Transcript:
    """Ana, then Cat whom nobody may know, then Bob."""
    story = heard("ana", "cat", "bob", between_s=5)
    first, second, third = SAID[track]
    gap = {"status": CaptionStatus.GAP, "reason": GapReason.INTERRUPTED}
    captions = [
        at(0.05, "…", 1, language=track),
        at(0.2, first, 2, language=track),
        at(0.25, second, 3, language=track),
        at(1.0, "", 4, language=track, ends_at=NOON + 90 * S, **gap),
        at(3, "…", 5, language=track),
        at(4.5, third, 6, language=track),
    ]
    people = roster(ana={"display_name": "آنا ليما"}) if track == "ar" else roster()
    return made(story, captions, tier, people, track)


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize(
    ("track", "tier"), [("en", PUBLISHABLE), ("en", INTERNAL), ("ar", PUBLISHABLE), ("zh", PUBLISHABLE)]
)
def test_the_files_are_those_that_were_looked_at(kind: str, track: str, tier: Tier) -> None:
    assert EXPORTS[kind](golden(track, tier)) == (GOLDEN / f"{track}-{tier}.{kind}").read_bytes()


# --- what was said cannot break them --------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("tier", Tier)
def test_no_text_leaves_its_cue(text: str, tier: Tier) -> None:
    found = made(heard("ana"), [at(0.2, normal(text), 1), at(0.5, "after", 2)], tier)
    [_, hostile, after] = vtt(found).captions
    assert (plain(hostile), plain(after)) == (tidied(text), "after")
    [_, hostile, after] = srts(found)
    label = "Ana Lima, Acity, A City, Brazil: "
    assert (hostile.content.replace(as_srt.JOINER, ""), after.content) == (label + tidied(text), "after")
    assert as_vtt.export(found).count(b"-->") == as_srt.export(found).count(b"-->") == 3


TEXTS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30)), max_size=3).map("\n".join)


@given(st.lists(TEXTS, max_size=6))
def test_any_text_is_read_again_as_it_was_said(texts: list[str]) -> None:
    kept = [normal(text) for text in texts]
    found = made(STORY, [at(0.1 + number / 100, text, number) for number, text in enumerate(kept, 1)])
    told = [tidied(text) for text in kept if tidied(text)]
    assert [plain(caption) for caption in vtt(found).captions[1:]] == told
    spoken = [one.content.replace(as_srt.JOINER, "") for one in srts(found)[1:]]
    without_label = [re.sub(rf"\A{ISOLATE}?Ana[^:]*: ", "", text) for text in spoken[:1]] + spoken[1:]
    assert without_label == [text.replace(as_srt.JOINER, "") for text in told]


STORY = heard("ana")


@given(st.text(min_size=1, max_size=30))
def test_no_name_leaves_its_label(name: str) -> None:
    found = made(STORY, [at(0.2, "said", 1)], people=named(name))
    [_, caption] = vtt(found).captions
    assert plain(caption) == "said"
    [_, caption] = srts(found)
    assert caption.content.endswith(": said")
    assert as_txt.export(found).count(b"\n") == as_txt.export(made(STORY, [at(0.2, "said", 1)])).count(b"\n")


def named(name: str) -> People:
    return roster(ana={"display_name": name})


def test_times_are_hours_minutes_seconds_and_milliseconds() -> None:
    [_, cue] = vtt(made(heard("ana", minutes=2), [at(1, "said", 1, spoken_at=NOON + 61_234)])).captions
    assert (cue.start, cue.end) == ("00:01:01.234", "00:01:02.234")
    [_, subtitle] = srts(made(heard("ana"), [at(1, "said", 1, spoken_at=NOON + 61_234)]))
    assert subtitle.start.total_seconds() == 61.234


def test_an_empty_transcript_is_a_file_all_the_same() -> None:
    found = made(heard("ana"), [])
    assert len(vtt(found).captions) == len(srts(found)) == 1
    assert as_txt.export(found).decode().splitlines()[0] == "Consultation"


# --- who speaks -----------------------------------------------------------------------------------


def test_in_webvtt_each_cue_has_its_voice() -> None:
    captions = [at(0.2, "mine", 1), at(0.3, "mine too", 2), at(2.5, "ours", 3)]
    voices = [caption.voice for caption in vtt(made(heard("ana", "bob"), captions)).captions[1:]]
    assert voices == ["Ana Lima, Acity, A City, Brazil"] * 2 + ["Bcity, Nairobi, Kenya"]


def test_in_subrip_who_speaks_is_told_when_the_speaker_changes() -> None:
    captions = [at(0.2, "mine", 1), at(0.3, "mine too", 2), at(2.5, "ours", 3)]
    assert [one.content for one in srts(made(heard("ana", "bob"), captions))[1:]] == [
        "Ana Lima, Acity, A City, Brazil: mine",
        "mine too",
        "Bcity, Nairobi, Kenya: ours",
    ]


def test_a_remark_of_ours_has_no_voice() -> None:
    gap = at(0.5, "", 1, ends_at=NOON + 60 * S, status=CaptionStatus.GAP, reason=GapReason.OFF_THE_RECORD)
    found = made(heard("ana"), [gap])
    assert vtt(found).captions[1].raw_text == "[off the record]"
    assert srts(found)[1].content == "[off the record]"


# --- directions, and scripts without spaces -------------------------------------------------------


def bidi_line_direction(line: str) -> str:
    """The direction of a line by its first letter outside isolates (Unicode annex 9, P2 and P3)."""
    depth = 0
    for char in line:
        kind = unicodedata.bidirectional(char)
        depth += (kind in {"FSI", "LRI", "RLI"}) - (kind == "PDI" and depth > 0)
        if depth == 0 and kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def test_a_latin_name_does_not_turn_an_arabic_caption_around() -> None:
    found = made(heard("ana"), [at(0.2, "شكرا.", 1, language="ar")], track="ar")
    assert bidi_line_direction(srts(found)[1].content) == "rtl"


def test_headings_of_an_arabic_text_run_from_the_right() -> None:
    for label in ("Ana Lima", "آنا ليما"):
        found = made(heard("ana"), [at(0.2, "شكرا.", 1, language="ar")], people=named(label), track="ar")
        [heading] = [line for line in as_txt.export(found).decode().splitlines() if label in line]
        assert bidi_line_direction(heading) == "rtl"


def test_isolates_are_balanced_and_only_where_letters_run_from_the_right() -> None:
    latin = made(heard("ana"), [at(0.2, "Gracias.", 1)], track="es")
    arabic = made(heard("ana"), [at(0.2, "شكرا.", 1, language="ar")], track="ar")
    for export in EXPORTS.values():
        assert ISOLATE not in export(latin).decode()
        text = export(arabic).decode()
        assert text.count(ISOLATE) == text.count(END)


def test_a_plain_text_runs_on_without_spaces_where_a_script_has_none() -> None:
    assert (joint("各位", "朋友"), joint("Ana", "Lima"), joint("صباح", "الخير"), joint("好。", "UCLG")) == (
        "",
        " ",
        " ",
        "",
    )


def test_a_plain_text_has_paragraphs() -> None:
    captions = [at(0.1, "One,", 1), at(0.2, "two,", 2), at(0.7, "and three.", 3)]
    lines = as_txt.export(made(heard("ana"), captions)).decode().splitlines()
    assert lines[-3:] == ["One, two,", "", "and three."]


def test_in_a_plain_text_a_remark_of_ours_is_a_paragraph() -> None:
    gap = at(0.2, "", 2, ends_at=NOON + 15 * S, status=CaptionStatus.GAP, reason=GapReason.OFF_THE_RECORD)
    lines = as_txt.export(made(heard("ana"), [at(0.1, "One", 1), gap, at(0.3, "two", 3)])).decode().splitlines()
    assert lines[-5:] == ["One", "", "[off the record]", "", "two"]


def test_a_long_paragraph_ends_with_a_sentence_and_without_one_at_last() -> None:
    for sentence, longest in (("A sentence that ends.", 263), ("words and words", 703)):
        captions = [at(0.05 + number / 600, sentence, number) for number in range(1, 60)]
        paragraphs = as_txt.export(made(heard("ana"), captions)).decode().splitlines()
        assert max(map(len, paragraphs)) == longest
