"""What is told of a debate where its words may not be: each speech as its gist and its quotations (R3 to R7).

In the order of the account, which tells no more than it says. What was not told when has no time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from isegoria.domain.values import Delivery, EntryKind, SegmentId, Tier
from isegoria.report.as_akn.body import debate_section, in_lines, in_writing, statement
from isegoria.report.as_akn.clock import Clock
from isegoria.report.as_akn.names import Names
from isegoria.report.as_akn.nodes import LANGUAGE, Node, element, language
from isegoria.report.model_account import Account, CitedIntervention, CitedQuote, CitedRemarks
from isegoria.report.phrases import ENGLISH

_WORDS = "Gists and remarks are in the rapporteur's words; what stands in quotation marks was said."
_UNKNOWN = "und"


class Summary:
    """Writes the sections of one account."""

    def __init__(self, account: Account, names: Names) -> None:
        self._account, self._names = account, names
        self._clock = Clock(ZoneInfo(account.session.timezone))
        self._numbers: Counter[str] = Counter()

    def sections(self) -> Iterator[Node]:
        """At least one: a body without any is not valid."""
        segments: list[SegmentId | None] = [part.id for part in self._account.session.segments]
        said = {one.segment for one in self._account.remarks} | {one.segment for one in self._account.interventions}
        for segment in segments or [None]:
            if segment in said or not said:
                id_ = self._numbered("dbsect")
                yield debate_section(self._account, segment, id_, self._said(id_, segment))
        if self._account.contributions:
            id_ = self._numbered("wrttn")
            yield in_writing(id_, self._statements(id_))

    def notices(self) -> Iterator[str]:
        """What a reader must know before the rest."""
        if self._account.session.rehearsal:
            yield ENGLISH.rehearsal
        yield _WORDS
        yield ENGLISH.internal if self._account.tier is Tier.INTERNAL else ENGLISH.publishable

    def languages(self) -> set[str]:
        """Of what is told in somebody's own words, as far as they are known."""
        quoted = [quote.language for one in self._account.interventions for quote in one.quotes]
        written = [one.language or "" for one in self._account.contributions if one.text]
        return {language(tag) for tag in (*quoted, *written)} - {_UNKNOWN}

    # --- what stands in them -----------------------------------------------------------------------

    def _said(self, section: str, segment: SegmentId | None) -> Iterator[Node]:
        for number, remarks in enumerate(self._account.remarks, 1):
            if remarks.segment == segment:
                yield self._remarks(section, number, remarks)
        for one in self._account.interventions:
            if one.segment == segment:
                yield self._speech(section, one)

    def _remarks(self, section: str, number: int, one: CitedRemarks) -> Node:
        agent, line = self._names.cited(f"remarks-{number}", one.cited)
        attributes = {**agent, "eId": self._numbered(f"{section}__speech")}
        return element("speech", attributes, line, *in_lines(one.text, {"class": "gist"}))

    def _speech(self, section: str, one: CitedIntervention) -> Node:
        video = [" [video]"] if one.delivery is Delivery.VIDEO else []
        agent, line = self._names.cited(f"speaker-{one.number}", one.cited, *video)
        attributes = {
            **agent,
            "eId": self._numbered(f"{section}__speech"),
            "startTime": None if one.began_at is None else self._clock.stamp(one.began_at),
        }
        words = [*in_lines(one.gist or "", {"class": "gist"}), *map(_quotation, one.quotes)]
        untold = element("p", {}, element("remark", {"type": "sceneDescription"}, "[no gist]"))
        speech = element("speech", attributes, line, *(words or [untold]))
        if one.kind is not EntryKind.POINT_OF_ORDER:
            return speech
        return element("pointOfOrder", {"eId": self._numbered(f"{section}__pntord")}, speech)

    def _statements(self, section: str) -> Iterator[Node]:
        for number, one in enumerate(self._account.contributions, 1):
            agent, line = self._names.cited(f"author-{number}", one.cited)
            yield statement(self._numbered(f"{section}__speech"), agent, line, one.language, one.text)

    def _numbered(self, name: str) -> str:
        self._numbers[name] += 1
        return f"{name}_{self._numbers[name]}"


def _quotation(quote: CitedQuote) -> Node:
    spoken = language(quote.language)
    attributes = {"class": "quotation", LANGUAGE: None if spoken == _UNKNOWN else spoken}
    return element("p", attributes, element("embeddedText", {"startQuote": "“", "endQuote": "”"}, quote.text))
