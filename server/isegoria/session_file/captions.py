"""The tables of captions: which tracks there are, and the feed that each comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field
from pydantic import model_validator as checks

from isegoria.domain.captions import Feed, Origin, StreamText, Wordly, wordly_code
from isegoria.domain.values import SECOND
from isegoria.session_file.parts import A_LANGUAGE, TAG, WORDS, Flag, Language, Part, Words, one_of


def _wordly_code(value: str) -> str:
    if (code := wordly_code(value)) is None:
        raise ValueError('the code of a Wordly session, like "ABCD-1234", is wanted')
    return code


A_TRACK = '"floor" or a language tag, like "es", in quotes is wanted'
A_FEED_ID = 'a short id of a-z, 0-9 and "-" in quotes is wanted'

TrackName: TypeAlias = Annotated[str, Field(pattern=rf"^floor$|{TAG}", description=A_TRACK)]
FeedId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$", description=A_FEED_ID)]
WordlyCode: TypeAlias = Annotated[
    str, AfterValidator(_wordly_code), Field(description='the code of a Wordly session, like "ABCD-1234", is wanted')
]


class FileWordly(Part):
    """The Wordly session that all feeds of the service "wordly" attend. Its code may be given later."""

    code: WordlyCode = ""
    passcode: Annotated[str, Field(max_length=100, description=WORDS)] = ""
    connection_code: Annotated[str, Field(max_length=100, description=WORDS)] = ""


class FileFeed(Part):
    """`lag_s`: how far its captions come behind the speech. `service`: where we fetch it; without, it pushes.

    `service_language`: the service's own code, if it is not the track's. `event`: of StreamText. `rolls_up`: its
    program sends its whole window again for each word.
    """

    id: FeedId
    name: Words
    lag_s: Annotated[float, Field(ge=0, le=60, description="seconds from 0 to 60 are wanted")] = 0.0
    service: Annotated[Literal["wordly", "streamtext"] | None, Field(description=one_of(("wordly", "streamtext")))] = (
        None
    )
    service_language: Annotated[str, Field(pattern="^[A-Za-z0-9-]{2,20}$", description=A_LANGUAGE)] | None = None
    event: Annotated[str, Field(min_length=1, max_length=100, description=WORDS)] | None = None
    rolls_up: Flag = False

    @checks(mode="after")
    def _has_an_event(self) -> Self:
        if (self.event is None) == (self.service == "streamtext"):
            raise ValueError(
                'event: the name of the StreamText event is wanted with service = "streamtext", only there'
            )
        return self


class FileCaptions(Part):
    """A track of captions and the feed that it comes from; of several with one track the first is its source (C15)."""

    track: TrackName
    language: Language
    machine: Flag = True
    is_translation: Flag = False
    feed: Annotated[FileFeed, Field(description='a feed, like { id = "floor", name = "Captioner" }, is wanted')]


def feeds_of(tables: Iterable[FileCaptions], wordly: FileWordly) -> tuple[Feed, ...]:
    """The sources of captions, in the file's order."""
    return tuple(
        Feed(
            id=captions.feed.id,
            name=captions.feed.name,
            track=captions.track,
            language=captions.language,
            origin=Origin.MACHINE if captions.machine else Origin.HUMAN,
            is_translation=captions.is_translation,
            lag=round(captions.feed.lag_s * SECOND),
            pulled=_pulled(captions, wordly),
            rolls_up=captions.feed.rolls_up,
        )
        for captions in tables
    )


def _pulled(captions: FileCaptions, wordly: FileWordly) -> Wordly | StreamText | None:
    feed = captions.feed
    language = feed.service_language or captions.language
    if feed.service == "wordly":
        return Wordly(
            code=wordly.code,
            passcode=wordly.passcode,
            connection_code=wordly.connection_code,
            language=language,
        )
    return StreamText(event=feed.event, language=language) if feed.event else None
