"""The transcript: numbers without holes, and a feed's revision as the fence between replicas."""

from __future__ import annotations

import asyncio

import pytest

from isegoria.domain.captions import CaptionSegment, CaptionStatus
from isegoria.domain.errors import Refused
from isegoria.store.engine import Engine
from isegoria.store.leases import Leases
from isegoria.store.presence import Presence
from isegoria.store.transcript import Transcript


def said(text: str, language: str = "en") -> CaptionSegment:
    return CaptionSegment(
        source="f1",
        segment_id=text,
        status=CaptionStatus.FINAL,
        language=language,
        text=text,
        received_at=1_751_371_200_000,
        spoken_at=1_751_371_199_000,
    )


async def test_a_feeds_segments_are_numbered_by_track(engine: Engine) -> None:
    transcript = Transcript(engine)
    first = {"floor": [said("one"), said("two")], "es": [said("uno", "es")]}
    assert await transcript.accept("s", "f1", 0, first, b"after two") == {"floor": [1, 2], "es": [1]}
    assert await transcript.accept("s", "f1", 1, {"floor": [said("three")]}, b"after three") == {"floor": [3]}
    assert [(one.position, one.text) for one in await transcript.read("s", "floor")] == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
    ]
    assert await transcript.read("s", "es") == [said("uno", "es").model_copy(update={"position": 1})]
    assert await transcript.feed_state("s", "f1") == (2, b"after three")
    assert await transcript.tracks("s") == ["es", "floor"]


async def test_of_two_replicas_that_take_the_same_post_one_wins(engine: Engine) -> None:
    one, two = Transcript(engine), Transcript(engine)
    answers = await asyncio.gather(
        one.accept("s", "f1", 0, {"floor": [said("hello")]}, b"x"),
        two.accept("s", "f1", 0, {"floor": [said("hello")]}, b"x"),
    )
    assert sorted(answers, key=str) == [None, {"floor": [1]}]
    assert len(await one.read("s", "floor")) == 1
    assert await one.feed_state("s", "f1") == (1, b"x")


async def test_a_stale_revision_changes_nothing(engine: Engine) -> None:
    transcript = Transcript(engine)
    await transcript.accept("s", "f1", 0, {}, b"first")
    assert await transcript.accept("s", "f1", 0, {"floor": [said("late")]}, b"late") is None
    assert await transcript.accept("s", "f1", 2, {"floor": [said("early")]}, b"early") is None
    assert await transcript.read("s", "floor") == []
    assert await transcript.feed_state("s", "f1") == (1, b"first")


async def test_a_feed_may_remember_without_saying_anything(engine: Engine) -> None:
    transcript = Transcript(engine)
    assert await transcript.feed_state("s", "f1") == (0, b"")
    assert await transcript.accept("s", "f1", 0, {}, b"\x00\xff") == {}
    assert await transcript.feed_state("s", "f1") == (1, b"\x00\xff")


async def test_what_people_add_needs_no_feed(engine: Engine) -> None:
    transcript = Transcript(engine)
    await transcript.accept("s", "f1", 0, {"floor": [said("one")]}, b"")
    assert await transcript.append("s", {"floor": [said("corrected")]}) == {"floor": [2]}
    assert await transcript.feed_state("s", "f1") == (1, b"")


async def test_it_is_read_in_pages_from_either_end(engine: Engine) -> None:
    transcript = Transcript(engine)
    await transcript.append("s", {"floor": [said(str(number)) for number in range(1, 11)]})

    def positions(segments: list[CaptionSegment]) -> list[int | None]:
        return [one.position for one in segments]

    assert positions(await transcript.read("s", "floor", after=3, limit=2)) == [4, 5]
    assert positions(await transcript.newest("s", "floor", 3)) == [8, 9, 10]
    assert positions(await transcript.before("s", "floor", 8, 3)) == [5, 6, 7]
    assert positions(await transcript.before("s", "floor", 2, 3)) == [1]
    assert await transcript.before("s", "floor", 1, 3) == []


async def test_a_full_transcript_is_refused_whole(engine: Engine) -> None:
    transcript = Transcript(engine, ceiling=600)
    await transcript.append("s", {"floor": [said("one")]})
    size = await transcript.size("s")
    with pytest.raises(Refused, match="full"):
        await transcript.accept("s", "f1", 0, {"floor": [said("two"), said("x" * 500)]}, b"state")
    assert len(await transcript.read("s", "floor")) == 1
    assert await transcript.size("s") == size
    assert await transcript.feed_state("s", "f1") == (0, b"")


async def test_one_at_a_time_pulls_a_feed(engine: Engine) -> None:
    leases = Leases(engine)
    assert await leases.lease("s", "f1", "r1")
    assert not await leases.lease("s", "f1", "r2")
    assert await leases.lease("s", "f1", "r1"), "its holder renews it"
    await leases.release("s", "f1", "r2")
    assert not await leases.lease("s", "f1", "r2")
    await leases.release("s", "f1", "r1")
    assert await leases.lease("s", "f1", "r2")


async def test_a_lease_ends_by_itself(engine: Engine) -> None:
    leases = Leases(engine)
    await leases.lease("s", "f1", "r1", ttl_ms=30)
    async with asyncio.timeout(2):
        while not await leases.lease("s", "f1", "r2"):  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_presence_is_what_the_living_replicas_say(engine: Engine) -> None:
    presence = Presence(engine)
    await presence.put("s", "r1", b'{"a": "1 2"}', alive_ms=40)
    await presence.put("s", "r2", b"{}")
    assert await presence.read_all("s") == {"r1": b'{"a": "1 2"}', "r2": b"{}"}
    async with asyncio.timeout(2):
        while "r1" in await presence.read_all("s"):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    assert await presence.read_all("s") == {"r2": b"{}"}
    assert await presence.read_all("t") == {}
