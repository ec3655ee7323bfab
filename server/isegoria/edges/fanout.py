"""One frame, many sockets: straight to the transports of a room, in slices, so that nobody else waits for a room.

A broadcast is a round. Who is in the room when it begins gets it, once, wherever it stands when they leave or come.
The rounds of a room go one after the other; those of other rooms take turns with them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from engineio.packet import Packet

from isegoria.edges.transport import EngineSocket, frame_of

SLICE = 64
"""How many get a frame before whatever else is ready has its turn: some 0.6 ms, and a press has some ten turns to wait.

With 256 presses waited for 52 ms and with 64 for 19 (p99, one room flooded), at the same rate of deliveries.
"""


class Round:
    """One packet on its way to these sockets."""

    __slots__ = ("_at", "_frame", "_gone", "_packet", "_sockets", "done")

    def __init__(self, packet: Packet, sockets: Sequence[EngineSocket]) -> None:
        self._packet, self._sockets = packet, sockets
        self._frame = frame_of(packet) if sockets else b""
        self._at = 0
        self._gone: set[EngineSocket] = set()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def over(self) -> bool:
        return self._at >= len(self._sockets)

    def skip(self, socket: EngineSocket) -> None:
        self._gone.add(socket)

    def go_on(self, most: int) -> int:
        """To the next `most` of them; how many these were."""
        sockets = self._sockets[self._at : self._at + most]
        self._at += len(sockets)
        if self._gone:
            sockets = [socket for socket in sockets if socket not in self._gone]
        frame = self._frame
        for socket in sockets:
            if socket.write is not None:
                socket.write(frame)
            else:
                socket.post(self._packet)
        return len(sockets)


class Fanout:
    """The rounds that are under way, by room."""

    def __init__(self) -> None:
        self._rounds: dict[str | None, deque[Round]] = {}
        self._going = False

    def begin(self, room: str | None, packet: Packet, sockets: Sequence[EngineSocket]) -> asyncio.Future[None]:
        """Begins soon, or after the rounds of that room that are under way. The future is done when all have it."""
        started = Round(packet, sockets)
        self._rounds.setdefault(room, deque()).append(started)
        if not self._going:
            self._going = True
            asyncio.get_running_loop().call_soon(self._turn)
        return started.done

    def left(self, room: str | None, socket: EngineSocket) -> None:
        """Who has left a room, perhaps to come back at another position, hears no more of what was under way."""
        for one in self._rounds.get(room, ()):
            one.skip(socket)

    def _turn(self) -> None:
        """One slice, shared by the rooms in their order; the rest in the loop's next turn."""
        try:
            left = SLICE
            while left > 0 and self._rounds:
                left -= self._of_next_room(left)
        finally:
            self._going = bool(self._rounds)
            if self._going:
                asyncio.get_running_loop().call_soon(self._turn)

    def _of_next_room(self, most: int) -> int:
        room, rounds = next(iter(self._rounds.items()))
        del self._rounds[room]
        sent = rounds[0].go_on(most)
        if rounds[0].over:
            done = rounds.popleft().done
            if not done.done():
                done.set_result(None)
        if rounds:
            self._rounds[room] = rounds
        return sent
