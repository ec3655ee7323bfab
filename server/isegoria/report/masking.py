"""Names are spoken too: those of protected persons are masked around their turns, and lines with them are held back
elsewhere (R10). Of others who did not allow their name it is masked around their turns (R3).

A word alone ("Nice", "Long") counts only if it is not written small, in captions that have capitals at all; around the
turns of who is protected it always does.
What was translated ("Seville" for "Sevilla") or misheard is not found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from isegoria.domain.values import Instant
from isegoria.report.protection import Protected
from isegoria.report.spelling import Stream

MASK = "[…]"
RARE = 200
"""Among so many letters there is a capital, or else the captions have none."""


class Words(NamedTuple):
    """What was said at an instant. `text` None: held back."""

    at: Instant
    text: str | None


Spans: TypeAlias = list[tuple[int, int]]


def conceal(said: Sequence[Words], people: Sequence[Protected]) -> list[Words]:
    """The same without the names of `people`: masked near their turns, else the words are held back.

    Looked for until nothing more is found, since what is held back may bring two halves of a name together.
    """
    while True:
        concealed = _once(said, people)
        if concealed == said:
            return concealed
        said = concealed


def _once(said: Sequence[Words], people: Sequence[Protected]) -> list[Words]:
    stream = Stream([words.text or "" for words in said])
    cased = _has_capitals(said)
    spans: defaultdict[int, Spans] = defaultdict(list)
    held: set[int] = set()
    for person in people:
        for term in person.terms:
            for place in (place for places in stream.find(term.letters) for place in places):
                is_name = not (term.alone and cased and (said[place.text].text or "")[place.start].islower())
                if person.is_near(said[place.text].at):
                    if is_name or not person.only_unnamed:
                        spans[place.text].append((place.start, place.end))
                elif is_name and not (term.near or person.only_unnamed):
                    held.add(place.text)
    return [
        Words(words.at, None if i in held or words.text is None else _masked(words.text, spans[i]))
        for i, words in enumerate(said)
    ]


def _has_capitals(said: Sequence[Words]) -> bool:
    text = "".join(words.text or "" for words in said)
    return sum(map(str.isupper, text)) * RARE > sum(map(str.islower, text))


def _masked(text: str, spans: Spans) -> str:
    """Spans that touch, or with white space only between them, are one mask."""
    pieces: list[str] = []
    end = 0
    for start, until in sorted(spans):
        between = text[end:start]
        if start >= end and (not pieces or between.strip()):
            pieces += [between, MASK]
        end = max(end, until)
    return "".join([*pieces, text[end:]])
