"""Who is in which room: what python-socketio's manager keeps, by socket, and with what it costs to come and go fixed.

Theirs has a room of two mappings for each client, looks through all rooms when one leaves, and through all who come or
go at the moment when one does: thousands who leave at once take it minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import socketio

from isegoria.edges.fanout import Fanout
from isegoria.edges.transport import EngineSocket


@dataclass(slots=True)
class Member:
    """One client in a namespace. Its own room, and the room of all, are not among `rooms`."""

    socket: EngineSocket
    rooms: list[str] = field(default_factory=list)
    coming: bool = True
    going: bool = False


@dataclass(slots=True)
class Namespace:
    members: dict[str, Member] = field(default_factory=dict)
    sids: dict[str, str] = field(default_factory=dict)
    """By Engine.IO's."""
    rooms: dict[str, dict[str, EngineSocket]] = field(default_factory=dict)


class Rooms(socketio.AsyncManager):  # type: ignore[misc]
    """python-socketio's manager. `rooms` has a Namespace for each with a client in it."""

    rooms: dict[str, Namespace]

    def __init__(self, fanout: Fanout) -> None:
        super().__init__()
        self._fanout = fanout

    def _member(self, sid: str | None, namespace: str) -> Member | None:
        space = self.rooms.get(namespace)
        return space.members.get(sid) if space and sid else None

    # --- who hears ---

    def sockets(self, namespace: str, room: str | None) -> list[EngineSocket]:
        """All in a room, one client by its sid, or all there are."""
        space = self.rooms.get(namespace)
        if space is None:
            return []
        if room is None:
            return [member.socket for member in space.members.values()]
        if one := space.members.get(room):
            return [one.socket]
        return list(space.rooms.get(room, {}).values())

    def get_participants(self, namespace: str, room: str | Collection[str] | None) -> Iterator[tuple[str, str]]:
        space = self.rooms.get(namespace)
        names = [room] if room is None or isinstance(room, str) else room
        sockets = dict.fromkeys(socket for name in names for socket in self.sockets(namespace, name))
        return iter([(space.sids[socket.sid], socket.sid) for socket in sockets] if space else [])

    # --- coming and going ---

    async def pre_connect(self, eio_sid: str, namespace: str) -> str | None:
        space = self.rooms.get(namespace) or Namespace()
        socket = self.server.eio.sockets.get(eio_sid)
        if socket is None or eio_sid in space.sids:
            return None
        sid: str = self.server.eio.generate_id()
        self.rooms[namespace] = space
        space.members[sid], space.sids[eio_sid] = Member(socket), sid
        return sid

    async def connect(self, sid: str, namespace: str) -> str:
        if member := self._member(sid, namespace):
            member.coming = False
        return sid

    def is_pre_connected(self, sid: str, namespace: str) -> bool:
        member = self._member(sid, namespace)
        return bool(member and member.coming)

    def is_connected(self, sid: str, namespace: str) -> bool:
        member = self._member(sid, namespace)
        return bool(member and not member.coming and not member.going)

    def sid_from_eio_sid(self, eio_sid: str, namespace: str) -> str | None:
        space = self.rooms.get(namespace)
        return space.sids.get(eio_sid) if space else None

    def eio_sid_from_sid(self, sid: str, namespace: str) -> str | None:
        member = self._member(sid, namespace)
        return member.socket.sid if member else None

    def pre_disconnect(self, sid: str, namespace: str) -> str | None:
        if member := self._member(sid, namespace):
            member.going = True
        return self.eio_sid_from_sid(sid, namespace)

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        if (member := self._member(sid, namespace)) is None:
            return
        for room in list(member.rooms):
            self.basic_leave_room(sid, namespace, room)
        self._fanout.left(None, member.socket)
        space = self.rooms[namespace]
        del space.members[sid], space.sids[member.socket.sid]
        self.callbacks.pop(sid, None)
        if not space.members:
            del self.rooms[namespace]

    # --- rooms ---

    def is_sid_room(self, namespace: str, room: str) -> bool:
        return self._member(room, namespace) is not None

    def basic_enter_room(self, sid: str, namespace: str, room: str, eio_sid: str | None = None) -> None:  # noqa: ARG002 - python-socketio's signature
        member = self._member(sid, namespace)
        if member is None:
            raise ValueError("not connected to this namespace")
        if self.is_sid_room(namespace, room):
            raise ValueError("a client's own room")
        people = self.rooms[namespace].rooms.setdefault(room, {})
        if sid not in people:
            people[sid] = member.socket
            member.rooms.append(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str) -> None:
        member = self._member(sid, namespace)
        if member is None or room not in member.rooms:
            return
        member.rooms.remove(room)
        self._fanout.left(room, member.socket)
        rooms = self.rooms[namespace].rooms
        del rooms[room][sid]
        if not rooms[room]:
            del rooms[room]

    def basic_close_room(self, room: str, namespace: str) -> None:
        if self.is_sid_room(namespace, room):
            raise ValueError("a client's own room")
        space = self.rooms.get(namespace)
        for sid in list(space.rooms.get(room, {})) if space else []:
            self.basic_leave_room(sid, namespace, room)

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        member = self._member(sid, namespace)
        return [sid, *member.rooms] if member else []
