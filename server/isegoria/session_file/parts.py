"""What the tables of a session file have in common: types of values, each with what is wanted in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo

from isegoria.domain.values import Frozen, Instant
from isegoria.local_time import end_of_day, instant, zone


def _in_zone(value: object, info: ValidationInfo) -> object:
    """The instant of a local time, in the zone of its table or else of the file."""
    name = info.data.get("timezone", info.context)
    if type(value) is date and info.field_name == "at" and name:
        return end_of_day(value, name)
    if not isinstance(value, datetime):
        return value
    # Without a zone no time can be read; that the zone is missing is told as a problem of its own.
    return instant(value, name) if name else 0


def _zone_name(value: object) -> object:
    if isinstance(value, str):
        zone(value)
    return value


def listed(value: object) -> object:
    """TOML knows arrays only; strict models want tuples."""
    return tuple(value) if isinstance(value, list) else value


A_ZONE = 'a zone of the IANA list in quotes, like "Europe/Madrid", is wanted'
A_TIME = "a date and time without quotes, like 2025-07-01T15:00:00, is wanted"
A_DEADLINE = "a date, whose end is meant, or a date and time, both without quotes, is wanted"
A_LANGUAGE = 'a language tag in quotes, like "es" or "pt-BR", is wanted'
YES_OR_NO = "true or false is wanted"
WORDS = "a text in quotes is wanted"

Zone: TypeAlias = Annotated[str, BeforeValidator(_zone_name), Field(description=A_ZONE)]
Time: TypeAlias = Annotated[Instant, BeforeValidator(_in_zone), Field(description=A_TIME)]
Deadline: TypeAlias = Annotated[Instant, BeforeValidator(_in_zone), Field(description=A_DEADLINE)]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S", description=WORDS)]
Flag: TypeAlias = Annotated[bool, Field(description=YES_OR_NO)]
TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
Language: TypeAlias = Annotated[str, Field(pattern=TAG, description=A_LANGUAGE)]
Seconds: TypeAlias = Annotated[
    int, Field(ge=15, le=3_600, description="whole seconds from 15 to 3600 are wanted, without quotes")
]


def one_of(kinds: type[Any] | tuple[str, ...]) -> str:
    return "one of " + ", ".join(f'"{kind}"' for kind in kinds) + " is wanted"


class Part(Frozen):
    """A table of the file: exactly the types that are asked for."""

    model_config = ConfigDict(strict=True)
