"""A transcript as WebVTT (W3C): who speaks is a voice tag on each cue, what the transcript is a note and a first cue.

No text can leave its cue: `<`, `>` and `&` are written as references, so that no "-->" is left, and there is no empty
line (`tidy`), so that none begins with NOTE or STYLE.
"""

from __future__ import annotations

from collections.abc import Iterator

from isegoria.domain.values import SECOND, Millis
from isegoria.report.transcript import Cue, Transcript

NOTICE: Millis = 5 * SECOND
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def export(transcript: Transcript) -> bytes:
    return "\n\n".join(_blocks(transcript)).encode() + b"\n"


def _blocks(transcript: Transcript) -> Iterator[str]:
    yield "WEBVTT"
    yield "\n".join(["NOTE", *(_escaped(line) for line in (*transcript.head, *transcript.notices))])
    yield _cue(Cue(0, NOTICE, "\n".join(transcript.notices)), "")
    for block in transcript.blocks:
        voice = f"<v {_escaped(transcript.phrases.comma.join(block.label))}>" if block.label else ""
        for cue in block.cues:
            yield _cue(cue, "" if cue.remark else voice)


def _cue(cue: Cue, voice: str) -> str:
    return f"{_time(cue.begins)} --> {_time(cue.ends)}\n{voice}{_escaped(cue.text)}"


def _time(time: Millis) -> str:
    seconds, millis = divmod(time, SECOND)
    return f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{millis:03}"


def _escaped(text: str) -> str:
    return text.translate(_REFERENCES)
