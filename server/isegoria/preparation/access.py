"""Personal links and the addresses of feeds. What they hold cannot be read again, only made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from isegoria.domain.captions import Feed
from isegoria.domain.people import People
from isegoria.domain.values import PersonId, Role
from isegoria.store.engine import Engine
from isegoria.store.links import FeedSecrets, Links

SHARED = (Role.ATTENDEE, Role.STAGE)
"""One link for all."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a link is for; nobody in particular for a shared one."""

    role: Role
    person: PersonId | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class IssuedLink:
    holder: Holder
    token: str

    def url(self, address: str, session: str) -> str:
        """The token comes after the #, so that it reaches neither logs nor other sites."""
        return f"{address}/s/{session}/{self.holder.role}#{self.token}"


@dataclass(frozen=True, slots=True)
class IssuedFeed:
    feed: Feed
    secret: str

    def caption_url(self, address: str, session: str) -> str:
        """For every program that takes a Zoom caption address."""
        query = urlencode({"id": session, "ns": self.feed.id, "signature": self.secret})
        return f"{address}/closedcaption?{query}"

    def youtube_url(self, address: str, session: str) -> str:
        """For programs that send live captions to YouTube; their key is what stands after `cid=`."""
        return f"{address}/closedcaption?{urlencode({'cid': f'{session}.{self.feed.id}.{self.secret}'})}"

    def cart_url(self, address: str, session: str) -> str:
        """For CART captioners' programs that take the caption link of a Teams meeting."""
        return f"{address}/cartcaption?{urlencode({'meetingid': f'{session}.{self.feed.id}', 'token': self.secret})}"

    def streamtext_url(self, address: str, session: str) -> str:
        """Where StreamText may push an event to."""
        return self._url(address, session, "streamtext")

    def webvtt_url(self, address: str, session: str) -> str:
        """For ffmpeg and whatever else posts WebVTT while it is spoken."""
        return self._url(address, session, "webvtt")

    def socket_url(self, address: str, session: str) -> str:
        """For recognisers and bridges: JSON messages, with the secret as a bearer token."""
        return f"{address.replace('http', 'ws', 1)}/feeds/{session}/{self.feed.id}"

    def _url(self, address: str, session: str, way: str) -> str:
        return f"{address}/feeds/{session}/{self.feed.id}/{way}?{urlencode({'key': self.secret})}"


async def issue_links(
    engine: Engine, session: str, people: People, role: Role | None = None, *, renew: bool = False
) -> tuple[list[IssuedLink], list[Holder]]:
    """New links for those who have none, or for all with `renew`, which ends the earlier ones; and who keeps theirs.

    `role`: for that role only. Raises EngineAway.
    """
    links = Links(engine)
    found = await links.list_links(session)
    have = {(link.role, link.person) for link in found}
    holders = [holder for holder in _holders(people) if role in (None, holder.role)]
    wanted = [holder for holder in holders if renew or (holder.role, holder.person) not in have]
    for link in found:
        if link.person is None and any(holder.person is None and holder.role is link.role for holder in wanted):
            await links.revoke(session, link.hash)
    issued = [IssuedLink(one, await links.create_link(session, one.role, one.person)) for one in wanted]
    return issued, [holder for holder in holders if holder not in wanted]


async def issue_feeds(
    engine: Engine, session: str, people: People, *, renew: bool
) -> tuple[list[IssuedFeed], list[Feed]]:
    """New secrets with `renew`, which end the earlier ones; and the feeds that keep theirs. Raises EngineAway."""
    feeds = await feeds_of(engine, session, people)
    return ([await issue_feed(engine, session, feed) for feed in feeds], []) if renew else ([], feeds)


async def issue_feed(engine: Engine, session: str, feed: Feed) -> IssuedFeed:
    """A feed with a new secret, which ends an earlier one. Raises EngineAway."""
    return IssuedFeed(feed, await FeedSecrets(engine).create_feed(session, feed.id, feed.model_dump(mode="json")))


async def feeds_of(engine: Engine, session: str, people: People) -> list[Feed]:
    """The feeds of a session, in the order of its file. Raises EngineAway."""
    order = [track.feed for track in people.about.tracks]
    configured = (await FeedSecrets(engine).list_feeds(session)).values()
    feeds = [Feed.model_validate(config) for config in configured]
    return sorted(feeds, key=lambda feed: order.index(feed.id) if feed.id in order else len(order))


def _holders(people: People) -> Iterator[Holder]:
    """The team, what all share, the speakers; each in the order of names."""
    order = list(Role)
    personal = [
        Holder(role, person.id, person.display_name) for person in people.persons.values() for role in person.roles
    ]
    shared = [Holder(role) for role in SHARED]
    yield from sorted([*personal, *shared], key=lambda one: (order.index(one.role), one.name, one.person or ""))
