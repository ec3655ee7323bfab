"""Who is named in a debate: the one place that writes who somebody is.

Everywhere else they are `#person-1`, numbered as they come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from isegoria.domain.values import Attribution, Constituency, Delivery, PersonId
from isegoria.report.as_akn.nodes import Node, element
from isegoria.report.model import Contribution, Intervention, OrganisationFacts, Participant, Record
from isegoria.report.phrases import ENGLISH, country

SOURCE = "#secretariat"
"""Whoever wrote down what stands here."""
_ROLES = {Constituency.NHRI: "National human rights institution", Constituency.UN: "United Nations"}
_MARKS = {
    Attribution.CONSTITUENCY_REGION: ENGLISH.protected,
    Attribution.NOT_FOR_REPORT: ENGLISH.not_for_report,
}


class Names:
    """Collects who is referred to. Ask for `references` when all is written."""

    def __init__(self, record: Record) -> None:
        self._organisers = record.session.organisers
        self._persons: dict[PersonId, tuple[str, str]] = {}
        self._organisations: dict[str, tuple[str, str]] = {}
        self._roles: dict[Constituency, str] = {}

    def speech(self, one: Intervention, person: PersonId) -> tuple[dict[str, str | None], Node]:
        """Attributes of a speech, and the line before it, of who spoke in this part of an intervention."""
        speaker = next(found for found in one.spoke if found.id == person)
        instead = one.substitute_for if one.substitute_for and one.substitute_for.id != person else None
        video = [" [video]"] if one.delivery is Delivery.VIDEO else []
        organisation = one.organisation or speaker.organisation
        line = element("from", {}, *self._line(speaker, organisation, one.on_behalf_of, instead), *video)
        return self._agent(speaker), line

    def author(self, one: Contribution) -> tuple[dict[str, str | None], Node]:
        """The same of who handed in a text."""
        return self._agent(one.author), element("from", {}, *self._line(one.author, one.author.organisation))

    def organisers(self) -> list[str]:
        """References to them, or to the secretariat."""
        return [f"#organiser-{number}" for number, _ in enumerate(self._organisers, 1)] or [SOURCE]

    def references(self) -> Node:
        return element("references", {"source": SOURCE}, *self._references())

    def _references(self) -> Iterator[Node]:
        yield _reference("TLCOrganization", "secretariat", "secretariat", "Secretariat")
        for number, name in enumerate(self._organisers, 1):
            yield _reference("TLCOrganization", f"organiser-{number}", f"organiser-{number}", name)
        for key, (id_, name) in self._organisations.items():
            yield _reference("TLCOrganization", id_, key, name)
        for key, (id_, name) in self._persons.items():
            yield _reference("TLCPerson", id_, key, name)
        for constituency, name in self._roles.items():
            yield _reference("TLCRole", f"role-{constituency}", constituency, name)

    def _agent(self, person: Participant) -> dict[str, str | None]:
        constituency = person.constituency
        unknown = constituency in (Constituency.UNKNOWN, Constituency.OTHER)
        name = "Participant" if unknown else constituency.replace("_", " ").capitalize()
        self._roles.setdefault(constituency, _ROLES.get(constituency, name))
        return {"by": self._person(person), "as": f"#role-{constituency}"}

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
            yield self._organisation(one)
        yield from (f", {place}" for place in (person.city, country(person.country or "", "en")) if place)
        for number, one in enumerate(on_behalf_of):
            yield ", " if number else ", on behalf of "
            yield self._organisation(one)
        if marks := _marks(person, instead):
            yield f" [{', '.join(marks)}]"

    def _person(self, person: Participant) -> str:
        id_, _ = self._persons.setdefault(person.id, (f"person-{len(self._persons) + 1}", _name(person)))
        return f"#{id_}"

    def _organisation(self, one: OrganisationFacts) -> Node:
        name, number = one.name or one.id, len(self._organisations) + 1
        id_, _ = self._organisations.setdefault(one.id, (f"organization-{number}", name))
        return element("organization", {"refersTo": f"#{id_}"}, name)


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
