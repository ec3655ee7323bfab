"""Attending a Wordly session: what its socket is sent, and what it says. Known from clients that are public.

`{"type": "phrase", "phraseId": "7", "translatedText": "Gracias", "translatedLanguageCode": "es", "isFinal": false}`
comes again under its id, each time with the whole text, until it is final. There is no time, no number and no history,
and one language a socket. What is not known here, types and fields, is passed over; `Read.unknown` names it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from isegoria.domain.captions import Caption, CaptionStatus, Mode, Wordly
from isegoria.domain.text import clean
from isegoria.feeds.languages import language_tag

MODE: Final = Mode.REVISE

LARGEST = 65_536
"""Characters of a message that is read; what is larger is no phrase."""
LONGEST_ID = 64
LONGEST_NAME = 40
"""Of what is not known, as it is named in a log."""

_SPEECH = '"synthesizedSpeech"'
_PHRASE = {
    "phraseId",
    "speakerId",
    "speakerTag",
    "name",
    "translatedText",
    "translatedLanguageCode",
    "isFinal",
}
_FIELDS = {
    "phrase": _PHRASE,
    "status": {"success", "message"},
    "error": {"message"},
    "users": {"presenters", "attendees", "others"},
    "speech": {"phraseId", "translatedLanguageCode", "synthesizedSpeech"},
    "end": set[str](),
    "echo": set[str](),
}


class Malformed(ValueError):
    """A message that cannot be used. Its text says why, without quoting it."""


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to `connect`: whether we attend, and why not."""

    success: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that Wordly tells those who attend."""

    message: str


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The session is over in Wordly."""


Said: TypeAlias = Caption | Status | Problem | SessionEnded


@dataclass(frozen=True, slots=True)
class Read:
    """What a message says, None if nothing that matters here; and the names in it that are not known."""

    said: Said | None = None
    unknown: tuple[str, ...] = ()


class _Phrase(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    phraseId: Annotated[str, Field(min_length=1)]  # noqa: N815 - the names are Wordly's
    translatedText: str  # noqa: N815
    translatedLanguageCode: str | None = None  # noqa: N815
    isFinal: bool = False  # noqa: N815
    name: str | None = None
    speakerTag: str | None = None  # noqa: N815


def connect(session: Wordly, language: str) -> str:
    """The first message, which asks to attend in a language of Wordly's."""
    asked = {
        "type": "connect",
        "presentationCode": session.code,
        "languageCode": language,
        "accessKey": session.passcode,
        "connectionCode": session.connection_code,
    }
    return json.dumps({name: value for name, value in asked.items() if value})


def change(language: str) -> str:
    """Asks for another language on the same socket."""
    return json.dumps({"type": "change", "languageCode": language})


def disconnect() -> str:
    return json.dumps({"type": "disconnect"})


def read(message: str | bytes) -> Read:
    """What a message says. Raises Malformed."""
    if len(message) > LARGEST:
        return _large(message)
    try:
        fields = from_json(message)
    except ValueError:
        raise Malformed("no JSON") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("type"), str):
        raise Malformed("no message of the protocol")
    kind = fields["type"]
    if kind not in _FIELDS:
        return Read(unknown=(_shortly(kind),))
    unknown = tuple(_shortly(f"{kind}.{name}") for name in sorted(fields.keys() - _FIELDS[kind] - {"type"}))
    return Read(_said(kind, fields), unknown)


def _large(message: str | bytes) -> Read:
    """Speech is long and not for us: it is told by its name, so that megabytes of numbers are not read."""
    if _SPEECH in message if isinstance(message, str) else _SPEECH.encode() in message:
        return Read()
    raise Malformed("too large")


def _said(kind: str, fields: Mapping[str, Any]) -> Said | None:
    match kind:
        case "phrase":
            return _caption(fields)
        case "status":
            return Status(fields.get("success") is True, _words(fields))
        case "error":
            return Problem(_words(fields))
        case "end":
            return SessionEnded()
        case _:
            return None


def _caption(fields: Mapping[str, Any]) -> Caption:
    try:
        phrase = _Phrase.model_validate(fields)
    except ValidationError as wrong:
        problem = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        raise Malformed(f"{problem['loc'][0]}: {problem['msg']}") from None
    return Caption(
        segment_id=_id(phrase.phraseId),
        text=phrase.translatedText,
        status=CaptionStatus.FINAL if phrase.isFinal else CaptionStatus.PARTIAL,
        language=language_tag(phrase.translatedLanguageCode),
        speaker_label=phrase.name or phrase.speakerTag,
    )


def _id(phrase: str) -> str:
    """How long ids may be is not known: long ones are told apart by their hash."""
    return phrase if len(phrase) <= LONGEST_ID else hashlib.sha256(phrase.encode(errors="replace")).hexdigest()[:32]


def _words(fields: Mapping[str, Any]) -> str:
    message = fields.get("message")
    return clean(message) if isinstance(message, str) else ""


def _shortly(name: str) -> str:
    return clean(name)[:LONGEST_NAME]
