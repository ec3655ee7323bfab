"""A transcript as SubRip: who speaks is named where the speaker changes, what the transcript is in a first cue.

SubRip has no way to escape anything. A word joiner, which is not seen, keeps an arrow, a time and a tag ("<i>",
"{\\an8}") of a text from being one of the file's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from isegoria.domain.values import SECOND, Millis
from isegoria.report.direction import isolated
from isegoria.report.transcript import Cue, Transcript

NOTICE: Millis = 5 * SECOND
JOINER = "\u2060"
_MEANT = re.compile(
    r"--(?=>)"
    r"|[<{](?=[A-Za-z/\\!])"
    r"|^(?=[0-9]+[.,:．，。：][0-9]+[.,:．，。：][0-9])",  # a time at the beginning of a line ends a cue for some
    re.MULTILINE,
)


def export(transcript: Transcript) -> bytes:
    numbers = count(1)
    return "\n".join(f"{next(numbers)}\n{_cue(cue)}\n" for cue in _cues(transcript)).encode()


def _cues(transcript: Transcript) -> Iterator[Cue]:
    yield Cue(0, NOTICE, "\n".join(transcript.notices))
    for block in transcript.blocks:
        said = next((cue for cue in block.cues if not cue.remark), None)
        label = isolated(transcript.phrases.comma.join(block.label), said.text) if said else ""
        for cue in block.cues:
            yield Cue(cue.begins, cue.ends, f"{label}: {cue.text}") if cue is said and label else cue


def _cue(cue: Cue) -> str:
    return f"{_time(cue.begins)} --> {_time(cue.ends)}\n{_MEANT.sub(_disarmed, cue.text)}"


def _disarmed(found: re.Match[str]) -> str:
    return found[0] + JOINER


def _time(time: Millis) -> str:
    seconds, millis = divmod(time, SECOND)
    return f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{millis:03}"
