"""What is kept of a session without the names of who is erased (R8): for good, in every revision, for the team too.

They are found as masking finds those of who is protected, so what was translated or misheard is not found here either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from isegoria.domain.captions import CaptionSegment, Key, Track
from isegoria.domain.notebook import Passage
from isegoria.domain.people import About, People, Person
from isegoria.domain.revisions import FeedState
from isegoria.domain.session import Session
from isegoria.domain.values import PassageDecision, PersonId, TextId
from isegoria.report.holding import decided
from isegoria.report.masking import Words, conceal
from isegoria.report.protection import Protected, to_strike
from isegoria.report.spelling import letters

MASKED = Passage(PassageDecision.MASK)
REACH = 3
"""Over how many more lines a name may go on."""


class Striker:
    """Of one person, whom `people` still has."""

    def __init__(self, session: Session, people: People, person: PersonId) -> None:
        self._session, self._person = session, person
        self._names, self._places = to_strike(session, people, person)
        is_open = self._places.only_unnamed
        # As in reports: of what was written nobody knows to which turn it belongs.
        named, placed = (replace(one, windows=((0, None),)) for one in (self._names, self._places))
        self._named = replace(named, only_unnamed=is_open)
        self._told = [self._named] if is_open else [self._named, placed]
        self._whole = replace(named, terms=tuple(one for one in named.terms if not (one.alone or one.near)))

    # --- what was written --------------------------------------------------------------------------

    def names_them(self, text: str) -> bool:
        return _struck(text, self._named) != text

    def texts(self, texts: Mapping[TextId, str]) -> dict[TextId, tuple[str, str]]:
        """Those that change, as they were and as they are to be."""
        return {one: (text, new) for one, text in texts.items() if (new := _struck(text, *self._told)) != text}

    def about(self, about: About) -> About:
        """By whole names only: a title may have a word in common with somebody."""
        changes = {
            "title": _struck(about.title, self._whole),
            "organisers": tuple(_struck(one, self._whole) for one in about.organisers),
            "segments": self._table(about.segments),
            "topics": self._table(about.topics),
        }
        return about.model_copy(update=changes)

    def others(self, people: People) -> list[Person]:
        """Who change because their registration names the person: an assistant's function, a companion's needs.

        Not who has the same name, such as the same person registered twice.
        """
        others = (one for one in people.persons.values() if one.id != self._person)
        found = ((one, self._other(one)) for one in others if not self._is_namesake(one))
        return [new for one, new in found if new != one]

    def _is_namesake(self, one: Person) -> bool:
        return any(_struck(name, self._whole) != name for name in (one.display_name, one.email))

    def _other(self, one: Person) -> Person:
        told = {name: getattr(one, name) for name in ("title", "function", "access_needs")}
        return one.model_copy(update={**self._table(told), "raw": self._table(one.raw)})

    def _table(self, told: Mapping[str, str]) -> dict[str, str]:
        return {name: _struck(text, self._whole) for name, text in told.items()}

    # --- what was said -----------------------------------------------------------------------------

    def captions(self, track: Track, segments: Sequence[CaptionSegment]) -> dict[int, CaptionSegment]:
        """Of what a track keeps, all revisions: those that change, by their positions."""
        by_position = {_position(one): one for one in segments}
        allowed = {by_position[at].key: one for at, one in decided(self._session, track, segments).items()}
        orders = list(_orders(segments))
        struck: dict[int, CaptionSegment] = dict(by_position)
        before: dict[int, CaptionSegment] = {}
        while struck != before:
            before = dict(struck)
            for order in orders:
                for one in self._said([before[position] for position in order], allowed):
                    struck[_position(one)] = min(struck[_position(one)], one, key=_left)
        return {position: one for position, one in struck.items() if one != by_position[position]}

    def feed(self, state: FeedState) -> FeedState:
        """What a feed remembers of what it said last."""
        pieces = tuple(one._replace(text=_struck(one.text, *self._told)) for one in state.pieces)
        opened = tuple(one.model_copy(update={"text": _struck(one.text, *self._told)}) for one in state.open)
        return state.model_copy(update={"pieces": pieces, "open": opened})

    def _said(self, said: Sequence[CaptionSegment], allowed: Mapping[Key, Passage]) -> Iterator[CaptionSegment]:
        texts = self._masked(said, [one.text for one in said], allowed)
        labels = [one.speaker_label or "" for one in said]
        for one, text, label in zip(
            said, texts, self._masked(said, labels, {}) if any(labels) else labels, strict=True
        ):
            if (text, label) != (one.text, one.speaker_label or ""):
                yield one.model_copy(update={"text": text, "speaker_label": label or None})

    def _masked(
        self, said: Sequence[CaptionSegment], texts: Sequence[str], allowed: Mapping[Key, Passage]
    ) -> list[str]:
        """A city whose line was released stays; a name does not, whatever was decided about it."""
        words = [Words(one.spoken_at, text, MASKED) for one, text in zip(said, texts, strict=True)]
        if allowed:
            decided = [self._decided(allowed.get(one.key)) for one in said]
            named = conceal(words, [self._names])
            words = [one._replace(decided=passage) for one, passage in zip(named, decided, strict=True)]
        return [one.text or "" for one in conceal(words, [self._names, self._places])]

    def _decided(self, passage: Passage | None) -> Passage:
        released = passage and passage.decision is PassageDecision.RELEASE and self._person in passage.persons
        return passage if passage and released else MASKED


def _struck(text: str, *people: Protected) -> str:
    return conceal([Words(0, text, MASKED)], people)[0].text or ""


def _orders(segments: Iterable[CaptionSegment]) -> Iterator[list[int]]:
    """Positions as they were kept; and where that is another order, as they were read first, and are read now: half a
    name may stand in the line before."""
    revisions: defaultdict[Key, list[CaptionSegment]] = defaultdict(list)
    kept = sorted(segments, key=_position)
    for one in kept:
        revisions[one.key].append(one)
    yield [_position(one) for one in kept]
    lines = sorted(revisions.values(), key=lambda group: (group[0].spoken_at, _position(group[0])))
    near = [lines[number] for number in _around(lines)]
    yield [_position(group[0]) for group in near]
    yield [_position(max(group, key=lambda one: (one.revision, _position(one)))) for group in near]


def _around(lines: Sequence[Sequence[CaptionSegment]]) -> list[int]:
    """Which lines are near one that was changed, or did not come in the order in which it was spoken."""
    found: set[int] = set()
    for number, group in enumerate(lines):
        if len(group) > 1 or (number and _position(group[0]) != _position(lines[number - 1][0]) + 1):
            found |= set(range(max(0, number - REACH), min(len(lines), number + REACH + 1)))
    return sorted(found)


def _left(segment: CaptionSegment) -> int:
    """How many letters are not masked."""
    return len(letters(segment.text + (segment.speaker_label or "")))


def _position(segment: CaptionSegment) -> int:
    return segment.position or 0
