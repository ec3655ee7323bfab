"""`links`: personal links and feed addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

from isegoria.cli.running import Data, Json, Session, note, tell, with_engine
from isegoria.domain.values import Role
from isegoria.preparation import IssuedFeed, IssuedLink, existing, issue_feeds, issue_links
from isegoria.settings import Settings
from isegoria.store.engine import Engine
from isegoria.store.people import PeopleStore

_SERVICE = {"wordly": "Wordly", "streamtext": "StreamText"}


class LinkRole(StrEnum):
    """The roles that people come with."""

    MODERATOR = "moderator"
    SECRETARIAT = "secretariat"
    RAPPORTEUR = "rapporteur"
    SPEAKER = "speaker"
    ATTENDEE = "attendee"
    STAGE = "stage"


def links(
    session: Session,
    role: Annotated[LinkRole | None, typer.Option(help="Only links of this role; no feeds.")] = None,
    renew: Annotated[bool, typer.Option(help="New ones for all; earlier links and addresses end.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Make links for those who have none yet, and print them with the feed addresses."""

    async def work(engine: Engine, settings: Settings) -> None:
        await existing(engine, session)
        people = await PeopleStore(engine).read(session)
        issued, keep = await issue_links(engine, session, people, Role(role) if role else None, renew=renew)
        feeds, kept = ([], []) if role else await issue_feeds(engine, session, people, renew=renew)
        told = {
            "id": session,
            "links": told_links(issued, settings.address, session),
            "feeds": told_feeds(feeds, settings.address, session),
            "kept": {"links": len(keep), "feeds": [feed.id for feed in kept]},
        }
        lines = [*shown_links(issued, settings.address, session), *shown_feeds(feeds, settings.address, session)]
        tell(told, "\n".join(lines), as_json=json)
        _note_kept(len(keep), [feed.id for feed in kept])

    with_engine(data, work)


def _note_kept(links: int, feeds: Sequence[str]) -> None:
    kept = [f"{links} links" if links != 1 else "1 link"] if links else []
    kept += [f"the addresses of {', '.join(feeds)}"] if feeds else []
    if kept:
        note(f"Out already: {' and '.join(kept)}. They cannot be shown again; --renew makes new ones and ends these.")


def told_links(issued: Iterable[IssuedLink], address: str, session: str) -> list[dict[str, Any]]:
    """For programs."""
    return [
        {
            "role": link.holder.role,
            "person": link.holder.person,
            "name": link.holder.name,
            "url": link.url(address, session),
        }
        for link in issued
    ]


def told_feeds(issued: Iterable[IssuedFeed], address: str, session: str) -> list[dict[str, Any]]:
    """For programs."""
    return [
        {
            "feed": one.feed.id,
            "track": one.feed.track,
            "captions": one.caption_url(address, session),
            "youtube": one.youtube_url(address, session),
            "cart": one.cart_url(address, session),
            "streamtext": one.streamtext_url(address, session),
            "webvtt": one.webvtt_url(address, session),
            "websocket": one.socket_url(address, session),
            "secret": one.secret,
        }
        for one in issued
    ]


def shown_links(issued: Sequence[IssuedLink], address: str, session: str) -> Iterator[str]:
    """For people: one line a link."""
    width = max((len(link.holder.name) for link in issued), default=0)
    for link in issued:
        name = link.holder.name or "for all"
        yield f"{link.holder.role:<11}  {name:<{max(width, 7)}}  {link.url(address, session)}"


def shown_feeds(issued: Sequence[IssuedFeed], address: str, session: str) -> Iterator[str]:
    """For people: one of these is pasted into a captioner's program; a feed that is fetched needs none."""
    for one in issued:
        yield f"feed {one.feed.id} ({one.feed.name})"
        if one.feed.pulled:
            yield f"  fetched from {_SERVICE[one.feed.pulled.type]}"
            continue
        yield f"  Zoom        {one.caption_url(address, session)}"
        yield f"  YouTube     {one.youtube_url(address, session)}"
        yield f"  Teams CART  {one.cart_url(address, session)}"
        yield f"  StreamText  {one.streamtext_url(address, session)}"
        yield f"  WebVTT      {one.webvtt_url(address, session)}"
        yield f"  WebSocket   {one.socket_url(address, session)} with the bearer token {one.secret}"
