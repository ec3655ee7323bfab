"""`captions`: a caption file through the server, as any feed does it; and which Wordly session is attended."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Sequence
from typing import Annotated

import aiohttp
import typer

from isegoria.cli.running import Data, File, Json, Session, note, tell, with_engine
from isegoria.domain.captions import Feed
from isegoria.domain.errors import Refused
from isegoria.domain.values import Millis
from isegoria.feeds import jsonfeed, replay
from isegoria.feeds.cues import Cue
from isegoria.preparation import IssuedFeed, existing, feeds_of, give_wordly, issue_feed
from isegoria.preparation.creation import SYSTEM
from isegoria.settings import Settings
from isegoria.store.engine import Engine
from isegoria.store.people import PeopleStore

app = typer.Typer(no_args_is_help=True, help="Captions from files, and from Wordly.")


@app.callback()
def captions() -> None:
    """Captions from files, and from Wordly."""


@app.command("replay")
def replay_file(
    session: Session,
    file: File,
    language: Annotated[str, typer.Option(metavar="TRACK", help='A track of the session: a language, or "floor".')],
    speed: Annotated[float, typer.Option(min=0.01, max=10_000, help="How many times faster than the file.")] = 1.0,
    server: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the server is (ISEGORIA_PUBLIC_URL).")
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Send an SRT or WebVTT file as the captions of a track, at its own pace or faster.

    The feed of the track gets a new secret, unless ISEGORIA_FEED_SECRET names the one that it has.
    """

    async def work(engine: Engine, settings: Settings) -> int:
        await existing(engine, session)
        read = replay.parse(file.read_bytes())
        if not read.cues:
            raise Refused("malformed", f"{file.name} holds no captions: an SRT or WebVTT file is wanted.")
        if read.skipped:
            note(f"{read.skipped} blocks of {file.name} were not understood and are left out.")
        feed = await _feed_of(engine, session, language)
        secret = settings.feed_secret
        source = IssuedFeed(feed, secret.get_secret_value()) if secret else await _renewed(engine, session, feed)
        return await _send(source.socket_url(server or settings.address, session), source.secret, read.cues, speed)

    sent = with_engine(data, work)
    tell({"id": session, "sent": sent}, f"{sent} captions were sent to the track {language}.", as_json=json)


@app.command("wordly")
def attend_wordly(
    session: Session,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code of the session in Wordly, like ABCD-1234.")],
    passcode: Annotated[str, typer.Option(metavar="PASSCODE", help="Its passcode, if it has one.")] = "",
    connection_code: Annotated[str, typer.Option(metavar="CODE", help="Its connection code, if it has one.")] = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Take the captions from a Wordly session: of the tracks that come from Wordly, or of all if none does yet.

    A running server attends at once, while the session is open.
    """

    async def work(engine: Engine, _: Settings) -> list[str]:
        await existing(engine, session)
        return await give_wordly(engine, session, SYSTEM, code, passcode, connection_code)

    feeds = with_engine(data, work)
    tell({"id": session, "feeds": feeds}, f"Captions come from Wordly to: {', '.join(feeds)}.", as_json=json)


async def _feed_of(engine: Engine, session: str, track: str) -> Feed:
    """The feed that the track's readers hear: the first that the session file names."""
    feeds = await feeds_of(engine, session, await PeopleStore(engine).read(session))
    found = next((feed for feed in feeds if feed.track == track), None)
    if found is None:
        known = ", ".join(dict.fromkeys(feed.track for feed in feeds)) or "none"
        raise Refused("malformed", f'The session has no captions "{track}"; its tracks are: {known}.')
    return found


async def _renewed(engine: Engine, session: str, feed: Feed) -> IssuedFeed:
    note(f"The feed {feed.id} has a new secret; its earlier address has ended.")
    return await issue_feed(engine, session, feed)


async def _send(url: str, secret: str, cues: Sequence[Cue], speed: float) -> int:
    """How many captions were sent. Raises Refused if the server cannot be reached, or ends the connection."""
    try:
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(url, headers={"Authorization": f"Bearer {secret}"}) as socket,
        ):
            return await _play(socket, cues, speed)
    except aiohttp.WSServerHandshakeError as error:
        raise Refused("unauthorised", f"The server at {url} does not take these captions ({error.status}).") from None
    except aiohttp.ClientError:
        raise Refused("engine_away", f"No server answers at {url}. Start it, or name it with --server.") from None


async def _play(socket: aiohttp.ClientWebSocketResponse, cues: Sequence[Cue], speed: float) -> int:
    """Listens meanwhile, since the server wants its pings answered and may end the connection."""
    listening = asyncio.create_task(_listen(socket))
    began, sent = time.monotonic(), 0

    async def until(after: Millis) -> None:
        await asyncio.wait([listening], timeout=max(0.0, began + after / 1_000 - time.monotonic()))

    async for caption in replay.replay(cues, secrets.token_hex(4), until, speed):
        if listening.done():
            raise Refused("engine_away", f"The server ended the connection after {sent} captions: {listening.result()}")
        await socket.send_str(jsonfeed.write(caption))
        sent += 1
    await socket.close()
    await listening
    return sent


async def _listen(socket: aiohttp.ClientWebSocketResponse) -> str:
    """What the server says when it ends the connection; what it does not understand is told at once."""
    async for message in socket:
        if message.type is aiohttp.WSMsgType.TEXT:
            note(message.json().get("error", {}).get("message", message.data))
    return f"code {socket.close_code}"
