"""WebVTT files (https://www.w3.org/TR/webvtt1/): a signature, cues with settings, voices, notes and style blocks."""

from __future__ import annotations

import html
import re

from isegoria.domain.values import Millis
from isegoria.feeds.cues import CaptionFile, Cue, blocks, decode, in_order, speaker, timed

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>\n]{1,100})>")
_TAGS = re.compile(r"<[^>]*>")
_NO_CUE = re.compile(r"WEBVTT|NOTE|STYLE|REGION|X-TIMESTAMP-MAP")


def parse(data: bytes) -> CaptionFile:
    """The cues of a file. A block that cannot be read is skipped and counted; nothing is raised."""
    cues: list[Cue] = []
    skipped = 0
    for lines in blocks(decode(data)):
        if block := timed(lines):
            cues.append(cue(*block))
        elif not is_no_cue(lines):
            skipped += 1
    return in_order([one for one in cues if one.text], skipped)


def is_no_cue(lines: list[str]) -> bool:
    """Whether a block is the signature, a note, or says how things should look."""
    return bool(_NO_CUE.match(lines[0]))


def cue(times: tuple[Millis, Millis], lines: list[str]) -> Cue:
    """The cue of a block's timing and text. Its voice is the first; without one its text may name the speaker."""
    written = "\n".join(lines)
    voice = _VOICE.search(written)
    label, text = speaker(html.unescape(_TAGS.sub("", written)).strip())
    return Cue(*times, text, html.unescape(voice[1]).strip() if voice else label)
