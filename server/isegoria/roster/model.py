"""What an import is made of: the mapping of columns, and the plan that is shown before anything is kept."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping as Map
from enum import StrEnum
from typing import Any

from pydantic import Field, ValidationError, field_validator

from isegoria.domain.errors import Refused
from isegoria.domain.people import Organisation, Person
from isegoria.domain.text import fold
from isegoria.domain.values import Frozen


class Target(StrEnum):
    """What a column is taken for: a field of `Person`, or something that helps to read the row."""

    DISPLAY_NAME = "display_name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    TITLE = "title"
    FUNCTION = "function"
    ORGANISATION = "organisation"
    CONSTITUENCY = "constituency"
    CITY = "city"
    COUNTRY = "country"
    REGIONS = "regions"
    TIMEZONE = "timezone"
    EMAIL = "email"
    SPOKEN_LANGUAGE = "spoken_language"
    CAPTION_LANGUAGE = "caption_language"
    TOPICS = "topics"
    WANTS_FLOOR = "wants_floor"
    ON_BEHALF_OF = "on_behalf_of"
    ACCESS_NEEDS = "access_needs"
    FIRST_TIME = "first_time"
    ATTRIBUTION = "attribution"
    CONSENT_RECORDING = "consent_recording"
    ROLES = "roles"
    SOURCE_ID = "source_id"
    """The source's own number for this registration."""
    STATUS = "status"
    """Approved, pending, cancelled ..."""
    REGISTERED_AT = "registered_at"
    """Tells which of two registrations of one person is newer."""
    ATTENDED = "attended"
    """Whether the person came, in a report that was made afterwards."""


class Mapping(Frozen):
    """Which column is taken for what. It is shown, can be overridden by a file, and is saved for the next import.

    `columns` goes from a column's heading to its targets: none leaves the column out, several split its answers in
    that order. A heading that occurs twice is "Country" and "Country (2)". `source` is set to read a file as if it
    came from there. `day_first` says how 03/04 is read. `accept` brings in rows of further states ("pending").
    """

    source: str | None = None
    columns: Map[str, tuple[Target, ...]] = Field(default_factory=dict)
    day_first: bool | None = None
    accept: tuple[str, ...] = ()

    @field_validator("columns", mode="before")
    @classmethod
    def _one_or_several(cls, columns: Any) -> Any:
        """A file may say `"Cargo" = "function"`, `"Notas" = ""` or `"Quién" = ["organisation", "city"]`."""
        if not isinstance(columns, dict):
            return columns
        return {
            heading: (([targets] if targets else []) if isinstance(targets, str) else targets)
            for heading, targets in columns.items()
        }

    def targets(self, heading: str) -> tuple[Target, ...] | None:
        """What `heading` is taken for; None when the mapping does not speak of it. Case and spaces do not matter."""
        wanted = fold(heading)
        return next((targets for known, targets in self.columns.items() if fold(known) == wanted), None)

    def heading_of(self, target: Target) -> str | None:
        return next((heading for heading, targets in self.columns.items() if target in targets), None)


def read_mapping(data: bytes, name: str) -> Mapping:
    """A mapping file: TOML when `name` ends in .toml, else JSON (as `Mapping.model_dump_json` writes it).

    Raises Refused("malformed") with the key and what is wanted there.
    """
    try:
        text = data.decode("utf-8-sig")
        return Mapping.model_validate(tomllib.loads(text) if name.endswith(".toml") else json.loads(text))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise Refused("malformed", f"In the mapping file, at {place}: {first['msg']}.") from error
    except (ValueError, RecursionError) as error:
        wanted = "TOML" if name.endswith(".toml") else "JSON"
        raise Refused("malformed", f"The mapping file is not {wanted}: {error}.") from error


class Doubt(Frozen):
    """Something for a person to look at. `line` is the file's line, or 0 for the whole file; `proposal` what to do."""

    line: int
    code: str
    message: str
    proposal: str = ""


class BadRow(Frozen):
    """A row that does not come in."""

    line: int
    reason: str


class Change(Frozen):
    """A known person as they will be, and which of their fields differ from what is kept."""

    line: int
    person: Person
    fields: tuple[str, ...]


class Plan(Frozen):
    """What an import would do. Nothing is kept until somebody says so.

    `rows` counts the rows below the header, those left out included. `organisations` are the new ones only, each
    with the spelling that came first.
    """

    file: str
    source: str
    encoding: str
    delimiter: str
    mapping: Mapping
    rows: int
    new: tuple[Person, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    refused: tuple[BadRow, ...] = ()

    @property
    def to_keep(self) -> tuple[Person, ...]:
        """The persons to write when the plan is accepted: the new and the changed."""
        return self.new + tuple(change.person for change in self.changed)
