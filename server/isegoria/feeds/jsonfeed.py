"""Our own feed: one JSON object per message, for speech recognisers and for bridges that organisers write.

`{"segment_id": "7", "status": "partial", "revision": 3, "text": "Thank you", "language": "en"}`; `starts_at` and
`ends_at` in UTC milliseconds, `speaker_label` for the team. `{"type": "clear"}` wipes what is open. Fields that are
not known are ignored, so that a bridge may send what it has.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from isegoria.domain.captions import Caption, Clear, Mode, Sent
from isegoria.domain.values import Instant
from isegoria.feeds.languages import language_tag

MODE: Final = Mode.REVISE

LARGEST = 65_536
"""Bytes of one message."""

_Time: TypeAlias = Annotated[Instant, Field(ge=0, le=2**53)]


class Malformed(ValueError):
    """A message that is no caption. Its text says which field, and what is wanted."""


def _tag(text: str) -> str:
    if tag := language_tag(text):
        return tag
    raise ValueError("a language tag is wanted, like es or pt-BR")


class CaptionMessage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    type: Literal["caption"] = "caption"
    segment_id: Annotated[str, Field(min_length=1, max_length=64)]
    status: Sent
    revision: Annotated[int, Field(ge=1, le=2**31)] | None = None
    text: str = ""
    language: Annotated[str, AfterValidator(_tag)] | None = None
    speaker_label: Annotated[str, Field(max_length=100)] | None = None
    starts_at: _Time | None = None
    ends_at: _Time | None = None


class _TokenMessage(BaseModel):
    model_config = ConfigDict(extra="ignore")

    token: Annotated[str, Field(min_length=1, max_length=200)]


class _ClearMessage(BaseModel):
    model_config = ConfigDict(extra="ignore")

    type: Literal["clear"]


def read(message: str | bytes) -> Caption | Clear:
    """What a message says. Raises Malformed."""
    if len(message) > LARGEST:
        raise Malformed(f"a message may have {LARGEST} bytes")
    try:
        if _is_clear(message):
            return Clear()
        return Caption(**CaptionMessage.model_validate_json(message).model_dump(exclude={"type"}))
    except ValidationError as wrong:
        raise Malformed(_first(wrong)) from None


def token(message: str | bytes) -> str:
    """The secret of a first message `{"token": "..."}`. Raises Malformed."""
    try:
        return _TokenMessage.model_validate_json(message).token
    except ValidationError as wrong:
        raise Malformed(_first(wrong)) from None


def write(caption: Caption) -> str:
    """The message that says `caption`."""
    return CaptionMessage.model_validate(caption.model_dump()).model_dump_json(exclude_none=True)


def _is_clear(message: str | bytes) -> bool:
    try:
        return bool(_ClearMessage.model_validate_json(message))
    except ValidationError:
        return False


def _first(wrong: ValidationError) -> str:
    """The first thing that is wrong, without the input: captions are not for logs."""
    problem = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(map(str, problem["loc"]))
    return f"{field}: {problem['msg']}" if field else problem["msg"]
