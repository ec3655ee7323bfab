"""SRT and WebVTT files, and their replay."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.feeds import replay, srt, webvtt
from isegoria.feeds.cues import Cue

DATA = Path(__file__).parent / "data"
ORIGINAL = (DATA / "geneva-original.srt").read_bytes()


def test_a_real_srt_file_names_its_speakers_apart_from_the_text() -> None:
    found = srt.parse(ORIGINAL)
    assert (len(found.cues), found.skipped) == (6, 0)
    assert found.cues[2] == Cue(6771, 9231, "Excelencia, querida Embajadora, tiene la palabra.", "SPEAKER_02")
    assert [cue.label for cue in found.cues] == ["SPEAKER_02"] * 3 + ["SPEAKER_00"] * 3
    assert not any("SPEAKER" in cue.text for cue in found.cues)


def test_both_geneva_files_are_read_alike_with_windows_line_breaks_and_a_byte_order_mark() -> None:
    data = (DATA / "geneva-translation.srt").read_bytes()
    assert srt.parse(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")) == srt.parse(data)
    assert len(srt.parse(data).cues) == 7


def test_srt_markup_goes_and_lines_stay() -> None:
    data = rb"""7
00:00:01,500 --> 00:00:02,000  X1:1
{\an8}<i>Thank you,</i>
<font color="red">Chair</font> & 2 < 3
"""
    assert srt.parse(data).cues == (Cue(1500, 2000, "Thank you,\nChair & 2 < 3"),)


def test_webvtt_voices_notes_settings_and_entities() -> None:
    data = """WEBVTT - a session
Kind: captions

STYLE
::cue { color: red }

NOTE 00:00.000 --> is mentioned
here

intro
00:01.000 --> 00:02.500 align:start
<v.loud Ana Pérez>Good morning <00:01.500><c.x>&amp; welcome</c></v>

01:00:00.000 --> 01:00:01.000
[SPEAKER_01]: مرحبا&lrm;
""".encode()
    assert webvtt.parse(data).cues == (
        Cue(1000, 2500, "Good morning & welcome", "Ana Pérez"),
        Cue(3_600_000, 3_601_000, "مرحبا\u200e", "SPEAKER_01"),
    )
    assert webvtt.parse(data).skipped == 0


def test_a_file_is_told_by_its_signature() -> None:
    cue = b"00:00:01.000 --> 00:00:02.000\n<v Ana>Hi\n"
    assert replay.parse(b"\xef\xbb\xbfWEBVTT\n\n" + cue).cues[0].label == "Ana"
    assert replay.parse(ORIGINAL) == srt.parse(ORIGINAL)


def test_what_cannot_be_read_is_skipped_and_counted() -> None:
    backwards = b"1\n00:00:05,000 --> 00:00:01,000\nends before it starts"
    data = b"\n\n".join([backwards, b"nothing", b"2\n00:00:01,000 --> 00:00:02,000\nok \xff"])
    found = srt.parse(data)
    assert (found.cues, found.skipped) == ((Cue(1000, 2000, "ok \ufffd"),), 2)


def test_cues_come_in_the_order_of_their_start() -> None:
    data = b"00:00:09,000 --> 00:00:10,000\nlater\n\n00:00:01,000 --> 00:00:02,000\nearlier"
    assert [cue.text for cue in srt.parse(data).cues] == ["earlier", "later"]


@pytest.mark.parametrize("parse", [srt.parse, webvtt.parse, replay.parse])
@given(data=st.binary() | st.text(alphabet="0123:,.-> \n<v>[]WEBVTT&;").map(str.encode))
def test_no_file_raises(parse: object, data: bytes) -> None:
    assert callable(parse)
    assert all(cue.start <= cue.end for cue in parse(data).cues)


async def test_a_replay_keeps_the_files_pace_and_can_be_faster() -> None:
    waited: list[int] = []

    async def until(at: int) -> None:
        waited.append(at)

    cues = srt.parse(ORIGINAL).cues
    captions = [caption async for caption in replay.replay(cues, "r1", until)]
    assert waited == [31, 5811, 6371 + 400, 13750, 19110, 24710]
    assert captions[0].segment_id == "r1-1"
    assert captions[0].speaker_label == "SPEAKER_02"
    waited.clear()
    assert [caption async for caption in replay.replay(cues, "r1", until, speed=10)] == captions
    assert waited == [3, 581, 677, 1375, 1911, 2471]
