"""Who is named in a debate: the one place that writes who somebody is.

Everywhere else they are `#person-1`, numbered as they come; of whom no more is known than is told, `#speaker-1`, by the
number of what they said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from isegoria.domain.values import Attribution, Constituency, Delivery, OrganisationId, PersonId
from isegoria.report.as_akn.nodes import Node, element
from isegoria.report.citing import citation
from isegoria.report.model import Contribution, Intervention, OrganisationFacts, Participant
from isegoria.report.model_account import Citation
from isegoria.report.phrases import ENGLISH, country

Agent: TypeAlias = dict[str, str | None]
"""Attributes of a speech: who it is by, and as what."""
SOURCE = "#secretariat"
"""Whoever wrote down what stands here."""
_ROLES = {Constituency.NHRI: "National human rights institution", Constituency.UN: "United Nations"}
_MARKS = {
    Attribution.CONSTITUENCY_REGION: ENGLISH.protected,
    Attribution.NOT_FOR_REPORT: ENGLISH.not_for_report,
}


class _Organisation(NamedTuple):
    id: str
    key: str
    name: str


class Names:
    """Collects who is referred to. Ask for `references` when all is written."""

    def __init__(self, organisers: Sequence[str]) -> None:
        self._organisers = organisers
        self._persons: dict[PersonId, tuple[str, str]] = {}
        self._organisations: dict[str, _Organisation] = {}
        self._roles: dict[Constituency, str] = {}

    def speech(self, one: Intervention, person: PersonId) -> tuple[Agent, Node]:
        """Attributes of a speech, and the line before it, of who spoke in this part of an intervention."""
        speaker = next(found for found in one.spoke if found.id == person)
        instead = one.substitute_for if one.substitute_for and one.substitute_for.id != person else None
        video = [" [video]"] if one.delivery is Delivery.VIDEO else []
        organisation = one.organisation or speaker.organisation
        line = element("from", {}, *self._line(speaker, organisation, one.on_behalf_of, instead), *video)
        return self._agent(self._person(speaker), speaker.constituency), line

    def author(self, one: Contribution) -> tuple[Agent, Node]:
        """The same of who handed in a text."""
        agent = self._agent(self._person(one.author), one.author.constituency)
        return agent, element("from", {}, *self._line(one.author, one.author.organisation))

    def cited(self, id_: str, cited: Citation, *more: str) -> tuple[Agent, Node]:
        """The same of somebody of whom no more is known than is told: each time that they spoke is by itself."""
        constituency = cited.constituency or Constituency.UNKNOWN
        self._persons[id_] = id_, _cited(cited)
        agent = self._agent(f"#{id_}", constituency)
        return agent, element("from", {}, *self._told(id_, cited), *more)

    def organisers(self) -> list[str]:
        """References to them, or to the secretariat."""
        return [f"#organiser-{number}" for number, _ in enumerate(self._organisers, 1)] or [SOURCE]

    def references(self) -> Node:
        return element("references", {"source": SOURCE}, *self._references())

    def _references(self) -> Iterator[Node]:
        yield _reference("TLCOrganization", "secretariat", "secretariat", "Secretariat")
        for number, name in enumerate(self._organisers, 1):
            yield _reference("TLCOrganization", f"organiser-{number}", f"organiser-{number}", name)
        for one in self._organisations.values():
            yield _reference("TLCOrganization", one.id, one.key, one.name)
        for key, (id_, name) in self._persons.items():
            yield _reference("TLCPerson", id_, key, name)
        for constituency, name in self._roles.items():
            yield _reference("TLCRole", f"role-{constituency}", constituency, name)

    def _agent(self, person: str, constituency: Constituency) -> Agent:
        unknown = constituency in (Constituency.UNKNOWN, Constituency.OTHER)
        name = "Participant" if unknown else constituency.replace("_", " ").capitalize()
        self._roles.setdefault(constituency, _ROLES.get(constituency, name))
        return {"by": person, "as": f"#role-{constituency}"}

    def _line(
        self,
        person: Participant,
        organisation: OrganisationFacts | None,
        on_behalf_of: Sequence[OrganisationFacts] = (),
        instead: Participant | None = None,
    ) -> Iterator[Node | str]:
        """Name, function, organisation, city and country, as far as they are known; what others may not know (R9)."""
        yield element("person", {"refersTo": self._person(person)}, _name(person))
        if instead is not None:
            yield ", for "
            yield element("person", {"refersTo": self._person(instead)}, _name(instead))
        yield from (f", {function}" for function in (person.function,) if function)
        for one in (organisation,) if organisation else ():
            yield ", "
            yield self._organisation(one.id, one.name or one.id)
        yield from (f", {place}" for place in (person.city, country(person.country or "", "en")) if place)
        for number, one in enumerate(on_behalf_of):
            yield ", " if number else ", on behalf of "
            yield self._organisation(one.id, one.name or one.id)
        if marks := _marks(person, instead):
            yield f" [{', '.join(marks)}]"

    def _person(self, person: Participant) -> str:
        id_, _ = self._persons.setdefault(person.id, (f"person-{len(self._persons) + 1}", _name(person)))
        return f"#{id_}"

    def _told(self, id_: str, cited: Citation) -> Iterator[Node | str]:
        """Name or "The representative", organisation, city and country, as far as they are told."""
        is_of = cited.organisation and not cited.name
        yield element("person", {"refersTo": f"#{id_}"}, "The representative" if is_of else _cited(cited))
        if cited.organisation:
            yield " of " if is_of else ", "
            yield self._organisation(None, cited.organisation)
        city = cited.city if cited.organisation or cited.name else None  # else it is in the citation
        yield from (f", {place}" for place in (city, country(cited.country or "", "en")) if place)
        for number, name in enumerate(cited.on_behalf_of):
            yield ", " if number else ", on behalf of "
            yield self._organisation(None, name)
        if cited.marks:
            yield f" [{', '.join(getattr(ENGLISH, mark) for mark in cited.marks)}]"

    def _organisation(self, key: OrganisationId | None, name: str) -> Node:
        """`key` None: of which the name alone is known."""
        id_ = f"organization-{len(self._organisations) + 1}"
        kept = self._organisations.setdefault(key or name, _Organisation(id_, key or id_, name))
        return element("organization", {"refersTo": f"#{kept.id}"}, name)


def _cited(cited: Citation) -> str:
    """Who it is, without for whom: "The representative of Nairobi"."""
    runs = citation(cited.model_copy(update={"on_behalf_of": (), "marks": ()}))
    return cited.name or "".join(run if isinstance(run, str) else run.text for run in runs)


def _name(person: Participant) -> str:
    return person.name or ENGLISH.participant


def _marks(person: Participant, instead: Participant | None) -> list[str]:
    """Who speaks for somebody who is protected is so too."""
    chosen = {person.attribution, *([instead.attribution] if instead else [])}
    if person.attribution is not Attribution.NOT_FOR_REPORT:
        chosen.discard(Attribution.NOT_FOR_REPORT)
    return [mark for choice, mark in _MARKS.items() if choice in chosen]


def _reference(kind: str, id_: str, key: str, name: str) -> Node:
    path = f"/akn/ontology/{kind.removeprefix('TLC').lower()}/{quote(key, safe='', errors='replace')}"
    return element(kind, {"eId": id_, "href": path, "showAs": name})
