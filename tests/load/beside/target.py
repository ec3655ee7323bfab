"""A server as the generator must address it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Target:
    """`publish` is where a text is POSTed, `start` the deliveries a second at which the search for the most begins.

    `connect` and `join` are frames, `joined` is how the join is acknowledged; without them readers are in at once.
    `rooms` are named where they are more than languages; `tokens` is a file with what lets readers into each.
    """

    name: str
    url: str
    publish: str
    start: float
    pids: tuple[int, ...]
    connect: str = ""
    join: str = ""
    joined: str = ""
    rooms: tuple[str, ...] = ()
    tokens: str = ""

    @property
    def options(self) -> list[str]:
        told = {"url": self.url, "connect": self.connect, "join": self.join, "joined": self.joined}
        told |= {"publish": self.publish, "pid": ",".join(map(str, self.pids)), "token-file": self.tokens}
        return [part for name, value in told.items() if value for part in (f"--{name}", value)]


Start: TypeAlias = Callable[[], AbstractAsyncContextManager[Target]]


def socket_io(port: str) -> str:
    """Where Socket.IO's readers come in."""
    return f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
