"""Eight languages at once, their readers spread over them: from a revision's due moment until each reader has it.

Each language has a feed of its own, which says five revisions a second of one segment after the other; every tenth is
its final. No two feeds speak in the same moment. That each reader has exactly all finals of their language counts, too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from tests.load import machine
from tests.load.captions import STOCK, Heard, drained
from tests.load.hearing import Ears, Reader
from tests.load.pace import Effort, due
from tests.load.readers import Guest, crowd
from tests.load.scale import Scale
from tests.load.scene import feed, feed_of, moderator, reader, stock_reader
from tests.load.serving import Server, consultations, folder, product, stock
from tests.load.speaking import Say, feed_into, publish_by, text_of
from tests.load.table import Found, Row, spread

LANGUAGES = ("en", "es", "fr", "ar", "zh", "ru", "pt", "ca")
REVISIONS_A_SECOND = 5
TO_A_FINAL = 10
WARM_UP_S = 2
LIMIT = 3_600_000


async def measure(scale: Scale) -> Found:
    ours, theirs = await _product(scale), await _stock(scale)
    what = f"ms from due to reader, {len(LANGUAGES)} languages, {scale.readers} readers"
    rows = spread("languages", what, ours.delays_ms, theirs.delays_ms, STOCK, (50, 95, 99, 100))
    rows.append(Row("languages", "us of server for a delivery", ours.server_us, theirs.server_us, STOCK))
    rows.append(Row("languages", "readers without exactly all", ours.incomplete, theirs.incomplete, STOCK))
    lost = [f"languages: {ours.incomplete} readers did not get exactly what was said."] if ours.incomplete else []
    return Found(rows, lost + ours.busy + theirs.busy)


async def _product(scale: Scale) -> Heard:
    async with folder() as data:
        (consultation,) = await consultations(data, ["s1"], LIMIT, LANGUAGES)
        async with product(data) as server:
            await moderator(server, consultation)
            voices = [feed_into(await feed(server, consultation, feed_of(one)), one) for one in LANGUAGES]

            async def come(number: int, heard: Callable[[bytes], None]) -> Guest:
                return await reader(server, consultation, number, heard, language_of(number))

            return await _hear(scale, server, voices, come)


async def _stock(scale: Scale) -> Heard:
    async with stock() as server:
        voices = [publish_by(await stock_reader(server, room="nobody"), language) for language in LANGUAGES]

        async def come(number: int, heard: Callable[[bytes], None]) -> Guest:
            return await stock_reader(server, heard, language_of(number))

        return await _hear(scale, server, voices, come)


def language_of(number: int) -> str:
    return LANGUAGES[number % len(LANGUAGES)]


async def _hear(
    scale: Scale,
    server: Server,
    voices: Sequence[Say],
    come: Callable[[int, Callable[[bytes], None]], Awaitable[Guest]],
) -> Heard:
    ears = [Ears() for _ in LANGUAGES]
    readers = [Reader(ears[number % len(LANGUAGES)]) for number in range(scale.readers)]
    finals = (WARM_UP_S + scale.seconds) * REVISIONS_A_SECOND // TO_A_FINAL
    async with crowd(scale.readers, lambda number: come(number, readers[number].hear)):
        effort, computed = Effort(), machine.processor_s(server.pid)
        await speak(voices, finals)
        busy = effort.warnings("languages")
        await drained(readers, finals)
        computed = machine.processor_s(server.pid) - computed
    incomplete = sum(not one.complete(finals) for one in readers)
    delays = [delay for one in ears for delay in one.delays_ms]
    return Heard(delays, computed * 1e6 / (finals * TO_A_FINAL * scale.readers), incomplete, busy)


async def speak(voices: Sequence[Say], finals: int, first: int = 0) -> None:
    """All languages in turn, on a fixed schedule; segments are counted from `first` on."""
    every_s = 1 / (REVISIONS_A_SECOND * len(voices))
    warm = WARM_UP_S * REVISIONS_A_SECOND
    async for number, at in due(finals * TO_A_FINAL * len(voices), every_s):
        revision, voice = divmod(number, len(voices))
        segment, step = divmod(revision, TO_A_FINAL)
        final = step == TO_A_FINAL - 1
        stamp = first + segment if final else revision
        text = text_of(stamp, at if revision >= warm else 0, final=final)
        voices[voice](first + segment, 1 + step, text, final)
