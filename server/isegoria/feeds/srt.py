"""SubRip files: numbered blocks, a timing line with decimal commas, text with a few HTML and SSA tags."""

from __future__ import annotations

import re

from isegoria.feeds.cues import CaptionFile, Cue, blocks, decode, in_order, speaker, timed

_TAGS = re.compile(r"</?(?:[biu]|font)\b[^>]*>|\{\\[^{}]*\}", re.IGNORECASE)


def parse(data: bytes) -> CaptionFile:
    """The cues of a file. A block that cannot be read is skipped and counted; nothing is raised."""
    cues: list[Cue] = []
    skipped = 0
    for lines in blocks(decode(data)):
        if block := timed(lines):
            cues.append(_cue(*block))
        else:
            skipped += 1
    return in_order([cue for cue in cues if cue.text], skipped)


def _cue(times: tuple[int, int], lines: list[str]) -> Cue:
    label, text = speaker(_TAGS.sub("", "\n".join(lines)).strip())
    return Cue(*times, text, label)
