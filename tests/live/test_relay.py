"""From receipt to readers: what is kept, who sees it, and how readers come in, on a real engine and two replicas."""

from __future__ import annotations

import asyncio

import pytest

from isegoria.domain.captions import Caption, CaptionSegment, CaptionStatus, Clear, GapReason
from isegoria.domain.errors import Refused
from isegoria.domain.session import Session
from isegoria.domain.values import SessionState
from isegoria.live.feeds import together
from isegoria.live.relay import Passing, Relay
from isegoria.live.rooms import FRESH, HELD, CaptionFrame
from isegoria.store.engine import Engine
from isegoria.store.transcript import Transcript, feed_key
from tests.live.stage import FLOOR, NOON, SPANISH, SPARE, HandPace, Replica, let_run, staged

PARTIAL, FINAL, RETRACTED = CaptionStatus.PARTIAL, CaptionStatus.FINAL, CaptionStatus.RETRACTED
OPEN = Session(id="s", state=SessionState.OPEN)


async def test_a_final_reaches_the_readers_of_every_replica_with_its_position(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("Thank you, Chair.")
        await stage.until(lambda: bool(one.public and two.public))
        assert one.public == two.public
        [frame] = one.public
        assert (frame.track, frame.after, frame.position) == ("floor", 0, 1)
        assert [(seg.text, seg.position, seg.spoken_at) for seg in frame.segments] == [
            ("Thank you, Chair.", 1, NOON - FLOOR.lag)
        ]
        assert [seg.text for seg in await stage.kept()] == ["Thank you, Chair."]


async def test_partials_reach_every_replica_and_are_not_stored(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("Thank", status=PARTIAL)
        await stage.until(lambda: bool(one.public and two.public))
        assert [seg.status for seg in two.public[0].segments] == [PARTIAL]
        assert await stage.kept() == []


async def test_C17_partials_are_paced_and_a_final_is_not_late(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("a", status=PARTIAL)
        await stage.until(lambda: two.texts() == ["a"])
        for text in ("ab", "abc", "abcd"):
            await one.say(text, status=PARTIAL)
        await stage.until(lambda: two.announced == 4)
        await two.pace.pass_by(124)
        assert two.texts() == ["a"]
        await two.pace.pass_by(1)
        assert two.texts() == ["a", "abcd"]
        await one.say("abcd.")
        await two.pace.pass_by(39)
        await stage.until(lambda: two.relay._rooms["floor", False].newest == 1)  # it has come in
        assert two.texts() == ["a", "abcd"]
        await two.pace.pass_by(1)
        assert two.texts() == ["a", "abcd", "abcd."]


async def test_labels_are_for_the_team(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.send(Caption(segment_id="1", text="Thank you", speaker_label="SPEAKER_02"))
        await stage.until(lambda: bool(one.public))
        assert [seg.speaker_label for seg in one.team[0].segments] == ["SPEAKER_02"]
        assert [seg.speaker_label for seg in one.public[0].segments] == [None]
        for team, label in ((True, "SPEAKER_02"), (False, None)):
            [frame] = await one.relay.join("floor", None, lambda: None, team=team)
            assert [seg.speaker_label for seg in frame.segments] == [label]


async def test_C14_before_the_session_only_the_team_sees_captions_and_nothing_is_stored(engine: Engine) -> None:
    async with staged(engine, OPEN) as (stage, one, two):
        await one.say("One, two", status=PARTIAL)
        await stage.until(lambda: len(two.team) == 1)
        await one.say("One, two.")
        await stage.until(lambda: two.announced == 2)
        await two.pace.pass_by(200)
        assert [(frame.test, frame.position) for frame in two.team] == [(True, 0), (True, 0)]
        assert two.public == []
        assert await stage.kept() == []


async def test_C14_what_was_spoken_before_the_close_is_kept_and_what_came_later_is_not(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        stage.change(state=SessionState.CLOSED, closed_at=NOON, turn=None)
        stage.now = NOON + 3_000
        assert one.intake.is_open(FLOOR)
        await one.say("Goodbye.")
        stage.now = NOON + 5_000
        assert not one.intake.is_open(FLOOR)
        await one.say("Are we off?", "2")
        assert [seg.text for seg in await stage.kept()] == ["Goodbye."]


async def test_C13_off_the_record_is_relayed_and_a_gap_is_stored(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        stage.change(turn=None)
        await one.say("On the record.", "1")
        stage.record(False)
        await one.intake.settle()
        stage.now = NOON + 20_000
        await one.say("Between us", "2")
        stage.now = NOON + 30_000
        await one.say("and not for the report.", "3")
        await stage.until(lambda: two.announced == 2)
        stage.record(True)
        await one.intake.settle()
        stage.now = NOON + 32_000
        await one.say("spoken before, received after.", "4")
        stage.now = NOON + 40_000
        await one.say("On again.", "5")
        await stage.until(lambda: two.announced == 3)
        await two.pace.pass_by(100)
        kept = await stage.kept()
        assert [(seg.text, seg.reason) for seg in kept] == [
            ("On the record.", None),
            ("", GapReason.OFF_THE_RECORD),
            ("On again.", None),
        ]
        assert (kept[1].starts_at, kept[1].ends_at) == (NOON + 16_000, NOON + 36_000)
        assert "Between us" in two.texts()
        assert "spoken before, received after." in two.texts()
        joined = await two.relay.join("floor", 0, lambda: None)
        assert [seg.text for frame in joined for seg in frame.segments] == ["On the record.", "", "On again."]


async def test_C13_a_stretch_off_the_record_ends_with_the_session(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        stage.change(turn=None)
        stage.record(False)
        await one.say("Between us")
        stage.change(state=SessionState.CLOSED, closed_at=NOON + 60_000)
        stage.now = NOON + 61_000
        for replica in (one, two, one):
            await replica.intake.settle()
        gaps = await stage.kept()
        assert [(seg.reason, seg.ends_at) for seg in gaps] == [(GapReason.OFF_THE_RECORD, NOON + 60_000)]


async def test_C15_a_second_source_of_a_track_is_muted_until_it_is_the_only_one(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.say("from the spare", feed=SPARE)
        stage.now = NOON + 60_000
        await one.say("still from the spare", "1b", feed=SPARE)
        assert await stage.kept() == [], "not even a gap"
        assert [view.state for view in one.intake.status({})] == ["never", "muted", "never"]
        stage.feeds = (SPARE, SPANISH)
        await one.say("from the spare, now heard", "2", feed=SPARE)
        assert [seg.text for seg in await stage.kept()] == ["from the spare, now heard"]


async def test_tracks_are_apart(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.say("Thank you.")
        await one.say("Gracias.", feed=SPANISH)
        await stage.until(lambda: len(one.public) == 2)
        assert {(frame.track, frame.position) for frame in one.public} == {("floor", 1), ("es", 1)}


async def test_C7_an_overdue_partial_is_kept_and_its_late_final_corrects_it(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        stage.change(turn=None)
        await one.say("And so", status=PARTIAL)
        stage.now = NOON + 10_000
        await one.intake.settle()
        await one.say("And so it is.")
        assert [(seg.text, seg.status) for seg in await stage.kept()] == [
            ("And so", FINAL),
            ("And so it is.", CaptionStatus.CORRECTED),
        ]


async def test_C8_clear_takes_partials_from_the_readers_and_no_final(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.say("kept.", "1")
        await one.say("open", "2", PARTIAL)
        await stage.until(lambda: one.announced == 1)
        await one.pace.pass_by(40)
        await one.send(Clear())
        await stage.until(lambda: one.announced == 2)
        await one.pace.pass_by(40)
        assert [seg.status for seg in one.public[-1].segments] == [RETRACTED]
        [frame] = await one.relay.join("floor", None, lambda: None)
        assert [seg.text for seg in frame.segments] == ["kept."]


# --- feeds and replicas --------------------------------------------------------------------------


async def test_two_replicas_that_take_one_feed_lose_and_repeat_nothing(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await asyncio.gather(
            *(replica.say(f"line {number}", str(number)) for number in range(20) for replica in (one, two))
        )
        kept = await stage.kept()
        assert sorted(seg.text for seg in kept) == sorted(f"line {number}" for number in range(20))
        assert [seg.position for seg in kept] == list(range(1, 21))


async def test_whoever_is_overtaken_each_time_says_so(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):

        class Overtaken(Transcript):
            async def feed_state(self, session: str, feed: str) -> tuple[int, bytes]:
                revision, state = await super().feed_state(session, feed)
                await engine.ask("HINCRBY", feed_key(session, feed), "revision", 1)
                return revision, state

        one.intake._transcript = Overtaken(engine)
        with pytest.raises(Refused, match="busy"):
            await one.say("too slow")
        assert await stage.kept() == []


async def test_a_full_transcript_goes_on_without_keeping(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        one.intake._transcript = Transcript(engine, ceiling=10)
        await one.say("too much")
        await stage.until(lambda: two.texts() == ["too much"])
        assert await stage.kept() == []


async def test_C11_a_lost_connection_leaves_a_gap_and_a_living_one_none(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.intake.connected(SPANISH)
        await one.say("Gracias.", "1", feed=SPANISH)
        stage.now = NOON + 30_000
        one.intake.alive(SPANISH)
        await one.say("Sigo.", "2", feed=SPANISH)
        stage.now = NOON + 31_000
        one.intake.alive(SPANISH)
        one.intake.disconnected(SPANISH)
        assert one.intake.status({})[2].state == "silent"
        await two.intake.connected(SPANISH)
        stage.now = NOON + 33_000
        await two.say("Otra vez.", "3", feed=SPANISH)
        stage.now = NOON + 40_000
        await two.say("Y otra.", "4", feed=SPANISH)
        kept = await stage.kept("es")
        assert [seg.text for seg in kept] == ["Gracias.", "Sigo.", "", "Otra vez.", "Y otra."]
        assert (kept[2].starts_at, kept[2].ends_at) == (NOON + 30_000, NOON + 33_000)


async def test_C11_the_replica_that_held_the_connection_knows_the_last_sign_of_life(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.intake.connected(SPANISH)
        await one.say("Gracias.", "1", feed=SPANISH)
        stage.now = NOON + 31_000
        one.intake.alive(SPANISH)
        one.intake.disconnected(SPANISH)
        await one.intake.connected(SPANISH)
        stage.now = NOON + 32_000
        one.intake.alive(SPANISH)  # only captions end a gap
        stage.now = NOON + 33_000
        await one.say("Otra vez.", "2", feed=SPANISH)
        assert [(seg.starts_at, seg.ends_at) for seg in (await stage.kept("es"))[1:2]] == [
            (NOON + 31_000, NOON + 33_000)
        ]


async def test_C12_a_feed_that_pushes_leaves_a_gap_after_ten_seconds_of_speech(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.say("Good morning.", "1")
        stage.now = NOON + 12_000
        assert one.intake.status({})[0].state == "silent"
        await one.say("Hello again.", "2")
        assert [(seg.status, seg.text) for seg in await stage.kept()] == [
            (FINAL, "Good morning."),
            (CaptionStatus.GAP, ""),
            (FINAL, "Hello again."),
        ]
        assert one.intake.status({})[0].state == "ok"


async def test_C18_a_sender_that_counts_anew_after_a_reconnect_loses_nothing(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        for lines in (("One.", "Two."), ("Another.", "And another."), ("Another.", "And another.")):
            await one.intake.connected(FLOOR)
            for number, text in enumerate(lines):
                await one.send(Caption(segment_id=str(number), revision=1, text=text))
            one.intake.disconnected(FLOOR)
        assert [seg.text for seg in await stage.kept() if seg.text] == ["One.", "Two.", "Another.", "And another."]


async def test_the_team_sees_feeds_through_all_replicas(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("Thank you.")
        two.intake.drop(FLOOR, "malformed")
        await stage.until(lambda: bool(one.public))
        stage.now = NOON + 150
        floor, spare, spanish = together([two.intake.status({}), one.intake.status({"cart": 12})])
        assert (floor.state, floor.last_at, floor.delay, floor.dropped) == ("ok", NOON, 12, 1)
        assert floor.last_line == "Thank you."
        assert (spare.state, spanish.state) == ("muted", "never")


async def test_the_delay_is_from_receipt_to_readers(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("a", status=PARTIAL)
        await stage.until(lambda: bool(two.public))
        await one.say("ab", status=PARTIAL)
        await stage.until(lambda: two.announced == 2)
        stage.now = NOON + 125
        await two.pace.pass_by(125)
        assert two.relay.delays == {"cart": 125}


async def test_C17_a_final_does_not_wait_for_other_tracks_partials(engine: Engine) -> None:
    pace, sent, gate = HandPace(), list[str](), asyncio.Semaphore(0)

    async def publish(*, public: CaptionFrame | None, team: CaptionFrame) -> None:
        sent.append(team.track)
        await gate.acquire()

    relay = Relay("s", Transcript(engine), publish, pace, lambda: NOON)
    running = asyncio.create_task(relay.run())
    for track in ("en", "es", "fr"):
        relay.heard(passing(track, PARTIAL))
    await let_run()
    # While the readers of the first are told, there is a final of the last.
    relay.heard(passing("ar", FINAL))
    for _ in range(4):
        gate.release()
        await let_run()
    running.cancel()
    assert sent == ["en", "ar", "es", "fr"]


def passing(track: str, status: CaptionStatus) -> bytes:
    one = CaptionSegment(
        source=track, segment_id="1", status=status, language=track, text="a", received_at=NOON, spoken_at=NOON
    )
    return Passing(track=track, test=False, segment=one).model_dump_json().encode()


# --- coming in -----------------------------------------------------------------------------------


class Reader:
    """Reads as a browser does, and fails at the first gap or repeat."""

    def __init__(self, since: int | None) -> None:
        self.position = since or 0
        self.positions: list[int] = []

    def get(self, frame: CaptionFrame) -> None:
        assert frame.after == self.position, "neither gap nor repeat"
        self.position = frame.position
        self.positions += [seg.position for seg in frame.segments if seg.position is not None]


async def join(replica: Replica, readers: list[Reader], since: int | None) -> Reader:
    reader = Reader(since)
    frames = await replica.relay.join("floor", since, lambda: readers.append(reader))
    if since is None:
        reader.position = frames[0].after
    for frame in frames:
        reader.get(frame)
    return reader


async def test_C17_readers_who_come_while_captions_come_get_each_once(engine: Engine) -> None:
    async with staged(engine) as (_, one, two):
        readers: list[Reader] = []

        async def publish(*, public: CaptionFrame | None, team: CaptionFrame) -> None:
            recipients = list(readers)
            for reader in recipients:
                reader.get(team)
                await asyncio.sleep(0)

        two.relay._publish = publish
        joined: list[tuple[int | None, Reader]] = []

        async def speak() -> None:
            for number in range(HELD + 50):
                await one.say(f"line {number}", str(number))

        async def come() -> None:
            for number in range(60):
                since = [None, 0, number, 5 * number][number % 4]
                since = None if since is None else min(since, two.relay._rooms["floor", False].position)
                joined.append((since, await join(two, readers, since)))
                await two.pace.pass_by(20)
                await asyncio.sleep(0.005)

        await asyncio.gather(speak(), come())
        async with asyncio.timeout(10):
            while any(reader.position < HELD + 50 for _, reader in joined):
                await two.pace.pass_by(40)
                await asyncio.sleep(0.001)
        for since, reader in joined:
            assert reader.positions == list(range(HELD + 51))[-len(reader.positions) :]
            assert since is None or reader.positions[0] == since + 1
        late = await join(two, readers, 0)
        assert late.positions == list(range(1, HELD + 51)), "what is no longer held comes from the store"


async def test_without_a_position_a_reader_gets_the_newest_and_knows_of_more(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        for number in range(FRESH + 20):
            await one.say(f"line {number}", str(number))
        await stage.until(lambda: one.relay._rooms["floor", False].newest == FRESH + 20)
        await one.pace.pass_by(40)
        [frame] = await one.relay.join("floor", None, lambda: None)
        assert (frame.after, frame.position, frame.more, len(frame.segments)) == (20, 120, True, 100)


async def test_a_replica_that_starts_later_begins_with_what_is_kept(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.say("Thank you.")
    async with staged(engine) as (stage, one, _):
        [frame] = await one.relay.join("floor", None, lambda: None)
        assert [seg.text for seg in frame.segments] == ["Thank you."]
        await one.say("Go on.", "2")
        await stage.until(lambda: bool(one.public))
        assert (one.public[0].after, one.public[0].position) == (1, 2)


async def test_a_published_caption_that_is_not_understood_is_dropped(engine: Engine) -> None:
    async with staged(engine) as (_stage, one, _):
        one.relay.heard(b'{"track": "floor"}')
        await let_run()
        assert one.public == []
