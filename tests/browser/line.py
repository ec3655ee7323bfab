"""A line between a browser and the server that can be cut, as in a train, and mended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Line:
    def __init__(self, port: int) -> None:
        self._port = port
        self._whole = True
        self._ends: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """All that runs breaks, and nothing new comes through."""
        self._whole = False
        for end in list(self._ends):
            end.transport.abort()

    def mend(self, port: int | None = None) -> None:
        """As it was, or to another server."""
        self._whole, self._port = True, port or self._port

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            writer.transport.abort()
            return
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        self._ends |= {writer, to_server}
        try:
            await asyncio.gather(_pump(reader, to_server), _pump(from_server, writer))
        finally:
            for end in (writer, to_server):
                self._ends.discard(end)
                end.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def line_to(port: int) -> AsyncIterator[tuple[Line, str]]:
    """The line, and the address at its near end."""
    line = Line(port)
    near = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    try:
        yield line, f"http://127.0.0.1:{near.sockets[0].getsockname()[1]}"
    finally:
        line.cut()
        near.close()
        await near.wait_closed()
