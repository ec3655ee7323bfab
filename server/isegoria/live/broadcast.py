"""Views to those who are connected here: the first change at once, later ones at most four a second, always whole."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal, NamedTuple, TypeAlias

from isegoria import views
from isegoria.domain.roles import STAFF, Actor
from isegoria.domain.values import PersonId, Role
from isegoria.live.attendance import Attendance
from isegoria.live.hall import Hall
from isegoria.views.models import PersonalView, PublicView, TeamView

View: TypeAlias = PublicView | PersonalView | TeamView

PACE_S = 0.25
SLIDE_S = 15.0
"""How often views go out because expected times slid, though nothing happened."""


class Audience(NamedTuple):
    """Those who get the same view."""

    scope: Literal["public", "team", "personal"]
    actor: Actor


PUBLIC = Audience("public", Actor(role=Role.ATTENDEE))
Publish: TypeAlias = Callable[[Audience, View], Awaitable[None]]


def audience_of(actor: Actor) -> Audience:
    if actor.role in STAFF:
        return Audience("team", actor)
    if actor.role is Role.SPEAKER and actor.person:
        return Audience("personal", actor)
    return PUBLIC


class Broadcast:
    """`run` it in a task. `publish` sends one view to all of an audience that are connected here."""

    def __init__(self, hall: Hall, attendance: Attendance, publish: Publish) -> None:
        self._hall, self._attendance, self._publish = hall, attendance, publish
        self._changed = asyncio.Event()
        self._latest: PublicView | None = None
        self._told: PublicView | None = None
        """The last that went to the public; None when somebody of it may have seen another."""
        hall.on_change.append(self._changed.set)

    async def run(self) -> None:
        while True:
            await self._news()
            await self._send()
            await asyncio.sleep(PACE_S)

    async def _news(self) -> None:
        try:
            async with asyncio.timeout(SLIDE_S):
                await self._changed.wait()
        except TimeoutError:
            pass
        self._changed.clear()

    async def _send(self) -> None:
        scene = self._scene()
        self._latest = scene.public
        if is_news := self._is_news(scene.public):
            self._told = scene.public
        # Those who act come before those who watch.
        for audience in dict.fromkeys(audience_of(actor) for actor in self._attendance.actors()):
            if audience != PUBLIC:
                await self._publish(audience, self._view(scene, audience))
        if is_news:
            await self._publish(PUBLIC, scene.public)

    def _is_news(self, view: PublicView) -> bool:
        """What the team notes, and what it gives out, changes nothing for thousands of readers."""
        told = self._told
        if told is None or view.at - told.at >= SLIDE_S * 1_000:
            return True
        return told.model_copy(update={"version": view.version, "at": view.at}) != view

    def refresh(self) -> None:
        """Sends everyone their view, though nothing happened."""
        self._changed.set()

    def view_for(self, actor: Actor) -> View:
        """What someone who just came sees. The public view is made once for all who come between two changes."""
        audience = audience_of(actor)
        latest = self._latest
        if audience == PUBLIC and latest and self._is_current(latest):
            return latest
        view = self._view(self._scene(), audience)
        if isinstance(view, PublicView):
            self._latest = view
            if self._is_news(view):
                # Who gets it now must hear of what comes next, though it be what the others have.
                self._told = None
        return view

    def _is_current(self, view: PublicView) -> bool:
        hall = self._hall
        fresh = hall.now() - view.at < SLIDE_S * 1_000
        return fresh and view.version == hall.session.version and view.epoch == hall.epoch

    def _scene(self) -> views.Scene:
        hall = self._hall
        return views.Scene(hall.session, hall.people, hall.now(), hall.epoch)

    def _view(self, scene: views.Scene, audience: Audience) -> View:
        actor: Actor = audience.actor
        person: PersonId | None = actor.person
        if audience.scope == "team":
            hall = self._hall
            return views.team(
                scene.session, scene.people, scene.now, scene.epoch, actor, tuple(hall.recent), hall.history.head
            )
        if audience.scope == "personal" and person:
            return views.personal_of(scene, person)
        return scene.public
