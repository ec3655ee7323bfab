"""Socket.IO: events become commands, views and captions become events. One path for all; errors are mapped once.

The actor is fixed at connect, from the link's token. A client's events are handled one after the other, and each is
acknowledged, unknown ones too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog
from pydantic import ValidationError
from socketio.exceptions import ConnectionRefusedError as Rejected

from isegoria import logs
from isegoria.domain.errors import Refused
from isegoria.domain.roles import STAFF, Actor
from isegoria.domain.values import Role
from isegoria.edges import metrics, packets
from isegoria.edges.asked import Environ
from isegoria.edges.auth import Door
from isegoria.edges.bounds import Allowance, Bounds, WrongLinks
from isegoria.edges.problems import malformed
from isegoria.edges.protocol import EventPacket, Server
from isegoria.edges.told import Told
from isegoria.edges.turnstile import Turnstile
from isegoria.edges.wire import (
    CLIENT_EVENTS,
    Auth,
    ClockDone,
    CommandDone,
    CommandRequest,
    ErrorBody,
    FollowDone,
    FollowRequest,
    Refusal,
    wire_frame,
)
from isegoria.live.broadcast import Audience, View, audience_of
from isegoria.live.clock import EngineClock
from isegoria.live.rooms import CaptionFrame
from isegoria.live.venue import Venue
from isegoria.store.errors import EngineAway
from isegoria.views.models import EngineView, StatusView

LOG = structlog.get_logger(__name__)

EVENTS_PER_S, BURST = 30, 60
"""What one connection may ask: many times what any page does."""
WRONG_LINK_PAUSE_S = 1.0
CONNECTED = {role: metrics.CONNECTED.labels(role) for role in Role}
Answer: TypeAlias = CommandDone | FollowDone | ClockDone | Refusal
"""It goes out as the model that it is: `packets.dumps` writes these."""


@dataclass(slots=True)
class Guest:
    """One connection that came in."""

    sid: str
    actor: Actor
    venue: Venue
    client: str
    tracks: set[str] = field(default_factory=set)
    allowance: Allowance = field(default_factory=lambda: Allowance(EVENTS_PER_S, BURST))

    @property
    def in_team(self) -> bool:
        return self.actor.role in STAFF


def server(
    origins: list[str], bounds: Bounds | None = None, *, ping_interval: float = 25.0, ping_timeout: float = 20.0
) -> Server:
    """The server as the product runs it; also what the protocol's conformance is tested with. Seconds."""
    return Server(
        bounds or Bounds(),
        async_mode="aiohttp",
        async_handlers=False,
        json=packets,
        cors_allowed_origins=origins,
        ping_interval=ping_interval,
        ping_timeout=ping_timeout,
        logger=False,
        engineio_logger=False,
    )


class Sockets:
    """The connections of this replica, and the publisher for its house."""

    def __init__(self, sio: Server, clock: EngineClock) -> None:
        self._sio, self._clock = sio, clock
        self._door: Door | None = None
        self._guests: dict[str, Guest] = {}
        self._by_client: dict[tuple[str, Actor, str], str] = {}
        self._wrong_links = WrongLinks()
        self._turnstile = Turnstile()
        self._told = Told()
        self._answers: dict[str, Callable[[Guest, Any], Awaitable[Answer]]] = {
            "command": self._command,
            "follow": self._follow,
            "clock": lambda *_: self._tell_time(),
        }
        sio.on("connect", self._connect)
        sio.on("disconnect", self._disconnect)
        sio.on("*", self._event)

    def open(self, door: Door) -> None:
        """From now on who comes is let in."""
        self._door = door

    def __len__(self) -> int:
        return len(self._guests)

    # --- coming and going ----------------------------------------------------------------------------

    async def _connect(self, sid: str, environ: Environ, auth: Any = None) -> None:
        try:
            await self._turnstile.through()
            guest = await self._admit(sid, environ["REMOTE_ADDR"], auth)
            self._supersede(guest)
            self._guests[sid] = guest
            guest.venue.attendance.came(guest.actor)
            CONNECTED[guest.actor.role].inc()
            self._seat(guest)
        except Exception as error:  # noqa: BLE001 - whatever it is, who came is told something
            self._leave(sid)
            refusal = self._refusal(error)
            raise Rejected(refusal.message, ErrorBody.of(refusal).model_dump(mode="json")) from None

    def _seat(self, guest: Guest) -> None:
        """Into the rooms of those who see the same, with the time, and what they see now."""
        mine = room(guest.venue.id, audience_of(guest.actor))
        self._enter(guest, guest.venue.id)
        self._enter(guest, mine)
        self._sio.tell(self._told.time(self._clock.now()), guest.sid)
        self._sio.tell(self._told.packet("view", guest.venue.broadcast.view_for(guest.actor), mine), guest.sid)
        if guest.in_team:
            self._enter(guest, team_room(guest.venue.id))
            if guest.venue.status:
                self._sio.tell(EventPacket("status", guest.venue.status), guest.sid)

    def _enter(self, guest: Guest, name: str) -> None:
        self._sio.manager.basic_enter_room(guest.sid, "/", name)

    def _exit(self, guest: Guest, name: str) -> None:
        self._sio.manager.basic_leave_room(guest.sid, "/", name)

    async def _admit(self, sid: str, address: str, auth: Any) -> Guest:
        if self._door is None:
            raise Refused("engine_away", "the server is starting; try again in a moment")
        try:
            asked = Auth.model_validate(auth)
        except ValidationError:
            raise Refused("unauthorised", "open the personal link that you were sent") from None
        try:
            entrance = await self._door.admit(asked.session, asked.token)
        except Refused as refusal:
            await self._slow_down(refusal, address)
            raise
        if entrance.actor.person:
            # Readers are counted: a line for each would be most of the log, and a fifth of what their coming costs.
            LOG.info("came", session=entrance.venue.id, role=entrance.actor.role, link=entrance.link[:12])
        return Guest(sid, entrance.actor, entrance.venue, asked.client)

    async def _slow_down(self, refusal: Refused, address: str) -> None:
        """Wrong links in numbers wait, each on its own connection; right ones from the same address do not."""
        if refusal.code == "unauthorised" and await self._wrong_links.too_many(address):
            await asyncio.sleep(WRONG_LINK_PAUSE_S)
            raise Refused("too_many", "many wrong links came from your network; wait a minute, then open yours again")

    def _supersede(self, guest: Guest) -> None:
        """A tab that connects again ends its own older connection; a second device is welcome."""
        key = (guest.venue.id, guest.actor, guest.client)
        older = self._by_client.get(key)
        self._by_client[key] = guest.sid
        if older and older in self._guests:
            self._leave(older)
            # Not awaited: the older one may hang on a dead line.
            self._sio.start_background_task(self._sio.disconnect, older)

    async def _disconnect(self, sid: str, *_: Any) -> None:
        self._leave(sid)

    def _leave(self, sid: str) -> None:
        guest = self._guests.pop(sid, None)
        if guest is None:
            return
        guest.venue.attendance.left(guest.actor)
        CONNECTED[guest.actor.role].dec()
        key = (guest.venue.id, guest.actor, guest.client)
        if self._by_client.get(key) == sid:
            del self._by_client[key]

    async def say_goodbye(self, longest_s: float) -> None:
        """Asks all to come back within `longest_s` of their being let go, each at its own moment."""
        await self._sio.broadcast(EventPacket("leaving", {"within_ms": round(longest_s * 1_000)}))
        await self._sio.eio.fetched()

    async def let_go(self) -> None:
        await asyncio.gather(*(self._sio.disconnect(sid) for sid in list(self._guests)), return_exceptions=True)
        await self._sio.shutdown()

    # --- what clients say ----------------------------------------------------------------------------

    async def _event(self, event: str, sid: str, *payload: Any) -> Answer:
        """Every event's one way: known, well formed, answered; whatever goes wrong becomes one kind of refusal."""
        began, outcome = time.perf_counter(), "accepted"
        try:
            return await self._answer(event, sid, payload[0] if payload else {})
        except Exception as error:  # noqa: BLE001 - no client is left without an answer
            refusal = self._refusal(error)
            outcome = refusal.code
            return Refusal(error=ErrorBody.of(refusal))
        finally:
            if event == "command":
                metrics.COMMANDS.labels(outcome).inc()
                metrics.ANSWERED.observe(time.perf_counter() - began)

    def _refusal(self, error: Exception) -> Refused:
        """The one place where what went wrong becomes what a client is told."""
        match error:
            case Refused():
                return error
            case EngineAway():
                return Refused("engine_away", "the store does not answer just now; ask again")
            case _:
                LOG.error("event_failed", exc_info=error)
                return Refused("internal", "something is wrong on our side; it is in our log")

    async def _answer(self, event: str, sid: str, payload: Any) -> Answer:
        guest = self._guests.get(sid)
        if guest is None:
            raise Refused("unauthorised", "open the personal link that you were sent")
        if not guest.allowance.take():
            raise Refused("too_many", "that is more than one page asks for; wait a second, then ask again")
        if event not in CLIENT_EVENTS:
            raise Refused("unknown_event", "the server knows no such event", event=event[:64])
        request_model, _ = CLIENT_EVENTS[event]
        try:
            request = request_model.model_validate(payload)
        except ValidationError as error:
            raise malformed(error) from None
        return await self._answers[event](guest, request)

    async def _command(self, guest: Guest, request: CommandRequest) -> CommandDone:
        with logs.bound(guest.venue.id, guest.actor, request.command.type):
            venue = self._current(guest)
            try:
                version = await venue.hall.handle(request.command, guest.actor, request.id)
            except Refused as refusal:
                LOG.info("refused", code=refusal.code)
                raise
            LOG.info("decided", version=version)
            return CommandDone(version=version)

    async def _follow(self, guest: Guest, request: FollowRequest) -> FollowDone:
        """Into the rooms of these tracks, and out of all others, without a gap or a repeat."""
        venue = self._current(guest)
        known = venue.tracks()
        for track in guest.tracks - set(request.tracks):
            self._exit(guest, captions_room(venue.id, track, guest.in_team))
        guest.tracks = {track for track in request.tracks if track in known}
        positions = {}
        for track in guest.tracks:
            positions[track] = await self._join(guest, venue, track, request.since.get(track))
        return FollowDone(positions=positions)

    async def _join(self, guest: Guest, venue: Venue, track: str, since: int | None) -> int:
        """What the reader has missed is queued before anything that its room hears next."""
        name = captions_room(venue.id, track, guest.in_team)
        self._exit(guest, name)
        frames = await venue.relay.join(track, since, lambda: self._enter(guest, name), team=guest.in_team)
        for frame in frames:
            self._sio.tell(self._told.packet("captions", frame, f"{name}/{frame.after}"), guest.sid)
        return frames[-1].position if frames else since or 0

    async def _tell_time(self) -> ClockDone:
        return ClockDone(t=self._clock.now())

    def _current(self, guest: Guest) -> Venue:
        """The venue as it is now: it may have been opened afresh since this guest came."""
        assert self._door, "guests come through it"
        guest.venue = self._door.venue(guest.venue)
        return guest.venue

    # --- what they hear ------------------------------------------------------------------------------

    async def view(self, session: str, audience: Audience, view: View) -> None:
        name = room(session, audience)
        await self._sio.broadcast(self._told.packet("view", view, name), name)

    async def status(self, session: str, status: StatusView) -> None:
        await self._sio.broadcast(EventPacket("status", status), team_room(session))

    async def engine(self, session: str, engine: EngineView) -> None:
        await self._sio.broadcast(EventPacket("engine", engine), session)

    async def captions(self, session: str, *, public: CaptionFrame | None, team: CaptionFrame) -> None:
        """Both begin at once, for those who are in the rooms now."""
        told = [(team, True), *([(public, False)] if public else [])]
        rounds = [
            self._sio.broadcast(EventPacket("captions", wire_frame(one)), captions_room(session, one.track, in_team))
            for one, in_team in told
        ]
        for begun in rounds:
            await begun


# --- names of rooms --------------------------------------------------------------------------------


def room(session: str, audience: Audience) -> str:
    return f"{session}/{audience.scope}/{audience.actor.role}/{audience.actor.person or ''}"


def team_room(session: str) -> str:
    return f"{session}/team"


def captions_room(session: str, track: str, team: bool) -> str:
    return f"{session}/captions/{track}/{'team' if team else 'public'}"
