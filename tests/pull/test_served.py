"""Feeds that are fetched, in a whole server: from the code that a person gives to what readers have."""

from __future__ import annotations

from pathlib import Path

from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.preparation import give_wordly
from isegoria.store.engine import Engine
from tests.fake_wordly import fake_wordly
from tests.serving import connected, prepare, replica


async def test_a_code_that_is_given_while_the_server_runs_brings_captions(engine: Engine, engine_folder: Path) -> None:
    session = await prepare(engine)
    async with fake_wordly() as wordly, replica(engine_folder, wordly_url=wordly.url) as running:
        async with (
            connected(running.url, "s1", session.tokens["mia"]) as mia,
            connected(running.url, "s1", session.tokens["attendee"]) as reader,
        ):
            await mia.until("view", lambda view: view["state"] == "open")
            assert (await mia.command("1", "start_session"))["ok"]
            assert (await reader.ask("follow", {"tracks": ["es"]}))["ok"]
            await give_wordly(engine, "s1", Actor(role=Role.SYSTEM), "WRNG 0000")
            refused = await mia.until("status", lambda status: links(status) == {"refused"})
            assert {feed["problem"] for feed in refused["feeds"]} == {"No such presentation."}
            await give_wordly(engine, "s1", Actor(role=Role.SYSTEM), "abcd1234")
            first = await wordly.attendee("es")
            await mia.until("status", lambda status: links(status) == {"connected"})
            await wordly.phrase("es", "1", "Buenos días", final=True)
            frame = await reader.until("captions", lambda frame: frame["segments"])
            assert [(one["text"], one["status"]) for one in frame["segments"]] == [("Buenos días", "final")]
            assert (await mia.command("2", "reconnect_feed", feed="es-feed"))["ok"]
            await wordly.until(lambda: first in wordly.gone)
            assert await wordly.attendee("es") is not first
            assert len(wordly.of("en")) == 1
        last = [await wordly.attendee(language) for language in ("en", "es")]
    assert [one.heard[-1]["type"] for one in last] == ["disconnect", "disconnect"]


def links(status: object) -> set[str]:
    assert isinstance(status, dict)
    return {feed["link"] for feed in status["feeds"]}
