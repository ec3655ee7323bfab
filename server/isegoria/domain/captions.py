"""The caption segment, whatever feed it came from, and what a feed sends before it is one.

`spoken_at`, `starts_at` and `ends_at` of a segment are instants of the session's clock; `received_at` is real time.
How revisions of a segment merge is in revisions.py, what counts as an outage in gaps.py. Rules C1 to C14.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from isegoria.domain.session import Session, SessionClock
from isegoria.domain.text import clean
from isegoria.domain.values import MINUTE, SECOND, Frozen, Instant, Millis, PersonId, TurnId

Track: TypeAlias = str
"""What a reader chooses: "floor" (as spoken, may mix languages) or a language (BCP 47)."""
FLOOR: Track = "floor"

LONGEST_LABEL = 100
OLDEST_START: Millis = 60 * MINUTE
FURTHEST_START: Millis = 60 * SECOND
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class CaptionStatus(StrEnum):
    PARTIAL = "partial"
    FINAL = "final"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    GAP = "gap"


class Origin(StrEnum):
    HUMAN = "human"
    MACHINE = "machine"


class GapReason(StrEnum):
    INTERRUPTED = "interrupted"
    OFF_THE_RECORD = "off_the_record"
    MUTED = "muted"


Key: TypeAlias = tuple[str, str, str]
"""What revisions of one segment share: (source, language, segment_id)."""


class CaptionSegment(Frozen):
    """A piece of captions in one language. The same (source, language, segment_id) comes again with higher revisions.

    `position` is given by the track's stream to all but partials, without holes. `speaker_label` is the feed's own
    word for who speaks, for the team only. A gap has no text; it reaches from `starts_at` to `ends_at`.
    A retracted segment without a position takes back a partial, or one that was said off the record.
    """

    source: str
    segment_id: str
    revision: int = 1
    status: CaptionStatus
    language: str
    origin: Origin = Origin.MACHINE
    is_translation: bool = False
    text: str = ""
    speaker_label: str | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    received_at: Instant
    spoken_at: Instant
    position: int | None = None
    reason: GapReason | None = None
    by: PersonId | None = None
    """Who of the team corrected or retracted it; None for what the feed itself said."""

    @property
    def key(self) -> Key:
        return self.source, self.language, self.segment_id

    @classmethod
    def kept(cls, position: int, data: bytes) -> CaptionSegment:
        """What the bytes say that a track keeps at a position."""
        return cls.model_validate_json(data).model_copy(update={"position": position})

    def for_public(self) -> CaptionSegment:
        """Without the feed's word for who speaks, and who of the team corrected it."""
        return self.model_copy(update={"speaker_label": None, "by": None})


class Mode(StrEnum):
    """How what a feed sends becomes segments; every file of feeds/ names its own."""

    APPEND = "append"
    """Each caption is a line of its own, final as it comes; its adapter tells repeats apart."""
    REVISE = "revise"
    """A caption comes again under its id until it is final."""


Sent: TypeAlias = Literal[CaptionStatus.PARTIAL, CaptionStatus.FINAL, CaptionStatus.CORRECTED, CaptionStatus.RETRACTED]


class Caption(Frozen):
    """What an adapter in feeds/ reads: a caption that does not know yet when it was spoken, nor what it replaces.

    `starts_at` and `ends_at` are real time. `revision` None: the feed does not number, the order of arrival counts.
    """

    segment_id: str
    text: str
    status: Sent = CaptionStatus.FINAL
    revision: int | None = None
    language: str | None = None
    speaker_label: str | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None


class Clear(Frozen):
    """What a feed sends to wipe its captions: open partials go, finals stay (C8)."""


class Wordly(Frozen):
    """A Wordly session to attend, in one of its languages. `code` "" says that it is not known yet."""

    type: Literal["wordly"] = "wordly"
    code: str = ""
    passcode: str = ""
    connection_code: str = ""
    language: str
    """Wordly's own code of the language."""


_WORDLY_CODE = re.compile(r"([A-Z]{4})[\s\-\u2010-\u2014]*([0-9]{4})")


def wordly_code(typed: str) -> str | None:
    """A Wordly session's code as it is sent, however it was typed: "abcd 1234" is "ABCD-1234". None if it is none."""
    found = _WORDLY_CODE.fullmatch(typed.strip().upper())
    return f"{found[1]}-{found[2]}" if found else None


class StreamText(Frozen):
    """A StreamText event to read."""

    type: Literal["streamtext"] = "streamtext"
    event: str
    language: str = "en"


class Feed(Frozen):
    """A source of captions for one track, as the organiser set it up.

    `lag`: how far its captions are behind speech. `pulled`: where we fetch it; None for one that pushes. `rolls_up`:
    its program sends the whole window of lines again for every word.
    """

    id: str
    name: str
    track: Track
    language: str
    origin: Origin = Origin.MACHINE
    is_translation: bool = False
    lag: Millis = 0
    pulled: Annotated[Wordly | StreamText, Field(discriminator="type")] | None = None
    rolls_up: bool = False


UNNUMBERED = 0
"""The revision of a stamped segment whose feed does not number."""


def stamp(feed: Feed, caption: Caption, clock: SessionClock, received_at: Instant) -> CaptionSegment:
    """The segment that `caption` is, if nothing came before it: cleaned (C1) and with its time (C2)."""
    text = normal(caption.text)
    starts_at = _believed(caption.starts_at, received_at)
    ends_at = _believed(caption.ends_at, received_at)
    spoken = received_at - feed.lag if starts_at is None else min(starts_at, received_at)
    return CaptionSegment(
        source=feed.id,
        segment_id=caption.segment_id,
        revision=UNNUMBERED if caption.revision is None else caption.revision,
        status=caption.status,
        language=_language(feed, caption),
        origin=feed.origin,
        is_translation=feed.is_translation,
        text=text if text.strip() else "",
        speaker_label=clean(caption.speaker_label or "")[:LONGEST_LABEL].strip() or None,
        starts_at=None if starts_at is None else clock.at(spoken),
        ends_at=None if ends_at is None else clock.at(ends_at),
        received_at=received_at,
        spoken_at=clock.at(spoken),
    )


def in_language(segment: CaptionSegment, feed: Feed, caption: Caption, spoken: str | None) -> CaptionSegment:
    """The segment with the language that it is in, and whether that is a translation of what was `spoken` (C20)."""
    if spoken is None:
        return segment
    if feed.track == FLOOR:
        return segment.model_copy(update={"language": caption.language or spoken})
    return segment.model_copy(update={"is_translation": _primary(segment.language) != _primary(spoken)})


def _primary(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


def normal(text: str) -> str:
    r"""The form of a caption's text that is kept: cleaned, `<br>` as `\n`, nothing else changed (C1)."""
    return clean(_LINE_BREAK.sub("\n", text))


def turn_at(turns: Iterable[tuple[TurnId, Instant, Instant | None]], spoken_at: Instant) -> TurnId | None:
    """The turn during which something was spoken; None between turns (C3). A turn without an end still runs."""
    spans = [turn for turn in turns if turn[1] <= spoken_at and (turn[2] is None or spoken_at < turn[2])]
    return max(spans, key=lambda turn: turn[1])[0] if spans else None


def spans(session: Session) -> list[tuple[TurnId, Instant, Instant | None]]:
    """The turns of a session in the shape that `turn_at` takes."""
    over: list[tuple[TurnId, Instant, Instant | None]] = [(t.id, t.began_at, t.ended_at) for t in session.turns]
    return [*over, (session.turn.id, session.turn.began_at, None)] if session.turn else over


def _believed(at: Instant | None, received_at: Instant) -> Instant | None:
    """A feed's clock may be wrong: a time far from the receipt says nothing (C2)."""
    if at is None or not received_at - OLDEST_START <= at <= received_at + FURTHEST_START:
        return None
    return at


def _language(feed: Feed, caption: Caption) -> str:
    """The floor mixes languages, so there the caption's own counts; on all other tracks the organiser's word does."""
    return caption.language or feed.language if feed.track == FLOOR else feed.language
