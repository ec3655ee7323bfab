"""Two replicas on one engine: one is killed and started again, then the other is frozen; nobody misses a word.

Readers come back at whichever lives, as clients behind a proxy do, and go on from their position. What each holds in
the end is compared with what the engine keeps, and that with what the feeds said.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import count, product
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from isegoria.edges.wire import wire_caption
from isegoria.store.engine import Engine, open_engine
from isegoria.store.transcript import Transcript
from tests.browser.line import Line, line_to
from tests.faults.processes import Server, server
from tests.faults.test_crashes import endings, is_over, set_before, speaking
from tests.faults.test_cut_reader import FEEDS, TRACKS, Page, port
from tests.serving import PATIENCE_S, Client, Consultation, connected, prepare

TRANSPORTS = ("websocket", "polling")
PROMPT_S = 20.0
NOTICED_S = 70.0
"""A client at a frozen server takes ping interval and time-out, 45 s, to notice; then it has to come in elsewhere."""
PAUSE_S = {"en": 0.1, "es": 1.5}
"""Between two sentences. The feed of the frozen server is as slow as speech: what it says again on the way to another
server, and what the frozen one still does with it when it goes on, is known as a repeat for 64 sentences."""
AGAIN = 20
"""Sentences that a feed says again on a new connection."""


class Reader(Page):
    def __init__(self, name: str, language: str) -> None:
        super().__init__()
        self.name, self.reading = name, language

    @property
    def position(self) -> int:
        return self.tracks[self.reading].position or 0

    async def until(self, reached: Callable[[], bool], within_s: float = PROMPT_S) -> None:
        async with asyncio.timeout(within_s):
            while not reached():
                assert not self.wrong, self.wrong
                self._news.clear()
                await self._news.wait()

    async def hears_more(self) -> None:
        """Some sentences that are not said yet."""
        enough = self.position + 2
        await self.until(lambda: self.position >= enough)


class Feed:
    """Speaks on and on; on a new connection it first says again what may have been lost with the old one."""

    def __init__(self, session: Consultation, language: str, here: Server) -> None:
        self.said: list[str] = []
        self._session, self._language, self._here = session, language, here
        self._ends, self._awaited, self._reached = False, 0, asyncio.Event()
        self._speaking = asyncio.create_task(self._speak())

    async def move(self, here: Server) -> None:
        """Whatever the server that it spoke to does with the rest."""
        self._here = here
        self._speaking.cancel()
        with suppress(asyncio.CancelledError):
            await self._speaking
        self._speaking = asyncio.create_task(self._speak())

    async def says_more(self, sentences: int = 2) -> None:
        """Whether or not anybody hears them."""
        self._awaited = len(self.said) + sentences
        self._reached.clear()
        await self._reached.wait()

    async def end(self) -> None:
        self._ends = True
        await self._speaking

    async def _speak(self) -> None:
        feed = FEEDS[self._language]
        headers = {"Authorization": f"Bearer {self._session.secrets[feed]}"}
        async with aiohttp.ClientSession(headers=headers) as http:
            while not self._ends:
                with suppress(aiohttp.ClientError):
                    address = f"{self._here.url}/feeds/{self._session.id}/{feed}"
                    socket = await http.ws_connect(address)
                    answering = asyncio.create_task(answer_pings(socket))
                    try:
                        await self._go_on(socket)
                    finally:
                        answering.cancel()
                await asyncio.sleep(PAUSE_S[self._language])

    async def _go_on(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        for number in range(max(0, len(self.said) - AGAIN), len(self.said)):
            await self._say(socket, number)
        while not self._ends:
            self.said.append(f"{self._language} {len(self.said)}: all human beings are born free")
            await self._say(socket, len(self.said) - 1)
            if len(self.said) >= self._awaited:
                self._reached.set()
            await asyncio.sleep(PAUSE_S[self._language])
        await socket.close()

    async def _say(self, socket: aiohttp.ClientWebSocketResponse, number: int) -> None:
        await socket.send_json({"segment_id": str(number), "status": "final", "text": self.said[number]})


async def answer_pings(socket: aiohttp.ClientWebSocketResponse) -> None:
    """As any client does that reads; one that left them unread would reset its connection when it goes."""
    async for _ in socket:
        pass


@asynccontextmanager
async def readers(session: Consultation, lines: Mapping[str, str]) -> AsyncIterator[dict[str, list[Reader]]]:
    """At the address of each line one reader for each transport and language."""
    async with AsyncExitStack() as leaving:
        come: dict[str, list[Reader]] = {line: [] for line in lines}
        for line, transport, language in product(lines, TRANSPORTS, TRACKS):
            reader = Reader(f"{line}-{transport}-{language}", language)
            leaving.push_async_callback(reader.sio.shutdown)
            await enter(reader, session, lines[line], transport)
            come[line].append(reader)
        yield come


async def enter(reader: Reader, session: Consultation, url: str, transport: str) -> None:
    auth = {"session": session.id, "token": session.tokens["attendee"], "client": reader.name}
    await reader.sio.connect(url, auth=auth, transports=[transport], wait_timeout=PATIENCE_S)


async def all_hear_more(some: Iterable[Reader]) -> None:
    await asyncio.gather(*(reader.hears_more() for reader in some))


async def all_back(some: Iterable[Reader], connections: int, within_s: float = PROMPT_S) -> None:
    """Each has come in so many times."""
    await asyncio.gather(
        *(reader.until(lambda r=reader: r.connections >= connections, within_s) for reader in some)  # type: ignore[misc]
    )


async def commanded_until(done: asyncio.Task[None], team: Client, one: Reader) -> int:
    """Commands are accepted, and sentences heard, all the while; how many commands."""
    for number in count():
        if done.done():
            await done
            return number
        assert (await team.command(f"cue{number}", "send_message", to="ana", cue="slower"))["ok"]
        await one.hears_more()
    raise AssertionError


async def kept(engine: Engine, track: str) -> dict[int, Any]:
    """What the engine keeps of a track, as readers are told it."""
    segments = await Transcript(engine).read("s1", track)
    return {one.position: wire_caption(one.for_public()).model_dump(mode="json") for one in segments if one.position}


@pytest.mark.timeout(180)
async def test_promise_5_one_replica_killed_and_one_frozen_leave_all_readers_the_same_transcript(
    tmp_path: Path,
) -> None:
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(open_engine(tmp_path))
        session = await prepare(engine)
        first = await stack.enter_async_context(server(tmp_path))
        second = await stack.enter_async_context(server(tmp_path))
        left, left_address = await stack.enter_async_context(line_to(port(first)))
        right, right_address = await stack.enter_async_context(line_to(port(second)))
        come = await stack.enter_async_context(readers(session, {"left": left_address, "right": right_address}))
        everyone = [*come["left"], *come["right"]]

        async with connected(second.url, "s1", session.tokens["mia"]) as mia:
            turn = await speaking(mia)
            feeds = {"en": Feed(session, "en", first), "es": Feed(session, "es", second)}
            await all_hear_more(everyone)
            left.mend(port(second))
            await first.killed()
            await feeds["en"].move(second)
            await all_back(come["left"], 2)
            assert (await mia.command("killed", "send_message", to="ana", cue="slower"))["ok"]
            await all_hear_more(everyone)

        again = await stack.enter_async_context(server(tmp_path))
        await moved(left, again, come["left"], 3)
        await feeds["en"].move(again)
        await all_hear_more(everyone)

        async with connected(again.url, "s1", session.tokens["mia"]) as mia:
            await set_before(mia, turn["floor"]["closes_at"], 1_500)
            right.mend(port(again))
            second.send(signal.SIGSTOP)
            await feeds["es"].says_more()
            await feeds["es"].move(again)
            back = asyncio.create_task(all_back(come["right"], 2, NOTICED_S))
            assert await commanded_until(back, mia, come["left"][0]) > 10
            assert (await mia.until("view", is_over))["turns"][0]["ended_at"] == turn["floor"]["closes_at"]
            second.send(signal.SIGCONT)
        await let_go(tmp_path, second, FEEDS["es"])
        await all_hear_more(everyone)

        for language in TRACKS:
            late = Reader(f"late-{language}", language)
            stack.push_async_callback(late.sio.shutdown)
            await enter(late, session, second.url, "websocket")
            await late.hears_more()
        for feed in feeds.values():
            await feed.end()
        for language in TRACKS:
            await identical(engine, language, feeds[language], everyone)
        assert len(await endings(engine)) == 1


async def moved(line: Line, here: Server, some: list[Reader], connections: int) -> None:
    """Their line breaks, and leads to that server."""
    line.cut()
    line.mend(port(here))
    await all_back(some, connections)


async def let_go(data: Path, here: Server, feed: str) -> None:
    """It has done with what the feed had said to it, and logs the end of that connection."""
    log = data / f"server-{port(here)}.log"
    async with asyncio.timeout(PROMPT_S):
        while True:
            if f'"path": "/feeds/s1/{feed}"' in log.read_text():
                return
            await asyncio.sleep(0.05)


async def identical(engine: Engine, language: str, feed: Feed, everyone: list[Reader]) -> None:
    """What each reader of a language holds is what the engine keeps, and that is what was said, each once, in order."""
    wanted = await kept(engine, language)
    assert [one["text"] for one in wanted.values() if one["text"]] == feed.said
    for reader in everyone:
        if reader.reading == language:
            await reader.until(lambda r=reader: r.position == len(wanted))  # type: ignore[misc]
            assert reader.tracks[language].came == list(wanted), "once, and in order"
            assert reader.tracks[language].kept == wanted
