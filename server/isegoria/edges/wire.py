"""What travels over Socket.IO: one table of events with their shapes, in both directions.

client -> server, always acknowledged with `Ack`: `command`, `follow`, `clock`.
server -> client: `view`, `captions`, `status`, `leaving`. The client's types are generated from these models.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from isegoria.domain.captions import CaptionSegment, CaptionStatus, GapReason, Origin
from isegoria.domain.commands import Command
from isegoria.domain.errors import Code, Refused, Value
from isegoria.domain.values import Frozen, Instant, Millis
from isegoria.live.rooms import CaptionFrame
from isegoria.views.models import EngineView, PersonalView, PublicView, StatusView, TeamView

Id: TypeAlias = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]
TrackName: TypeAlias = Annotated[str, Field(pattern="^[A-Za-z0-9-]{1,35}$")]


class Auth(BaseModel):
    """What a client sends with CONNECT. `client` names the tab, so that it supersedes only its own older connection."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    session: Id
    token: Annotated[str, Field(min_length=20, max_length=100)]
    client: Id


class CommandRequest(Frozen):
    """`id` is the client's: the same id again gets the first answer."""

    id: Id
    command: Command


class FollowRequest(Frozen):
    """Tracks to read from now on, instead of any others. `since`: the last position that the client has of a track."""

    tracks: Annotated[tuple[TrackName, ...], Field(max_length=4)]
    since: dict[TrackName, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)


class ClockRequest(Frozen):
    pass


class WireCaption(Frozen):
    """A caption segment as readers get it. Instants are session time."""

    id: str
    """Of the segment, unique within the track: a higher `revision` replaces."""
    revision: int
    status: CaptionStatus
    language: str
    origin: Origin
    is_translation: bool
    text: str
    spoken_at: Instant
    position: int | None
    reason: GapReason | None = None
    ends_at: Instant | None = None
    """Of a gap: until when."""
    label: str | None = None
    """The feed's own word for who speaks: for the team only."""
    by: str | None = None
    """Who of the team corrected or retracted it: for the team only."""
    changed_at: Instant | None = None
    """When they did, in real time."""


def wire_caption(segment: CaptionSegment) -> WireCaption:
    """The segment as it travels; whether a label may be told is the caller's matter."""
    return WireCaption(
        id=f"{segment.source}:{segment.language}:{segment.segment_id}",
        revision=segment.revision,
        status=segment.status,
        language=segment.language,
        origin=segment.origin,
        is_translation=segment.is_translation,
        text=segment.text,
        spoken_at=segment.spoken_at,
        position=segment.position,
        reason=segment.reason,
        ends_at=segment.ends_at,
        label=segment.speaker_label,
        by=segment.by,
        changed_at=segment.received_at if segment.by else None,
    )


class CaptionsFrame(Frozen):
    """Segments after position `after` up to `position`, and partials, which have none.

    Whoever's position is below `after` has missed something and asks again with `follow`. `more`: older ones can be
    had by HTTP. `test`: the session is not live, nothing of this is kept.
    """

    track: str
    after: int
    position: int
    segments: tuple[WireCaption, ...]
    more: bool = False
    test: bool = False


def wire_frame(frame: CaptionFrame) -> CaptionsFrame:
    return CaptionsFrame(
        track=frame.track,
        after=frame.after,
        position=frame.position,
        segments=tuple(wire_caption(segment) for segment in frame.segments),
        more=frame.more,
        test=frame.test,
    )


class ErrorBody(Frozen):
    """A refusal: what is true now. `retry`: the same may succeed later."""

    code: Code
    message: str
    detail: dict[str, Value] = Field(default_factory=dict)
    retry: bool = False

    @classmethod
    def of(cls, refusal: Refused) -> ErrorBody:
        return cls(code=refusal.code, message=refusal.message, detail=refusal.detail, retry=refusal.retry)


class Refusal(Frozen):
    ok: Literal[False] = False
    error: ErrorBody


class CommandDone(Frozen):
    """`version` is the journal's entry that the command made."""

    ok: Literal[True] = True
    version: int


class FollowDone(Frozen):
    """`positions`: where each track stands after the frames that come with this answer."""

    ok: Literal[True] = True
    positions: dict[str, int]


class ClockDone(Frozen):
    """`t`: the engine's time, in UTC milliseconds."""

    ok: Literal[True] = True
    t: Instant


class TimeTold(Frozen):
    """`t`: the engine's time, in UTC milliseconds, when the server let this client in: the answer to its CONNECT."""

    t: Instant


class Leaving(Frozen):
    """The server goes. All come back within that time, each at a moment of its own, so as not to come all at once."""

    within_ms: Millis


View: TypeAlias = Annotated[PublicView | PersonalView | TeamView, Field(discriminator="scope")]

CLIENT_EVENTS: dict[str, tuple[type[Frozen], type[Frozen]]] = {
    "command": (CommandRequest, CommandDone),
    "follow": (FollowRequest, FollowDone),
    "clock": (ClockRequest, ClockDone),
}
"""event -> (request, answer when accepted)."""

SERVER_EVENTS: dict[str, TypeAdapter[object]] = {
    "view": TypeAdapter(View),
    "captions": TypeAdapter(CaptionsFrame),
    "status": TypeAdapter(StatusView),
    "engine": TypeAdapter(EngineView),
    "time": TypeAdapter(TimeTold),
    "leaving": TypeAdapter(Leaving),
}
