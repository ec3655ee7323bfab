"""A record -> what it tells in a tier: the one place where the publishable tier is made (R3 to R7, R9, R10).

What a person did not allow is not carried along and hidden later: it is never copied. In public, texts that people
wrote about others (gists, remarks, topics, written input) have the names masked of all who did not allow theirs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from isegoria.domain.aliases import alias_of
from isegoria.domain.attribution import Shown, Surface, choice_of, is_protected, shown, shown_of, under_chatham_house
from isegoria.domain.balance import region_of
from isegoria.domain.captions import Origin, Track
from isegoria.domain.people import People
from isegoria.domain.session import Entry, Session
from isegoria.domain.values import Attribution, EntryStatus, OrganisationId, PersonId, SegmentId, Tier
from isegoria.report.masking import Words, conceal
from isegoria.report.model import Contribution, Intervention, Line, Participant, Quote, Record, Request
from isegoria.report.model_account import (
    Account,
    Citation,
    CitedContribution,
    CitedIntervention,
    CitedQuote,
    CitedRemarks,
    CitedTrack,
    Mark,
)
from isegoria.report.protection import may_be_confided, protected


def account(record: Record, session: Session, people: People, tier: Tier) -> Account:
    """`session` and `people` are those that the record was made of."""
    teller = _Teller(session, people, tier)
    heard = [one for one in record.interventions if teller.tells_words_of(one)]
    order = [segment.id for segment in record.session.segments]
    told = sorted(teller.interventions(record.interventions), key=lambda one: _place(one, order))
    return Account(
        tier=tier,
        session=record.session,
        chain=record.chain,
        counts=record.counts,
        topics=teller.topics(record.topics),
        interventions=tuple(one.model_copy(update={"number": number}) for number, one in enumerate(told, start=1)),
        not_heard=tuple(sorted(teller.not_heard(record.not_heard), key=_line)),
        remarks=tuple(teller.remarks(record)),
        contributions=tuple(sorted(teller.contributions(record.contributions), key=_writing)),
        tracks=tuple(_tracks([*(one.captions for one in heard), *(one.captions for one in record.between)])),
    )


def _place(one: CitedIntervention, order: list[SegmentId]) -> tuple[int, bool, int, str]:
    """By segment; as they were heard, and then, by their words alone, those whose time would tell who it was."""
    hidden = one.began_at is None
    words = " ".join([_line(one.cited), one.gist or "", *one.tags, one.topic, one.kind, one.delivery])
    return order.index(one.segment), hidden, one.began_at or 0, words if hidden else ""


def _writing(one: CitedContribution) -> tuple[str, str, int]:
    """When it came is not told."""
    return _line(one.cited), one.kind, one.words


def _line(cited: Citation) -> str:
    parts = (cited.constituency, cited.region, cited.country, cited.city, cited.organisation, cited.name)
    return " ".join(part or "" for part in parts)


def _tracks(told: Iterable[Mapping[Track, Sequence[Line]]]) -> Iterator[CitedTrack]:
    """Without those whose words are not told: else what the transcripts hold, taken from a sum, would leave theirs."""
    lines: defaultdict[Track, dict[int, Line]] = defaultdict(dict)
    for captions in told:
        for track, found in captions.items():
            lines[track] |= {line.position: line for line in found}  # a gap may reach from one turn into the next
    for track, known in sorted(lines.items()):
        words = [line for line in known.values() if line.gap is None]
        gaps = [line for line in known.values() if line.gap is not None]
        yield CitedTrack(
            track=track,
            language=Counter(line.language for line in known.values()).most_common(1)[0][0],
            is_translation=any(line.is_translation for line in words),
            lines=len(words),
            by_machine=sum(line.origin is Origin.MACHINE for line in words),
            corrected=sum(line.corrected for line in words),
            gaps=len(gaps),
            missing=sum((line.ends_at or line.spoken_at) - line.spoken_at for line in gaps),
        )


class _Teller:
    def __init__(self, session: Session, people: People, tier: Tier) -> None:
        self._session, self._people = session, people
        self._surface = Surface.TEAM if tier is Tier.INTERNAL else Surface.PUBLISHED
        secret = [] if tier is Tier.INTERNAL else protected(session, people)
        self._protected = [replace(one, windows=((0, None),)) for one in secret]
        self._confided = {one.id for one in session.notebook.remarks if may_be_confided(session, one)}

    # --- who ---------------------------------------------------------------------------------------

    def cited(self, who: Participant, told: Shown, request: Request | None = None) -> Citation:
        """As much of a person as is told."""
        person = self._people.persons.get(who.id)
        if person is None or told >= Shown.NOBODY:
            return Citation(as_="nobody")
        if told is Shown.ALIAS:
            alias = alias_of(self._session, self._people, who.id)
            return Citation(as_="alias", constituency=alias.constituency, region=alias.region)
        facts = request.organisation if request and request.organisation else who.organisation
        others = request.on_behalf_of if request else ()
        return Citation(
            as_="in_full" if told is Shown.IN_FULL else "without_name",
            name=who.name if told is Shown.IN_FULL else None,
            organisation=facts.name if facts else None,
            city=who.city or None,
            country=who.country,
            constituency=who.constituency,
            region=region_of(person),
            on_behalf_of=tuple(self._organisation(one.id) for one in others if self._is_open(one.id)),
            marks=tuple(self._marks(who.id, request)) if self._surface is Surface.TEAM else (),
        )

    def _marks(self, person: PersonId, request: Request | None) -> Iterator[Mark]:
        """What the team must not pass on."""
        entry = self._session.entries[request.id] if request else None
        if is_protected(self._session, self._people, person, entry):
            yield "protected"
        if choice_of(self._session, self._people, person) is Attribution.NOT_FOR_REPORT:
            yield "not_for_report"
        parts = request.parts if isinstance(request, Intervention) else ()
        if any(under_chatham_house(self._session, part.segment, part.began_at, part.ended_at) for part in parts):
            yield "chatham_house"

    def _shown(self, person: PersonId, entry: Entry | None = None, *, confided: bool = False) -> Shown:
        return shown(self._session, self._people, self._surface, person, entry, chatham_house=confided)

    def _shown_of(self, entry: Entry) -> Shown:
        return shown_of(self._session, self._people, self._surface, entry)

    def _organisation(self, organisation: OrganisationId) -> str:
        found = self._people.organisations.get(organisation)
        return found.name if found else ""

    def _is_open(self, organisation: OrganisationId) -> bool:
        """Whether nobody of an organisation is protected, whose place a joint statement would tell."""
        members = [one.id for one in self._people.persons.values() if one.organisation_id == organisation]
        return all(self._shown(member) is not Shown.ALIAS for member in members)

    # --- what --------------------------------------------------------------------------------------

    def topics(self, topics: Mapping[str, str]) -> dict[str, str]:
        """All knew those of the session's file before; what was added is a text that somebody wrote."""
        added = self._session.notebook.topics
        return {tag: (self._masked(text) or "") if tag in added else text for tag, text in topics.items()}

    def tells_words_of(self, one: Intervention) -> bool:
        return self._surface is Surface.TEAM or self._shown_of(self._session.entries[one.id]).with_words

    def interventions(self, interventions: Iterable[Intervention]) -> Iterator[CitedIntervention]:
        """All but those that are counted and nothing else."""
        for one in interventions:
            told = self._shown_of(self._session.entries[one.id])
            if told is not Shown.COUNTED:
                yield self._intervention(one, told)

    def _intervention(self, one: Intervention, told: Shown) -> CitedIntervention:
        open_ = told.with_words
        return CitedIntervention(
            number=0,
            cited=self.cited(one.speaker, told, one),
            topic=one.topic,
            segment=one.parts[0].segment,
            kind=one.kind,
            delivery=one.delivery,
            began_at=one.parts[0].began_at if open_ else None,
            used=one.used if open_ else None,
            tags=one.tags,
            gist=self._masked(one.gist.text) if one.gist and one.gist.text else None,
            quotes=tuple(self._quotes(one.quotes)) if open_ else (),
        )

    def _quotes(self, quotes: Iterable[Quote]) -> Iterator[CitedQuote]:
        """R7: machine text is no quotation until somebody heard it in the recording."""
        for quote in quotes:
            text = self._masked(quote.text)
            if text and (quote.confirmed_by is not None or not quote.machine):
                yield CitedQuote(text=text, language=quote.track)

    def not_heard(self, requests: Iterable[Request]) -> Iterator[Citation]:
        """Who did not come to speak says nothing, so who is not for the report stands in no list either."""
        for one in requests:
            told = self._shown(one.speaker.id, self._session.entries[one.id])
            if told is not Shown.COUNTED:
                yield self.cited(one.speaker, told, one)

    def remarks(self, record: Record) -> Iterator[CitedRemarks]:
        for one in record.remarks:
            told = self._shown(one.speaker.id, confided=one.id in self._confided)
            text = self._masked(one.text)
            if told is not Shown.COUNTED and text:
                yield CitedRemarks(cited=self.cited(one.speaker, told), segment=one.segment, text=text)

    def contributions(self, contributions: Iterable[Contribution]) -> Iterator[CitedContribution]:
        """Of who is protected there is no text: a person's own words tell who it is. Of a statement no more is told
        than of what was said."""
        for one in contributions:
            entry = self._session.entries[one.entry] if one.entry else None
            told = self._shown(one.author.id, entry)
            told = max(told, self._shown_of(entry)) if entry else told
            if told is not Shown.COUNTED:
                yield CitedContribution(
                    cited=self.cited(one.author, told),
                    kind=one.kind,
                    heard=entry is not None and entry.status is EntryStatus.HEARD,
                    language=one.language,
                    words=one.words,
                    text=self._masked(one.text) if told.with_words else None,
                )

    def _masked(self, text: str | None) -> str | None:
        """Without the names of all who did not allow theirs, wherever it stands."""
        if text is None:
            return None
        [concealed] = conceal([Words(0, text)], self._protected)
        return concealed.text
