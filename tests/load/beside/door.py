"""The product as `isegoria serve` runs it, with one more door for whoever measures it.

`python -m tests.load.beside.door DATA PORT DOOR`: at http://127.0.0.1:DOOR the body of a POST is a text that
reaches those who read `?room=`, a track of the session `?session=`, s1 if none is named:
/publish  as a frame of its own, at once, as other servers do; answered when it is written to all
/flood    as a segment of its own by the relay, which puts what comes within a tick together; answered at once
/say      as revision of a segment by the intake, as if the track's feed had sent it: on disk, then by the relay.
          Its number among all texts, `?seq=` from 0 on, and the number of `?rooms=` tell segment and revision;
          `?run=` keeps apart what several generators say one after the other.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import uvloop
from aiohttp import web

from isegoria import garbage, logs
from isegoria.app import Running, running
from isegoria.domain.captions import Caption, CaptionSegment, CaptionStatus, Sent
from isegoria.feeds import jsonfeed
from isegoria.live.relay import Passing
from isegoria.live.rooms import CaptionFrame
from isegoria.live.venue import Venue
from isegoria.settings import read_settings

SESSION = "s1"
TO_A_FINAL = 10


class Door:
    def __init__(self, replica: Running) -> None:
        self._house = replica.house

    async def publish(self, request: web.Request) -> web.Response:
        venue, segment = self._venue(request), await self._segment(request)
        frame = CaptionFrame(segment.language, 0, 0, (segment,))
        await venue.relay._publish(public=frame, team=frame)
        return web.Response(status=204)

    async def flood(self, request: web.Request) -> web.Response:
        segment = await self._segment(request)
        passing = Passing(track=segment.language, test=False, segment=segment)
        self._venue(request).relay.heard(passing.model_dump_json().encode())
        return web.Response(status=204)

    async def say(self, request: web.Request) -> web.Response:
        venue, track = self._venue(request), request.query["room"]
        feed = next(one for one in venue.feeds if one.track == track)
        segment, step = divmod(int(request.query["seq"]) // int(request.query["rooms"]), TO_A_FINAL)
        status: Sent = CaptionStatus.FINAL if step == TO_A_FINAL - 1 else CaptionStatus.PARTIAL
        name = f"{request.query.get('run', '')}{segment}"
        said = Caption(segment_id=name, text=await request.text(), status=status, revision=1 + step)
        await venue.intake.take(feed, lambda state: (state, [said]), jsonfeed.MODE)
        return web.Response(status=204)

    def _venue(self, request: web.Request) -> Venue:
        venue = self._house.here(request.query.get("session", SESSION))
        assert venue, "it is open"
        return venue

    async def _segment(self, request: web.Request) -> CaptionSegment:
        """Finished, and off the record: none replaces another, none is kept."""
        now = self._venue(request).hall.now()
        return CaptionSegment(
            source="door",
            segment_id=request.query["seq"],
            status=CaptionStatus.FINAL,
            language=request.query["room"],
            text=await request.text(),
            received_at=now,
            spoken_at=now,
        )


async def serve(data: Path, port: int, door_port: int) -> None:
    settings = read_settings(data=data, port=port)
    logs.configure(settings.log_level, settings.log_format)
    async with running(settings) as replica:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, replica.stopped.set)
        door = Door(replica)
        app = web.Application()
        app.add_routes([web.post(f"/{way.__name__}", way) for way in (door.publish, door.flood, door.say)])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", door_port).start()
        garbage.spare_what_stays()
        await replica.stopped.wait()
        await runner.cleanup()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as run:
        run.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
