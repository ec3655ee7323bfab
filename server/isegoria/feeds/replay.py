"""Caption files as a feed, at their own pace or faster: for rehearsals, and to repair a record."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Final, TypeAlias

from isegoria.domain.captions import Caption, Mode
from isegoria.domain.values import Millis
from isegoria.feeds import srt, webvtt
from isegoria.feeds.cues import CaptionFile, Cue

MODE: Final = Mode.REVISE

Until: TypeAlias = Callable[[Millis], Awaitable[None]]
"""Waits until so many milliseconds after the replay's beginning."""


def parse(data: bytes) -> CaptionFile:
    """The cues of an SRT or a WebVTT file, told apart by the signature that the latter must have."""
    return webvtt.parse(data) if data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") else srt.parse(data)


async def replay(cues: Iterable[Cue], run: str, until: Until, speed: float = 1) -> AsyncIterator[Caption]:
    """Each cue as a final when its time has come, `speed` times faster than the file says.

    `run` names this replay: what is sent again under the same name is a repeat, under another it is new. The captions
    carry no time of their own, since that of the file says nothing about the session.
    """
    for number, cue in enumerate(cues, start=1):
        await until(round(cue.start / speed))
        yield Caption(segment_id=f"{run}-{number}", text=cue.text, speaker_label=cue.label)
