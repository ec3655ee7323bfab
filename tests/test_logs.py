"""What stands in the logs, and what never does."""

from __future__ import annotations

import io
import json
import logging
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from aiohttp import ClientSession, web
from hypothesis import given
from hypothesis import strategies as st

from isegoria import logs
from isegoria.domain.roles import Actor
from isegoria.domain.values import Role
from isegoria.store.links import hash_of_token

TOKEN = secrets.token_urlsafe(32)
PLACES = [
    "{}",
    "GET /s/abc/speaker#{}",
    "https://host/s/abc/speaker#{} was opened",
    "POST /closedcaption?id=abc&ns=es&signature={}&seq=1",
    "wss://host/socket.io/?EIO=4&token={}",
    "GET /page?code={}",
    "Authorization: Bearer {}",
    "{{'Authorization': 'Bearer {}'}}",
    '{{"session": "abc", "token": "{}"}}',
    "secret={}",
    "redis://:{}@host:6379/0",
    "line one\nsignature = '{}'",
]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the logs go; afterwards logging is as before."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    written = io.StringIO()
    logs.configure("debug", "json", written)
    yield written
    root.handlers, root.level = handlers, level
    for name in ("engineio.server", "socketio.server", *logs.LIBRARIES):
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_one_json_object_with_time_level_and_logger(stream: io.StringIO) -> None:
    structlog.get_logger("isegoria.store").warning("disk_full", free=12)
    [line] = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "disk_full", "free": 12, "level": "warning", "logger": "isegoria.store"}


def test_session_actor_and_command_are_told_within_and_not_after(stream: io.StringIO) -> None:
    log = structlog.get_logger("isegoria")
    with logs.bound("abc", Actor(role=Role.MODERATOR, person="p1"), "give_floor"):
        log.info("inside")
    with logs.bound(actor=Actor(role=Role.SYSTEM)):
        log.info("alarm")
    log.info("outside")
    inside, alarm, outside = lines(stream)
    assert (inside["session"], inside["actor"], inside["command"]) == ("abc", "moderator:p1", "give_floor")
    assert alarm["actor"] == "system"
    assert {"session", "actor", "command"}.isdisjoint({*outside, *(alarm.keys() - {"actor"})})


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", ["json", "console"])
def test_no_token_is_ever_written(stream: io.StringIO, place: str, form: str) -> None:
    logs.configure("debug", form, stream)
    text = place.format(TOKEN)
    log = structlog.get_logger("isegoria")
    log.info(text)
    log.info("event", detail=text, nested={"deep": [text], text: 1})
    log.info("event", token=TOKEN, feed={"signature": TOKEN, "secrets": [TOKEN]}, body=text.encode())
    logging.getLogger("aiohttp.server").error("failed on %s", text)
    try:
        raise ValueError(text)
    except ValueError:
        log.exception("raised")
        logging.getLogger("socketio.server").exception("raised")
    assert stream.getvalue().count("\n") >= 6
    assert TOKEN not in stream.getvalue()


@given(st.sampled_from(PLACES), st.text("abcxyz019-_", min_size=12, max_size=60))
def test_what_is_marked_as_a_secret_goes_whatever_it_looks_like(place: str, token: str) -> None:
    if place == "{}":
        return
    event = logs.redact(None, "info", {"event": place.format(token), "passcode": token})
    assert token not in str(event)


def test_a_token_can_be_known_again_by_the_hash_that_names_its_link(stream: io.StringIO) -> None:
    structlog.get_logger("isegoria").info("refused", token=TOKEN)
    [line] = lines(stream)
    assert hash_of_token(TOKEN).startswith(line["token"].removeprefix("sha256:"))
    assert len(line["token"]) == len("sha256:") + 12


def test_what_is_no_secret_stays(stream: io.StringIO) -> None:
    said = {"session": "k7m2p9qd", "head": hash_of_token("x"), "path": "/feeds/abc/es", "count": 3, "why": "a = b?"}
    structlog.get_logger("isegoria").info("the list was closed", **said)
    [line] = lines(stream)
    assert said.items() <= line.items()


def test_the_libraries_write_through_the_same_handler(stream: io.StringIO) -> None:
    logging.getLogger("engineio.server").warning("unexpected packet")
    logging.getLogger("engineio.server").info("chatter")
    assert [(line["logger"], line["event"]) for line in lines(stream)] == [("engineio.server", "unexpected packet")]
    assert logging.getLogger("engineio.server").handlers == []


async def test_the_access_log_has_no_query(stream: io.StringIO) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text="0")

    app = web.Application()
    app.router.add_get("/closedcaption/seq", answer)
    runner = web.AppRunner(app, access_log_class=logs.AccessLog, access_log=logging.getLogger(logs.ACCESS))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with (
        ClientSession() as client,
        client.get(f"http://127.0.0.1:{port}/closedcaption/seq?signature={TOKEN}&id=abc") as answered,
    ):
        assert answered.status == 200
    await runner.cleanup()
    [line] = [line for line in lines(stream) if line["logger"] == logs.ACCESS]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/closedcaption/seq", 200)
    assert TOKEN not in stream.getvalue()
    assert "abc" not in stream.getvalue()
