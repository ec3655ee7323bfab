"""A transcript as a file: its bytes, its media type, its name."""

from __future__ import annotations

from collections.abc import Sequence

from isegoria.domain.captions import CaptionSegment, Track
from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.values import Tier
from isegoria.report import as_srt, as_txt, as_vtt
from isegoria.report.transcript import transcript

_EXPORTS = {"vtt": as_vtt.export, "srt": as_srt.export, "txt": as_txt.export}
TYPES = {
    "vtt": "text/vtt; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def transcript_file(
    kind: str, session: Session, people: People, track: Track, captions: Sequence[CaptionSegment], tier: Tier
) -> bytes:
    """`kind` is one of `TYPES`; `captions` are what the track keeps, all revisions."""
    return _EXPORTS[kind](transcript(session, people, track, captions, tier))


def file_name(session: str, track: Track, tier: Tier, kind: str) -> str:
    """What others may not have says so."""
    return f"isegoria-{session}-{track}{'-internal' if tier is Tier.INTERNAL else ''}.{kind}"
