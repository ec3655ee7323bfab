"""What python-socketio does by itself, on the same event loop: rooms, no auth, no log, no store.

`python -m tests.load.reference PORT`: `join` enters a room, `publish` sends its payload to one as `captions`; so does
POST /publish?room=, with its body as text; `command` does nothing and is acknowledged.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import socketio
import uvloop
from aiohttp import web


async def serve(port: int) -> None:
    sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")

    async def join(sid: str, room: str) -> dict[str, bool]:
        await sio.enter_room(sid, room)
        return {"ok": True}

    async def publish(_: str, told: tuple[str, Any]) -> dict[str, bool]:
        room, frame = told
        await sio.emit("captions", frame, room=room)
        return {"ok": True}

    async def command(_: str, told: Any) -> dict[str, bool]:
        return {"ok": True}

    async def post(request: web.Request) -> web.Response:
        room = request.query["room"]
        await sio.emit("captions", {"language": room, "text": await request.text()}, room=room)
        return web.Response(status=204)

    sio.on("join", join)
    sio.on("publish", publish)
    sio.on("command", command)
    app = web.Application()
    app.router.add_post("/publish", post)
    sio.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=4_096).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as run:
        run.run(serve(int(sys.argv[1])))
