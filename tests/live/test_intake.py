"""What people do to captions, and what two replicas make of one feed, on a real engine."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from isegoria.domain.captions import CaptionStatus, GapReason
from isegoria.domain.errors import Refused
from isegoria.domain.session import Mute, Source
from isegoria.live.feeds import together
from isegoria.live.intake import TAKEN_OVER
from isegoria.store.engine import Engine
from isegoria.views.models import FeedView
from tests.live.stage import FLOOR, NOON, SPANISH, SPARE, Replica, staged

PARTIAL, FINAL, CORRECTED = CaptionStatus.PARTIAL, CaptionStatus.FINAL, CaptionStatus.CORRECTED


async def test_C21_a_correction_reaches_all_readers_on_whichever_replica_it_is_made(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("The mare")
        assert await two.intake.correct("floor", 1, 1, "The mayor", "sam") == 2
        for replica in (one, two):
            await replica.pace.pass_by(40)
            await stage.until(lambda replica=replica: replica.texts() == ["The mare", "The mayor"])  # type: ignore[misc]
        trail = [(seg.status, seg.revision, seg.by) for seg in await stage.kept()]
        assert trail == [(FINAL, 1, None), (CORRECTED, 2, "sam")]


async def test_C21_who_corrected_is_told_to_the_team_only(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.say("The mare")
        await one.intake.correct("floor", 1, 1, "The mayor", "sam")
        await one.pace.pass_by(40)
        await stage.until(lambda: len(one.team) == 2)
        assert one.team[-1].segments[-1].by == "sam"
        assert one.public[-1].segments[-1].by is None


async def test_C21_two_who_correct_the_same_get_one_done_and_one_stale(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("The mare")
        both = await asyncio.gather(
            one.intake.correct("floor", 1, 1, "The mayor", "sam"),
            two.intake.correct("floor", 1, 1, "The Mayor", "mia"),
            return_exceptions=True,
        )
        [refusal] = [one for one in both if isinstance(one, Refused)]
        assert refusal.code == "stale"
        assert refusal.detail["text"] == (await stage.kept())[-1].text
        assert len(await stage.kept()) == 2


async def test_C21_a_correction_is_found_under_its_old_position_and_under_its_new_one(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.say("The mare")
        await one.say("of Porto Alegre", "2")
        await one.intake.correct("floor", 1, 1, "The mayor", "sam")
        await one.intake.correct("floor", 1, 2, "The Mayor", "sam")
        await one.intake.correct("floor", 4, 3, "", "sam")
        assert [seg.revision for seg in await stage.kept() if seg.segment_id == "1"] == [1, 2, 3, 4]


async def test_C21_the_feeds_own_repeat_after_a_correction_changes_nothing(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("The mare")
        await two.intake.correct("floor", 1, 1, "The mayor", "sam")
        await one.say("The mare")
        assert [seg.text for seg in await stage.kept()] == ["The mare", "The mayor"]


async def test_C21_a_correction_does_not_disturb_the_phrase_that_is_open(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("The mare")
        for text in ("We", "We must", "We must act"):
            await one.say(text, "2", PARTIAL)
        await two.intake.correct("floor", 1, 1, "The mayor", "sam")
        stage.now += 9_000
        await one.say("We must act now", "2", PARTIAL)
        await one.say("We must act now.", "2")
        await stage.until(lambda: two.announced == 4)
        texts = [seg.text for seg in await stage.kept()]
        assert texts == ["The mare", "The mayor", "We must act now."]
        assert (await stage.kept())[-1].revision == 5


async def test_C21_a_feed_that_is_gone_can_be_corrected(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        await one.say("The mare")
        stage.feeds = (SPANISH,)
        assert await one.intake.correct("floor", 1, 1, "The mayor", "sam") == 2


@pytest.mark.parametrize("position", [2, 7])
async def test_C21_what_is_not_there_is_refused(engine: Engine, position: int) -> None:
    async with staged(engine) as (_, one, _two):
        await one.say("The mare")
        with pytest.raises(Refused, match="no such caption"):
            await one.intake.correct("floor", position, 1, "The mayor", "sam")


async def test_C19_a_mute_is_told_once_whichever_replica_tells_it(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("heard")
        stage.change(mutes=(Mute("floor", FLOOR.id, NOON, NOON + 20_000),))
        stage.now += 20_000
        await asyncio.gather(one.intake.settle(), two.intake.settle())
        await one.intake.settle()
        gaps = [seg for seg in await stage.kept() if seg.status is CaptionStatus.GAP]
        assert [(gap.reason, gap.starts_at, gap.ends_at) for gap in gaps] == [(GapReason.MUTED, NOON, NOON + 20_000)]


async def test_C15_the_feed_that_was_chosen_is_heard(engine: Engine) -> None:
    async with staged(engine) as (stage, one, _):
        stage.change(sources={"floor": Source(SPARE.id, NOON)})
        await one.say("not heard")
        await one.say("heard", feed=SPARE)
        assert [seg.text for seg in await stage.kept()] == ["heard"]
        views = {view.feed: view for view in one.intake.status({})}
        assert [views[feed.id].source for feed in (FLOOR, SPARE, SPANISH)] == [False, True, True]


async def test_C7_a_phrase_that_goes_on_elsewhere_is_not_ended_by_a_replica_that_only_read_of_it(
    engine: Engine,
) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("Long", "2", PARTIAL)
        await one.say("First.", "1")
        await two.intake.settle()
        for _ in range(3):
            stage.now += 5_000
            await one.say(f"Long {stage.now}", "2", PARTIAL)
            await two.intake.settle()
        assert [seg.text for seg in await stage.kept()] == ["First."]


async def test_C7_when_its_replica_is_gone_another_ends_the_phrase(engine: Engine) -> None:
    async with staged(engine) as (stage, one, two):
        await one.say("Long", "2", PARTIAL)
        await one.say("First.", "1")
        stage.now += 10_000 + TAKEN_OVER
        await two.intake.settle()
        assert [seg.text for seg in await stage.kept()] == ["First.", "Long"]


async def test_the_team_sees_the_connection_of_whichever_replica_holds_it(engine: Engine) -> None:
    async with staged(engine) as (_, one, two):
        one.intake.link(SPANISH, "refused", "Wrong passcode\x1b[31m " + "x" * 300)
        [seen] = [view for view in together([part(two), part(one)]) if view.feed == SPANISH.id]
        assert seen.link == "refused"
        assert seen.problem.startswith("Wrong passcode[31m xxx")
        assert len(seen.problem) == 200
        await two.intake.connected(SPANISH)
        [seen] = [view for view in together([part(one), part(two)]) if view.feed == SPANISH.id]
        assert (seen.link, seen.problem) == ("connected", "")


def part(replica: Replica) -> Sequence[FeedView]:
    return replica.intake.status({})


async def test_C15_the_newest_line_of_a_feed_that_stands_by_is_shown_and_not_counted_as_dropped(engine: Engine) -> None:
    async with staged(engine) as (_, one, _two):
        await one.say("One, two.", feed=SPARE)
        [spare] = [view for view in one.intake.status({}) if view.feed == SPARE.id]
        assert (spare.state, spare.last_line, spare.dropped) == ("muted", "One, two.", 0)
