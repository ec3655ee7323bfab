"""`session`, `links`, `report`, `verify`: a session from its file to its verified log."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import pytest

from isegoria import __version__
from isegoria.domain import commands as c
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.live.direct import ask, load
from isegoria.session_file import EXAMPLE
from isegoria.store.engine import Engine, open_engine
from isegoria.store.journal import Journal
from isegoria.store.links import FeedSecrets, Links
from isegoria.store.people import PeopleStore
from tests.cli.conftest import CommandLine

T = TypeVar("T")
MIA = Actor(role=Role.MODERATOR)
FEEDS = ["floor", "es", "fr", "ar", "zh", "ru", "pt", "ca"]
"""Of the example."""


def with_engine(isegoria: CommandLine, work: Callable[[Engine], Awaitable[T]]) -> T:
    async def do() -> T:
        async with open_engine(isegoria.data) as engine:
            return await work(engine)

    return asyncio.run(do())


def token(url: str) -> str:
    return urlsplit(url).fragment


# --- create --------------------------------------------------------------------------------------


def test_a_session_is_created_with_its_words_its_staff_and_links_that_open_it(isegoria: CommandLine) -> None:
    made = isegoria("session", "create", EXAMPLE, "--json").json
    session = made["id"]
    assert re.fullmatch("[a-z2-9]{8}", session)
    roles = [link["role"] for link in made["links"]]
    assert roles == ["moderator", "secretariat", "secretariat", "rapporteur", "attendee", "stage"]

    async def look(engine: Engine) -> None:
        state = (await load(engine, session)).session
        people = await PeopleStore(engine).read(session)
        assert people.about.title.startswith("Online consultation")
        assert (len(state.segments), state.rehearsal) == (7, False)
        assert state.roster_revision == people.revision
        for link in made["links"]:
            found = await Links(engine).resolve(session, token(link["url"]))
            assert found
            assert (found.role, found.person) == (link["role"], link["person"])
            assert link["url"].startswith(f"http://127.0.0.1:8080/s/{session}/{link['role']}#")

    with_engine(isegoria, look)


def test_feed_addresses_carry_session_feed_and_secret(isegoria: CommandLine) -> None:
    made = isegoria("session", "create", EXAMPLE, "--json").json
    assert [feed["feed"] for feed in made["feeds"]] == FEEDS

    async def look(engine: Engine) -> None:
        for feed in made["feeds"]:
            address = urlsplit(feed["captions"])
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            assert address.path == "/closedcaption"
            assert (query["id"], query["ns"]) == (made["id"], feed["feed"])
            assert feed["websocket"] == f"ws://127.0.0.1:8080/feeds/{made['id']}/{feed['feed']}"
            found = await FeedSecrets(engine).resolve_feed(made["id"], feed["feed"], query["signature"])
            assert found
            assert found["track"] == feed["track"]

    with_engine(isegoria, look)


def test_a_file_that_does_not_fit_is_refused_and_nothing_is_created(isegoria: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "session.toml"
    file.write_text(EXAMPLE.read_text().replace("minutes = 11", 'minutes = "ten"'))
    answer = isegoria("session", "create", file)
    assert (answer.code, answer.out) == (1, "")
    first, second = answer.err.splitlines()
    assert first == "The file session.toml cannot be used as it is."
    assert second.startswith("segments[0].minutes (line 28): whole minutes from 0 to 600 are wanted")
    assert isegoria("session", "list", "--json").json == []


def test_a_session_that_is_over_already_is_told(isegoria: CommandLine) -> None:
    assert "Its end has passed, on 2025-07-01 17:00 Europe/Madrid" in isegoria("session", "create", EXAMPLE).err
    assert isegoria("session", "create", EXAMPLE, "--now").err == ""


def test_for_people_the_id_comes_first_and_the_links_stand_in_lines(isegoria: CommandLine) -> None:
    lines = isegoria("session", "create", EXAMPLE, "--now").out.splitlines()
    assert re.fullmatch("[a-z2-9]{8}  Online consultation .*", lines[0])
    assert sum("/s/" in line and "#" in line for line in lines) == 6
    assert sum("signature=" in line for line in lines) == len(FEEDS)


# --- list, show, extend, close -------------------------------------------------------------------


def test_sessions_are_listed_as_they_were_created_without_ages(isegoria: CommandLine) -> None:
    first, second = isegoria.created("--now"), isegoria.created()
    told = isegoria("session", "list", "--json").json
    assert [one["id"] for one in told] == [first, second]
    assert told[1]["starts_at"] == 1_751_374_800_000
    assert told == isegoria("session", "list", "--json").json
    line = isegoria("session", "list").out.splitlines()[1]
    assert line.startswith(f"{second}  open       2025-07-01 15:00 Europe/Madrid  Online consultation")


def test_a_log_that_cannot_be_read_hides_no_other_and_is_told(isegoria: CommandLine) -> None:
    broken, whole = isegoria.created("--now"), isegoria.created("--now")

    async def spoil(engine: Engine) -> None:
        version = (await load(engine, broken)).session.version
        await Journal(engine).append(broken, version + 1, b'{"version": 3, "events": [{"type": "from_the_future"}]}')

    with_engine(isegoria, spoil)
    told = isegoria("session", "list", "--json").json
    assert [(one["id"], one["state"]) for one in told] == [(broken, "unreadable"), (whole, "open")]
    answer = isegoria("session", "show", broken)
    assert (answer.code, answer.err) == (1, f"The log of {broken} was written by a newer version than {__version__}.\n")


def test_show_tells_state_times_and_head(isegoria: CommandLine) -> None:
    session = isegoria.created("--now")
    told = isegoria("session", "show", session, "--json").json
    head = with_engine(isegoria, lambda engine: load(engine, session)).head
    assert (told["state"], told["head"], told["people"]) == ("open", head, 4)
    assert head in isegoria("session", "show", session).out


def test_extend_moves_the_end_and_nothing_else(isegoria: CommandLine) -> None:
    session = isegoria.created("--now")
    before = isegoria("session", "show", session, "--json").json
    told = isegoria("session", "extend", session, "15", "--json").json
    after = isegoria("session", "show", session, "--json").json
    assert after["ends_at"] == told["ends_at"] == before["ends_at"] + 15 * 60_000
    assert isegoria("session", "extend", session, "-15").code == 0
    assert isegoria("session", "show", session, "--json").json["ends_at"] == before["ends_at"]


def test_T10_close_makes_those_who_wait_not_heard(isegoria: CommandLine, tmp_path: Path) -> None:
    session = isegoria.created("--now")
    roster = tmp_path / "roster.csv"
    roster.write_text("Display name,Organisation,Do you wish to take the floor?\nAna Lima,A City,Yes\n")
    assert isegoria("roster", "import", session, roster, "--inscribe").code == 0
    assert isegoria("session", "close", session, "--json").json == {"id": session, "not_heard": 1}
    again = isegoria("session", "close", session)
    assert again.code == 1
    assert again.err == "The session is closed; this needs it scheduled or open or live or suspended.\n"


@pytest.mark.parametrize(
    "command",
    [
        ("session", "show", "nope"),
        ("session", "extend", "nope", "5"),
        ("session", "close", "nope"),
        ("links", "nope"),
        ("report", "nope", "--format", "json"),
        ("roster", "export", "nope"),
        ("check", "nope"),
    ],
)
def test_an_unknown_session_is_refused_on_stderr(isegoria: CommandLine, command: tuple[str, ...]) -> None:
    answer = isegoria(*command)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == 'There is no session "nope". `isegoria session list` names them all.\n'
    assert isegoria("session", "list", "--json").json == []


@pytest.mark.parametrize(
    "command",
    [
        ("session", "shew"),
        ("session", "extend", "abc", "soon"),
        ("report", "abc"),
        ("report", "abc", "--format", "odt"),
        ("session", "create", "no-such-file.toml"),
        ("links", "abc", "--role", "system"),
    ],
)
def test_wrong_usage_is_exit_2(isegoria: CommandLine, command: tuple[str, ...]) -> None:
    assert isegoria(*command).code == 2


def test_data_may_stand_before_the_command_or_after_it(
    isegoria: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    session = isegoria.created("--now")
    elsewhere = CommandLine(tmp_path / "nothing")
    monkeypatch.setenv("ISEGORIA_DATA", str(elsewhere.data))
    for arguments in (("session", "list", "--data", isegoria.data), ("--data", isegoria.data, "session", "list")):
        assert session in elsewhere(*arguments).out
    assert not elsewhere.data.exists()


# --- links ---------------------------------------------------------------------------------------


def test_links_are_made_for_those_who_have_none_and_kept_for_the_others(isegoria: CommandLine, tmp_path: Path) -> None:
    made = isegoria("session", "create", EXAMPLE, "--json").json
    session = made["id"]
    roster = tmp_path / "roster.csv"
    roster.write_text("Display name,Organisation\nAna Lima,A City\nBo Ek,B City\n")
    isegoria("roster", "import", session, roster)
    answer = isegoria("links", session, "--json")
    assert [(link["role"], link["name"]) for link in answer.json["links"]] == [
        ("speaker", "Ana Lima"),
        ("speaker", "Bo Ek"),
    ]
    assert answer.json["kept"] == {"links": 6, "feeds": FEEDS}
    assert "--renew makes new ones and ends these" in answer.err
    assert isegoria("links", session, "--json").json["links"] == []

    async def look(engine: Engine) -> None:
        for link in made["links"]:
            assert await Links(engine).resolve(session, token(link["url"]))

    with_engine(isegoria, look)


def test_renewed_links_end_the_earlier_ones_shared_ones_too(isegoria: CommandLine) -> None:
    made = isegoria("session", "create", EXAMPLE, "--json").json
    session = made["id"]
    renewed = isegoria("links", session, "--renew", "--json").json
    assert len(renewed["links"]) == len(made["links"])

    async def look(engine: Engine) -> None:
        for old, new in zip(made["links"], renewed["links"], strict=True):
            assert await Links(engine).resolve(session, token(old["url"])) is None
            assert await Links(engine).resolve(session, token(new["url"]))
        for old in made["feeds"]:
            assert await FeedSecrets(engine).resolve_feed(session, old["feed"], old["secret"]) is None
        for new in renewed["feeds"]:
            assert await FeedSecrets(engine).resolve_feed(session, new["feed"], new["secret"])

    with_engine(isegoria, look)


def test_links_of_one_role_leave_all_others_alone(isegoria: CommandLine) -> None:
    made = isegoria("session", "create", EXAMPLE, "--json").json
    session = made["id"]
    renewed = isegoria("links", session, "--role", "stage", "--renew", "--json").json
    assert [link["role"] for link in renewed["links"]] == ["stage"]
    assert renewed["feeds"] == []

    async def look(engine: Engine) -> None:
        for link in made["links"]:
            found = await Links(engine).resolve(session, token(link["url"]))
            assert (found is None) == (link["role"] == "stage")

    with_engine(isegoria, look)


def test_links_lead_to_the_public_address(isegoria: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISEGORIA_PUBLIC_URL", "https://floor.example.org/")
    made = isegoria("session", "create", EXAMPLE, "--json").json
    assert made["links"][0]["url"].startswith(f"https://floor.example.org/s/{made['id']}/moderator#")
    assert made["feeds"][0]["websocket"] == f"wss://floor.example.org/feeds/{made['id']}/floor"


# --- report and verify ---------------------------------------------------------------------------


def spoken(isegoria: CommandLine, tmp_path: Path) -> str:
    """A session in which one has spoken and one waits."""
    session = isegoria.created("--now")
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "Display name,Organisation,Do you wish to take the floor?\nAna Lima,A City,Yes\nBo Ek,B City,Yes\n"
    )
    isegoria("roster", "import", session, roster, "--inscribe")

    async def speak(engine: Engine) -> None:
        await ask(engine, session, c.StartSession(), MIA)
        first = (await load(engine, session)).session.order[0]
        await ask(engine, session, c.GiveFloor(entry=first, after=None), MIA)
        turn = (await load(engine, session)).session.newest_turn
        assert turn
        await ask(engine, session, c.EndTurn(turn=turn), MIA)

    with_engine(isegoria, speak)
    return session


def test_the_record_comes_as_json_and_csv(isegoria: CommandLine, tmp_path: Path) -> None:
    session = spoken(isegoria, tmp_path)
    record = isegoria("report", session, "--format", "json").json
    assert record["counts"] == {**dict.fromkeys(record["counts"], 0), "requests": 2, "heard": 1, "waiting": 1}
    assert record["interventions"][0]["speaker"]["name"] == "Ana Lima"
    answer = isegoria("report", session, "--format", "csv", "-o", tmp_path)
    assert (answer.code, answer.out) == (0, "")
    written = (tmp_path / f"isegoria-{session}-internal.csv").read_bytes()
    [row] = csv.DictReader(io.StringIO(written.decode("utf-8-sig")))
    assert row["name"] == "Ana Lima"


def test_the_log_verifies_against_the_head_that_show_tells(isegoria: CommandLine, tmp_path: Path) -> None:
    session, file = spoken(isegoria, tmp_path), tmp_path / "log.jsonl"
    assert isegoria("report", session, "--format", "jsonl", "--output", file).code == 0
    head = isegoria("session", "show", session, "--json").json["head"]
    whole = isegoria("verify", file, "--head", head)
    assert (whole.code, whole.err) == (0, "")
    assert whole.out.startswith("Whole: ")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:3], lines[3].replace(b'"version":4', b'"version":4 '), *lines[4:]]))
    broken = isegoria("verify", file)
    assert (broken.code, broken.out) == (1, "")
    assert broken.err == "Entry 4 was changed: entry 5 holds another hash of it.\n"
    assert isegoria("verify", file, "--json").json["bad"] == 4


def test_the_log_holds_the_journals_bytes_and_no_name(isegoria: CommandLine, tmp_path: Path) -> None:
    """R8."""
    session = spoken(isegoria, tmp_path)
    log = isegoria("report", session, "--format", "jsonl").bytes
    assert b"Ana" not in log
    assert json.loads(log.splitlines()[-1])["entries"] == len(log.splitlines()) - 1
