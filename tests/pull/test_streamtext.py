"""Feeds that are fetched from StreamText: a real engine, real requests, a server that answers in its format."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from isegoria.domain.captions import CaptionStatus, Feed, StreamText
from isegoria.domain.revisions import FINAL_TIMEOUT
from isegoria.store.engine import Engine
from tests.fake_streamtext import BACKSPACE, fake_streamtext
from tests.pull.scene import Scene, scene

CART = Feed(id="cart", name="CART", track="floor", language="en", pulled=StreamText(event="Consultation"))


async def texts(here: Scene) -> list[str]:
    """The newest text of each segment that is kept, once what is open has been closed."""
    here.stage.now += FINAL_TIMEOUT
    await here.replicas[0].intake.settle()
    newest = {one.segment_id: one for one in await here.stage.kept() if one.status is not CaptionStatus.GAP}
    return [one.text.strip() for one in newest.values() if one.status is not CaptionStatus.RETRACTED]


async def test_what_is_typed_becomes_captions(engine: Engine) -> None:
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        cart.type("What was said before is not for us. ")
        here.start()
        await cart.read()
        assert cart.asked[0] == {"event": "Consultation", "last": "-1", "length": "32", "language": "en"}
        cart.type("Thank you, Chair. ")
        await cart.read()
        cart.type("We agree")
        await cart.read()
        assert await texts(here) == ["Thank you, Chair.", "We agree"]
        assert (here.view(CART).link, here.view(CART).problem) == ("connected", "")


async def test_deletes_reach_back_into_what_was_read_before(engine: Engine) -> None:
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        here.start()
        await cart.read()
        cart.type("Thank yoi")
        await cart.read()
        cart.type(BACKSPACE + "u, Chair. ")
        await cart.read()
        assert await texts(here) == ["Thank you, Chair."]


async def test_long_answers_are_asked_for_in_parts(engine: Engine) -> None:
    long = "".join(f"Sentence number {number} is said. " for number in range(40))
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        here.start()
        await cart.read()
        cart.type(long)
        await cart.read()
        assert " ".join(await texts(here)) == long.strip()


async def test_an_idle_event_is_alive_and_quiet_and_goes_on_from_where_it_was(engine: Engine) -> None:
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        cart.typed = None
        here.start()
        await cart.questions(3)
        assert (here.view(CART).link, here.view(CART).dropped) == ("connected", 0)
        cart.typed = ""
        await cart.read()
        cart.type("First. ")
        await cart.read()
        typed, cart.typed = cart.typed, None
        here.stage.now += 60_000
        await cart.questions(3)
        assert here.view(CART).last_at == here.stage.now
        cart.typed = typed + "Second. "
        await cart.read()
        assert await texts(here) == ["First.", "Second."]
        assert await here.gaps("floor") == []


async def test_answers_that_fail_for_a_moment_lose_nothing_and_leave_no_gap(engine: Engine) -> None:
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        here.start()
        await cart.read()
        cart.type("First. ")
        await cart.read()
        cart.broken = True
        await cart.questions(2)
        here.stage.now += 3_000
        cart.type("Second. ")
        cart.broken = False
        await cart.read()
        assert await texts(here) == ["First.", "Second."]
        assert await here.gaps("floor") == []


async def test_answers_that_cannot_be_read_are_dropped_and_counted(engine: Engine) -> None:
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        here.start()
        await cart.read()
        cart.answers = [
            lambda: web.Response(status=429),
            lambda: web.Response(text="<html>"),
            lambda: web.json_response({"content": "Lost."}),
            lambda: web.json_response({"content": "x" * 70_000, "lastPosition": 99}),
        ]
        cart.type("First. ")
        await cart.read()
        assert await texts(here) == ["First."]
        assert (here.view(CART).dropped, here.view(CART).link) == (3, "connected")


async def test_C11_answers_that_fail_for_too_long_are_a_connection_lost(engine: Engine) -> None:
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        here.pace = replace(here.pace, answer=0.02)
        here.start()
        await cart.read()
        cart.type("First. ")
        await cart.read()
        began = here.stage.now
        cart.broken = True
        await here.stage.until(lambda: here.view(CART).link == "connecting")
        assert here.view(CART).problem == "StreamText cannot be reached."
        here.stage.now += 20_000
        cart.broken = False
        await cart.questions(5)
        # Only what is typed ends the gap.
        here.stage.now += 10_000
        cart.type("Second. ")
        await cart.read()
        assert await texts(here) == ["First.", "Second."]
        [gap] = await here.gaps("floor")
        assert (gap.starts_at, gap.ends_at) == (began, began + 30_000)


async def test_what_streamtext_refuses_is_told_and_tried_again(engine: Engine) -> None:
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        cart.answers = [lambda: web.Response(status=403)] * 3
        here.start()
        await here.stage.until(lambda: here.view(CART).link == "refused")
        assert here.view(CART).problem == "StreamText answers with 403. Check the name of the event."
        await cart.read()
        assert here.view(CART).link == "connected"


async def test_no_redirect_is_followed(engine: Engine) -> None:
    async with fake_streamtext() as elsewhere, fake_streamtext() as cart:
        cart.answers = [lambda: web.Response(status=302, headers={"Location": elsewhere.url})]
        async with scene(engine, CART, streamtext=cart.url) as here:
            here.start()
            await here.stage.until(lambda: here.view(CART).link == "refused")
            assert "302" in here.view(CART).problem
        assert elsewhere.asked == []


async def test_the_other_replica_goes_on_from_the_same_position(engine: Engine) -> None:
    async with fake_streamtext() as cart, scene(engine, CART, streamtext=cart.url) as here:
        here.start(0)
        await cart.read()
        cart.type("First. ")
        await cart.read()
        await here.stop(0)
        cart.type("Second. ")
        here.start(1)
        await cart.read()
        cart.type("Third. ")
        await cart.read()
        assert await texts(here) == ["First.", "Second.", "Third."]
