"""`roster`: what a preview says, what an import does, and that it does nothing twice."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from isegoria.domain import commands as c
from isegoria.domain.people import People
from isegoria.domain.roles import Actor
from isegoria.domain.session import Session
from isegoria.domain.values import Attribution, Role
from isegoria.live.direct import ask, load
from isegoria.store.people import PeopleStore
from tests.cli.conftest import CommandLine
from tests.cli.test_session import with_engine

HEADING = "Display name,Organisation,Do you wish to take the floor?,Topics,Attribution,Email"
ROWS = [
    "Ana Lima,A City,Yes,2,By name,ana@a.example",
    "Bo Ek,B City,Yes,Participation of cities in international human rights mechanisms,,bo@b.example",
    "Cy Roe,C City,Yes,Something else,,cy@c.example",
    "Di Poe,A City,Yes,1,,di@a.example",
    "Ed Fox,E City,No,,,ed@e.example",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "registrations.csv"
    written.write_text("\n".join([HEADING, *ROWS]) + "\n")
    return written


def state(isegoria: CommandLine, session: str) -> Session:
    return with_engine(isegoria, lambda engine: load(engine, session)).session


def people(isegoria: CommandLine, session: str) -> People:
    return with_engine(isegoria, lambda engine: PeopleStore(engine).read(session))


def by_name(isegoria: CommandLine, session: str) -> dict[str, str]:
    return {person.display_name: one for one, person in people(isegoria, session).persons.items()}


def listed(isegoria: CommandLine, session: str) -> list[tuple[str, str]]:
    persons = people(isegoria, session).persons
    entries = state(isegoria, session).entries
    return [(persons[entries[one].person].display_name, entries[one].segment) for one in state(isegoria, session).order]


def test_a_preview_says_who_wants_the_floor_and_changes_nothing(isegoria: CommandLine, file: Path) -> None:
    session = isegoria.created("--now")
    before = state(isegoria, session)
    text = isegoria("roster", "import", session, file, "--preview").out
    assert "5 new, 0 changed, 0 unchanged" in text
    assert "4 want the floor; --inscribe puts them on the list" in text
    assert "2  Local implementation of human rights" in text
    assert "1  Participation of cities" in text
    assert '  Cy Roe: named "Something else"; put at the first topic' in text
    assert state(isegoria, session) == before
    assert len(people(isegoria, session).persons) == 4
    told = isegoria("roster", "import", session, file, "--preview", "--json").json
    assert (told["imported"], told["new"], told["want_floor"], told["inscribed"]) == (False, 5, 4, 0)


def test_an_import_keeps_people_and_tells_the_session(isegoria: CommandLine, file: Path) -> None:
    session = isegoria.created("--now")
    answer = isegoria("roster", "import", session, file)
    assert answer.out.startswith("registrations.csv: 5 new, 0 changed, 0 unchanged; ")
    after = state(isegoria, session)
    assert after.roster_revision == people(isegoria, session).revision
    assert after.order == ()


def test_R3_what_was_chosen_at_registration_is_in_the_log(isegoria: CommandLine, file: Path) -> None:
    session = isegoria.created("--now")
    isegoria("roster", "import", session, file)
    ids = by_name(isegoria, session)
    assert state(isegoria, session).attributions == {ids["Ana Lima"]: Attribution.NAMED}


def test_R3_a_choice_of_the_session_is_not_overwritten_by_a_later_import(isegoria: CommandLine, file: Path) -> None:
    session = isegoria.created("--now")
    isegoria("roster", "import", session, file)
    ana = by_name(isegoria, session)["Ana Lima"]
    choice = c.ChooseAttribution(attribution=Attribution.NOT_FOR_REPORT)
    with_engine(isegoria, lambda engine: ask(engine, session, choice, Actor(role=Role.SPEAKER, person=ana)))
    file.write_text(file.read_text().replace("A City,Yes,2", "Another City,Yes,2"))
    isegoria("roster", "import", session, file)
    assert state(isegoria, session).attributions[ana] is Attribution.NOT_FOR_REPORT


def test_Q1_who_wants_the_floor_is_inscribed_only_when_that_is_asked_for(isegoria: CommandLine, file: Path) -> None:
    session = isegoria.created("--now")
    answer = isegoria("roster", "import", session, file, "--inscribe")
    assert "3 put on the list" in answer.out
    assert answer.err == "Not on the list: Di Poe: Ana Lima is on the list for A City already\n"
    assert listed(isegoria, session) == [("Cy Roe", "s2"), ("Ana Lima", "s3"), ("Bo Ek", "s5")]


def test_an_import_does_nothing_twice(isegoria: CommandLine, file: Path) -> None:
    session = isegoria.created("--now")
    isegoria("roster", "import", session, file, "--inscribe")
    before = state(isegoria, session)
    told = isegoria("roster", "import", session, file, "--inscribe", "--json").json
    assert (told["new"], told["changed"], told["unchanged"]) == (0, 0, 5)
    # Who was refused may try again; who is on the list, or was, is not put there twice.
    assert (told["want_floor"], told["inscribed"]) == (1, 0)
    assert state(isegoria, session) == before


def test_R3_the_same_choice_in_a_changed_row_is_no_second_choice(isegoria: CommandLine, file: Path) -> None:
    session = isegoria.created("--now")
    isegoria("roster", "import", session, file)
    version = state(isegoria, session).version
    file.write_text(file.read_text().replace("A City,Yes,2", "Another City,Yes,2"))
    answer = isegoria("roster", "import", session, file)
    assert (answer.code, answer.err) == (0, "")
    assert state(isegoria, session).version == version + 1


def test_a_mapping_is_written_to_be_changed_and_used_again(isegoria: CommandLine, file: Path, tmp_path: Path) -> None:
    session, mapping = isegoria.created("--now"), tmp_path / "mapping.json"
    isegoria("roster", "import", session, file, "--preview", "--mapping", mapping)
    kept = json.loads(mapping.read_text())
    assert kept["columns"]["Organisation"] == ["organisation"]
    kept["columns"]["Topics"] = []
    mapping.write_text(json.dumps(kept))
    isegoria("roster", "import", session, file, "--mapping", mapping)
    persons = people(isegoria, session).persons
    assert not any(person.topics for person in persons.values())
    assert json.loads(mapping.read_text()) == kept


def test_a_mapping_that_does_not_fit_is_refused(isegoria: CommandLine, file: Path, tmp_path: Path) -> None:
    session, mapping = isegoria.created("--now"), tmp_path / "mapping.toml"
    answer = isegoria("roster", "import", session, file, "--mapping", mapping)
    assert (answer.code, answer.err) == (1, "A mapping is written as JSON: name it mapping.json.\n")
    mapping.write_text("[columns]\nTopics = 'nonsense'\n")
    answer = isegoria("roster", "import", session, file, "--mapping", mapping)
    assert answer.code == 1
    assert "In the mapping file, at columns.Topics" in answer.err
    assert len(people(isegoria, session).persons) == 4


def test_everybody_is_exported(isegoria: CommandLine, file: Path, tmp_path: Path) -> None:
    session = isegoria.created("--now")
    isegoria("roster", "import", session, file)
    output = tmp_path / "everybody.csv"
    assert isegoria("roster", "export", session, "-o", output).code == 0
    assert output.read_bytes() == isegoria("roster", "export", session).bytes
    rows = list(csv.reader(io.StringIO(output.read_text("utf-8-sig"))))
    assert len(rows) == 1 + 5 + 4
