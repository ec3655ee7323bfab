"""WebVTT over one request that lasts, with a real client, a real engine and two servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

import pytest
from limits import RateLimitItemPerSecond
from yarl import URL

from isegoria.domain.session import Session
from isegoria.domain.values import SessionState
from isegoria.store.engine import Engine
from tests.edges import ingested
from tests.edges.ingested import Away, Gone, House, Patient
from tests.live.stage import FLOOR, NOON

# As ffmpeg writes it: the empty line that ends a cue comes with the next.
CUES = ["WEBVTT\n", "\n00:01.000 --> 00:03.500\nThank you,\nChair.\n", "\n00:04.000 --> 00:05.000\nشكرا لكم\n"]


housed = partial(ingested.housed, kind=Patient)


@dataclass
class Program:
    """A program that sends what it is told to, over one connection, in chunks."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *chunks: str | bytes) -> None:
        for chunk in chunks:
            data = chunk if isinstance(chunk, bytes) else chunk.encode()
            self.writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            await self.writer.drain()

    async def end(self) -> str:
        self.writer.write(b"0\r\n\r\n")
        return await self.answer()

    async def answer(self) -> str:
        """The status of the answer."""
        async with asyncio.timeout(5):
            return (await self.reader.readline()).decode().split(" ")[1]


def address(house: House, server: int, key: str | None) -> URL:
    url = house.servers[server].make_url(f"/feeds/s/{FLOOR.id}/webvtt")
    return url.with_query(key=house.secret if key is None else key)


@asynccontextmanager
async def program(
    house: House, server: int = 0, method: str = "POST", key: str | None = None
) -> AsyncIterator[Program]:
    url = address(house, server, key)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(f"{method} {url.raw_path_qs} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
    try:
        yield Program(reader, writer)
    finally:
        writer.close()


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_C24_cues_are_taken_as_they_come_and_the_request_goes_on(engine: Engine, method: str) -> None:
    async with housed(engine) as house, program(house, method=method) as ffmpeg:
        await ffmpeg.send(*CUES[:2])
        await house.stage.until(lambda: house.replicas[1].texts() == ["Thank you,\nChair."])
        await ffmpeg.send(CUES[2])
        await house.stage.until(lambda: house.replicas[0].intake.status({})[0].last_line == "شكرا لكم")
        assert await house.texts() == ["Thank you,\nChair."]
        assert await ffmpeg.end() == "200"
        assert await house.texts() == ["Thank you,\nChair.", "شكرا لكم"]
        kept = await house.stage.kept()
        assert [(one.spoken_at, one.ends_at) for one in kept] == [
            (NOON - FLOOR.lag, NOON - FLOOR.lag + 2_500),
            (NOON - FLOOR.lag, NOON - FLOOR.lag + 1_000),
        ]


async def test_it_may_be_cut_anywhere(engine: Engine) -> None:
    async with housed(engine) as house, program(house) as ffmpeg:
        for byte in "".join(CUES).encode():
            await ffmpeg.send(bytes([byte]))
        assert await ffmpeg.end() == "200"
        assert await house.texts() == ["Thank you,\nChair.", "شكرا لكم"]


async def test_C24_each_request_is_a_run_of_its_own(engine: Engine) -> None:
    async with housed(engine) as house:
        for server in (0, 1):
            async with program(house, server) as ffmpeg:
                await ffmpeg.send(*CUES)
                assert await ffmpeg.end() == "200"
        assert await house.texts() == ["Thank you,\nChair.", "شكرا لكم"] * 2


async def test_a_new_request_ends_the_one_before(engine: Engine) -> None:
    async with housed(engine) as house, program(house) as first:
        await first.send(*CUES[:2])
        await house.stage.until(lambda: house.replicas[0].texts() == ["Thank you,\nChair."])
        async with program(house) as second:
            await second.send(*CUES[:1], CUES[2])
            assert await first.answer() == "409"
            async with program(house) as third:
                await third.send(CUES[0])
                assert await second.answer() == "409"
                assert await third.end() == "200"


async def test_what_cannot_be_read_is_counted_and_the_rest_is_read(engine: Engine) -> None:
    async with housed(engine) as house, program(house) as ffmpeg:
        await ffmpeg.send(*CUES[:2], "\nhello\n\n", b"\xff" * 20_000, "\n\n", CUES[2])
        assert await ffmpeg.end() == "200"
        assert await house.texts() == ["Thank you,\nChair.", "شكرا لكم"]
        assert house.replicas[0].intake.status({})[0].dropped == 2


async def test_a_program_that_hangs_up_behind_its_last_cue_loses_nothing(engine: Engine) -> None:
    async with housed(engine, retry_s=0.05) as house:
        house.replicas[0].intake._transcript = Away(engine, times=3)
        async with program(house) as ffmpeg:
            await ffmpeg.send(*CUES[:2])
            await house.stage.until(lambda: house.replicas[0].texts() == ["Thank you,\nChair."])
            await ffmpeg.send(CUES[2])
            ffmpeg.writer.write(b"0\r\n\r\n")
        await house.stage.until(lambda: house.replicas[0].relay._rooms["floor", False].newest == 2)
        assert await house.texts() == ["Thank you,\nChair.", "شكرا لكم"]


async def test_a_request_that_breaks_off_loses_nothing_that_came_whole(engine: Engine) -> None:
    async with housed(engine) as house:
        async with program(house) as ffmpeg:
            await ffmpeg.send(*CUES, "and")
            await house.stage.until(lambda: house.replicas[0].intake.status({})[0].last_line == "شكرا لكم")
        house.stage.now += 10_000
        await house.replicas[0].intake.settle()
        assert await house.texts() == ["Thank you,\nChair.", "شكرا لكم"]


async def test_while_the_engine_is_away_nothing_is_lost(engine: Engine) -> None:
    async with housed(engine, retry_s=0.01) as house, program(house) as ffmpeg:
        house.replicas[0].intake._transcript = Away(engine, times=3)
        await ffmpeg.send(*CUES)
        assert await ffmpeg.end() == "200"
        assert await house.texts() == ["Thank you,\nChair.", "شكرا لكم"]


async def test_when_the_engine_stays_away_the_request_ends(engine: Engine) -> None:
    async with housed(engine, retry_s=0.01, patience=3) as house, program(house) as ffmpeg:
        house.replicas[0].intake._transcript = Gone(engine)
        await ffmpeg.send(*CUES, "\n")
        assert await ffmpeg.answer() == "503"
        assert house.replicas[0].intake.status({})[0].dropped == 1


async def test_cues_that_come_too_fast_wait_and_are_not_lost(engine: Engine) -> None:
    async with housed(engine, per_feed=RateLimitItemPerSecond(1)) as house, program(house) as ffmpeg:
        await ffmpeg.send("".join(CUES))
        assert await ffmpeg.end() == "200"
        assert await house.texts() == ["Thank you,\nChair.", "شكرا لكم"]


async def test_a_server_that_stops_does_not_wait_for_the_end(engine: Engine) -> None:
    async with housed(engine) as house, program(house) as ffmpeg:
        await ffmpeg.send(*CUES[:2])
        await house.stage.until(lambda: house.replicas[0].texts() == ["Thank you,\nChair."])
        async with asyncio.timeout(2):
            await house.servers[0].close()
        assert await ffmpeg.answer() == "503"


async def test_a_session_that_closes_ends_it_with_the_next_cue(engine: Engine) -> None:
    async with housed(engine) as house, program(house) as ffmpeg:
        await ffmpeg.send(*CUES[:2])
        await house.stage.until(lambda: house.replicas[0].texts() == ["Thank you,\nChair."])
        house.stage.session = replace(house.stage.session, state=SessionState.CLOSED, closed_at=NOON - 60_000)
        await ffmpeg.send(CUES[2])
        assert await ffmpeg.answer() == "400"


@pytest.mark.parametrize(
    ("session", "key", "status"), [(None, "", 403), (None, "wrong", 403), (Session(id="s"), None, 400)]
)
async def test_who_may_not_send_is_told_before_the_end(
    engine: Engine, session: Session | None, key: str | None, status: int
) -> None:
    async with housed(engine, session) as house, program(house, key=key) as ffmpeg:
        await ffmpeg.send(CUES[0])
        assert await ffmpeg.answer() == str(status)
        async with asyncio.timeout(5):
            await ffmpeg.reader.read()
