"""`captions wordly`: a session's tracks come from Wordly from now on."""

from __future__ import annotations

import asyncio

from isegoria.domain.captions import Feed, Wordly
from isegoria.domain.session import Session
from isegoria.live.direct import load
from isegoria.preparation import feeds_of
from isegoria.store.engine import open_engine
from isegoria.store.people import PeopleStore
from tests.cli.conftest import CommandLine


def state(isegoria: CommandLine, session: str) -> tuple[list[Feed], Session]:
    async def read() -> tuple[list[Feed], Session]:
        async with open_engine(isegoria.data) as engine:
            feeds = await feeds_of(engine, session, await PeopleStore(engine).read(session))
            return feeds, (await load(engine, session)).session

    return asyncio.run(read())


def test_all_tracks_attend_where_none_came_from_wordly_before(isegoria: CommandLine) -> None:
    session = isegoria.created()
    answer = isegoria("captions", "wordly", session, "abcd 1234", "--passcode", "let me in")
    feeds, live = state(isegoria, session)
    assert (answer.code, answer.out) == (0, f"Captions come from Wordly to: {', '.join(f.id for f in feeds)}.\n")
    assert {feed.pulled for feed in feeds if feed.track == "es"} == {
        Wordly(code="ABCD-1234", passcode="let me in", language="es")
    }
    assert all(feed.pulled for feed in feeds)
    assert live.feeds_revision == 1


def test_another_code_replaces_the_first(isegoria: CommandLine) -> None:
    session = isegoria.created()
    isegoria("captions", "wordly", session, "ABCD-1234", "--passcode", "let me in")
    answer = isegoria("captions", "wordly", session, "WXYZ9876", "--connection-code", "9005", "--json")
    feeds, live = state(isegoria, session)
    assert answer.json == {"id": session, "feeds": [feed.id for feed in feeds]}
    spanish = next(feed.pulled for feed in feeds if feed.track == "es")
    assert spanish == Wordly(code="WXYZ-9876", connection_code="9005", language="es")
    assert live.feeds_revision == 2


def test_what_is_no_code_is_refused(isegoria: CommandLine) -> None:
    answer = isegoria("captions", "wordly", isegoria.created(), "12345678")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "The code of a Wordly session has four letters and four digits.\n"
    assert isegoria("captions", "wordly", "nosuchsession", "ABCD-1234").code == 1
