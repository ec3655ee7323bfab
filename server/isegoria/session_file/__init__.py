"""A session file: TOML bytes -> what it says -> the command that schedules, the words, the feeds. Pure.

Local times are read in the file's zone; how, is in `local_time.py`. Every problem is told with its key, its line where
that can be found, and what is wanted; how, is in `toml_problems.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, ValidationError, field_validator
from pydantic import model_validator as checks

from isegoria.domain.captions import Feed
from isegoria.domain.commands import PlannedModalities, PlannedSegment, Schedule
from isegoria.domain.errors import Refused
from isegoria.domain.people import About, CaptionTrack, WrittenInput
from isegoria.domain.values import MINUTE, SECOND, Attribution, Enforcement, Instant, Role, SegmentId, SegmentKind
from isegoria.local_time import zone
from isegoria.session_file.captions import FileCaptions, FileWordly, feeds_of
from isegoria.session_file.parts import (
    WORDS,
    Deadline,
    Flag,
    Language,
    Part,
    Seconds,
    Time,
    Words,
    Zone,
    listed,
    one_of,
)
from isegoria.toml_problems import Problem, broken, problems

EXAMPLE = Path(__file__).parent.with_name("consultation.toml")
"""The consultation of 1 July 2025."""
LARGEST = 100_000
MOST_SEGMENTS = 40
A_TAG = 'a short word of a-z, 0-9, "." and "-" in quotes is wanted'

StaffRole: TypeAlias = Literal[Role.MODERATOR, Role.SECRETARIAT, Role.RAPPORTEUR]


class FileModalities(Part):
    limit_s: Seconds = 180
    warnings_s: Annotated[
        tuple[Annotated[int, Field(gt=0, le=3_600, description="whole seconds above 0 are wanted")], ...],
        BeforeValidator(listed),
        Field(max_length=5, description="up to five whole numbers of seconds in [ ] are wanted"),
    ] = (60, 30)
    grace_s: Annotated[int, Field(ge=0, le=600, description="whole seconds from 0 to 600 are wanted")] = 10
    enforcement: Annotated[Enforcement, Field(strict=False, description=one_of(Enforcement))] = Enforcement.CLOSE
    list_closes_at: Time | None = None
    one_per_organisation: Flag = True


class FileSegment(Part):
    title: Words
    kind: Annotated[SegmentKind, Field(strict=False, description=one_of(SegmentKind))]
    minutes: Annotated[int, Field(ge=0, le=600, description="whole minutes from 0 to 600 are wanted, without quotes")]
    limit_s: Seconds | None = None


class FileTopic(Part):
    """A topic that rapporteurs tag interventions with, beside practice, challenge and request."""

    tag: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9.-]{0,39}$", description=A_TAG)]
    title: Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S", description=WORDS)]


class FileDeadline(Part):
    """A deadline for written input. A date without a time means the end of that day in the zone that it names (S3)."""

    timezone: Zone
    at: Deadline
    source: Words


class FileStaff(Part):
    name: Words
    role: Annotated[StaffRole, Field(description=one_of((Role.MODERATOR, Role.SECRETARIAT, Role.RAPPORTEUR)))]


class SessionFile(Part):
    """What a session file says, with its times as instants."""

    title: Words
    organisers: Annotated[
        tuple[Words, ...], BeforeValidator(listed), Field(max_length=20, description="texts in [ ] are wanted")
    ] = ()
    timezone: Zone
    starts_at: Time
    ends_at: Time
    doors_minutes: Annotated[int, Field(ge=0, le=1_440, description="whole minutes from 0 to 1440 are wanted")] = 30
    languages: Annotated[
        tuple[Language, ...],
        BeforeValidator(listed),
        Field(min_length=1, max_length=20, description='language tags in [ ], like ["en", "es"], are wanted'),
    ]
    default_attribution: Annotated[Attribution, Field(strict=False, description=one_of(Attribution))] = (
        Attribution.ORGANISATION
    )
    modalities: Annotated[FileModalities, Field(description="a table [modalities] is wanted")] = FileModalities()
    segments: Annotated[
        tuple[FileSegment, ...],
        BeforeValidator(listed),
        Field(min_length=1, max_length=MOST_SEGMENTS, description="one to 40 tables [[segments]] are wanted"),
    ]
    topics: Annotated[
        tuple[FileTopic, ...],
        BeforeValidator(listed),
        Field(max_length=40, description="tables [[topics]] are wanted"),
    ] = ()
    captions: Annotated[
        tuple[FileCaptions, ...],
        BeforeValidator(listed),
        Field(max_length=40, description="tables [[captions]] are wanted"),
    ] = ()
    wordly: Annotated[FileWordly, Field(description="a table [wordly] is wanted")] = FileWordly()
    deadlines: Annotated[
        tuple[FileDeadline, ...],
        BeforeValidator(listed),
        Field(max_length=20, description="tables [[deadlines]] are wanted"),
    ] = ()
    staff: Annotated[
        tuple[FileStaff, ...],
        BeforeValidator(listed),
        Field(max_length=100, description="tables [[staff]] are wanted"),
    ] = ()

    @field_validator("segments")
    @classmethod
    def _has_a_topic(cls, segments: tuple[FileSegment, ...]) -> tuple[FileSegment, ...]:
        if not any(segment.kind in (SegmentKind.TOPIC, SegmentKind.REACTIONS) for segment in segments):
            raise ValueError('at least one segment of the kind "topic" or "reactions" is wanted, to speak in')
        return segments

    @field_validator("captions")
    @classmethod
    def _has_feeds_of_their_own(cls, captions: tuple[FileCaptions, ...]) -> tuple[FileCaptions, ...]:
        ids = [one.feed.id for one in captions]
        if twice := next((feed for feed in ids if ids.count(feed) > 1), None):
            raise ValueError(f'a feed has one track, and "{twice}" is named twice; give each its own id')
        return captions

    @checks(mode="after")
    def _is_in_order(self) -> Self:
        closes_at = self.modalities.list_closes_at
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at: a time after starts_at is wanted")
        if closes_at is not None and not self.doors_at <= closes_at <= self.ends_at:
            raise ValueError("modalities.list_closes_at: a time between the doors and the end is wanted")
        return self

    @property
    def doors_at(self) -> Instant:
        return self.starts_at - self.doors_minutes * MINUTE


# --- reading -------------------------------------------------------------------------------------


def read_session_file(data: bytes) -> SessionFile:
    """What a file says. Raises Refused("malformed"): a line for each problem, with its key and what is wanted."""
    if len(data) > LARGEST:
        raise Refused("too_large", f"A session file may have {LARGEST} bytes.")
    try:
        text = data.decode("utf-8-sig")
        written = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused([broken(data, error)]) from None
    try:
        return SessionFile.model_validate(written, context=_known_zone(written))
    except ValidationError as error:
        raise _refused(problems(error, SessionFile, text)) from None


def _known_zone(written: Mapping[str, Any]) -> str | None:
    """The file's zone, in which its times are read; None if it is not there, which is told as a problem of its own."""
    name = written.get("timezone")
    try:
        return zone(name).key if isinstance(name, str) else None
    except ValueError:
        return None


def _refused(found: list[Problem]) -> Refused:
    message = "\n".join(str(problem) for problem in found)
    return Refused("malformed", message, key=found[0].key, line=found[0].line)


# --- what it means -------------------------------------------------------------------------------


def schedule(file: SessionFile, *, rehearsal: bool = False) -> Schedule:
    """The first command of the session. Segments are s1, s2 and so on; their titles are in `about`."""
    rules = file.modalities
    return Schedule(
        timezone=file.timezone,
        doors_at=file.doors_at,
        starts_at=file.starts_at,
        ends_at=file.ends_at,
        list_closes_at=rules.list_closes_at,
        segments=tuple(_planned(segment_id, segment) for segment_id, segment in _numbered(file)),
        modalities=PlannedModalities(
            limit=rules.limit_s * SECOND,
            warnings=tuple(seconds * SECOND for seconds in rules.warnings_s),
            grace=rules.grace_s * SECOND,
            enforcement=rules.enforcement,
            one_per_organisation=rules.one_per_organisation,
        ),
        default_attribution=file.default_attribution,
        rehearsal=rehearsal,
    )


def about(file: SessionFile) -> About:
    """What the file says in words, which the journal must not hold."""
    return About(
        title=file.title,
        organisers=file.organisers,
        languages=file.languages,
        segments={segment_id: segment.title for segment_id, segment in _numbered(file)},
        topics={topic.tag: topic.title for topic in file.topics},
        tracks=tuple(_track(captions) for captions in file.captions),
        written_input=tuple(
            WrittenInput(at=deadline.at, timezone=deadline.timezone, source=deadline.source)
            for deadline in file.deadlines
        ),
    )


def feeds(file: SessionFile) -> tuple[Feed, ...]:
    """The sources of captions, in the file's order."""
    return feeds_of(file.captions, file.wordly)


def moved_to(file: SessionFile, starts_at: Instant) -> SessionFile:
    """The same session at another time: one difference is added to all instants, whatever clocks do in between."""
    by = starts_at - file.starts_at
    closes_at = file.modalities.list_closes_at
    rules = file.modalities.model_copy(update={"list_closes_at": None if closes_at is None else closes_at + by})
    deadlines = tuple(one.model_copy(update={"at": one.at + by}) for one in file.deadlines)
    return file.model_copy(
        update={
            "starts_at": starts_at,
            "ends_at": file.ends_at + by,
            "modalities": rules,
            "deadlines": deadlines,
        }
    )


def _numbered(file: SessionFile) -> list[tuple[SegmentId, FileSegment]]:
    return [(f"s{number}", segment) for number, segment in enumerate(file.segments, 1)]


def _planned(segment_id: SegmentId, segment: FileSegment) -> PlannedSegment:
    limit = None if segment.limit_s is None else segment.limit_s * SECOND
    return PlannedSegment(id=segment_id, kind=segment.kind, planned=segment.minutes * MINUTE, limit=limit)


def _track(captions: FileCaptions) -> CaptionTrack:
    return CaptionTrack(
        track=captions.track,
        language=captions.language,
        feed=captions.feed.id,
        machine=captions.machine,
        is_translation=captions.is_translation,
    )
