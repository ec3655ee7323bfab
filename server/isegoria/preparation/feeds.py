"""Feeds that are changed after the session was created."""

from __future__ import annotations

from isegoria.domain import commands as c
from isegoria.domain.captions import Feed, Wordly, wordly_code
from isegoria.domain.errors import Refused
from isegoria.domain.roles import Actor, may
from isegoria.live.direct import ask
from isegoria.preparation.access import feeds_of
from isegoria.store.engine import Engine
from isegoria.store.links import FeedSecrets
from isegoria.store.people import PeopleStore


async def give_wordly(
    engine: Engine, session: str, by: Actor, code: str, passcode: str = "", connection_code: str = ""
) -> list[str]:
    """Attends a Wordly session from now on: in all tracks that come from Wordly, or in all if none does yet.

    A feed of a track that does not come from Wordly keeps its address, and may push as before. The ids of the feeds
    that attend. Raises Refused, EngineAway.
    """
    if not may(by, c.ChangeFeeds(revision=1)):
        raise Refused("forbidden", f"this is not for the role of {by.role}", role=by.role)
    known = wordly_code(code)
    if known is None:
        raise Refused("malformed", "The code of a Wordly session has four letters and four digits.", field="code")
    feeds = await feeds_of(engine, session, await PeopleStore(engine).read(session))
    attending = [feed for feed in feeds if isinstance(feed.pulled, Wordly)] or feeds
    if not attending:
        raise Refused("unknown_feed", "The session has no captions: name their tracks in its file.")
    wordly = Wordly(code=known, passcode=passcode, connection_code=connection_code, language="")
    configs = {feed.id: _attending(feed, wordly).model_dump(mode="json") for feed in attending}
    revision = await FeedSecrets(engine).configure(session, configs)
    await ask(engine, session, c.ChangeFeeds(revision=revision), by)
    return list(configs)


def _attending(feed: Feed, wordly: Wordly) -> Feed:
    language = feed.pulled.language if isinstance(feed.pulled, Wordly) else feed.language
    return feed.model_copy(update={"pulled": wordly.model_copy(update={"language": language})})
