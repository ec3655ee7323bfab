"""Which sessions there are: one stream of marks, so that every replica hears of a new one at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from isegoria.domain.values import Frozen
from isegoria.store.engine import Engine
from isegoria.store.streams import append, read

SESSIONS_KEY = "isegoria:sessions"


class Mark(StrEnum):
    CREATED = "created"
    CLOSED = "closed"
    ARCHIVED = "archived"


class SessionMark(Frozen):
    """One entry of the stream."""

    session: str
    mark: Mark

    def to_bytes(self) -> bytes:
        return self.model_dump_json().encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> SessionMark:
        return cls.model_validate_json(data)


def newest_marks(marks: Iterable[SessionMark]) -> dict[str, Mark]:
    """Session -> where it stands, in the order of creation."""
    return {mark.session: mark.mark for mark in marks}


class Sessions:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def create(self, session: str) -> bool:
        """Adds a session to the list. False if there is one of that id, archived ones included. Raises EngineAway."""
        return await self._mark(session, Mark.CREATED, lambda stands: stands is None)

    async def closed(self, session: str) -> bool:
        """Marks a session that is over: no replica keeps it alive. False if it is marked already, or unknown."""
        return await self._mark(session, Mark.CLOSED, lambda stands: stands is Mark.CREATED)

    async def archived(self, session: str) -> bool:
        """Marks a session whose keys are gone. False if it is marked already, or unknown. Raises EngineAway."""
        return await self._mark(session, Mark.ARCHIVED, lambda stands: stands in {Mark.CREATED, Mark.CLOSED})

    async def restored(self, session: str) -> bool:
        """Marks a session that came back from its archive. False if it is here already. Raises EngineAway."""
        return await self._mark(session, Mark.CLOSED, lambda stands: stands in {None, Mark.ARCHIVED})

    async def list_sessions(self) -> dict[str, Mark]:
        """Session -> where it stands, in the order of creation. Raises EngineAway."""
        _, stand = await self._read()
        return stand

    async def _mark(self, session: str, mark: Mark, allowed: Callable[[Mark | None], bool]) -> bool:
        while True:
            number, stand = await self._read()
            if not allowed(stand.get(session)):
                return False
            if await append(self._engine, SESSIONS_KEY, number + 1, SessionMark(session=session, mark=mark).to_bytes()):
                return True

    async def _read(self) -> tuple[int, dict[str, Mark]]:
        entries = await read(self._engine, SESSIONS_KEY)
        marks = newest_marks(SessionMark.from_bytes(data) for _, data in entries)
        return (entries[-1][0] if entries else 0), marks
