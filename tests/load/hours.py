"""A session's captions in eight languages: the memory that they leave, and how soon one who comes late has them.

Speech of 130 words a minute in captions of 14 words makes 1,114 finals a language in two hours, 46 in five minutes.
They are told as fast as a feed may send, each as a partial and a final, to a few readers of each language.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from redis.asyncio import Redis

from isegoria.store.note import read_note
from isegoria.store.transcript import transcript_key
from tests.faults.processes import engine_process
from tests.load import machine
from tests.load.captions import drained
from tests.load.hearing import Ears, Reader
from tests.load.languages import LANGUAGES, LIMIT, language_of
from tests.load.memory import settled
from tests.load.pace import due, since_ms
from tests.load.readers import PATIENCE_S, accepted, crowd, leave
from tests.load.scale import Scale
from tests.load.scene import come, feed, feed_of, moderator, reader
from tests.load.serving import Server, consultations, folder, product
from tests.load.speaking import TRACK, Say, feed_into, text_of
from tests.load.table import Found, Row, spread
from tests.serving import Consultation

WORDS_A_MINUTE = 130
WORDS_A_CAPTION = 14
LENGTH = 90
"""Characters of so many words."""
FIRST_MINUTES = 5
READERS = 10
"""Of each language."""
SEGMENTS_A_SECOND = 22
LATE = 20
"""How many come late, one after the other."""
NEWEST = 100
ENGINE = "the engine alone, the same entries by redis-py"
_MB = 1_024


def finals_of(minutes: int) -> int:
    """Of one language."""
    return minutes * WORDS_A_MINUTE // WORDS_A_CAPTION


async def measure(scale: Scale) -> Found:
    few, all_of_it = finals_of(FIRST_MINUTES), finals_of(scale.minutes)
    async with folder() as data:
        (consultation,) = await consultations(data, ["s1"], LIMIT, LANGUAGES)
        async with product(data) as server:
            await moderator(server, consultation)
            voices = [feed_into(await feed(server, consultation, feed_of(one)), one) for one in LANGUAGES]
            sizes, incomplete = await _told(server, consultation, voices, data, (few, all_of_it))
            newest, whole = await _late(server, consultation, all_of_it)
            bare = await _bare(data, NEWEST), await _bare(data, all_of_it)
    before, after = sizes
    against = f"after {FIRST_MINUTES} minutes"
    rows = [
        Row("hours", f"MB of the {name}, {len(LANGUAGES)} languages after {scale.minutes} minutes", ours, then, against)
        for name, ours, then in zip(("server", "engine"), after, before, strict=True)
    ]
    rows += spread("hours", f"ms until a late reader has the newest {NEWEST}", newest, bare[0], ENGINE)
    rows += spread("hours", f"ms until a late reader has all {all_of_it} of a language", whole, bare[1], ENGINE)
    rows.append(Row("hours", "readers without exactly all", incomplete, 0, "-"))
    return Found(rows, [f"hours: {incomplete} readers did not get exactly what was said."] if incomplete else [])


async def _told(
    server: Server, consultation: Consultation, voices: Sequence[Say], data: Path, until: Sequence[int]
) -> tuple[list[tuple[float, float]], int]:
    """(MB of server and of engine when so many finals had been told in each language, readers who lack some)."""
    count = READERS * len(LANGUAGES)
    readers = [Reader(Ears()) for _ in range(count)]
    sizes, told = list[tuple[float, float]](), 0
    async with crowd(count, lambda i: reader(server, consultation, i, readers[i].hear, language_of(i))):
        for finals in until:
            await tell(voices, range(told, finals))
            await drained(readers, finals)
            told = finals
            sizes.append((await settled(server) / _MB, machine.resident_kb(engine_process(data)) / _MB))
    return sizes, sum(not one.complete(told) for one in readers)


async def tell(voices: Sequence[Say], segments: range) -> None:
    """Partial and final of each segment in each language."""
    async for number, _ in due(len(segments), 1 / SEGMENTS_A_SECOND):
        segment = segments[number]
        for say in voices:
            for final in (False, True):
                say(segment, 1 + final, text_of(segment, 0, final=final)[:LENGTH], final)


async def _late(server: Server, consultation: Consultation, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds from opening the page until a reader has the newest, and until all; each comes anew."""
    newest, whole = list[float](), list[float]()
    headers = {"Authorization": f"Bearer {consultation.tokens['attendee']}"}
    async with aiohttp.ClientSession(server.url, headers=headers) as http:
        for number in range(LATE):
            began = time.monotonic_ns()
            first = await _newest(server, consultation, number)
            newest.append(since_ms(began))
            have = NEWEST
            while first > 1:
                async with http.get(f"/api/sessions/{consultation.id}/captions/{TRACK}?before={first}") as answer:
                    segments = (await answer.json())["segments"]
                first, have = segments[0]["position"], have + len(segments)
            whole.append(since_ms(began))
            assert have == count, "a late reader has all, each once"
    return newest, whole


async def _newest(server: Server, consultation: Consultation, number: int) -> int:
    """Comes in and follows: the position of the first that came."""
    frame: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def hear(data: bytes) -> None:
        if data.startswith(b'42["captions"') and not frame.done():
            frame.set_result(data)

    guest = await come(server, consultation, "attendee", hear, f"late{number}")
    await accepted(guest.ask("follow", {"tracks": [TRACK]}))
    async with asyncio.timeout(PATIENCE_S):
        segments = json.loads((await frame)[2:])[1]["segments"]
    await leave([guest])
    assert len(segments) == NEWEST
    return int(segments[0]["position"])


async def _bare(data: Path, count: int) -> list[float]:
    note = read_note(data)
    assert note, "the server runs"
    took = list[float]()
    for _ in range(LATE):
        began = time.monotonic_ns()
        async with Redis(unix_socket_path=note.socket) as engine:
            found = await engine.xrevrange(transcript_key("s1", TRACK), count=count)
        took.append(since_ms(began))
        assert found
        assert len(found) == count
    return took
