"""Names are spoken too: those of protected persons are masked around their turns, and lines with them are held back
elsewhere until it is decided what is to be done with them (R10). Of others who did not allow their name it is masked
around their turns (R3).

A word alone ("Nice", "Long") counts only if it is not written small, in captions that have capitals at all; around the
turns of who is protected it always does.
What was translated ("Seville" for "Sevilla") or misheard is not found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from isegoria.domain.notebook import Passage
from isegoria.domain.values import Instant, PassageDecision, PersonId
from isegoria.report.protection import Protected
from isegoria.report.spelling import Stream

MASK = "[…]"
RELEASE = PassageDecision.RELEASE
RARE = 200
"""Among so many letters there is a capital, or else the captions have none."""


class Words(NamedTuple):
    """What was said at an instant. `text` None: held back. `decided`: about a name in it that is not near."""

    at: Instant
    text: str | None
    decided: Passage | None = None


class Hit(NamedTuple):
    """From its character `start` up to, not including, `end` a text may tell a person."""

    start: int
    end: int
    person: PersonId


class Elsewhere(NamedTuple):
    """What is said of protected people away from their turns. `text` has what was masked already."""

    text: str
    hits: tuple[Hit, ...]

    def __or__(self, other: Elsewhere) -> Elsewhere:
        same = other.hits if other.text == self.text else ()
        return Elsewhere(self.text, tuple(sorted({*self.hits, *same})))


Spans: TypeAlias = list[tuple[int, int]]
Told: TypeAlias = dict[int, Elsewhere]
"""By the number of the words."""


def conceal(said: Sequence[Words], people: Sequence[Protected]) -> list[Words]:
    """The same without the names of `people`: masked near their turns, else as was decided, or the words are held back.

    Looked for until nothing more is found, since what is held back may bring two halves of a name together.
    """
    return search(said, people)[0]


def search(said: Sequence[Words], people: Sequence[Protected]) -> tuple[list[Words], Told]:
    """The same, and what was found elsewhere, decided or not."""
    known: Told = {}
    while True:
        concealed, found = _once(said, people)
        known |= {number: known.get(number, told) | told for number, told in found.items()}
        if concealed == said:
            return concealed, known
        said = concealed


def _once(said: Sequence[Words], people: Sequence[Protected]) -> tuple[list[Words], Told]:
    stream = Stream([words.text or "" for words in said])
    cased = _has_capitals(said)
    spans: defaultdict[int, Spans] = defaultdict(list)
    hits: defaultdict[int, list[Hit]] = defaultdict(list)
    for person in people:
        for term in person.terms:
            for place in (place for places in stream.find(term.letters) for place in places):
                is_name = not (term.alone and cased and (said[place.text].text or "")[place.start].islower())
                if person.is_near(said[place.text].at):
                    if is_name or not person.only_unnamed:
                        spans[place.text].append((place.start, place.end))
                elif is_name and not (term.near or person.only_unnamed):
                    hits[place.text].append(Hit(place.start, place.end, person.person))
    found = {number: Elsewhere(said[number].text or "", tuple(told)) for number, told in hits.items()}
    return [_told(words, spans[number], hits[number]) for number, words in enumerate(said)], found


def _told(words: Words, near: Spans, elsewhere: Sequence[Hit]) -> Words:
    if words.text is None or not _may_tell(words.decided, elsewhere):
        return words._replace(text=None)
    masked = [(hit.start, hit.end) for hit in elsewhere if words.decided and words.decided.decision is not RELEASE]
    return words._replace(text=_masked(words.text, near + masked))


def _may_tell(decided: Passage | None, hits: Sequence[Hit]) -> bool:
    """Whether what was decided is enough for all that was found: a release is for those who were seen alone."""
    if not hits or decided is None:
        return not hits
    if decided.decision is RELEASE:
        return {hit.person for hit in hits} <= set(decided.persons)
    return decided.decision is PassageDecision.MASK


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
