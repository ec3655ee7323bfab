"""A transcript to read: a heading for each turn, and under it what was said, run together into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from isegoria.domain.values import SECOND, Millis
from isegoria.report.direction import RLM, isolated, runs_from_the_right
from isegoria.report.reading import joint
from isegoria.report.transcript import Block, Cue, Transcript, clock

PAUSE: Millis = 20 * SECOND
"""Between the beginnings of two captions: a new paragraph follows."""
LONG = 260
TOO_LONG = 700
"""From `LONG` on a paragraph ends with its sentence, from here on in any case."""
SENTENCE_END = re.compile(r"[.!?…。！？؟।][\W_]*$")


def export(transcript: Transcript) -> bytes:
    """Paragraphs are lines with an empty one between them."""
    paragraphs = [*transcript.head, "", *transcript.notices]
    text = "\n".join(paragraphs) + "".join(f"\n\n\n{_block(block, transcript)}" for block in transcript.blocks)
    return text.encode() + b"\n"


def _block(block: Block, transcript: Transcript) -> str:
    comma = transcript.phrases.comma
    label = comma.join(isolated(part, "".join(block.label)) for part in block.label) or transcript.phrases.between
    # A heading begins with digits and isolates, which say nothing of its direction.
    mark = RLM if runs_from_the_right(transcript.phrases.between) else ""
    heading = f"{mark}{block.clock} ({clock(block.begins)}) {label}"
    titled = [f"{block.title}\n"] if block.title else []
    return "\n".join([*titled, heading, *_paragraphs(block.cues)])


def _paragraphs(cues: Sequence[Cue]) -> Iterator[str]:
    written, last = "", None
    for cue in cues:
        text = _run_on(cue.text)
        if last and _goes_on(written, last, cue):
            written += joint(written, text) + text
        else:
            if written:
                yield f"\n{written}"
            written = text
        last = cue
    if written:
        yield f"\n{written}"


def _run_on(text: str) -> str:
    """The lines of a caption as one."""
    first, *others = text.split("\n")
    for line in others:
        first += joint(first, line) + line
    return first


def _goes_on(written: str, last: Cue, cue: Cue) -> bool:
    if last.remark or cue.remark or cue.begins - last.begins >= PAUSE:
        return False
    return len(written) < (LONG if SENTENCE_END.search(written) else TOO_LONG)
